"""What each stage has still to do.

A stage's work on an article is a row: undone (`made_by` empty), or done by some version of the
stage. What version B has to do is everything undone and everything done by others than B.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, bindparam, delete, func, select, update

from nutgraf.adapters.store import schema
from nutgraf.adapters.store.sqlite import insert

__all__ = ["ARTICLE", "EDITED", "UNDO", "finish", "forget", "undone"]

_work = schema.work

ARTICLE = ("copies", "figures")
"""Stages that have work with every new revision; `cluster` has once that is traced."""
EDITED = "correct"
"""The stage that has work with every revision but the first."""


def undone(connection: Connection, stage: str, made_by: str, limit: int) -> list[str]:
    """Ids of the articles that version `made_by` of a stage has to do, first in time first."""
    found = [
        (row.sort_at, row.article)
        for other in _versions(connection, stage)
        if other != made_by
        for row in connection.execute(_LEFT, {"of": stage, "other": other, "most": limit})
    ]
    return [article for _, article in sorted(found)[:limit]]


def _versions(connection: Connection, stage: str) -> Iterator[str]:
    """What made the rows of a stage; one look-up each, where `DISTINCT` would read them all."""
    version: str | None = ""
    while version is not None:
        yield version
        version = connection.scalar(_NEXT_VERSION, {"of": stage, "last": version})


def finish(connection: Connection, stage: str, article: str, revision: int, made_by: str) -> None:
    """Note work as done, unless a newer revision came meanwhile."""
    done = {"of": stage, "of_article": article, "of_revision": revision, "version": made_by}
    connection.execute(_FINISH, done)


def forget(connection: Connection, stage: str, article: str) -> None:
    """Note that a stage is never to come back to an article."""
    connection.execute(_FORGET, {"of": stage, "of_article": article})


_LEFT = (
    select(_work.c.sort_at, _work.c.article)
    .where(_work.c.stage == bindparam("of"), _work.c.made_by == bindparam("other"))
    .order_by(_work.c.sort_at, _work.c.article)
    .limit(bindparam("most"))
)
_NEXT_VERSION = select(func.min(_work.c.made_by)).where(
    _work.c.stage == bindparam("of"), _work.c.made_by > bindparam("last")
)
_FINISH = (
    update(_work)
    .where(
        _work.c.stage == bindparam("of"),
        _work.c.article == bindparam("of_article"),
        _work.c.revision == bindparam("of_revision"),
    )
    .values(made_by=bindparam("version"))
)
_FORGET = delete(_work).where(
    _work.c.stage == bindparam("of"), _work.c.article == bindparam("of_article")
)
_new = insert(_work)
UNDO = _new.on_conflict_do_update(
    index_elements=["stage", "article"],
    set_={name: _new.excluded[name] for name in ("revision", "made_by", "sort_at")},
    where=_new.excluded.revision > _work.c.revision,
)
"""Adds a row of work, or resets one to a newer revision."""
