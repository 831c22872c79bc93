"""Dates as feeds write them, to ISO 8601.

Own code rather than dateutil, which fills what is missing from today's date ("12" is then a
day of this month) and can't say whether there was a time at all.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from datetime import time as clock

from nutgraf.text.words import fold

__all__ = ["iso_date"]

# Months by the beginning of their names, accents folded: English, German, French, Spanish,
# Italian, Portuguese, Dutch, Polish, Russian.
_MONTHS = (
    "jan ene gen sty янв",
    "feb fev lut фев",
    "mar mrz mrt maa мар",
    "apr abr avr kwi апр",
    "may mai mei mag maj май мая",
    "jun juin giu cze июн",
    "jul juil lug lip июл",
    "aug aou ago sie авг",
    "sep set wrz сен",
    "oct okt out ott paz окт",
    "nov lis ноя",
    "dec dez dic gru дек",
)
_MONTH = {start: number for number, starts in enumerate(_MONTHS, 1) for start in starts.split()}

# Hours east of Greenwich. Where a name has several meanings (IST, CST, BST), the one that
# English-language feeds use.
_ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "ut": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "cest": 2,
    "met": 1, "mest": 2, "eet": 2, "eest": 3, "sast": 2, "msk": 3, "ist": 5.5, "pkt": 5, "wib": 7,
    "sgt": 8, "hkt": 8, "pht": 8, "awst": 8, "jst": 9, "kst": 9, "acst": 9.5, "acdt": 10.5,
    "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13, "nst": -3.5, "ndt": -2.5, "ast": -4,
    "adt": -3, "brt": -3, "art": -3, "est": -5, "edt": -4, "et": -5, "cst": -6, "cdt": -5,
    "ct": -6, "mst": -7, "mdt": -6, "mt": -7, "pst": -8, "pdt": -7, "pt": -8, "akst": -9,
    "akdt": -8, "hst": -10,
}  # fmt: skip

_TIME = (
    r"(?:[\sT,]*(?:at\s+)?(?P<hour>\d{1,2})[:.h]?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]\.?m\b\.?)?\s*\(?(?P<zone>[A-Za-z]*\s*(?:[+-]\d{1,2}:?(?:\d{2})?)?)\)?.*)?"
)
_FORMS = (
    # 2026-11-02, 20261102, 2026/11/02, 2026:11:02
    re.compile(
        r"(?P<year>\d{4})(?P<sep>[-/.:]?)(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})" + _TIME, re.I
    ),
    # Mon, 02 Nov 2026; 2 de noviembre de 2026; 2-Nov-26
    re.compile(
        r"(?:[^\W\d]+\.?,?\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th|\.|er)?[\s/-]*(?:de\s+|of\s+)?"
        r"(?P<name>[^\W\d]{3,12})\.?,?[\s/-]*(?:de\s+)?(?P<year>\d{4}|\d{2})\b" + _TIME,
        re.I,
    ),
    # Monday, November 2, 2026; Nov 02 2026
    re.compile(
        r"(?:[^\W\d]+\.?,?\s+)?(?P<name>[^\W\d]{3,12})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+"
        r"(?P<year>\d{4})\b" + _TIME,
        re.I,
    ),
    # Mon Nov  2 08:00:00 2026, with or without a zone before the year (ctime, date)
    re.compile(
        r"(?:[^\W\d]{3}\s+)?(?P<name>[^\W\d]{3})\s+(?P<day>\d{1,2})\s+(?P<hour>\d{1,2}):"
        r"(?P<minute>\d{2}):(?P<second>\d{2})\s+(?P<zone>[A-Z]{1,5}\s+)?(?P<half>)(?P<year>\d{4})"
    ),
)
_LONGEST = 100


def iso_date(text: str | None) -> str | None:
    """ISO 8601: "2026-11-02" where no time is given, else with the zone that was given.

    A time without a zone, or with one that nobody knows, is taken for UTC, as other feed
    readers do. None for anything that does not name a day, including days that don't exist.
    """
    text = " ".join((text or "").split())[:_LONGEST]
    if re.fullmatch(r"1\d{9}", text):  # seconds since 1970, as some generators write
        return datetime.fromtimestamp(int(text), UTC).isoformat()
    for form in _FORMS:
        match = form.fullmatch(text)
        if match:
            try:
                return _iso(match.groupdict())
            except (ValueError, OverflowError):
                return None
    return None


def _iso(found: dict[str, str | None]) -> str:
    day = date(_year(found["year"] or ""), _month(found), int(found["day"] or ""))
    if found["hour"] is None:
        return day.isoformat()
    hour, half = int(found["hour"]), (found["half"] or "").lower()
    if half:
        hour = hour % 12 + 12 * half.startswith("p")
    minute, second = int(found["minute"] or 0), min(int(found["second"] or 0), 59)
    late = timedelta(days=hour == 24)  # 24:00 is the end of the day
    zone = timezone(timedelta(hours=_offset(found["zone"] or "")))
    time = datetime.combine(day, clock(hour % 24 if late else hour, minute, second), zone)
    return (time + late).isoformat()


def _year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 69 else 1900)


def _month(found: dict[str, str | None]) -> int:
    if found.get("month"):
        return int(found["month"] or "")
    name = fold(found["name"] or "")
    number = _MONTH.get(name[:4]) or _MONTH.get(name[:3])
    if number is None:
        raise ValueError(name)
    return number


def _offset(zone: str) -> float:
    """Hours east: "+0530", "GMT+2", "EST"; 0 where it is not known."""
    shift = re.search(r"([+-])(\d{1,2}):?(\d{2})?$", zone)
    if not shift:
        return _ZONES.get(zone.strip().lower(), 0.0)
    hours = int(shift[2]) + int(shift[3] or 0) / 60
    return -hours if shift[1] == "-" else hours
