"""Phrases that may go in the middle of a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from nutgraf.stages.verify.grammar import (
    AUXILIARIES,
    CONDITIONS,
    HEDGES,
    PREPOSITIONS,
    REPORTS,
    SAYING,
    finite,
    restricts,
)
from nutgraf.stages.verify.phrases import (
    COORDINATORS,
    MODAL,
    RELATIVE,
    dangles,
    opens_adjunct,
    plain,
)
from nutgraf.text.modifiers import PROTECTED, Modifier
from nutgraf.text.tokens import Tokens

__all__ = ["auxiliaries", "phrases"]

_WHICH = frozenset("that which who".split())
_BE = frozenset("is are was were been".split())
_HAVE = frozenset("has have had".split())
_MODAL = MODAL | {"to", "not"}
_SUFFERED = frozenset(
    """arrested banned charged compelled convicted detained evacuated fined forced injured jailed
    kidnapped killed murdered obliged rescued sacked sentenced stabbed wounded""".split()
)
"""Nobody does this without an object: without its auxiliary it is still passive."""
_PASSIVE = frozenset("by after following amid".split())


def phrases(sentence: Tokens, gaps: list[str]) -> Iterator[Modifier]:
    """An adjunct before another phrase, the first of two predicates, a relative clause."""
    yield from _adjuncts(sentence, gaps)
    norms = sentence.norms
    for i in range(1, len(sentence) - 1):
        if finite(sentence, i) and norms[i] not in REPORTS:
            for end in _predicate_ends(sentence, i):
                yield Modifier(i, end, "predicate")
        if norms[i] in RELATIVE and gaps[i].strip() == ",":
            for end in _relative_ends(sentence, gaps, i):
                yield Modifier(i, end, "relative")
        if norms[i] == "that" and norms[i - 1] in REPORTS and not gaps[i].strip():
            yield Modifier(i, i + 1, "conjunction")
        if norms[i] in _WHICH and norms[i + 1] in _BE and _participle(sentence, i + 2):
            yield Modifier(i, i + 2, "conjunction")  # "boats that were found", "boats found"


def auxiliaries(sentence: Tokens, gaps: list[str]) -> Iterator[Modifier]:
    """ "has [captured]", "was [arrested in]": what a headline leaves out.

    Not before another phrase than these: "was moved to Kelm" would be another's doing.
    """
    norms = sentence.norms
    for i in range(1, len(sentence) - 2):
        real = CONDITIONS.isdisjoint(norms[:i])
        if gaps[i + 1].strip() or not (real and _regular(norms[i + 1])):
            continue
        if norms[i] in _HAVE and norms[i - 1] not in _MODAL:
            yield Modifier(i, i + 1, "auxiliary")
        suffered = norms[i + 1] in _SUFFERED and norms[i + 2] in PREPOSITIONS | {"to"} - {"at"}
        if norms[i] in _BE and (norms[i + 2] in _PASSIVE or suffered):
            yield Modifier(i, i + 1, "auxiliary")
            if i > 1 and norms[i - 1] in _HAVE:
                yield Modifier(i - 1, i + 1, "auxiliary")


def _regular(norm: str) -> bool:
    past = norm.endswith("ed") and not norm.endswith("eed") and len(norm) > 3
    return past and norm not in REPORTS | PROTECTED | HEDGES


def _participle(sentence: Tokens, i: int) -> bool:
    """Whether token `i` is a passive participle that nothing but a phrase follows."""
    norms = sentence.norms
    return i + 1 < len(norms) and _regular(norms[i]) and norms[i + 1] in PREPOSITIONS | {"to"}


def _adjuncts(sentence: Tokens, gaps: list[str]) -> Iterator[Modifier]:
    """ "in Kelm" before another phrase, ", of Kelm," before the verb."""
    norms, n = sentence.norms, len(sentence)
    for i in range(1, n - 1):
        if norms[i] in PREPOSITIONS and not gaps[i].strip():
            for end in _phrase_ends(sentence, gaps, i):
                allowed = opens_adjunct(sentence, i) and not restricts(sentence, i)
                if allowed and plain(sentence, i, end):
                    yield Modifier(i, end, "phrase")
        if norms[i] in PREPOSITIONS and gaps[i].strip() == "," and norms[i] not in ("from", "to"):
            end = next((k for k in range(i + 2, n) if gaps[k].strip()), n)
            resumes = end < n and gaps[end].strip() == "," and finite(sentence, end)
            if resumes and plain(sentence, i, end):
                yield Modifier(i, end, "phrase")


def _relative_ends(sentence: Tokens, gaps: list[str], i: int) -> Iterator[int]:
    """The commas after which the main clause may go on with its verb."""
    norms = sentence.norms
    for k in range(i + 3, min(i + 40, len(sentence))):
        if norms[k] in CONDITIONS:
            return
        goes_on = finite(sentence, k) or norms[k] in PREPOSITIONS or norms[k] == "to"
        if gaps[k].strip() == "," and goes_on and norms[k] not in REPORTS - SAYING:
            yield k


def _phrase_ends(sentence: Tokens, gaps: list[str], i: int) -> Iterator[int]:
    """Where the prepositional phrase from `i` may end: before what can't belong to its noun."""
    norms = sentence.norms
    for k in range(i + 2, min(i + 9, len(sentence))):
        if gaps[k].strip():
            if not dangles(sentence, k - 1):
                yield k
            return
        if dangles(sentence, k - 1):
            continue
        if norms[k] in PREPOSITIONS or norms[k] in ("and", "but") or finite(sentence, k):
            yield k
            if norms[k] not in PREPOSITIONS:
                return


def _predicate_ends(sentence: Tokens, i: int) -> Iterator[int]:
    """ "Bell [bought the yard and] has sold it": the verb after the "and" is an auxiliary."""
    norms = sentence.norms
    for k in range(i + 3, len(sentence) - 1):
        gone = norms[i : k - 1]
        if norms[k - 1] in COORDINATORS and norms[k] in AUXILIARIES:
            free = CONDITIONS.isdisjoint(gone) and REPORTS.isdisjoint(gone)
            if free and HEDGES.isdisjoint(gone) and not restricts(sentence, i):
                yield k
            return
