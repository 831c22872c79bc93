"""One request at a time becomes a page or a failure: redirects, politeness, limits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from copy import copy
from types import TracebackType
from typing import Self
from weakref import WeakValueDictionary

import aiohttp
from protego import Protego
from yarl import URL

from nutgraf.adapters.fetch import reasons
from nutgraf.adapters.fetch.address import Resolver, SocketGuard, parse_url
from nutgraf.adapters.fetch.manners import Manners, Rules
from nutgraf.adapters.fetch.redirects import REDIRECTS, Redirect, Trail, host_name
from nutgraf.config import FetchConfig
from nutgraf.errors import FetchFailed
from nutgraf.types import Page, Request

__all__ = ["Client", "Gate"]

_ROBOTS_BYTES = 512_000
"""RFC 9309, 2.5: at least 500 KiB must be read; what is beyond may be left."""
_ACCEPT = (
    "text/html, application/xhtml+xml, application/atom+xml, application/rss+xml, "
    "application/feed+json, application/xml;q=0.9, application/json;q=0.9, "
    "application/pdf;q=0.8, */*;q=0.5"
)


class Gate:
    """Bounds one caller's requests: `slots` bodies at a time, of each host one."""

    def __init__(self, slots: int) -> None:
        self.slots = asyncio.Semaphore(slots)
        self.queues: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()


class Client:
    """The asynchronous half of `HttpFetcher`; lives in one event loop."""

    def __init__(self, config: FetchConfig, manners: Manners) -> None:
        self._config = config
        self._manners = manners
        self._agent = config.user_agent.partition("/")[0].strip() or "*"
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        # robots.txt has a gate of its own: pages that nobody has taken yet must not keep it out.
        self._robots_gate = Gate(config.connections)

    async def __aenter__(self) -> Self:
        config = self._config
        half = config.timeout / 2
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=config.connections,
                resolver=Resolver(),
                socket_factory=SocketGuard(allow_private=config.allow_private),
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={
                "User-Agent": config.user_agent,
                "Accept": _ACCEPT,
                "Accept-Encoding": "gzip, deflate, br",
            },
            timeout=aiohttp.ClientTimeout(total=config.timeout, sock_connect=half, sock_read=half),
            # Some news sites send more in one security header than aiohttp takes by default.
            max_line_size=32_768,
            max_field_size=65_536,
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._session.close()

    async def get(self, request: Request, gate: Gate) -> Page:
        """The page, with one of the gate's slots, which the caller gives back.

        Raises `FetchFailed`; then no slot is held.
        """
        return await self._follow(request, gate, robots=False)

    async def _follow(self, request: Request, gate: Gate, *, robots: bool) -> Page:
        url = parse_url(request.url)
        trail = Trail(url)
        for _ in range(self._config.max_redirects + 1):
            delay = self._config.delay
            if self._config.respect_robots and not robots:
                delay = max(delay, await self._permit(url))
            async with self._turn(host_name(url), delay, gate):
                answer = await self._ask(url, request, trail, robots=robots)
            if isinstance(answer, Page):
                return answer
            gate.slots.release()
            trail.step(url, answer)
            url = answer.to
        raise FetchFailed("too many redirects", f"more than {self._config.max_redirects}")

    @asynccontextmanager
    async def _turn(self, host: str, delay: float, gate: Gate) -> AsyncIterator[None]:
        """Wait until it is our turn at the host, and take a slot, kept if all goes well.

        The order is what keeps callers from blocking each other for good: of one host, one
        request of a caller wants a slot; who has a slot waits only for a request under way.
        """
        async with _lock(gate.queues, host):
            await asyncio.sleep(self._manners.wait(host))
            await gate.slots.acquire()
            try:
                async with _lock(self._locks, host):
                    await asyncio.sleep(self._manners.wait(host))
                    try:
                        yield
                    finally:
                        self._manners.asked(host, delay)
            except BaseException:
                gate.slots.release()
                raise

    async def _ask(
        self, url: URL, request: Request, trail: Trail, *, robots: bool
    ) -> Page | Redirect:
        """One request, one answer. Raises `FetchFailed`."""
        host = host_name(url)
        if shut := self._manners.shut_for(host):
            words = f"{host} asked to be left alone for {shut:.0f} s"
            raise FetchFailed(
                "too many requests", words, status=429, retry_after=shut, passing=True
            )
        try:
            async with self._session.get(
                url,
                allow_redirects=False,
                headers=_conditions(request),
                cookies=trail.cookies.get(host),
            ) as response:
                return await self._read(url, request, trail, response, robots=robots)
        except FetchFailed as failure:
            if failure.retry_after:
                self._manners.shut(host, failure.retry_after)
            raise
        except Exception as error:  # whatever a server can provoke is that request's failure
            raise reasons.for_error(error, host) from error

    async def _read(
        self,
        url: URL,
        request: Request,
        trail: Trail,
        response: aiohttp.ClientResponse,
        *,
        robots: bool,
    ) -> Page | Redirect:
        status, headers, host = response.status, response.headers, host_name(url)
        if status in REDIRECTS and "Location" in headers:
            return Redirect(url, response)
        conditional = bool(request.etag or request.modified)
        if not (200 <= status < 300 or (status == 304 and conditional)):
            raise reasons.for_status(status, host, headers)
        kind = headers.get("Content-Type", "")
        body = b""
        if robots:
            body = await _body(response, _ROBOTS_BYTES)
        elif status != 304:
            reasons.refuse_type(kind, host)
            body = await _body(response, self._config.max_bytes + 1)
            if len(body) > self._config.max_bytes:
                words = f"{host} sent more than {self._config.max_bytes:,} bytes"
                raise FetchFailed("too large", words, status=status)
        return Page(
            url=str(url) if trail.hops else request.url,
            status=status,
            body=body,
            content_type=kind,
            etag=headers.get("ETag", request.etag if status == 304 else ""),
            modified=headers.get("Last-Modified", request.modified if status == 304 else ""),
            moved_to=str(url) if trail.hops and trail.permanent else "",
        )

    async def _permit(self, url: URL) -> float:
        """Seconds between requests that the site's robots.txt asks for.

        Raises `FetchFailed` when it forbids the URL, or can't be had for now.
        """
        origin = str(url.origin())
        async with _lock(self._locks, f"robots {origin}"):
            rules = self._manners.rules(origin) or await self._learn(origin)
        if rules.failure:
            raise copy(rules.failure)  # a fresh one: each raise adds to a traceback
        if not rules.allow(str(url), self._agent):
            raise FetchFailed("robots.txt disallows", str(url))
        return rules.delay(self._agent)

    async def _learn(self, origin: str) -> Rules:
        gate = self._robots_gate
        try:
            request = Request(key="", url=f"{origin}/robots.txt")
            page = await self._follow(request, gate, robots=True)
            gate.slots.release()
        except FetchFailed as failure:
            return self._manners.learn(origin, None, _without_robots(failure))
        text = page.body.decode("utf-8-sig", "replace")
        return self._manners.learn(origin, Protego.parse(text.replace("\0", "")))


