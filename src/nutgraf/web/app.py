"""The server: pages and API over one newsroom, read only.

Nothing is written here and nothing is rendered that an edition's folder holds: web, mail, feed
and API all read the same frozen edition.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from nutgraf import __version__
from nutgraf.errors import NotFound, NutgrafError
from nutgraf.render import render_message
from nutgraf.web import api, pages

if TYPE_CHECKING:
    from nutgraf.newsroom import Newsroom

__all__ = ["create_app"]

_HEADERS = {
    # Nothing inline and nothing from elsewhere: markup that slipped in could do nothing.
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}


def create_app(newsroom: Newsroom) -> FastAPI:
    """The ASGI application of one newsroom; run it with uvicorn."""
    app = FastAPI(
        title=newsroom.config.site.title, version=__version__, docs_url=None, redoc_url=None
    )
    app.state.newsroom = newsroom
    app.include_router(api.router)
    app.include_router(pages.router)
    app.mount("/editions", pages.EditionFiles(directory=newsroom.out, html=True, check_dir=False))
    app.add_middleware(_Headers)
    app.add_exception_handler(NotFound, _not_found)
    app.add_exception_handler(NutgrafError, _unusable)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]
    return app


class _Headers:
    """Adds the headers that every answer carries."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


def _openapi(app: FastAPI) -> dict[str, Any]:
    """FastAPI's description with the schemas of the public contracts, made once."""
    if not app.openapi_schema:
        made = get_openapi(title=app.title, version=app.version, routes=app.routes)
        made.setdefault("components", {}).setdefault("schemas", {}).update(api.components())
        app.openapi_schema = made
    return app.openapi_schema


def _say(request: Request, status: int, message: str) -> Response:
    """One clear line: as JSON under /api, as a page elsewhere."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": message}, status)
    title = "Not found" if status == 404 else HTTPStatus(status).phrase
    site = request.app.state.newsroom.config.site
    return HTMLResponse(render_message(title, message, site, root="/assets/"), status)


def _not_found(request: Request, error: Exception) -> Response:
    return _say(request, 404, str(error))


def _unusable(request: Request, error: Exception) -> Response:
    return _say(request, 503, str(error))


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return _say(request, 404, "There is no page at this address.")
    return _say(request, error.status_code, str(error.detail))


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    return _say(request, 422, f"{first['loc'][-1]}: {first['msg']}")
