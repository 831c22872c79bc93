"""From lasting stories to briefs: what `issue` does for each story."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from nutgraf.errors import Dropped
from nutgraf.pipeline.desk import Desk
from nutgraf.stages import compose, copies, figures, verify, write
from nutgraf.types import Beat, Brief, Coverage, Drop, Story

__all__ = ["covered", "tell_story"]

REMEMBERED = 14
"""Past editions of a beat in which a story's last brief is looked for."""


def covered(desk: Desk, beat: Beat, now: datetime) -> Iterator[Coverage]:
    """The stories that an edition at `now` may tell, one at a time, with all that they rest on."""
    told: dict[str, tuple[Brief, datetime]] = {}
    for edition in desk.store.editions(beat.name, REMEMBERED):
        for item in edition.stories:
            told.setdefault(item.brief.story, (item.brief, edition.issued_at))
    for story in desk.store.stories(now - timedelta(days=desk.config.edition_days)):
        yield _coverage(desk, story, now, *told.get(story.id, (None, None)))


def _coverage(
    desk: Desk, story: Story, now: datetime, previous: Brief | None, previous_at: datetime | None
) -> Coverage:
    store, ids = desk.store, story.articles
    articles = store.articles(ids)
    recent = now - timedelta(days=desk.config.edition_days)
    happened = [event for event in store.story_events(story.id) if event.at >= recent]
    return Coverage(
        story=story,
        articles=articles,
        traces=copies.settle(articles, store.origins(ids)),
        figures=store.figures(ids),
        feeds=store.carried_by(ids),
        seen_at=store.seen_at(ids),
        previous=previous,
        previous_at=previous_at,
        follows=next((event.since for event in happened if event.since), None),
    )


def tell_story(coverage: Coverage, now: datetime) -> Brief | Drop:
    """Write the brief of a story and keep what its citations support.

    A `Drop` if there is nothing to write from, or not even a headline holds.
    """
    slots = figures.ledger(coverage.figures, coverage.articles)
    try:
        draft = write.write(coverage, slots)
    except Dropped as error:
        story = coverage.story.id
        return Drop(stage="write", subject=story, reason=error.reason, detail=error.detail, at=now)
    checked = verify.check(draft, coverage.articles, verify.judge)
    return compose.brief(coverage, draft, checked, slots, now)
