"""Who first reported what: in words for one source, as a small tree for all of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from nutgraf.render.links import safe_url
from nutgraf.render.phrases import moment
from nutgraf.types import Source

__all__ = ["Family", "Line", "families", "outlet", "provenance", "reporter"]

_AN_ID = re.compile(r"(?=.*\d)[a-z0-9:_-]{8,}")
_HOW = {
    "copy": "repeats {} nearly word for word",
    "wire": "from {}’s wire report",
    "second-hand": "reported by {}, at second hand",
    "press": "from a press release by {}",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A source as the list of sources shows it; `url` is empty unless it may be linked."""

    outlet: str
    title: str
    url: str
    when: str
    how: str


@dataclass(frozen=True, slots=True)
class Family:
    """One origin: its own report, where we read it, and the sources that lead back to it."""

    name: str
    head: Line | None
    members: list[Line]


def outlet(source: Source) -> str:
    """Who published a source: its name, else its host, else its id."""
    if source.publisher:
        return source.publisher
    try:
        host = urlsplit(source.url or "").hostname or ""
    except ValueError:
        host = ""
    return host.removeprefix("www.") or source.article


def provenance(source: Source, sources: Mapping[str, Source]) -> str:
    """How a source came by what it says: `reported by Reuters, at second hand`."""
    if source.how not in _HOW or source.origin == source.article:
        return "its own report"
    return _HOW[source.how].format(_name(source.origin, sources))


def reporter(source: Source, sources: Mapping[str, Source]) -> str:
    """Who first reported what a source says, as far as it has a name."""
    if source.origin in sources or not _AN_ID.fullmatch(source.origin):
        return _name(source.origin, sources) or outlet(source)
    return outlet(source)


def families(sources: list[Source], issued: datetime) -> list[Family]:
    """The sources by origin, the origin that feeds most first."""
    known = {source.article: source for source in sources}
    lines = {key: _line(source, known, issued) for key, source in known.items()}
    found: dict[str, list[Source]] = {}
    for source in sources:
        found.setdefault(source.origin or source.article, []).append(source)
    trees = [
        Family(
            name=_name(origin, known),
            head=lines.get(origin),
            members=[lines[source.article] for source in members if source.article != origin],
        )
        for origin, members in found.items()
    ]
    return sorted(trees, key=lambda tree: -len(tree.members))


def _line(source: Source, known: Mapping[str, Source], issued: datetime) -> Line:
    return Line(
        outlet=outlet(source),
        title=source.title,
        url=safe_url(source.url),
        when=moment(source.published, issued),
        how=provenance(source, known),
    )


def _name(origin: str, sources: Mapping[str, Source]) -> str:
    """An origin is an article at hand, an article elsewhere, or a name."""
    if origin in sources:
        return outlet(sources[origin])
    return "an article outside this brief" if _AN_ID.fullmatch(origin) else origin
