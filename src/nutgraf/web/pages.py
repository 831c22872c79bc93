"""The pages: the editions' own folders as they lie on disk, and the ways into them."""

from __future__ import annotations

import os
from pathlib import PurePosixPath
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from nutgraf.errors import NotFound
from nutgraf.render import render_message
from nutgraf.render.environment import asset, page
from nutgraf.render.links import story_path
from nutgraf.render.site import ASSETS
from nutgraf.types import Edition

__all__ = ["EditionFiles", "router"]

router = APIRouter(include_in_schema=False)

_TYPES = {
    ".atom": "application/atom+xml",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".eml": "message/rfc822",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
}


class EditionFiles(StaticFiles):
    """The folder of the editions: the kinds of file an edition has, and nothing else.

    Conditional requests are Starlette's, and so is the guard against leaving the folder.
    """

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Raises `HTTPException` 404 for hidden files and for kinds no edition has."""
        pure = PurePosixPath(path.replace(os.sep, "/"))
        if any(part.startswith(".") for part in pure.parts):
            raise HTTPException(404)
        response = await super().get_response(path, scope)
        suffix = PurePosixPath(getattr(response, "path", path)).suffix
        if response.status_code == 200:
            if suffix not in _TYPES:
                raise HTTPException(404)
            response.headers["content-type"] = _TYPES[suffix]
        response.headers["cache-control"] = "no-cache"
        return response


@router.get("/")
def home(request: Request) -> Response:
    """To the latest edition, if there is one beat; else to the list of editions."""
    editions = _editions(request)
    if not editions:
        title, site = "No edition yet", request.app.state.newsroom.config.site
        message = "nutgraf update reads the feeds, nutgraf issue makes the first edition."
        return HTMLResponse(render_message(title, message, site, root="assets/"))
    if len({edition.beat for edition in editions}) == 1:
        return RedirectResponse(f"editions/{quote(editions[0].id)}/")
    return RedirectResponse("editions/")


@router.get("/stories/{id}")
def permalink(request: Request, id: str) -> Response:
    """To the page of a story in the latest edition that tells it. Raises `NotFound`.

    The address of a story that was merged into another leads to that one.
    """
    for told in request.app.state.newsroom.told(id)[:1]:
        return RedirectResponse(f"../editions/{quote(told.edition)}/{story_path(told.story)}")
    raise NotFound(f"no edition has told a story {id[:80]!r}; `nutgraf story` shows its articles")


@router.get("/assets/{name}")
def assets(name: str) -> Response:
    """Style sheet and script of the pages that belong to no edition."""
    if name not in ASSETS:
        raise NotFound("no such file")
    return Response(asset(name), headers={"content-type": _TYPES[PurePosixPath(name).suffix]})


@router.get("/api")
def api(request: Request) -> Response:
    """The API on one readable page, made of its own description."""
    paths = request.app.openapi()["paths"]
    site = request.app.state.newsroom.config.site
    return HTMLResponse(page("api.html", root="assets/", site=site, paths=paths))


def _editions(request: Request) -> list[Edition]:
    editions: list[Edition] = request.app.state.newsroom.editions()
    return editions
