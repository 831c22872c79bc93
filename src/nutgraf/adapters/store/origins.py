"""Origins, and the index of near-duplicates."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, delete, func, literal, select, union_all

from nutgraf.adapters.store import schema, sqlite, work
from nutgraf.adapters.store.articles import chunks, load
from nutgraf.adapters.store.columns import made
from nutgraf.adapters.store.session import Session
from nutgraf.types import Article, Made, Origin

__all__ = ["Origins"]

_origins, _bands, _work = schema.origins, schema.bands, schema.work

STAGE = "copies"
_PER_BAND = 500
"""Articles looked at in one band: boilerplate that thousands share must not cost thousands.
They are the first by id, hence the same ones in each band."""


class Origins(Session):
    """Who first reported what an article says."""

    def untraced(self, made_by: str, limit: int) -> list[Article]:
        """Latest revisions without an origin made by `made_by`, oldest published first."""
        with self._reading() as connection:
            return load(connection, work.undone(connection, STAGE, made_by, limit))

    def near(self, bands: Sequence[int], limit: int) -> list[tuple[str, bytes]]:
        """(article id, signature) of articles sharing a MinHash band, most shared first.

        The article whose bands these are is among them, if it was saved before.
        """
        keys = _signed(bands)
        if not keys:
            return []
        with self._reading() as connection:
            asked = {f"key{number}": key for number, key in enumerate(keys)} | {"most": limit}
            rows = connection.execute(_sharing(len(keys)), asked)
            return [(row.article, row.signature) for row in rows]

    def save_origin(
        self, article: Article, origin: Origin, signature: bytes, bands: Sequence[int], made: Made
    ) -> None:
        """Save where a revision came from, in place of what was known of the one before."""
        keys = _signed(bands)
        with self._writing() as connection:
            old = connection.execute(_KEYS, {"wanted": article.id}).one_or_none()
            if old is not None:
                if old.revision > article.revision:
                    return
                gone = [{"of": article.id, "gone": key} for key in _unpacked(old.bands)]
                if gone:
                    connection.execute(_OUT, gone)
            connection.execute(_SAVE, _values(article, origin, signature, keys, made))
            if keys:
                sqlite.share_bands(connection, article.id, keys)
            work.finish(connection, STAGE, article.id, article.revision, made.by)
            connection.execute(_NEXT, {"wanted": article.id})

    def origins(self, articles: Sequence[str]) -> dict[str, Origin]:
        """Article id to its origin, for those that were traced."""
        with self._reading() as connection:
            return {
                row.article: Origin(**row._mapping)
                for some in chunks(articles)
                for row in connection.execute(_MANY, {"ids": some})
            }


def _values(
    article: Article, origin: Origin, signature: bytes, keys: list[int], by: Made
) -> dict[str, Any]:
    return {
        "article": article.id, "revision": article.revision, "first": origin.first,
        "how": origin.how, "copy_of": origin.copy_of, "similarity": origin.similarity,
        "quote": origin.quote, "signature": signature, "bands": _packed(keys),
    } | made(by)  # fmt: skip


def _signed(keys: Sequence[int]) -> list[int]:
    """Band keys once each, as the signed integers of 64 bits that databases have."""
    return list(dict.fromkeys((int(key) + (1 << 63)) % (1 << 64) - (1 << 63) for key in keys))


def _packed(keys: list[int]) -> bytes:
    return struct.pack(f"<{len(keys)}q", *keys)


def _unpacked(packed: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(packed) // 8}q", packed)


@cache
def _sharing(count: int) -> Select[Any]:
    """The statement of `near` for so many bands."""
    bands = [
        select(_bands.c.article)
        .where(_bands.c.key == bindparam(f"key{number}"))
        .order_by(_bands.c.article)
        .limit(_PER_BAND)
        .subquery()
        for number in range(count)
    ]
    shared = union_all(*(select(band.c.article) for band in bands)).subquery("shared")
    most = func.count().desc()
    return (
        select(_origins.c.article, _origins.c.signature)
        .join_from(shared, _origins, _origins.c.article == shared.c.article)
        .group_by(_origins.c.article)
        .order_by(most, _origins.c.article)
        .limit(bindparam("most"))
    )


_COLUMNS = [_origins.c[name] for name in Origin.__struct_fields__ if name in _origins.c]
_MANY = select(*_COLUMNS).where(_origins.c.article.in_(bindparam("ids", expanding=True)))
_KEYS = select(_origins.c.revision, _origins.c.bands).where(
    _origins.c.article == bindparam("wanted")
)
_OUT = delete(_bands).where(_bands.c.key == bindparam("gone"), _bands.c.article == bindparam("of"))
_new = sqlite.insert(_origins)
_SAVE = _new.on_conflict_do_update(
    index_elements=["article"],
    set_={column.name: _new.excluded[column.name] for column in _origins.c},
)
_placed = schema.placements
# A traced article is there to be placed, unless it is in a story; placement is not redone.
_NEXT = work.UNDO.from_select(
    ["stage", "article", "revision", "made_by", "sort_at"],
    select(
        literal("cluster"), _work.c.article, _work.c.revision, literal(""), _work.c.sort_at
    ).where(
        _work.c.stage == STAGE,
        _work.c.article == bindparam("wanted"),
        ~select(_placed.c.article).where(_placed.c.article == _work.c.article).exists(),
    ),
)
