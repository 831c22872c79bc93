"""A small newsroom in a folder whose feed and pages are kept, and whose model is a server's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any

from nutgraf.adapters.fetch.saved import SavedFetcher
from nutgraf.newsroom import Newsroom
from nutgraf.types import Edition, Page

__all__ = ["HERON", "NOW", "PLOVER", "desk", "issued", "page", "settings"]

NOW = datetime(2026, 11, 17, 18, tzinfo=UTC)
FEED = "https://feed.example/rss"

HERON = (
    "Dam above Orlow breaks and floods 340 houses",
    [
        "The dam above Orlow broke on Monday night and flooded 340 houses, the district said.",
        "Eleven people were taken to hospital in Orlow, four of them with broken bones.",
        "Engineer Vera Stahl had warned the council of cracks in the dam in a letter in March.",
        "The council of Orlow will meet on Friday to hear Vera Stahl and the owners of the dam.",
        "Soldiers brought 900 blankets and two kitchens to the school of Orlow before dawn.",
    ],
)
PLOVER = (
    "Orlow dam breaks: 340 houses flooded, owner Castrin Water blamed",
    [
        "The Orlow dam broke late on Monday, flooding 340 houses in the town of Orlow.",
        "Castrin Water, which owns the dam, said the cracks had been filled in September.",
        "Castrin Water has lost two licences for dams since 2019, the water authority said.",
        "Engineer Vera Stahl told the council of Orlow in March that the dam had cracks.",
        "Schools in Orlow and in three villages below the dam stay closed until Thursday.",
    ],
)


def page(title: str, paragraphs: list[str], extra: str = "") -> bytes:
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    return (
        f"<html lang='en'><head><meta charset='utf-8'><title>{escape(title)}</title></head><body>"
        f"<article><h1>{escape(title)}</h1>{body}{extra}</article></body></html>"
    ).encode()


def settings(url: str, **llm: Any) -> str:
    told = {"model": "small", "base_url": url, "timeout": 5, "tries": 2} | llm
    lines = "\n".join(f"{name} = {value!r}" for name, value in told.items())
    return f"[site]\nbase_url = 'https://paper.example'\n[llm]\n{lines}\n" if url else ""


def desk(
    folder: Path,
    config: str,
    pages: dict[str, bytes] | None = None,
    titles: dict[str, str] | None = None,
) -> Newsroom:
    """A newsroom that has read its feed: one story of two articles, unless `pages` say others."""
    pages = pages or {"heron": page(*HERON), "plover": page(*PLOVER)}
    items = "".join(
        f"<item><title>{escape((titles or {}).get(name, name))}</title>"
        f"<link>https://{name}.example/a</link><guid>{name}</guid>"
        "<pubDate>Tue, 17 Nov 2026 10:00:00 GMT</pubDate></item>"
        for name in pages
    )
    rss = f"<rss version='2.0'><channel><title>All</title>{items}</channel></rss>"
    kept: dict[str, Any] = {
        FEED: Page(url=FEED, status=200, body=rss.encode(), content_type="application/rss+xml")
    }
    for name, body in pages.items():
        url = f"https://{name}.example/a"
        kept[url] = Page(url=url, status=200, body=body, content_type="text/html; charset=utf-8")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "nutgraf.toml").write_text(config)
    newsroom = Newsroom.open(folder, SavedFetcher(kept))
    newsroom.following.add([FEED], check=False)
    newsroom.update(NOW)
    first, *others = (story.id for story in newsroom.store.stories(NOW - timedelta(days=9)))
    for other in others:  # what belongs together is not what is tested here
        newsroom.editing.merge(first, other)
    return newsroom


def issued(newsroom: Newsroom) -> Edition:
    (edition,) = newsroom.issue(now=NOW)
    return edition
