"""Feeds: real ones, and a library of odd and broken ones with what they should say."""

from __future__ import annotations

import gzip
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path

from nutgraf.adapters.feeds import parse_feed
from nutgraf.adapters.feeds.dates import iso_date
from nutgraf.adapters.feeds.entries import plain
from nutgraf.errors import FeedUnreadable
from nutgraf.types import ParsedFeed

__all__ = ["NAME", "run"]

NAME = "feeds"

# The lines that feedparser's test files carry: "Expect: not bozo and feed['title'] == 'x'".
_EXPECT = (
    re.compile(r"Expect:\s*(.*?)\n\s*-->", re.S),
    re.compile(r'"expect":\s*"(.*?)"\s*[,}]', re.S | re.I),
    re.compile(r"Expect:\s*(.*?)\n"),
)
_HEADER = re.compile(r"header:\s*([\w-]+):\s*(.*)", re.I)
_EQUAL = re.compile(
    r"(feed|entries\[(\d+)\])(?:\['(\w+)'\]|\.(\w+))\s*==\s*u?(['\"])(.*?)\5(?=\s*(?:and\b|$))",
    re.S,
)
# Fields of theirs that have one of ours.
_OF_FEED = {"title": "title", "link": "link", "language": "language"}
_OF_ENTRY = _OF_FEED | {
    "summary": "summary", "description": "summary", "id": "id", "author": "author",
    "published": "published", "updated": "published",
}  # fmt: skip
_HEAD = 3_000
_AT = "http://127.0.0.1:8097/"
"""Where the library's files are served from, as their relative links expect."""


def run(data: Path) -> dict[str, float]:
    """What becomes of `data`/feeds: shares in 0..1, and the number of entries found.

    `cases_read_share` counts files that give a feed or `FeedUnreadable` and nothing worse;
    `expected_share` the `Expect:` equalities on title, link, summary, id, author, date and
    language that hold once markup and dates are brought to our form.
    """
    snapshot = sorted((data / "feeds" / "snapshot").glob("*.gz"))
    feeds = [_parsed(gzip.decompress(path.read_bytes())) for path in snapshot]
    cases, crashed, met = 0, 0, list[bool]()
    for body in _cases(data / "feeds" / "feedparser_cases.tar.gz"):
        cases += 1
        try:
            met += _met(body)
        except Exception:  # what is counted here
            crashed += 1
    return {
        "snapshot_parsed_share": _share(sum(feed is not None for feed in feeds), len(feeds)),
        "snapshot_entries": float(sum(len(feed.entries) for feed in feeds if feed)),
        "cases_read_share": _share(cases - crashed, cases),
        "expected_share": _share(sum(met), len(met)),
    }


def _share(count: int, total: int) -> float:
    return round(count / total, 4) if total else 0.0


def _parsed(body: bytes, content_type: str = "", url: str = _AT) -> ParsedFeed | None:
    try:
        return parse_feed(body, content_type, url)
    except FeedUnreadable:
        return None


def _cases(path: Path) -> Iterator[bytes]:
    with tarfile.open(path) as archive:
        for member in archive:
            file = archive.extractfile(member)
            if file and member.name.endswith((".xml", ".json")):
                yield file.read()


def _met(body: bytes) -> list[bool]:
    """Whether each expectation of a case that we have a field for is met."""
    wide = body[:2] in (b"\xff\xfe", b"\xfe\xff")
    head = (
        body[: 2 * _HEAD].decode("utf-16", "replace")
        if wide
        else body[:_HEAD].decode("utf-8", "replace")
    )
    headers = {name.lower(): value.strip() for name, value in _HEADER.findall(head)}
    feed = _parsed(body, headers.get("content-type", ""), headers.get("content-location", _AT))
    expect = next((match[1] for form in _EXPECT if (match := form.search(head))), "")
    met = []
    for where, number, quoted, dotted, _, value in _EQUAL.findall(expect):
        field = (_OF_ENTRY if number else _OF_FEED).get(quoted or dotted)
        if field:
            found = _found(feed, int(number) if where != "feed" else None, field)
            met.append(found is not None and _agree(field, found, _unescaped(value)))
    return met


def _unescaped(value: str) -> str:
    """Python's own escapes ("\\u2019") in an expected string."""
    if "\\" not in value:
        return value
    return value.encode("latin-1", "backslashreplace").decode("unicode_escape")


def _found(feed: ParsedFeed | None, number: int | None, field: str) -> str | None:
    """Our value of a field, None without the feed or the entry."""
    if feed is None or (number is not None and number >= len(feed.entries)):
        return None
    if number is None:
        return {"title": feed.title, "link": feed.link, "language": feed.language or ""}[field]
    entry = feed.entries[number]
    renamed = {"link": entry.url, "id": entry.guid, "author": ", ".join(entry.authors)}
    return renamed[field] if field in renamed else getattr(entry, field) or ""


def _agree(field: str, found: str, expected: str) -> bool:
    """Equal in our form: plain titles, ISO dates, primary languages, absolute web links."""
    if field == "title":
        return found == plain(expected)
    if field == "summary":
        return "".join(plain(found).split()) == "".join(plain(expected).split())
    if field == "author":  # theirs may have the address beside the name
        return found == expected or (bool(found) and found in expected)
    if field == "link":
        return found == expected or (not found and not expected.startswith("http"))
    if field == "published":
        return found == (iso_date(expected) or "")
    return found == (expected.lower()[:2] if field == "language" else expected)
