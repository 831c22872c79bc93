"""Durations, distances, votes, and counts of things."""

from __future__ import annotations

import re

from nutgraf.stages.figures.people import PERSONS
from nutgraf.stages.figures.place import Noun, Place, Stated, noun_after, plain

__all__ = ["read_count", "read_measure", "read_votes"]

_DURATION = re.compile(
    r"[ -]?(seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?)\b"
)
_LENGTH = re.compile(
    r"[ -]?(kilomet(?:re|er)s?|km|miles?|met(?:re|er)s?|feet|foot|yards?|inch(?:es)?"
    r"|centimet(?:re|er)s?|"
    r"acres?|hectares?|square (?:miles|kilomet(?:re|er)s|feet|met(?:re|er)s)|tonn?es?|tons?"
    r"|kilograms?|kg|pounds?|barrels?|"
    r"megawatts?|gigawatts?|degrees?|knots?|mph|km/h|calib(?:er|re))\b"
)
_PRISON = re.compile(
    r"\b(?:sentenc\w+|prison|jail|behind bars|imprison\w*|probation|parole)\b", re.IGNORECASE
)
_RELATIVE = re.compile(r"[ ](?:ago|later|earlier|before|after|since|old|older|younger|from now)\b")
_MARGIN = re.compile(
    r"\b(?:by|lead|margin|majority|ahead|advantage|ventaja|por)\b[^.;]{0,45}$", re.IGNORECASE
)
_VOTING = re.compile(
    r"\bvot(?:e|es|ed|ing)\b|\btally\b|\bpass(?:ed|es)\b|\bapproved?\b|\brejected\b|\bballot",
    re.IGNORECASE,
)
_VOTES = re.compile(r"[ ](?:votes|votos|voix|Stimmen)\b")
_LEAD = re.compile(r"\b(?:lead|margin|majority)\b[^.;,]{0,30}(?:,[^,]{0,40},)?[^.;,]{0,12}$")
_COMPOUND = re.compile(r"-([a-z]+)[ ](?:[a-z-]+[ ]){0,2}?([a-z]{3,})\b")
_COMPLEMENT = re.compile(r"[ ]of[ ](?:the[ ]|an?[ ])?((?:[a-z-]+[ ])?[a-z-]{3,})\b")
_WHERE = re.compile(r"[ ]((?:in|inside|at|on)[ ](?:the[ ]|an?[ ])?[a-z]{4,})\b(?! of)")
_COUNT_OF = re.compile(r"[ ](?:[a-z]+[ ])?counts?[ ]of[ ]((?:[a-z-]+[ ]){0,4}[a-z-]+)")
_NO_CRIME = frozenset("in and for with to of on after against by from at the while which".split())
_DULL = frozenset(
    """times ways things days years months weeks hours minutes seconds points reasons parts sides
    steps questions lines cents copies options chances sources versions works means series
    does goes says has was this""".split()
)
_SHOTS = frozenset("shots rounds bullets gunshots".split())
_FOREIGN = {
    "votos": "votes", "voix": "votes", "stimmen": "votes", "personas": "people",
    "personnes": "people", "personen": "people", "menschen": "people", "pessoas": "people",
    "muertos": "people killed", "morts": "people killed", "tote": "people killed",
    "heridos": "people injured", "blessés": "people injured", "verletzte": "people injured",
    "desaparecidos": "people missing", "disparus": "people missing", "prisioneros": "prisoners",
    "prisonniers": "prisoners", "pasajeros": "people aboard", "detenidos": "people arrested",
}  # fmt: skip
_FOREIGN_FATE = (
    (re.compile(r"muri|murier|muert|mort|décéd|tot|starben|getötet"), "people killed"),
    (re.compile(r"herid|bless|verletzt|feri"), "people injured"),
    (re.compile(r"desaparec|disparu|vermisst"), "people missing"),
    (re.compile(r"rescatad|secour|gerettet"), "people rescued"),
)


def read_votes(place: Place) -> Stated | None:
    """ "118 to 97", "97-1" where a vote is told; a majority "by 41,208 votes"."""
    number = place.number
    if number.is_range:
        words = place.text[number.start : number.end]
        if not (_VOTING.search(words) or _VOTING.search(place.sentence)):
            return None
        falls = number.low > number.high
        if not falls and "-" not in words:
            return None
        if falls or re.search(r"\bvotes?\b", place.right[:12]):
            return Stated("vote", f"{plain(number.low)}-{plain(number.high)}", "votes")
        return None
    counted = _VOTES.match(place.after) or (number.low >= 100 and _LEAD.search(place.before[-70:]))
    if counted and _MARGIN.search(place.before):
        return Stated("margin of votes", place.value, "votes")
    return None


