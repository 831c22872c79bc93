"""How the words of a claim lie in one sentence of a source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from nutgraf.stages.verify.grammar import ARTICLES, DANGLING, HEDGES, REPORTS, SAYING, SPAN, TITLES
from nutgraf.text.copying import misquoted, unasked
from nutgraf.text.modifiers import PROTECTED, Modifier
from nutgraf.text.tokens import Tokens

__all__ = ["Alignment", "Naming", "align", "naming"]

_COUNTED = frozenset("few little number lot only most couple bit".split())
"""After these an article is no mere article: "few" is not "a few"."""
_KEPT = DANGLING | REPORTS | HEDGES | PROTECTED | SPAN
_APART = frozenset({("words", "words"), ("article", "rest")})
"""What may not be skipped side by side: it was judged by its neighbours."""
_POSSESSIVES = frozenset("his her its their my our your".split())
_CASED = 0.02
"""Share of capitals within sentences below which a text tells nothing by its capitals."""


class Alignment(NamedTuple):
    """What a claim leaves out, and what is wrong with it all the same (if anything)."""

    left_out: tuple[Modifier, ...]
    fault: str = ""


class Naming(NamedTuple):
    """How a source names whom and what it speaks of."""

    openers: frozenset[tuple[str, str]]
    """Pairs of words that open a phrase somewhere."""
    before: Mapping[str, frozenset[str]]
    """Word to the words of a name that stand before it somewhere."""
    after: Mapping[str, frozenset[str]]
    """Word to the words of a name that stand after it somewhere."""


def naming(sentences: Sequence[Tokens]) -> Naming:
    """Read from a source's sentences which names it uses in full and which in short."""
    openers: set[tuple[str, str]] = set()
    pairs: Counter[tuple[str, str]] = Counter()
    inner = [t.raw(i)[0].isupper() for t in sentences for i in range(1, len(t))]
    cased = sum(inner) > _CASED * len(inner)
    for tokens in sentences:
        norms = tokens.norms
        for i in range(1, len(norms)):
            if tokens.gap(i).strip() or norms[i] in _KEPT:
                continue
            opened = i == 1 or norms[i - 2] in _KEPT or tokens.gap(i - 1).strip()
            if norms[i - 1] not in _KEPT:
                if opened:
                    openers.add((norms[i - 1], norms[i]))
                if not cased or (tokens.raw(i - 1)[0].isupper() and tokens.raw(i)[0].isupper()):
                    pairs[norms[i - 1], norms[i]] += 1
    before: dict[str, set[str]] = {}
    after: dict[str, set[str]] = {}
    for (one, other), count in pairs.items():
        if cased or count > 1:  # without capitals, what is said but once is seldom a name
            before.setdefault(other, set()).add(one)
            after.setdefault(one, set()).add(other)
    return Naming(
        frozenset(openers), *({k: frozenset(v) for k, v in m.items()} for m in (before, after))
    )


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
        if named and before in ("", "article", "connective"):
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
    if j < len(mine) and mine[j] not in _KEPT:
        yield from _longer_name(claim, j, sentence, i, named)


def _longer_name(
    claim: Tokens, j: int, sentence: Tokens, i: int, named: Naming
) -> Iterator[tuple[int, int]]:
    """The rest of a name that the sentence has in short: "[Ona] Bell", "Ona [Bell]"."""
    mine, theirs = claim.norms, sentence.norms
    if i < len(theirs) and _opens_phrase(claim, j):
        for k in range(j + 1, min(j + 4, len(mine))):
            if claim.gap(k).strip() or mine[k - 1] not in named.before.get(mine[k], ()):
                break
            if mine[k] == theirs[i] and named.before[mine[k]] <= {*mine[j:k], *TITLES}:
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
    return _respaced(claim, j, sentence, i)


def _same(mine: str, theirs: str) -> bool:
    return mine == theirs or (mine in SAYING and theirs in SAYING)


def _article(norms: Sequence[str], i: int) -> bool:
    """Whether token `i` is an article that tells nothing."""
    return norms[i] in ARTICLES and (i + 1 == len(norms) or norms[i + 1] not in _COUNTED)


def _respaced(claim: Tokens, j: int, sentence: Tokens, i: int) -> int:
    """How many tokens are the claim's number, cut by bad spacing ("3, 800", "1. 3 billion")."""
    wanted, joined = claim.raw(j), sentence.raw(i)
    if not (wanted[0].isdigit() and joined[0].isdigit()):
        return 0
    for k in range(i + 1, min(i + 5, len(sentence))):
        mark = sentence.gap(k).strip()
        joined += mark + sentence.raw(k)
        if mark not in (",", ".") or not wanted.startswith(joined):
            return 0
        if joined == wanted:
            return k + 1 - i
    return 0
