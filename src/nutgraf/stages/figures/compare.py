"""Whether two values say the same."""

from __future__ import annotations

import re

from nutgraf.stages.figures.circumstance import days_apart
from nutgraf.stages.figures.mention import Mention
from nutgraf.types import Value

__all__ = ["agree", "minutes_apart", "same_value", "slipped"]

_ROUNDING = 0.025
"""Share by which a rounded number may miss; twice as much if it is said to be rounded."""
_MINUTES = 12
"""Times as near as this are one time told differently (LEDGER.md leaves 5 to 20 minutes open)."""
_OCLOCK = re.compile(r"o['’]clock\b")
_SHORTLY = 20
"""How many minutes "shortly after" leaves open; a bare "after" twice as many."""
_JUST = re.compile(r"\b(?:just|shortly|moments|right) (?:before|after)\b", re.IGNORECASE)
_ABOUT = 15


def agree(a: Mention, b: Mention) -> bool:
    """Equal within rounding, or a bound that the other meets."""
    if same_value(a.value, b.value) or _same_day(a, b) or _near_enough(a, b):
        return True
    x, y = _single(a.value), _single(b.value)
    if x is None or y is None or a.figure.what.startswith("age of"):
        return False
    return _meets(a.bound, x, y) or _meets(b.bound, y, x) or _rounded(a, b, x, y)


def _single(value: Value) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def same_value(a: Value, b: Value) -> bool:
    """Equal; a range holds its ends, a decade all its years; near times are one."""
    if a == b:
        return True
    if isinstance(a, str) and isinstance(b, str):
        return _near(a, b)
    if isinstance(a, list) and isinstance(b, int | float):
        return b in a or (a[1] - a[0] in (2, 3, 9) and a[0] <= b <= a[1])
    if isinstance(b, list) and isinstance(a, int | float):
        return same_value(b, a)
    return False


def _near(a: str, b: str) -> bool:
    return _is_time(a) and _is_time(b) and minutes_apart(a, b) <= _MINUTES


def _is_time(value: str) -> bool:
    return len(value) == 5 and value[2] == ":"


def minutes_apart(a: str, b: str) -> int:
    """Minutes between two times of day, the shorter way round the clock."""
    gap = abs(int(a[:2]) * 60 + int(a[3:]) - int(b[:2]) * 60 - int(b[3:]))
    return min(gap, 1440 - gap)


def _near_enough(a: Mention, b: Mention) -> bool:
    """ "Shortly after 1 a.m." is 1:15; "about" on both sides leaves a quarter of an hour, and
    "nine o'clock" leaves open of which half of the day."""
    if a.figure.unit != "clock time":
        return False
    x, y = str(a.value), str(b.value)
    gap = minutes_apart(x, y)
    if abs(gap - 720) <= _MINUTES and (_OCLOCK.search(a.figure.quote + b.figure.quote)):
        return True
    if gap == 0:
        return False
    first, last = (a, b) if _later(x, y) == gap else (b, a)
    if (first.bound == "after" and gap <= _open(first)) or (
        last.bound == "before" and gap <= _open(last)
    ):
        return True
    return gap <= _ABOUT and a.bound == b.bound == "about"


def _open(mention: Mention) -> int:
    return _SHORTLY if _JUST.search(mention.figure.quote) else 2 * _SHORTLY


def _later(x: str, y: str) -> int:
    """Minutes from x to y on the clock."""
    return (int(y[:2]) * 60 + int(y[3:]) - int(x[:2]) * 60 - int(x[3:])) % 1440


def _same_day(a: Mention, b: Mention) -> bool:
    """A day told by its name is as near to another as the two publications let it be; a year that
    was not told is that of the other."""
    if a.figure.unit != "date":
        return False
    x, y = str(a.value), str(b.value)
    if x[5:] == y[5:]:
        return x[:4] not in a.figure.quote or y[:4] not in b.figure.quote
    apart = days_apart(x, y) if a.named_day or b.named_day else None
    return apart is not None and apart % 7 == 0 and apart <= 14


def _meets(bound: str, limit: float, value: float) -> bool:
    """Whether `value` fits "more than `limit`", as far as a reader would take it."""
    if bound in ("at least", "more than"):
        return limit <= value <= limit * 1.3
    if bound in ("up to", "less than"):
        return limit * 0.7 <= value <= limit
    if bound == "about":
        return abs(value - limit) <= 0.025 * max(abs(value), abs(limit))
    return False


def _rounded(a: Mention, b: Mention, x: float, y: float) -> bool:
    """Whether the rounder one is the other, rounded: 43,000 and 43,350, "nearly" 500 and 484."""
    vague = "about" in (a.bound, b.bound)
    apart = (2 if vague else 1) * _ROUNDING * max(abs(x), abs(y))
    if min(abs(x), abs(y)) < 1000 or abs(x - y) > apart:
        return False
    if a.figure.unit == "votes" or b.figure.unit == "votes":
        return False
    return _to_digits(y, _digits(x)) == x or _to_digits(x, _digits(y)) == y


def _digits(value: float) -> int:
    mantissa = f"{value:.11e}".partition("e")[0]
    return max(1, len(mantissa.replace(".", "").strip("0-")))


def _to_digits(value: float, digits: int) -> float:
    return float(f"{value:.{digits}g}")


def slipped(x: Value, y: Value) -> bool:
    """Whether one wrong digit of four or more, or two swapped, tells two numbers apart."""
    if not isinstance(x, int | float) or not isinstance(y, int | float):
        return False
    first, second = (f"{value:.2f}" for value in (x, y))
    if len(first) != len(second):
        return False
    wrong = [i for i, (p, q) in enumerate(zip(first, second, strict=True)) if p != q]
    if len(wrong) == 1:
        return len(first.replace(".", "").rstrip("0")) >= 4
    return len(wrong) == 2 and wrong[1] == wrong[0] + 1 and sorted(first) == sorted(second)