def read_measure(place: Place) -> Stated | None:
    """Durations, distances, sizes, prison terms, and compounds ("a 48-page indictment")."""
    after = place.after
    if match := _DURATION.match(after):
        return _duration(place, match)
    if match := _LENGTH.match(after):
        return _length(place, match)
    if (match := _COMPOUND.match(after)) and match.group(1) not in (
        "and",
        "to",
        "or",
        "time",
        "year",
    ):
        plural = match.group(1) + ("" if match.group(1).endswith("s") else "s")
        return Stated(f"{plural} of {match.group(2)}", place.value, plural)
    return None


def _duration(place: Place, match: re.Match[str]) -> Stated | None:
    unit = match.group(1).rstrip("s") + "s"
    rest = place.after[match.end() :]
    near = place.left[-50:] + " " + rest[:30]
    if _PRISON.search(near):
        return Stated("prison sentence", place.value, unit)
    singular = place.after.startswith("-") or (place.number.high != 1 and match.group(1)[-1] != "s")
    if singular or rest.startswith(" of "):
        noun = re.match(r"(?:[ ]of)?[ ](?:[a-z-]+[ ]|\[\w+\] ){0,2}?([a-z]{4,})\b", rest)
        return Stated(f"length of {noun.group(1)}", place.value, unit) if noun else None
    if _RELATIVE.match(rest):
        return None
    if re.search(r"\bwithin (?:\w+ )?$", place.left):
        return Stated("time limit", place.value, unit)
    if re.search(r"\b(?:next|coming|past|last)[ ]$", place.left):
        return Stated("period", place.value, unit)
    if re.search(
        r"\b(?:for|over|lasts?|lasted|took|spent|than|least)[ ](?:about |nearly |almost )?$",
        place.left,
    ):
        return Stated("duration", place.value, unit)
    return None


def _length(place: Place, match: re.Match[str]) -> Stated | None:
    unit = match.group(1)
    if unit.startswith("calib"):
        noun = re.match(
            r"[ -](?:[a-z-]+[ ])?(revolver|handgun|pistol|rifle|weapon|gun)\b",
            place.after[match.end() :],
        )
        return Stated("caliber" + (f" of {noun.group(1)}" if noun else ""), place.value, "caliber")
    rest = place.after[match.end() :]
    of = re.match(
        r"[ ](?:of|from|south of|north of|east of|west of|off|long|deep|high|wide)(?:[ ](?:the["
        r" ])?([\w-]+))?",
        rest,
    )
    if of:
        return Stated(f"{unit} {of.group().strip()}".lower(), place.value, unit)
    return Stated(f"amount in {unit}", place.value, unit)


def read_count(place: Place, language: str) -> Stated | None:
    """A count of things or people with the noun that follows."""
    if language != "en":
        return _foreign(place)
    crime = _crime(place.after)
    if place.number.low == 1 and not place.number.is_range:
        return Stated(f"counts of {crime}", 1, "counts") if crime else None
    if crime:
        return Stated(f"counts of {crime}", place.value, "counts")
    noun = noun_after(place.after)
    if noun is None or noun.head in _DULL:
        return None
    if noun.head in _SHOTS and re.search(r"\bfir(?:ed|ing)\b|\bshots\b", place.sentence):
        return Stated("shots fired", place.value, "shots")
    return Stated(_named(noun), place.value, "people" if noun.head in PERSONS else noun.head)


def _crime(after: str) -> str:
    """What a charge is for: "second-degree murder" in "two counts of second degree murder in"."""
    count = _COUNT_OF.match(after)
    if not count:
        return ""
    words: list[str] = []
    for word in re.split(r"[ -]", count.group(1)):
        if word in _NO_CRIME or len(words) == 4:
            break
        words.append(word)
    return " ".join(words).replace(" degree ", "-degree ")


def _named(noun: Noun) -> str:
    """Qualifiers and head, with "of ..." where the head alone says little."""
    kept = [
        word
        for word in noun.qualifiers
        if word.lower() not in ("other", "more", "additional", "extra", "further")
    ]
    name = " ".join([word.lower() for word in kept[-3:]] + [noun.head.replace("them", "people")])
    if noun.part:
        return f"some of the {name}"
    of = _COMPLEMENT.match(noun.rest)
    if of and noun.head not in PERSONS:
        return f"{name} of {of.group(1)}"
    where = _WHERE.match(noun.rest) if noun.head in PERSONS else None
    return f"{name} {where.group(1)}" if where else name


def _foreign(place: Place) -> Stated | None:
    match = re.match(r"[ ]([^\W\d_]{3,})", place.after)
    name = _FOREIGN.get(match.group(1).lower()) if match else None
    if not name or place.number.is_range:
        return None
    if name == "people":
        for fate, what in _FOREIGN_FATE:
            if fate.search(place.right.lower()):
                return Stated(what, place.value, "people")
        return None
    return Stated(name, place.value, "people" if name.startswith("people") else name)
