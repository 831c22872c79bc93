"""What others write where they have nothing: nulls, one author as a string, numbers for ids."""

from __future__ import annotations

from typing import Any

__all__ = ["lenient"]


def lenient(value: Any) -> Any:
    """Decoded JSON as our shapes want it: what is null is left out, an id is a string.

    An article with a headline and no text has an empty one.
    """
    if isinstance(value, list):
        return [lenient(item) for item in value]
    if not isinstance(value, dict):
        return value
    given = {key: lenient(item) for key, item in value.items() if item is not None}
    for key in ("id", "story"):
        if isinstance(given.get(key), int):
            given[key] = str(given[key])
    if isinstance(given.get("authors"), str):
        given["authors"] = [given["authors"]]
    if "title" in given and "html" not in given:
        given.setdefault("text", "")
    return given
