"""What a clock time or a day is the time of."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from nutgraf.stages.figures.place import Place, Stated

__all__ = [
    "HAPPENINGS",
    "event_of",
    "happenings",
    "main_event",
    "read_date",
    "read_time",
    "with_year",
]

_EVENTS = {
    "news conference": r"news conference|press conference|briefing",
    "vigil": r"vigil|funeral|memorial service",
    "sentencing": r"sentenc(?:ed?|ing)",
    "hearing": r"hearing|court appearance|arraign\w+|appear(?:ed|s)? in court",
    "trial": r"\btrial",
    "death": r"died|pronounced|death|dies",
    "arrest": r"arrest\w*|booked|taken into custody",
    "primary": r"primar(?:y|ies)",
    "election": r"elections?|run-off|runoff|poll(?:s|ing)\b",
    "vote": r"vot(?:e|ed|es|ing)\b",
    "shooting": r"shooting|shoot-?out|gunfight|gunned|shot|gunfire"
    r"|gunshots?|opened fire|shots fired|gunman|massacre|ambush",
    "stabbing": r"stabb\w+",
    "crash": r"crash\w*|accidents?\b(?! shooting)|collision|collided|derail\w+",
    "sinking": r"capsiz\w+|sank|sinking|sunk|rolled over|overturn\w+",
    "earthquake": r"earthquake|quake|tremor",
    "explosion": r"explosion|explod\w+|blast|bomb\w*",
    "fire": r"\bfire\b|blaze",
    "attack": r"attack\w*|murders?|killings?|homicide|slaying",
    "robbery": r"robber\w+|burglar\w+|theft",
    "flood": r"flood\w*",
    "strike": r"strike|walk-?out",
    "deadline": r"deadline|due by|no later than|must be filed",
    "departure": r"resign\w*|step(?:s|ped)? down|leav(?:e|es|ing) (?:office|the administration)"
    r"|final day|last day",
    "signing": r"\bsign(?:s|ed|ing)?\b",
    "results": r"results|report(?:s)? (?:quarterly|earnings)",
    "talks": r"talks",
    "inauguration": r"takes? office|inaugurat\w+|sworn in|handover|toma de posesión",
    "start": r"takes? effect|comes? into force|begins?|began|starts?|started|applies|apply from",
    "end": r"expires?|ends?\b|ended",
    "opening": r"opens?\b|opened|opening",
    "release": r"releas\w+|launch\w*|publish\w*",
}
_PATTERN = re.compile(
    r"\b(?:" + "|".join(f"({words})" for words in _EVENTS.values()) + r")", re.IGNORECASE
)
_NAMES = tuple(_EVENTS)
HAPPENINGS = tuple(
    "shooting stabbing crash sinking earthquake explosion fire attack robbery flood strike".split()
)
_FOR_NAMED_DAYS = frozenset(
    (*HAPPENINGS, *"death arrest vote election primary sentencing trial inauguration".split())
)
_NEW_CLAUSE = re.compile(r"[;:—]|, |\b(?:and|but|when|while|after|before|who|which)\b")
_AFTERWARDS = re.compile(r"\b(?:after|following|for|in connection with|before)\b")
_NEARBY = 130
"""Characters on either side in which an event is looked for; further off it could not count."""
APART = 25
"""How many characters further away what stands in another clause counts."""
NAMED_DAY = 50
"""How many characters from an event a weekday may stand: "Sunday" is said of many things."""
_HAPPENED = re.compile(
    r"\b(?:" + "|".join(f"({_EVENTS[name]})" for name in HAPPENINGS) + r")", re.IGNORECASE
)
_VAGUE = re.compile(
    r"\b(?:incident|happened|occurred|police|officers|deputies|called|dispatched|responded|reported|"
    r"scene|calls?|walk(?:ed|ing)|victims?|broke out)\b",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"\s*(?:\([A-Z][\w .]{1,20}\)\s*)?(?:—|–|--? )")
_DETERMINED = re.compile(r"\b(?:an?|the|this|that|its|his|her|their) $", re.IGNORECASE)
_AT = re.compile(
    r"\b(?:at|around|about|by|before|after|until|from|till|shortly|just|approximately)[ ]$"
)
_FUTURE = re.compile(r"\b(?:will|due|by|until|to|next|is set|planned|expected|scheduled|plans)\b")


def main_event(title: str, text: str) -> str:
    """What happened in this article, "shooting"; empty if it is not about a happening."""
    found: Counter[str] = Counter()
    for part, weight in ((title, 3), (text[:600], 2), (text[600:1600], 1)):
        for match in _HAPPENED.finditer(part):
            found[HAPPENINGS[(match.lastindex or 1) - 1]] += weight
    best = found.most_common(1)
    return best[0][0] if best and best[0][1] >= 3 else ""


def happenings(words: str) -> frozenset[str]:
    """The kinds of happenings that the words name; an attack may be any."""
    found = {HAPPENINGS[(m.lastindex or 1) - 1] for m in _HAPPENED.finditer(words)}
    return frozenset(found - {"attack"})


def event_of(place: Place, main: str, reach: int = 90) -> str:
    """The event nearest to the number in its sentence; the article's own if that is vague."""
    at = len(place.before)
    nearest, distance = "", reach
    end = at + place.number.end - place.number.start
    for match in _PATTERN.finditer(place.sentence, max(0, at - _NEARBY), end + _NEARBY):
        if match[0].endswith("ed") and _DETERMINED.search(place.sentence, 0, match.start()):
            continue  # "bodies from a capsized ferry": the ferry is described, nothing happens
        left = match.end() <= at
        between = place.sentence[match.end() : at] if left else place.sentence[end : match.start()]
        if not left and _AFTERWARDS.search(between):
            continue  # "arraigned Tuesday after her son was shot"
        gap = len(between) * (1 if left else 1.3) + (APART if _NEW_CLAUSE.search(between) else 0)
        if gap < distance:
            nearest, distance = _NAMES[(match.lastindex or 1) - 1], int(gap)
    if main and nearest in ("attack", "fire", "shooting", "start", "end", "opening"):
        return main
    if not nearest and main and _VAGUE.search(place.sentence):
        return main
    return nearest


