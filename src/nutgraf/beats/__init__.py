"""The beats a new newsroom can start from: what they care about, and feeds worth following.

Each is a TOML file beside this one: plain words, weighted vocabulary, and a starter set of feeds.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from importlib.resources import files

import msgspec
from msgspec import Struct, field

from nutgraf.errors import NotFound
from nutgraf.types import Beat, Feed

__all__ = [
    "StarterFeed",
    "feeds_page",
    "starter_beat",
    "starter_feeds",
    "starter_list",
    "starter_names",
]

_NAMES = ("ai", "security", "world")


class StarterFeed(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A feed as a starter set lists it. `checked` is the day it was last fetched; None is never."""

    title: str
    url: str
    language: str
    outlet: str = ""
    """Who publishes it, where the title says more than that."""
    place: str = ""
    """Country of the outlet (ISO 3166, "GB"), or "int" for an organisation of many."""
    primary: bool = False
    """Speaks for itself (an agency, a laboratory, a ministry) rather than reporting on others."""
    checked: date | None = None


class _Group(Struct, frozen=True, forbid_unknown_fields=True):
    about: str
    weight: float
    words: list[str]


class _Starter(Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    description: str
    listed: date
    """The day the list of feeds was put together or last gone through."""
    group: list[_Group]
    feed: list[StarterFeed]
    must_not: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)


def starter_names() -> list[str]:
    """Names of the starter beats, in alphabetical order."""
    return list(_NAMES)


def starter_beat(name: str, over: Beat | None = None) -> Beat:
    """The starter beat `name`, with what `over` sets in its place (a newsroom's own settings).

    Terms are laid over the starter's one by one, so that `terms = {"quantum" = 1}` adds a word
    and `{"robotaxi" = 0}` takes one out. The beat reads every feed that is followed, not its
    starter set alone. Raises `NotFound` for an unknown name.
    """
    starter = _starter(name)
    terms = {word: group.weight for group in starter.group for word in group.words}
    over = over or Beat(name=name)
    return msgspec.structs.replace(
        over,
        title=over.title or starter.title,
        description=over.description or starter.description,
        must_not=over.must_not or starter.must_not,
        kinds=over.kinds or starter.kinds,
        terms=terms | over.terms,
    )


def starter_list(name: str) -> list[StarterFeed]:
    """The starter set of feeds of `name`, with language and country. Raises `NotFound`."""
    return _starter(name).feed


def starter_feeds(name: str) -> list[Feed]:
    """The starter set of `name` as feeds to follow. Raises `NotFound`."""
    return [
        Feed(url=feed.url, title=feed.title, outlet=feed.outlet or feed.title)
        for feed in starter_list(name)
    ]


def feeds_page() -> str:
    """The page `docs/feeds.md`, which lists the starter sets (Markdown)."""
    lines = [
        "# Starter sets of feeds",
        "",
        "`nutgraf init --beat NAME` follows one of these sets. The beat then reads every feed",
        "that is followed, so add your own and drop what you don't want. The addresses come from",
        "a public catalogue and common knowledge; the column *checked* says when one was last",
        "fetched. After the first `nutgraf update`, `nutgraf feeds` tells which of them answer.",
        "A *primary* source speaks for itself: an agency, a laboratory, a ministry.",
    ]
    for name in _NAMES:
        lines += ["", *_section(name, _starter(name))]
    return "\n".join(lines) + "\n"


def _section(name: str, starter: _Starter) -> list[str]:
    languages = Counter(feed.language for feed in starter.feed)
    places = {feed.place for feed in starter.feed if feed.place != "int"}
    spread = ", ".join(f"{language} {n}" for language, n in languages.most_common())
    rows = [
        f"| {f.title} | {f.language} | {f.place} | {'yes' if f.primary else ''} "
        f"| {f.checked or 'never'} | <{f.url}> |"
        for f in starter.feed
    ]
    return [
        f"## {starter.title} (`{name}`)",
        "",
        (
            f"{len(starter.feed)} feeds from {len(places)} countries ({spread}), list last gone "
            f"through on {starter.listed}."
        ),
        "",
        "| feed | language | country | primary | checked | address |",
        "|---|---|---|---|---|---|",
        *rows,
    ]


@cache
def _starter(name: str) -> _Starter:
    if name not in _NAMES:
        raise NotFound(f"no starter beat is called {name!r}: take one of {', '.join(_NAMES)}")
    text = files(__package__).joinpath(f"{name}.toml").read_bytes()
    return msgspec.toml.decode(text, type=_Starter)
