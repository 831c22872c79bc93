"""Pages to be read, and what became of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select, update

from nutgraf.adapters.store import identity, schema
from nutgraf.adapters.store.articles import resolve
from nutgraf.adapters.store.drops import record
from nutgraf.adapters.store.session import AnyRow, Session
from nutgraf.types import Article, Drop, Entry, Made, Page, PageDue, PageState

__all__ = ["Pages"]

_pages, _entries, _feeds = schema.pages, schema.entries, schema.feeds


class Pages(Session):
    """The reading list."""

    def pages_due(self, now: datetime, limit: int) -> list[PageDue]:
        """Pages to read at `now`, first due first."""
        with self._reading() as connection:
            rows = connection.execute(_DUE, {"now": now, "most": limit})
            return [_as_due(row) for row in rows]

    def save_article(
        self,
        due: PageDue,
        article: Article,
        made: Made,
        now: datetime,
        next_due: datetime | None,
        page: Page | None = None,
    ) -> Article | None:
        """Save what a page gave, mark it read and set when it is due again (None: never).

        It is the article that has one of its URLs as an alias: its own, the page's after
        redirects, the one it was read at, the entry's, in this order; else the one of its id;
        else a new one. All these URLs become aliases. A known article whose title, text or date
        changed gets a new revision, an unchanged one only its marks. The article as stored, or
        None if nothing changed. A page that is not stored (its id is 0) is not marked.
        """
        with self._writing() as connection:
            had_under = (article.url, page.url if page else None, due.url, due.entry.url)
            urls = [url for url in had_under if url]
            known, stored = identity.save(connection, article, urls, made, now)
            marks = {"page": due.id, "by": known, "now": now, "next": next_due}
            validators = {"etag": page.etag, "modified": page.modified} if page else _NO_VALIDATORS
            connection.execute(_READ, marks | validators)
            return stored

    def page_unchanged(self, due: PageDue, now: datetime, next_due: datetime | None) -> None:
        """The page answered 304: only its marks move."""
        with self._writing() as connection:
            marks = {"page": due.id, "now": now, "next": next_due}
            connection.execute(_READ, marks | _NO_VALIDATORS | {"by": None})

    def page_failed(self, due: PageDue, drop: Drop, next_due: datetime | None) -> None:
        """The page gave no article: store why, and when to try again (None: never)."""
        with self._writing() as connection:
            connection.execute(_FAILED, {"page": due.id, "next": next_due})
            record(connection, [drop])

    def page_of(self, url: str) -> PageState | None:
        """The page at a URL, or the one that gave the article known under it."""
        with self._reading() as connection:
            row = _find(connection, url)
            if row is None:
                return None
            return PageState(
                url=row.url or "", article=row.article, etag=row.etag, modified=row.modified,
                due_at=row.due_at, tries=row.tries, reads=row.reads,
                read_at=row.read_at,
            )  # fmt: skip

    def entry_of(self, url: str) -> Entry | None:
        """What a feed said of the page that `page_of` finds."""
        with self._reading() as connection:
            row = _find(connection, url)
            return _as_due(row).entry if row else None


def _find(connection: Connection, url: str) -> AnyRow | None:
    row = connection.execute(_AT_URL, {"address": url}).first()
    if row is None:
        article = resolve(connection, url)
        row = connection.execute(_OF_ARTICLE, {"of": article}).first()
    return row


def _as_due(row: AnyRow) -> PageDue:
    entry = {name: getattr(row, f"entry_{name}") for name in _ENTRY_FIELDS}
    entry["outlet"] = entry["outlet"] or row.feed_outlet
    return PageDue(
        id=row.id, url=row.url or "", entry=Entry(**entry), article=row.article,
        etag=row.etag, modified=row.modified, tries=row.tries, reads=row.reads,
    )  # fmt: skip


_ENTRY_FIELDS = Entry.__struct_fields__
_PAGE = select(
    *_pages.c,
    *(_entries.c[name].label(f"entry_{name}") for name in _ENTRY_FIELDS),
    _feeds.c.outlet.label("feed_outlet"),
).select_from(
    _pages.join(_entries, _entries.c.id == _pages.c.entry).join(
        _feeds, _feeds.c.id == _entries.c.feed
    )
)
_THE_PAGE = _pages.c.id == bindparam("page")
_NO_VALIDATORS: dict[str, str | None] = {"etag": None, "modified": None}
_READ = (
    update(_pages)
    .where(_THE_PAGE)
    .values(
        article=func.coalesce(bindparam("by"), _pages.c.article),
        etag=func.coalesce(bindparam("etag"), _pages.c.etag),
        modified=func.coalesce(bindparam("modified"), _pages.c.modified),
        due_at=bindparam("next"),
        read_at=bindparam("now"),
        tries=0,
        reads=_pages.c.reads + 1,
    )
)
_FAILED = update(_pages).where(_THE_PAGE).values(due_at=bindparam("next"), tries=_pages.c.tries + 1)
_DUE = (
    _PAGE.where(_pages.c.due_at <= bindparam("now"))
    .order_by(_pages.c.due_at, _pages.c.id)
    .limit(bindparam("most"))
)
_AT_URL = _PAGE.where(_pages.c.url == bindparam("address"))
_OF_ARTICLE = _PAGE.where(_pages.c.article == bindparam("of")).order_by(_pages.c.id).limit(1)
