"""Ages: "James Gill, 18", "25-year-old Roy Gill", "a woman in her 30s", "aged 18"."""

from __future__ import annotations

import re

from nutgraf.stages.figures.place import Place, Stated, plain
from nutgraf.types import Value

__all__ = ["Names", "name_parts", "read_age"]

_CAPITAL = (
    r"(?:(?:Mr|Mrs|Ms|Dr|Lt|Sgt|Capt|Col|Gen|Gov|Sen|Rep|Det|Jr|Sr|St)\.|[A-Z]\.(?:[A-Z]\.)?"
    r"|[A-ZÀ-Þ][\w’'-]*+)"
)
_NAME = (
    rf"{_CAPITAL}(?:[ ](?:{_CAPITAL}|de|del|van|von|der|bin|al|\"[^\"]{{2,12}}\""
    rf"|“[^”]{{2,12}}”)){{0,4}}+"
)
_NAME_END = re.compile(rf"({_NAME})$")
_FULL = re.compile(rf"\b{_CAPITAL}(?:[ ]{_CAPITAL}){{1,3}}")
_TITLES = frozenset(
    """mr mrs ms miss dr sgt lt capt col gen gov sen rep rev judge officer detective deputy
    sheriff chief president minister prime foreign justice professor prof police victim
    suspect the a an two both his her and in on at it he she but when suspects victims
    lieutenant captain colonel general petty mayor skipper analyst baker survivor director
    manager king queen prince princess coach teacher schoolteacher student driver resident
    according authorities officials investigators father mother son daughter brother
    sister wife husband cook chancellor senator congressman secretary pastor man woman boy
    girl trooper sir defense defence state county city prosecutor attorney district us u.s
    former new navy army coast guard commander foreign finance interior education health
    lawyer spokesman spokeswoman candidate economist scholar campaigner""".split()
)
_PLACES = frozenset(
    """street avenue road boulevard drive lane park county city hospital center school university
    st ave rd blvd police department church club apartments""".split()
)
_SUFFIXES = frozenset("jr sr ii iii iv".split())
PERSON_NOUNS = (
    "man woman boy girl child teen teenager male female suspect victim student mother father son "
    "daughter brother sister wife husband driver passenger gunman shooter infant baby toddler "
    "grandmother grandfather grandson granddaughter stepson stepdaughter stepfather stepmother "
    "nephew niece uncle aunt cousin cousins boyfriend girlfriend fiance fiancee resident officer "
    "detective veteran widow person pedestrian bystander friend player soldier defendant"
).split()
_PERSON = re.compile(rf"\b({'|'.join(PERSON_NOUNS)})s?\b", re.IGNORECASE)
_YEARS_OLD = re.compile(r"[ \u00a0-]*years?[ -]*olds?\b|[ ]years? of age\b")
_OLD_THING = re.compile(
    r"[ ](?:[a-z]+[ ])?(vessel|ship|ferry|boat|trawler|tanker|building|house|bridge|dam|plant"
    r"|aircraft|"
    r"plane|jet|car|truck|train|tower|church|law|company|reactor|station|stadium|tree|party)\b"
)
_NAMED = re.compile(rf"(?:[^.;]{{0,50}}?\b(?:named|identified as|called|known as)[ ])({_NAME})")
_APPOSED = re.compile(rf"[ ](?:[a-z-]+[ ]){{1,3}}?,?[ ]?({_NAME})(?=,| was| is| has| who|\.|$)")
_AFTER_NAME = re.compile(r"(?:[,.;)\]]|[ ](?:of|and|who|was|is|from|in)\b|$)")
_STANDS_ALONE = re.compile(r"[,.;:)]|$|[ ](?:was|is|has|had|who|told|said|died|and|of|from)\b")
_AGED = re.compile(r"\b(?:aged?|ages)[ ](?:(?:[0-9]+|\w+),? and )?$", re.IGNORECASE)
_LIMIT = re.compile(r"\b(?:under|over|above|below|at least)(?: the)? age(?: of)? $")
_BOTH = re.compile(r"(?:,|\()[ ]?both $")
_PAIR = re.compile(r"-?,?[ ](?:and|or|to)[ ][0-9]{1,2}[ -]years?[ -]olds?\b")
_WAS = re.compile(
    r"\b(?:he|she|who|boy|girl)[ ](?:was|is|turned)[ ](?:just |only |about |believed to be )?$"
)
_DECADE = re.compile(r"\bin (?:his|her|their) (?:early |mid[- ]|late )?$")
_PAST_WORDS = re.compile(r"\b(?:and|or|while|when) \w+$")


