"""Whether a sentence measures the same thing as a claim and comes to something else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nutgraf.text.modifiers import NEGATION
from nutgraf.text.tokens import Tokens, is_number
from nutgraf.text.words import STOP, stem

__all__ = ["contradiction"]

_WINDOW, _WIDE = 7, 12
"""Tokens on either side of a figure that say what it measures: in the claim, in the passage."""
_SHARED, _SHARE = 3, 0.5
"""How many content words, and which share of the claim's, two figures have around them in common.
Chosen on support/cliff_goyal_dev and summedits_dev: see docs/decisions/verifier.md."""
_APART = 20.0
"""Numbers further apart than this measure different things ("£7.85 an hour", "£6 billion")."""
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_MONTHS = frozenset(
    """january february march april june july august september october november december""".split()
)
_HEDGES = frozenset("about around roughly nearly almost approximately some up under most".split())
_AT_LEAST = frozenset("more over least above".split())
_PLAIN_NEGATION = frozenset("not no never without nor neither denied denies deny".split())


def contradiction(
    claim: Tokens, passage: Tokens, known: Sequence[Tokens], rest: Iterable[Tokens] = ()
) -> str:
    """The reason why `passage` contradicts `claim`, or an empty string.

    A value that any of the `known` passages has, or one of the `rest` beside words of the claim, is
    no contradiction: then the sources differ.
    """
    squeezed = "".join("".join(other.text.split()) for other in known)
    for i, norm in enumerate(claim.norms):
        kind = _kind(claim, i)
        if (
            not kind
            or any(norm in other.norms for other in known)
            or _in_pieces(claim, i, squeezed)
        ):
            continue
        j = _rival(claim, i, kind, passage)
        if j is not None and not _said_elsewhere(claim, i, kind, rest):
            return f"the source says {_written(passage, j)}, not {_written(claim, i)}"
    return _negated(claim, passage)


def _said_elsewhere(claim: Tokens, i: int, kind: str, rest: Iterable[Tokens]) -> bool:
    """Whether a passage far from the claim's words has its value for something like it."""
    norm, around = claim.norms[i], _around(claim, i, _WINDOW)
    return any(
        len(around & _around(other, j, _WIDE)) > 1
        for other in rest
        for j, theirs in enumerate(other.norms)
        if theirs == norm and _kind(other, j) == kind
    )


def _in_pieces(claim: Tokens, i: int, squeezed: str) -> bool:
    """Whether a value stands there after all, cut by bad spacing ("3, 800", "1. 3 billion")."""
    digits = claim.raw(i).split()[0]
    return len(digits) > 2 and digits[0].isdigit() and digits in squeezed


def _kind(tokens: Tokens, i: int) -> str:
    """What kind of value token `i` is, empty for none."""
    norm = tokens.norms[i]
    if norm in _DAYS:
        return "day"
    if norm in _MONTHS:
        return "month"
    if ":" in norm and norm[0].isdigit():
        return "clock"
    if not is_number(norm):
        return ""
    before = tokens.norms[i - 1] if i else ""
    after, then = (*tokens.norms[i + 1 : i + 3], "", "")[:2]
    if after == "%":
        return "percent"
    if after in ("year", "years") and then == "old":
        return "age"
    if before in "$€£¥" and before:
        return "money"
    if len(norm) == 4 and norm[:2] in ("19", "20") and "," not in tokens.raw(i):
        return "year"
    return "clock" if after in ("am", "pm") else "count"


