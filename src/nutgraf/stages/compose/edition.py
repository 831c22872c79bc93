"""The briefs of a day become a frozen edition; corrections are put beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from msgspec import structs

from nutgraf import __version__
from nutgraf.types import (
    Beat,
    Brief,
    Correction,
    Counts,
    Drop,
    Edition,
    EditionStory,
    Made,
    Ranked,
    Usage,
)

__all__ = ["corrected", "distinct", "edition", "edition_id", "made"]


def edition_id(beat: str, now: datetime) -> str:
    """One edition a beat and day (UTC): `"ai-2026-11-17"`."""
    return f"{beat}-{now.astimezone(UTC):%Y-%m-%d}"


def made(edition: Edition) -> Made:
    """What made an edition and from which stories."""
    return Made(
        by=f"compose/1 nutgraf/{__version__}",
        source=" ".join(item.brief.story for item in edition.stories),
    )


def edition(
    beat: Beat,
    number: int,
    told: Sequence[tuple[Ranked, Brief]],
    drops: Sequence[Drop],
    now: datetime,
    corrections: Sequence[Correction] = (),
) -> Edition:
    """Put the briefs of one issue together. `number` counts the editions of the beat from 1.

    `corrections` are of earlier editions; what several of them said is corrected once.
    """
    stories = [
        EditionStory(rank=rank, score=place.score, reasons=place.reasons, brief=brief)
        for rank, (place, brief) in enumerate(told, start=1)
    ]
    return Edition(
        id=edition_id(beat.name, now),
        beat=beat.name,
        title=beat.title or beat.name,
        number=number,
        issued_at=now,
        stories=stories,
        dropped=sorted(drops, key=lambda drop: (drop.stage, drop.reason, drop.subject)),
        counts=_counts([item.brief for item in stories]),
        usage=_usage([item.brief for item in stories]),
        corrections=distinct(corrections),
    )


def distinct(corrections: Iterable[Correction]) -> list[Correction]:
    """Each thing said wrong once, though several editions, or a headline and a sentence, said it.

    The last of them stands for it.
    """
    return list({(one.was.rstrip(" ."), one.text): one for one in corrections}.values())


def corrected(edition: Edition, corrections: Sequence[Correction]) -> Edition:
    """The frozen edition with the corrections of its own sentences beside its briefs.

    Not a word of it changes: a brief's `corrections` get those of its `story` besides the ones of
    earlier editions that it was issued with.
    """
    mine = [one for one in corrections if one.edition == edition.id]
    if not mine:
        return edition
    stories = [
        structs.replace(item, brief=_beside(item.brief, mine))
        if any(one.story == item.brief.story for one in mine)
        else item
        for item in edition.stories
    ]
    return structs.replace(edition, stories=stories)


def _beside(brief: Brief, corrections: Sequence[Correction]) -> Brief:
    known = brief.corrections
    own = [one for one in corrections if one.story == brief.story and one not in known]
    return structs.replace(brief, corrections=[*brief.corrections, *own])


def _usage(briefs: Sequence[Brief]) -> Usage | None:
    """What a model took for all the briefs; None if none was asked."""
    used = [brief.usage for brief in briefs if brief.usage]
    return sum(used, Usage()) if used else None


def _counts(briefs: Sequence[Brief]) -> Counts:
    sources = [source for brief in briefs for source in brief.sources]
    return Counts(
        stories=len(briefs),
        articles=len({source.article for source in sources}),
        outlets=len({source.publisher or source.article for source in sources}),
        copies=len({source.article for source in sources if source.copy_of}),
        withheld=sum(len(brief.withheld) for brief in briefs),
    )
