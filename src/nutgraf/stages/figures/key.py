"""What figures may be of one thing: those of one key."""

from __future__ import annotations

import re

from nutgraf.stages.figures.ages import name_parts
from nutgraf.stages.figures.events import HAPPENINGS
from nutgraf.text.words import stem
from nutgraf.types import Article, Figure, Value

__all__ = ["MOVING", "Key", "key_of"]

Key = tuple[str, ...]
"""Figures of different keys are never one thing. A leading "=" marks keys whose figures are one
thing by their name alone ("people killed"), others need like contexts as well."""


MOVING = frozenset(
    """killed injured missing rescued arrested charged shot evacuated hospitalised infected released
    reward bail damage suspects""".split()
)
"""What goes up or down while a story runs; anything else is a fixed fact."""
_FATES = (MOVING - {"reward", "bail", "damage", "suspects"}) | {"aboard"}
_LONG_AGO = re.compile(
    r"\b(?:in|since|of)[ ](?:the |[A-Z][a-z]+ )?((?:19|20)[0-9]{2})\b|\b(?:last|previous"
    r"|earlier that) year\b|\bworst\b"
)
_BY_NAME = frozenset(("margin of votes", "shots fired"))
_BY_UNIT = frozenset(("year", "votes", "fraction"))
_SUMS = frozenset(("bail", "reward"))
_SPANS = ("length of", "time limit", "period", "duration")


def key_of(figure: Figure, around: str, article: Article) -> Key:
    """The key of a figure, `around` being the words it stands in."""
    what, unit = figure.what, figure.unit
    if what.startswith("age of "):
        return _age_key(what.removeprefix("age of "), figure.value)
    if unit == "people":
        return _people_key(what, _past(around, article))
    if unit in ("clock time", "date"):
        # A story has one happening, whatever its articles call it: a shooting, an attack.
        return ("=", unit if what.partition(" of ")[2] in HAPPENINGS else what)
    if what in _BY_NAME:
        return ("=", what)
    if unit in _BY_UNIT:
        return (unit,)
    return _amount_key(what, unit)


def _people_key(what: str, past: str) -> Key:
    if what.rsplit(" ", 1)[-1] not in _FATES:
        return ("people",)
    return ("~", what, past) if past else ("=", what)


def _amount_key(what: str, unit: str) -> Key:
    if unit == "counts":
        return (unit, stem(what.rsplit(" ", 1)[-1]))
    if what in _SUMS:
        return ("=", what, unit)
    if unit.isupper() or what == "amount" or what.startswith("money"):
        return ("money", unit)
    if what == "prison sentence":
        return ("prison",)
    if what.startswith(_SPANS):
        return (what.split(" ")[0], unit.rstrip("s"))
    return (stem(unit.split(" ")[-1]),)


def _past(around: str, article: Article) -> str:
    """The year of something long past that the words speak of, "old" without one, or nothing."""
    match = _LONG_AGO.search(around)
    if not match:
        return ""
    year = match.group(1)
    return (year if year != (article.published or "")[:4] else "") if year else "old"


def _age_key(whom: str, value: Value) -> Key:
    if whom[:1].isupper():
        parts = name_parts(whom)
        given = " ".join(parts[:-1]).lower()
        return ("=", "age", parts[-1].lower() if parts else whom.lower(), given)
    if whom.startswith("the "):
        return ("=", "age", whom)
    return ("age", str(value))
