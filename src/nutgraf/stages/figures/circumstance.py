"""The circumstances of a figure that tell whether it may be set against another.

They come from the words around it: the day it speaks of, the stage of what happened, and the part
of the people that it counts.
"""

from __future__ import annotations

import re
from datetime import date

from nutgraf.stages.figures.events import happenings, with_year
from nutgraf.text.moments import DAY, day
from nutgraf.text.weekdays import weekdays

__all__ = [
    "day_of",
    "days_apart",
    "events_differ",
    "is_caption",
    "near_stages",
    "of_many",
    "part_of",
    "stage_of",
    "whose_differ",
]

_DAY = re.compile(DAY)
_STAGES = re.compile(
    r"\b(?:(?P<call>call(?:s|ed|ing)?|dispatch\w*|911|9-1-1|alerted|notified|receiv\w+"
    r"|reported|reports? of)"
    r"|(?P<arrival>respond\w*|arriv\w+|on scene)"
    r"|(?P<found>found|discover\w+|located)"
    r"|(?P<last>last (?:seen|heard)|left (?:home|work|the (?:house|home|bar|club)))"
    r"|(?P<after>lifted|under control|reopened|cleared|extinguished|ended)"
    r"|(?P<death>died|dead|pronounced|dies)"
    r"|(?P<arrest>arrest\w*|custody|booked|surrender\w*|turned (?:himself|herself)|charged)"
    r"|(?P<future>will (?:be|begin|meet|hold)|news conference|press conference|vigil|meeting"
    r"|funeral|service|court|hearing|walk(?:ed|ing) into|scheduled)"
    r"|(?P<event>happen\w*|occur\w*|broke out|took place|shot|shooting|opened fire|fired|gunfire"
    r"|gunshots|shots|began|started|stabb\w+|crash\w*|struck|attack\w*|killed|wounded|injured"
    r"|exploded|rang out|incident))\b",
    re.IGNORECASE,
)
_NEAR_STAGES = frozenset(("", "call", "arrival", "found", "event"))
_PART = re.compile(
    r"(?:[ ][a-z-]+){0,2}?[ ](?:(?P<others>others?|more|additional|remaining|rest)\b"
    r"|(?P<men>men|males?)\b|(?P<women>women|females?)\b"
    r"|(?P<boys>boys)\b|(?P<girls>girls)\b|(?P<children>children|kids|minors|juveniles|students)\b"
    r"|(?P<teens>teens|teenagers)\b|(?P<officers>officers|deputies|troopers|police)\b"
    r"|(?P<some>of (?:them|the|those|whom|his|her|its))\b)",
    re.IGNORECASE,
)
_SEVERE = re.compile(
    r"\b(?:critical(?:ly)?|serious(?:ly)?|grave(?:ly)?|severe(?:ly)?|minor|stable|slight(?:ly)?"
    r"|non-?life|life-threatening|treated and released|still (?:in|at|hospitali[sz]ed)"
    r"|remain(?:s|ed)?|surgery|listed)\b"
)
_DEAD = re.compile(r"\b(?:dead|killed|kills|killing|died|fatally|death|slain)\b", re.IGNORECASE)
_PERSON = re.compile(
    r"(?:[A-Z][a-z’'-]+[ ])(?:[A-Z]\.[ ])?([A-Z][a-z’'-]+)"
    r"(?=,| was| is| has| faces| were| and|’s|'s)"
    r"|(?:^|[ ])(?!He|She|It|They|The|Police|Bail|Bond|We|I)([A-Z][a-z’'-]{2,})"
    r"(?=’s|'s| was| is| has| faces| remains)"
)
_MANY = re.compile(
    r"\b(?:shootings|incidents|homicides|separate|citywide|over the weekend|previous shooting"
    r"|across (?:the (?:city|country|state|nation|region)|[A-Z]\w+)"
    r"|(?:\w+-hour|\w+-day) (?:span|period|stretch)|violent (?:night|weekend)"
    r"|[Aa](?:t|bout) the same time|[Ee]lsewhere|[Mm]eanwhile|another shooting|unrelated"
    r"|(?:minutes|hours?) (?:earlier|later)|sides|this year|so far"
    r"|since (?:the start|January|Friday))\b"
)
_WOUNDED = re.compile(r"\b(?:wound|injur|hurt|critical|condition|hospital)", re.IGNORECASE)
_AND_MORE = re.compile(r"[^.;,\n]{0,50} and (?:one|another) (?:on|in|at|more|outside|inside)\b")
_OWN_VERB = re.compile(
    r"\b(?:wound|injur|hurt)\w*(?: (?:at least|as many as|about|another|some))?\s*$", re.IGNORECASE
)
_ONE_OF_SEVERAL = re.compile(r"[Oo]ne (?:man|woman|boy|girl|teen|victim)\b")
_CAPTION = re.compile(
    r"\((?:Source|Photo|Image|Credit|Courtesy|File|AP|Published|WATCH)\b|\bPhoto(?:s)?(?: by|:)"
    r"|\bphoto\)|\b[A-Z][\w.'-]+(?: [A-Z][\w.'-]+)+ ?/ ?[A-Z]"
    r"|pic\.twitter|#BREAKING|/ ?(?:AP|Getty|Reuters)\b|\bCaption\b|\bVideo(?: by|:)"
)


