from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.text.weekdays import WEEKDAYS, weekdays

TUESDAY = "2026-11-17"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("The barn burned early Sunday.", ["2026-11-15"]),
        ("The barn burned on Tuesday.", ["2026-11-17"]),
        ("The barn burned last Tuesday.", ["2026-11-10"]),
        ("A vigil will be held Thursday.", ["2026-11-19"]),
        ("A vigil next Tuesday", ["2026-11-24"]),
        ("It happened last night, after a row this morning.", ["2026-11-16", "2026-11-17"]),
        ("Every Friday, on Sundays, a Monday, Super Tuesday", []),
        ("The barn burned Sunday, Nov. 15.", []),
        ("Police said Monday that it burned.", []),
    ],
)
def test_days_by_name(text: str, days: list[str]) -> None:
    assert [iso for _, _, iso in weekdays(text, TUESDAY)] == days


@pytest.mark.parametrize("published", [None, "", "yesterday", "0001-01-01"])
def test_no_day_without_a_publication(published: str | None) -> None:
    assert list(weekdays("It burned on Sunday, last night.", published)) == []


@given(st.dates(min_value=date(1900, 1, 1)), st.sampled_from(WEEKDAYS))
def test_a_weekday_is_in_the_week_before(published: date, name: str) -> None:
    ((start, end, iso),) = weekdays(f"It burned {name}.", published.isoformat())
    day = date.fromisoformat(iso)
    assert (start, end) == (10, 10 + len(name))
    assert WEEKDAYS[day.weekday()] == name
    assert 0 <= (published - day).days < 7


@given(
    st.text(max_size=200),
    st.dates(max_value=date(1, 1, 9)) | st.dates(min_value=date(9999, 12, 24)),
)
def test_any_text_at_any_time(text: str, published: date) -> None:
    for start, end, iso in weekdays(text + " Sunday next Friday", published.isoformat()):
        assert start < end
        date.fromisoformat(iso)
