"""Which story of the window an article belongs to."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from itertools import islice

from nutgraf.stages.cluster.features import Terms
from nutgraf.stages.cluster.score import SIGNALS, WEIGHTS, likeness, signals
from nutgraf.stages.cluster.window import Floats, Member, Window
from nutgraf.types import Placement

__all__ = ["decide", "story_id"]

_NEAREST = 24
_CUT = 0.215
"""Likeness from which an article joins a story, beyond its share of the surroundings' likeness.
Hill climbing over all streams, see score.WEIGHTS."""
_OTHERS = 0.45
"""How much the mean likeness to the five next stories counts against the best. In a stream of
look-alikes every neighbour is near and only a clear best one is right."""
_SEVERAL = 0.65
"""How much the mean of a story's three best articles counts beside its very best."""
_DOUBT, _DOUBTS = 0.5, 3
"""Share of the cut from which a new article may change what was decided of a lone one, and how
many lone articles are looked at again for it."""
_SOFT = 0.04
"""Likeness to either side of the cut within which a decision is less than 73 % sure."""
_CROWD = 60
"""Articles beyond which a story is harder to join, by the log of how many times as large it is:
a guard against one story that swallows the stream."""


def story_id(article: str) -> str:
    """Id of the story that an article is the first of."""
    return "s" + hashlib.sha256(article.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def decide(article: str, terms: Terms, window: Window) -> Placement:
    """The story of the window that an article belongs to, or a new one.

    Notes in `window.doubts` the lone articles that it is also like.
    """
    near = [m for m in window.candidates(terms, _NEAREST + 1) if m.article != article][:_NEAREST]
    if not near:
        return _first(article, 0.0, "nothing like it came before")
    pairs = signals(terms, near, window)
    alike = likeness(pairs)
    story, margin = _best_story(near, alike, window)
    index = max(
        (i for i, member in enumerate(near) if member.story == story), key=lambda i: alike[i]
    )
    sure = 1.0 / (1.0 + math.exp(-margin / _SOFT))
    like = near[index].article
    if margin < 0.0:
        return _first(article, sure, f"not near enough to {like}")
    reason = f"like {like}: {_shared(pairs[index])}"
    return Placement(article=article, story=story, score=sure, reason=reason)


def _first(article: str, score: float, reason: str) -> Placement:
    return Placement(article=article, story=story_id(article), score=score, reason=reason, new=True)


def _best_story(near: Sequence[Member], alike: Floats, window: Window) -> tuple[str, float]:
    """The story whose articles are most alike, and by how much it passes the cut."""
    by_story: dict[str, list[float]] = {}
    for member, value in zip(near, alike.tolist(), strict=True):
        by_story.setdefault(member.story, []).append(value)
    values = {story: _together(found) for story, found in by_story.items()}
    best, *rest = sorted(values, key=lambda story: -values[story])
    lone = (s for s in rest if len(window.stories[s]) == 1 and values[s] >= _DOUBT * _CUT)
    window.doubts.update((window.stories[s][0], None) for s in islice(lone, _DOUBTS))
    others = sum(sorted((max(0.0, *by_story[s]) for s in rest), reverse=True)[:5]) / 5
    crowd = max(0.0, math.log(len(window.stories[best]) / _CROWD))
    return best, values[best] - _OTHERS * others - _SOFT * crowd - _CUT


def _together(found: list[float]) -> float:
    """Likeness to a story: several likenesses tell more than a single one."""
    found.sort(reverse=True)
    return (1 - _SEVERAL) * found[0] + _SEVERAL * _mean(found[:3])


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _shared(pair: Floats) -> str:
    """What speaks for a pair, strongest first, in words."""
    gains: dict[str, float] = {}
    for word, gain in zip(SIGNALS.values(), (pair * WEIGHTS).tolist(), strict=True):
        gains[word] = gains.get(word, 0.0) + gain
    named = sorted((word for word, gain in gains.items() if gain > 0.01), key=lambda w: -gains[w])
    return ", ".join(named[:4]) or "wording"