def day_of(around: str, at: int, published: str | None) -> str:
    """The ISO day nearest to position `at` of the words around a figure; empty if none is named."""
    found = [(m.start(), day(m.group()) or "") for m in _DAY.finditer(around)]
    named = [(start, iso) for start, _, iso in weekdays(around, published)]
    dated = [(start, with_year(iso, published, -20)) for start, iso in found if len(iso) > 6]
    best = min(named + dated, key=lambda one: abs(one[0] - at), default=(0, ""))
    return best[1] if len(best[1]) == 10 else ""


def days_apart(first: str, second: str) -> int | None:
    """Days between two ISO days; None if one is missing."""
    try:
        return abs((date.fromisoformat(first) - date.fromisoformat(second)).days)
    except ValueError:
        return None


def stage_of(around: str, at: int, end: int) -> str:
    """What was done at a time: a call, an arrival, a find, a death, an arrest, the event itself;
    empty where nothing says so."""
    nearest, distance = "", 80.0
    for match in _STAGES.finditer(around):
        gap = (at - match.end()) if match.end() <= at else (match.start() - end) * 1.2
        if -1 <= gap < distance:
            nearest, distance = match.lastgroup or "", gap
    return nearest


def near_stages(a: str, b: str) -> bool:
    """Whether two stages belong to one event: shots are heard, a call comes in, police arrive."""
    return a in _NEAR_STAGES and b in _NEAR_STAGES


def part_of(text: str, at: int, end: int, what: str) -> str:
    """Which part of all the people a count `text[at:end]` is of: "men", "others", "critic"(al).

    Empty for all of them. "One dead and three others wounded": those are all who were wounded.
    """
    match = _PART.match(text, end)
    if what.endswith(("killed", "arrested", "charged")) and not match:
        return ""
    if match and not (match["others"] and _after_the_dead(text[_line_start(text, at) : at])):
        return match.lastgroup or ""
    if _AND_MORE.match(text, end):
        return "some"
    if _ONE_OF_SEVERAL.match(text, at) and not what.endswith(("killed", "arrested")):
        return "one"
    clause = re.split(r"[;.\n]|,? (?:and|but|while) ", text[end : end + 90])[0]
    severe = _SEVERE.search(clause)
    return severe.group()[:6] if severe else ""


def _after_the_dead(words: str) -> bool:
    """Whether "others" that follow are others than the dead, not than some of the wounded."""
    dead = [match.end() for match in _DEAD.finditer(words)]
    return bool(dead) and not _WOUNDED.search(_OWN_VERB.sub("", words), dead[-1])


def _line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at) + 1, at - 160)


def of_many(around: str) -> bool:
    """Whether the words speak of several events, or of all in a span of time."""
    return bool(_MANY.search(around))


def is_caption(text: str, start: int) -> bool:
    """Whether the line that a figure stands in is a picture's caption or a post: older words."""
    left = text.rfind("\n", 0, start) + 1
    right = text.find("\n", start)
    line = text[left : right if right >= 0 else len(text)]
    return len(line) < 300 and bool(_CAPTION.search(line))


def whose_differ(first: str, second: str) -> bool:
    """Whether the words around two figures each name people, and not one of them is the same."""
    names, others = _people(first), _people(second)
    return bool(names) and bool(others) and names.isdisjoint(others)


def _people(around: str) -> set[str]:
    """Surnames: the last of two or more capitalised words, or one before "was", "is", "faces"."""
    return {name.lower() for pair in _PERSON.findall(around) for name in pair if name}


def events_differ(first: str, second: str) -> bool:
    """Whether the words around two figures tell of different kinds of happenings."""
    kinds, others = happenings(first), happenings(second)
    return bool(kinds) and bool(others) and kinds.isdisjoint(others)
