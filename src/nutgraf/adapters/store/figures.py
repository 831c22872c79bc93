"""Figures: the quantities that articles state."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import asdict
from sqlalchemy import bindparam, delete, select

from nutgraf.adapters.store import schema, work
from nutgraf.adapters.store.articles import chunks, load
from nutgraf.adapters.store.columns import made
from nutgraf.adapters.store.session import Session
from nutgraf.adapters.store.sqlite import insert
from nutgraf.types import Article, Figure, Made

__all__ = ["Figures"]

_figures, _articles = schema.figures, schema.articles

STAGE = "figures"


class Figures(Session):
    """Figures by article revision, in the order they were read."""

    def unmeasured(self, made_by: str, limit: int) -> list[Article]:
        """Latest revisions whose figures were not read by `made_by`, oldest published first."""
        with self._reading() as connection:
            return load(connection, work.undone(connection, STAGE, made_by, limit))

    def save_figures(self, article: Article, figures: Sequence[Figure], made: Made) -> None:
        """Save all figures of a revision, in place of those read of it before."""
        with self._writing() as connection:
            of_revision = {"wanted": article.id, "number": article.revision}
            connection.execute(_CLEAR, of_revision)
            rows = _rows(article, figures, made)
            if rows:
                connection.execute(_IN, rows)
            work.finish(connection, STAGE, article.id, article.revision, made.by)

    def figures(self, articles: Sequence[str]) -> list[Figure]:
        """Figures of latest revisions, article by article in the order given."""
        found: dict[str, list[Figure]] = {article: [] for article in articles}
        with self._reading() as connection:
            for some in chunks(articles):
                for row in connection.execute(_MANY, {"ids": some}):
                    found[row.article].append(Figure(**row._mapping))
        return [figure for figures in found.values() for figure in figures]


def _rows(article: Article, figures: Sequence[Figure], by: Made) -> list[dict[str, object]]:
    same = {"article": article.id, "revision": article.revision} | made(by)
    return [
        asdict(figure) | same | {"position": position} for position, figure in enumerate(figures)
    ]


_CLEAR = delete(_figures).where(
    _figures.c.article == bindparam("wanted"), _figures.c.revision == bindparam("number")
)
_IN = insert(_figures)
_MANY = (
    select(*(_figures.c[name] for name in Figure.__struct_fields__))
    .join_from(
        _figures,
        _articles,
        (_articles.c.id == _figures.c.article) & (_articles.c.revision == _figures.c.revision),
    )
    .where(_figures.c.article.in_(bindparam("ids", expanding=True)))
    .order_by(_figures.c.article, _figures.c.position)
)
