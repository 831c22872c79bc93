"""Feeds that are due, and what one poll of a feed means.

A poll that works is repeated after `feed_interval`, or after what the feed's own `ttl` asks for
if that is longer, a day at most. One that fails is repeated after twice, four times... that, up
to a day, and not before the Retry-After of the server. Each feed's times are 2 to 10 percent
early, by an amount that is its own, so that feeds added together drift apart and a schedule of
exactly `feed_interval` never finds one due a second too late.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from nutgraf.config import FetchConfig
from nutgraf.errors import Dropped, FetchFailed
from nutgraf.types import Drop, Entry, Feed, Page, ParsedFeed, Reading, Request

__all__ = ["due", "read", "request_for"]

Parse = Callable[[bytes, str, str], ParsedFeed]
"""Body, content type and URL to a feed; raises `Dropped`."""

_DAY = 86400.0
_LONGEST_RETRY = 7 * _DAY
_MOST_ENTRIES = 500
"""Some feeds carry their whole archive; a poll every half hour does not need it."""
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""Before the Web. Such dates are 1970 for "unknown", or a typing error."""
_AHEAD = timedelta(days=1)
"""A date known to the day, at the other end of the world, is no more ahead than this."""


def due(feeds: Iterable[Feed], now: datetime) -> list[Feed]:
    """Active feeds whose time has come, longest waiting first; never polled ones before all."""
    ready = [f for f in feeds if f.state == "active" and (f.due_at is None or f.due_at <= now)]
    return sorted(ready, key=lambda f: (f.due_at is not None, f.due_at or now, f.id, f.url))


def request_for(feed: Feed) -> Request:
    """What to ask for: the feed, if it changed. The key is its URL."""
    return Request(key=feed.url, url=feed.url, etag=feed.etag, modified=feed.modified)


def read(
    feed: Feed, answer: Page | Dropped, parse: Parse, config: FetchConfig, now: datetime
) -> tuple[Reading, Drop | None]:
    """The feed with its new health, its entries, and what was dropped, if anything was.

    - 2xx that parses: entries; validators, title and outlet are taken over.
    - 304: no entries, but the poll worked.
    - Redirects that were all permanent move the feed's URL, if a feed is there.
    - 410: the feed is gone and not polled again.
    - Anything else, or a body that is no feed: a failure; validators stay as they were.
    - A date more than a day ahead of `now`, or before 1990, is taken for unknown.
    - Of more than 500 entries the newest 500 are read (unknown dates count as new).
    - An entry without a web address stays, with `url` "": its content may be all there is.
    """
    if isinstance(answer, Page) and answer.status == 304:
        return Reading(feed=_worked(_moved(feed, answer), answer, None, config, now)), None
    try:
        page = _usable(answer)
        parsed = parse(page.body, page.content_type, page.url)
    except Dropped as error:
        drop = Drop(
            stage="gather", subject=feed.url, reason=error.reason, detail=error.detail, at=now
        )
        return Reading(feed=_failed(feed, error, config, now)), drop
    entries = [_dated(entry, now) for entry in parsed.entries]
    kept = _newest(entries, now)
    healthy = _worked(_named(_moved(feed, page), parsed), page, parsed.ttl, config, now)
    return Reading(feed=healthy, entries=kept), _left_out(feed, entries, kept, now)


def _usable(answer: Page | Dropped) -> Page:
    """The page, or its failure raised. A saved answer may carry any status."""
    if isinstance(answer, Dropped):
        raise answer
    if not 200 <= answer.status < 300:
        reason = "gone" if answer.status == 410 else "refused by the server"
        raise FetchFailed(
            reason,
            f"answered {answer.status}",
            status=answer.status,
            retry_after=answer.retry_after,
            passing=answer.status >= 500 or answer.status == 429,
        )
    return answer


def _worked(feed: Feed, page: Page, ttl: float | None, config: FetchConfig, now: datetime) -> Feed:
    fresh = page.status != 304
    wait = min(max(config.feed_interval, ttl or 0.0), max(_DAY, config.feed_interval))
    return replace(
        feed,
        etag=page.etag if fresh else page.etag or feed.etag,
        modified=page.modified if fresh else page.modified or feed.modified,
        checked_at=now,
        success_at=now,
        error="",
        error_at=None,
        failures=0,
        due_at=now + timedelta(seconds=wait * _early(feed)),
    )


def _failed(feed: Feed, error: Dropped, config: FetchConfig, now: datetime) -> Feed:
    failures = feed.failures + 1
    wait = min(config.feed_interval * 2.0 ** min(failures, 32), max(_DAY, config.feed_interval))
    asked = min(getattr(error, "retry_after", None) or 0.0, _LONGEST_RETRY)
    gone = error.reason == "gone"
    return replace(
        feed,
        state="gone" if gone else feed.state,
        checked_at=now,
        error=str(error),
        error_at=now,
        failures=failures,
        due_at=None if gone else now + timedelta(seconds=max(wait * _early(feed), asked)),
    )


def _early(feed: Feed) -> float:
    """The feed's own factor, .90 to .98, the same at each poll."""
    name = str(feed.id or feed.url)
    return 0.90 + 0.08 * hashlib.sha256(name.encode("utf-8", "replace")).digest()[0] / 255


def _moved(feed: Feed, page: Page) -> Feed:
    return replace(feed, url=page.moved_to) if page.moved_to else feed


def _named(feed: Feed, parsed: ParsedFeed) -> Feed:
    """What its owner called it stays. An aggregator's feed is no one outlet's."""
    outlets = {entry.outlet for entry in parsed.entries}
    outlet = outlets.pop() if len(outlets) == 1 else ""
    return replace(feed, title=feed.title or parsed.title, outlet=feed.outlet or outlet)


def _dated(entry: Entry, now: datetime) -> Entry:
    at = _moment(entry.published)
    if entry.published is None or (at and _EARLIEST <= at <= now + _AHEAD):
        return entry
    return replace(entry, published=None)


def _moment(published: str | None) -> datetime | None:
    try:
        at = datetime.fromisoformat(published or "")
        return at if at.tzinfo else at.replace(tzinfo=UTC)
    except ValueError:
        return None


def _newest(entries: list[Entry], now: datetime) -> list[Entry]:
    if len(entries) <= _MOST_ENTRIES:
        return entries
    by_age = sorted(entries, key=lambda e: _moment(e.published) or now, reverse=True)
    return by_age[:_MOST_ENTRIES]


def _left_out(feed: Feed, entries: list[Entry], kept: list[Entry], now: datetime) -> Drop | None:
    if len(kept) == len(entries):
        return None
    words = f"{len(entries) - len(kept)} of {len(entries)} entries left out"
    return Drop(stage="gather", subject=feed.url, reason="too many entries", detail=words, at=now)
