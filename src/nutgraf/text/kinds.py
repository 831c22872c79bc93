"""What kind of article a text is, by what its page, title and words say of it.

Conservative: each rule asks for a mark that publishers put there on purpose. Without one an
article is news.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

__all__ = ["kind_of", "of_several_events"]

# First match wins: a sponsored review is sponsored, a live blog of opinions is live.
_ORDER = ("sponsored", "live", "press", "opinion", "analysis", "review", "roundup", "research",
          "release")  # fmt: skip

# Whole hints: schema.org types, sections, genres, labels. Folded to lower case.
_HINTS = {
    "sponsored": r"advertisercontentarticle|sponsored(?: content| post)?|paid (?:post|content|"
    r"partner content)|advertorial|partner content|branded content|brandvoice|promoted|anzeige|"
    r"publicidad|publicité|pubblicità|publi-?reportage|реклама",
    "live": r"liveblogposting|live ?blogs?|live updates?|liveticker|ticker|en direct|directo|"
    r"en vivo|diretta|ao vivo",
    "press": r"press ?releases?|for immediate release|pressemitteilung(?:en)?|"
    r"communiqués?(?: de presse)?|"
    r"comunicados?(?: de prensa)?|comunicat[io](?: stampa)?|pr ?newswire|business ?wire",
    "opinion": r"opinionnewsarticle|opinions?|op-?eds?|commentary|comment is free|editorials?|"
    r"columnists?|columns?|letters(?: to the editor)?|meinung(?:en)?|kommentare?|kolumnen?|"
    r"tribunes?|opinión|columnas?|opinioni|editoriale|opinião|opinie|åsikt|debatt|ledare|"
    r"opinie i analizy|мнени[ея]|колонк[аи]|评论|社説|オピニオン|사설|칼럼|رأي",
    "analysis": r"analysisnewsarticle|backgroundnewsarticle|analys[ie]s?|explainers?|explained|"
    r"news analysis|hintergrund|décryptages?|análisis|analisi|análise|аналитика|解説",
    "review": r"reviewnewsarticle|review|(?:book|film|movie|music|product|game|tv|theatre|"
    r"restaurant|album) ?reviews?|rezension(?:en)?|critiques?|reseñas?|recensioni|recensione",
    "roundup": r"round-?ups?|(?:daily |morning )?briefing|newsletters?|digest|presseschau|"
    r"revue de presse",
    "research": r"research(?: (?:paper|article))?|(?:medical)?scholarlyarticle|preprint",
    "release": r"releases?|release ?notes?|changelogs?|product (?:news|updates?)",
}
_PATHS = {
    "sponsored": r"sponsored(?:-content|-post)?|paid-?(?:post|content)|partner-?content|"
    r"advertorial|brandvoice|brand-?studio|branded-content",
    "live": r"live|live-?blogs?|live-?news|live-?updates?|liveticker|en-direct|directo|diretta",
    "press": r"press-?releases?|news-?releases?|pressemitteilung(?:en)?|pressreleases?|"
    r"communiques?-de-presse",
    "opinion": r"opinions?|op-?eds?|commentisfree|commentary|editorials?|columns?|columnists?|"
    r"letters|meinung|kommentare?|tribunes?|opinion(?:e|i|es)|opiniao|debatt|ledare",
    "analysis": r"analys[ie]s?|explainers?|explained|news-analysis|hintergrund|analisis|analisi",
    "review": r"reviews?|(?:book|film|movie|music|game|tv|product|album)-?reviews?|rezensionen|"
    r"critiques?",
    "roundup": r"round-?ups?|daily-?(?:briefing|digest)|morning-?briefing|briefings?|newsletters?",
    "research": r"preprints?|(?:doi|abs)",
    "release": r"releases|release-?notes|changelog",
}
_TITLES = {
    "sponsored": r"^(?:sponsored|paid post|advertisement|anzeige|partner content)\b\s*[:|–—-]|"
    r"[|(\[]\s*(?:sponsored|paid post|ad)\s*[)\]]?$",
    "live": r"^live\b\s*[:|–—]|\blive (?:updates?|blog|coverage)\b|\bas it happened\b|"
    r"\bliveticker\b|\ben direct\b|\ben vivo\b|^direct\s*[:|–—]|\bminuto a minuto\b|"
    r"\bдиретта\b|\bonline-?трансляция\b",
    "press": r"^press release\b|^pressemitteilung\b|^communiqué de presse\b",
    "opinion": r"^(?:opinion|op-?ed|editorial|commentary|comment|column|letters?|meinung|"
    r"kommentar|tribune|opinión|opinione|opinião|opinie|мнение|社説|사설)\s*[:|–—]|"
    r"[|–—(\[-]\s*(?:opinion|op-?ed|commentary|letters?|kommentar)\s*[)\]]?$",
    "analysis": r"^(?:(?:news )?analysis|explainer|explained|analyse|análisis|analisi|análise|"
    r"hintergrund|décryptage|анализ)\b\s*[:|–—]|[|–—(\[-]\s*(?:analysis|explainer)\s*[)\]]?$",
    "review": r"^(?:[\w-]+ )?review\b\s*[:|–—]|\breview\s*[:–—]\s|^.{3,80}\breview$|"
    r"^(?:rezension|kritik|critique|reseña|recensione)\b\s*[:|–—]",
    "roundup": r"^(?:the )?(?:morning|evening|daily|weekly|weekend|monday|tuesday|wednesday|"
    r"thursday|friday|saturday|sunday)(?:[’']s)? (?:briefing|digest|round-?up|news ?letter|"
    r"wrap|headlines|brief)\b|\b(?:news|weekly|daily) round-?up\b|^(?:news in brief|in brief|"
    r"what to know today|today in|this week in)\b|\bround-?up\s*:",
    "release": r"^(?:introducing|announcing|now available:)\s+(?-i:[A-Z])|"
    r"^[\w.+ -]{2,40}\bv?\d+(?:\.\d+){1,3}\b(?: (?:is )?(?:now )?(?:released|available|out|"
    r"ships|lands))|\breleases? \S+ v?\d+\.\d+|^release notes\b",
}
_PRESS_TEXT = re.compile(
    r"\bFOR IMMEDIATE RELEASE\b|/PR ?Newswire/|\(BUSINESS WIRE\)|--\(BUSINESS WIRE\)|"
    r"\bGLOBE NEWSWIRE\b|/PRNewswire-|\bACCESSWIRE\b|\bEIN Presswire\b|\(ots\)\s[-–]|"
    r"SOURCE: \w+ via\b"
)
_ABOUT = re.compile(
    r"^About [A-Z][^.!?\n]{1,60}:?$|^###\s*$|^Über [A-Z][^.!?\n]{1,60}$", re.MULTILINE
)
_CONTACT = re.compile(
    r"\b(?:media|press|investor) (?:contacts?|inquiries|relations)\b|\bpressekontakt\b|"
    r"\bcontact presse\b|\bcontacto de prensa\b",
    re.IGNORECASE,
)
_ABSTRACT = re.compile(
    r"^(?:abstract|zusammenfassung|résumé)\b[:.\s]", re.IGNORECASE | re.MULTILINE
)
_SPONSORED_TEXT = re.compile(
    r"^(?:sponsored(?: content| by\b.{0,60})?|paid post|advertisement feature|this (?:article|post|"
    r"content) (?:is|was) (?:sponsored|paid for) by\b.*|in (?:paid )?partnership with\b.{0,60}|"
    r"anzeige|advertorial)\W*$",
    re.IGNORECASE | re.MULTILINE,
)
_EDGE = 400
"""Characters at the head of a text where a label stands."""

_HINT = {kind: re.compile(f"(?:{_HINTS[kind]})", re.IGNORECASE) for kind in _ORDER}
_PATH = {kind: re.compile(f"(?:{_PATHS[kind]})", re.IGNORECASE) for kind in _ORDER}
_TITLE = {k: re.compile(_TITLES[k], re.IGNORECASE) for k in _ORDER if k in _TITLES}


def kind_of(hints: Sequence[str], title: str, text: str, url: str | None) -> str:
    """One of the kinds of `types.Kind`; "news" unless something says otherwise."""
    labels = [part.strip() for hint in hints for part in re.split(r"[/>|,:]", hint)]
    steps = _steps(url)
    for kind in _ORDER:
        if any(_HINT[kind].fullmatch(label) for label in labels):
            return kind
        if any(_PATH[kind].fullmatch(step) for step in steps):
            return kind
        if kind in _TITLE and _TITLE[kind].search(title):
            return kind
        if _in_text(kind, text):
            return kind
    return "news"


def of_several_events(kind: str, title: str) -> bool:
    """Whether an article is a roundup or a live blog; its title may say so where no kind does."""
    several = ("roundup", "live")
    return kind in several or (kind == "news" and any(_TITLE[k].search(title) for k in several))


def _steps(url: str | None) -> list[str]:
    """The path's folders and the host's first label: where sites file what they publish."""
    try:
        parts = urlsplit(url or "")
        host = parts.hostname or ""
    except ValueError:
        return []
    folders = parts.path.split("/")[1:-1]
    return [*host.split(".")[:1], *folders]


def _in_text(kind: str, text: str) -> bool:
    match kind:
        case "sponsored":
            return bool(_SPONSORED_TEXT.search(text[:_EDGE]))
        case "press":
            if _PRESS_TEXT.search(text[:_EDGE]) or _PRESS_TEXT.search(text[-_EDGE:]):
                return True
            return bool(_ABOUT.search(text) and _CONTACT.search(text))
        case "research":
            return bool(_ABSTRACT.search(text[:_EDGE])) and bool(re.search(r"\bdoi\b", text, re.I))
        case _:
            return False