class Names:
    """People named in one article: finds the full name that a surname stands for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._full: dict[str, str] | None = None

    def full(self, name: str) -> str:
        """ "Gill" as "James Gill" where the article names one Gill only."""
        if self._full is None:
            self._full = self._collect()
        return self._full.get(name, name) if " " not in name else name

    def _collect(self) -> dict[str, str]:
        seen: dict[str, set[str]] = {}
        for match in _FULL.finditer(self._text):
            name = clean_name(match.group())
            parts = name_parts(name)
            if len(parts) > 1:
                seen.setdefault(parts[-1], set()).add(" ".join(parts[-2:]))
        return {last: names.pop() for last, names in seen.items() if len(names) == 1}


def name_parts(name: str) -> list[str]:
    """First names and surname, without initials, "Jr." and the like."""
    parts = (part.strip(".,") for part in name.split())
    return [part for part in parts if len(part) > 1 and part.lower() not in _SUFFIXES]


def clean_name(words: str) -> str:
    """A run of capitalised words without titles before and commas after the name."""
    parts = words.replace("’s", "").replace("'s", "").split()
    while parts and parts[0].lower().strip(".,") in _TITLES:
        parts.pop(0)
    if not parts or parts[-1].strip(".,").lower() in _PLACES:
        return ""
    return " ".join(parts).rstrip(".,")


def read_age(place: Place, names: Names) -> Stated | None:
    """The age that the number states, and whose; None if it states none."""
    number = place.number
    if _LIMIT.search(place.before):
        return None
    if number.kind == "decade":
        return _decade(place, names)
    if number.high > 125 or number.is_range or number.low != int(number.low):
        return None
    if _PAIR.match(place.after):
        return _stated("a person", plain(number.low))
    years = _YEARS_OLD.match(place.after)
    if years:
        return _stated(_whose(place, place.after[years.end() :], names), plain(number.low))
    if number.low < 1:
        return None
    if whom := _beside(place, names):
        return _stated(whom, plain(number.low))
    return None


def _decade(place: Place, names: Names) -> Stated | None:
    match = _DECADE.search(place.before)
    if not match or place.number.high > 125:
        return None
    low, high = place.number.low, place.number.high
    part = match.group().split()[-1].strip("-")
    if part in ("early", "mid", "late"):
        low, high = {"early": (low, low + 3), "mid": (low + 4, low + 6), "late": (low + 7, high)}[
            part
        ]
    before = place.before[: match.start()].rstrip(" ,")
    named = _NAME_END.search(before)
    whom = names.full(clean_name(named.group(1))) if named else ""
    if not whom:
        nouns = _PERSON.findall(before[-40:])
        whom = f"a {nouns[-1].lower()}" if nouns else ""
    return _stated(whom, [low, high]) if whom else None


def _stated(whom: str, value: Value) -> Stated:
    return Stated(f"age of {whom}", value, "years")


def _whose(place: Place, after: str, names: Names) -> str:
    """Whose age "N-year-old" is: a name after or before it, else a noun."""
    direct = re.match(rf"[ ,]*({_NAME})(?![ ](?:{'|'.join(PERSON_NOUNS)})s?\b)", after)
    if (
        direct
        and (name := clean_name(direct.group(1)))
        and (" " in name or _STANDS_ALONE.match(after, direct.end()))
    ):
        return names.full(name)
    for pattern in (_NAMED, _APPOSED):
        if (match := pattern.match(after)) and " " in (name := clean_name(match.group(1))):
            if pattern is _APPOSED and not _PERSON.search(after[: match.start(1)]):
                continue
            return name
    before = re.sub(r"(?:,| is| was)?[ ](?:an?|the)[ ]$", "", place.before)
    if before != place.before and (named := _NAME_END.search(before)):
        name = clean_name(named.group(1))
        if name and (" " in name or names.full(name) != name):
            return names.full(name)
    return _noun(after)


def _noun(after: str) -> str:
    person = _PERSON.search(after[:40])
    if person and not re.search(r"[,.;]", after[: person.start()]):
        return f"a {person.group(1).lower()}"
    thing = _OLD_THING.match(after)
    if thing:
        return f"the {thing.group(1).lower()}"
    return "a person"


def _beside(place: Place, names: Names) -> str:
    """Whose age a bare number is: "Roy Gill, 21,", "(61)", "aged 18", "when she was 14"."""
    if place.text[place.number.start] not in "0123456789":
        return ""
    before, after = place.before, place.after
    if _BOTH.search(before) and _AFTER_NAME.match(after):
        return "a person"
    aged = _AGED.search(before)
    if aged:
        before = before[: aged.start()]
    elif not re.search(r"(?:,|\()[ ]?$", before):
        return _when(place)
    if not aged and not _AFTER_NAME.match(after):
        return ""
    head = before.rstrip(" ,(")
    named = _NAME_END.search(head)
    if named and named.group(1).lower().strip(".") in _SUFFIXES:
        named = None
    name = clean_name(named.group(1)) if named else ""
    if name and (
        " " in name
        or names.full(name) != name
        or re.search(r"\b(?:Mr|Ms|Mrs)\. $", head[: -len(name)])
    ):
        return names.full(name)
    person = _PERSON.search(head[-14:])
    if person and head.lower().endswith(person.group(1).lower()):
        return f"a {person.group(1).lower()}"
    return (
        "a person"
        if aged
        else (name if name and _AFTER_NAME.match(after) and after[:1] == "," else "")
    )


def _when(place: Place) -> str:
    if _WAS.search(place.before) and re.match(r"[ .,;]|$", place.after):
        follows = re.match(r"[ ]([a-z]+)", place.after)
        if not follows or follows.group(1) in ("when", "and", "at", "in", "years"):
            return "a person"
    return ""
