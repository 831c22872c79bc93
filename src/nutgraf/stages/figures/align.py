"""Which figures of a story measure the same thing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from nutgraf.stages.figures.circumstance import whose_differ
from nutgraf.stages.figures.compare import agree, slipped
from nutgraf.stages.figures.group import Group, ratio
from nutgraf.stages.figures.key import Key
from nutgraf.stages.figures.lineup import FAR, line_up
from nutgraf.stages.figures.mention import Mention
from nutgraf.stages.figures.naming import one_person
from nutgraf.stages.figures.persons import join_ages
from nutgraf.types import Value

__all__ = ["groups"]

SAME = 0.12
"""Least likeness of contexts for figures with the same value."""
SAME_YEAR = 0.2
"""The same for a year not long before the publication: much happened in it."""
LONG_AGO = 3
"""After how many years a year is met twice for one reason only, most times."""
SAME_TELLING = 0.03
"""The same for a value of more than one digit or round ten."""
DIFFER = 0.32
"""Least likeness for figures with different values."""
DIFFER_NAMED = 0.25
"""The same where both have one name."""
DIFFER_UNIQUE = 0.12
"""The same where, besides, each article has only one figure of that name."""
DIFFER_YEAR = 0.45
"""The same for years, which are to be a slip apart at most."""
DIFFER_VAGUE = 0.55
"""The same where the name says little ("amount", "share")."""
SLIP = 0.13
"""The same for long numbers that one wrong digit tells apart: $5,687.75 and $5,587.75."""
CLOSE = 1.1
NEAR = 0.12
"""What values within a tenth of each other add to likeness: a slip of one digit is likely."""
SEEN = 60
"""Most groups of one key that a figure is compared with, the largest first: bounds a huge story."""


def groups(found: Sequence[Mention]) -> list[Group]:
    """Group mentions into measured things, deterministic in the order given.

    First those with the same value, then groups with different values are joined where nothing
    says that they are two things.
    """
    persons = _persons(found)
    by_key: defaultdict[Key, list[Mention]] = defaultdict(list)
    for mention in found:
        by_key[persons.get(mention.key, mention.key)].append(mention)
    made: list[Group] = []
    for key, bucket in by_key.items():
        made.extend(line_up(bucket) if key[0] == "=" else _weak(bucket))
    made = join_ages(_same_fate(made))
    return sorted(made, key=lambda group: group.first.order)


def _same_fate(made: Sequence[Group]) -> list[Group]:
    """ "Four teenagers shot" in one article are the "four people shot" of the others."""
    fates: defaultdict[str, list[Group]] = defaultdict(list)
    kept: list[Group] = []
    for group in sorted(made, key=lambda g: -len(g.articles)):
        first = group.first
        if not first.strong or first.figure.unit != "people":
            kept.append(group)
            continue
        known = fates[first.key[-1].rsplit(" ", 1)[-1]]
        match = next((g for g in known if _fits(group, g)), None)
        if match is None:
            known.append(group)
            kept.append(group)
        else:
            match.take(group)
    return kept


def _fits(group: Group, other: Group) -> bool:
    """Whether all that a group of one article says is what the other says too."""
    if len(group.articles) > 1 or group.articles.keys() & other.articles.keys():
        return False
    x, y = group.first, other.first
    generic = "people" in (x.figure.what.split()[0], y.figure.what.split()[0])
    return (
        generic and x.value != 1 and agree(x, y) and len({str(m.value) for m in other.values}) == 1
    )


def _persons(found: Sequence[Mention]) -> dict[Key, Key]:
    """Keys of named people's ages, each with the key that stands for the person."""
    named = [m.key for m in found if m.key[:2] == ("=", "age") and len(m.key) > 3]
    stands = one_person((key[2], key[3]) for key in named)
    return {key: (*key[:2], *stands[key[2], key[3]]) for key in named}


def _weak(bucket: Iterable[Mention]) -> list[Group]:
    same: list[Group] = []
    for mention in bucket:
        best, score = None, _same_asked(mention)
        for group in same[-SEEN:]:
            if not agree(group.first, mention):
                continue
            likeness = group.likeness(mention) + (0.1 if _one_name(group, mention) else 0.0)
            if likeness >= score:
                best, score = group, likeness
        if best:
            best.add(mention)
        else:
            same.append(Group(mention))
    return _joined(same)


