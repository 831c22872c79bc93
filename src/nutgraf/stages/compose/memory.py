"""A story's memory: what each edition said of it, and what was new then.

It is made of the frozen editions and of the corrections beside them, and kept nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence

from nutgraf.stages.compose.changes import between, claims_of
from nutgraf.types import Brief, Claim, Correction, Remembered, Told

__all__ = ["remember"]


def remember(
    told: Sequence[tuple[Told, Brief]], corrections: Sequence[Correction] = ()
) -> list[Remembered]:
    """The memory of a story out of its tellings, of any beat, oldest first.

    What was new is said against the telling before, whatever beat that was of; of several issued
    at that time, against the one of its own beat.
    """
    ordered = sorted(told, key=lambda pair: (pair[0].issued_at, pair[0].edition, pair[0].rank))
    return [
        Remembered(
            told=one,
            claims=_distinct(brief),
            figures=brief.figures,
            changes=between(before, brief, one.issued_at) if before else [],
            corrections=[
                c for c in corrections if (c.edition, c.story) == (one.edition, one.story)
            ],
        )
        for one, brief in ordered
        for before in [_before(one, ordered)]
    ]


def _before(one: Told, ordered: Sequence[tuple[Told, Brief]]) -> Brief | None:
    earlier = [pair for pair in ordered if pair[0].issued_at < one.issued_at]
    if not earlier:
        return None
    _, brief = max(earlier, key=lambda pair: (pair[0].issued_at, pair[0].beat == one.beat))
    return brief


def _distinct(brief: Brief) -> list[Claim]:
    return list({claim.text: claim for claim in claims_of(brief)}.values())
