"""Classes of English words that tell where a phrase begins and ends: closed classes, no parser."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nutgraf.text.modifiers import ATTRIBUTION, NEGATION, PROTECTED
from nutgraf.text.tokens import Tokens, is_number

__all__ = [
    "ADJECTIVES",
    "ADVERBIAL",
    "ARTICLES",
    "AUXILIARIES",
    "CONDITIONS",
    "DANGLING",
    "HEDGES",
    "PREPOSITIONS",
    "PRONOUNS",
    "REPORTS",
    "SAYING",
    "SPAN",
    "TITLES",
    "adjective",
    "finite",
    "opens_clause",
    "restricts",
]

ARTICLES = frozenset("the a an".split())
PREPOSITIONS = frozenset(
    """in on at by for from with during after before following since despite amid over under near
    through across against inside outside behind beside throughout within along onto into toward
    towards via beyond upon alongside among around""".split()
)
"""What may open an adjunct; "of", "to", "as", "than", "about" and "without" open none."""
AUXILIARIES = frozenset(
    """am is are was were be been being has have had do does did will would can could may might
    must shall should""".split()
)
PRONOUNS = frozenset(
    """he she it they we i you this that these those there his her its their my our your
    one who somebody someone""".split()
)
CONDITIONS = frozenset(
    """if unless until till except excluding provided providing assuming whether whenever once
    depending lest barring subject otherwise""".split()
)
HEDGES = frozenset(
    """allegedly reportedly purportedly supposedly apparently seemingly possibly probably perhaps
    maybe presumably potentially theoretically hypothetically technically ostensibly nominally
    likely unlikely nearly almost barely hardly scarcely partly partially mostly largely mainly
    virtually practically effectively temporarily initially originally previously formerly
    traditionally historically typically usually generally normally ideally hopefully rarely seldom
    occasionally sometimes often slightly roughly approximately only alleged suspected accused
    attempted failed proposed planned potential possible former ex fake false mock so-called
    would-be unofficial provisional tentative partial virtual fictional honorary interim acting
    deputy vice assistant non anti pseudo semi quasi half averted foiled aborted botched
    cancelled canceled rejected disputed unproven unverified unconfirmed untested unfounded
    unsubstantiated preliminary apparent
    supposed purported presumed putative would-be hypothetical prospective aspiring
    unsuccessful abortive simulated imaginary imitation replica counterfeit draft""".split()
)
"""Left out, these change what the words beside them say, whatever their form."""
SAYING = frozenset("say says said".split())
REPORTS = ATTRIBUTION | frozenset(
    """insists reveal reveals revealed revealing discloses disclosed explains explained notes
        noted observed observes predicts predicted forecast forecasts expects expect feared fears
        fear thinks think understands understood hopes hoped hope guesses reckons reckoned declares
        declared denies alleged asserts asserted contends contended maintains maintained finds
        found shows showed show indicates indicated indicate implies implied concluded concludes
        admits admitted acknowledged acknowledges conceded concedes complained complains tweeted
        posted texted heard ruled rules sources rumours rumors rumoured rumored allegation
        allegations claimed insisting promised promises vowed vows pledged pledges threatened
        threatens wants wanted hopes considering considers weighing mulling accusations accusation
        doubt doubts doubted pretend pretends pretended imagines imagined dreams dreamed suspects
        worries worried assumes assumed presumes presumed guess guessed wishes wished untrue hoax
        speculation reports view opinion eyes statement""".split()
)
"""Words that give what follows, or went before, to somebody: saying, thinking, showing, wanting."""
DANGLING = (
    ARTICLES
    | PREPOSITIONS
    | AUXILIARIES
    | frozenset(
        """of to as than about without and or but nor not no that who which whose whom his her its
        their my our your more less most least very too so such both either neither between only
        if because while although though like until into each every any some""".split()
    )
)
"""A kept stretch that ends in one of these is no whole phrase."""
TITLES = frozenset(
    """president minister chancellor senator governor mayor judge justice general colonel captain
    sergeant detective officer doctor dr professor prof mr mrs ms miss sir lord lady king queen
    prince princess pope bishop archbishop chief secretary director chairman chairwoman chair ceo
    coach manager striker midfielder defender goalkeeper actor actress singer author analyst
    spokesman spokeswoman premier boss star leader congressman congresswoman inspector coroner
    sheriff ambassador""".split()
)
ADJECTIVES = frozenset(
    """new big large small little old young major historic huge great good bad nearby nice top long
    short local deadly fierce late early strong weak rich poor popular famous young severe heavy
    bright dark tiny busy angry happy sad veteran senior giant key entire own brand
    french german greek dutch swiss american african mexican european""".split()
)
_ADJECTIVE = re.compile(r"\w{3,}(?:ous|ful|ish|less|ive|ic|al|ary|able|ible|ese|ian|coming)")
_PAST = frozenset(
    """went came took made got gave began became won lost left led met ran rose fell kept put saw
    sent set shot sold stood struck thought wrote died told said says found knew drew drove broke
    brought built bought caught chose fought flew grew held hit hurt let paid sat spent spoke stole
    taught threw understood wore cost put hit beat bent bit blew cut dealt dug fled forgot
    froze hid laid lay
    lent rang rode sang sank shook shut slept split spread sprang stuck swore swam tore woke
    remains remained plans wants needs faces gets takes makes gives comes goes plays runs""".split()
)
ADVERBIAL = frozenset(
    "very really quite also already now actually himself herself itself themselves".split()
)
_EXCLUDE = (NEGATION - frozenset("fails failed fail".split())) | frozenset(
    """only every everything everyone everybody anything anyone all each any few least fewest
    both between either neither if unless
    whether rarely seldom less fewer""".split()
)
"""These take in the whole clause: no restriction after them may go."""
_MEASURE = frozenset(
    """average record majority minority half percent % quarter most
    total rate proportion share first second third fourth fifth sixth seventh eighth ninth tenth
    last biggest best worst largest smallest highest lowest oldest youngest longest tallest
    more than""".split()
)
"""These measure within the phrase that follows: "the oldest in Kelm", "12 percent of"."""
_SOME = frozenset("a next last past".split())
_NEAR, _FAR = 5, 14
SPAN = frozenset(
    """week month year night day season time monday tuesday wednesday thursday friday saturday
    sunday january february march april may june july august september october november
    december spring summer autumn winter decade century weekend half""".split()
)


def restricts(tokens: Tokens, end: int, *, clause: bool = False) -> bool:
    """Whether a word before token `end` makes it unsafe to leave out a restriction there.

    "No ferry in Kelm sank" doesn't say that no ferry sank, nor "the oldest in Kelm" the oldest:
    such words carry a claim to the wider case only downwards (natural logic's monotonicity).
    A `clause` (of reason, of time) restricts no measure, only what is denied or excluded.
    """
    norms = tokens.norms
    verb = broken = False
    for i in range(end - 1, max(-1, end - _FAR - 1), -1):
        norm = norms[i]
        after = norms[i + 1] if i + 1 < len(norms) else ""
        some = norm == "few" and i and norms[i - 1] in _SOME
        if norm in _EXCLUDE and not (broken or some):
            return True
        if not (clause or verb) and end - i <= _NEAR and _measures(tokens, i, after):
            return True
        # "no" reaches to the end of its clause, "the oldest" to the verb
        broken = broken or (verb and bool(tokens.gap(i).strip(" -'’")))
        verb = verb or finite(tokens, i)
        if norm in ("who", "which", "that", "to"):
            verb = False
    return False


def _measures(tokens: Tokens, i: int, after: str) -> bool:
    norm = tokens.norms[i]
    if norm == "last" and after in SPAN:
        return False
    if norm == "half" and tokens.gap(i + 1).strip() == "-":
        return False
    if norm in _MEASURE:
        return not (norm in ("more", "than") and _counts(tokens.norms, i))
    return norm.endswith("est") and len(norm) > 5 and _superlative(tokens.norms, i)


def _counts(norms: Sequence[str], i: int) -> bool:
    """Whether "more than" at `i` only rounds a number."""
    pair = norms[i : i + 2] if norms[i] == "more" else norms[max(0, i - 1) : i + 1]
    following = norms[i + 2 if norms[i] == "more" else i + 1 :][:2]
    return tuple(pair) == ("more", "than") and any(n in "$£€" or is_number(n) for n in following)


def _superlative(norms: Sequence[str], i: int) -> bool:
    return i > 0 and (norms[i - 1] in ("the", "'s", "its", "their", "his", "her"))


def finite(tokens: Tokens, i: int) -> bool:
    """Whether token `i` may be the verb of a clause."""
    norm = tokens.norms[i]
    if norm in AUXILIARIES or norm in _PAST or norm in REPORTS:
        return norm != "may" or not (i and tokens.norms[i - 1] in ("in", "last", "this", "of"))
    return norm.endswith("ed") and len(norm) > 4


def opens_clause(tokens: Tokens, i: int) -> bool:
    """Whether a clause with its own subject and verb seems to begin at token `i`."""
    if i >= len(tokens):
        return False
    norm = tokens.norms[i]
    begins = norm in PRONOUNS or norm in ARTICLES or norm.isdigit() or tokens.raw(i)[0].isupper()
    begins = begins or (_uncased(tokens) and norm not in DANGLING and not finite(tokens, i))
    verbs = range(i + 1, min(i + 10, len(tokens)))
    return begins and any(finite(tokens, k) for k in verbs)


def _uncased(tokens: Tokens) -> bool:
    """Whether a sentence has no capitals by which a name could be told."""
    return tokens.text[1:].islower()


def adjective(norm: str) -> bool:
    """Whether a word looks like an adjective that only narrows its noun."""
    if norm in HEDGES or norm in PROTECTED:
        return False
    unlike = norm.startswith("un") and norm.endswith("ed")  # "unguarded"; "untested" hedges
    return norm in ADJECTIVES or unlike or bool(_ADJECTIVE.fullmatch(norm))