def _same_asked(mention: Mention) -> float:
    """A value of several digits is hardly met twice by chance in one story."""
    if mention.key[0] == "age":
        return 0.0
    if mention.figure.unit == "year":
        return _same_year_asked(mention)
    value = mention.value
    telling = isinstance(value, list) or (
        isinstance(value, int | float) and (value >= 1000 or (value % 10 and value > 12))
    )
    return SAME_TELLING if telling else SAME


def _same_year_asked(mention: Mention) -> float:
    if isinstance(mention.value, list):
        return SAME_TELLING
    recent = mention.at is None or mention.at.year - int(str(mention.value)[:4]) < LONG_AGO
    return SAME_YEAR if recent else SAME


def _one_name(group: Group, mention: Mention) -> bool:
    return group.first.figure.what == mention.figure.what


def _joined(same: list[Group]) -> list[Group]:
    """Join groups whose contexts are alike though their values differ: there lies a conflict.

    Never two values that one article gives side by side: it means two things by them.
    """
    most = sorted(same, key=lambda g: (-len(g.articles), g.first.order))[:SEEN]
    named = Counter((m.figure.article, _label(m)) for group in same for m in group.mentions)
    pairs = [
        (-excess, i, j)
        for i, a in enumerate(most)
        for j, b in enumerate(most[:i])
        if _comparable(a, b) and (excess := _excess(a, b, named)) >= 0
    ]
    gone: set[int] = set()
    for _, i, j in sorted(pairs):
        a, b = most[i], most[j]
        if i in gone or j in gone or a.articles.keys() & b.articles.keys():
            continue
        b.take(a)
        gone.add(i)
    merged = {id(most[i]) for i in gone}
    return [group for group in same if id(group) not in merged]


def _excess(a: Group, b: Group, named: Counter[tuple[str, str]]) -> float:
    """By how much the likeness of two groups passes what is asked of them."""
    if a.first.figure.what == "vote":
        return 0.0  # `_comparable` has seen a number that both have
    factor = ratio(a.first.value, b.first.value)
    near = NEAR if factor is not None and factor <= CLOSE and a.first.figure.unit != "year" else 0.0
    likeness = max(b.likeness(m) for m in a.mentions[:4])
    slip = SLIP if slipped(a.first.value, b.first.value) else 0.0
    return likeness + near + slip - _asked(a, b, named)


def _label(mention: Mention) -> str:
    """The noun of a count, the whole name of anything else."""
    what = mention.figure.what
    if len(mention.key) > 1 or what.startswith(("some of", "share of")):
        return what
    return what.split(" of ")[0].rsplit(" ", 1)[-1]


def _asked(a: Group, b: Group, named: Counter[tuple[str, str]]) -> float:
    label = _label(a.first)
    factor = ratio(a.first.value, b.first.value)
    if a.first.figure.unit == "year":
        return DIFFER if isinstance(a.first.value, list) else DIFFER_YEAR
    if a.first.vague or b.first.vague:
        return DIFFER if factor is not None and factor <= CLOSE else DIFFER_VAGUE
    if label != _label(b.first):
        return DIFFER
    articles = a.articles.keys() | b.articles.keys()
    alone = all(named[article, label] == 1 for article in articles)
    return DIFFER_UNIQUE if alone and factor is not None and factor <= 1.5 else DIFFER_NAMED


def _comparable(a: Group, b: Group) -> bool:
    """Ages of the unnamed are never set against each other, nor numbers of other magnitude."""
    first, second = a.first, b.first
    if first.key[0] == "age" or a.articles.keys() & b.articles.keys():
        return False
    x, y = first.value, second.value
    if first.figure.unit == "percent" and not _one_name(a, second):
        return False
    if isinstance(x, str) and isinstance(y, str) and first.figure.unit == "votes":
        return bool(set(x.split("-")) & set(y.split("-")))
    if first.figure.unit == "year":
        return _slip(x, y)
    if first.figure.unit in ("counts", "months", "years") and whose_differ(
        first.around, second.around
    ):
        return False
    if first.part != second.part or first.part == "some":
        return False
    if first.figure.unit == "people" and first.many != second.many:
        return False
    factor = ratio(first.value, second.value)
    return factor <= FAR if factor is not None else isinstance(x, list) == isinstance(y, list)


def _slip(x: Value, y: Value) -> bool:
    """Whether two years, or both ends of two spans, are no more than two years apart."""
    first, second = ([v] if not isinstance(v, list) else v for v in (x, y))
    return len(first) == len(second) and all(
        abs(float(a) - float(b)) <= 2 for a, b in zip(first, second, strict=True)
    )
