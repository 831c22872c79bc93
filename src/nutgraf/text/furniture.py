"""Lines of a saved page that are not the article: menus, labels, pitches, credits, footers.

A line is judged by what it is made of, not by a list of pages: whether it ends like a sentence,
how long it is, what its neighbours are, and whether it speaks of the reader ("sign up", "your
inbox") or of the page ("2 sources", "read more", a copyright) rather than of the world.
"""

from __future__ import annotations

import re

__all__ = ["is_furniture", "is_heading_mark", "is_sentence_like"]


_END = re.compile(r"[.!?。！？…।؟][\"”»’')\]]*$")
_QUOTE_END = re.compile(r"[\"”»]$")


# Whole lines that are controls of a page, in the main European languages.
_CONTROL = re.compile(
    r"""\W*(?:
    (?:share(?:\ (?:this|article|on|via).{0,20})?|save|print(?:\ this\ .{0,20})?|
       for\ immediate\ release|send\ to\ a\ friend|top|
       copy\ link|listen|comments?|like|tweet|e-?mail|follow(?:\ us)?|
       menu|search|home|close|open|back|next|previous|skip\ to\ .{0,30}|
       log\ ?in|sign\ ?in|log\ ?out|
       register|subscribe(?:\ now)?|sign\ ?up(?:\ .{0,40})?|donate|advertis(?:e|ement|ing)|
       contact(?:\ us)?|about(?:\ us)?|careers|terms(?:\ .{0,30})?|privacy(?:\ .{0,20})?|
       cookie\ .{0,25}|sitemap|help|faq|rss|newsletters?|trending|most\ (?:read|popular)|
       latest(?:\ news)?|related(?:\ .{0,25})?|more\ (?:on|from|stories|in|news).{0,50}|
       recommended(?:\ .{0,25})?|you\ (?:may|might)\ also\ like|top\ stories|
       today[’']?s\ (?:top\ )?(?:stories|news|headlines)|what\ to\ read\ next|
       read\ (?:more|next|also)|
       see\ (?:also|more|all)|view\ (?:all|more|comments).{0,20}|show\ more|load\ more|tags|topics|
       continue\ reading(?:\ .{0,40})?|article\ continues.{0,40}|story\ continues.{0,40}|
       skip\ ad.{0,20}|watch(?:\ (?:now|live|more))?|listen\ to\ .{0,30}|
       up\ next|editor[’']?s\ picks?|
       all\ rights\ reserved|back\ to\ top|download(?:\ .{0,25})?|sources?|references|key\ points|
       (?:add|leave|post)\ a\ comment|join\ (?:us|the\ .{0,30}))
    |(?:teilen|drucken|merken|anmelden|abonnieren|abo|startseite|suche|menü|kommentare?|
       impressum|
       datenschutz.{0,20}|agb|kontakt|mehr\ (?:zum\ thema|lesen|dazu).{0,40}|
       lesen\ sie\ auch.{0,80}|
       weiterlesen|zurück|quellen?|newsletter\ .{0,30}|anzeige|werbung|
       das\ könnte\ sie\ auch.{0,30})
    |(?:partager|imprimer|s[’']abonner|abonnez-vous.{0,60}|se\ connecter|connexion|accueil|
       recherche|
       commentaires?|mentions\ légales|contactez-nous|lire\ (?:aussi|la\ suite|plus).{0,80}|
       à\ lire\ aussi.{0,80}|publicité|sources?|haut\ de\ page|en\ savoir\ plus)
    |(?:compartir|imprimir|guardar|suscr[ií]bete.{0,60}|suscribirse|iniciar\ sesión|inicio|
       buscar|
       comentarios?|aviso\ legal|contacto|leer?\ (?:más|también).{0,80}|lee\ también.{0,80}|
       más\ (?:noticias|información|sobre).{0,50}|publicidad|te\ puede\ interesar.{0,40}|fuentes?)
    |(?:condividi|stampa|salva|abbonati.{0,60}|iscriviti.{0,60}|accedi|cerca|commenti?|contatti|
       leggi\ (?:anche|tutto|di\ più).{0,80}|pubblicità|note\ legali|fonti)
    |(?:compartilhar?|assine.{0,60}|entrar|buscar|comentários?|contato|
       leia\ (?:mais|também).{0,80}|
       saiba\ mais.{0,40}|publicidade|fontes?)
    |(?:delen|afdrukken|inloggen|abonneren|zoeken|reacties?|lees\ (?:ook|meer|verder).{0,80}|
       bronnen)
    |(?:dela|skriv\ ut|logga\ in|prenumerera.{0,40}|sök|läs\ (?:mer|också|även).{0,80}|kommentarer)
    |(?:udostępnij|zaloguj.{0,20}|szukaj|komentarze|
       czytaj\ (?:także|też|więcej|dalej).{0,80}|reklama)
    |(?:поделиться|распечатать|войти|подпис(?:аться|ка).{0,40}|поиск|комментарии|
       читайте\ (?:также|ещё).{0,80}|реклама|источники?)
    )\W*""",
    re.IGNORECASE | re.VERBOSE,
)
_LEADS_ON = re.compile(
    r"\W*(?:read (?:more|next|also|the full)|related(?: articles?| stories)?|see also|more:|watch:|"
    r"listen:|also read|lesen sie (?:auch|mehr)|mehr zum thema|(?:à )?lire aussi|lea también|"
    r"lee también|leggi anche|leia (?:também|mais)|lees ook|läs (?:också|mer)|czytaj (?:też|także)|"
    r"читайте также)\b\s*:?",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"\W*\d[\d.,]*\s?(?:k\s)?(?:sources?|comments?|shares?|views?|likes?|"
    r"min(?:ute)?s?(?:\s+(?:read|de lecture|lesezeit|de lectura|di lettura))?|"
    r"reactions?|replies|quellen|kommentare|commentaires|"
    r"fuentes|comentarios|fonti|commenti|photos?|images?|of \d+)\W*|\d+\s*/\s*\d+",
    re.IGNORECASE,
)
# A row of controls: "Share E-mail Print 23 comments", "Home | World | Sport".
_ROW = re.compile(
    r"\W*(?:(?:share|save|print|e-?mail|tweet|copy link|listen|comments?|follow|like|"
    r"facebook|twitter|linkedin|whatsapp|teilen|drucken|merken|partager|imprimer|"
    r"compartir|enviar|copiar enlace|"
    r"imprimir|guardar|condividi|stampa|delen|\d+ \w{5,12})\b\W*){3,}",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*[|·•]\s*")
_TAGGED = re.compile(
    r"(?:tags?|topics?|filed under|keywords|themen|schlagwörter|mots[- ]clés|temas|etiquetas|"
    r"argomenti|onderwerpen|ämnen)\s*:.{1,150}",
    re.IGNORECASE,
)
_ADVERT = re.compile(
    r"(?:advertisement|advertorial|anzeige|publicité|publicidad|pubblicità|advertentie|reklama)"
    r"\s*[—–:|-].*",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?i:by|von|par|por|di|door|av|af)\b\W*(?:$|[^\W\d_a-z].{0,100}(?<![.!?])$)")
_CLOCK = re.compile(
    r"\b20\d\d\b.{0,12}\b\d{1,2}[:.]\d\d\b|^\W*(?:published|updated|posted)\b.*\d|"
    r"^\d{1,2}\.? [^\W\d_]{3,} 20\d\d\b",
    re.IGNORECASE,
)
_NETWORK = re.compile(
    r"\W*(?:(?:share|follow|find|join|like)(?: us| this)? (?:on|via|to) )?(?:facebook|twitter|x|"
    r"instagram|linkedin|whatsapp|telegram|youtube|tiktok|pinterest|reddit|threads|bluesky|"
    r"mastodon|flipboard|email|rss|google news|apple news|snapchat|vk|xing|line|wechat|weibo)"
    r"(?: (?:logo|icon|page|link|profile|feed|channel))?\W*",
    re.IGNORECASE,
)
_LOGO = re.compile(r".{1,40}\b(?:logo|icon|avatar|thumbnail)\W*", re.IGNORECASE)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright\b|℗).{0,200}|.{0,160}\b(?:all rights reserved|alle rechte vorbehalten|"
    r"tous droits réservés|todos los derechos reservados|tutti i diritti riservati|"
    r"todos os direitos reservados|alle rechten voorbehouden|все права защищены)\W*.{0,60}",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?:\(?(?:(?:file|archive) )?(?:photo(?:graph)?|image|picture|foto|bild|illustration|"
    r"video|graphic|crédit(?:s)?|credit|fotografía|imagen|immagine|imagem|фото)s?"
    r"(?: (?:credit|by|von|courtesy|par|por|di))?"
    r"\s?[:/|©]|(?:photo(?:graph)?|image|picture) (?:by|courtesy)|file photo|getty images|"
    r"(?:via )?(?:reuters|ap|afp|epa|dpa)(?: photo)?(?: ?[/|] ?[\w .]+)?$).{0,120}|"
    r".{0,160}\b(?:getty images|shutterstock|istock|unsplash|ap photo|afp via|file photo)\b.{0,40}",
    re.IGNORECASE,
)
_COOKIE = re.compile(
    r"\b(?:we|this (?:web)?site|our (?:partners|site)|wir|diese (?:web)?seite|nous|ce site|"
    r"utilizamos|este sitio|questo sito|este site|wij|deze website|мы)\b.{0,60}"
    r"\b(?:cookies?|куки)\b|\bcookie (?:policy|settings|preferences)\b|"
    r"\b(?:accept|reject|manage) (?:all|cookies)\b",
    re.IGNORECASE,
)
_SIGNED_OFF = re.compile(r"(?:©|\(c\)|copyright)\s.{2,60}\b20\d\d\W*$", re.IGNORECASE)
# A pitch speaks to the reader about the site's own offer: both halves must be there.
_TO_READER = re.compile(
    r"\b(?:your|you|you[’']ll|don[’']?t|get|sign up|subscribe|join|follow|download|become|support|"
    r"register|click|tap|discover|start|spend less|stay|never miss|try|"
    r"ihre?n?|sie|melden sie|abonnieren|jetzt|votre|vous|recevez|abonnez-vous|inscrivez-vous|"
    r"tu|tus|suscríbete|recibe|regístrate|la tua|iscriviti|ricevi|assine|receba|seu|je|jouw|"
    r"meld je|подпишитесь|ваш\w*)\b",
    re.IGNORECASE,
)
_OFFER = re.compile(
    r"\b(?:newsletters?|inbox|daily (?:dose|digest|brief(?:ing)?)|free trial|subscri\w+|"
    r"notifications?|our app|app store|google play|podcast|curated|straight to|delivered|"
    r"breaking news alerts?|cut through the noise|premium|membership|member|donat\w+|"
    r"independent journalism|our journalism|unlimited access|full access|log ?in|account|"
    r"whatsapp channel|telegram channel|posteingang|abo|probeabo|boîte (?:mail|de réception)|"
    r"abonn\w+|boletín|correo|buzón|notiziario|casella|caixa de entrada|nieuwsbrief|рассылк\w*)\b",
    re.IGNORECASE,
)
_SHORT = 90
"""Characters up to which a line without a sentence's end is a heading, label or menu item."""
_PITCH = 420
"""Characters above which a line is not taken for a pitch."""


def is_furniture(line: str) -> bool:
    """Whether this one line, on its own evidence, belongs to the page and not to the article."""
    line = line.strip()
    if not line or not any(c.isalnum() for c in line):
        return True
    if len(line) > _PITCH:
        return False
    patterns = (_CONTROL, _COUNT, _NETWORK, _COPYRIGHT, _CREDIT)
    if any(p.fullmatch(line) for p in patterns) or (len(line) < 60 and _LOGO.fullmatch(line)):
        return True
    if _is_row(line) or (_TAGGED.fullmatch(line) and not _END.search(line)):
        return True
    if _ADVERT.fullmatch(line) or (len(line) < 200 and _SIGNED_OFF.search(line)):
        return True
    if _LEADS_ON.match(line) and len(line) < 200 and (":" in line[:40] or not _END.search(line)):
        return True
    if len(line) < 300 and _COOKIE.search(line):
        return True
    return _is_pitch(line)


def is_heading_mark(line: str) -> bool:
    """Whether a line over the first sentence is a kicker in capitals, a byline or a date."""
    line = line.strip()
    if len(line) > 2 * _SHORT or (is_sentence_like(line) and len(line) > _SHORT):
        return False
    return (
        (line.isupper() and len(line) < 2 * _SHORT)
        or _BYLINE.match(line) is not None
        or (len(line) < _SHORT and _CLOCK.search(line) is not None)
    )


def _is_row(line: str) -> bool:
    if _ROW.fullmatch(line):
        return True
    if line.startswith("|"):  # a row of a table of data
        return False
    pieces = [piece.strip(" []") for piece in _BETWEEN.split(line) if piece.strip(" []")]
    short = all(len(piece.split()) <= 4 for piece in pieces)
    return len(pieces) > 2 and short and any(_CONTROL.fullmatch(piece) for piece in pieces)


def is_sentence_like(line: str) -> bool:
    """Whether a line reads as running text rather than as a heading or an item."""
    line = line.strip()
    if _END.search(line):
        return True
    wide = sum(c > "\u2e80" for c in line)  # a Chinese or Japanese character is half a word
    if _QUOTE_END.search(line):
        return len(line) + wide > 40
    return len(line) + 2 * wide > 2 * _SHORT


def _is_pitch(line: str) -> bool:
    """A product pitch: it addresses the reader and names what is on offer.

    One offer is enough in a short line; a longer one, which may be a report about newsletters,
    must name two.
    """
    if '"' in line or "“" in line or not _TO_READER.search(line):
        return False
    offers = len({match.group().lower() for match in _OFFER.finditer(line)})
    imperative = _TO_READER.match(line) is not None
    return offers >= 2 or (offers == 1 and imperative and len(line) < 2 * _SHORT)
