from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.text.numbers import Number, numbers
from nutgraf.text.spelled import TENS, UNITS, spelled

_SMALL = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
fifteen sixteen seventeen eighteen nineteen""".split()
_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()


def written(value: int) -> str:
    """`value` in English words."""
    if value < 20:
        return _SMALL[value]
    if value < 100:
        return _TENS[value // 10] + (f"-{_SMALL[value % 10]}" if value % 10 else "")
    for size, name in (
        (10**9, "billion"),
        (10**6, "million"),
        (1000, "thousand"),
        (100, "hundred"),
    ):
        if value >= size:
            rest = value % size
            joint = " and " if rest < 100 else " "
            return f"{written(value // size)} {name}" + (joint + written(rest) if rest else "")
    raise AssertionError(value)


def only(text: str, language: str = "en") -> Number:
    found = numbers(text, language)
    assert len(found) == 1, found
    return found[0]


@given(st.integers(0, 10**12 - 1))
def test_written_numbers_come_back(value: int) -> None:
    words = written(value)
    number = only(f"They counted {words} of them.")
    assert (number.kind, number.low, number.high) == ("count", value, value)
    assert spelled(words) == (value, len(words))


@given(st.integers(0, 10**15 - 1), st.sampled_from(["en", "es", "de", "fr"]))
def test_grouped_digits_come_back(value: int, language: str) -> None:
    mark = {"en": ",", "fr": "\u202f"}.get(language, ".")
    number = only(f"({value:,})".replace(",", mark), language)
    assert number.low == number.high == value or number.kind == "year"


@given(st.integers(1, 10**6), st.integers(0, 99))
def test_money_comes_back(whole: int, cents: int) -> None:
    number = only(f"It cost ${whole:,}.{cents:02} in all.")
    assert (number.kind, number.unit) == ("money", "USD")
    assert number.low == pytest.approx(whole + cents / 100)


@given(st.integers(0, 23), st.integers(0, 59))
def test_clock_times_come_back(hour: int, minute: int) -> None:
    half = "a.m." if hour < 12 else "p.m."
    number = only(f"at {hour % 12 or 12}:{minute:02} {half} on the quay")
    assert (number.kind, number.iso) == ("time", f"{hour:02}:{minute:02}")


@given(st.dates())
def test_days_come_back(day: object) -> None:
    from datetime import date

    assert isinstance(day, date)
    if 1900 <= day.year <= 2099:
        for words in (f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%B} {day.year}"):
            assert only(f"It fell on {words}.").iso == day.isoformat()


@given(st.text(max_size=300), st.sampled_from(["en", "es", "zh", None]))
def test_any_text_gives_ordered_spans(text: str, language: str | None) -> None:
    at = 0
    for number in numbers(text, language):
        assert at <= number.start < number.end <= len(text)
        assert text[number.start : number.end].strip() == text[number.start : number.end]
        at = number.end


_PIECES = st.sampled_from(
    """3,000 $4.1 -4.3 billion two dozen twenty one third of 12% to and or between 50s a.m. 2
    9:20 noon Jan. 29 2016 November half a hundred .38 ½ in three 1/2 - –
    ( 318) 673-6955 B8 No.""".split()
)


@given(st.lists(_PIECES, max_size=14), st.sampled_from([" ", "", "-"]))
def test_number_like_text_never_raises(pieces: list[str], glue: str) -> None:
    text = glue.join(pieces)
    for language in ("en", "de"):
        for number in numbers(text, language):
            assert 0 <= number.start < number.end <= len(text)


@pytest.mark.parametrize(
    ("text", "kind", "low", "high", "unit", "bound"),
    [
        ("about 3,000 crates", "count", 3000, 3000, "", "about"),
        ("at least two dozen crates", "count", 24, 24, "", "at least"),
        ("half a million crates", "count", 500_000, 500_000, "", ""),
        ("ten or so crates", "count", 10, 10, "", "about"),
        ("3.5 million crates", "count", 3_500_000, 3_500_000, "", ""),
        ("$4.1-4.3 billion", "money", 4.1e9, 4.3e9, "USD", ""),
        ("up to €20m", "money", 2e7, 2e7, "EUR", "up to"),
        ("8.2 billion marks", "money", 8.2e9, 8.2e9, "marks", ""),
        ("4 to 6 percent", "percent", 4, 6, "percent", ""),
        ("a third of the crates", "fraction", 1 / 3, 1 / 3, "", ""),
        ("one in four", "fraction", 0.25, 0.25, "", ""),
        ("between five and seven crates", "count", 5, 7, "", ""),
        ("118 votes to 97", "count", 118, 97, "", ""),
        ("a 40- to 60-hour course", "count", 40, 60, "", ""),
        ("in his 50s", "decade", 50, 59, "", ""),
        ("the 21st crate", "ordinal", 21, 21, "", ""),
        ("since 1995", "year", 1995, 1995, "", ""),
        ("2000 people", "count", 2000, 2000, "", ""),
        ("172 ½ years", "count", 172.5, 172.5, "", ""),
    ],
)
def test_kinds(text: str, kind: str, low: float, high: float, unit: str, bound: str) -> None:
    number = only(text)
    assert (number.kind, number.unit, number.bound) == (kind, unit, bound)
    assert (number.low, number.high) == pytest.approx((low, high))


@pytest.mark.parametrize(
    ("text", "kind", "iso"),
    [
        ("just after 2 a.m.", "time", "02:00"),
        ("9:20 p.m.", "time", "21:20"),
        ("11.40 am", "time", "11:40"),
        ("at noon", "time", "12:00"),
        ("17:45", "time", "17:45"),
        ("between 5 and 6 a.m.", "time", "05:00/06:00"),
        ("on Jan. 29", "date", "--01-29"),
        ("17 November", "date", "--11-17"),
        ("in June 2025", "date", "2025-06"),
        ("1/29/2016", "date", "2016-01-29"),
    ],
)
def test_moments(text: str, kind: str, iso: str) -> None:
    number = only(text)
    assert (number.kind, number.iso) == (kind, iso)


@pytest.mark.parametrize(
    "text",
    [
        "call 318-673-6955",
        "(318) 673-6955",
        "https://a.example/2016/12",
        "the B8 part",
        "GPT-4 said",
    ],
)
def test_what_is_no_number(text: str) -> None:
    assert numbers(text) == []


def test_decimal_comma_follows_the_language() -> None:
    assert only("41.208 votos", "es").low == 41208
    assert only("50,4 %", "es").low == 50.4
    assert only("1.375 billion", "en").low == 1_375_000_000


def test_a_change_is_not_a_range() -> None:
    assert [n.low for n in numbers("rose from 14 to 19")] == [14, 19]


@pytest.mark.parametrize("word", [*UNITS, *TENS, "half", "luglio"])
def test_no_word_that_begins_a_number_is_passed_over(word: str) -> None:
    text = f"{word} a million, 5 {word} , {word} of the men"
    expected = numbers(text.replace(word, word.capitalize()), "it")
    assert [(n.start, n.end, n.kind, n.low) for n in numbers(text, "it")] == [
        (n.start, n.end, n.kind, n.low) for n in expected
    ]


def test_a_time_with_seconds() -> None:
    assert [n.iso for n in numbers("At 04:10:00 AM and 12:20:11 pm")] == ["04:10", "12:20"]


def test_a_number_before_a_day_is_no_day() -> None:
    found = numbers("Fifteen of the 19 Sept. 11 hijackers, on 19 Sept. 2001")
    assert [n.iso or n.low for n in found] == [15, 19, "--09-11", "2001-09-19"]
