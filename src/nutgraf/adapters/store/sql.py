"""The store as a whole, and how one is opened."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import func, select

from nutgraf.adapters.store import migrate, schema, sqlite
from nutgraf.adapters.store.answers import Answers
from nutgraf.adapters.store.articles import Articles
from nutgraf.adapters.store.corrections import Corrections
from nutgraf.adapters.store.drops import Drops
from nutgraf.adapters.store.editions import Editions
from nutgraf.adapters.store.feeds import Feeds
from nutgraf.adapters.store.figures import Figures
from nutgraf.adapters.store.moves import Moves
from nutgraf.adapters.store.origins import Origins
from nutgraf.adapters.store.pages import Pages
from nutgraf.adapters.store.stories import Stories
from nutgraf.adapters.store.vectors import Vectors
from nutgraf.adapters.store.window import Memory
from nutgraf.errors import StoreError

__all__ = ["SqlStore", "open_store"]


class SqlStore(
    Feeds, Pages, Articles, Origins, Vectors, Answers, Memory, Stories, Moves, Figures, Editions,
    Corrections, Drops,
):  # fmt: skip
    """The `Store` of the protocols, on SQLAlchemy. Open one with `open_store`.

    Threads may share it: each has its own connection and its own transaction.
    """

    def counts(self) -> dict[str, int]:
        """Rows by noun, and how many stories are open."""
        tables = [table for table in schema.metadata.sorted_tables if table.name in _COUNTED]
        tables.sort(key=lambda table: _COUNTED.index(table.name))
        is_open = schema.stories.c.state == "open"
        with self._reading() as connection:
            counted = {
                table.name: connection.scalar(select(func.count()).select_from(table)) or 0
                for table in tables
            }
            open_stories = select(func.count()).select_from(schema.stories).where(is_open)
            return counted | {"open_stories": connection.scalar(open_stories) or 0}

    def backup(self, path: str | Path) -> None:
        """Copy the database to `path`, safely while others write to it.

        The file stands there whole or not at all; an older one is replaced. Raises `StoreError`.
        """
        with self._reading() as connection:
            sqlite.backup(connection, Path(path), self._name)

    def check(self) -> list[str]:
        """What is wrong inside the database, a line each; empty if nothing is."""
        found: list[str] = []
        try:
            with self._writing() as connection:
                found += sqlite.check(connection)
        except StoreError:
            # A damaged index may refuse even the end of a transaction that wrote nothing.
            if not found:
                raise
        return found


_COUNTED = [
    "feeds", "entries", "pages", "articles", "revisions", "aliases", "origins", "stories",
    "placements", "figures", "editions", "corrections",
    "drops",
]  # fmt: skip


def open_store(url_or_path: str | Path, *, busy_timeout: float = 5.0) -> SqlStore:
    """Open the database at a path or `sqlite:` URL; create and upgrade it as needed.

    `":memory:"` is a database that ends with the store. `busy_timeout` is how many seconds a
    write waits for another process to finish its own. Raises `StoreError`: missing folder,
    unwritable, not a database, of a newer version, locked.
    """
    path = _path_of(url_or_path)
    if path is not None and not path.parent.is_dir():
        raise StoreError(f"{path}: there is no folder {path.parent}; create it first")
    name = str(path or "the database in memory")
    engine = sqlite.engine(path, busy_timeout)
    try:
        migrate.to_head(engine, name)
    except BaseException:
        engine.dispose()
        raise
    return SqlStore(engine, name)


def _path_of(url_or_path: str | Path) -> Path | None:
    """The file to open; None is memory."""
    text = str(url_or_path)
    if isinstance(url_or_path, str) and "://" in text:
        scheme, _, text = text.partition(":///")
        if scheme != "sqlite":
            raise StoreError(f"{url_or_path.split('@')[-1]}: only SQLite databases can be opened")
    return Path(text) if text not in ("", ":memory:") else None
