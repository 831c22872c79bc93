"""What changed from one wording of a sentence to the next: in plain words, or but a spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from nutgraf.text.rarity import UNLISTED, zipf
from nutgraf.text.words import fold

__all__ = ["changed", "respelled"]

_WORD = re.compile(r"\w+(?:[.,'’-]\w+)*|[^\w\s]")
_SHORTEST = 4
"""Letters of a word that may be taken for a misspelling of another."""
_MOST, _LONG = 3, 6
"""Changes that are told one by one, and words of each: beyond, it is another sentence."""

_Op = tuple[str, list[str], list[str]]


def changed(old: str, new: str) -> str:
    """What was changed, in plain words: `“34” is “43” now`; empty if nearly everything was."""
    ops = [op for op in _ops(old, new) if op[0] != "equal" and _says(op)]
    if not ops or len(ops) > _MOST or any(len(a) > _LONG or len(b) > _LONG for _, a, b in ops):
        return ""
    return "; ".join(_told(*op) for op in ops)


def respelled(text: str, old: str, new: str, language: str | None) -> str:
    """`text` with the misspellings put right that were put right between `old` and `new`.

    A misspelling is a lower-case word that its language lacks and that is one letter (or two that
    changed places) from the word it has now: "belives". A name is none: spelling it right is a
    correction, and so may be any other word.
    """
    for what, was, now in _ops(old, new):
        if what == "replace" and len(was) == len(now):
            for one, other in zip(was, now, strict=True):
                if _is_misspelt(one, other, language):
                    text = re.sub(rf"\b{re.escape(one)}\b", other, text)
    return text


def _ops(old: str, new: str) -> Iterator[_Op]:
    a, b = _WORD.findall(old), _WORD.findall(new)
    for what, i, j, k, n in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        yield what, a[i:j], b[k:n]


def _says(op: _Op) -> bool:
    """Whether more than punctuation changed."""
    return any(word[0].isalnum() for word in [*op[1], *op[2]])


def _told(what: str, was: list[str], now: list[str]) -> str:
    before, after = f"“{' '.join(was)}”", f"“{' '.join(now)}”"
    if what == "replace":
        return f"{before} is {after} now"
    return f"{before} was taken out" if was else f"{after} was added"


def _is_misspelt(one: str, other: str, language: str | None) -> bool:
    spelt = one.islower() and other.islower() and one.isalpha() and other.isalpha()
    long = min(len(one), len(other)) >= _SHORTEST
    if not (spelt and long and one[0] == other[0] and _is_near(one, other)):
        return False
    return zipf(fold(one), language) == UNLISTED < zipf(fold(other), language)


def _is_near(one: str, other: str) -> bool:
    """Whether one letter was added, left out or taken for another, or two changed places."""
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if start is None:
        return abs(len(one) - len(other)) == 1
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a == b[1:] or a[1:] == b or (a[1::-1], a[2:]) == (b[:2], b[2:])
