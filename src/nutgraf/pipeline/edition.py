"""From lasting stories to briefs: what `issue` does for each story."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from nutgraf.errors import Dropped
from nutgraf.pipeline.desk import Desk
from nutgraf.pipeline.writing import Writing, written
from nutgraf.stages import compose, copies, figures, verify
from nutgraf.text.addressed import addressed_spans
from nutgraf.types import Beat, Brief, Coverage, Drop, Figure, Story

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


def _stated(coverage: Coverage) -> list[Figure]:
    """The figures of a story but for those in sentences that no writer may use."""
    kept_out = [
        (article.id, start, end)
        for article in coverage.articles
        for start, end in addressed_spans(article.text, article.language)
    ]
    return [
        figure
        for figure in coverage.figures
        if not any(figure.article == a and b <= figure.start < c for a, b, c in kept_out)
    ]


def tell_story(coverage: Coverage, now: datetime, writing: Writing | None = None) -> Brief | Drop:
    """Write the brief of a story and keep what its citations support.

    `writing` says who writes; without it no model does. A `Drop` if there is nothing to write
    from, or not even a headline holds.
    """
    slots = figures.ledger(_stated(coverage), coverage.articles)
    try:
        draft, checked = written(coverage, slots, verify.judge, writing or Writing())
    except Dropped as error:
        story = coverage.story.id
        return Drop(stage="write", subject=story, reason=error.reason, detail=error.detail, at=now)
    held = verify.corroborate(checked, coverage.articles, coverage.first, verify.judge)
    return compose.brief(coverage, draft, held, slots, now)
