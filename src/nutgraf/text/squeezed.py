"""Nothing but the letters and digits of a text: what two readings of one page have in common."""

from __future__ import annotations

__all__ = ["squeezed"]


def squeezed(text: str) -> tuple[str, list[int]]:
    """The letters and digits in lower case, and where in `text` each of them stands."""
    found: list[str] = []
    places: list[int] = []
    for i, character in enumerate(text):
        if character.isalnum():
            lower = character.lower()
            found.append(lower)
            places += [i] * len(lower)
    return "".join(found), places
