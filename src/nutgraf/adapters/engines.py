"""Engines: where a stage's function runs, in this process or in a pool of them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from types import TracebackType
from typing import Self, TypeVar

from nutgraf.errors import Dropped

__all__ = ["InlineEngine", "PoolEngine", "engine"]

T = TypeVar("T")
R = TypeVar("R")


def engine(workers: int) -> InlineEngine | PoolEngine:
    """The engine for so many processes; 1 or fewer is this one."""
    return PoolEngine(workers) if workers > 1 else InlineEngine()


class InlineEngine:
    """Runs each item in this process, when it is asked for."""

    def map(
        self, function: Callable[[T], R], items: Iterable[T]
    ) -> Iterator[tuple[T, R | Dropped]]:
        """See `protocols.Engine`."""
        for item in items:
            try:
                yield item, function(item)
            except Dropped as error:
                yield item, error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None


class PoolEngine:
    """Runs items in worker processes, a bounded number ahead of the reader.

    Workers are replaced after `recycle` items, because the caches of HTML extraction libraries
    grow. An item whose worker dies (out of memory, a crash in C code) is dropped with that
    reason; the others that were under way are run again, each in a process of its own.
    """

    def __init__(self, workers: int, recycle: int = 1000) -> None:
        self._workers = workers
        self._recycle = recycle
        self._pool = self._open(workers)

    def _open(self, workers: int) -> ProcessPoolExecutor:
        # fork would copy the fetcher's thread and the database connection in mid-use.
        return ProcessPoolExecutor(
            workers, mp_context=get_context("spawn"), max_tasks_per_child=self._recycle
        )

    def map(
        self, function: Callable[[T], R], items: Iterable[T]
    ) -> Iterator[tuple[T, R | Dropped]]:
        """See `protocols.Engine`."""
        source = iter(items)
        ahead: deque[tuple[T, Future[R]]] = deque()
        while True:
            while len(ahead) < 2 * self._workers:
                try:
                    item = next(source)
                except StopIteration:
                    break
                ahead.append((item, self._submit(function, item)))
            if not ahead:
                return
            item, future = ahead.popleft()
            try:
                yield item, future.result()
            except Dropped as error:
                yield item, error
            except BrokenProcessPool:
                yield item, self._alone(function, item)

    def _submit(self, function: Callable[[T], R], item: T) -> Future[R]:
        try:
            return self._pool.submit(function, item)
        except BrokenProcessPool:
            self._pool.shutdown(wait=False)
            self._pool = self._open(self._workers)
            return self._pool.submit(function, item)

    def _alone(self, function: Callable[[T], R], item: T) -> R | Dropped:
        """Run an item that was under way when the pool broke; it may or may not be the culprit."""
        with self._open(1) as pool:
            try:
                return pool.submit(function, item).result()
            except Dropped as error:
                return error
            except BrokenProcessPool:
                return Dropped("crashed its worker", "the process that worked on it died")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.shutdown(cancel_futures=True)
