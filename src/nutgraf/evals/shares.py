"""A share of cases, between the ends of an interval."""

from __future__ import annotations

import math

__all__ = ["interval", "wilson"]

_Z = 1.96


def interval(name: str, hits: int, of: int) -> dict[str, float]:
    """The share (0..1), and the ends of its interval, by name."""
    p = hits / (of or 1)
    low, high = wilson(p, of)
    return {name: p, f"{name}_low": low, f"{name}_high": high}


def wilson(share: float, n: int) -> tuple[float, float]:
    """The ends of Wilson's 95 % interval of a share (0..1) among `n` (JASA 22, 1927)."""
    n = n or 1
    middle = share + _Z**2 / (2 * n)
    spread = _Z * math.sqrt(share * (1 - share) / n + _Z**2 / (4 * n * n))
    low, high = ((middle + sign * spread) / (1 + _Z**2 / n) for sign in (-1, 1))
    return max(0.0, low), min(1.0, high)
