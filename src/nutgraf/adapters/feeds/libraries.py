"""What fastfeedparser and, behind it, feedparser read in a document. Their answers look alike."""

from __future__ import annotations

import io
import warnings
from typing import Any

from nutgraf.adapters.feeds.raw import MOST_ENTRIES, RawEntry, RawFeed

__all__ = ["read_fast", "read_loosely"]


def read_fast(document: bytes) -> RawFeed | None:
    """What fastfeedparser makes of UTF-8 XML or JSON; None if it takes it for no feed."""
    import fastfeedparser

    try:
        return _feed(
            fastfeedparser.parse(
                document, include_tags=False, include_media=False, include_enclosures=False
            )
        )
    except Exception:  # ValueError is what it promises; strange feeds get others out of it
        return None


def read_loosely(text: str, url: str) -> RawFeed | None:
    """What feedparser makes of it; None if it finds neither a kind of feed nor an item."""
    import feedparser

    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            data: Any = feedparser.parse(
                io.BytesIO(text.encode("utf-8", "replace")), response_headers=headers
            )
            return _feed(data) if data.get("version") or data.get("entries") else None
    except Exception:  # a library that was written for feeds as they should be meets others
        return None


def _feed(data: Any) -> RawFeed:
    feed = data["feed"]
    return RawFeed(
        title=feed.get("title") or "",
        link=feed.get("link") or "",
        language=feed.get("language") or "",
        entries=[_entry(entry) for entry in data["entries"][:MOST_ENTRIES]],
    )


def _entry(entry: Any) -> RawEntry:
    links = _links(entry)
    name = str(entry.get("id") or "")
    content = next((c["value"] for c in entry.get("content") or [] if c.get("value")), "")
    return RawEntry(
        # For want of an id they take the link as it stands, which may be relative.
        id="" if name in links else name,
        links=links,
        title=entry.get("title") or "",
        summary=entry.get("description") or "",
        content=content,
        dates=[entry[name] for name in ("published", "updated") if entry.get(name)],
        authors=[author.get("name") or "" for author in entry.get("authors") or []],
    )


def _links(entry: Any) -> list[str]:
    """Addresses of the page, best first; not those of a sound or of comments."""
    found = [link for link in entry.get("links") or [] if link.get("href")]
    pages = [link for link in found if (link.get("rel") or "alternate").lower() == "alternate"]
    pages.sort(key=lambda link: "html" not in (link.get("type") or "html"))
    link, others = entry.get("link"), {link["href"] for link in found if link not in pages}
    best = [page["href"] for page in pages]
    return [*best, link] if link and link not in others and link not in best else best
