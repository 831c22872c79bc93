"""Years: "the 1976 law", "elected in 2008", "served from 1967 to 1979"."""

from __future__ import annotations

import re

from nutgraf.stages.figures.place import Place, Stated

__all__ = ["read_year"]

_NOUN = re.compile(r"[ ]([a-z]{3,}|[A-Z]\w+(?: [A-Z]\w+){0,4})(?! [0-9])")
_VERB = re.compile(r"\b([a-z]{2,}(?:ed|ght|old|eft|ame|ent|eld|ook|ied|on|ost|egan|ew))\b")
_PREPOSITION = re.compile(
    r"\b(?:in|since|from|between|until|of|beginning in)[ ](?:early |late |mid-?)?$"
)
_COPYRIGHT = re.compile(r"(?:\b[Cc]opyright|©)[^.]{0,30}$")
_NO_NOUN = frozenset(
    "and to that when the for with but after before because while who which where was were has had "
    "is are from until into over than then said about its his her their this".split()
)


def read_year(place: Place) -> Stated | None:
    """A year, or a span of years, and what happened or is dated so."""
    number = place.number
    value = place.value
    if not 1800 <= number.low <= 2100 or not 1800 <= number.high <= 2100:
        return None
    if _COPYRIGHT.search(place.before):
        return None
    if _PREPOSITION.search(place.before):
        verbs = _VERB.findall(place.left[-70:])
        what = f" {verbs[-1]}" if verbs else ""
        return Stated(f"years{what}" if number.is_range else f"year{what}", value, "year")
    noun = _NOUN.match(place.after)
    if noun and noun.group(1).lower() not in _NO_NOUN and not number.is_range:
        return Stated(f"year of {noun.group(1)}", value, "year")
    return None
