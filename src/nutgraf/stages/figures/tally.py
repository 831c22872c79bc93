"""People told as a list with one fate: "two men and a woman were shot" are three."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from nutgraf.stages.figures.people import fate_after, fate_before
from nutgraf.text.spelled import UNITS

__all__ = ["Tally", "tallies"]

_COUNT = r"(?i:an?|one|two|three|four|five|six|seven|eight|nine|ten|[1-9][0-9]?)"
_KIND = (
    r"(?i:m[ae]n|wom[ae]n|boys?|girls?|teens?|teenagers?|child(?:ren)?|bab(?:y|ies)|infants?|toddlers?"
    r"|people|persons?|others?|adults?|m(?:ale|other|ales|others)|f(?:ather|emale|emales)"
    r"|officers?|police officers?|deput(?:y|ies)|victims?|students?|bystanders?)"
)
_BETWEEN = r"(?:(?!and\b|or\b|of\b|to\b|in\b|dead\b|is\b|was\b)[a-z0-9-]+[ ]){0,2}?"
_ITEM = rf"(?:{_COUNT}[ ]{_BETWEEN}{_KIND})"
_NAMED = r"(?:[Hh]e|[Ss]he|(?!One|Police|Two)[A-Z][a-z]+(?: [A-Z][a-z]+)?)"
_FIRST = rf"(?:{_ITEM}|{_NAMED}(?= and {_COUNT} others?\b))"
_LIST = re.compile(
    rf"\b(?:(?<!the )(?<!of )){_FIRST}(?:, {_ITEM})*,?(?: and| as well as) {_ITEM}\b"
)
_NUMBERED = re.compile(rf"\b({_COUNT})[ ](?:[a-z0-9-]+[ ]){{0,2}}?{_KIND}\b")
_MOST = 30
"""Most people such a list is taken to count; longer ones are told as totals."""


class Tally(NamedTuple):
    """How many people had one fate, and the span of the words that list them."""

    what: str
    people: int
    start: int
    end: int


def tallies(text: str) -> Iterator[Tally]:
    """Each list of two or more groups of people that share a fate."""
    for match in _LIST.finditer(text):
        items = _NUMBERED.findall(match.group())
        alone = not _NUMBERED.match(match.group())
        count = sum(_number(item) for item in items) + alone
        fate = _fate(text, match.start(), match.end())
        if fate and len(items) + alone > 1 and count <= _MOST:
            yield Tally(f"people {fate[0]}", count, match.start(), max(match.end(), fate[1]))


def _number(word: str) -> int:
    lowered = word.lower()
    return 1 if lowered in ("a", "an") else UNITS.get(lowered) or int(lowered)


def _fate(text: str, start: int, end: int) -> tuple[str, int] | None:
    """What happened to them, and where the word that says so ends."""
    stop = min(i for i in (text.find("\n", end), end + 70) if i >= 0)
    if after := fate_after(text[end:stop]):
        return after[0], end + after[1]
    before = fate_before(text[max(text.rfind("\n", 0, start) + 1, start - 40) : start])
    return (before, end) if before else None
