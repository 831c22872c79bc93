"""A story's ledger as it is shown: differing values side by side, who says them, when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from nutgraf.render.chart import Chart, chart, time_of
from nutgraf.render.links import at_words
from nutgraf.render.origins import outlet
from nutgraf.render.phrases import figure_words, moment
from nutgraf.types import Brief, Reported, Slot, Source

__all__ = ["Row", "Told", "Version", "ledger"]

_UNDATED = datetime.min.replace(tzinfo=UTC)
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
    """Who gave a value, when, and in which words; `also` are outlets that have the same words."""

    outlet: str
    said_by: str
    when: str
    quote: str
    url: str
    also: list[str]


@dataclass(frozen=True, slots=True)
class Version:
    """One value of a row with everybody who gives it."""

    figure: str
    unit: str
    told: list[Told]

    @property
    def outlets(self) -> list[str]:
        """Who gives it, each once."""
        return list(dict.fromkeys(n for one in self.told for n in (one.outlet, *one.also)))


@dataclass(frozen=True, slots=True)
class Row:
    """One measured thing. `origins` counts the independent reports that state it."""

    what: str
    status: str
    label: str
    note: str
    versions: list[Version]
    origins: int = 1
    chart: Chart | None = None

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
        values = sorted(values, key=lambda value: _time(value, sources) or _UNDATED)
    groups: dict[str, list[Reported]] = {}
    for value in values:
        groups.setdefault(figure_words(value.value, slot.unit)[0], []).append(value)
    unit = figure_words(values[0].value, slot.unit)[1]
    firsts = {s.origin or s.article for v in values if (s := sources.get(v.article))}
    return Row(
        slot.slot[:1].upper() + slot.slot[1:],
        slot.status,
        _LABELS[slot.status],
        slot.note,
        [
            Version(figure, unit, _voices(given, sources, issued))
            for figure, given in groups.items()
        ],
        origins=max(1, len(firsts)),
        chart=_chart(slot, values, sources, issued) if slot.status == "update" else None,
    )


def _time(value: Reported, sources: Mapping[str, Source]) -> datetime | None:
    source = sources.get(value.article)
    return time_of(value.as_of, source.published if source else None)


def _voices(
    given: Sequence[Reported], sources: Mapping[str, Source], issued: datetime
) -> list[Told]:
    """Those who give one value; who has the very words of another stands with it."""
    alike: dict[str, list[Reported]] = {}
    for value in given:
        alike.setdefault(" ".join(value.quote.split()), []).append(value)
    return [_told(values, sources, issued) for values in alike.values()]


def _told(values: Sequence[Reported], sources: Mapping[str, Source], issued: datetime) -> Told:
    # The origin of a copy speaks for it.
    known = [sources[value.article].copy_of is None for value in values if value.article in sources]
    first = values[known.index(True)] if len(known) == len(values) and True in known else values[0]
    source = sources.get(first.article)
    names = [_name(value, sources) for value in values]
    own = _name(first, sources)
    return Told(
        outlet=own,
        said_by=first.said_by or "",
        when=_when(first, sources, issued),
        quote=first.quote,
        url=at_words(source.url, first.quote) if source else "",
        also=[name for name in dict.fromkeys(names) if name != own],
    )


def _name(value: Reported, sources: Mapping[str, Source]) -> str:
    source = sources.get(value.article)
    return outlet(source) if source else value.article


def _when(
    value: Reported, sources: Mapping[str, Source], issued: datetime, *, whole: bool = False
) -> str:
    source = sources.get(value.article)
    return moment(value.as_of or (source.published if source else None), issued, whole=whole)


def _chart(
    slot: Slot, values: Sequence[Reported], sources: Mapping[str, Source], issued: datetime
) -> Chart | None:
    """A line through the values, if they are numbers and most are dated."""
    reports = [
        (
            at,
            float(v.value),
            figure_words(v.value, slot.unit)[0],
            _when(v, sources, issued, whole=True),
        )
        for v in values
        if isinstance(v.value, int | float) and (at := _time(v, sources))
    ]
    return chart(reports) if 2 * len(reports) > len(values) else None
