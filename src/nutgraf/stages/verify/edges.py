"""What may go at the end and at the beginning of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nutgraf.stages.verify.grammar import (
    CONDITIONS,
    HEDGES,
    PREPOSITIONS,
    REPORTS,
    finite,
    opens_clause,
    restricts,
)
from nutgraf.stages.verify.phrases import (
    CLAUSES,
    COORDINATORS,
    LEAST,
    MODAL,
    PAIRS,
    RELATIVE,
    adjunct_ok,
    aside_ok,
    dangles,
    opens_adjunct,
    past,
    plain,
)
from nutgraf.text.modifiers import ATTRIBUTION, PROTECTED, Modifier
from nutgraf.text.tokens import Tokens

__all__ = ["leading", "trailing"]

_EXTRACTS = frozenset("where when after while because as".split())
_CONNECTIVES = frozenset("but and now so then instead also yet meanwhile however".split())
_UNREAL = frozenset("under without unless for to given like unlike per".split())
_FICTION = frozenset(
    """theory principle case event view opinion film movie novel book play story dream scenario
    proposal plan bill game""".split()
)
_UNSURE = frozenset("allegedly apparently perhaps possibly probably reportedly".split())
_ASKING = frozenset("why how what where when whoever whatever wherever".split())
_SUBJECTS = frozenset("i he she it we you they".split())
_DASH = re.compile(r"[-–—\s]+")


def trailing(sentence: Tokens, gaps: list[str]) -> Iterator[Modifier]:
    """From an adjunct, a relative or a second clause to the end of the sentence."""
    n = len(sentence)
    for i in range(LEAST, n):
        gap = gaps[i].strip().lstrip(") ")
        if dangles(sentence, i - 1):
            continue
        if gap[:1] in (",", ";", "(", ":") or (gap and _DASH.fullmatch(gap) and gaps[i] != "-"):
            if aside_ok(sentence, gaps, i, comma=gap.startswith(",")):
                yield Modifier(i, n, "rest")
        elif not gap and (_adjunct(sentence, gaps, i) or _bare_relative(sentence, i)):
            yield Modifier(i, n, "rest")


def _adjunct(sentence: Tokens, gaps: list[str], i: int) -> bool:
    if sentence.norms[i] in _UNSURE and i + 2 < len(sentence):  # "reportedly because of the wind"
        i += 1
    return opens_adjunct(sentence, i) and adjunct_ok(sentence, gaps, i)


def _bare_relative(sentence: Tokens, i: int) -> bool:
    """Whether "she bought from them" begins at token `i`, of "the buns she bought from them"."""
    norms, n = sentence.norms, len(sentence)
    bare = norms[i] in _SUBJECTS and i + 2 < n and finite(sentence, i + 1)
    if not bare or finite(sentence, i - 1) or norms[i - 1] in _ASKING:
        return False
    if not REPORTS.isdisjoint(norms[:i]):
        return False
    return not restricts(sentence, i) and plain(sentence, i, n) and norms[i - 1] not in HEDGES


def leading(sentence: Tokens, gaps: list[str]) -> Iterator[Modifier]:
    """A connective, an adjunct up to its comma, or the first of two clauses."""
    norms, n = sentence.norms, len(sentence)
    if n < LEAST:
        return
    yield from _opening_words(sentence, gaps)
    for k in range(2, n - LEAST + 1):
        if gaps[k].startswith(",") and _opens_sentence(sentence, gaps, k):
            yield Modifier(0, k, "opening")
        elif norms[k - 1] in COORDINATORS and k > LEAST and gaps[k - 1].strip():
            if _first_clause(sentence, k):
                yield Modifier(0, k, "clause")
        elif norms[k - 1] in _EXTRACTS and k > LEAST and _subordinate(sentence, k):
            yield Modifier(0, k, "clause")


def _opening_words(sentence: Tokens, gaps: list[str]) -> Iterator[Modifier]:
    """ "But", "And now", "Shockingly,", "(AP)"."""
    norms = sentence.norms
    if norms[0] in _CONNECTIVES and gaps[1].strip() in ("", ","):
        yield Modifier(0, 1, "connective")
        if norms[1] in _CONNECTIVES:
            yield Modifier(0, 2, "connective")
        if norms[1:3] == ("in", "fact"):
            yield Modifier(0, 3, "connective")
    if norms[0].endswith("ly") and norms[0] not in HEDGES and gaps[1].startswith(","):
        yield Modifier(0, 1, "adverb")
    if gaps[0].strip() == "(" and gaps[1].startswith(")"):
        yield Modifier(0, 1, "dateline")


def _opens_sentence(sentence: Tokens, gaps: list[str], k: int) -> bool:
    norms = sentence.norms
    first = norms[1] if norms[0] in _CONNECTIVES else norms[0]
    when = first == "when" and past(sentence, norms.index("when"))
    adjunct = first in PREPOSITIONS or first in CLAUSES - RELATIVE - {"when"} or when
    brief = k <= 3 and first not in PROTECTED and not finite(sentence, 0)
    if not (adjunct or brief or first.endswith("ing") or first == "regardless"):
        return False
    if first in _UNREAL or not plain(sentence, 0, k) or not _FICTION.isdisjoint(norms[:k]):
        return False
    if not MODAL.isdisjoint(norms[k:]) and first not in PREPOSITIONS:
        return False
    if any(gap.strip() for gap in gaps[k + 1 : k + 4]):  # "In Kelm, Tamber and Rome, ..."
        return False
    return opens_clause(sentence, k) or sentence.text.islower() or not brief


def _first_clause(sentence: Tokens, k: int) -> bool:
    """Whether the clause before the "and" or "but" at `k - 1` may go."""
    gone = sentence.norms[: k - 1]
    if not PAIRS.isdisjoint(gone) or not CONDITIONS.isdisjoint(gone):
        return False
    return ATTRIBUTION.isdisjoint(gone) and REPORTS.isdisjoint(gone) and opens_clause(sentence, k)


def _subordinate(sentence: Tokens, k: int) -> bool:
    """Whether the clause from `k`, after "where" or "because", is told as a fact by itself."""
    if sentence.norms[k - 1] == "when" and not past(sentence, k - 1):
        return False
    gone = sentence.norms[: k - 1]
    if not plain(sentence, 0, k - 1) or restricts(sentence, k - 1):
        return False
    return MODAL.isdisjoint(gone) and HEDGES.isdisjoint(gone) and opens_clause(sentence, k)
