"""The decision on one article, and what is remembered of it."""

from __future__ import annotations

import msgspec
import numpy as np

from nutgraf.stages.cluster.decide import Scorer, compare, decide, density, told_of
from nutgraf.stages.cluster.model import shipped
from nutgraf.stages.cluster.repair import LINK
from nutgraf.stages.cluster.terms import NAME, NUMBER, PHRASE, unpack
from nutgraf.stages.cluster.window import Vector, Window
from nutgraf.types import Placement

__all__ = ["place", "rare_names"]

_AROUND = 8
"""Articles around a new one that `repair` looks at again."""
_NAMES = 8
_COMMON = 105
"""Rarity (30 times the zipf value) from which a name is no key to the archive: 3.5, once in
300,000 words."""


def place(
    article: str,
    data: bytes,
    window: Window,
    copy_of: str | None = None,
    *,
    vector: Vector | None = None,
    score: Scorer = shipped,
) -> Placement:
    """Decide which story an article belongs to, and add it to the window.

    `data` is what `features` gave, `vector` its sentence vector, if there is a model. A
    near-duplicate (`copy_of`) joins its original's story; an article of the window stays in its
    story, whatever a new revision says.
    Raises `ValueError` for features of another version.
    """
    terms = unpack(data)
    near = compare(article, terms, window, score, vector)
    tells = told_of(near, window) if terms.bridge else []
    placement = _known(article, window, copy_of) or decide(article, near, window, len(tells))
    slot = window.add(article, placement.story, data, vector)
    window.noted(slot, *density(near))
    linked = near.slots[near.odds > LINK][:_AROUND].tolist()
    if linked:
        window.touched.update(dict.fromkeys((slot, *linked)))
    if terms.bridge:
        window.bridges[article] = tells
        placement = msgspec.structs.replace(placement, also=window.also(article))
    return placement


def rare_names(data: bytes) -> list[int]:
    """Hashes of the names by which an article of a closed story can be found, rarest first.

    Raises `ValueError` for features of another version.
    """
    terms = unpack(data)
    named = ((terms.marks & (NAME | PHRASE)) > 0) & ((terms.marks & NUMBER) == 0)
    rare = np.flatnonzero(named & (terms.rarity < _COMMON))
    weights = terms.rarity[rare].astype(int) - 10 * np.minimum(terms.counts[rare], 4).astype(int)
    return [int(h) for h in terms.hashes[rare[np.argsort(weights, kind="stable")][:_NAMES]]]


def _known(article: str, window: Window, copy_of: str | None) -> Placement | None:
    story = window.story_of(article)
    if story is not None:
        return Placement(article=article, story=story, score=1.0, reason="it was in it before")
    story = window.story_of(copy_of) if copy_of is not None else None
    if story is not None:
        return Placement(article=article, story=story, score=1.0, reason=f"copy of {copy_of}")
    return None
