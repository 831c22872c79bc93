"""A picture of origins: which report feeds which pages, as points and lines of a drawing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from nutgraf.render.origins import Family
from nutgraf.render.phrases import plural

__all__ = ["Node", "Picture", "picture"]

WIDTH = 340
_STEP, _TOP = 24, 16
_LEFT, _RIGHT = 10, 186
"""Where the points of origins and of what leads back to them stand."""
_LONG, _LONGEST = 21, 44
"""Characters of a name that fit beside a point: with another on its right, and without."""
_MOST = 8
"""Pages of one origin that are drawn by name; the others are counted."""


@dataclass(frozen=True, slots=True)
class Node:
    """A point with its name. `unread` is an origin that is not among the pages read."""

    x: int
    y: int
    name: str
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """Origins on the left, the pages that lead back to them on the right."""

    height: int
    origins: list[Node]
    pages: list[Node]
    lines: list[str]
    words: str
    """What it shows, for who cannot see it."""


def picture(families: list[Family]) -> Picture | None:
    """None where every source reports for itself and there is one, or there is nothing to tell."""
    if len(families) < 2 and not any(family.members for family in families):
        return None
    origins: list[Node] = []
    pages: list[Node] = []
    lines: list[str] = []
    row = 0
    for name, unread, fed in _rows(families):
        y = _TOP + _STEP * row
        origins.append(Node(_LEFT, y, name, unread))
        for n, page in enumerate(fed):
            pages.append(Node(_RIGHT, y + _STEP * n, page))
            lines.append(_line(y, y + _STEP * n, len(name)))
        row += max(1, len(fed))
    return Picture(_TOP + _STEP * row - _STEP // 2 + 4, origins, pages, lines, _words(families))


def _rows(families: list[Family]) -> list[tuple[str, bool, list[str]]]:
    """Origins by name, whether they are unread, and the pages that each feeds.

    The reports of one outlet that nobody repeats share a point.
    """
    feeding = [
        (_short(_own(family)), family.head is None, _names(family))
        for family in families
        if family.members
    ]
    alone = Counter(_own(family) for family in families if not family.members)
    single = [
        (_short(f"{name} ({count})" if count > 1 else name, _LONGEST), False, list[str]())
        for name, count in alone.items()
    ]
    return feeding + single


def _own(family: Family) -> str:
    return family.head.outlet if family.head else family.name


def _names(family: Family) -> list[str]:
    """The outlets of its pages, each with how many it has; the last line counts the rest."""
    counted: dict[str, int] = {}
    for member in family.members:
        counted[member.outlet] = counted.get(member.outlet, 0) + 1
    names = [_short(f"{outlet} ({n})" if n > 1 else outlet) for outlet, n in counted.items()]
    if len(names) <= _MOST:
        return names
    return [*names[: _MOST - 1], f"and {len(names) - _MOST + 1} more"]


def _line(y: int, at: int, letters: int) -> str:
    """From behind an origin's name to a page of it."""
    start = min(_LEFT + 14 + 7 * letters, _RIGHT - 22)
    bend = _RIGHT - 16
    return f"M{start} {y}H{bend - 6}" + (
        f"H{_RIGHT - 5}" if at == y else f"Q{bend} {y} {bend} {y + 6}V{at - 6}Q{bend} {at} "
        f"{bend + 6} {at}H{_RIGHT - 5}"
    )  # fmt: skip


def _short(name: str, longest: int = _LONG) -> str:
    return name if len(name) <= longest else name[: longest - 1].rstrip() + "…"


def _words(families: list[Family]) -> str:
    """`Of 3 origins, Meridian Wire feeds 2 pages: A and B; 2 report for themselves.`"""
    feeding = [
        f"{_own(family)} feeds {plural(len(family.members), 'other page')}"
        for family in families
        if family.members
    ]
    alone = sum(not family.members for family in families)
    said = [*feeding, f"{plural(alone, 'origin')} only its own page"] if alone else feeding
    return f"{plural(len(families), 'origin')}: {'; '.join(said)}."
