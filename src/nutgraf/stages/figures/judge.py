"""What a group of figures shows: agreement, conflict, an update, another scope."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from nutgraf.stages.figures.compare import agree, slipped
from nutgraf.stages.figures.events import HAPPENINGS
from nutgraf.stages.figures.key import MOVING
from nutgraf.stages.figures.mention import Mention
from nutgraf.types import SlotStatus

__all__ = ["status", "versions"]

_AT_THE_TIME = re.compile(r"\bat the time\b")
_COUNTING = re.compile(
    r"\binclud(?:es|ing)\b|\bnot counting\b|\bexcluding\b|\bbesides\b|\bapart from\b|\bon top of\b"
)
_KILLER = re.compile(
    r"\b(?:and|then|before|kill(?:ed|ing)|shot|shooting) (?:himself|herself|themselves)\b"
    r"|\bturn(?:ing|ed) (?:the|his|her|a) (?:gun|weapon|rifle|pistol)s? on\b"
    r"|\binclud(?:es|ing) (?:the|a|an|his|its)? ?(?:alleged |suspected )?(?:gunman|shooter|suspect"
    r"|attacker|assailant|bomber|driver|killer)\b"
)
"""Whether who did it is counted: a frequent reason why two tolls differ by one."""
_WITH_THE_DEAD = re.compile(r"\b(?:mortally|fatally|some of whom died|of (?:them|whom) died)\b")
_VERDICT = re.compile(r"\b(?:plea\w*|pled|guilty|convicted|sentenced|acquitted|dropped)\b")
_AMONG = re.compile(r"\b(?:among|of those) (?!the (?:dead|rescued))")
_BLOCK = re.compile(
    r"\b([0-9]{2,5}) block of (?:[NSEW]\.? |North |South |East |West )?([A-Z0-9]\w+)"
)
_HEARD = re.compile(
    r"\bheard\b|\bhear(?:ing)?\b|\bwitness\w*|\bneighbou?rs?\b|\bresidents?\b", re.I
)
_ALARM = frozenset(("call", "arrival", "found"))
_PERIOD = re.compile(
    r"\b(?:since [A-Z0-9]\w+|in the (?:past|last) (?:\w+ )?\w+|this year|last year|so far|annually"
    r"|a year|per year|each year)\b|\b(?:first|last) (?:two|three|four|five|six)\b"
)
_WAITING = re.compile(
    r"\bqueue|\bwaiting\b|\bstrand|\bstuck\b|\bat anchor\b|\bwithout (?:power|water)\b"
)
_CEILING = re.compile(r"\bmaximum\b|\bup to\b|\bas much as\b|\bat most\b|\bcould face\b|\bfaces\b")
_SOUGHT = re.compile(r"\brecommend\w*|\bsought\b|\bseek(?:s|ing)?\b|\bcarr(?:y|ies)\b|\basked\b")


_BY_FATE = (
    ((" injured", " shot"), _WITH_THE_DEAD),
    ((" killed", " shot"), _KILLER),
    (("shots fired",), _HEARD),
)


def versions(values: Sequence[Mention]) -> list[list[Mention]]:
    """Mentions by the value they give; those that agree with each other are one version."""
    found: list[list[Mention]] = []
    for mention in sorted(values, key=lambda m: m.bound != ""):  # "over 200" fits what is exact
        match = next((v for v in found if agree(v[0], mention)), None)
        if match is None:
            found.append([mention])
        else:
            match.append(mention)
    return sorted(found, key=lambda version: min(m.order for m in version))


def status(values: Sequence[Mention]) -> SlotStatus:
    """The status of one measured thing. `values` hold one mention an article, oldest
    first, and revisions that an article tells of by itself."""
    told = versions(values)
    if len({m.figure.article for m in values}) < 2:
        return "single" if len(told) < 2 else "update"
    if len(told) < 2:
        return "agree"
    if _counted_otherwise(told):
        return "scope"
    what = values[0].figure.what
    if what.startswith("age of"):
        return _age(told)
    if _misprint(told):
        return "conflict"
    if (_moving(told) and not _undated(told)) or _moved(told) or _plan(told):
        return "update"
    if _bounded(told):
        return "update" if _later(told) else "scope"
    cues = (_COUNTING, _CEILING, _AMONG, *([_SOUGHT] if what == "prison sentence" else []))
    return "scope" if any(_narrowed(told, cue) for cue in cues) else "conflict"


def _counted_otherwise(told: Sequence[Sequence[Mention]]) -> bool:
    """Whether the words of the versions show that they are of different things, spans or times."""
    if _narrowed(told, _AT_THE_TIME) or _elsewhere(told) or _periods(told):
        return True
    what = told[0][0].figure.what
    if what.startswith("time of"):
        return _staged(told)
    if told[0][0].figure.unit == "counts":
        return _narrowed(told, _VERDICT)
    cues = [cue for fates, cue in _BY_FATE if what.endswith(fates)]
    return any(_narrowed(told, cue) for cue in cues)


def _elsewhere(told: Sequence[Sequence[Mention]]) -> bool:
    """Whether each version names a street, and not the same: those are two incidents."""
    if told[0][0].figure.unit == "people":
        return False
    blocks = [
        {part for m in version for b in _BLOCK.findall(m.around) for part in b} for version in told
    ]
    return all(blocks) and not set.intersection(*blocks)


def _periods(told: Sequence[Sequence[Mention]]) -> bool:
    """Whether counts are of different spans of time, or of several events each."""
    first = told[0][0]
    if isinstance(first.value, str) or first.figure.unit in ("years", "year"):
        return False
    if first.figure.unit == "people" and all(v[0].many for v in told):
        return True
    spans = [{s.lower() for m in version for s in _PERIOD.findall(m.around)} for version in told]
    return any(spans) and not set.intersection(*spans)


def _narrowed(told: Sequence[Sequence[Mention]], cue: re.Pattern[str]) -> bool:
    """Whether one side's words, and not the other's, narrow or widen what is counted."""
    sides = [any(cue.search(m.around) for m in version) for version in told]
    return any(sides) and not all(sides)


def _misprint(told: Sequence[Sequence[Mention]]) -> bool:
    """Whether a sum of the same day differs by a digit: $310,000 and $130,000."""
    first, last = told[0][0], told[-1][0]
    if len(told) != 2 or not first.at or not last.at or first.figure.unit == "people":
        return False
    return slipped(first.value, last.value) and (last.at - first.at).days < 1


def _staged(told: Sequence[Sequence[Mention]]) -> bool:
    """Whether one time is that of the call, and an earlier one that of what it was about."""
    if len(told) != 2:
        return False
    sides = [{m.stage for m in version} for version in told]
    for alarm, event, (late, early) in ((0, 1, told), (1, 0, told[::-1])):
        if sides[alarm] <= _ALARM and sides[event] == {"event"}:
            return str(late[0].value) > str(early[0].value)
    return False


def _bounded(told: Sequence[Sequence[Mention]]) -> bool:
    """Whether the higher value is no contradiction of "more than" the lower."""
    if len(told) != 2:
        return False
    (x, a), (y, b) = ((v[0].value, v[0].bound) for v in told)
    if not isinstance(x, int | float) or not isinstance(y, int | float):
        return False
    return (a if x < y else b) in ("at least", "more than")


def _later(told: Sequence[Sequence[Mention]]) -> bool:
    """Whether the higher of two values came a day or more after the lower."""
    low, high = sorted((v[0] for v in told), key=lambda m: m.value if _is_number(m) else 0)
    return low.at is not None and high.at is not None and (high.at - low.at).days >= 1


def _is_number(mention: Mention) -> bool:
    return isinstance(mention.value, int | float)


def _moving(told: Sequence[Sequence[Mention]]) -> bool:
    """Whether it goes up or down by its nature, or is a queue of any kind."""
    if any(word in MOVING for word in told[0][0].figure.what.split()):
        return True
    return all(any(_WAITING.search(m.around) for m in version) for version in told)


def _plan(told: Sequence[Sequence[Mention]]) -> bool:
    """Whether a day that was still to come was told differently on another day: plans move."""
    first = told[0][0].figure
    if first.unit != "date" or _undated(told) or first.what.removeprefix("date of ") in HAPPENINGS:
        return False
    days = [min(m.at for m in version if m.at).date().isoformat() for version in told]
    values = [str(version[0].value) for version in told]
    return len(set(days)) > 1 and min(values) >= min(days)


def _undated(told: Sequence[Sequence[Mention]]) -> bool:
    """Whether a version comes without a time."""
    return not all(m.at for version in told for m in version)


def _moved(told: Sequence[Sequence[Mention]]) -> bool:
    """Whether the articles themselves date the versions differently."""
    dates = [{m.figure.as_of for m in version} for version in told]
    return all(None not in d for d in dates) and len({min(filter(None, d)) for d in dates}) > 1


def _age(told: Sequence[Sequence[Mention]]) -> SlotStatus:
    """A year older, a month or more later, is a birthday."""
    steps = pairwise(told)
    return "update" if all(_birthday(a[-1], b[0]) for a, b in steps) else "conflict"


def _birthday(first: Mention, last: Mention) -> bool:
    x, y = first.value, last.value
    if not (isinstance(x, int) and isinstance(y, int) and first.at and last.at):
        return False
    days = (last.at - first.at).days
    return y > x and days >= 30 * (1 + 12 * (y - x - 1))
