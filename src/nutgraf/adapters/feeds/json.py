"""JSON Feed, versions 1.0 and 1.1 (jsonfeed.org), tidied for fastfeedparser."""

from __future__ import annotations

from typing import Any

import msgspec

from nutgraf.adapters.feeds.mend import urljoin_safe
from nutgraf.adapters.feeds.raw import MOST_ENTRIES, RawEntry, RawFeed

__all__ = ["tidy_json"]


def tidy_json(text: str, url: str) -> tuple[bytes, RawFeed] | None:
    """The document with words alone, and what to add; None if it is not a JSON Feed.

    fastfeedparser raises at a wrong type anywhere and keeps one author; here it counts as absent.
    """
    try:
        data = msgspec.json.decode(text.lstrip("\ufeff \t\r\n"))
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        return None
    if not isinstance(data, dict) or not isinstance(data.get("items"), list):
        return None
    feed, items, known = _words(data), [], RawFeed(authors=_authors(data))
    site = feed.get("home_page_url") or url
    for item in [item for item in data["items"] if isinstance(item, dict)][:MOST_ENTRIES]:
        words = _words(item)
        words["url"] = urljoin_safe(site, words.get("url") or words.get("external_url", ""))
        dates = [words.get("date_published", ""), words.get("date_modified", "")]
        entry = RawEntry(dates=dates, authors=_authors(item), language=words.get("language", ""))
        entry.content = words.get("content_html") or words.get("content_text", "")
        known.entries.append(entry)
        items.append(words)
    return msgspec.json.encode(feed | {"items": items}), known


def _words(data: dict[str, Any]) -> dict[str, str]:
    """Members that are strings; numbers too, because some write ids so."""
    return {
        name: str(value).strip()
        for name, value in data.items()
        if isinstance(value, str | int | float) and not isinstance(value, bool)
    }


def _authors(data: dict[str, Any]) -> list[str]:
    """1.1 has a list of authors, 1.0 one author."""
    people = data.get("authors")
    people = people if isinstance(people, list) and people else [data.get("author")]
    return [_words(person).get("name", "") for person in people if isinstance(person, dict)]
