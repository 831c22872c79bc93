"""Articles as they can be read: by id or address, by revision, by words, by time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import BindParameter, Connection, Select, and_, bindparam, select

from nutgraf.adapters.store import schema, sqlite
from nutgraf.adapters.store.session import AnyRow, Session
from nutgraf.types import Article, Made

__all__ = ["LATEST", "Articles", "as_article", "chunks", "load", "resolve"]

T = TypeVar("T")

_articles, _aliases, _revisions = schema.articles, schema.aliases, schema.revisions

_COLUMNS = (
    _articles.c.id, _articles.c.url, _revisions.c.title, _revisions.c.text,
    _revisions.c.published, _articles.c.publisher, _revisions.c.authors, _revisions.c.language,
    _revisions.c.kind, _revisions.c.number.label("revision"), _revisions.c.modified,
)  # fmt: skip
_OF_ARTICLE = _revisions.c.article == _articles.c.id
_IS_LATEST = and_(_OF_ARTICLE, _revisions.c.number == _articles.c.revision)
LATEST: Select[Any] = select(*_COLUMNS).join_from(_articles, _revisions, _IS_LATEST)
"""Articles in their latest revision, a row each for `as_article`."""


class Articles(Session):
    """Reading what was saved by `Pages.save_article`."""

    def article(self, id_or_url: str) -> Article | None:
        """The latest revision, by id, URL or alias."""
        with self._reading() as connection:
            wanted = {"wanted": resolve(connection, id_or_url)}
            row = connection.execute(_ONE, wanted).one_or_none()
            return as_article(row) if row else None

    def articles(self, ids: Sequence[str]) -> list[Article]:
        """Latest revisions, in the order of `ids`; unknown ids are left out."""
        with self._reading() as connection:
            return load(connection, ids)

    def revisions(self, article: str) -> list[Article]:
        """All that an article (an id) ever said, oldest first."""
        with self._reading() as connection:
            return [as_article(row) for row in connection.execute(_ALL, {"wanted": article})]

    def made(self, article: Article) -> Made | None:
        """What made this revision of an article, and from what; None if it is not stored."""
        asked = {"wanted": article.id, "number": article.revision}
        with self._reading() as connection:
            row = connection.execute(_MADE, asked).one_or_none()
            return Made(by=row.made_by, source=row.made_from) if row else None

    def all_articles(self) -> Iterator[Article]:
        """The latest revision of every article, in the order of their ids, a few at a time."""
        after = ""
        while True:
            with self._reading() as connection:
                rows = connection.execute(_AFTER, {"after": after, "most": 500}).all()
            if not rows:
                return
            yield from map(as_article, rows)
            after = rows[-1].id

    def recent_articles(self, since: datetime, limit: int) -> list[Article]:
        """Latest revisions published since then, newest first."""
        with self._reading() as connection:
            rows = connection.execute(_RECENT, {"since": since, "most": limit})
            return [as_article(row) for row in rows]

    def search(self, query: str, limit: int = 20) -> list[Article]:
        """Articles in whose latest revision all words of the query occur, newest first.

        Any text may be asked for; one without a word finds nothing. Of a word that many
        articles have, the thousand stored last are looked at.
        """
        with self._reading() as connection:
            found = list(sqlite.matches(connection, query, max(_MATCHES, limit)))
            rows: list[AnyRow] = []
            for some in chunks(found):
                rows += connection.execute(_ORDERED, {"found": some})
            rows.sort(key=lambda row: (row.sort_at, row.id), reverse=True)
            return load(connection, [row.article for row in rows[:limit]])

    def seen_at(self, articles: Sequence[str]) -> dict[str, datetime]:
        """Article id to when it was first stored."""
        with self._reading() as connection:
            return {
                row.id: row.seen_at
                for some in chunks(articles)
                for row in connection.execute(_SEEN, {"ids": some})
            }


def resolve(connection: Connection, id_or_url: str) -> str:
    """The id of the article with this id or alias; what was given, if there is none."""
    known = connection.scalar(_IS_ID, {"wanted": id_or_url})
    return known or connection.scalar(_BY_ALIAS, {"wanted": id_or_url}) or id_or_url


def load(connection: Connection, ids: Sequence[str]) -> list[Article]:
    """Latest revisions, in the order of `ids`; unknown ids are left out."""
    found = {
        row.id: as_article(row)
        for some in chunks(ids)
        for row in connection.execute(_MANY, {"ids": some})
    }
    return [found[wanted] for wanted in ids if wanted in found]


def as_article(row: AnyRow) -> Article:
    return Article(**row._mapping)


def chunks(items: Sequence[T], size: int = 500) -> Iterator[Sequence[T]]:
    """Runs of items, because databases limit the parameters of one statement."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


_MATCHES = 1000
_ids: BindParameter[Any] = bindparam("ids", expanding=True)
_ONE = LATEST.where(_articles.c.id == bindparam("wanted"))
_MANY = LATEST.where(_articles.c.id.in_(_ids))
_ALL = (
    select(*_COLUMNS)
    .join_from(_articles, _revisions, _OF_ARTICLE)
    .where(_articles.c.id == bindparam("wanted"))
    .order_by(_revisions.c.number)
)
_MADE = select(_revisions.c.made_by, _revisions.c.made_from).where(
    _revisions.c.article == bindparam("wanted"), _revisions.c.number == bindparam("number")
)
_AFTER = (
    LATEST.where(_articles.c.id > bindparam("after"))
    .order_by(_articles.c.id)
    .limit(bindparam("most"))
)
_RECENT = (
    LATEST.where(_articles.c.sort_at >= bindparam("since"))
    .order_by(_articles.c.sort_at.desc(), _articles.c.id.desc())
    .limit(bindparam("most"))
)
_ORDERED = (
    select(_revisions.c.id, _revisions.c.article, _articles.c.sort_at)
    .join_from(_revisions, _articles, _OF_ARTICLE)
    .where(_revisions.c.id.in_(bindparam("found", expanding=True)))
)
_SEEN = select(_articles.c.id, _articles.c.seen_at).where(_articles.c.id.in_(_ids))
_IS_ID = select(_articles.c.id).where(_articles.c.id == bindparam("wanted"))
_BY_ALIAS = select(_aliases.c.article).where(_aliases.c.url == bindparam("wanted"))
