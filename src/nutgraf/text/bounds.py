"""What is said of a number's exactness: "about", "at least", "up to"."""

from __future__ import annotations

import re
from typing import Literal

__all__ = ["Bound", "bound_of"]

Bound = Literal["", "about", "at least", "more than", "up to", "less than", "before", "after"]

_WORDS: dict[Bound, str] = {
    "about": r"about|around|roughly|approximately|approx\.|circa|some|nearly|almost|an estimated"
    r"|estimated|close to|unos|unas|casi|environ|etwa|rund|cerca de",
    "at least": r"at least|no fewer than|no less than|not less than|a minimum of|al menos"
    r"|au moins|mindestens",
    "more than": r"more than|over|upwards of|in excess of|exceeding|just over|just more than"
    r"|más de|plus de|mehr als|über",
    "up to": r"up to|as many as|as much as|at most|no more than|not more than|a maximum of|hasta"
    r"|bis zu",
    "less than": r"less than|fewer than|under|just under|below|menos de|moins de|weniger als",
    "before": r"(?:just|shortly|a little)? ?before",
    "after": r"(?:just|shortly|a little)? ?(?:after|past)",
}
_NAMES = tuple(_WORDS)
_BEFORE = re.compile(
    r"(?:^|[^\w])(?:"
    + "|".join(f"({words})" for words in _WORDS.values())
    + r")[ \u00a0](?:the |a |an |only |just )?$",
    re.IGNORECASE,
)
_OR_SO = re.compile(r"[ ]or (so|more|less|fewer)\b")


def bound_of(text: str, start: int, end: int, *, time: bool) -> Bound:
    """The qualifier right before or after `text[start:end]`; before and after are for a time."""
    match = _BEFORE.search(text, max(0, start - 28), start)
    if match and match.lastindex:
        bound = _NAMES[match.lastindex - 1]
        return bound if time or bound not in ("before", "after") else ""
    after = _OR_SO.match(text, end)
    if after:
        return "at least" if after.group(1) == "more" else "about"
    return ""
