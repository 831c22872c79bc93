"""Dates in many forms."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.adapters.feeds.dates import iso_date

NOON = "2026-11-02T12:00:00"
DATES = {
    "Mon, 02 Nov 2026 12:00:00 GMT": f"{NOON}+00:00",
    "Mon, 2 Nov 2026 12:00 +0000": f"{NOON}+00:00",
    "Mon, 02 Nov 2026 12:00:00 -0000": f"{NOON}+00:00",
    "Mon, 02 Nov 2026 12:00:00 EST": f"{NOON}-05:00",
    "Mon, 02 Nov 2026 12:00:00 PDT": f"{NOON}-07:00",
    "02 Nov 26 12:00:00 Z": f"{NOON}+00:00",
    "Monday, 02-Nov-26 12:00:00 UTC": f"{NOON}+00:00",
    "Mon Nov  2 12:00:00 2026": f"{NOON}+00:00",
    "Mon Nov 2 12:00:00 CET 2026": f"{NOON}+01:00",
    "2026-11-02T12:00:00Z": f"{NOON}+00:00",
    "2026-11-02T12:00:00.123456789+05:30": f"{NOON}+05:30",
    "2026-11-02 12:00:00 +0100": f"{NOON}+01:00",
    "2026-11-02 12:00": f"{NOON}+00:00",
    "20261102T120000Z": f"{NOON}+00:00",
    "  2026-11-02T12:00:00\n -03:00 ": f"{NOON}-03:00",
    "Mon, 02 Nov 2026 12:00:00 GMT+2": f"{NOON}+02:00",
    "Mon, 02 Nov 2026 12:00:00 Wherever": f"{NOON}+00:00",
    "November 2, 2026 12:00 PM": f"{NOON}+00:00",
    "Nov 2, 2026 at 12:00 p.m. ET": f"{NOON}-05:00",
    "2 November 2026 12.00am BST": "2026-11-02T00:00:00+01:00",
    "Mon, 02 Nov 2026 24:00:00 GMT": "2026-11-03T00:00:00+00:00",
    "Mon, 02 Nov 2026 11:59:60 GMT": "2026-11-02T11:59:59+00:00",
    "lun., 02 nov. 2026 12:00:00 +0100": f"{NOON}+01:00",
    "Mo, 2. November 2026, 12:00 Uhr": f"{NOON}+00:00",
    "2 de noviembre de 2026": "2026-11-02",
    "4 août 2026": "2026-08-04",
    "Mi, 04 Mär 2026 12:00:00 +0100": "2026-03-04T12:00:00+01:00",
    "5 мая 2026": "2026-05-05",
    "2026-11-02": "2026-11-02",
    "20261102": "2026-11-02",
    "2026/11/2": "2026-11-02",
    "Nov 2, 2026": "2026-11-02",
    "2nd November 2026": "2026-11-02",
    "1793620800": f"{NOON}+00:00",
}


@pytest.mark.parametrize("text", DATES)
def test_forms(text: str) -> None:
    assert iso_date(text) == DATES[text]


@pytest.mark.parametrize(
    "text",
    [
        *["", " ", "yesterday", "12", "2026", "2026-11", "02/11/2026", "2026-02-30", "31 Nov 2026"],
        *["Mon, 02 Foo 2026 12:00:00 GMT", "2026-11-02T12:00:00+99:00", "2026-11-02T25:00:00Z"],
        *["99999999", "2 Nov 2026 12:61", "0000-01-01", "No date", "1 2 3", "x" * 10_000],
        "Fri, 31 Dec 9999 24:00:00 GMT",
    ],
)
def test_what_names_no_day(text: str) -> None:
    assert iso_date(text) is None


def test_nothing_is_nothing() -> None:
    assert iso_date(None) is None


@given(st.text(max_size=60) | st.from_regex(r"[0-9TZ:+ ,./\-]{1,30}|\w{3}, \d+ \w{3} \d+ .{0,20}"))
def test_any_text_gives_a_real_date_or_none(text: str) -> None:
    found = iso_date(text)
    if found is not None:
        assert datetime.fromisoformat(found)


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001
def test_what_is_written_by_the_rules_is_read_back(at: datetime) -> None:
    at = at.replace(microsecond=0, tzinfo=UTC)
    for form in ("%Y-%m-%dT%H:%M:%SZ", "%a, %d %b %Y %H:%M:%S +0000", "%a %b %d %H:%M:%S %Y"):
        assert iso_date(at.strftime(form)) == at.isoformat()
