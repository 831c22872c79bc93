"""Figures of one name: which one of each article is set against those of the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from nutgraf.stages.figures.circumstance import days_apart, events_differ, near_stages, whose_differ
from nutgraf.stages.figures.compare import agree, minutes_apart
from nutgraf.stages.figures.events import HAPPENINGS
from nutgraf.stages.figures.group import Group, ratio
from nutgraf.stages.figures.mention import Mention, similarity

__all__ = ["FAR", "line_up"]

SEEN = 30
"""Most figures that another is compared with: bounds a huge story."""
FAR = 4.0
"""Counts further apart than this factor need likeness too: a war's dead are not a day's."""
LIKE = 0.25
"""Least likeness of contexts where a name alone does not tell that two figures are of one thing."""
FALLEN = 0.15
"""Least likeness for a toll that falls."""
_HOURS = 180
"""Clock times further apart than this, in minutes, are of two things, unless a.m. became p.m."""
_STAGED = 30
"""The same for a call and what it was about."""
_WEEK = 7

_CHANGED = re.compile(r"\b(?:initially|originally|lowered|raised|reduced|increased|total)\b")
_NIGHT = re.compile(
    r"\bnight\b|\blate\b|\bearly\b|\bmidnight\b|\bovernight\b|\ba\.?m\b|\bmorning\b"
)
_ONCE = frozenset(("departure", "primary", "election", "inauguration", "sentencing"))
"""What a story has one of: its day, planned anew, is the same thing."""
_REVISED = frozenset(("bail", "reward"))
_WHOLE = frozenset(("killed", "arrested", "charged"))


def line_up(bucket: Sequence[Mention]) -> list[Group]:
    """The groups of figures of one name: the main one, and others that several articles give.

    What most articles say is the anchor; an article that has it is represented by it (a first
    "two men" before "three people in all" is no difference), the others by what is comparable.
    """
    classes = _classes(bucket)
    anchor = min(classes, key=lambda c: (bool(c[0].part), -_articles(c), c[0].order))
    main = Group.of(_representatives(bucket, classes, anchor))
    taken = _settle(main, bucket)
    rest = [c for c in classes if taken.isdisjoint(m.order for m in c)]
    told = len(main.articles) > 1  # then a value that one article has beside it is an aside
    return [main, *(Group.of(c) for c in rest if not told or _articles(c) > 1)]


def _settle(main: Group, bucket: Sequence[Mention]) -> set[int]:
    """Add what else its articles say of the same thing; the orders of all that are in it then."""
    taken = {m.order for m in main.mentions}
    versions = list({str(m.value): m for m in main.mentions}.values())[:SEEN]
    second = []
    for mention in bucket:
        first = main.articles.get(mention.figure.article)
        if first is None or mention.order in taken:
            continue
        if any(agree(mention, known) for known in versions):
            main.add(mention)
            taken.add(mention.order)
        elif _contradicts(mention, first, main):
            second.append(mention)
    for mention in second:
        if len(main.articles) > 1 or mention.figure.unit != "clock time":
            main.revise(mention)
            taken.add(mention.order)
    return taken


def _classes(bucket: Iterable[Mention]) -> list[list[Mention]]:
    """Mentions by value, those that agree together."""
    classes: list[list[Mention]] = []
    by_value: dict[str, list[Mention]] = {}
    for mention in bucket:
        value = str(mention.value)
        match = by_value.get(value)
        if match is None:
            match = next((c for c in classes[:SEEN] if agree(c[0], mention)), None)
        if match is None:
            match = []
            classes.append(match)
        by_value.setdefault(value, match).append(mention)
        if by_value[value] is not match:
            match.append(mention)
    return classes


def _articles(mentions: Iterable[Mention]) -> int:
    return len({m.figure.article for m in mentions})


def _representatives(
    bucket: Sequence[Mention], classes: Sequence[Sequence[Mention]], anchor: Sequence[Mention]
) -> list[Mention]:
    by_article: dict[str, list[Mention]] = {}
    for mention in bucket:
        by_article.setdefault(mention.figure.article, []).append(mention)
    held_by = {m.order for m in anchor}
    shared = {m.order for c in classes if _articles(c) > 1 for m in c}
    chosen = []
    for mine in by_article.values():
        held = next((m for m in mine if m.order in held_by), None)
        if held is not None:
            first = mine[0]
            chosen.append(first if _passes(first, held) and comparable(first, anchor) else held)
        elif fits := [m for m in mine if comparable(m, anchor)]:
            chosen.append(next((m for m in fits if m.order in shared), fits[0]))
    return chosen


def _passes(first: Mention, held: Mention) -> bool:
    """Whether an article leads with a higher count than what it and others also give."""
    x, y = first.value, held.value
    moving = first.figure.unit == "people" and not first.part and not first.caption
    return moving and isinstance(x, int | float) and isinstance(y, int | float) and x > y > 0


def _contradicts(mention: Mention, first: Mention, main: Group) -> bool:
    """Whether an article gives a second value of its own for the same thing, or tells a change."""
    if mention.figure.what in _REVISED:
        return bool(_CHANGED.search(mention.around))
    if agree(mention, first) or not comparable(mention, [first]):
        return False
    if mention.figure.unit == "clock time":
        return mention.stage == "event" and main.likeness(mention) >= LIKE
    caption = mention.caption or first.caption
    return caption and mention.figure.unit == "people" and main.likeness(mention) >= LIKE


def comparable(mention: Mention, anchor: Sequence[Mention]) -> bool:
    """Whether a figure of another value may be of the same thing as `anchor`."""
    unit = mention.figure.unit
    anchor = anchor[:SEEN]
    if unit == "clock time":
        return any(_same_time(mention, known) for known in anchor)
    if unit == "date":
        return any(_same_date(mention, known) for known in anchor)
    if mention.figure.what.startswith("age of"):
        return any(_same_age(mention, known) for known in anchor)
    if unit == "people" and not any(_same_people(mention, known) for known in anchor):
        return False
    if 0 in (mention.value, anchor[0].value):
        # "No one has been arrested", later than an arrest, is said of another case.
        none, some = (mention, anchor[0]) if mention.value == 0 else (anchor[0], mention)
        return unit == "people" and none.order < some.order
    if mention.figure.what in _REVISED and whose_differ(mention.around, anchor[0].around):
        return False
    factor = ratio(anchor[0].value, mention.value)
    return factor is None or factor <= FAR or _likeness(mention, anchor) >= LIKE


def _likeness(mention: Mention, anchor: Sequence[Mention]) -> float:
    return max(similarity(mention.weights, known.weights) for known in anchor[:6])


def _same_people(a: Mention, b: Mention) -> bool:
    apart = days_apart(a.day, b.day)
    if apart is not None and apart > _WEEK and not (a.figure.as_of or b.figure.as_of):
        return False
    if a.many != b.many or events_differ(a.around, b.around):
        return False
    if _falls(a, b) and similarity(a.weights, b.weights) < FALLEN:
        return False
    if a.part == b.part:
        return True
    gendered = {a.part, b.part} <= {"", "men", "women", "teens", "officers", "boys", "girls"}
    return gendered and a.figure.what.rsplit(" ", 1)[-1] in _WHOLE


def _falls(a: Mention, b: Mention) -> bool:
    """Whether the later of two tolls is the lower: mostly that of something else."""
    older, newer = (a, b) if a.order < b.order else (b, a)
    x, y = older.value, newer.value
    return isinstance(x, int | float) and isinstance(y, int | float) and y < x


def _same_time(a: Mention, b: Mention) -> bool:
    gap = minutes_apart(str(a.value), str(b.value))
    halves = abs(gap - 720) <= 15
    apart = days_apart(a.day, b.day)
    if apart is not None and apart > (1 if _nightly(a) or _nightly(b) else 0):
        return False
    if a.stage == b.stage:
        return gap <= _HOURS or halves
    return near_stages(a.stage, b.stage) and (gap <= _STAGED or halves)


def _nightly(mention: Mention) -> bool:
    return not "06:00" <= str(mention.value) <= "21:00"


def _same_date(a: Mention, b: Mention) -> bool:
    x, y = str(a.value), str(b.value)
    apart = days_apart(x, y)
    if apart is None:
        return False
    event = a.figure.what.removeprefix("date of ")
    likeness = similarity(a.weights, b.weights)
    if a.named_day or b.named_day:
        nightly = apart == 1 and bool(_NIGHT.search(a.around) or _NIGHT.search(b.around))
        return event in HAPPENINGS and apart <= 3 and not nightly and likeness >= LIKE
    if _planned(a) and _planned(b):
        return event in _ONCE or likeness >= LIKE
    slip = x[5:] == y[5:] or (x[8:] == y[8:] and apart < 32)
    return (apart <= _WEEK or slip) and (event in HAPPENINGS or likeness >= LIKE)


def _planned(mention: Mention) -> bool:
    return bool(mention.at) and str(mention.value) >= str(mention.at)[:10]


def _same_age(a: Mention, b: Mention) -> bool:
    """Within five years, or with a digit in common: ages further apart are two people's."""
    x, y = a.value, b.value
    if not (isinstance(x, int) and isinstance(y, int)):
        return True
    first, second = f"{x:02}", f"{y:02}"
    return abs(x - y) <= 5 or any(p == q for p, q in zip(first, second, strict=False))
