"""Which article a text is, and whether it says anything new.

An id lasts: it is found again by any address the article was ever had under.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection, bindparam, select, update

from nutgraf.adapters.store import schema, sqlite, work
from nutgraf.adapters.store.columns import clean, made, sort_time
from nutgraf.adapters.store.session import AnyRow
from nutgraf.types import Article, Made

__all__ = ["save"]

_articles, _aliases, _revisions = schema.articles, schema.aliases, schema.revisions


def save(
    connection: Connection, article: Article, urls: Sequence[str], by: Made, now: datetime
) -> tuple[str, Article | None]:
    """Save one reading of an article that was had under `urls`, the most telling first.

    Its lasting id, and the article as stored, or None if that revision is known.
    """
    article = replace(article, title=clean(article.title), text=clean(article.text))
    urls = list(dict.fromkeys(map(clean, urls)))
    lasting = _known_as(connection, urls) or clean(article.id)
    current = connection.execute(_CURRENT, {"wanted": lasting}).one_or_none()
    hashed = _hash(article)
    revision = current.revision + 1 if current else 1
    if current is None:
        _create(connection, article, lasting, now)
    elif current.hash == hashed:
        _add_aliases(connection, urls, lasting)
        return lasting, None
    else:
        _move_on(connection, article, lasting, revision, now)
    _add_aliases(connection, urls, lasting)
    _add_revision(connection, article, lasting, revision, hashed, by, now, current)
    url = (current.url if current else None) or article.url
    publisher = article.publisher or (current.publisher if current else None)
    return lasting, replace(article, id=lasting, revision=revision, url=url, publisher=publisher)


def _known_as(connection: Connection, urls: Sequence[str]) -> str | None:
    """The article that the first known of these URLs is an alias of."""
    if not urls:
        return None
    rows = connection.execute(_ALIASES, {"urls": urls})
    known: dict[str, str] = {row.url: row.article for row in rows}
    return next((known[url] for url in urls if url in known), None)


def _create(connection: Connection, article: Article, id: str, now: datetime) -> None:
    values = {
        "id": id, "url": article.url, "publisher": article.publisher, "revision": 1,
        "seen_at": now, "sort_at": sort_time(article.published, now),
    }  # fmt: skip
    connection.execute(_NEW_ARTICLE, values)


def _move_on(
    connection: Connection, article: Article, id: str, revision: int, now: datetime
) -> None:
    """Make a new revision the latest; what was known and is not given any more stays known."""
    values: dict[str, Any] = {"revision": revision, "sort_at": sort_time(article.published, now)}
    if article.publisher:
        values["publisher"] = article.publisher
    connection.execute(update(_articles).where(_articles.c.id == id), values)
    if article.url:
        nameless = (_articles.c.id == id) & _articles.c.url.is_(None)
        connection.execute(update(_articles).where(nameless), {"url": article.url})


def _add_aliases(connection: Connection, urls: Sequence[str], id: str) -> None:
    if urls:
        connection.execute(_NEW_ALIAS, [{"url": url, "article": id} for url in urls])


def _add_revision(
    connection: Connection,
    article: Article,
    id: str,
    revision: int,
    hashed: bytes,
    by: Made,
    now: datetime,
    current: AnyRow | None,
) -> None:
    values = {
        "article": id, "number": revision, "title": article.title, "published": article.published,
        "modified": article.modified, "authors": article.authors, "language": article.language,
        "kind": article.kind, "hash": hashed, "seen_at": now, "text": article.text,
    } | made(by)  # fmt: skip
    row = int(connection.scalar(_NEW_REVISION, values))
    old = None
    if current is not None:
        old = connection.execute(_SAID, {"row": current.row}).one()
    sqlite.index_text(connection, row, article.title, article.text, old)
    sort_at = sort_time(article.published, now)
    undone = {"article": id, "revision": revision, "made_by": "", "sort_at": sort_at}
    stages = (*work.ARTICLE, work.EDITED) if revision > 1 else work.ARTICLE
    connection.execute(work.UNDO, [{"stage": stage} | undone for stage in stages])


def _hash(article: Article) -> bytes:
    """Equal for two revisions that say the same: title, text and date of publication."""
    said = "\0".join((article.title, article.text, article.published or ""))
    return hashlib.blake2b(said.encode("utf-8", "replace"), digest_size=16).digest()


_ALIASES = select(_aliases.c.url, _aliases.c.article).where(
    _aliases.c.url.in_(bindparam("urls", expanding=True))
)
_CURRENT = (
    select(
        _articles.c.url, _articles.c.publisher, _articles.c.revision,
        _revisions.c.hash, _revisions.c.id.label("row"),
    )
    .join_from(
        _articles, _revisions,
        (_revisions.c.article == _articles.c.id) & (_revisions.c.number == _articles.c.revision),
    )
    .where(_articles.c.id == bindparam("wanted"))
)  # fmt: skip
_SAID = select(_revisions.c.id, _revisions.c.title, _revisions.c.text).where(
    _revisions.c.id == bindparam("row")
)
_NEW_ARTICLE = sqlite.insert(_articles)
_NEW_REVISION = sqlite.insert(_revisions).returning(_revisions.c.id)
_NEW_ALIAS = sqlite.insert(_aliases).on_conflict_do_nothing()
