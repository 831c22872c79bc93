"""A story's ledger as files: CSV for a spreadsheet, JSON for a program."""

from __future__ import annotations

import csv
import io

import msgspec

from nutgraf.render.environment import printable
from nutgraf.render.links import safe_url
from nutgraf.render.origins import outlet
from nutgraf.types import Brief, Reported, Slot, Source

__all__ = ["ledger_csv", "ledger_json"]

COLUMNS = (
    "what", "status", "value", "to", "unit", "outlet", "said_by", "as_of", "published", "words",
    "url", "article", "revision", "start", "end", "note",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_ORDER = ("conflict", "update", "scope", "agree", "single")


def ledger_json(brief: Brief) -> bytes:
    """The slots of the public contract, what differs first."""
    return msgspec.json.format(msgspec.json.encode(_ordered(brief)), indent=1) + b"\n"


def ledger_csv(brief: Brief) -> bytes:
    """A row for each value that an article gives (UTF-8, RFC 4180); a range has its end in `to`.

    Text that a spreadsheet would run as a formula starts with an apostrophe: what articles say is
    data (https://owasp.org/www-community/attacks/CSV_Injection).
    """
    sources = {source.article: source for source in brief.sources}
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    for slot in _ordered(brief):
        for value in slot.values:
            writer.writerow(map(_cell, _row(slot, value, sources.get(value.article))))
    return written.getvalue().encode()


def _ordered(brief: Brief) -> list[Slot]:
    return sorted(brief.figures, key=lambda slot: _ORDER.index(slot.status))


def _row(slot: Slot, value: Reported, source: Source | None) -> tuple[object, ...]:
    low, high = value.value if isinstance(value.value, list) else (value.value, "")
    return (
        slot.slot, slot.status, low, high, slot.unit, outlet(source) if source else "",
        value.said_by, value.as_of, source.published if source else "", value.quote,
        safe_url(source.url) if source else "", value.article, source.revision if source else "",
        value.start, value.end, slot.note,
    )  # fmt: skip


def _cell(value: object) -> object:
    if not isinstance(value, str):
        return value
    text = str(printable(value))
    return f"'{text}" if text.startswith(_FORMULA) else text
