"""A figure as the ledger sees it: what it may be compared with, and the words around it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

from nutgraf.stages.figures.ages import name_parts
from nutgraf.text.dates import when_key
from nutgraf.text.numbers import Bound, numbers
from nutgraf.text.words import content_words, stem
from nutgraf.types import Article, Figure, Value

__all__ = ["MOVING", "Key", "Mention", "mentions", "similarity"]

Key = tuple[str, ...]
_AROUND = 110
"""Characters of the article on either side whose words count as context."""

MOVING = frozenset(
    """killed injured missing rescued arrested charged shot evacuated hospitalised infected released
    reward bail damage""".split()
)
"""What goes up or down while a story runs; anything else is a fixed fact."""
_FATES = (MOVING - {"reward", "bail", "damage"}) | {"aboard"}
_LONG_AGO = re.compile(
    r"\b(?:in|since|of)[ ](?:the |[A-Z][a-z]+ )?((?:19|20)[0-9]{2})\b|\b(?:last|previous"
    r"|earlier that) year\b|\bworst\b"
)
_PLAIN_MONEY = frozenset(("amount",))


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

    @property
    def value(self) -> Value:
        return self.figure.value


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
    arounds = [_around(figure, by_id[figure.article].text) for figure in kept]
    words = [
        Counter(content_words(around)) + Counter(dict.fromkeys(content_words(figure.what), 1))
        for figure, around in zip(kept, arounds, strict=True)
    ]
    seen = Counter(word for counted in words for word in counted)
    return [
        Mention(
            figure,
            order,
            times[figure.article],
            _key(figure, around, by_id[figure.article]),
            _weights(counted, seen, len(kept)),
            _bound(figure),
            around,
        )
        for order, (figure, around, counted) in enumerate(zip(kept, arounds, words, strict=True))
    ]


def _when(at: datetime | None) -> tuple[bool, float]:
    return (at is None, at.timestamp() if at else 0.0)


def _around(figure: Figure, text: str) -> str:
    """The sentence or so that the figure stands in."""
    left = max(text.rfind("\n", 0, figure.start) + 1, figure.start - _AROUND)
    for mark in (". ", "? ", "! ", ".” ", '." '):
        found = text.rfind(mark, left, figure.start)
        left = max(left, found + len(mark)) if found >= 0 else left
    newline = text.find("\n", figure.end)
    right = min(newline if newline >= 0 else len(text), figure.end + _AROUND)
    found = text.find(". ", max(figure.end - 1, left), right)
    return text[left : found + 1 if found >= 0 else right]


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


def _bound(figure: Figure) -> Bound:
    """What the quote says of the value's exactness."""
    if isinstance(figure.value, str):
        return next((n.bound for n in numbers(figure.quote) if figure.value in n.iso), "")
    low = figure.value[0] if isinstance(figure.value, list) else figure.value
    return next((n.bound for n in numbers(figure.quote) if low in (n.low, n.high)), "")


def _key(figure: Figure, around: str, article: Article) -> Key:
    what, unit = figure.what, figure.unit
    if what.startswith("age of "):
        return _age_key(what.removeprefix("age of "), figure.value)
    old = _past(around, article)
    head = what.rsplit(" ", 1)[-1]
    if unit == "people":
        if head in _FATES:
            return ("=" if not old else "~", what) if not old else ("~", what, old)
        return ("people",)
    if unit in ("clock time", "date"):
        return ("=", what)
    if what in ("margin of votes", "shots fired"):
        return ("=", what)
    if what == "vote" or unit == "counts":
        return (what,)
    if what in ("bail", "reward"):
        return ("=", what, unit)
    if unit.isupper() or what in _PLAIN_MONEY or what.startswith("money"):
        return ("money", unit)
    if what.startswith(("length of", "time limit", "period", "duration", "prison")):
        return (what.split(" ")[0] if " of " not in what else what, unit.rstrip("s"))
    return (stem(unit.split(" ")[-1]),)


def _past(around: str, article: Article) -> str:
    """The year of something long past that the words speak of, "old" without one, or nothing."""
    match = _LONG_AGO.search(around)
    if not match:
        return ""
    year = match.group(1)
    return (year if year != (article.published or "")[:4] else "") if year else "old"


def _age_key(whom: str, value: Value) -> Key:
    if whom[:1].isupper():
        parts = name_parts(whom)
        first = parts[-2][0].lower() if len(parts) > 1 else ""
        return ("=", "age", parts[-1].lower() if parts else whom.lower(), first)
    if whom.startswith("the "):
        return ("=", "age", whom)
    return ("age", str(value))
