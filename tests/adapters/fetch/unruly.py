"""A real HTTP server on loopback that can misbehave in every way the tests ask for."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field


@dataclass
class Asked:
    """One request as the server saw it, with the means to answer."""

    host: str
    path: str
    headers: dict[str, str]
    writer: asyncio.StreamWriter

    async def send(
        self, body: bytes = b"", status: int = 200, length: int | None = None, **headers: str
    ) -> None:
        """An answer; `length` lies about its length."""
        lines = [
            f"HTTP/1.1 {status} X",
            f"Content-Length: {len(body) if length is None else length}",
        ]
        headers.setdefault("content_type", "text/html")
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        await self.raw("\r\n".join(lines).encode() + b"\r\n\r\n" + body)

    async def raw(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()


Handler = Callable[[Asked], Awaitable[None]]


@dataclass
class Server:
    """Handlers by path; a path without one is not found. Knows what was asked, and how many
    requests of one host were under way together."""

    port: int = 0
    handlers: dict[str, Handler] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    open: Counter[str] = field(default_factory=Counter)
    most: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    most_in_all: int = 0

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def on(self, path: str, body: bytes = b"", status: int = 200, **headers: str) -> str:
        """Answer `path` always the same way; its URL."""

        async def handler(asked: Asked) -> None:
            await asked.send(body, status, **headers)

        self.handlers[path] = handler
        return self.url(path)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                await self.answer(head.decode("latin-1"), writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def answer(self, head: str, writer: asyncio.StreamWriter) -> None:
        first, *lines = head.strip().split("\r\n")
        headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines)}
        host = headers["host"].rpartition(":")[0]
        path = first.split()[1]
        self.asked.append((host, path))
        self.headers[path] = headers
        self.open[host] += 1
        self.most[host] = max(self.most[host], self.open[host])
        self.most_in_all = max(self.most_in_all, self.open.total())
        try:
            asked = Asked(host, path, headers, writer)
            handler = self.handlers.get(f"{host}{path}") or self.handlers.get(path)
            await (handler(asked) if handler else asked.send(b"nothing here", 404))
        finally:
            self.open[host] -= 1
