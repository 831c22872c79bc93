"""Feeds and what they published."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, case, func, select, update

from nutgraf.adapters.store import schema
from nutgraf.adapters.store.columns import clean
from nutgraf.adapters.store.session import AnyRow, Session
from nutgraf.adapters.store.sqlite import insert
from nutgraf.types import Entry, Feed, Reading

__all__ = ["Feeds"]

_feeds, _entries, _pages = schema.feeds, schema.entries, schema.pages
_FEED = [column for column in _feeds.c if column.name != "removed"]
_SOME = 500
"""Parameters in one statement: databases limit them."""


class Feeds(Session):
    """What is followed, and its health."""

    def add_feed(self, feed: Feed) -> bool:
        """Follow a feed; False if its URL is followed already."""
        with self._writing() as connection:
            row = connection.execute(_BY_URL, {"address": feed.url}).one_or_none()
            if row is not None and not row.removed:
                return False
            _save(connection, feed, None, follow=True)
            return True

    def remove_feed(self, url: str) -> bool:
        """Follow a feed no more: what only it carries is not read. False if it is not followed.

        What it carried so far stays.
        """
        with self._writing() as connection:
            row = connection.execute(_BY_URL, {"address": url}).one_or_none()
            if row is None or row.removed:
                return False
            _remove(connection, row.id)
            return True

    def feeds(self) -> list[Feed]:
        """All that are followed, first due first; those never polled before all others."""
        with self._reading() as connection:
            return [Feed(**row._mapping) for row in connection.execute(_FOLLOWED)]

    def save_feed(self, feed: Feed) -> Feed:
        """Save a feed's health, under a new URL too; the feed as stored.

        It is known by its id, or by its URL if the id is 0. If another feed is followed at its
        new URL, that one takes its place and this one is followed no more.
        """
        with self._writing() as connection:
            saved = _save(connection, feed, feed.id or None)
            row = connection.execute(_BY_ID, {"feed_id": saved}).one()
            return Feed(**row._mapping)

    def save_reading(self, reading: Reading, now: datetime) -> int:
        """Save a feed's health and its entries; how many entries were new or changed.

        An entry is known by feed and guid. A page that is new, or not an article yet, is due at
        `now`; so is the page of an entry whose title, text, date or URL changed.
        """
        with self._writing() as connection:
            feed = _save(connection, reading.feed, reading.feed.id or None)
            entries = {clean(entry.guid): entry for entry in reversed(reading.entries)}
            known = _known(connection, feed, list(entries))
            saved = 0
            for guid, entry in reversed(entries.items()):
                hashed, old = _hash(entry), known.get(guid)
                if old is None or old.hash != hashed:
                    _save_entry(connection, feed, entry, hashed, old, now)
                    saved += 1
            return saved


def _save(connection: Connection, feed: Feed, known: int | None, *, follow: bool = False) -> int:
    """Write a feed over its row, or as a new one; the id of its row.

    One that is followed no more stays so, unless told to `follow`.
    """
    values = msgspec.structs.asdict(feed)
    del values["id"]
    row = connection.execute(_BY_URL, {"address": feed.url}).one_or_none()
    if row is not None and known not in (None, row.id):
        # It moved to where another one is: two rows cannot share a URL.
        _remove(connection, known)
        follow = True
    number = int(row.id) if row else known
    if number is None:
        return int(connection.scalar(_NEW_FEED, values | {"removed": False}))
    if values["added_at"] is None:
        del values["added_at"]
    if follow:
        values["removed"] = False
    connection.execute(update(_feeds).where(_feeds.c.id == number), values)
    return number


def _remove(connection: Connection, feed: int | None) -> None:
    connection.execute(update(_feeds).where(_feeds.c.id == feed), {"removed": True})
    mine = select(_entries.c.page).where(_entries.c.feed == feed)
    others = (
        select(_entries.c.id)
        .join(_feeds, _feeds.c.id == _entries.c.feed)
        .where(_entries.c.page == _pages.c.id, ~_feeds.c.removed)
    )
    alone = _pages.c.id.in_(mine) & ~others.exists()
    connection.execute(update(_pages).where(alone), {"due_at": None})


def _known(connection: Connection, feed: int, guids: list[str]) -> dict[str, AnyRow]:
    """The stored entries of a feed among `guids`."""
    rows: list[AnyRow] = []
    for start in range(0, len(guids), _SOME):
        some = {"of_feed": feed, "guids": guids[start : start + _SOME]}
        rows += connection.execute(_ENTRIES_OF, some)
    return {row.guid: row for row in rows}


def _save_entry(
    connection: Connection,
    feed: int,
    entry: Entry,
    hashed: bytes,
    old: AnyRow | None,
    now: datetime,
) -> None:
    if old is not None and entry.url in ("", old.url):
        page = old.page
        connection.execute(_DUE_AGAIN, {"page_id": page, "now": now})
    else:
        page = connection.scalar(_PAGE, _due(entry, now))
    values = msgspec.structs.asdict(entry) | {
        "feed": feed, "page": page, "hash": hashed, "seen_at": now,
    }  # fmt: skip
    del values["id"]
    stored = connection.scalar(_ENTRY, values)
    connection.execute(_FIRST_ENTRY, {"page_id": page, "entry_id": stored})


def _due(entry: Entry, now: datetime) -> dict[str, Any]:
    return {
        "url": entry.url or None, "etag": "", "modified": "", "tries": 0, "reads": 0, "due_at": now,
    }  # fmt: skip


def _hash(entry: Entry) -> bytes:
    return _digest((entry.title, entry.summary, entry.content, entry.published or "", entry.url))


def _digest(parts: Iterable[str]) -> bytes:
    joined = "\0".join(parts).encode("utf-8", "replace")
    return hashlib.blake2b(joined, digest_size=16).digest()


_NEW_FEED = insert(_feeds).returning(_feeds.c.id)
_BY_URL = select(_feeds.c.id, _feeds.c.removed).where(_feeds.c.url == bindparam("address"))
_BY_ID = select(*_FEED).where(_feeds.c.id == bindparam("feed_id"))
_FOLLOWED = (
    select(*_FEED)
    .where(~_feeds.c.removed)
    .order_by(_feeds.c.due_at.asc().nulls_first(), _feeds.c.id)
)
_ENTRIES_OF = select(_entries.c.guid, _entries.c.url, _entries.c.page, _entries.c.hash).where(
    _entries.c.feed == bindparam("of_feed"), _entries.c.guid.in_(bindparam("guids", expanding=True))
)
_DUE_AGAIN = (
    update(_pages)
    .where(_pages.c.id == bindparam("page_id"))
    .values(due_at=bindparam("now"), tries=0)
)
_FIRST_ENTRY = (
    update(_pages)
    .where(_pages.c.id == bindparam("page_id"), _pages.c.entry.is_(None))
    .values(entry=bindparam("entry_id"))
)
_new_page = insert(_pages)
_PAGE = _new_page.on_conflict_do_update(
    index_elements=["url"],
    set_={
        # One more entry about a page that was read: nothing new. About one that failed for good,
        # it is another chance, be it with the entry's own text.
        "due_at": case(
            (_pages.c.article.is_(None), func.coalesce(_pages.c.due_at, _new_page.excluded.due_at)),
            else_=_pages.c.due_at,
        )
    },
).returning(_pages.c.id)
_new_entry = insert(_entries)
_ENTRY = _new_entry.on_conflict_do_update(
    index_elements=["feed", "guid"],
    set_={
        column.name: _new_entry.excluded[column.name]
        for column in _entries.c
        if column.name not in ("id", "feed", "guid", "seen_at")
    },
).returning(_entries.c.id)
