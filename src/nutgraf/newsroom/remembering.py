"""What a newsroom remembers of its stories: made of frozen editions and their corrections."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nutgraf.protocols import Store
from nutgraf.stages import compose
from nutgraf.types import Brief, Edition, Remembered, Told

__all__ = ["Remembering"]


class Remembering:
    """Reads of each telling of a story the edition that it stands in, and no other."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def corrected(self, editions: Sequence[Edition]) -> list[Edition]:
        """Frozen editions with what was found wrong in them beside their sentences."""
        found = self._store.corrections([edition.id for edition in editions])
        return [compose.corrected(edition, found) for edition in editions]

    def of_story(self, story: str) -> list[Remembered]:
        """The memory of a story, oldest telling first."""
        return self._memory(self._store.told(story), {})

    def of_edition(self, edition: Edition) -> dict[str, list[Remembered]]:
        """The memory of each of its stories, up to this edition."""
        editions: dict[str, Edition | None] = {edition.id: edition}
        memories = {}
        for item in edition.stories:
            told = self._store.told(item.brief.story)
            until = [one for one in told if one.issued_at <= edition.issued_at]
            memories[item.brief.story] = self._memory(until, editions)
        return memories

    def brief(self, told: Told) -> Brief | None:
        """What an edition said of a story, corrections beside it."""
        edition = self._store.edition(told.edition)
        return _brief(self.corrected([edition])[0], told) if edition else None

    def _memory(
        self, told: Iterable[Told], editions: dict[str, Edition | None]
    ) -> list[Remembered]:
        tellings = []
        for one in told:
            if one.edition not in editions:
                editions[one.edition] = self._store.edition(one.edition)
            brief = _brief(editions[one.edition], one)
            if brief:
                tellings.append((one, brief))
        found = self._store.corrections([one.edition for one, _ in tellings])
        return compose.remember(tellings, found)


def _brief(edition: Edition | None, told: Told) -> Brief | None:
    briefs = [item.brief for item in edition.stories] if edition else []
    return next((brief for brief in briefs if brief.story == told.story), None)
