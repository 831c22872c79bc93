"""How alike two articles are: a weighted sum of what they share and of how far apart they are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nutgraf.stages.cluster.features import LEAD, NAME, NUMBER, PHRASE, TITLE, Terms
from nutgraf.stages.cluster.window import SUBLINEAR, Floats, Member, Window

__all__ = ["SIGNALS", "WEIGHTS", "likeness", "signals"]

SIGNALS = {
    "words": "wording",
    "opening": "lead",
    "title": "title",
    "names": "names",
    "numbers": "numbers",
    "gap": "time",
    "day": "day",
}
"""Columns of `signals`, each with the word that a placement's reason uses for it."""

WEIGHTS = np.array([1.0, 0.03, 0.03, 0.11, 0.1, -0.015, -0.06])
"""The plain cosine of words leads, the others correct it. Hill climbing on pairwise F1, leaving
each kind of stream out in turn, then rounded (2026-11-22; docs/decisions/clustering.md)."""

_SHORT = 1.5
"""Terms of average weight, shared by nobody, that are added to each side of a cosine: a headline
of five words shares two with many by chance, and its cosines would be high."""
_OPENING = TITLE | LEAD
_NAMES = NAME | PHRASE


class _Overlap:
    """The terms of an article laid beside those of all its candidates at once."""

    def __init__(self, terms: Terms, near: Sequence[Member], window: Window) -> None:
        self.k = len(near)
        self.mine = terms.marks
        self.mine_weight = window.weights(terms)
        hashes = np.concatenate([m.terms.hashes for m in near])
        counts = np.concatenate([m.terms.counts for m in near])
        self.theirs = np.concatenate([m.terms.marks for m in near])
        self.owner = np.repeat(np.arange(self.k), [len(m.terms.hashes) for m in near])
        self.their_weight = window.idf(hashes) * SUBLINEAR[counts]
        at = np.minimum(np.searchsorted(terms.hashes, hashes), len(terms.hashes) - 1)
        shared = np.flatnonzero(terms.hashes[at] == hashes)
        at = at[shared]
        self.shared_owner = self.owner[shared]
        self.shared_mine, self.shared_theirs = terms.marks[at], self.theirs[shared]
        self.product = self.mine_weight[at] * self.their_weight[shared]

    def cosine(self, mask: int, *, without: bool = False) -> Floats:
        """Cosine over the terms that carry one of the marks of `mask` (or none) on both sides."""
        mine, theirs = self.mine_weight[_has(self.mine, mask) ^ without], self.theirs
        theirs = _has(theirs, mask) ^ without
        both = (_has(self.shared_mine, mask) ^ without) & (_has(self.shared_theirs, mask) ^ without)
        terms = np.maximum(np.bincount(self.owner[theirs], minlength=self.k), 1)
        weight = np.bincount(self.owner[theirs], self.their_weight[theirs] ** 2, self.k)
        squares = weight * (1.0 + _SHORT / terms)
        norm = np.sqrt(np.sum(mine**2) * (1.0 + _SHORT / max(len(mine), 1)) * squares)
        dot = np.bincount(self.shared_owner[both], self.product[both], self.k)
        found: Floats = dot / np.maximum(norm, 1e-9)
        return found


def signals(terms: Terms, near: Sequence[Member], window: Window) -> Floats:
    """Pair signals of an article with each candidate: float64[len(near), len(SIGNALS)].

    Neither the article nor a candidate may be without terms.
    """
    overlap = _Overlap(terms, near, window)
    columns = [
        overlap.cosine(_NAMES | NUMBER, without=True),
        overlap.cosine(_OPENING),
        overlap.cosine(TITLE),
        overlap.cosine(_NAMES),
        overlap.cosine(NUMBER),
    ]
    times = np.array([_times(terms, member.terms) for member in near])
    return np.concatenate([np.stack(columns, axis=1), times], axis=1)


def likeness(pairs: Floats) -> Floats:
    """How alike each pair is, about 0 to 1: float64[len(pairs)]."""
    found: Floats = pairs @ WEIGHTS
    return found


def _has(marks: NDArray[np.uint8], mask: int) -> NDArray[np.bool_]:
    return (marks & mask) > 0


def _times(a: Terms, b: Terms) -> tuple[float, float]:
    """Log of the days between the two; 1 if their leads name days more than one apart."""
    gap = 0.0 if a.day is None or b.day is None else float(np.log1p(abs(a.day - b.day)))
    if a.event_day is None or b.event_day is None:
        return gap, 0.0
    return gap, float(abs(a.event_day - b.event_day) > 1)
