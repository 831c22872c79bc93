"""Numbers in running text, in digits and in words, with exact spans.

What a number is comes with it: a count, money, a percentage, a part of a whole, an ordinal, a
year, a decade ("in his 50s"), a day or a time of day. "About" and "at least" are kept as `bound`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from nutgraf.text.bounds import Bound, bound_of
from nutgraf.text.currencies import MONEY_WORD, SIGN, currency
from nutgraf.text.moments import CLOCK, DAY, clock, day
from nutgraf.text.spelled import FRACTION, ORDINAL, SCALES, SPELLED, fraction, rank, spelled

__all__ = ["Bound", "Number", "NumberKind", "numbers"]

NumberKind = Literal[
    "count", "money", "percent", "fraction", "ordinal", "year", "decade", "date", "time"
]


@dataclass(frozen=True, slots=True)
class Number:
    """One number: `text[start:end]` are its words, without those of its bound.

    `low` and `high` are the ends of a range and otherwise equal; a range may fall ("118 to 97").
    Money is in units of `unit` (ISO 4217 where the sign says it, else the word: "marks"). `iso`
    is set for a date (`"2016-01-29"`, without a year `"--01-29"`) and a time (`"02:00"`, or a
    range `"05:00/06:00"`); `low` and `high` are then 0.
    """

    start: int
    end: int
    kind: NumberKind
    low: float
    high: float
    unit: str = ""
    bound: Bound = ""
    iso: str = ""

    @property
    def is_range(self) -> bool:
        return self.low != self.high


_BEGINNINGS = (
    r"an?[ ]|a[bgopv]|d[ei]|e[iln]|f[eio]|g[ei]|h[aotu]|j[au]|lu|m[ai]|n[io]|o[cknu]|s[ei]|t[ehwr]"
    r"|ww|ze"
)
_SCALE = "|".join(sorted((s for s in SCALES if len(s) > 2), key=len, reverse=True))
_SKIP = (
    r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@\S+|\(?\b[0-9]{3}\)?[ .-][0-9]{3}[.-][0-9]{4}\b"
    r"|\b[0-9]{3}-[0-9]{4}\b"
    r"|\b[0-9]+(?:[.-][0-9]+){2,}\b|\b[0-9]+/[0-9]+\b(?!/)|\b[0-9]*[^\W\d_]+[0-9]\w*"
    r"|\b[A-Z]\w*-[0-9]\w*|[0-9]{16,}"
)
_JOIN = re.compile(r"[ ]?[-–—][ ]?|[ ](?:to|or)[ ]|-[ ]?(?:to|or)[ -]|[ ]and[ ]|[ ]votes[ ]to[ ]")
_BETWEEN = re.compile(
    r"(?:\bbetween|\bbegan|\bentre|\bzwischen)[ ](?:\w+[ ])?[$€£]?$", re.IGNORECASE
)
_CHANGE = re.compile(r"\bfrom[ ](?:\w+[ ])?[$€£]?$", re.IGNORECASE)
_COMMA_LANGUAGES = frozenset(
    "es fr de it pt nl pl ru uk tr sv da nb no fi cs ro hu el id ca".split()
)
_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|of|by|until|till|from|to|for|through|between|early|late|mid|during|year|and"
    r"|en|de|desde|seit|depuis)[ -]$|[(–-]$",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"[ ](?:[a-z-]+[ ])?(?:people|persons|[a-z]{3,}[^s\W]s\b)")


@lru_cache(maxsize=2)
def _pattern(*, comma: bool) -> re.Pattern[str]:
    """Everything that may be a number; `comma` where a comma is the decimal sign."""
    group, point = (r"[.\u00a0\u202f ]", ",") if comma else (",", r"\.")
    grouped = rf"[0-9]{{1,3}}(?:{group}[0-9]{{3}})+(?![0-9])"
    digits = (
        rf"(?:{grouped}|[0-9]{{1,15}})(?:{point}[0-9]{{1,6}})?"
        r"(?:[ ]?½)?|(?<!\w)\.[0-9]{1,3}"
    )
    return re.compile(
        # Most words begin as no number, month or "noon" does: they are passed over at once.
        rf"(?<![^\W_])(?!(?!{_BEGINNINGS})[a-z]+[ ,;.\n])"
        rf"(?:(?!{grouped}(?![.-]))(?P<skip>{_SKIP})|(?P<day>{DAY})|(?P<clock>{CLOCK})"
        rf"|(?P<fraction>(?i:{FRACTION})|½|¼|¾)"
        rf"|(?P<ordinal>[0-9]+(?:st|nd|rd|th)\b|(?i:{ORDINAL}))"
        r"|(?P<decade>(?:[12][0-9])?[1-9]0['’]?s\b)"
        rf"|(?:(?P<sign>{SIGN})[ ]?)?"
        rf"(?:(?P<digits>{digits})(?![0-9])|(?P<words>(?i:{SPELLED})))"
        rf"(?P<scale>[ -]?(?i:{_SCALE})\b|(?:k|m|mn|bn|tn|M|B|b|K)\b|[万萬亿億])?"
        rf"(?P<unit>[ ]?%|[ ]?‰|[ -](?i:per[ ]?cent|percent|por ciento|pour cent|prozent)(?:age"
        rf" points?)?\b"
        rf"|[ ](?i:(?:de[ ])?{MONEY_WORD})|[ ]?(?:€|元|EUR\b|USD\b|GBP\b))?)"
    )


def numbers(text: str, language: str | None = "en") -> list[Number]:
    """The numbers of `text` in order, none inside another; never raises.

    `language` (ISO 639-1) decides whether "41.208" is forty-one thousand. Addresses of the web,
    telephone numbers and digits inside a word ("B8") are no numbers.
    """
    comma = (language or "en").partition("-")[0].lower() in _COMMA_LANGUAGES
    found: list[Number] = []
    for number in _scan(text, comma=comma):
        before = found[-1] if found else None
        if before is not None and (joined := _range(text, before, number)):
            found[-1] = joined
        else:
            found.append(number)
    return [_bounded(text, number) for number in found]


def _scan(text: str, *, comma: bool) -> Iterator[Number]:
    pattern = _pattern(comma=comma)
    at = 0
    while match := pattern.search(text, at):
        number = _read(text, match, comma=comma)
        at = max(number.end if number and match["words"] else match.end(), at + 1)
        if number is not None:
            yield number


def _read(text: str, match: re.Match[str], *, comma: bool) -> Number | None:
    start, end = match.span()
    words = match.group()
    if match["skip"]:
        return None
    if match["day"]:
        iso = day(words)
        end -= words.endswith(".")
        return Number(start, end, "date", 0, 0, iso=iso) if iso else None
    if match["clock"]:
        first, last = clock(words)
        return Number(start, end, "time", 0, 0, iso=first if first == last else f"{first}/{last}")
    if match["fraction"]:
        part = {"½": 0.5, "¼": 0.25, "¾": 0.75}.get(words) or fraction(words)
        return Number(start, end, "fraction", part, part)
    if match["ordinal"]:
        place = rank(words)
        return Number(start, end, "ordinal", place, place)
    if match["decade"]:
        low = float(words.rstrip("s'’"))
        return Number(start, end, "decade", low, low + 9)
    return _quantity(text, match, comma=comma)


def _quantity(text: str, match: re.Match[str], *, comma: bool) -> Number | None:
    """A count, money, a percentage or a year."""
    start, end = match.span()
    if match["words"]:
        parsed = spelled(match["words"])
        if parsed is None:
            return None
        value: float = parsed[0]
        if parsed[1] < len(match["words"]):  # two numbers side by side: this is the first
            stop = match.start("words") + parsed[1]
            return Number(start, stop, "count", value, value)
    else:
        if text[end : end + 1].isascii() and text[end : end + 1].isalpha():
            return None
        value = _digits(match["digits"], comma=comma)
    scale, unit = match["scale"] or "", (match["unit"] or "").strip(" -").lower()
    sign = (match["sign"] or "").lower()
    factor = _factor(scale.strip(" -").lower(), sign, unit)
    if factor is None:
        return None
    value = _tidy(value * factor)
    if sign or (unit and unit[0] not in "%‰p") or unit.startswith(("pound", "peso", "pese")):
        return Number(start, end, "money", value, value, unit=currency(sign or unit))
    if unit:
        kind_unit = "percentage points" if "point" in unit else "percent"
        return Number(start, end, "percent", value, value, unit=kind_unit)
    kind: NumberKind = "year" if match["digits"] and _is_year(text, start, end) else "count"
    return Number(start, end, kind, value, value)


def _digits(digits: str, *, comma: bool) -> float:
    plain = digits.replace("½", "").strip()
    half = 0.5 if "½" in digits else 0
    for separator in ". \u00a0\u202f" if comma else ",":
        plain = plain.replace(separator, "")
    return float(plain.replace(",", ".")) + half


def _factor(scale: str, sign: str, unit: str) -> int | None:
    """What the word after the digits multiplies by; None if it makes them no number ("5m")."""
    if not scale:
        return 1
    if scale == "b":
        scale = "bn"
    return SCALES[scale] if scale not in ("m", "k") or sign or unit or scale == "k" else None


def _tidy(value: float) -> float:
    """Without the dust of binary fractions: 4.1 million is 4100000."""
    value = float(f"{value:.15g}")
    return int(value) if value == int(value) else value


def _is_year(text: str, start: int, end: int) -> bool:
    words = text[start:end]
    if len(words) != 4 or not words.isdigit() or not 1800 <= int(words) <= 2100:
        return False
    if _YEAR_BEFORE.search(text[max(0, start - 12) : start]):
        return True
    return not _COUNTED.match(text, end)


def _range(text: str, first: Number, second: Number) -> Number | None:
    """Two numbers as the ends of one range, if the words between say so."""
    gap = text[first.end : second.start]
    if len(gap) > 10 or not _JOIN.fullmatch(gap) or first.is_range or first.kind == "ordinal":
        return None
    before = text[max(0, first.start - 24) : first.start]
    if "and" in gap and not _BETWEEN.search(before):
        return None
    if "to" in gap and _CHANGE.search(before) and first.kind != "year":
        return None
    kinds = {first.kind, second.kind}
    if (len(kinds) == 2 and "count" not in kinds) or kinds & {"date", "time", "fraction", "decade"}:
        return None
    if kinds == {"count", "money"} and first.kind == "count" and first.low >= second.low:
        return None
    return _spanning(text, first, second)


def _spanning(text: str, first: Number, second: Number) -> Number | None:
    """The range from `first` to `second`; "4.1-4.3 billion" scales both."""
    kind = second.kind if first.kind == "count" else first.kind
    low = first.low
    words = text[second.start : second.end].lower()
    scaled = re.search(r"[a-z]+", words.lstrip("us$"))
    factor = _WORDS.get(scaled.group(), 1) if scaled and words[0] in "0123456789$€£" else 1
    if factor > 1 and low * factor <= second.high:
        low = _tidy(low * factor)
    if kind == "year" and second.kind == "count":
        return None
    unit = first.unit or second.unit
    return Number(first.start, second.end, kind, low, second.high, unit=unit)


_WORDS = {word: factor for word, factor in SCALES.items() if word != "k"}


def _bounded(text: str, number: Number) -> Number:
    if number.kind == "ordinal":
        return number
    bound = bound_of(text, number.start, number.end, time=number.kind == "time")
    return replace(number, bound=bound) if bound else number
