"""Clock times and days as they stand in running text, where no zone and often no year is given."""

from __future__ import annotations

import re

__all__ = ["CLOCK", "DAY", "clock", "day"]

_MONTHS = {
    1: "january jan enero janvier januar januari janeiro gennaio",
    2: "february feb febrero février februar februari fevereiro febbraio",
    3: "march mar marzo mars märz maart março",
    4: "april apr abril avril aprile",
    5: "may mayo mai mei maio maggio",
    6: "june jun junio juin juni junho giugno",
    7: "july jul julio juillet juli julho luglio",
    8: "august aug agosto août augustus",
    9: "september sept sep septiembre septembre setembro settembre",
    10: "october oct octubre octobre oktober outubro ottobre",
    11: "november nov noviembre novembre novembro",
    12: "december dec diciembre décembre dezember dezembro dicembre",
}
_NUMBER = {name: month for month, names in _MONTHS.items() for name in names.split()}
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_ENGLISH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|(?:JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT?|OCT|NOV|DEC))\b\.?"
)
_OTHER = "|".join(sorted((n for n in _NUMBER if len(n) > 3), key=len, reverse=True))
_YEAR = r"(?:19|20)[0-9]{2}(?![0-9])"

DAY = (
    rf"(?:{_ENGLISH}[ \u00a0][0-3]?[0-9](?:st|nd|rd|th)?(?![0-9:.,]?[0-9])(?:,?[ ]{_YEAR})?"
    rf"|[0-3]?[0-9](?:st|nd|rd|th)?[ \u00a0](?:of[ ])?{_ENGLISH}"
    rf"(?:,?[ ]{_YEAR}|(?!\.?[ ][0-3]?[0-9](?![0-9:])))"
    rf"|[0-3]?[0-9](?:\.|er|º)?[ ](?:de[ ])?(?i:{_OTHER})\b"
    rf"(?:[ ](?:de[ ]|del[ ])?{_YEAR}|(?!\.?[ ][0-3]?[0-9](?![0-9:])))"
    rf"|{_ENGLISH}[ ]{_YEAR}"
    rf"|(?<![0-9-]){_YEAR}-[01][0-9]-[0-3][0-9](?![0-9-])"
    rf"|(?<![0-9/])[01]?[0-9]/[0-3]?[0-9]/{_YEAR}(?!/))"
)
"""Pattern of a day: "Jan. 29", "January 29, 2016", "17 November", "17 de mayo", "June 2025"."""

_HALF = r"[ \u00a0]?(?:[ap]\.[ ]?m\b\.?|[ap]m\b\.?|[AP]\.M\b\.?|[AP]M\b\.?)"
CLOCK = (
    rf"(?:(?:1[0-2]|0?[1-9])(?:[:.][0-5][0-9])?(?:{_HALF})?(?:[ ]?(?:-|–|to|and)[ ]?))?"
    rf"(?:1[0-2]|0?[1-9])(?:[:.][0-5][0-9](?::[0-5][0-9])?)?{_HALF}"
    r"|(?<![0-9:.])(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?![0-9:]|[ \u00a0]?[ap]\.?m)"
    r"|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|1[0-2]|[1-9])["
    r" ]o['’]clock\b"
    r"|(?:noon|midday|midnight)\b"
)
"""Pattern of a time of day: "2 a.m.", "9:20 p.m.", "between 5 and 6 a.m.", "17:45", "noon"."""

_PARTS = re.compile(
    r"([0-9]{1,2})(?:[:.]([0-9]{2}))?(?:[ \u00a0]?([ap])\b\.?[ ]?m?)?", re.IGNORECASE
)
_HOURS = "one two three four five six seven eight nine ten eleven twelve".split()


def clock(words: str) -> tuple[str, str]:
    """First and last minute of what CLOCK matched, as "HH:MM"; a single time twice.

    "3 o'clock" is 03:00: which half of the day it is in, it does not say.
    """
    lowered = words.lower()
    if lowered in ("noon", "midday", "midnight"):
        at = "00:00" if lowered == "midnight" else "12:00"
        return at, at
    head = lowered.split(" ")[0]
    if head in _HOURS:
        at = f"{_HOURS.index(head) + 1:02}:00"
        return at, at
    plain = re.sub(r"([0-9]:[0-9]{2}):[0-9]{2}", r"\1", lowered)
    found = _PARTS.findall(re.sub(r"([ap])\.?[ ]?m", r"\1", plain))
    last = _minute(*found[-1])
    return _minute(found[0][0], found[0][1], found[0][2] or found[-1][2]), last


def _minute(hour: str, minute: str, half: str) -> str:
    number = int(hour)
    if half:
        number = number % 12 + (12 if half == "p" else 0)
    return f"{number:02}:{int(minute or 0):02}"


def day(words: str) -> str | None:
    """ISO 8601 of what DAY matched; without a year "--11-17"; None if there is no such day.

    `1/29/2016` counts where only one reading is a day.
    """
    digits = [int(number) for number in re.findall(r"[0-9]+", words)]
    if "/" in words:
        return _slashed(*digits)
    if "-" in words and len(digits) == 3:
        return _iso(digits[0], digits[1], digits[2])
    names = re.findall(r"[^\W\d_]{3,}", words.lower())
    month = next((_NUMBER[name] for name in names if name in _NUMBER), 0)
    year = next((number for number in digits if number > 31), 0)
    days = [number for number in digits if number <= 31]
    if month and year and not days:
        return f"{year:04}-{month:02}"
    return _iso(year, month, days[0]) if month and days else None


def _iso(year: int, month: int, number: int) -> str | None:
    if not (1 <= month <= 12 and 1 <= number <= _DAYS[month - 1]):
        return None
    return f"{year:04}-{month:02}-{number:02}" if year else f"--{month:02}-{number:02}"


def _slashed(first: int, second: int, year: int) -> str | None:
    readings = {_iso(year, first, second), _iso(year, second, first)} - {None}
    return readings.pop() if len(readings) == 1 else None
