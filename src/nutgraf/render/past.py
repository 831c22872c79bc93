"""The timeline of a story: what each edition said of it, and what was new then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from nutgraf.render.links import file_name, story_path
from nutgraf.render.phrases import changes_line
from nutgraf.types import Correction, Edition, Remembered

__all__ = ["Past", "past"]

_SHOWN = 3
"""Changes of a telling that are spelled out; the others are counted, and stand on its page."""


@dataclass(frozen=True, slots=True)
class Past:
    """One telling. `path` leads to its page from a story's page; empty on that page itself."""

    at: datetime
    headline: str
    path: str
    news: str
    moved: list[tuple[str, str]]
    """What moved, was withdrawn or corrected: (what it is now, what it was)."""
    corrections: list[Correction]


def past(memory: Sequence[Remembered], edition: Edition) -> list[Past]:
    """The tellings up to `edition`, oldest first; nothing of a story that was told but once."""
    told = [one for one in memory if one.told.issued_at <= edition.issued_at]
    return [_past(one, edition) for one in told] if len(told) > 1 else []


def _past(one: Remembered, edition: Edition) -> Past:
    told = one.told
    moved = [(c.text, c.was) for c in one.changes if c.what == "figure"]
    here = told.edition == edition.id
    return Past(
        at=told.issued_at,
        headline=told.headline,
        path="" if here else f"../../{file_name(told.edition)}/{story_path(told.story)}",
        news=changes_line(one.changes),
        moved=moved[:_SHOWN],
        corrections=one.corrections,
    )