def _rival(claim: Tokens, i: int, kind: str, passage: Tokens) -> int | None:
    """The token of `passage` that measures the same thing as token `i` of the claim."""
    around = _around(claim, i, _WINDOW)
    best, found = (0.0, 0), None
    for j, norm in enumerate(passage.norms):
        if norm in claim.norms or _kind(passage, j) != kind or _compatible(claim, i, norm):
            continue
        shared = around & _around(passage, j, _WIDE)
        share = len(shared) / max(len(around), 1)
        if len(shared) < _SHARED or share < _SHARE:
            continue
        if kind == "age" and abs(float(claim.norms[i]) - float(norm)) <= 1:
            continue  # a birthday may lie between the two
        if kind == "count" and not _same_unit(claim, i, passage, j, shared):
            continue
        if kind in ("count", "money") and _adds_up(claim, i, passage, kind):
            continue
        if (share, -abs(i - j)) > best or found is None:
            best, found = (share, -abs(i - j)), j
    return found


def _adds_up(claim: Tokens, i: int, passage: Tokens, kind: str) -> bool:
    """Whether several figures of the passage make the claim's ("21 counts ... and six counts")."""
    parts = [
        float(norm) for j, norm in enumerate(passage.norms)
        if _kind(passage, j) == kind and (kind == "money" or _after(claim, i) & _after(passage, j))
    ]  # fmt: skip
    sums = {a + b for k, a in enumerate(parts) for b in parts[k + 1 :]} | {sum(parts)}
    return len(parts) > 1 and float(claim.norms[i]) in sums


def _same_unit(claim: Tokens, i: int, passage: Tokens, j: int, shared: frozenset[str]) -> bool:
    """Whether what is counted, the content words right after, has a word in common."""
    return bool(_after(claim, i) & _after(passage, j) & shared)


def _after(tokens: Tokens, i: int) -> frozenset[str]:
    following = [n for n in tokens.norms[i + 1 : i + 6] if n not in STOP]
    return frozenset(stem(n) for n in following[:3])


def _around(tokens: Tokens, i: int, width: int) -> frozenset[str]:
    window = tokens.norms[max(0, i - width) : i] + tokens.norms[i + 1 : i + 1 + width]
    return frozenset(stem(n) for n in window if n not in STOP and not is_number(n))


def _compatible(claim: Tokens, i: int, value: str) -> bool:
    """Whether the other number is the claim's unrounded, near a hedged one, or of another thing."""
    norm = claim.norms[i]
    if not (is_number(norm) and is_number(value)):
        return False
    mine, other = float(norm), float(value)
    if not 1 / _APART <= abs(mine) / (abs(other) or 1.0) <= _APART:
        return True
    before = claim.norms[max(0, i - 3) : i]
    if _AT_LEAST.intersection(before) and mine <= other <= 1.5 * mine:
        return True
    if _HEDGES.intersection(before):
        return abs(mine - other) <= 0.1 * max(abs(mine), abs(other))
    digits = len(norm.strip("-0").replace(".", "")) or 1
    return digits < len(value.strip("-0")) and float(f"{other:.{digits}g}") == mine


def _written(tokens: Tokens, i: int) -> str:
    """A value as written, with its sign or unit."""
    text = tokens.raw(i)
    if i and tokens.norms[i - 1] in "$€£¥":
        text = tokens.raw(i - 1) + text
    if i + 1 < len(tokens) and tokens.norms[i + 1] in ("%", "am", "pm"):
        text += tokens.gap(i + 1) + tokens.raw(i + 1)
    return text


def _negated(claim: Tokens, passage: Tokens) -> str:
    """Whether the two say the same thing but for a negation."""
    mine, theirs = _content(claim), _content(passage)
    shared = mine & theirs
    if len(shared) < 4 or len(shared) < 0.85 * len(mine) or len(shared) < 0.6 * len(theirs):
        return ""
    here = [n for n in claim.norms if n in _PLAIN_NEGATION]
    there = [n for n in passage.norms if n in _PLAIN_NEGATION]
    if len(here) == len(there) or (len(here) - len(there)) % 2 == 0:
        return ""
    return (
        f"“{there[0]}” was dropped" if len(there) > len(here) else f"the source has no “{here[0]}”"
    )


def _content(tokens: Tokens) -> frozenset[str]:
    return frozenset(stem(n) for n in tokens.norms if n not in STOP and n not in NEGATION)
