"""Which names of a story are one person's: "Gill", "Roy L. Gill", a "Rolf Fisher" misspelt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

__all__ = ["Named", "one_person"]

Named = tuple[str, str]
"""A surname and the given names, in lower case; the given names may be missing."""


def one_person(names: Iterable[Named]) -> dict[Named, Named]:
    """Each name with the one that stands for all of its person.

    Two are one person if the surnames are the same and given names fit, or if the
    given name is the same and the surnames differ by a letter. A bare surname goes to the only
    person that has it.
    """
    wanted = sorted(set(names), key=lambda name: (not name[1], -len(name[1]), name))
    surnames: defaultdict[str, list[Named]] = defaultdict(list)
    given: defaultdict[str, list[Named]] = defaultdict(list)
    stands: dict[Named, Named] = {}
    for name in wanted:
        found = _known(name, surnames[name[0]]) or _misspelt(name, given[name[1].split(" ")[0]])
        stands[name] = found or name
        if not found:
            surnames[name[0]].append(name)
            given[name[1].split(" ")[0]].append(name)
    return stands


def _known(name: Named, others: list[Named]) -> Named | None:
    if not name[1]:
        return others[0] if len(others) == 1 else None
    return next((other for other in others if _given_fits(name[1], other[1])), None)


def _given_fits(a: str, b: str) -> bool:
    """Whether the first of the given names begin alike ("Mike", "Michael"), or two are the same."""
    return a[:1] == b[:1] or any(len(part) > 1 for part in set(a.split()) & set(b.split()))


def _misspelt(name: Named, others: list[Named]) -> Named | None:
    if len(name[1].split(" ")[0]) < 3 or len(name[0]) < 5:
        return None
    return next((other for other in others if _one_letter(name[0], other[0])), None)


def _one_letter(a: str, b: str) -> bool:
    """Whether one letter added, left out or changed makes one word the other."""
    if abs(len(a) - len(b)) > 1:
        return False
    short, long = sorted((a, b), key=len)
    start = next((i for i, (p, q) in enumerate(zip(short, long, strict=False)) if p != q), None)
    if start is None:
        return True
    return short[start + (len(short) == len(long)) :] == long[start + 1 :]