def _without_robots(failure: FetchFailed) -> FetchFailed | None:
    """What a failed robots.txt means for the site's pages; None: all is allowed.

    RFC 9309, 2.3.1: a 4xx allows all, a 5xx or no answer forbids all for now. 429 counts as the
    latter: the host asks for fewer requests. A host that can't be reached at all would say the
    same of its pages, so its pages fail for that reason.
    """
    status = failure.status or 0
    unavailable = status >= 500 or failure.reason in ("too many requests", "timed out")
    if unavailable:
        return FetchFailed(
            "robots.txt unavailable",
            failure.detail,
            status=failure.status,
            retry_after=failure.retry_after,
            passing=True,
        )
    answered = status or failure.reason in ("too many redirects", "insecure redirect")
    return None if answered else failure


def _lock(locks: WeakValueDictionary[str, asyncio.Lock], key: str) -> asyncio.Lock:
    """The key's lock; it lives as long as somebody holds it or waits."""
    return locks.setdefault(key, asyncio.Lock())


def _conditions(request: Request) -> dict[str, str]:
    headers = {"If-None-Match": request.etag, "If-Modified-Since": request.modified}
    return {name: value for name, value in headers.items() if value}


async def _body(response: aiohttp.ClientResponse, limit: int) -> bytes:
    """At most `limit` bytes, decompressed piece by piece; the rest is never read."""
    body = bytearray()
    async for piece in response.content.iter_any():
        body += piece
        if len(body) >= limit:
            response.close()
            break
    return bytes(body[:limit])
