"""Numbers that are no figures: of a list, a street, a name, of when a page was put up."""

from __future__ import annotations

import re

from nutgraf.stages.figures.place import Place

__all__ = ["is_address", "is_name", "is_stamp", "stands_alone", "was_before"]


_NAME_BEFORE = re.compile(r"(?:^|[\s(“\"‘'])((?:[A-Z][\w’'.&-]*[ ])*)([A-Z][\w’'&-]*)[ -]$")
_CUE_BEFORE = re.compile(
    r"(?:[#№§]|\b(?:(?i:no|nos|article|section|chapter|phase|level|grade|gate|figure|table|step|part"
    r"|page|pages|clause|stage|scale|act|title|class|image|photo)|Route|Highway|Interstate|Flight"
    r"|Room|Suite|Apt|Unit|Channel|p|District|Boeing|Airbus|Pier|Box|Vol))\.?[ ]?$"
)
_STAMPED = re.compile(
    r"\b(?:Posted|POSTED|Updated?|UPDATED?|Published|Modified|Created|Last updated|EARLIER)\b:?"
    r"[^.;”\"]{0,60}$|\(@\w+\)\s*$|\b[Uu]pdate[,:]?\s*$"
)
_STAMP_AFTER = re.compile(r"\s*(?:[A-Z]{2,4}\s*)?(?:\||Posted\b|Updated\b|: )")
_BARE = re.compile(r"[A-Z0-9][\w.:|,/]*|at|on|by|am|pm|[ap]\.m\.|[|•·(),–—-]+")
_CHANGED = re.compile(
    r"\b(?:up|down|(?:rose|fell|drop\w*|declin\w*|climb\w*|rais\w+|rising|increas\w+|lower\w*)"
    r"(?: [^,;]{0,40})?) from $"
)
_STREET_AFTER = re.compile(
    r"(?:[ ][NSEW]\.?)?(?:[ ][A-Z0-9][\w.'’]*){1,4}[ ](?:St|Street|Ave|Avenue|Rd|Road|Blvd"
    r"|Boulevard|Dr|Drive|Ln|Lane|"
    r"Way|Pl|Place|Ct|Court|Pkwy|Parkway|Hwy|Highway|Terrace|Ter|Circle|Cir|Square)\b\.?"
    r"|[ ](?:[A-Z]\w+[ ])?block\b|"
    r"[ ](?:de|of)[ ]/|[ ]?/"
)
_OPENERS = frozenset(
    """the a an in on at about around some another police officers nearly almost over more
    than least up as of by after before when with for from his her their its our these
    those all only just and but or authorities officials investigators other monday
    tuesday wednesday thursday friday saturday sunday between under he she they we it who
    there while if since during killing left killed roughly approximately had has have was
    were found including says said where what that this""".split()
)


def stands_alone(place: Place) -> bool:
    """A footnote mark, a list number, a page count under a picture."""
    return not place.before.strip(" ([") and bool(re.match(r"[.)\]:]|\s*$", place.after))


def is_stamp(place: Place) -> bool:
    """When the page was put up or changed, not when something happened."""
    if _STAMPED.search(place.before[-70:]) or _STAMP_AFTER.match(place.after):
        return True
    return place.end - place.start < 90 and all(map(_BARE.fullmatch, place.sentence.split()))


def is_address(place: Place) -> bool:
    digits = place.text[place.number.start].isdigit()
    return digits and bool(_STREET_AFTER.match(place.after))


def is_name(place: Place) -> bool:
    """ "Larkspur 3", "Gate Four", "page 12", "KSLA News 12"."""
    before = place.before[-40:]
    if _CUE_BEFORE.search(before):
        return True
    match = _NAME_BEFORE.search(before)
    if not match or match.group(2).lower() in _OPENERS:
        return False
    return not re.match(r"[ ](?:people|others|men|women|votes)\b", place.after)


def was_before(place: Place) -> bool:
    """ "Down from 31 on Tuesday", "fell to 3 from 4": what it was, not what it is."""
    return place.before.endswith("from ") and bool(_CHANGED.search(place.before[-70:]))
