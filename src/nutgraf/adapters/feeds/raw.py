"""What was read in a feed, before it is cleaned: the words as they stand there."""

from __future__ import annotations

from msgspec import Struct, field

__all__ = ["MOST_ENTRIES", "RawEntry", "RawFeed", "completed"]

MOST_ENTRIES = 10_000
"""The first so many items of a document are read; the largest real feed measured has 1,046."""


class RawEntry(Struct, kw_only=True):
    """One item. Links and dates best first; `source` is the publisher an aggregator names."""

    id: str = ""
    links: list[str] = field(default_factory=list)
    title: str = ""
    summary: str = ""
    content: str = ""
    dates: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    language: str = ""
    source: str = ""


class RawFeed(Struct, kw_only=True):
    """A feed document; `ttl` in seconds."""

    title: str = ""
    link: str = ""
    language: str = ""
    ttl: float | None = None
    authors: list[str] = field(default_factory=list)
    entries: list[RawEntry] = field(default_factory=list)


def completed(read: RawFeed, known: RawFeed) -> RawFeed:
    """What a library `read`, with what is `known` beside it: of items, if both found as many."""
    read.title = read.title or known.title
    read.language = known.language or read.language
    read.ttl, read.authors = known.ttl, known.authors
    if len(read.entries) == len(known.entries):
        for entry, more in zip(read.entries, known.entries, strict=True):
            entry.id = more.id or entry.id
            entry.links += more.links
            entry.content = more.content  # read: the description again, or nothing in RDF
            entry.summary = entry.summary or more.summary
            # As they stand: it moves times to UTC, and makes a date of "12" and of a guid.
            entry.dates = more.dates
            entry.authors, entry.language, entry.source = more.authors, more.language, more.source
    return read
