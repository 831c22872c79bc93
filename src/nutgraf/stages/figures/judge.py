"""What a group of figures shows: agreement, conflict, an update, another scope."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from nutgraf.stages.figures.compare import agree
from nutgraf.stages.figures.mention import MOVING, Mention
from nutgraf.types import Article, SlotStatus, Value

__all__ = ["note", "status", "versions"]

_AT_THE_TIME = re.compile(r"\bat the time\b")
_COUNTING = re.compile(
    r"\binclud(?:es|ing)\b|\bnot counting\b|\bexcluding\b|\bbesides\b|\bapart from\b|\bon top of\b"
)
_AMONG = re.compile(r"\b(?:among|of those) (?!the (?:dead|rescued))")
_BLOCK = re.compile(r"\b[0-9]{2,5} block of (?:[NSEW]\.? |North |South |East |West )?([A-Z]\w+)")
_WAITING = re.compile(
    r"\bqueue|\bwaiting\b|\bstrand|\bstuck\b|\bat anchor\b|\bwithout (?:power|water)\b"
)
_CEILING = re.compile(r"\bmaximum\b|\bup to\b|\bas much as\b|\bat most\b|\bcould face\b|\bfaces\b")


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
    what = values[0].figure.what
    if _narrowed(told, _AT_THE_TIME) or _elsewhere(told):
        return "scope"
    if what.startswith("age of"):
        return _age(told)
    if (_moving(told) and not _undated(told)) or _moved(told) or _plan(told):
        return "update"
    narrowed = any(_narrowed(told, cue) for cue in (_COUNTING, _CEILING, _AMONG))
    return "scope" if narrowed else "conflict"


def _elsewhere(told: Sequence[Sequence[Mention]]) -> bool:
    """Whether each version names a street, and not the same: those are two incidents."""
    streets = [{s for m in version for s in _BLOCK.findall(m.around)} for version in told]
    return all(streets) and not set.intersection(*streets)


def _narrowed(told: Sequence[Sequence[Mention]], cue: re.Pattern[str]) -> bool:
    """Whether one side's words, and not the other's, narrow or widen what is counted."""
    sides = [all(cue.search(m.around) for m in version) for version in told]
    return any(sides) and not all(sides)


def _moving(told: Sequence[Sequence[Mention]]) -> bool:
    """Whether it goes up or down by its nature, or is a queue of any kind."""
    if any(word in MOVING for word in told[0][0].figure.what.split()):
        return True
    return all(any(_WAITING.search(m.around) for m in version) for version in told)


def _time(mention: Mention) -> str:
    """As of when: what the article says, else when it was published."""
    if mention.figure.as_of:
        return mention.figure.as_of
    return mention.at.isoformat() if mention.at else ""


def _plan(told: Sequence[Sequence[Mention]]) -> bool:
    """Whether a day that was still to come was told differently on another day: plans move."""
    if told[0][0].figure.unit != "date" or _undated(told):
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
    first, last = told[0][0], told[-1][0]
    x, y = first.value, last.value
    if not (isinstance(x, int) and isinstance(y, int) and first.at and last.at) or len(told) > 2:
        return "conflict"
    days = (last.at - first.at).days
    return "update" if y > x and days >= 30 * (1 + 12 * (y - x - 1)) else "conflict"


def note(values: Sequence[Mention], state: SlotStatus, articles: Mapping[str, Article]) -> str:
    """The difference in plain words: who says what, or what it was and what it is."""
    if state in ("agree", "single"):
        return ""
    told = versions(values)
    if state == "update":
        told = sorted(told, key=lambda version: max(_time(m) for m in version))
        steps = [f"{spoken(v[-1].value, v[-1].figure.unit)}{_dated(v[0])}" for v in told[:5]]
        return ", then ".join(steps)
    parts = [_side(version, articles) for version in told[:4]]
    return "; ".join(parts) if state == "scope" else ", ".join(parts)


def _side(version: Sequence[Mention], articles: Mapping[str, Article]) -> str:
    value = spoken(version[0].value, version[0].figure.unit)
    return f"{value} {_credit(version, articles)}"


def _credit(version: Sequence[Mention], articles: Mapping[str, Article]) -> str:
    """ "says the ministry", or "in the Harbour Ledger and 2 others"."""
    speaker = next((m.figure.said_by for m in version if m.figure.said_by), None)
    if speaker:
        return f"according to {speaker}"
    names = list(dict.fromkeys(_outlet(articles[m.figure.article]) for m in version))
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return f"in {names[0]}{more}"


def _outlet(article: Article) -> str:
    return article.publisher or (f"“{article.title}”" if article.title else article.id)


def _dated(mention: Mention) -> str:
    day = _day(_time(mention))
    return f" on {day}" if day else ""


def _day(iso: str) -> str:
    try:
        day = datetime.fromisoformat(iso)
    except ValueError:
        return ""
    return f"{day.day} {day:%B}"


def spoken(value: Value, unit: str) -> str:
    """A value as a reader says it: "3,000", "5.7 billion", "40 to 60"."""
    if isinstance(value, str):
        if unit == "date":
            return _day(value) or value
        return value.replace("-", " to ") if unit == "votes" else value
    if isinstance(value, list):
        return " to ".join(spoken(end, unit) for end in value)
    for size, name in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")):
        if abs(value) >= size:
            return f"{value / size:.4g} {name}"
    return f"{value:,}" if value != int(value) else f"{int(value):,}"
