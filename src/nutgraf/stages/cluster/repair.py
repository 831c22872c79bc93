"""Decide an article again that stood alone until a newer one was like it."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from nutgraf.stages.cluster.decide import decide
from nutgraf.stages.cluster.features import pack
from nutgraf.stages.cluster.window import Window
from nutgraf.types import Placement

__all__ = ["Move", "repair"]


class Move(NamedTuple):
    """An article put into another story, with its features for the store."""

    placement: Placement
    features: bytes


def repair(window: Window) -> list[Move]:
    """Decide the lone articles again that were doubted since the last repair.

    The first report of an event has nothing to be like; later ones show what it was about. It
    moves only from a story of its own, by the same cut as a new article. Work is bounded by three
    decisions an article placed.
    """
    doubts = list(window.doubts)
    moves = [move for article in doubts if (move := _again(article, window))]
    window.doubts.clear()
    return moves


def _again(article: str, window: Window) -> Move | None:
    member = window.members.get(article)
    if member is None or len(window.stories[member.story]) > 1 or member.terms.bridge:
        return None
    placement = decide(article, member.terms, window)
    if placement.new:
        return None
    window.move(article, placement.story)
    reason = f"decided again: {placement.reason}"
    return Move(msgspec.structs.replace(placement, reason=reason), pack(member.terms))
