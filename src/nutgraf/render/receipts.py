"""Receipts: the exact words a sentence rests on, shown in their surroundings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from nutgraf.render.links import at_words, safe_url
from nutgraf.render.origins import outlet, provenance, reporter
from nutgraf.render.phrases import moment
from nutgraf.text.addressed import addressed_spans
from nutgraf.types import Brief, Citation, Claim, Correction, Source

__all__ = ["Excerpt", "Notebook", "Receipt", "Sentence", "excerpts", "own_corrections"]

AROUND = 170
"""Code points shown on each side of the cited words: two or three lines of a page."""
_LEAST = 40
"""Less context than this is not worth the tidier cut at a sentence."""
_BREAK = re.compile(r"\n+\s*|(?<=[.!?…؟])[”’\"')\]]*\s+|(?<=[。！？])")
_SPACE = re.compile(r"\s+")
_BLANK_LINES = re.compile(r"\s*\n\s*")

Excerpt = list[tuple[str, bool]]
"""A run of text as (words, whether they are the cited ones)."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What one source says for one sentence. `number` is unique on its page."""

    number: int
    outlet: str
    title: str
    when: str
    published: str
    provenance: str
    url: str
    """Leads to the cited words; empty if the source has no address that may be linked."""
    plain_url: str
    quotes: list[str]
    excerpts: list[Excerpt]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A claim with its receipts; `only` names the origin if a single one says so, and tells
    on how many pages.

    `corrections` are those found since it was published; `new` says that the last edition did not
    have it.
    """

    text: str
    receipts: list[Receipt]
    only: str = ""
    corrections: list[Correction] = field(default_factory=list)
    new: bool = False


@dataclass(slots=True)
class Notebook:
    """Numbers the receipts of one page, in the order in which its sentences ask for them."""

    brief: Brief
    issued: datetime
    edition: str = ""
    receipts: list[Receipt] = field(default_factory=list)
    _known: dict[tuple[object, ...], Receipt] = field(default_factory=dict)
    _sources: dict[str, Source] = field(default_factory=dict)
    _single: frozenset[str] = frozenset()
    _new: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._single = frozenset(claim.text for claim in self.brief.only_one)
        self._sources = {source.article: source for source in self.brief.sources}
        self._new = {change.text for change in self.brief.changes if change.what == "fact"}

    def sentence(self, claim: Claim) -> Sentence:
        """A claim with one receipt for each article it cites, citations of one put together."""
        source = self._sources.get(claim.citations[0].article) if claim.citations else None
        return Sentence(
            claim.text,
            self.cited(claim.citations),
            self._only(claim, source),
            [c for c in own_corrections(self.brief, self.edition) if c.was == claim.text],
            claim.text in self._new,
        )

    def _only(self, claim: Claim, source: Source | None) -> str:
        """Who alone says so, and on how many pages; empty if others do."""
        if source is None or claim.text not in self._single:
            return ""
        pages = len({citation.article for citation in claim.citations})
        name = reporter(source, self._sources)
        return name if pages == 1 else f"{name}, on {pages} pages"

    def cited(self, citations: Sequence[Citation]) -> list[Receipt]:
        """One receipt for each article revision that `citations` name."""
        grouped: dict[tuple[str, int], list[Citation]] = {}
        for citation in citations:
            grouped.setdefault((citation.article, citation.revision), []).append(citation)
        return [self._receipt(group) for group in grouped.values()]

    def _receipt(self, citations: Sequence[Citation]) -> Receipt:
        first = citations[0]
        key = (first.article, first.revision, *((c.start, c.end, c.quote) for c in citations))
        if key not in self._known:
            made = self._make(len(self.receipts) + 1, citations)
            self._known[key] = made
            self.receipts.append(made)
        return self._known[key]

    def _make(self, number: int, citations: Sequence[Citation]) -> Receipt:
        source = self._sources.get(citations[0].article)
        quotes = list(dict.fromkeys(citation.quote for citation in citations))
        return Receipt(
            number=number,
            outlet=outlet(source) if source else citations[0].article,
            title=source.title if source else "",
            when=moment(source.published, self.issued) if source else "",
            published=(source.published or "") if source else "",
            provenance=provenance(source, self._sources) if source else "",
            url=at_words(source.url, quotes[0]) if source else "",
            plain_url=safe_url(source.url) if source else "",
            quotes=quotes,
            excerpts=_surroundings(source.text if source else None, citations),
        )


def own_corrections(brief: Brief, edition: str) -> list[Correction]:
    """Corrections of the sentences of `brief` as `edition` published it; the others are news."""
    return [one for one in brief.corrections if one.edition == edition and edition]


def _surroundings(text: str | None, citations: Sequence[Citation]) -> list[Excerpt]:
    """The cited words in their text; alone where the text is not carried or has moved on."""
    spans = [(c.start, c.end) for c in citations if text and text[c.start : c.end] == c.quote]
    if not text or len(spans) < len(citations):
        return [[(quote, True)] for quote in dict.fromkeys(c.quote for c in citations)]
    return excerpts(text, spans, shut=addressed_spans(text, None))


def excerpts(
    text: str,
    spans: Iterable[tuple[int, int]],
    around: int = AROUND,
    shut: Sequence[tuple[int, int]] = (),
) -> list[Excerpt]:
    """`spans` of `text` with their surroundings; those whose surroundings touch share one.

    Surroundings end where a span of `shut` begins: what no writer may use is not shown either.
    """
    windows: list[tuple[int, int, list[tuple[int, int]]]] = []
    for start, end in sorted(set(spans)):
        low = max([_low(text, start, around), *(b for _, b in shut if b <= start)])
        high = min([_high(text, end, around), *(a for a, _ in shut if a >= end)])
        if windows and low <= windows[-1][1]:
            before = windows[-1]
            windows[-1] = (before[0], max(high, before[1]), [*before[2], (start, end)])
        else:
            windows.append((low, high, [(start, end)]))
    return [_pieces(text, low, high, marks) for low, high, marks in windows]


def _low(text: str, start: int, around: int) -> int:
    """Where the surroundings begin: at a sentence if one begins there, else at a word."""
    floor = max(0, start - around)
    if floor == 0:
        return 0
    before = text[floor:start]
    for pattern in (_BREAK, _SPACE):
        for cut in pattern.finditer(before):
            if len(before) - cut.end() >= _LEAST:
                return floor + cut.end()
    return floor


def _high(text: str, end: int, around: int) -> int:
    """Where the surroundings end, likewise."""
    ceiling = min(len(text), end + around)
    if ceiling == len(text):
        return ceiling
    after = text[end:ceiling]
    for pattern in (_BREAK, _SPACE):
        cuts = [cut.start() for cut in pattern.finditer(after) if cut.start() >= _LEAST]
        if cuts:
            return end + cuts[-1]
    return ceiling


def _pieces(text: str, low: int, high: int, marks: list[tuple[int, int]]) -> Excerpt:
    pieces: Excerpt = [("… ", False)] if low > 0 else []
    at = low
    for start, end in marks:
        pieces.append((text[at:start], False))
        pieces.append((text[max(at, start) : end], True))
        at = max(at, end)
    pieces.append((text[at:high], False))
    if high < len(text):
        pieces.append((" …", False))
    return [(_BLANK_LINES.sub("\n", words), cited) for words, cited in pieces if words]
