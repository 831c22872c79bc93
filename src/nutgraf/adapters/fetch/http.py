"""Pages over HTTP: synchronous outside, asyncio in a background thread."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from nutgraf.config import FetchConfig
from nutgraf.errors import Dropped, FetchFailed
from nutgraf.types import Page, Request

if TYPE_CHECKING:
    from nutgraf.adapters.fetch.client import Client
    from nutgraf.adapters.fetch.manners import Manners

__all__ = ["HttpFetcher"]

_AHEAD = 16
"""Requests taken ahead for each connection, so that hosts which must wait don't block others."""


class HttpFetcher:
    """Fetches politely: robots.txt, one request a host at a time, a delay between two.

    A thread with an event loop runs while at least one `fetch` is open, and is shared by all of
    them, from whichever threads they are called; what is known of hosts (their robots.txt, when
    they may be asked again) lasts as long as the fetcher.
    """

    def __init__(self, config: FetchConfig | None = None) -> None:
        self._config = config or FetchConfig()
        self._manners: Manners | None = None
        self._loop: _Loop | None = None
        self._users = 0
        self._change = threading.Lock()

    def fetch(self, requests: Iterable[Request]) -> Iterator[tuple[Request, Page | Dropped]]:
        """See `protocols.Fetcher`. `requests` is read in the caller's thread.

        At most `connections` bodies wait to be taken. Closing the iterator stops what is under
        way.
        """
        with self._running() as loop:
            call = _Call(loop, self._config.connections)
            try:
                yield from self._answers(iter(requests), call)
            finally:
                call.cancel()

    def _answers(
        self, requests: Iterator[Request], call: _Call
    ) -> Iterator[tuple[Request, Page | Dropped]]:
        room = _AHEAD * self._config.connections
        waiting, more = 0, True
        while more or waiting:
            if more and waiting < room and not (waiting and call.ready()):
                request = next(requests, None)
                if request is None:
                    more = False
                else:
                    call.submit(request)
                    waiting += 1
                continue
            yield call.take()
            waiting -= 1

    @contextmanager
    def _running(self) -> Iterator[_Loop]:
        with self._change:
            if self._loop is None:
                self._loop = self._start()
            self._users += 1
            loop = self._loop
        try:
            yield loop
        finally:
            with self._change:
                self._users -= 1
                last = self._users == 0
                if last:
                    self._loop = None
            if last:
                loop.stop()

    def _start(self) -> _Loop:
        # aiohttp takes a quarter of a second to import: not before it is needed.
        from nutgraf.adapters.fetch.client import Client
        from nutgraf.adapters.fetch.manners import Manners

        self._manners = self._manners or Manners()
        return _Loop(Client(self._config, self._manners))


class _Loop:
    """An event loop in a daemon thread, with an open client."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.loop = asyncio.new_event_loop()
        self._done = asyncio.Event()
        self._thread = threading.Thread(target=self._main, name="fetcher", daemon=True)
        self._thread.start()

    def _main(self) -> None:
        asyncio.set_event_loop(self.loop)
        try:
            self.loop.run_until_complete(self._live())
        finally:
            self.loop.close()

    async def _live(self) -> None:
        async with self.client:
            await self._done.wait()
            left = asyncio.all_tasks() - {asyncio.current_task()}
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)

    def stop(self) -> None:
        """Cancel everything and end the thread."""
        self.loop.call_soon_threadsafe(self._done.set)
        # A forgotten iterator may be collected in this very thread.
        if threading.current_thread() is not self._thread:
            self._thread.join()


class _Call:
    """The requests of one `fetch`, seen from the caller's thread."""

    def __init__(self, loop: _Loop, slots: int) -> None:
        from nutgraf.adapters.fetch.client import Gate

        self._loop = loop
        self._gate = Gate(slots)
        self._answers: queue.SimpleQueue[tuple[Request, Page | Dropped]] = queue.SimpleQueue()
        self._tasks: set[asyncio.Task[None]] = set()

    def submit(self, request: Request) -> None:
        self._loop.loop.call_soon_threadsafe(self._spawn, request)

    def ready(self) -> bool:
        return not self._answers.empty()

    def take(self) -> tuple[Request, Page | Dropped]:
        """The next answer, waiting for it; its slot is free again."""
        request, answer = self._answers.get()
        if isinstance(answer, Page):
            self._loop.loop.call_soon_threadsafe(self._gate.slots.release)
        return request, answer

    def cancel(self) -> None:
        self._loop.loop.call_soon_threadsafe(self._cancel)

    def _cancel(self) -> None:
        for task in self._tasks:
            task.cancel()

    def _spawn(self, request: Request) -> None:
        task = self._loop.loop.create_task(self._answer(request))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, request: Request) -> None:
        try:
            answer: Page | Dropped = await self._loop.client.get(request, self._gate)
        except Dropped as failure:
            answer = failure
        except Exception as error:  # a defect of ours must not leave the caller waiting
            answer = FetchFailed("broken answer", f"{type(error).__name__}: {error}"[:200])
        self._answers.put((request, answer))
