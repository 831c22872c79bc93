"""Whether two values say the same."""

from __future__ import annotations

from nutgraf.stages.figures.mention import Mention
from nutgraf.types import Value

__all__ = ["agree", "same_value"]

_MINUTES = 12
"""Times as near as this are one time told differently (LEDGER.md leaves 5 to 20 minutes open)."""


def agree(a: Mention, b: Mention) -> bool:
    """Equal within rounding, or a bound that the other meets."""
    if same_value(a.value, b.value):
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
    if len(a) != 5 or len(b) != 5 or a[2] != ":" or b[2] != ":":
        return False
    gap = abs(int(a[:2]) * 60 + int(a[3:]) - int(b[:2]) * 60 - int(b[3:]))
    return min(gap, 1440 - gap) <= _MINUTES


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
    """Whether the rounder one is the other, rounded: 43,000 and 43,350, 1.4 and 1.375 billion."""
    if min(abs(x), abs(y)) < 1000 or abs(x - y) > 0.025 * max(abs(x), abs(y)):
        return False
    if a.figure.unit == "votes" or b.figure.unit == "votes":
        return False
    return _to_digits(y, _digits(x)) == x or _to_digits(x, _digits(y)) == y


def _digits(value: float) -> int:
    return max(1, len(f"{value:.12g}".replace(".", "").strip("0-")))


def _to_digits(value: float, digits: int) -> float:
    return float(f"{value:.{digits}g}")
