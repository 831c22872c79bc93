"""A story's ledger as it is shown: differing values side by side, who says them, when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from nutgraf.render.links import at_words
from nutgraf.render.origins import outlet
from nutgraf.render.phrases import figure_words, moment
from nutgraf.types import Brief, Reported, Slot, Source, Value

__all__ = ["Row", "Told", "Version", "ledger"]

_ORDER = ("conflict", "update", "scope", "agree", "single")
_LABELS = {
    "conflict": "sources disagree",
    "update": "moved on",
    "scope": "measured differently",
    "agree": "sources agree",
    "single": "one source",
}


@dataclass(frozen=True, slots=True)
class Told:
    """Who gave a value, when, and in which words."""

    outlet: str
    said_by: str
    when: str
    quote: str
    url: str


@dataclass(frozen=True, slots=True)
class Version:
    """One value of a row with everybody who gives it."""

    figure: str
    unit: str
    told: list[Told]


@dataclass(frozen=True, slots=True)
class Row:
    """One measured thing. `chart` holds the points of a line if its value moved often."""

    what: str
    status: str
    label: str
    note: str
    versions: list[Version]
    chart: tuple[tuple[float, float], ...] = ()

    @property
    def spelled(self) -> str:
        """The values in one line: `12,000 against 18,000 people`."""
        between = " → " if self.status == "update" else " against "
        unit = self.versions[0].unit if self.versions else ""
        return (between.join(v.figure for v in self.versions) + f" {unit}").strip()


def ledger(brief: Brief, issued: datetime) -> list[Row]:
    """The rows of a brief's figures, what differs first."""
    sources = {source.article: source for source in brief.sources}
    slots = sorted(brief.figures, key=lambda slot: _ORDER.index(slot.status))
    return [_row(slot, sources, issued) for slot in slots if slot.values]


def _row(slot: Slot, sources: Mapping[str, Source], issued: datetime) -> Row:
    values = slot.values
    if slot.status == "update":
        values = sorted(values, key=lambda value: _time(value, sources))
    groups: dict[str, list[Reported]] = {}
    for value in values:
        groups.setdefault(figure_words(value.value, slot.unit)[0], []).append(value)
    unit = figure_words(values[0].value, slot.unit)[1]
    versions = [
        Version(figure, unit, [_told(value, sources, issued) for value in given])
        for figure, given in groups.items()
    ]
    moved = [given[0].value for given in groups.values()] if slot.status == "update" else []
    return Row(
        _opening(slot.slot), slot.status, _LABELS[slot.status], slot.note, versions, _chart(moved)
    )


def _opening(name: str) -> str:
    return name[:1].upper() + name[1:]


def _time(value: Reported, sources: Mapping[str, Source]) -> str:
    source = sources.get(value.article)
    return value.as_of or (source.published if source else None) or ""


def _told(value: Reported, sources: Mapping[str, Source], issued: datetime) -> Told:
    source = sources.get(value.article)
    published = source.published if source else None
    return Told(
        outlet=outlet(source) if source else value.article,
        said_by=value.said_by or "",
        when=moment(value.as_of or published, issued),
        quote=value.quote,
        url=at_words(source.url, value.quote) if source else "",
    )


def _chart(values: list[Value]) -> tuple[tuple[float, float], ...]:
    """Points of a line in a box of 120 by 32, for three or more numbers; else none."""
    numbers = [float(value) for value in values if isinstance(value, int | float)]
    if len(numbers) < 3 or len(numbers) < len(values):
        return ()
    low, high = min(numbers), max(numbers)
    step = 112 / (len(numbers) - 1)
    rise = 24 / ((high - low) or 1)
    return tuple(
        (round(4 + i * step, 1), round(28 - rise * (number - low), 1))
        for i, number in enumerate(numbers)
    )
