"""The sentences of a story that a brief may use, with what a choice among them needs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from nutgraf.stages.write.known import Known
from nutgraf.stages.write.names import Names, Person, speakers, unnamed
from nutgraf.text.addressed import addressed_spans
from nutgraf.text.agreement import Agreement, content
from nutgraf.text.copying import shortened
from nutgraf.text.furniture import is_furniture
from nutgraf.text.modifiers import ATTRIBUTION, PROTECTED, Modifier, modifiers
from nutgraf.text.sentences import sentences
from nutgraf.text.tokens import Tokens, is_number, tokenise
from nutgraf.text.words import STOP, fold, stem
from nutgraf.types import Article, Citation, Coverage

__all__ = ["Sentence", "gather", "main_language", "reporting"]

_SECOND_HAND = frozenset(("press", "opinion", "sponsored"))
_FOLLOWS = _SECOND_HAND | frozenset(("roundup", "live"))
"""Kinds that tell of a story after the event or in passing: they don't head a brief while others
report."""
_TIDIED = frozenset(("dateline", "connective"))
"""What every sentence sheds: where it was filed, and the word that ties it to the one before."""
_FURNITURE = re.compile(
    r"""(?ix)^\W*(?:read\ (?:more|also|next)|see\ also|also\ read|file\ photo|advertisement|sign\ up
    |follow\ us|scroll\ down|copyright\W|©|updated?\b|(?:story|video)\ continues|correction:|source:
    |credit:|editor.?s\ note|this\ (?:story|article|post|report|page|video)\ (?:was|has|is|first)
    |(?:reporting|writing|editing)\ by|additional\ reporting|if\ you\ (?:have|are|need)
    |any(?:one|body|\ persons?)\ (?:who\ has|with)\ (?:any\ |more\ )?information
    |don.?t\ (?:miss|drown)|get\ (?:the\ latest|our)
    |(?:a\ very\ )?(?:good\ (?:morning|afternoon|evening|day)|hello|hi|welcome|greetings)\b
    |lire\ aussi|leer\ más|lesen\ sie
    |(?:watch|listen|share|related|image|photo|picture|caption|subscribe|click|download)\b
     (?=\W*$|:|\ (?:this|here|on|to|now|our|live|more|by|the\ (?:video|full|latest|app))\b))
    |getty\ images|buy\ photo\b|(?:image|photo|slide)\ \d+\ of\ \d+|tips?\ (?:hot)?line
    |mug\s?shot\ of|courtesy\ of
    |all\ rights\ reserved|\(photo\b|\bphoto(?:graph)?\ by\b|\bpictured\ (?:in|at)\b
    |\breports?\ (?:from|for)\ (?:\w+\ ){1,4}(?:for|news)\b|https?://|\bwww\.|click\ here
    |\bthis\ (?:review|newsletter|column|article|live\ (?:page|blog))\b
    |contributed\ to\ this\ (?:report|story|article)"""
)
"""Beside `is_furniture`: what ends like a sentence. From reading stories/incidents_dev."""
_REPORTER = re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|my|me|we|our|us|we['’]\w+|you|your)\b")
_ENDS = re.compile(r"[.!…。！؟।][\"”»」’)\]\d]*$")
_ANAPHOR = re.compile(
    r"""(?ix)^\W*(?:he|she|it|they|him|her|his|hers|its|their|theirs|this|that|these|those|here|there
    |another|others|both|neither|either|such|so|also|then|instead|however|still|yet|but|and|or|nor
    |meanwhile|as\ a\ result|in\ addition|for\ example|for\ instance|in\ contrast|by\ contrast
    |on\ the\ other\ hand|the\ (?:former|latter|same|other|two|three|pair|couple|man|woman|men|women
    |boy|girl|suspect|victims?|initiative|move|decision|announcement|plan|plans|program|programme
    |project|deal|agreement|incident|accident|attack|attacks|crash|blast|explosion|shooting|fire
    |measure|bill|law|proposal|company|firm|group|team|agency|ministry|report|study|paper|statement
    |documents?|country|nation|city|state|town|village|comments
    |remarks|action|actions|news|change
    |changes|result|findings|vote|talks|visit
    |meeting|trip|case|charges|order|ruling|operation|effort|event|system|new|latest|investigation
    |spokesman|spokeswoman|spokesperson|officer|officers|driver|teen|teenager|couple|child
    |figure|text|entry|office|(?:\w+\ )?(?:daily|newspaper|tabloid|weekly|broadcaster|magazine))\b
    |the\ (?:first|last|other|four|five|six|seven|eight|nine|ten|\d+)\ (?:\d+\b|of\ them|before\ it)
    |(?:[\w-]+\ ){1,3}of\ (?:them|these|those|its|their|his|her)\b
    |(?:some|other|several|earlier)\ (?:reports|newspapers|papers|outlets|media)
    |(?:\w+\ )?(?:minutes|hours|days|weeks|months|years)\ (?:earlier|later)\b)\b"""
)
_RETOLD = 0.6
"""Share of a sentence's weight in one that readers know from which on it is no news. From reading
the demonstration's second day."""
_BESIDE = re.compile(r"^(?:(?!The )[A-Z][\w.'’-]*\s){1,3}[A-Z][\w.'’-]*,\s(?:its|their)\s")
"""Somebody's name and what ties it to what only the sentences before name: "Ann Bell, its head"."""


_SAYS_WHO = ATTRIBUTION - frozenset(("announces", "announced", "announcing"))
_BY_PRONOUN = re.compile(
    r"\b(?:he|she|they)\s+(?:said|says|added|told|wrote|explained|continued|recalled|noted)\b"
    r"[^.“\"]*[.”\"]*$"
    r"|\bthe\s(?:news)?paper\s(?:reported|said|says|obtained|disclosed|found|wrote|writes)\b"
)
"""A speaker that only the sentences before name."""
_CUT_OFF = re.compile(r"(?:…|\.\s?\.\s?\.)$")
_LABEL = re.compile(r"^[A-Z]{3,}(?:\ [A-Z]+)*:\ ")
"""What a page puts before a paragraph: "PREVIOUS STORY: "."""
_RUBRIC = re.compile(r"^(?:[^\W\d_][\w'’]*\s){0,3}[^\W\d_][\w'’]*:\s(?![\"“])")
"""What some outlets put before a sentence: "Why it matters: "."""
_TELEPHONE = re.compile(r"(?<!\d)(?:\(\d{3}\)\s?|\d{3}[-.\s])\d{3}[-.]\d{4}\b")
_BULLET = re.compile(r"(?:[•‣▪●◦*—–-]+\s+)+")


_EXPLAINS = frozenset("of that who which where whose between for".split())
_AFTER = STOP | PROTECTED | frozenset("'s takes took begins began".split())
"""What follows a noun that is the last word of its phrase, mostly."""


@dataclass(frozen=True, eq=False)
class Sentence:
    """One sentence of one article as a claim may state it."""

    article: Article
    origin: str
    position: int
    """Place among the article's usable sentences, 0 first."""
    index: int
    """Place among all of its sentences: neighbours differ by 1."""
    order: int
    """Place of its article in the story, 0 oldest."""
    start: int
    end: int
    tokens: Tokens
    text: str
    """The sentence tidied: no dateline, no "But" that ties it to the one before."""
    dangling: bool
    """Whether it needs its neighbours to be understood, or to know who speaks."""
    second_hand: bool
    """Whether it is a press release's or a columnist's, while others report."""
    leads: bool = True
    """Whether it may head the brief: no roundup, live page or column does while others report."""
    new: bool = True
    """Whether it is news since the last brief of the story; all is where there is none."""
    stems: frozenset[str] = field(default_factory=frozenset)
    people: tuple[tuple[Person, Citation], ...] = ()
    """Whom it calls by the surname alone, each with the words that name them in full."""
    leans_on: frozenset[str] = frozenset()
    """Stems of nouns with "the" that sentences before it in its article have told of: "the rule"
    is a riddle to who has not read of a rule."""
    strangers: frozenset[str] = frozenset()
    """Folded surnames of those whom its article never names in full."""

    @cached_property
    def title_norms(self) -> frozenset[str]:
        return frozenset(n for n in tokenise(self.article.title).norms if n not in STOP)

    @property
    def words(self) -> int:
        return len(self.text.split())

    @cached_property
    def removable(self) -> list[Modifier]:
        return modifiers(self.tokens) if _english(self.article.language) else []

    @property
    def attributed(self) -> bool:
        """Whether it says who says so; who announces something speaks for itself."""
        return not _SAYS_WHO.isdisjoint(self.tokens.norms)

    @cached_property
    def quoted_words(self) -> int:
        return sum(self.tokens.quoted)

    def citation(self, last: Sentence | None = None) -> Citation:
        """The exact words, up to the end of `last` if a claim runs on to it."""
        return self.article.cite(self.start, last.end if last else self.end)


def gather(coverage: Coverage) -> list[Sentence]:
    """Usable sentences of a story's articles, in order; copies of one at hand are not read."""
    language = main_language(coverage.articles)
    known = Known(coverage)
    found: list[Sentence] = []
    for order, article in enumerate(reporting(coverage)):
        if article.language and language and article.language[:2] != language[:2]:
            continue
        found.extend(_of_article(coverage, article, order, known))
    found = _told_before(_acquainted(found))
    if not any(s.new and not s.dangling for s in found):
        return [replace(s, new=True) for s in found]
    return found


def _told_before(found: list[Sentence]) -> list[Sentence]:
    """Those of new articles that only say again what readers know, in other words, made old.

    One with a number that was not there before stays news.
    """
    old = [s.stems for s in found if not s.new]
    if not old:
        return found
    weigh = Agreement([(s.origin, s.stems) for s in found], found[0].article.language).weigh

    def retold(words: frozenset[str]) -> bool:
        numbers = frozenset(filter(is_number, words))
        least = _RETOLD * weigh(words)
        return any(numbers <= known and weigh(words & known) >= least for known in old)

    return [replace(s, new=False) if s.new and retold(s.stems) else s for s in found]


def _acquainted(found: list[Sentence]) -> list[Sentence]:
    """Those that speak of nobody whom their article never names and no other one mentions."""
    where: dict[str, set[str]] = {}
    for sentence in found:
        for norm in sentence.tokens.norms:
            where.setdefault(norm, set()).add(sentence.article.id)
    return [
        s
        for s in found
        if all(len(where.get(name, ())) > 1 or name in s.title_norms for name in s.strangers)
    ] or found


def reporting(coverage: Coverage) -> list[Article]:
    """The articles that are no copies of another one of the story."""
    ids = {article.id for article in coverage.articles}
    copies = {
        article.id
        for article in coverage.articles
        if (trace := coverage.traces.get(article.id)) and trace.copy_of in ids - {article.id}
    }
    originals = [article for article in coverage.articles if article.id not in copies]
    return originals or list(coverage.articles)


def main_language(articles: Sequence[Article]) -> str | None:
    """The language most of the text is in, as far as the articles name theirs."""
    sizes: Counter[str] = Counter()
    for article in articles:
        if article.language:
            sizes[article.language] += len(article.text)
    return max(sizes, key=lambda code: (sizes[code], code)) if sizes else None


def _english(language: str | None) -> bool:
    return (language or "en").lower().startswith("en")


def _of_article(coverage: Coverage, article: Article, order: int, known: Known) -> list[Sentence]:
    news = any(other.kind not in _SECOND_HAND for other in coverage.articles)
    reports = any(other.kind not in _FOLLOWS for other in coverage.articles)
    english = _english(article.language)
    kept_out = frozenset(addressed_spans(article.text, article.language))
    whole = sentences(article.text, article.language)
    spans = [_unbulleted(article.text, span) for span in whole]
    read = [tokenise(article.text[start:end]) for start, end in spans]
    names = Names(read if english else [])
    told: set[str] = set()
    found: list[Sentence] = []
    for index, ((start, end), tokens) in enumerate(zip(spans, read, strict=True)):
        leans_on = frozenset(definite(tokens) & told)
        told |= content(tokens.text)
        if whole[index] in kept_out or not _usable(tokens.text):
            continue
        shed = [m for m in modifiers(tokens) if m.kind in _TIDIED] if english else []
        text = shortened(tokens, shed) if shed else tokens.text
        called = {name: names.person(name) for name in (unnamed(tokens) if english else ())}
        found.append(
            Sentence(
                article=article,
                origin=coverage.first(article.id),
                position=len(found),
                index=index,
                order=order,
                start=start,
                end=end,
                tokens=tokens,
                text=text,
                dangling=_dangles(text, tokens),
                second_hand=news and article.kind in _SECOND_HAND,
                leads=not (reports and article.kind in _FOLLOWS) and not _RUBRIC.match(text),
                new=known.is_new(article.id, tokens.norms),
                stems=content(text),
                leans_on=leans_on if english else frozenset(),
                people=tuple(
                    (person, article.cite(*spans[person.at]))
                    for person in called.values()
                    if person
                ),
                strangers=frozenset(
                    fold(name)
                    for name in speakers(tokens)
                    if english and found and names.stranger(name)
                ),
            )
        )
    return found


def _unbulleted(text: str, span: tuple[int, int]) -> tuple[int, int]:
    bullet = _BULLET.match(text, *span)
    return (bullet.end() if bullet else span[0]), span[1]


def _dangles(text: str, tokens: Tokens) -> bool:
    cues = _ANAPHOR.match(text) or _BESIDE.match(text) or _BY_PRONOUN.search(text)
    return bool(cues) or all(tokens.quoted)


def definite(tokens: Tokens) -> set[str]:
    """Stems of the nouns that a sentence calls "the" such a one, and does not explain."""
    return {
        stem(tokens.norms[i])
        for i in range(1, len(tokens))
        if tokens.norms[i - 1] == "the"
        and tokens.raw(i).islower()
        and tokens.norms[i] not in STOP
        and not tokens.quoted[i]
        and (i + 1 == len(tokens) or tokens.norms[i + 1] not in _EXPLAINS)
        and (i + 1 == len(tokens) or tokens.gap(i + 1).strip() or tokens.norms[i + 1] in _AFTER)
    }


def _usable(raw: str) -> bool:
    """Whether a sentence states something: whole, no question, no furniture, no reporter's "I"."""
    if not _ENDS.search(raw) or raw.rstrip('"”»」’) ').endswith(("?", "؟", "？")):
        return False
    if _CUT_OFF.search(raw) or _LABEL.match(raw) or _TELEPHONE.search(raw) or _shouts(raw):
        return False
    if (
        _FURNITURE.search(raw)
        or is_furniture(raw)
        or raw.count('"') % 2
        or raw.count("“") != raw.count("”")
    ):
        return False
    size = len(raw.split()) if " " in raw else len(raw) // 2
    return 5 <= size <= 70 and not _REPORTER.search(_outside_quotes(raw))


def _shouts(raw: str) -> bool:
    """Whether it is set in capitals: a banner, or the text of a broadcast."""
    letters = [c for c in raw if c.isalpha()]
    return sum(c.isupper() for c in letters) > 0.5 * len(letters)


def _outside_quotes(text: str) -> str:
    return re.sub(r"“[^”]*”|\"[^\"]*\"|«[^»]*»|‘[^’]*’(?!\w)", " ", text)
