"""The API: what the newsroom knows, as JSON, read only."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from fastapi import APIRouter, Query, Request, Response

from nutgraf.types import Article, Edition, Feed

if TYPE_CHECKING:
    from nutgraf.newsroom import Newsroom

__all__ = ["SCHEMAS", "components", "router"]

router = APIRouter(prefix="/api", tags=["api"])

SCHEMAS = (Article, Edition, Feed)
"""Public contracts that the OpenAPI description spells out."""

Id = Annotated[str, Query(min_length=1, max_length=2000)]


def components() -> dict[str, Any]:
    """JSON Schemas of the contracts, by name."""
    _, found = msgspec.json.schema_components(SCHEMAS, ref_template="#/components/schemas/{name}")
    return found


def answers(name: str, *, many: bool = False) -> dict[int | str, dict[str, Any]]:
    """What a route's OpenAPI entry says that it answers."""
    one = {"$ref": f"#/components/schemas/{name}"}
    schema = {"type": "array", "items": one} if many else one
    return {200: {"content": {"application/json": {"schema": schema}}}}


@router.get("/editions")
def editions(request: Request, beat: str | None = None) -> Response:
    """Editions, latest first, each with its headlines; `beat` narrows them to one beat."""
    return _json(request, [_summary(edition) for edition in _newsroom(request).editions(beat)])


@router.get("/editions/{id}", responses=answers("Edition"))
def edition(request: Request, id: str) -> Response:
    """One edition, whole, as it was frozen; corrections stand beside its sentences."""
    return _json(request, _newsroom(request).edition(id))


@router.get("/stories/{id}")
def story(request: Request, id: str) -> Response:
    """A story with its memory: its articles, what each edition said of it and what was new."""
    return _json(request, _newsroom(request).story(id))


@router.get("/articles/{id:path}", responses=answers("Article"))
def article(request: Request, id: str) -> Response:
    """An article, its latest revision, by id or address."""
    return _json(request, _newsroom(request).article(id))


@router.get("/search", responses=answers("Article", many=True))
def search(request: Request, q: Id) -> Response:
    """Articles in which the words of `q` occur, newest first."""
    return _json(request, _newsroom(request).search(q))


@router.get("/feeds", responses=answers("Feed", many=True))
def feeds(request: Request) -> Response:
    """The feeds that are followed, with the health of each."""
    return _json(request, _newsroom(request).feeds())


@router.get("/status")
def status(request: Request) -> Response:
    """How much there is of everything, and what was dropped."""
    return _json(request, _newsroom(request).status())


@router.get("/why")
def why(request: Request, subject: Id) -> Response:
    """Why an address, an article or a story was dropped or placed where it is."""
    return _json(request, _newsroom(request).why(subject))


def _newsroom(request: Request) -> Newsroom:
    newsroom: Newsroom = request.app.state.newsroom
    return newsroom


def _summary(edition: Edition) -> dict[str, Any]:
    return {
        "id": edition.id,
        "beat": edition.beat,
        "title": edition.title,
        "number": edition.number,
        "issued_at": edition.issued_at,
        "counts": edition.counts,
        "stories": [
            {"rank": place.rank, "story": place.brief.story, "headline": place.brief.headline.text}
            for place in edition.stories
        ],
    }


def _json(request: Request, value: object) -> Response:
    """A JSON answer with an ETag of its bytes; 304 without a body if the client has them."""
    body = msgspec.json.encode(value)
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"etag": tag, "cache-control": "no-cache"}
    known = request.headers.get("if-none-match", "")
    if known.strip() == "*" or tag in (
        part.strip().removeprefix("W/") for part in known.split(",")
    ):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)
