"""Dates as news writes them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.text.dates import parse_when, when_key

EARLY = datetime(1990, 1, 1)  # noqa: DTZ001 (hypothesis asks for naive bounds)
LATE = datetime(2090, 1, 1)  # noqa: DTZ001
NOW = datetime(2026, 11, 22, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-11-20T08:15:00Z", "2026-11-20T08:15:00+00:00"),
        ("2026-11-20T08:15:00.250+0100", "2026-11-20T08:15:00+01:00"),
        ("2026-11-20 08:15:00 UTC", "2026-11-20T08:15:00+00:00"),
        ("2026-11-20T08:15:00", "2026-11-20"),
        ("Fri, 20 Nov 2026 08:15:00 -0500", "2026-11-20T08:15:00-05:00"),
        ("Fri, 20 Nov 2026 08:15:00 GMT", "2026-11-20T08:15:00+00:00"),
        ("1795162500", "2026-11-20T08:15:00+00:00"),
        ("1795162500000", "2026-11-20T08:15:00+00:00"),
        ("November 20, 2026", "2026-11-20"),
        ("Published Nov. 20th, 2026 at 3:05 p.m. EST", "2026-11-20T15:05:00-05:00"),
        ("Nov 20, 2026, 12:05 a.m. EST", "2026-11-20T00:05:00-05:00"),
        ("20. November 2026, 15:05 Uhr", "2026-11-20"),
        ("20 novembre 2026 à 14h05", "2026-11-20"),
        ("1er août 2026", "2026-08-01"),
        ("20 de noviembre de 2026", "2026-11-20"),
        ("3 marzo 2026", "2026-03-03"),
        ("4 maart 2026", "2026-03-04"),
        ("20 листопада 2026", "2026-11-20"),
        ("4 сентября 2026", "2026-09-04"),
        ("2026年11月20日 15:05", "2026-11-20"),
        ("2026년 11월 20일", "2026-11-20"),
        ("20.11.2026", "2026-11-20"),
        ("11/20/2026", "2026-11-20"),
        ("20/11/2026", "2026-11-20"),
        ("2026/11/20", "2026-11-20"),
    ],
)
def test_reads(written: str, meant: str) -> None:
    assert parse_when(written) == meant


@pytest.mark.parametrize(
    "written", ["", "09/04/2026", "2026-13-40", "soon", "30 February 2026", "99", "May 2026 maybe"]
)
def test_does_not_guess(written: str) -> None:
    assert parse_when(written) is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("3 hours ago", "2026-11-22T09:30:00+00:00"),
        ("2 days ago", "2026-11-20"),
        ("yesterday", "2026-11-21"),
    ],
)
def test_relative_needs_now(written: str, meant: str) -> None:
    assert parse_when(written) is None
    assert parse_when(written, NOW) == meant


@given(
    st.datetimes(EARLY, LATE),
    st.integers(-12 * 4, 14 * 4),
)
def test_iso_survives(naive: datetime, quarters: int) -> None:
    moment = naive.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=15 * quarters)))
    assert parse_when(moment.isoformat()) == moment.isoformat()
    assert when_key(moment.isoformat()) == moment


@given(
    st.text(max_size=80) | st.from_regex(r"\d{1,4}[-/.]\d{1,4}[-/.]\d{1,5}([T ]\d\d:\d\d)?.{0,6}")
)
def test_anything_gives_a_date_or_none(text: str) -> None:
    found = parse_when(text, NOW)
    assert found is None or datetime.fromisoformat(found)
    when_key(text)


def test_a_bare_day_sorts_as_its_first_moment_in_utc() -> None:
    assert when_key("2026-11-20") == datetime(2026, 11, 20, tzinfo=UTC)
    assert when_key("2026-11-20T01:00:00+02:00") == datetime(2026, 11, 19, 23, tzinfo=UTC)
    assert when_key(None) is None
    assert when_key("some day") is None
