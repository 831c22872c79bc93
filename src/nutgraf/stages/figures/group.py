"""A group of figures: one measured thing."""

from __future__ import annotations

from collections.abc import Iterable

from nutgraf.stages.figures.mention import Mention, similarity
from nutgraf.types import Value

__all__ = ["Group", "ratio"]


class Group:
    """Mentions of one thing. `articles` holds the one that speaks for each article, `revised`
    others that contradict or change it: bail "initially" set and then "lowered"."""

    def __init__(self, first: Mention) -> None:
        self.mentions = [first]
        self.articles = {first.figure.article: first}
        self.revised: list[Mention] = []

    @classmethod
    def of(cls, mentions: Iterable[Mention]) -> Group:
        first, *others = mentions
        group = cls(first)
        for mention in others:
            group.add(mention)
        return group

    @property
    def values(self) -> list[Mention]:
        """What the ledger shows, oldest article first."""
        return sorted([*self.articles.values(), *self.revised], key=lambda m: m.order)

    @property
    def first(self) -> Mention:
        return self.mentions[0]

    def add(self, mention: Mention) -> None:
        self.mentions.append(mention)
        first = self.articles.setdefault(mention.figure.article, mention)
        speaker = mention.figure.said_by
        if speaker and not first.figure.said_by and first.value == mention.value:
            # An article often names who says it only where it says it again.
            self.articles[first.figure.article] = first.credited(speaker)

    def revise(self, mention: Mention) -> None:
        """Add a second value of an article."""
        self.mentions.append(mention)
        self.revised.append(mention)

    def take(self, other: Group) -> None:
        for mention in other.mentions:
            self.add(mention)

    def likeness(self, mention: Mention) -> float:
        """Best likeness to a few of its mentions."""
        some = self.mentions if len(self.mentions) <= 6 else self.mentions[:3] + self.mentions[-3:]
        return max(similarity(m.weights, mention.weights) for m in some)


def ratio(x: Value, y: Value) -> float | None:
    """By what factor the larger of two numbers exceeds the other; None if one is no number."""
    if not isinstance(x, int | float) or not isinstance(y, int | float):
        return None
    low, high = sorted((abs(x), abs(y)))
    return high / low if low else float("inf")
