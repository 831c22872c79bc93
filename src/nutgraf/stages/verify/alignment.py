"""How the words of a claim lie in one sentence of a source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nutgraf.stages.verify.grammar import (
    ARTICLES,
    DANGLING,
    SAYING,
    TITLES,
    finite,
)
from nutgraf.stages.verify.naming import KEPT, Naming, is_age
from nutgraf.text.copying import misquoted, unasked
from nutgraf.text.modifiers import Modifier
from nutgraf.text.tokens import Tokens

__all__ = ["Alignment", "align"]

_COUNTED = frozenset("few little number lot only most couple bit".split())
"""After these an article is no mere article: "few" is not "a few"."""
_APART = frozenset({("words", "words"), ("article", "rest")})
"""What may not be skipped side by side: it was judged by its neighbours."""
_NEUTRAL = frozenset(("", "article", "connective", "opening", "clause"))
"""After what was skipped last an article or the rest of a name may be skipped too."""
_POSSESSIVES = frozenset("his her its their my our your".split())
_ALIKE = (SAYING, frozenset(("after", "following")))
_SUBJECTS = frozenset("he she it they".split())
_LONGEST = 10
"""Tokens of a subject that a pronoun may stand for."""


class Alignment(NamedTuple):
    """What a claim leaves out, and what is wrong with it all the same (if anything)."""

    left_out: tuple[Modifier, ...]
    fault: str = ""


def align(
    claim: Tokens, sentence: Tokens, removable: Sequence[Modifier], named: Naming | None = None
) -> Alignment | None:
    """How `claim` is `sentence` less some of `removable`; None if it is not.

    With `named` (for English), an article more or less is no difference, and a name may stand in
    the full form that the source gives it elsewhere.
    """
    found = _search(claim, sentence, removable, named)
    if found is None:
        return None
    left_out, pairs = found
    at = dict(pairs)
    flags = [sentence.quoted[at[j]] if j in at else claim.quoted[j] for j in range(len(claim))]
    fault = misquoted(claim, flags) or unasked(claim, sentence.gap(len(sentence)))
    return Alignment(left_out, fault)


_Pairs = tuple[tuple[int, int], ...]
_Path = tuple[tuple[Modifier, ...], _Pairs]


def _search(
    claim: Tokens, sentence: Tokens, removable: Sequence[Modifier], named: Naming | None
) -> _Path | None:
    """The parts to leave out and the pairs (claim token, sentence token), by depth-first search."""
    at: dict[int, list[Modifier]] = {}
    for unit in sorted(removable, key=lambda unit: unit.kind != "words"):  # the last is tried first
        at.setdefault(unit.start, []).append(unit)
    end, length = len(claim), len(sentence)
    failed: set[tuple[int, int, str]] = set()
    # The last part is the kind of what was skipped last, empty right after a match: what may go
    # was judged by its neighbours, so two such parts may not follow each other.
    stack: list[tuple[int, int, tuple[Modifier, ...], _Pairs, str]] = [(0, 0, (), (), "")]
    while stack:
        i, j, gone, pairs, before = stack.pop()
        if (i, j, before) in failed:
            continue
        if i == length and j == end:
            return gone, pairs
        failed.add((i, j, before))
        units = [unit for unit in at.get(i, ()) if (before, unit.kind) not in _APART]
        stack.extend((unit.end, j, (*gone, unit), pairs, unit.kind) for unit in units)
        if named and not j and i < length and before in _NEUTRAL:
            stack.extend(
                (i + size, 1, gone, pairs, "article") for size in _subjects(claim, sentence, i)
            )
        if named and before in _NEUTRAL:
            skips = _skips(claim, j, sentence, i, named)
            stack.extend((i + di, j + dj, gone, pairs, "article") for di, dj in skips)
        if i < length and j < end and (size := _match(claim, j, sentence, i)):
            stack.append((i + size, j + 1, gone, (*pairs, (j, i)), ""))
    return None


def _skips(
    claim: Tokens, j: int, sentence: Tokens, i: int, named: Naming
) -> Iterator[tuple[int, int]]:
    """Words that one side may have more: (tokens of the sentence, tokens of the claim)."""
    mine, theirs = claim.norms, sentence.norms
    if (i < len(theirs) and sentence.quoted[i]) or (j < len(mine) and claim.quoted[j]):
        return  # a quotation is word for word
    if i < len(theirs) and (theirs[i] in _POSSESSIVES or _article(theirs, i)):
        yield 1, 0
    if j < len(mine) and _article(mine, j):
        yield 0, 1
    if 0 < j < len(mine) and is_age(claim, j) and named.ages.get(mine[j - 1]) == mine[j]:
        yield 0, 1
    if j < len(mine) and mine[j] not in KEPT:
        yield from _longer_name(claim, j, sentence, i, named)


def _subjects(claim: Tokens, sentence: Tokens, i: int) -> Iterator[int]:
    """How many tokens from `i` are the subject for which the claim's first word stands ("She")."""
    possessive = claim.norms[0] in _POSSESSIVES
    if not (possessive or claim.norms[0] in _SUBJECTS) or len(claim) < 2:
        return
    norms = sentence.norms
    if norms[i] not in ARTICLES and (norms[i] in KEPT or norms[i] in _SUBJECTS):
        return
    for k in range(i + 1, min(i + _LONGEST, len(sentence))):
        mark = sentence.gap(k).strip()
        compound = "-" in (mark, sentence.gap(k - 1).strip())  # "76-year-old", "world-renowned"
        if sentence.quoted[k - 1] or not (compound or _nominal(sentence, k - 1)):
            return
        if possessive and norms[k] == "'s":
            yield k + 1 - i
        elif not possessive and ((finite(sentence, k) and mark != "-") or mark == ","):
            yield k - i
        if mark.strip("-'’"):
            return


