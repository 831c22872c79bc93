"""From lasting stories to briefs: what `issue` does for each story."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from msgspec import structs

from nutgraf.errors import Dropped
from nutgraf.pipeline.desk import Desk
from nutgraf.pipeline.writing import Writing, written
from nutgraf.stages import compose, copies, figures, verify
from nutgraf.text.addressed import addressed_spans
from nutgraf.types import Beat, Brief, Correction, Coverage, Drop, Edition, Figure, Story, Told

__all__ = ["active", "covered", "since_last", "tell_story"]


def since_last(desk: Desk, last: Edition | None) -> list[Correction]:
    """The corrections that were found since the last edition of a beat, not told in it yet."""
    if last is None:
        return []
    told = {(one.edition, one.was, one.text) for one in last.corrections}
    found = desk.store.corrections_since(last.beat, last.issued_at)
    return [one for one in found if (one.edition, one.was, one.text) not in told]


def covered(
    desk: Desk, beat: Beat, now: datetime, wrong: Sequence[Correction] = ()
) -> Iterator[Coverage]:
    """The stories that an edition at `now` may tell, one at a time, with all that they rest on.

    `wrong` are the corrections since the last edition.
    """
    since = now - timedelta(days=desk.config.edition_days)
    editions: dict[str, Edition | None] = {}
    for story in desk.store.stories(since):
        told = [one for one in desk.store.told(story.id) if one.beat == beat.name]
        for one in told[:1]:
            if one.edition not in editions:
                editions[one.edition] = desk.store.edition(one.edition)
        previous = _brief(editions.get(told[0].edition), told[0]) if told else None
        coverage = _coverage(desk, story, now)
        yield structs.replace(
            coverage,
            previous=previous,
            previous_at=told[0].issued_at if previous else None,
            corrections=_corrections(desk, coverage, told, previous, wrong),
        )


def active(coverages: Iterable[Coverage]) -> list[str]:
    """The outlets that reported on any of these stories: those that cover the beat these days."""
    said = {
        article.publisher
        for coverage in coverages
        for article in coverage.articles
        if article.publisher and article.kind not in ("press", "sponsored")
    }
    return sorted(said)


def _brief(edition: Edition | None, told: Told) -> Brief | None:
    briefs = [item.brief for item in edition.stories] if edition else []
    return next((brief for brief in briefs if brief.story == told.story), None)


def _corrections(
    desk: Desk,
    coverage: Coverage,
    told: Sequence[Told],
    previous: Brief | None,
    wrong: Sequence[Correction],
) -> list[Correction]:
    """What of the story was found wrong since it was last told.

    A sentence that was told in another story counts too if its article is in this one now.
    """
    articles = set(coverage.story.articles)
    found = [one for one in wrong if one.article in articles]
    if previous is not None:
        ids = {one.story for one in told}
        mine = desk.store.corrections([one.edition for one in told])
        found += [one for one in mine if one.story in ids and one.at >= told[0].issued_at]
    known = {(one.was, one.text) for one in (previous.corrections if previous else [])}
    return [one for one in compose.distinct(found) if (one.was, one.text) not in known]


def _coverage(desk: Desk, story: Story, now: datetime) -> Coverage:
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

    `writing` says who writes and who verifies; without it no model does. A `Drop` if there is
    nothing to write from, or not even a headline holds.
    """
    slots = figures.ledger(_stated(coverage), coverage.articles)
    writing = writing or Writing()
    try:
        draft, checked = written(coverage, slots, writing)
    except Dropped as error:
        story = coverage.story.id
        return Drop(stage="write", subject=story, reason=error.reason, detail=error.detail, at=now)
    held = verify.corroborate(checked, coverage.articles, coverage.first, writing.judge)
    return compose.brief(coverage, draft, held, slots, now)
