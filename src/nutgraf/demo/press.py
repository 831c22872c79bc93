"""The bundled newsroom on loopback: one server, every outlet, told apart by the Host header."""

import asyncio
import hashlib
import socket
import threading
import time
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from types import TracebackType
from typing import Self

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from nutgraf.demo.articles import DAYS, Outlet, PressArticle, load_press
from nutgraf.demo.pages import FEED_PATHS, Body, Site
from nutgraf.errors import NutgrafError

__all__ = ["DAYS", "Outlet", "Press", "PressArticle", "load_press"]

SLOWNESS = 1.5
"""Seconds that a slow page takes."""
PATIENCE = 10.0
"""Seconds we wait for the server's thread to start or to end."""


class Press:
    """The bundled newsroom, served on loopback.

    A context manager. `port` 0 takes any free port, and `.port` says which once it is entered.
    `.day` is 1 or 2 and may be set between requests. `.requests` lists what was asked, as
    `(method, url, status)`. Entering raises `NutgrafError` if the port is taken.
    """

    def __init__(self, port: int = 0, day: int = 1) -> None:
        self.port = port
        self.day = day
        self.requests: list[tuple[str, str, int]] = []
        self._outlets = {outlet.id: outlet for outlet in load_press()[0]}

    @property
    def day(self) -> int:
        return self._day

    @day.setter
    def day(self, day: int) -> None:
        if day not in (1, 2):
            raise ValueError(f"the bundled newsroom has days 1 and 2, not {day}")
        self._day = day

    def feeds(self) -> list[str]:
        """The address of every outlet's feed."""
        return [self._site(outlet).feed_url for outlet in self._outlets.values()]

    def __enter__(self) -> Self:
        listener = _listen(self.port)
        self.port = listener.getsockname()[1]
        app = Starlette(routes=[Route("/{path:path}", self._answer, methods=["GET", "HEAD"])])
        config = uvicorn.Config(app, log_config=None, lifespan="off", access_log=False)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, args=([listener],), name="press", daemon=True
        )
        self._thread.start()
        self._wait()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.should_exit = True
        self._thread.join(PATIENCE)

    def _wait(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > deadline:
                raise NutgrafError(f"the bundled newsroom did not start on port {self.port}")
            time.sleep(0.01)

    def _site(self, outlet: Outlet) -> Site:
        return Site(outlet, self.port, self.day)

    async def _answer(self, request: Request) -> Response:
        response = await self._respond(request)
        self.requests.append((request.method, str(request.url), response.status_code))
        return response

    async def _respond(self, request: Request) -> Response:
        host = request.url.hostname or ""
        outlet = self._outlets.get(host.removesuffix(".localhost").removeprefix("m."))
        if outlet is None:
            return self._directory(404 if host.endswith(".localhost") else 200)
        site = self._site(outlet)
        body = _fixed(site, request.url.path)
        if body is not None:
            return _conditional(request, body)
        return await _article(request, site)

    def _directory(self, status: int) -> Response:
        """For a person who opens the bare address: whom this newsroom publishes."""
        lines = [f"{o.name}: {self._site(o).base}/" for o in self._outlets.values()]
        return PlainTextResponse("\n".join(["The bundled newsroom", "", *lines, ""]), status)


def _listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise NutgrafError(
            f"the bundled newsroom cannot listen on 127.0.0.1:{port}: {error.strerror}; "
            "choose another port, or 0 for any free one"
        ) from error
    return listener


def _fixed(site: Site, path: str) -> Body | None:
    """The answer at an address that every outlet has, if this is one."""
    if path == "/":
        return site.front()
    if path == "/robots.txt":
        return site.robots()
    if path == FEED_PATHS[site.outlet.feed]:
        return site.feed()
    return None


async def _article(request: Request, site: Site) -> Response:
    path = request.url.path
    amp = path.startswith("/amp/")
    article = _find(site, path.removeprefix("/amp") if amp else path)
    if article is None or (amp and "amp" not in article.aliases):
        return _refuse(site, 404, "There is no such page.")
    if article.behaviour == "slow":
        await asyncio.sleep(SLOWNESS)
    if article.behaviour == "forbidden":
        return _refuse(site, 403, "This page is for people. Our robots say that you are not one.")
    if article.behaviour == "gone" and site.day == 2:
        return _refuse(site, 410, "This article has been withdrawn.")
    if article.moved_path and path == article.path:
        return RedirectResponse(site.url(article), 301)
    return _conditional(request, site.page(article, "amp" if amp else None))


def _find(site: Site, path: str) -> PressArticle | None:
    return next((a for a in site.articles if path in (a.path, a.moved_path)), None)


def _refuse(site: Site, status: int, reason: str) -> Response:
    body = site.refusal(status, reason)
    return Response(body.data, status, media_type=body.media_type)


def _conditional(request: Request, body: Body) -> Response:
    """The body, or 304 to one who has it already."""
    etag = f'"{hashlib.sha256(body.data).hexdigest()[:20]}"'
    headers = {
        "etag": etag,
        "last-modified": format_datetime(body.modified.astimezone(UTC), usegmt=True),
        "cache-control": "max-age=60",
    }
    if _unchanged(request, etag, body.modified):
        return Response(status_code=304, headers=headers)
    return Response(body.data, headers=headers, media_type=body.media_type)


def _unchanged(request: Request, etag: str, modified: datetime) -> bool:
    if known := request.headers.get("if-none-match"):
        return known == "*" or etag in (tag.strip() for tag in known.split(","))
    if since := request.headers.get("if-modified-since"):
        try:
            return modified.replace(microsecond=0) <= parsedate_to_datetime(since)
        except ValueError:
            return False
    return False
