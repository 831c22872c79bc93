"""Which story of the window an article belongs to."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nutgraf.stages.cluster.pairs import LIKENESS, SIGNALS, signals
from nutgraf.stages.cluster.terms import Terms
from nutgraf.stages.cluster.window import Floats, Slots, Vector, Window
from nutgraf.types import Placement

__all__ = [
    "CUT",
    "NEAREST",
    "UNKNOWN",
    "Near",
    "Scorer",
    "compare",
    "decide",
    "density",
    "story_id",
    "told_of",
]

Scorer = Callable[[str, Floats], Floats]
"""From an article's id and the signals of its pairs to log odds that each pair is one event."""

NEAREST = 32
_NEAREST_VECTORS, _LEAST_COSINE = 12, 0.1
CUT = 0.25
"""Log odds from which an article joins a story."""
UNKNOWN = -3.0
"""Log odds of a pair that was not compared, as the two share too few rare terms."""
_BEST = 0.5
"""Weight of the best article of a story; the mean of its `_MEMBERS` best has the rest."""
_MEMBERS = 6
_CONTAINMENT, _SHORTER, _LONGER = map(SIGNALS.index, ("containment", "words_least", "words_most"))
_ALIKE, _LONG = 0.97, math.log1p(25)
"""Share of their terms, and words of either, from which two texts of one length are the same."""
_SURE = 8.0
_CROWD = 60
"""Articles beyond which a story is harder to join, by the log of how many times as large it is:
a guard against one story that swallows the stream."""


class Near(NamedTuple):
    """The nearest articles of the window, best first, and the log odds of each pair."""

    slots: Slots
    pairs: Floats
    odds: Floats


def story_id(article: str) -> str:
    """Id of the story that an article is the first of."""
    return "s" + hashlib.sha256(article.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def compare(
    article: str, terms: Terms, window: Window, score: Scorer, vector: Vector | None = None
) -> Near:
    """Compare an article with its nearest in the window, itself left out."""
    own = window.slots.get(article, -1)
    slots = window.candidates(terms, NEAREST, own)
    alike = window.alike(vector)
    if alike is not None:
        slots = np.unique(np.concatenate([slots, _nearest(alike, own)]))
    if not len(slots) or not len(terms.hashes):
        return Near(slots[:0], np.zeros((0, len(SIGNALS))), np.zeros(0))
    pairs = signals(terms, slots, window, alike)
    odds = np.minimum(score(article, pairs), _SURE)
    odds[_same(pairs)] = _SURE
    return Near(slots, pairs, odds)


def _same(pairs: Floats) -> NDArray[np.bool_]:
    """Pairs of one text: however many others are as alike, they are of one event."""
    length = pairs[:, _LONGER] - pairs[:, _SHORTER] < 1.0 - _ALIKE
    alike = (pairs[:, _CONTAINMENT] > _ALIKE) & length
    found: NDArray[np.bool_] = alike & (pairs[:, _SHORTER] > _LONG)
    return found


def _nearest(alike: Vector, own: int) -> Slots:
    """Slots of the nearest vectors."""
    alike = alike.copy()
    if own >= 0:
        alike[own] = -1.0
    count = min(_NEAREST_VECTORS, len(alike))
    best: Slots = np.argpartition(-alike, count - 1)[:count]
    return best[alike[best] > _LEAST_COSINE]


def decide(article: str, near: Near, window: Window, tells: int = 0) -> Placement:
    """The story of the window that an article belongs to, or a new one.

    A roundup that `tells` of several stories belongs to none of them.
    """
    if not len(near.slots):
        return _first(article, 0.0, "nothing like it came before")
    if tells > 1:
        return _first(article, 1.0, f"a roundup of {tells} stories")
    story, odds = _best_story(near, window)
    of_story = [i for i, slot in enumerate(near.slots.tolist()) if window.story[slot] == story]
    index = max(of_story, key=lambda i: near.odds[i])
    like = window.article[near.slots[index]]
    sure = 1.0 / (1.0 + math.exp(CUT - odds))
    if odds < CUT:
        return _first(article, sure, f"not near enough to {like}")
    reason = f"like {like}: {_shared(near.pairs[index])}"
    return Placement(article=article, story=story, score=sure, reason=reason)


def _first(article: str, score: float, reason: str) -> Placement:
    return Placement(article=article, story=story_id(article), score=score, reason=reason, new=True)


def _best_story(near: Near, window: Window) -> tuple[str, float]:
    """The story whose articles are most surely of the same event, and the log odds of it."""
    by_story: dict[str, list[float]] = {}
    for slot, odds in zip(near.slots.tolist(), near.odds.tolist(), strict=True):
        by_story.setdefault(window.story[slot], []).append(odds)
    values = {s: _together(found, len(window.stories[s])) for s, found in by_story.items()}
    best = max(values, key=values.__getitem__)
    return best, values[best]


def _together(found: list[float], size: int) -> float:
    """Log odds for a story: its best pair, and the mean of its best, those not compared too."""
    found.sort(reverse=True)
    count = min(size, _MEMBERS)
    mean = (sum(found[:count]) + UNKNOWN * max(0, count - len(found))) / count
    crowd = max(0.0, math.log(size / _CROWD))
    return _BEST * found[0] + (1.0 - _BEST) * mean - crowd


_WORDS = {
    "wording": (("cos_plain", 0.3), ("containment", 0.3)),
    "names": (("names_share", 0.4), ("cos_names", 0.4)),
    "title": (("cos_title", 0.3),),
    "lead": (("cos_opening", 0.3),),
    "numbers": (("cos_numbers", 0.3), ("ages_shared", 0.5)),
    "place": (("place_share", 0.4),),
}


def _shared(pair: Floats) -> str:
    """What two articles have most in common, in words."""
    gains = {
        word: max(float(pair[SIGNALS.index(name)]) / usual for name, usual in signals)
        for word, signals in _WORDS.items()
    }
    named = sorted((word for word, gain in gains.items() if gain >= 1.0), key=lambda w: -gains[w])
    return ", ".join(named[:4]) or "rare words"


def told_of(near: Near, window: Window) -> list[str]:
    """For each story that a roundup tells of, the article most like it."""
    best: dict[str, str] = {}
    for index in np.argsort(-near.odds, kind="stable").tolist():
        slot = int(near.slots[index])
        if near.odds[index] >= CUT:
            best.setdefault(window.story[slot], window.article[slot])
    return list(best.values())


def density(near: Near) -> tuple[float, float]:
    """How alike the nearest is, and the five nearest on average."""
    if not len(near.slots):
        return 0.0, 0.0
    top = np.sort(near.pairs[:, LIKENESS])[::-1][:5]
    return float(top[0]), float(top.sum() / 5.0)
