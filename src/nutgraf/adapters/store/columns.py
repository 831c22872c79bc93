"""Column types: what the database keeps as text and the program does not."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Column, Dialect, Text, TypeDecorator

from nutgraf.types import Made

__all__ = ["Json", "UtcTime", "Words", "clean", "made", "made_columns", "sort_time"]

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def clean(text: str) -> str:
    """Put U+FFFD for what no database takes (NUL, lone surrogates), so that offsets stay."""
    if text.isascii() and "\0" not in text:  # most are, a hundred times an article
        return text
    return _UNSTORABLE.sub("\ufffd", text)


class Words(TypeDecorator[str]):
    """Text of any origin, made storable by `clean`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _: Dialect) -> str | None:
        return clean(value) if value else value


class UtcTime(TypeDecorator[datetime]):
    """An aware datetime as ISO 8601 in UTC of one width, so that order of text is order in time.

    Raises `ValueError` for a naive datetime.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _: Dialect) -> str | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone cannot be stored: {value}")
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"

    def process_result_value(self, value: str | None, _: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class Json(TypeDecorator[Any]):
    """A small value (a list of authors, a figure's value) as JSON text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, _: Dialect) -> str | None:
        return None if value is None else msgspec.json.encode(value).decode()

    def process_result_value(self, value: str | None, _: Dialect) -> Any:
        return None if value is None else msgspec.json.decode(value)


def made_columns() -> tuple[Column[str], Column[str]]:
    """What made a derived row, and from what: the `Made` noun as two columns."""
    return Column("made_by", Words, nullable=False), Column("made_from", Words, nullable=False)


def made(made: Made) -> dict[str, str]:
    """Values of `made_columns`."""
    return {"made_by": made.by, "made_from": made.source}


def sort_time(published: str | None, now: datetime) -> datetime:
    """Where an article stands in time, from the text its outlet gave.

    A day without a time counts from its 00:00 UTC, a time without a zone as UTC. A missing or
    unreadable one counts as `now`, and so does one later than that: nothing is published after
    it was seen, and a wrong year must not stay on top for ever.
    """
    try:
        time = datetime.fromisoformat((published or "").strip())
        aware = time if time.tzinfo else time.replace(tzinfo=UTC)
        return min(aware.astimezone(UTC), now)
    except (ValueError, OverflowError):
        return now
