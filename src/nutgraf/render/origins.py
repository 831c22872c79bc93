"""Who first reported what: in words for one source, as a small tree for all of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from nutgraf.render.links import safe_url
from nutgraf.render.phrases import moment
from nutgraf.types import Source

__all__ = ["Family", "Line", "families", "outlet", "provenance", "reporter"]

_AN_ID = re.compile(r"(?=.*\d)[a-z0-9:_-]{8,}")
_HOW = {
    "copy": "repeats {} nearly word for word",
    "wire": "carries {}’s report",
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
    members: list[Line] = field(default_factory=list)
    """The sources that rest on this one directly."""


@dataclass(frozen=True, slots=True)
class Family:
    """One origin: its own report, where we read it, and the sources that lead back to it.

    A chain shows as a chain: a member carries those that rest on it in turn.
    """

    origin: str
    name: str
    head: Line | None
    members: list[Line]

    @property
    def lines(self) -> list[Line]:
        """All its sources, each before those that rest on it."""
        left = [*self.members[::-1], *([self.head] if self.head else [])]
        found: list[Line] = []
        while left:
            found.append(left.pop())
            left += found[-1].members[::-1]
        return found


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
    rests_on = source.via if source.via in sources else source.origin
    return _HOW[source.how].format(_name(rests_on or source.origin, sources))


def reporter(source: Source, sources: Mapping[str, Source]) -> str:
    """Who first reported what a source says, as far as it has a name."""
    if source.origin in sources or not _AN_ID.fullmatch(source.origin):
        return _name(source.origin, sources) or outlet(source)
    return outlet(source)


def families(sources: list[Source], issued: datetime) -> list[Family]:
    """The sources by origin, the origin that feeds most first."""
    known = {source.article: source for source in sources}
    found: dict[str, list[Source]] = {}
    for source in sources:
        found.setdefault(source.origin or source.article, []).append(source)
    trees = [_family(origin, members, known, issued) for origin, members in found.items()]
    return sorted(trees, key=lambda tree: -len(found[tree.origin]))


def _family(
    origin: str, sources: list[Source], known: Mapping[str, Source], issued: datetime
) -> Family:
    lines = {source.article: _line(source, known, issued) for source in sources}
    head = lines.get(origin)
    members: list[Line] = []
    for source in sources:
        if source.article != origin:
            over = lines.get(_above(source, lines, known) or "")
            (over.members if over and over is not head else members).append(lines[source.article])
    return Family(origin, _name(origin, known), head, members)


def _above(source: Source, lines: Mapping[str, Line], known: Mapping[str, Source]) -> str | None:
    """The source that one rests on, if any here and if that does not rest on it in turn."""
    at, seen = source.via, {source.article}
    while at is not None and at in lines and at not in seen:
        seen.add(at)
        at = known[at].via
    return source.via if source.via in lines and at not in seen else None


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
