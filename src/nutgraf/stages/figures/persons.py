"""Ages of people without a name, set against each other where only one person can be meant."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from nutgraf.stages.figures.circumstance import of_many
from nutgraf.stages.figures.group import Group
from nutgraf.stages.figures.mention import Mention, similarity
from nutgraf.types import Value

__all__ = ["join_ages"]

APART = 2
"""Years by which two reports of one unnamed person's age differ at most."""
LIKE = 0.2
"""Least likeness of contexts where the words do not say for both what the person's part was."""

GUESSED = 8
"""The same for an age that somebody guessed: "in his late 50s" of a man of 65."""
LIKE_PART = 0.1
"""The same where the words say it for both: two victims, two suspects."""
COMPANY = 2
"""How many ages two lists of people share if a third that differs is one person's."""

_SUSPECT = re.compile(
    r"\b(?:charg\w+|arrest\w*|suspect\w*|accus\w+|alleged\w*|gunman|shooter|opened fire|wanted"
    r"|described as|sought|searching|looking for|custody|booked|jailed|indicted|pleaded|confess\w+"
    r"|turned (?:himself|herself))\b",
    re.IGNORECASE,
)
_VICTIM = re.compile(
    r"\b(?:victims?|killed|died|dead|death|wound\w*|injur\w+|struck|grazed|hospital\w*|pronounced"
    r"|was shot|were shot|was hit|stabbed|fatally|condition|slain)\b",
    re.IGNORECASE,
)
_HE = re.compile(r"\b(?:he|his|him|mr)\b", re.IGNORECASE)
_SHE = re.compile(r"\b(?:she|her|hers|mrs|ms)\b", re.IGNORECASE)
_MALE = frozenset(
    "man men boy male son father brother husband boyfriend nephew grandfather".split()
)
_FEMALE = frozenset(
    "woman girl female daughter mother sister wife girlfriend niece grandmother".split()
)


_YOUNG = frozenset("boy girl child infant baby toddler teen teenager son daughter".split())


def join_ages(groups: Sequence[Group]) -> list[Group]:
    """First an unnamed age goes to the one person named who has it; then those that are left over
    are joined where two differ by little and there is no third that either could be."""
    kept = _named(groups)
    ages = [_Person(g) for g in kept if _human(g.first)]
    company: defaultdict[str, set[int]] = defaultdict(set)
    for index, person in enumerate(ages):
        for article in person.group.articles:
            company[article].add(index)
    rivals = [
        [j for j, other in enumerate(ages) if j != i and _one_person(person, other, company)]
        for i, person in enumerate(ages)
    ]
    gone: set[int] = set()
    for i, found in enumerate(rivals):
        if ages[i].strong or len(found) != 1 or rivals[found[0]] != [i] or found[0] in gone:
            continue
        ages[found[0]].group.take(ages[i].group)
        gone.add(i)
    left = {id(ages[i].group) for i in gone}
    return [group for group in kept if id(group) not in left]


class _Person:
    """A group of ages with what its words say of the person."""

    def __init__(self, group: Group) -> None:
        self.group = group
        self.value = group.first.value
        self.strong = group.first.strong
        nouns = {m.figure.what.rsplit(" ", 1)[-1] for m in group.mentions}
        self.young = bool(nouns & _YOUNG)
        self.gender = (
            "male" if nouns & _MALE else "female" if nouns & _FEMALE else _spoken_of(group)
        )
        self.part = _part(group)
        self.elsewhere = any(of_many(m.around) for m in group.mentions[:4])


def _named(groups: Sequence[Group]) -> list[Group]:
    """ "A 19-year-old man" is the one person named whose age is 19."""
    owners: defaultdict[str, list[Group]] = defaultdict(list)
    for group in groups:
        if group.first.key[:2] == ("=", "age") and len(group.first.key) > 3:
            for value in {str(m.value) for m in group.mentions}:
                owners[value].append(group)
    kept: list[Group] = []
    for group in groups:
        found = owners[str(group.first.value)] if group.first.key[0] == "age" else []
        if len(found) == 1:
            found[0].take(group)
        else:
            kept.append(group)
    return kept


def _human(mention: Mention) -> bool:
    what = mention.figure.what
    return what.startswith("age of ") and not what.startswith("age of the ")


def _apart(x: Value, y: Value) -> float:
    """Years between two ages; to the nearer end of a decade, of which more is allowed."""
    if isinstance(x, list) == isinstance(y, list):
        return abs(x - y) if isinstance(x, int) and isinstance(y, int) else math.inf
    decade, age = (x, y) if isinstance(x, list) else (y, x)
    if not isinstance(decade, list) or not isinstance(age, int):
        return math.inf
    gap = max(decade[0] - age, age - decade[1])
    return min(gap, APART) if 0 < gap <= GUESSED else math.inf


def _one_person(a: _Person, b: _Person, company: Mapping[str, set[int]]) -> bool:
    """Whether two groups of ages, one of them unnamed, may be of one person."""
    if (a.strong and b.strong) or not 0 < _apart(a.value, b.value) <= APART:
        return False
    if (
        1 in (a.value, b.value)
        or a.elsewhere
        or b.elsewhere
        or a.group.articles.keys() & b.group.articles.keys()
    ):
        return False
    if {a.gender, b.gender} == {"male", "female"} or {a.part, b.part} == {"suspect", "victim"}:
        return False
    if isinstance(a.value, list) != isinstance(b.value, list) and (
        a.young or b.young or not a.part or a.part != b.part
    ):
        return False
    likeness = max(
        similarity(m.weights, n.weights) for m in a.group.mentions[:4] for n in b.group.mentions[:4]
    )
    same_part = a.part == b.part != "" and likeness >= LIKE_PART
    return likeness >= LIKE or same_part or _in_company(a, b, company)


def _in_company(a: _Person, b: _Person, company: Mapping[str, set[int]]) -> bool:
    """Whether an article of each lists the same people beside them."""
    return any(
        len(company[x] & company[y]) >= COMPANY for x in a.group.articles for y in b.group.articles
    )


def _spoken_of(group: Group) -> str:
    """ "Male" or "female" where all pronouns around the mentions are of one kind."""
    words = " ".join(m.around for m in group.mentions[:4])
    he, she = bool(_HE.search(words)), bool(_SHE.search(words))
    return "" if he == she else "male" if he else "female"


def _part(group: Group) -> str:
    """What the person's part was, as far as all the words around its mentions agree."""
    words = " ".join(m.around for m in group.mentions[:4])
    suspect, victim = bool(_SUSPECT.search(words)), bool(_VICTIM.search(words))
    if suspect == victim:
        return ""
    return "suspect" if suspect else "victim"