def _nominal(sentence: Tokens, i: int) -> bool:
    """Whether token `i` may be a word of a subject that is one person or thing by its name."""
    norm = sentence.norms[i]
    if norm in ARTICLES or norm == "of":
        return True
    return not (norm in KEPT or finite(sentence, i) or norm.isdigit())


def _longer_name(
    claim: Tokens, j: int, sentence: Tokens, i: int, named: Naming
) -> Iterator[tuple[int, int]]:
    """The rest of a name that the sentence has in short: "[Ona] Bell", "Ona [Bell]"."""
    mine, theirs = claim.norms, sentence.norms
    if i < len(theirs) and _opens_phrase(claim, j):
        for k in range(j + 1, min(j + 4, len(mine))):
            if claim.gap(k).strip() or mine[k - 1] not in named.before.get(mine[k], ()):
                break
            last = " ".join(mine[k : k + 2])
            given = named.before.get(last, named.before[mine[k]])
            if mine[k] == theirs[i] and given <= {*mine[j:k], *TITLES}:
                yield 0, k - j
    known = named.after.get(mine[j - 1]) if i and j and mine[j - 1] == theirs[i - 1] else None
    if known == frozenset({mine[j]}) and not claim.gap(j).strip() and mine[j] != mine[j - 1]:
        yield 0, 1


def _opens_phrase(claim: Tokens, j: int) -> bool:
    return not j or claim.norms[j - 1] in DANGLING or bool(claim.gap(j).strip())


def _match(claim: Tokens, j: int, sentence: Tokens, i: int) -> int:
    """How many tokens of the sentence, from `i`, are token `j` of the claim; 0 for no match."""
    if _same(claim.norms[j], sentence.norms[i]):
        return 1
    if sentence.norms[i] == "told" and claim.norms[j] in SAYING:
        return _told(claim, j, sentence, i)
    return _respaced(claim, j, sentence, i)


def _told(claim: Tokens, j: int, sentence: Tokens, i: int) -> int:
    """How many tokens are "told the Gull [that]", for which the claim has "said [that]"."""
    norms, n = sentence.norms, len(sentence)
    after = claim.norms[j + 1] if j + 1 < len(claim) else ""
    for k in range(i + 2, min(i + _LONGEST, n + 1)):
        if k == n:
            return k - i if not after else 0
        if norms[k] == "that":
            return k - i + (after != "that")
        if norms[k] in _SUBJECTS and norms[k] == after:
            return k - i
        if sentence.gap(k).strip() or finite(sentence, k):
            return 0
    return 0


def _same(mine: str, theirs: str) -> bool:
    return mine == theirs or any(mine in words and theirs in words for words in _ALIKE)


def _article(norms: Sequence[str], i: int) -> bool:
    """Whether token `i` is an article that tells nothing."""
    return norms[i] in ARTICLES and (i + 1 == len(norms) or norms[i + 1] not in _COUNTED)


def _respaced(claim: Tokens, j: int, sentence: Tokens, i: int) -> int:
    """How many tokens are the claim's one, cut by bad spacing ("3, 800", "1. 3 billion")."""
    wanted, joined = claim.raw(j), sentence.raw(i)
    if not joined[0].isdigit():
        return _rejoined(wanted.lower(), sentence, i)
    if not wanted[0].isdigit():
        return 0
    for k in range(i + 1, min(i + 5, len(sentence))):
        mark = sentence.gap(k).strip()
        joined += mark + sentence.raw(k)
        if mark not in (",", ".") or not wanted.startswith(joined):
            return 0
        if joined == wanted:
            return k + 1 - i
    return 0


def _rejoined(wanted: str, sentence: Tokens, i: int) -> int:
    """How many tokens are the claim's "U.S." or "O'Neill", cut by bad spacing ("u. S.")."""
    if not any(mark in wanted for mark in ".'’"):
        return 0
    joined = sentence.raw(i).lower()
    for k in range(i + 1, min(i + 4, len(sentence))):
        mark = sentence.gap(k).strip()
        joined += mark + sentence.raw(k).lower()
        if mark not in (".", "'", "’") or not wanted.startswith(joined):
            return 0
        if joined == wanted.rstrip("."):
            return k + 1 - i
    return 0
