"""A figure over time: the points and labels of a small drawing, without any library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from nutgraf.text.dates import when_key

__all__ = ["Chart", "Point", "chart", "time_of"]

WIDTH, HEIGHT = 340, 120
"""The drawing's units; about the CSS pixels of a phone's column."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 22, 318, 30, 88
_APART = 44
"""Least distance of two labels that a reader can tell apart."""
_DATES = 96
"""The same of two dates under the line."""


@dataclass(frozen=True, slots=True)
class Point:
    """One report. `label` is its value where the line moves to it, `date` its time likewise."""

    x: float
    y: float
    label: str = ""
    date: str = ""
    falls: bool = False
    """Whether the line comes down to it: its label stands beside it then."""
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Chart:
    """A stepped line through what was reported, in a box of `WIDTH` by `HEIGHT`."""

    points: list[Point]
    path: str
    words: str
    """What it shows: `14 on 17 November, 09:30, then 19 on 18 November, 10:20`."""


def time_of(as_of: str | None, published: str | None) -> datetime | None:
    """When a value held; a day without a time counts as its noon. None if nobody says."""
    text = as_of or published
    at = when_key(text)
    return at + timedelta(hours=12) if at and text and len(text) == 10 else at


def chart(reports: Sequence[tuple[datetime, float, str, str]]) -> Chart | None:
    """The chart of reports (when, value, value in words, time in words) in any order.

    None unless the value moves between two times.
    """
    ordered = sorted(reports, key=lambda report: report[0])
    values = [value for _, value, _, _ in ordered]
    if len({at for at, *_ in ordered}) < 2 or len(set(values)) < 2:
        return None
    places = _places([at for at, *_ in ordered], values)
    moves = [n for n in range(len(ordered)) if n == 0 or values[n] != values[n - 1]]
    named = _apart(moves, places, _APART)
    dated = _apart(moves, places, _DATES)
    points = [
        Point(
            x,
            y,
            label=ordered[n][2] if n in named else "",
            date=ordered[n][3] if n in dated else "",
            falls=n > 0 and values[n] < values[n - 1],
            anchor="start" if x < _LEFT + 30 else "end" if x > _RIGHT - 30 else "middle",
        )
        for n, (x, y) in enumerate(places)
    ]
    words = ", then ".join(f"{ordered[n][2]} on {ordered[n][3]}" for n in moves)
    return Chart(points, _stepped(places), words)


def _places(times: Sequence[datetime], values: Sequence[float]) -> list[tuple[float, float]]:
    first, low = times[0], min(values)
    span, rise = (times[-1] - first).total_seconds(), max(values) - low
    return [
        (
            round(_LEFT + (_RIGHT - _LEFT) * ((at - first).total_seconds() / span), 1),
            round(_BOTTOM - (_BOTTOM - _TOP) * ((value - low) / rise), 1),
        )
        for at, value in zip(times, values, strict=True)
    ]


def _apart(wanted: Sequence[int], places: Sequence[tuple[float, float]], least: float) -> set[int]:
    """Those of the wanted points that can carry a label: the last one, then from the left."""
    kept = [wanted[-1]]
    for n in wanted[:-1]:
        if all(abs(places[n][0] - places[other][0]) >= least for other in kept):
            kept.append(n)
    return set(kept)


def _stepped(places: Sequence[tuple[float, float]]) -> str:
    """A value holds until another is reported: across first, then up or down."""
    start, *rest = places
    return f"M{start[0]} {start[1]}" + "".join(f"H{x}V{y}" for x, y in rest)
