"""Arrests told without a number: "no arrests have been made", "a second arrest"."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["told_arrests"]

_TOLD = re.compile(
    r"\b(?:(?P<none>[Nn]o arrests?\b(?: (?:have|has|had) been| were| was)? ?(?:made|announced)?"
    r"|(?:[Nn]o ?(?:one|body)|[Nn]o suspects?) (?:is|are|has been|have been|had been|was|were) "
    r"(?:arrested|in custody|under arrest|charged))"
    r"|(?P<two>(?:made |announced )?a second arrest\b(?: (?:has been|was|had been))?(?: made)?)"
    r"|(?P<one>(?:made|announced) an arrest\b|[Aa]n arrest (?:has been|was|had been) made))"
)
_VALUES = {"none": 0, "one": 1, "two": 2}


def told_arrests(text: str) -> Iterator[tuple[int, int, int]]:
    """How many people are under arrest, with the span of the words that say so."""
    for match in _TOLD.finditer(text):
        yield _VALUES[match.lastgroup or "none"], match.start(), match.end()
