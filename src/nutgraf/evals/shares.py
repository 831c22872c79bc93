"""A share of cases, between the ends of an interval."""

from __future__ import annotations

import math

__all__ = ["interval"]

_Z = 1.96


def interval(name: str, hits: int, of: int) -> dict[str, float]:
    """The share (0..1), and the ends of Wilson's 95 % interval (JASA 22, 1927), by name."""
    n = of or 1
    p = hits / n
    middle, spread = p + _Z**2 / (2 * n), _Z * math.sqrt(p * (1 - p) / n + _Z**2 / (4 * n * n))
    low, high = ((middle + sign * spread) / (1 + _Z**2 / n) for sign in (-1, 1))
    return {name: p, f"{name}_low": max(0.0, low), f"{name}_high": high}