def read_time(place: Place, main: str) -> Stated | None:
    """A time of day with what happened at it; a live blog's time stamp is none."""
    number = place.number
    words = place.text[number.start : number.end]
    if "/" in number.iso or (words.replace(":", "").isdigit() and not _AT.search(place.before)):
        return None
    event = event_of(place, main)
    return Stated(f"time of {event}", number.iso, "clock time") if event else None


def read_date(place: Place, main: str, published: str | None) -> Stated | None:
    """A day with what happens on it, its year taken from the publication where it has none."""
    if len(place.before) < 60 and _DATELINE.match(place.after):
        return None  # a dateline
    named = not any(c.isdigit() for c in place.text[place.number.start : place.number.end])
    event = event_of(place, main, NAMED_DAY if named else 90)
    if not event or (named and event not in _FOR_NAMED_DAYS):
        return None
    lean = 90 if _FUTURE.search(place.left[-40:]) else -90 if event in HAPPENINGS else -20
    iso = with_year(place.number.iso, published, lean)
    if not iso or len(iso) < 10 or re.match(r"[ ](?:terror|attacks?|hijack)", place.after):
        return None
    return Stated(f"date of {event}", iso, "date")


def with_year(iso: str, published: str | None, lean: int) -> str:
    """The day nearest to `lean` days after the publication."""
    if not iso.startswith("--"):
        return iso
    try:
        day = date.fromisoformat((published or "")[:10])
    except ValueError:
        return ""
    month, number = int(iso[2:4]), int(iso[5:7])
    years = [year for year in (day.year - 1, day.year, day.year + 1) if 1 <= year <= 9999]
    found = []
    for year in years:
        try:
            found.append(date(year, month, number))
        except ValueError:
            continue
    best = min(found, key=lambda d: abs((d - day).days - lean), default=None)
    return best.isoformat() if best else ""
