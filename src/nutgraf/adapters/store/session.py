"""Connections and transactions: what the part of the store for each noun stands on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, TypeAlias

from sqlalchemy import Connection, Engine, Row
from sqlalchemy.pool import StaticPool

from nutgraf.adapters.store import sqlite

__all__ = ["AnyRow", "Session"]

AnyRow: TypeAlias = "Row[*tuple[Any, ...]]"


class Session:
    """A thread's calls inside `transaction()` share one connection; outside each has its own."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._name = name
        self._thread = threading.local()
        # A database in memory is one connection: threads take turns.
        alone = isinstance(engine.pool, StaticPool)
        self._turn: AbstractContextManager[object] = threading.RLock() if alone else nullcontext()

    def close(self) -> None:
        """Let go of the file. The store is not used after that."""
        self._engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Group several calls: all of them happen or none.

        One inside another joins it, as do single calls; what fails inside and is caught there
        is undone alone.
        """
        with self._writing():
            yield

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        outer = self._current()
        with sqlite.explained(self._name):
            if outer is None:
                with self._begin(write=True) as connection:
                    yield connection
            else:
                with sqlite.savepoint(outer):
                    yield outer

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        outer = self._current()
        with sqlite.explained(self._name):
            if outer is None:
                with self._begin(write=False) as connection:
                    yield connection
            else:
                yield outer

    def _current(self) -> Connection | None:
        return getattr(self._thread, "connection", None)

    @contextmanager
    def _begin(self, *, write: bool) -> Iterator[Connection]:
        with (
            self._turn,
            self._engine.connect() as connection,
            sqlite.transaction(connection, write=write),
        ):
            self._thread.connection = connection
            try:
                yield connection
            finally:
                self._thread.connection = None
