"""From the feeds due to stored articles: the gather and extract steps of `update`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial

from msgspec import Struct

from nutgraf.adapters.documents import read_answer
from nutgraf.adapters.feeds import parse_feed
from nutgraf.errors import Dropped, FetchFailed
from nutgraf.pipeline.desk import BATCH, Desk, Tell, grouped
from nutgraf.stages import extract, gather
from nutgraf.types import Article, Drop, Made, Page, PageDue, Request

__all__ = ["extract_articles", "gather_entries"]

FIRST_RETRY = timedelta(minutes=15)
"""Wait before a page that failed for a passing reason is tried again; doubled by each failure."""


class Job(Struct, frozen=True):
    """A page to extract: what came back for it, or why nothing did."""

    due: PageDue
    page: Page | None = None
    failure: Dropped | None = None


def gather_entries(desk: Desk, now: datetime, tell: Tell) -> None:
    """Poll every feed that is due and store its entries."""
    feeds = {feed.url: feed for feed in gather.due(desk.store.feeds(), now)}
    tell("gather", more=len(feeds))
    requests = (gather.request_for(feed) for feed in feeds.values())
    for request, answer in desk.fetcher.fetch(requests):
        feed = feeds[request.key]
        reading, drop = gather.read(feed, answer, parse_feed, desk.config.fetch, now)
        with desk.store.transaction():
            desk.store.save_reading(reading, now)
            if drop:
                desk.store.save_drops([drop])
        tell("gather", done=1)


def extract_articles(desk: Desk, now: datetime, tell: Tell) -> None:
    """Read every page that is due and store the article in it.

    Every page of a batch ends read, failed or dropped, each with the time it is due again, so
    the loop comes to an end and a crash repeats at most the items that were not saved.
    """
    while batch := desk.store.pages_due(now, BATCH):
        tell("extract", more=len(batch))
        work = partial(_extract, now=now)
        for group in grouped(desk.engine.map(work, _jobs(desk, batch))):
            with desk.store.transaction():
                for job, result in group:
                    _save(desk, job, result, now)
            tell("extract", done=len(group))


def _jobs(desk: Desk, batch: Sequence[PageDue]) -> Iterator[Job]:
    """Fetch what has an address; the rest has only what its feed carries."""
    by_key: dict[str, PageDue] = {}
    for number, due in enumerate(batch):
        if due.url and desk.config.fetch.fetch_pages:
            by_key[str(number)] = due
        else:
            yield Job(due)
    requests = (
        Request(key=key, url=due.url, etag=due.etag, modified=due.modified)
        for key, due in by_key.items()
    )
    for request, answer in desk.fetcher.fetch(requests):
        due = by_key[request.key]
        if isinstance(answer, Page):
            yield Job(due, page=answer)
        else:
            yield Job(due, failure=answer)


def _extract(job: Job, now: datetime) -> tuple[Article, Made] | None:
    """The article of a job; None if there is nothing new to read. Runs in any process."""
    if job.page is not None and job.page.status == 304:
        return None
    if job.failure is not None and job.due.article is not None:
        # What the feed carries is less than the page we have read before.
        raise job.failure
    try:
        return extract.extract(job.due, job.page, read_answer, now)
    except Dropped as error:
        # That the page could not be had says more than that the feed's own text was no help.
        raise (job.failure or error) from None


def _save(
    desk: Desk, job: Job, result: tuple[Article, Made] | Dropped | None, now: datetime
) -> None:
    if result is None:
        desk.store.page_unchanged(job.due, now, _recheck(desk, job.due, now))
    elif isinstance(result, Dropped):
        drop = Drop(
            stage="fetch" if isinstance(result, FetchFailed) else "extract",
            subject=job.due.url or job.due.entry.guid,
            reason=result.reason,
            detail=result.detail,
            at=now,
        )
        desk.store.page_failed(job.due, drop, _retry(desk, job, now))
    else:
        article, made = result
        again = _retry(desk, job, now) if job.failure else _recheck(desk, job.due, now)
        desk.store.save_article(job.due, article, made, now, again, job.page)


def _recheck(desk: Desk, due: PageDue, now: datetime) -> datetime | None:
    """When a page that was read is read again, to notice an edit; None after the last time."""
    ages = desk.config.fetch.recheck
    if not desk.config.fetch.fetch_pages or due.reads >= len(ages):
        return None
    waited = ages[due.reads - 1] if due.reads else 0.0
    return now + timedelta(seconds=ages[due.reads] - waited)


def _retry(desk: Desk, job: Job, now: datetime) -> datetime | None:
    """When a page that failed for a passing reason is tried again; None if it is given up."""
    failure, tries = job.failure, job.due.tries + 1
    if not isinstance(failure, FetchFailed) or not failure.passing:
        return None
    if tries >= desk.config.fetch.tries:
        return None
    wait: timedelta = FIRST_RETRY * 2 ** (tries - 1)
    if failure.retry_after:
        wait = max(wait, timedelta(seconds=failure.retry_after))
    return now + wait
