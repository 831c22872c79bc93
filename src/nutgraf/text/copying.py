"""The copy rule: whether a claim says what one sentence says, in that sentence's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from nutgraf.text.modifiers import Modifier
from nutgraf.text.tokens import Tokens

__all__ = ["Copy", "copied", "is_subsequence", "misquoted", "shortened", "unasked"]


_ASKS = re.compile(r"[?？؟]")


class Copy(NamedTuple):
    """How a claim copies a sentence: what it left out, and what is wrong with it (if anything)."""

    left_out: tuple[Modifier, ...]
    fault: str = ""


def copied(claim: Tokens, sentence: Tokens, removable: Sequence[Modifier]) -> Copy | None:
    """How `claim` is `sentence` less whole modifiers out of `removable`; None if it is not.

    A copy with other quotation marks than the sentence has carries the `fault` that says so;
    so does one that states what the sentence asks.
    """
    path = _path(claim.norms, sentence.norms, removable)
    if path is None:
        return None
    gone = {i for m in path for i in range(m.start, m.end)}
    kept = [i for i in range(len(sentence)) if i not in gone]
    fault = misquoted(claim, [sentence.quoted[i] for i in kept])
    return Copy(path, fault or unasked(claim, sentence.gap(len(sentence))))


def unasked(claim: Tokens, end: str) -> str:
    """What is wrong with a statement of what the source, which closes with `end`, only asks."""
    if _ASKS.search(end) and not _ASKS.search(claim.gap(len(claim))):
        return "the source only asks it"
    return ""


def misquoted(claim: Tokens, quoted: Sequence[bool]) -> str:
    """What is wrong with the quotation marks of a claim, given which of its tokens are quoted."""
    if not any(quoted) and not any(claim.quoted):
        return ""
    differ = [q for said, q in zip(claim.quoted, quoted, strict=True) if said != q]
    if not differ or (len(differ) == len(claim) and claim.text.count('"') % 2):
        return ""  # the same, or a straight mark that closes what was open before
    return "the quotation marks were dropped" if differ[0] else "the source does not quote it"


def _path(
    claim: tuple[str, ...], source: tuple[str, ...], removable: Sequence[Modifier]
) -> tuple[Modifier, ...] | None:
    """The modifiers to leave out so that `source` becomes `claim`, by search without repeats."""
    at: dict[int, list[Modifier]] = {}
    for modifier in removable:
        at.setdefault(modifier.start, []).append(modifier)
    failed: set[tuple[int, int]] = set()
    stack: list[tuple[int, int, tuple[Modifier, ...]]] = [(0, 0, ())]
    while stack:
        i, j, path = stack.pop()
        if (i, j) in failed or len(claim) - j > len(source) - i:
            continue
        if i == len(source) and j == len(claim):
            return path
        failed.add((i, j))
        stack.extend((m.end, j, (*path, m)) for m in at.get(i, ()))
        if i < len(source) and j < len(claim) and source[i] == claim[j]:
            stack.append((i + 1, j + 1, path))
    return None


def is_subsequence(claim: Sequence[str], source: Sequence[str]) -> list[int] | None:
    """Indices of the `source` tokens that `claim` leaves out; None if it is no subsequence."""
    left_out: list[int] = []
    j = 0
    for i, norm in enumerate(source):
        if j < len(claim) and norm == claim[j]:
            j += 1
        else:
            left_out.append(i)
    return left_out if j == len(claim) else None


def shortened(sentence: Tokens, left_out: Sequence[Modifier]) -> str:
    """The sentence's text less some modifiers, with punctuation and capital put right."""
    gone = {i for m in left_out for i in range(m.start, m.end)}
    kept = [i for i in range(len(sentence)) if i not in gone]
    if not kept:
        return ""
    opening = sentence.gap(kept[0])
    parts = ["".join(c for c in opening if c in '"“«‘') if kept[0] else opening]
    parts.append(sentence.raw(kept[0]))
    for before, i in pairwise(kept):
        if sentence.spans[before] != sentence.spans[i]:  # "don't" is two tokens of one span
            parts.append(sentence.gap(i) if before == i - 1 else _seam(sentence, before, i))
            parts.append(sentence.raw(i))
    parts.append(_tail(sentence, kept[-1]))
    text = "".join(parts).strip()
    return text if text[:1].isupper() or not kept[0] else text[:1].upper() + text[1:]


def _seam(sentence: Tokens, before: int, after: int) -> str:
    """What stands where a modifier went: the mark that closes or opens a quotation stays."""
    opening, closing = sentence.gap(before + 1), sentence.gap(after)
    if not opening.strip():
        return closing
    closed = "".join(c for c in opening if c in "\"”»’'")
    opened = "".join(c for c in closing if c in '"“«‘')
    return f"{closed} {opened}"


def _tail(sentence: Tokens, last: int) -> str:
    """What ends the shortened sentence."""
    end = sentence.gap(len(sentence))
    if last == len(sentence) - 1:
        return end
    closed = "".join(c for c in sentence.gap(last + 1) if c in '"”»’')
    return "." + closed if end.strip()[:1] in (".", "") else end
