"""All that is SQLite's own: opening, locking, errors, full text, backup, checks."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool, StaticPool

from nutgraf.adapters.store.columns import clean
from nutgraf.errors import StoreError

__all__ = [
    "backup",
    "check",
    "engine",
    "explained",
    "index_text",
    "insert",
    "is_empty",
    "matches",
    "savepoint",
    "share_bands",
    "transaction",
]

_PRAGMAS = """
    synchronous = NORMAL
    foreign_keys = ON
    temp_store = MEMORY
    cache_size = -16000
    journal_size_limit = 67108864
"""


def engine(path: Path | None, busy_timeout: float) -> Engine:
    """An engine on a file, or on memory (None); nothing is opened yet."""
    made = create_engine(
        URL.create("sqlite", database=str(path) if path else ":memory:"),
        connect_args={
            "timeout": busy_timeout,
            "check_same_thread": False,
            "cached_statements": 256,
        },
        **({"poolclass": QueuePool, "max_overflow": -1} if path else {"poolclass": StaticPool}),
    )

    def connected(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
        # The driver would begin transactions by itself, late and never for DDL.
        connection.isolation_level = None
        _set_up(connection, busy_timeout)

    event.listen(made, "connect", connected)
    return made


def _set_up(connection: sqlite3.Connection, busy_timeout: float) -> None:
    give_up = time.monotonic() + busy_timeout
    while True:
        # SQLite does not wait by itself where two processes make a new file WAL.
        try:
            connection.execute("PRAGMA journal_mode = WAL").close()
            break
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > give_up:
                raise
            time.sleep(0.01)
    for pragma in _PRAGMAS.strip().splitlines():
        connection.execute(f"PRAGMA {pragma}").close()


@contextmanager
def transaction(connection: Connection, *, write: bool) -> Iterator[None]:
    """One that begins at once: a writer that read before it took its lock could not wait for it."""
    with connection.begin():
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
        yield


@contextmanager
def savepoint(connection: Connection) -> Iterator[None]:
    """A part of a transaction that is undone alone when it raises."""
    # Straight to the driver: each call of the store inside a transaction passes here.
    driver: Any = connection.connection.dbapi_connection
    driver.execute("SAVEPOINT part")
    try:
        yield
    except BaseException:
        # A full disk ends the whole transaction; then there is no savepoint to return to.
        with suppress(sqlite3.Error):
            driver.execute("ROLLBACK TO part")
            driver.execute("RELEASE part")
        raise
    driver.execute("RELEASE part")


_COMPLAINTS = (
    ("locked", "another process is writing to it; wait for it or stop it, then try again"),
    ("busy", "another process is writing to it; wait for it or stop it, then try again"),
    ("not a database", "this file is not a Nutgraf database; name another one"),
    ("malformed", "the database is damaged; put a backup in its place"),
    ("could not decode", "the database is damaged; put a backup in its place"),
    ("readonly", "cannot be written; check the rights of the file and of its folder"),
    (
        "unable to open",
        "cannot be opened; check that it is a file, and its and its folder's rights",
    ),
    ("disk is full", "the disk is full; make room, then try again"),
    ("disk i/o", "the disk reports an error; check it, and put a backup in its place"),
)


@contextmanager
def explained(name: str) -> Iterator[None]:
    """Turn the driver's errors into a `StoreError` that names the file and what to do."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        said = str(error.orig if isinstance(error, DBAPIError) else error)
        for words, advice in _COMPLAINTS:
            if words in said.lower():
                raise StoreError(f"{name}: {advice}") from error
        raise StoreError(f"{name}: {said}") from error
    except StatementError as error:
        # A value that its column refused: SQLAlchemy wraps it in the whole statement.
        raise (error.orig or error) from None


def is_empty(connection: Connection) -> bool:
    """Whether there is nothing at all in the database."""
    return not connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar()


# --- full text -------------------------------------------------------------------------------


def index_text(
    connection: Connection, id: int, title: str, text: str, old: Iterable[Any] | None
) -> None:
    """Make revision `id` findable in place of `old` (id, title, text)."""
    if old is not None:
        # The index keeps no copy of the text: what is taken out has to be said again.
        connection.exec_driver_sql(
            "INSERT INTO search (search, rowid, title, text) VALUES ('delete', ?, ?, ?)", tuple(old)
        )
    connection.exec_driver_sql(
        "INSERT INTO search (rowid, title, text) VALUES (?, ?, ?)", (id, title, text)
    )


def matches(connection: Connection, query: str, limit: int) -> Sequence[int]:
    """Ids of the revisions with all words of `query`, the last stored first.

    Each word is quoted, so that none is read as an operator.
    """
    words = [word for word in clean(query).split() if any(map(str.isalnum, word))]
    if not words:
        return []
    quoted = " ".join('"' + word.replace('"', '""') + '"' for word in words)
    return (
        connection.exec_driver_sql(
            "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?",
            (quoted, limit),
        )
        .scalars()
        .all()
    )


# --- near-duplicates -------------------------------------------------------------------------


def share_bands(connection: Connection, article: str, keys: Iterable[int]) -> None:
    """Put an article into bands. Twenty rows an article: mapping their names would cost most."""
    rows = [(key, article) for key in keys]
    connection.exec_driver_sql("INSERT OR IGNORE INTO bands (key, article) VALUES (?, ?)", rows)


# --- upkeep ----------------------------------------------------------------------------------


def backup(connection: Connection, path: Path, name: str) -> None:
    """Copy the database to `path` in one step, through a file beside it."""
    beside = path.with_name(path.name + ".part")
    if not path.parent.is_dir():
        raise StoreError(f"{path}: there is no folder {path.parent}; create it first")
    if path.exists() and Path(name).exists() and path.samefile(name):
        raise StoreError(f"{path}: is the database itself; name another file for the backup")
    source: Any = connection.connection.dbapi_connection
    try:
        with explained(str(path)), closing(sqlite3.connect(beside)) as target:
            source.backup(target)
        beside.replace(path)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written: {error.strerror}") from error
    finally:
        beside.unlink(missing_ok=True)


def check(connection: Connection) -> list[str]:
    """Complaints of SQLite about pages, foreign keys and the full-text index."""
    found: list[str] = []
    for what, statement in _CHECKS.items():
        try:
            rows = connection.exec_driver_sql(statement)
            said = [tuple(row) for row in rows] if rows.returns_rows else []
        except DBAPIError as error:
            said = [(str(error.orig),)]
        found += [f"{what}: " + " ".join(map(str, row)) for row in said if row != ("ok",)]
    return found


_CHECKS = {
    "pages": "PRAGMA integrity_check",
    "row that refers to nothing (table, row, of)": (
        'SELECT "table", rowid, parent FROM pragma_foreign_key_check'
    ),
    # Compares the index with the latest revisions themselves.
    "full text": "INSERT INTO search (search, rank) VALUES ('integrity-check', 1)",
}
