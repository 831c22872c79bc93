"""Dates and times as news writes them, read without a date library.

What comes out is ISO 8601. A time counts only with its zone: `"4 Sept. 2025, 15:05"` says which
day, but 15:05 where? So it stays the date `"2025-09-04"`.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_tz

__all__ = ["parse_when", "when_key"]

# Month names by their first letters, long enough to tell them apart: English, German, French,
# Spanish, Portuguese, Italian, Dutch, Swedish, Danish, Norwegian, Polish, Turkish, Russian,
# Ukrainian. "mai" and "mar" mean the same in all of them.
_MONTHS = {
    1: "jan gen ene sty oca январ січ",
    2: "feb fév fev lut şub феврал лют",
    3: "mar mär maa mrt март берез",
    4: "apr avr abr kwi nis апрел квіт",
    5: "may mai mag maj mayıs mei май мая трав",
    6: "jun juin giu cze haz июн черв",
    7: "jul juil lug lip tem июл лип",
    8: "aug aoû aou ago sie ağu август серп",
    9: "sep set wrz eyl сентябр верес",
    10: "oct okt out ott paź eki октябр жовт",
    11: "nov lis kas ноябр листоп",
    12: "dec dez déc dic gru ara декабр груд",
}
_PREFIXES = sorted(
    ((prefix, month) for month, names in _MONTHS.items() for prefix in names.split()),
    key=lambda pair: -len(pair[0]),
)
_ZONES = {
    "utc": 0, "gmt": 0, "z": 0, "wet": 0, "bst": 60, "cet": 60, "mez": 60, "cest": 120,
    "mesz": 120, "eet": 120, "eest": 180, "msk": 180, "gst": 240, "pkt": 300, "sgt": 480,
    "hkt": 480, "jst": 540, "kst": 540, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780,
    "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480,
    "pdt": -420,
}  # fmt: skip
# Minutes east of Greenwich. "IST" is three zones, "ET" is two: both are left out.

_ISO = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)"
    r"(?:[T\s]+(\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|[A-Za-z]{2,4}|[+-]\d\d:?\d\d)?)?",
)
_MAIL_DATE = re.compile(r"(?:[A-Za-z]{3,9},?\s*)?\d\d?\s+[A-Za-z]{3,9}\s+\d{4},?\s+\d\d?:\d\d")
_EPOCH = re.compile(r"(\d{10})(?:\d{3})?(?:\.\d+)?")
_CJK = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_YMD = re.compile(r"(?<!\d)(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?!\d)")
_DMY = re.compile(r"(?<!\d)(\d{1,2})([/.-])\s?(\d{1,2})\2\s?(\d{4})(?!\d)")
_DAY_MONTH = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|\.|º)?[\s-]+(?:de\s+|of\s+)?([^\W\d_]{3,})\.?,?[\s-]+"
    r"(?:de\s+|del\s+)?(\d{4})(?!\d)"
)
_MONTH_DAY = re.compile(
    r"([^\W\d_]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:\s*,\s*|\s+)(\d{4})(?!\d)"
)
_CLOCK = re.compile(
    r"(?<![\d:])(\d{1,2})[:.h](\d{2})(?::(\d{2}))?\s*([ap])?\.?(?:m\b\.?)?\s*\(?"
    r"([+-]\d\d:?\d\d|[A-Za-z]{1,4}\b)?",
    re.IGNORECASE,
)
_AGO = re.compile(r"(\d+|an?|one)\s*(min|minute|hour|hr|h|day|d|week|wk)s?\s+ago\b", re.IGNORECASE)
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1),
          "w": timedelta(weeks=1)}  # fmt: skip


def parse_when(text: str, now: datetime | None = None) -> str | None:
    """The moment or day that `text` names, as ISO 8601; None if it names none.

    Reads ISO 8601, RFC 822, epoch seconds and milliseconds, and written dates in the main
    European languages, Chinese, Japanese and Korean. `09/04/2025` could be two days and is none.
    With `now`, "3 hours ago" and "yesterday" count too; a unit of a day or more gives a date.
    """
    text = text.strip()[:200]
    if not text:
        return None
    for reader in (_iso, _epoch, _rfc822, _written):
        try:
            found = reader(text)
        except (ValueError, OverflowError, TypeError):
            found = None
        if found:
            return found
    return _relative(text, now) if now else None


def when_key(published: str | None) -> datetime | None:
    """For sorting: the aware moment; a bare date is that day at 00:00 UTC; None is unknown."""
    if not published:
        return None
    try:
        moment = datetime.fromisoformat(published)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        again = parse_when(published)
        return when_key(again) if again and again != published else None


def _iso(text: str) -> str | None:
    match = _ISO.match(text)
    if not match:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    when = date(int(year), int(month), int(day))
    return _moment(when, hour, minute, second, zone)


def _epoch(text: str) -> str | None:
    match = _EPOCH.fullmatch(text)
    return datetime.fromtimestamp(int(match[1]), UTC).isoformat() if match else None


def _rfc822(text: str) -> str | None:
    parts = parsedate_tz(text) if _MAIL_DATE.match(text) else None
    if not parts or parts[0] < 1000:
        return None
    when = date(*parts[:3])
    # parsedate_tz answers 0 for a zone it doesn't know as well as for none: ask the text.
    if parts[9] is None or not re.search(r"(?:[+-]\d{4}|\b[A-Z]{3,4})\)?$", text):
        return when.isoformat()
    zone = timezone(timedelta(seconds=parts[9]))
    return datetime(*parts[:6], tzinfo=zone).isoformat()


def _written(text: str) -> str | None:
    found = _day(text)
    if not found:
        return None
    when, end = found
    for rest in (text[end:], text):
        clock = _CLOCK.search(rest)
        if clock:
            hour = _hour(int(clock[1]), (clock[4] or "").lower())
            return _moment(when, str(hour), clock[2], clock[3], clock[5])
    return when.isoformat()


def _day(text: str) -> tuple[date, int] | None:
    """The first written day, and where its words end."""
    for pattern in (_CJK, _YMD):
        if match := pattern.search(text):
            return date(int(match[1]), int(match[2]), int(match[3])), match.end()
    for match in _DAY_MONTH.finditer(text):
        if month := _month(match[2]):
            return date(int(match[3]), month, int(match[1])), match.end()
    for match in _MONTH_DAY.finditer(text):
        if month := _month(match[1]):
            return date(int(match[3]), month, int(match[2])), match.end()
    if match := _DMY.search(text):
        return _numeric(int(match[1]), int(match[3]), int(match[4]), match[2]), match.end()
    return None


def _numeric(first: int, second: int, year: int, mark: str) -> date:
    """Day and month from two numbers: dots are European; otherwise one of them must exceed 12."""
    if mark == "." or first > 12 or first == second:
        return date(year, second, first)
    if second > 12:
        return date(year, first, second)
    raise ValueError("day or month first?")


def _month(word: str) -> int | None:
    lowered = word.lower()
    return next((month for prefix, month in _PREFIXES if lowered.startswith(prefix)), None)


def _hour(hour: int, half: str) -> int:
    return hour % 12 + (12 if half == "p" else 0) if half else hour


def _moment(
    day: date, hour: str | None, minute: str | None, second: str | None, zone: str | None
) -> str:
    """The day, with its time of day if that has a zone and both are real."""
    offset = _offset(zone) if hour and zone else None
    if offset is None or hour is None:
        return day.isoformat()
    try:
        moment = datetime(
            day.year, day.month, day.day, int(hour), int(minute or 0), int(second or 0),
            tzinfo=timezone(timedelta(minutes=offset)),
        )  # fmt: skip
    except ValueError:
        return day.isoformat()
    return moment.isoformat()


def _offset(zone: str) -> int | None:
    if zone[0] in "+-":
        minutes = int(zone[1:3]) * 60 + int(zone[-2:])
        return -minutes if zone[0] == "-" else minutes
    return _ZONES.get(zone.lower())


def _relative(text: str, now: datetime) -> str | None:
    lowered = text.lower()
    if lowered in ("today", "just now"):
        return now.date().isoformat()
    if lowered == "yesterday":
        return (now - timedelta(days=1)).date().isoformat()
    match = _AGO.search(text)
    if not match:
        return None
    count = int(match[1]) if match[1].isdigit() else 1
    unit = match[2][0].lower()
    if count > 10_000:
        return None
    when = now - count * _UNITS[unit]
    return when.replace(microsecond=0).isoformat() if unit in "mh" else when.date().isoformat()
