"""Counts told without a number: "no arrests have been made", "a second arrest", "has died"."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["told_arrests", "told_deaths"]

_ARRESTS = re.compile(
    r"\b(?:(?P<none>[Nn]o arrests?\b(?: (?:have|has|had) been| were| was)? ?(?:made|announced)?"
    r"|(?:[Nn]o ?(?:one|body)|[Nn]o suspects?) (?:is|are|has been|have been|had been|was|were) "
    r"(?:arrested|in custody|under arrest|charged)"
    r"|(?<!or )(?<!whether )(?:[Tt]he |[Aa] )?(?:[Ss]uspects?|[Ss]hooters?) (?:is|are|remains?) "
    r"(?:still )?at large)"
    r"|(?P<two>(?:made |announced )?[Aa] second arrest\b(?: (?:has been|was|had been))?(?: made)?)"
    r"|(?P<one>(?:made|announced) an arrest\b|[Aa]n arrest (?:has been|was|had been) made"
    r"|(?:have|has|had) arrested an? (?:[\w-]+ ){0,3}?(?:man|woman|boy|girl|teen(?:ager)?|suspect"
    r"|person|driver|student)\b"
    r"|(?:suspect|man|woman|teen(?:ager)?|boy|girl|person) (?:is|has been)"
    r" (?:in custody|arrested)))"
)
_PERSON = r"(?:man|woman|boy|girl|teen(?:ager)?|child|infant|baby|student|victim|person)"
_DEATHS = re.compile(
    rf"\b(?:(?P<one>[Aa] (?:[\w-]+ ){{0,3}}?{_PERSON}\b[^.;\n]{{0,60}}?\b(?:has|have) died)"
    r"|(?P<none>(?:[Aa]ll|[Bb]oth|[Ee]veryone|[Tt]he victims?|[Tt]he (?:man|woman|boy|girl))\b"
    r"[^.;\n]{0,60}?\b(?:is|are|were|was) expected to (?:survive|live|recover)))\b"
)
_VALUES = {"none": 0, "one": 1, "two": 2}


def told_arrests(text: str) -> Iterator[tuple[int, int, int]]:
    """How many people are under arrest, with the span of the words that say so."""
    for match in _ARRESTS.finditer(text):
        yield _VALUES[match.lastgroup or "none"], match.start(), match.end()


def told_deaths(text: str) -> Iterator[tuple[int, int, int]]:
    """How many died, 0 or 1, of an article that gives no number; the first that is told."""
    if match := _DEATHS.search(text):
        yield _VALUES[match.lastgroup or "none"], match.start(), match.end()
