"""A figure as the ledger sees it: what it may be compared with, and the words around it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

import msgspec

from nutgraf.stages.figures.circumstance import day_of, is_caption, of_many, part_of, stage_of
from nutgraf.stages.figures.key import Key, key_of
from nutgraf.text.dates import when_key
from nutgraf.text.numbers import Bound, numbers
from nutgraf.text.weekdays import weekdays
from nutgraf.text.words import content_words
from nutgraf.types import Article, Figure, Value

__all__ = ["Mention", "mentions", "similarity"]

_AROUND = 110
"""Characters of the article on either side whose words count as context."""

_BEFORE = 150
"""Characters before a count in which what it is of may be said to be many."""


_VAGUE = frozenset("amount share change price period duration people".split()) | {
    "time limit",
    "prison sentence",
}


@dataclass(frozen=True)
class Mention:
    """One figure with what comparing needs. `weights` are its context words, squared sum 1."""

    figure: Figure
    order: int
    """Position of the article in time, then of the figure in its article."""
    at: datetime | None
    key: Key
    """Figures of different keys are never one thing. A leading "=" marks keys whose figures are
    one thing by their name alone ("people killed"), others need like contexts as well."""
    weights: Mapping[str, float]
    bound: Bound
    around: str
    day: str = ""
    """The ISO day that a count of people or a clock time speaks of, where the words name one."""
    stage: str = ""
    """Of a clock time: whether of the call, the arrival, the event (`circumstance.stage_of`)."""
    part: str = ""
    """Of a count of people: which of them ("men", "others"); empty for all."""
    many: bool = False
    """Whether a count of people is of several events, or of all in a span of time."""
    caption: bool = False
    """Whether it stands in a picture's caption."""

    @property
    def named_day(self) -> bool:
        """Whether it is a day told by its name only."""
        quote = self.figure.quote
        return self.figure.unit == "date" and str(self.figure.value)[-2:].lstrip("0") not in quote

    @property
    def strong(self) -> bool:
        return self.key[0] == "="

    @property
    def vague(self) -> bool:
        """Whether its name says little of what is measured."""
        return self.figure.what in _VAGUE or self.figure.what.startswith("amount in")

    def credited(self, speaker: str) -> Mention:
        """The same, said by `speaker`."""
        return replace(self, figure=msgspec.structs.replace(self.figure, said_by=speaker))

    def on(self, day: Value) -> Mention:
        """The same on another day."""
        return replace(self, figure=msgspec.structs.replace(self.figure, value=day))

    @property
    def value(self) -> Value:
        """What is compared: the figure's value, prison terms in months."""
        value = self.figure.value
        if self.figure.what != "prison sentence" or not self.figure.unit.startswith("year"):
            return value
        return [12 * end for end in value] if isinstance(value, list) else 12 * value


def mentions(figures: Sequence[Figure], articles: Sequence[Article]) -> list[Mention]:
    """Each figure whose article is at hand, oldest article first, in order of the text."""
    by_id = {article.id: article for article in articles}
    times = {article.id: when_key(article.published) for article in articles}
    ranks = {
        article.id: rank
        for rank, article in enumerate(sorted(articles, key=lambda a: _when(times[a.id])))
    }
    kept = sorted(
        (figure for figure in figures if figure.article in by_id),
        key=lambda figure: (ranks[figure.article], figure.start),
    )
    spans = [_around(figure, by_id[figure.article].text) for figure in kept]
    arounds = [by_id[f.article].text[slice(*span)] for f, span in zip(kept, spans, strict=True)]
    words = [
        Counter(chain(content_words(around), set(content_words(figure.what))))
        for figure, around in zip(kept, arounds, strict=True)
    ]
    seen = Counter(word for counted in words for word in counted)
    made = (
        Mention(
            figure,
            order,
            times[figure.article],
            key_of(figure, around, by_id[figure.article]),
            _weights(counted, seen, len(kept)),
            "",
            around,
        )
        for order, (figure, around, counted) in enumerate(zip(kept, arounds, words, strict=True))
    )
    return [
        _told(mention, left, by_id[mention.figure.article])
        for mention, (left, _) in zip(made, spans, strict=True)
    ]


def _told(mention: Mention, left: int, article: Article) -> Mention:
    """The mention with its bound and circumstances; `left` is where its surroundings begin."""
    figure = mention.figure
    bound, start, end = _located(figure, article)
    if figure.unit not in ("people", "clock time", "date"):
        return replace(mention, bound=bound)
    shift = figure.start - left
    at, stop = max(0, start + shift), max(0, end + shift)
    timed = figure.unit == "clock time"
    dated = timed or (mention.strong and figure.unit == "people")
    return replace(
        mention,
        bound=bound,
        day=day_of(mention.around, at, article.published) if dated else "",
        stage=stage_of(mention.around, at, stop) if timed else "",
        part=_part(figure, article.text, start, end),
        many=mention.strong
        and of_many(article.text[max(0, figure.start - _BEFORE) : left + len(mention.around)]),
        caption=is_caption(article.text, figure.start),
    )


def _part(figure: Figure, text: str, start: int, end: int) -> str:
    if figure.unit != "people":
        return ""
    return part_of(text, figure.start + start, figure.start + end, figure.what)


def _when(at: datetime | None) -> tuple[bool, float]:
    return (at is None, at.timestamp() if at else 0.0)


def _around(figure: Figure, text: str) -> tuple[int, int]:
    """Span of the sentence or so that the figure stands in."""
    left = max(text.rfind("\n", 0, figure.start) + 1, figure.start - _AROUND)
    for mark in (". ", "? ", "! ", ".” ", '." '):
        found = text.rfind(mark, left, figure.start)
        left = max(left, found + len(mark)) if found >= 0 else left
    newline = text.find("\n", figure.end)
    right = min(newline if newline >= 0 else len(text), figure.end + _AROUND)
    found = text.find(". ", max(figure.end - 1, left), right)
    return left, (found + 1 if found >= 0 else right)


def _weights(counted: Counter[str], seen: Counter[str], total: int) -> dict[str, float]:
    """Rare words of the story weigh more; numbers, which are what is compared, nothing."""
    raw = {
        word: math.log(1 + (total + 1) / seen[word]) for word in counted if not word[0].isdigit()
    }
    norm = math.sqrt(sum(weight * weight for weight in raw.values())) or 1.0
    return {word: weight / norm for word, weight in raw.items()}


def similarity(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Cosine of two contexts, 0..1."""
    if len(b) < len(a):
        a, b = b, a
    return sum(weight * b[word] for word, weight in a.items() if word in b)


def _located(figure: Figure, article: Article) -> tuple[Bound, int, int]:
    """What the quote says of the value's exactness, and where in it the number stands."""
    value, quote = figure.value, figure.quote
    found = numbers(quote)
    if isinstance(value, str):
        match = next((n for n in found if n.iso and value.endswith(n.iso.lstrip("-"))), None)
        if match is None and figure.unit == "date":
            named = (day for day in weekdays(quote, article.published) if day[2] == value)
            return ("", *next(named, (0, 0, ""))[:2])
        match = match or next((n for n in found if value in n.iso), None)
    else:
        low = value[0] if isinstance(value, list) else value
        match = next((n for n in found if low in (n.low, n.high)), None)
    return (match.bound, match.start, match.end) if match else ("", 0, len(quote))
