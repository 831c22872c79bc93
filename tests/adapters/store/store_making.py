"""Small invented things to put into a store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from nutgraf.protocols import Store
from nutgraf.types import Article, Entry, Feed, Made, Origin, PageDue, Placement, Reading

NOW = datetime(2031, 3, 4, 5, 6, 7, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
EXTRACT, COPIES, CLUSTER, FIGURES = (Made(by=f"{stage}/1") for stage in "efgh")


def url(number: int) -> str:
    return f"https://gull.example/{number}"


def feed(name: str = "gull") -> Feed:
    return Feed(url=f"https://{name}.example/feed", outlet=name.title())


def entry(number: int, **more: object) -> Entry:
    return Entry(**{"guid": f"g{number}", "url": url(number), "title": f"Entry {number}"} | more)


def article(number: int, **more: object) -> Article:
    values = {
        "id": f"a{number}",
        "url": url(number),
        "title": f"Ferry {number} runs aground",
        "text": f"The ferry {number} ran aground off Dunmere.",
    }
    return Article(**values | more)


def loose(**more: object) -> PageDue:
    """A page that no feed told of."""
    return PageDue(entry=Entry(**{"guid": ""} | more))


def save(store: Store, *articles: Article, now: datetime = NOW) -> list[Article]:
    """Save articles that no feed told of; as stored."""
    found = [store.save_article(loose(), one, EXTRACT, now, None) for one in articles]
    return [one for one in found if one is not None]


def trace(store: Store, one: Article, *bands: int, **more: object) -> None:
    origin = Origin(**{"article": one.id, "first": one.id} | more)
    store.save_origin(one, origin, f"signature of {one.id}".encode(), bands, COPIES)


def place(store: Store, one: str, story: str, now: datetime = NOW, *, new: bool = False) -> None:
    placement = Placement(article=one, story=story, score=0.75, reason="same ferry", new=new)
    store.save_placement(placement, f"features of {one}".encode(), CLUSTER, now)


def poll(store: Store, *entries: Entry, of: Feed | None = None, now: datetime = NOW) -> int:
    return store.save_reading(Reading(feed=of or feed(), entries=list(entries)), now)
