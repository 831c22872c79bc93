"""Which figures of a story measure the same thing."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from nutgraf.stages.figures.compare import agree
from nutgraf.stages.figures.mention import Key, Mention, similarity

__all__ = ["Group", "groups"]

SAME = 0.12
"""Least likeness of contexts for figures with the same value."""
SAME_TELLING = 0.03
"""The same for a value of more than one digit or round ten."""
DIFFER = 0.32
"""Least likeness for figures with different values."""
DIFFER_NAMED = 0.25
"""The same where both have one name."""
DIFFER_UNIQUE = 0.12
"""The same where, besides, each article has only one figure of that name."""
DIFFER_VAGUE = 0.55
"""The same where the name says little ("amount", "share")."""
NEAR = 0.12
"""What values within a tenth of each other add to likeness: a slip of one digit is likely."""
FAR = 4.0
"""Counts further apart than this factor need likeness too: a war's dead are not a day's."""
SEEN = 60
"""Most groups of one key that a figure is compared with, the largest first: bounds a huge story."""


_CHANGED = re.compile(r"\b(?:initially|originally|lowered|raised|reduced|increased|total)\b")


class Group:
    """Mentions of one thing. `articles` holds the first of each article, `revised` later ones
    that the article itself calls a change: bail "initially" set and then "lowered"."""

    def __init__(self, first: Mention) -> None:
        self.mentions = [first]
        self.articles = {first.figure.article: first}
        self.revised: list[Mention] = []

    @property
    def values(self) -> list[Mention]:
        """What the ledger shows, oldest article first."""
        return sorted([*self.articles.values(), *self.revised], key=lambda m: m.order)

    @property
    def first(self) -> Mention:
        return self.mentions[0]

    def add(self, mention: Mention) -> None:
        self.mentions.append(mention)
        first = self.articles.setdefault(mention.figure.article, mention)
        speaker = mention.figure.said_by
        if speaker and not first.figure.said_by and first.value == mention.value:
            # An article often names who says it only where it says it again.
            self.articles[first.figure.article] = first.credited(speaker)

    def take(self, other: Group) -> None:
        for mention in other.mentions:
            self.add(mention)

    def likeness(self, mention: Mention) -> float:
        """Best likeness to a few of its mentions."""
        some = self.mentions if len(self.mentions) <= 6 else self.mentions[:3] + self.mentions[-3:]
        return max(similarity(m.weights, mention.weights) for m in some)


def groups(found: Sequence[Mention]) -> list[Group]:
    """Group mentions into measured things, deterministic in the order given.

    First those with the same value, then groups with different values are joined where nothing
    says that they are two things.
    """
    by_key: defaultdict[Key, list[Mention]] = defaultdict(list)
    for mention in found:
        by_key[_whose(mention.key, found)].append(mention)
    made: list[Group] = []
    for key, bucket in by_key.items():
        made.extend(_strong(bucket) if key[0] == "=" else _weak(bucket))
    made = _named_ages(made)
    return sorted(made, key=lambda group: group.first.order)


def _whose(key: Key, found: Sequence[Mention]) -> Key:
    """A bare surname stands for the only person of that name in the story."""
    if key[:2] != ("=", "age") or len(key) < 4 or key[3]:
        return key
    firsts = {m.key[3] for m in found if m.key[:3] == key[:3] and len(m.key) > 3 and m.key[3]}
    return (*key[:3], firsts.pop()) if len(firsts) == 1 else key


def _strong(bucket: Iterable[Mention]) -> list[Group]:
    """Of each article its first figure of this name; later ones only where they agree with one."""
    main: Group | None = None
    others: list[Group] = []
    for mention in bucket:
        if main is None:
            main = Group(mention)
        elif any(agree(mention, known) for known in main.mentions) or (
            mention.figure.article not in main.articles and _one_scale(main, mention)
        ):
            main.add(mention)
        elif mention.figure.what in ("bail", "reward") and _CHANGED.search(mention.around):
            main.mentions.append(mention)
            main.revised.append(mention)
        elif match := next((g for g in others if agree(g.first, mention)), None):
            match.add(mention)
        else:
            others.append(Group(mention))
    if main is None:
        return []
    told = len(main.articles) > 1  # then a value that one article has beside it is an aside
    return [main, *(other for other in others if not told or len(other.articles) > 1)]


def _one_scale(group: Group, mention: Mention) -> bool:
    ratio = _ratio(group.first, mention)
    return ratio is None or ratio <= FAR or group.likeness(mention) >= DIFFER_NAMED


def _ratio(a: Mention, b: Mention) -> float | None:
    x, y = a.value, b.value
    if not isinstance(x, int | float) or not isinstance(y, int | float):
        return None
    low, high = sorted((abs(x), abs(y)))
    return high / low if low else float("inf")


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
    value = mention.value
    telling = isinstance(value, list) or (
        isinstance(value, int | float) and (value >= 1000 or (value % 10 and value > 12))
    )
    return SAME_TELLING if telling else SAME


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
    ratio = _ratio(a.first, b.first)
    near = NEAR if ratio is not None and ratio <= 1.1 else 0.0
    likeness = max(b.likeness(m) for m in a.mentions[:4])
    return likeness + near - _asked(a, b, named)


def _label(mention: Mention) -> str:
    """The noun of a count, the whole name of anything else."""
    what = mention.figure.what
    if len(mention.key) > 1 or what.startswith(("some of", "share of")):
        return what
    return what.split(" of ")[0].rsplit(" ", 1)[-1]


def _asked(a: Group, b: Group, named: Counter[tuple[str, str]]) -> float:
    label = _label(a.first)
    if a.first.vague or b.first.vague:
        return DIFFER_VAGUE
    if label != _label(b.first):
        return DIFFER
    articles = a.articles.keys() | b.articles.keys()
    alone = all(named[article, label] == 1 for article in articles)
    ratio = _ratio(a.first, b.first)
    return DIFFER_UNIQUE if alone and ratio is not None and ratio <= 1.5 else DIFFER_NAMED


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
    ratio = _ratio(first, second)
    return ratio <= FAR if ratio is not None else isinstance(x, list) == isinstance(y, list)


def _named_ages(made: list[Group]) -> list[Group]:
    """ "A 19-year-old man" is the one person named whose age is 19."""
    named = [g for g in made if g.first.key[:2] == ("=", "age") and len(g.first.key) > 3]
    kept: list[Group] = []
    for group in made:
        owners = [g for g in named if any(agree(m, group.first) for m in g.mentions)]
        if group.first.key[0] == "age" and len(owners) == 1:
            owners[0].take(group)
        else:
            kept.append(group)
    return kept
