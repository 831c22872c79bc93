"""Placed articles as the cluster stage remembers them: the recent ones, and old ones by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select, tuple_, union_all

from nutgraf.adapters.store import schema
from nutgraf.adapters.store.session import Session

__all__ = ["Memory"]

_articles, _placements, _stories, _names = (
    schema.articles, schema.placements, schema.stories, schema.names,
)  # fmt: skip

Row = tuple[str, str, bytes, bool]

_PAGE = 1000
"""Rows of `window` that are held at a time."""
_PER_NAME = 200
"""Old articles that one name recalls at most, the latest: a name with more is not rare."""
_SHARED = 2
"""Names that an old article must share: a full name counts as one of each word and one of all."""


class Memory(Session):
    """What new articles are compared with."""

    def window(self, since: datetime) -> Iterator[Row]:
        """(article, story, features, pinned) of articles in open stories, as placed.

        Articles first seen since then. It reads ahead by a thousand rows and holds no lock, so
        stories may be written between two of its answers.
        """
        last: tuple[datetime, datetime, str] = (since, _BEGINNING, "")
        while True:
            with self._reading() as connection:
                asked = {"seen": last[0], "sort": last[1], "id": last[2]}
                rows = connection.execute(_WINDOW, asked).all()
            for row in rows:
                yield row.article, row.story, row.features, row.pinned
            if len(rows) < _PAGE:
                return
            last = rows[-1].seen_at, rows[-1].sort_at, rows[-1].article

    def has_placed(self, before: datetime) -> bool:
        """Whether any article was first seen before then: whether `recall` can find one."""
        with self._reading() as connection:
            return connection.scalar(_ANY, {"before": before}) is not None

    def recall(self, names: Sequence[int], before: datetime, limit: int) -> list[Row]:
        """Rows like those of `window`, of articles first seen before then.

        Of those that share two of the names at least, the ones that share most, latest first.
        """
        keys = list(dict.fromkeys(names))
        if len(keys) < _SHARED:
            return []
        with self._reading() as connection:
            asked = {f"key{number}": key for number, key in enumerate(keys)}
            asked |= {"before": int(before.timestamp()), "most": limit}
            ids = connection.execute(_sharing(len(keys)), asked).scalars().all()
            if not ids:
                return []
            rows = connection.execute(_MANY, {"ids": ids, "before": before}).all()
        found = {row.article: row for row in rows}
        return [tuple(found[one]) for one in ids if one in found]


@cache
def _sharing(count: int) -> Select[Any]:
    """The statement of `recall` for so many names."""
    named = [
        select(_names.c.article, _names.c.seen)
        .where(_names.c.key == bindparam(f"key{number}"), _names.c.seen <= bindparam("before"))
        .order_by(_names.c.seen.desc(), _names.c.article.desc())
        .limit(_PER_NAME)
        .subquery()
        for number in range(count)
    ]
    shared = union_all(*(select(one.c.article, one.c.seen) for one in named)).subquery("shared")
    return (
        select(shared.c.article)
        .group_by(shared.c.article, shared.c.seen)
        .having(func.count() >= _SHARED)
        .order_by(func.count().desc(), shared.c.seen.desc(), shared.c.article)
        .limit(bindparam("most"))
    )


_ROW = (
    _placements.c.article,
    _placements.c.story,
    _placements.c.features,
    _placements.c.pinned,
)
_OF = _placements.c.article == _articles.c.id
# A join would begin with the open stories and sort all their articles for each run of rows.
_STATE = (
    select(_stories.c.state)
    .where(_stories.c.id == _placements.c.story)
    .correlate(_placements)
    .scalar_subquery()
)
_BEGINNING = datetime.min.replace(tzinfo=UTC)
# The order in which they were placed: a window built anew after a crash is the one that was lost.
_BY_ARRIVAL = (_articles.c.seen_at, _articles.c.sort_at, _articles.c.id)
_WINDOW = (
    select(*_ROW, _articles.c.seen_at, _articles.c.sort_at)
    .join_from(_articles, _placements, _OF)
    .where(
        _STATE == "open",
        tuple_(*_BY_ARRIVAL)
        > tuple_(
            bindparam("seen", type_=_articles.c.seen_at.type),
            bindparam("sort", type_=_articles.c.sort_at.type),
            bindparam("id"),
        ),
    )
    .order_by(*_BY_ARRIVAL)
    .limit(_PAGE)
)
_ANY = select(_articles.c.id).where(_articles.c.seen_at < bindparam("before")).limit(1)
_MANY = (
    select(*_ROW)
    .join_from(_placements, _articles, _OF)
    .where(
        _placements.c.article.in_(bindparam("ids", expanding=True)),
        _articles.c.seen_at < bindparam("before"),
    )
)
