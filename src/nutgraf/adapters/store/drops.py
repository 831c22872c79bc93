"""Drops: why something did not go on."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import asdict
from sqlalchemy import Connection, bindparam, func, select

from nutgraf.adapters.store import schema, work
from nutgraf.adapters.store.session import Session
from nutgraf.adapters.store.sqlite import insert
from nutgraf.types import Article, Drop, Made

__all__ = ["Drops", "record"]

_drops = schema.drops


class Drops(Session):
    """One row for a stage, a subject and a reason, with the last time it happened."""

    def save_drops(self, drops: Sequence[Drop]) -> None:
        """Save drops; one that happened before only gets its new time and detail."""
        with self._writing() as connection:
            record(connection, drops)

    def drop_article(self, article: Article, drop: Drop, made: Made) -> None:
        """A stage (`drop.stage`) can make nothing of this revision: store why; it counts as done.

        It comes back in that stage's list of work with a new revision, or another `made.by`.
        """
        with self._writing() as connection:
            record(connection, [drop])
            work.finish(connection, drop.stage, article.id, article.revision, made.by)

    def drops(self, subject: str | None = None, limit: int = 100) -> list[Drop]:
        """Latest first; all of them, or those on one URL, article or story."""
        wanted = _LATEST if subject is None else _ABOUT
        asked = {"most": limit} | ({} if subject is None else {"of": subject})
        with self._reading() as connection:
            return [Drop(**row._mapping) for row in connection.execute(wanted, asked)]

    def drop_counts(self) -> dict[tuple[str, str], int]:
        """How many subjects fell for each (stage, reason), most first."""
        with self._reading() as connection:
            rows = connection.execute(_COUNTS)
            return {(row.stage, row.reason): row.subjects for row in rows}


def record(connection: Connection, drops: Sequence[Drop]) -> None:
    if drops:
        connection.execute(_SAVE, [asdict(drop) for drop in drops])


_new = insert(_drops)
_SAVE = _new.on_conflict_do_update(
    index_elements=["subject", "stage", "reason"],
    set_={
        "detail": _new.excluded.detail,
        "at": func.coalesce(_new.excluded.at, _drops.c.at),
    },
)
_LATEST = (
    select(*(_drops.c[name] for name in Drop.__struct_fields__))
    .order_by(_drops.c.at.desc().nulls_last(), _drops.c.id.desc())
    .limit(bindparam("most"))
)
_ABOUT = _LATEST.where(_drops.c.subject == bindparam("of"))
_COUNTS = (
    select(_drops.c.stage, _drops.c.reason, func.count().label("subjects"))
    .group_by(_drops.c.stage, _drops.c.reason)
    .order_by(func.count().desc(), _drops.c.stage, _drops.c.reason)
)
