"""Feeds: RSS, RDF, Atom and JSON Feed to entries, and finding the feeds of a page."""

from __future__ import annotations

import re

from nutgraf.adapters.feeds.decode import decode
from nutgraf.adapters.feeds.discover import find_feeds
from nutgraf.adapters.feeds.entries import parsed
from nutgraf.adapters.feeds.json import tidy_json
from nutgraf.adapters.feeds.libraries import read_fast, read_loosely
from nutgraf.adapters.feeds.mend import mend
from nutgraf.adapters.feeds.raw import RawFeed, completed
from nutgraf.errors import FeedUnreadable
from nutgraf.types import ParsedFeed

__all__ = ["find_feeds", "parse_feed"]

_LOOSE_LIMIT = 600_000
_LOOSE_ITEMS = 2_000
"""Characters and items up to which feedparser is asked: it can take a second for so many."""
_ITEM = re.compile(r"<(?:\w{1,10}:)?(?:item|entry)[\s>]", re.I)
_IS_HTML = re.compile(
    r"\s*(?:<!--(?:(?!-->).){0,5000}-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)


def parse_feed(body: bytes, content_type: str = "", url: str = "") -> ParsedFeed:
    """The feed in `body`, served as `content_type` at `url` (both may be "").

    A valid feed may have no entries. Raises `FeedUnreadable` ("empty answer", "HTML, not a
    feed" with the feeds that the page names in its detail, "not a feed"), and nothing else.
    """
    text = decode(body, content_type)
    if not text.strip("\ufeff\0 \t\r\n"):
        raise FeedUnreadable("empty answer", url)
    feed = _read(text, url)
    if feed is None:
        raise _complaint(text, url)
    return parsed(feed, url)


def _read(text: str, url: str) -> RawFeed | None:
    if _IS_HTML.match(text):
        return None
    is_json = text.lstrip("\ufeff \t\r\n").startswith("{")
    tidied = tidy_json(text, url) if is_json else mend(text, url)
    document, known = tidied or (b"", None)
    feed = read_fast(document)
    if not is_json:
        feed = _second_opinion(text, url, feed)
    return completed(feed or RawFeed(), known) if known else feed


def _second_opinion(text: str, url: str, feed: RawFeed | None) -> RawFeed | None:
    """The fullest reading, for a document too broken or too old for the first one."""
    read, there = len(feed.entries) if feed else 0, len(_ITEM.findall(text))
    short = feed is None and len(text) < _LOOSE_LIMIT / 10
    if short or (read < there < _LOOSE_ITEMS and len(text) < _LOOSE_LIMIT):
        # fastfeedparser has repairs of its own for what lxml loses
        readings = (feed, read_fast(text.encode("utf-8", "replace")), read_loosely(text, url))
        return max(readings, key=lambda reading: len(reading.entries) if reading else -1)
    return feed


def _complaint(text: str, url: str) -> FeedUnreadable:
    if not re.search(r"<(?:html|body|head|!doctype html)\b", text[:5000], re.I):
        return FeedUnreadable("not a feed", url)
    feeds = find_feeds(text, url)
    words = f"it names these feeds: {' '.join(feeds[:5])}" if feeds else url
    return FeedUnreadable("HTML, not a feed", words)
