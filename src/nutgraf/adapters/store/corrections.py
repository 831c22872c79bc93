"""Corrections: published sentences that no longer hold, beside the frozen editions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import convert
from msgspec.structs import asdict
from sqlalchemy import BindParameter, bindparam, select, update

from nutgraf.adapters.store import schema, work
from nutgraf.adapters.store.articles import chunks, load
from nutgraf.adapters.store.columns import made
from nutgraf.adapters.store.session import AnyRow, Session
from nutgraf.adapters.store.sqlite import insert
from nutgraf.types import Article, Correction, Made

__all__ = ["Corrections"]

_corrections, _editions = schema.corrections, schema.editions


class Corrections(Session):
    """What was found wrong in which edition, and whether its pages say so yet."""

    def edited(self, made_by: str, limit: int) -> list[Article]:
        """Edited articles whose published sentences `made_by` has still to check again."""
        with self._reading() as connection:
            return load(connection, work.undone(connection, work.EDITED, made_by, limit))

    def save_corrections(
        self, article: Article, corrections: Sequence[Correction], made: Made
    ) -> None:
        """Save what an edit made wrong, together with the mark that the edit was looked at.

        One that is known (edition, story, sentence, revision) stays as it is.
        """
        with self._writing() as connection:
            for one in corrections:
                connection.execute(_SAVE, _values(one, made))
            work.finish(connection, work.EDITED, article.id, article.revision, made.by)

    def corrections(self, editions: Sequence[str]) -> list[Correction]:
        """All of these editions, oldest first."""
        with self._reading() as connection:
            rows = [
                row for some in chunks(editions) for row in connection.execute(_OF, {"ids": some})
            ]
        return [_as_correction(row) for row in sorted(rows, key=lambda row: (row.at, row.id))]

    def corrections_since(self, beat: str, since: datetime) -> list[Correction]:
        """Those of a beat's editions that were found at `since` or later, oldest first."""
        with self._reading() as connection:
            rows = connection.execute(_SINCE, {"of": beat, "since": since})
            return [_as_correction(row) for row in rows]

    def unshown(self) -> list[str]:
        """Ids of the editions whose pages do not show all of their corrections yet."""
        with self._reading() as connection:
            return list(connection.scalars(_UNSHOWN, {"no": False}))

    def show(self, corrections: Sequence[Correction]) -> None:
        """Note that the pages of their editions show these corrections."""
        with self._writing() as connection:
            for one in corrections:
                connection.execute(_SHOW, {f"the_{name}": getattr(one, name) for name in _KEY})


def _values(one: Correction, by: Made) -> dict[str, Any]:
    citations = [asdict(citation) for citation in one.citations]
    return asdict(one) | {"citations": citations, "shown": False, "of": one.edition} | made(by)


def _as_correction(row: AnyRow) -> Correction:
    fields = {name: getattr(row, name) for name in Correction.__struct_fields__}
    return convert(fields, Correction)


_KEY = ("edition", "story", "was", "article", "revision")
_ids: BindParameter[Any] = bindparam("ids", expanding=True)
_COLUMNS = (_corrections.c.id, *(_corrections.c[name] for name in Correction.__struct_fields__))
_IN = _editions.c.id == bindparam("of")
_SAVE = (
    insert(_corrections)
    .values(
        beat=select(_editions.c.beat).where(_IN).scalar_subquery(),
        issued_at=select(_editions.c.issued_at).where(_IN).scalar_subquery(),
    )
    .on_conflict_do_nothing()
)
_OF = select(*_COLUMNS).where(_corrections.c.edition.in_(_ids))
_SINCE = (
    select(*_COLUMNS)
    .where(_corrections.c.beat == bindparam("of"), _corrections.c.at >= bindparam("since"))
    .order_by(_corrections.c.at, _corrections.c.id)
)
_UNSHOWN = (
    select(_corrections.c.edition)
    .distinct()
    .where(_corrections.c.shown == bindparam("no"))
    .order_by(_corrections.c.edition)
)
_SHOW = (
    update(_corrections)
    .where(*(_corrections.c[name] == bindparam(f"the_{name}") for name in _KEY))
    .values(shown=True)
)
