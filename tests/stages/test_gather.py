"""Which feeds are due, and what a poll means for a feed's health."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from nutgraf.config import FetchConfig
from nutgraf.errors import Dropped, FeedUnreadable, FetchFailed
from nutgraf.stages import gather
from nutgraf.types import Entry, Feed, Page, ParsedFeed, Reading

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
URL = "https://ledger.example/feed"
CONFIG = FetchConfig(feed_interval=1800)
FEED = Feed(id=3, url=URL, etag='"1"', modified="then", failures=2, error="timed out")
ENTRY = Entry(guid="1", url="https://ledger.example/ferry", title="Ferry", outlet="Harbour Ledger")
DAY = timedelta(days=1)


def page(status: int = 200, **fields: object) -> Page:
    return Page(**{"url": URL, "status": status, "body": b"<rss/>", "etag": '"2"'} | fields)


def poll(
    answer: Page | Dropped, feed: Feed = FEED, parsed: ParsedFeed | Dropped | None = None
) -> Reading:
    return gather.read(feed, answer, parser(parsed), CONFIG, NOW)[0]


def parser(parsed: ParsedFeed | Dropped | None = None) -> gather.Parse:
    def parse(body: bytes, content_type: str, url: str) -> ParsedFeed:
        if isinstance(parsed, Dropped):
            raise parsed
        return parsed or ParsedFeed(title="Harbour Ledger", entries=[ENTRY])

    return parse


def wait(feed: Feed) -> float:
    assert feed.due_at is not None
    return (feed.due_at - NOW).total_seconds()


# --- due -------------------------------------------------------------------------------------


def test_due() -> None:
    late = Feed(id=1, url="late", due_at=NOW - timedelta(hours=1))
    now = Feed(id=2, url="now", due_at=NOW)
    never = Feed(id=3, url="never polled")
    later = Feed(id=4, url="later", due_at=NOW + timedelta(seconds=1))
    gone = Feed(id=5, url="gone", state="gone", due_at=NOW - DAY)
    assert gather.due([gone, later, now, late, never], NOW) == [never, late, now]


def test_request() -> None:
    request = gather.request_for(FEED)
    assert (request.key, request.url, request.etag, request.modified) == (URL, URL, '"1"', "then")


# --- polls that work -------------------------------------------------------------------------


def test_a_poll_that_works() -> None:
    reading, drop = gather.read(FEED, page(modified="now"), parser(), CONFIG, NOW)
    feed = reading.feed
    assert drop is None
    assert reading.entries == [ENTRY]
    assert (feed.id, feed.url, feed.title, feed.outlet) == (
        3,
        URL,
        "Harbour Ledger",
        "Harbour Ledger",
    )
    assert (feed.etag, feed.modified) == ('"2"', "now")
    assert (feed.checked_at, feed.success_at) == (NOW, NOW)
    assert (feed.error, feed.error_at, feed.failures) == ("", None, 0)
    assert 0.9 * 1800 <= wait(feed) <= 0.98 * 1800


def test_unchanged() -> None:
    reading = poll(page(304, etag="", body=b""))
    assert reading.entries == []
    assert (reading.feed.etag, reading.feed.modified) == ('"1"', "then")
    assert (reading.feed.success_at, reading.feed.failures) == (NOW, 0)


def test_names_of_the_owner_stay_and_aggregators_have_no_outlet() -> None:
    named = poll(page(), replace(FEED, title="Mine", outlet="Ours")).feed
    assert (named.title, named.outlet) == ("Mine", "Ours")
    mixed = ParsedFeed(entries=[ENTRY, replace(ENTRY, guid="2", outlet="Quay Post")])
    assert poll(page(), parsed=mixed).feed.outlet == ""


@pytest.mark.parametrize(
    ("ttl", "least", "most"),
    [(None, 1620, 1764), (60, 1620, 1764), (7200, 6480, 7056), (10**9, 77760, 84672)],
)
def test_the_feeds_own_interval(ttl: float | None, least: float, most: float) -> None:
    assert least <= wait(poll(page(), parsed=ParsedFeed(ttl=ttl)).feed) <= most


def test_a_permanent_move() -> None:
    assert poll(page(moved_to="https://new.example/feed")).feed.url == "https://new.example/feed"
    assert (
        poll(page(304, moved_to="https://new.example/feed")).feed.url == "https://new.example/feed"
    )
    lost = poll(page(moved_to="https://login.example/"), parsed=FeedUnreadable("HTML, not a feed"))
    assert lost.feed.url == URL


# --- polls that fail -------------------------------------------------------------------------

FAILURES = [
    FetchFailed("timed out", "ledger.example", passing=True),
    FetchFailed("not found", status=404),
    page(500),
    page(404),
]


@pytest.mark.parametrize("answer", FAILURES)
def test_a_poll_that_fails(answer: Page | Dropped) -> None:
    reading, drop = gather.read(FEED, answer, parser(), CONFIG, NOW)
    feed = reading.feed
    assert drop is not None
    assert (drop.stage, drop.subject, drop.at) == ("gather", URL, NOW)
    assert feed.error.startswith(drop.reason)
    assert (feed.state, feed.failures, feed.checked_at, feed.error_at) == ("active", 3, NOW, NOW)
    assert (feed.success_at, feed.etag) == (None, '"1"')
    assert reading.entries == []
    assert 0.9 * 1800 * 8 <= wait(feed) <= 0.98 * 1800 * 8


def test_what_is_no_feed_is_a_failure() -> None:
    _, drop = gather.read(
        FEED, page(), parser(FeedUnreadable("HTML, not a feed", "x")), CONFIG, NOW
    )
    assert drop is not None
    assert (drop.reason, drop.detail) == ("HTML, not a feed", "x")


@pytest.mark.parametrize("answer", [FetchFailed("gone", status=410), page(410)])
def test_gone(answer: Page | Dropped) -> None:
    feed = poll(answer).feed
    assert (feed.state, feed.due_at) == ("gone", None)
    assert gather.due([feed], NOW + 365 * DAY) == []


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after(status: int) -> None:
    fresh = replace(FEED, failures=0)
    asked = FetchFailed("too many requests", status=status, retry_after=50_000.0, passing=True)
    assert wait(poll(asked, fresh).feed) == 50_000
    assert wait(poll(page(status, retry_after=50_000.0), fresh).feed) == 50_000
    absurd = FetchFailed("too many requests", status=status, retry_after=1e12)
    assert wait(poll(absurd, fresh).feed) == 7 * 86400
    short = FetchFailed("too many requests", status=status, retry_after=1.0)
    assert wait(poll(short, fresh).feed) >= 0.9 * 3600


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_backoff_grows_to_a_day_and_is_the_same_each_time(failures: int, id: int) -> None:
    feed = replace(FEED, id=id, failures=failures)
    failed = FetchFailed("timed out")
    one, next_one = poll(failed, feed).feed, poll(failed, replace(feed, failures=failures + 1)).feed
    assert poll(failed, feed).feed == one
    assert wait(one) <= wait(next_one) <= 86400
    assert wait(one) >= 0.9 * 3600


def test_feeds_added_together_drift_apart() -> None:
    waits = {wait(poll(page(), Feed(id=n, url=URL)).feed) for n in range(1, 51)}
    assert len(waits) > 30


# --- entries ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("published", "kept"),
    [
        ("2026-11-22T07:00:00+00:00", True),
        ("2026-11-23", True),
        ("2026-11-23T20:00:00+14:00", True),
        ("2026-11-23T08:00:01+00:00", False),
        ("2027-01-01", False),
        ("1990-01-01", True),
        ("1989-12-31", False),
        ("1970-01-01T00:00:00+00:00", False),
        ("0001-01-01", False),
        ("nonsense", False),
        (None, True),
    ],
)
def test_dates_that_cannot_be(published: str | None, kept: bool) -> None:
    [entry] = poll(page(), parsed=ParsedFeed(entries=[replace(ENTRY, published=published)])).entries
    assert entry.published == (published if kept else None)


def test_an_archive_is_cut_to_the_newest() -> None:
    entries = [
        replace(ENTRY, guid=str(n), published=(NOW - n * DAY).isoformat()) for n in range(700)
    ]
    entries.append(replace(ENTRY, guid="undated"))
    parsed = ParsedFeed(entries=entries[::-1])
    reading, drop = gather.read(FEED, page(), parser(parsed), CONFIG, NOW)
    assert {entry.guid for entry in reading.entries} == {"undated", *map(str, range(499))}
    assert drop is not None
    assert (drop.reason, drop.detail) == ("too many entries", "201 of 701 entries left out")
    assert reading.feed.failures == 0


def test_an_entry_without_an_address_stays() -> None:
    entry = Entry(guid="1", content="<p>All there is.</p>")
    assert poll(page(), parsed=ParsedFeed(entries=[entry])).entries == [entry]
