"""The copy rule: claims in the sources' own words, less what grammar lets go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nutgraf.stages.verify.alignment import align
from nutgraf.stages.verify.grammar import finite, opens_clause
from nutgraf.stages.verify.part import Part, copy
from nutgraf.stages.verify.prepare import CLOSEST, Near, Prepared, retrieve
from nutgraf.stages.verify.verbatim import verbatim
from nutgraf.text.modifiers import Modifier
from nutgraf.text.tokens import Tokens

__all__ = ["copied", "joined"]

_NEW = 4
"""Words of a claim that its passage may lack: articles, the rest of a name, a number cut in two."""
_HALF = 4
"""Tokens of the shorter of two statements."""
_LINKS = frozenset("and but while".split())
_KINDS = {
    "apposition": "an apposition", "age": "an age", "adjective": "an adjective",
    "adverb": "an adverb", "item": "an item of a list", "opening": "its opening",
    "rest": "what follows", "words": "some words", "relative": "a relative clause",
}  # fmt: skip


def copied(claim: Tokens, closest: Near, *, loose: bool = True) -> tuple[Part | None, str]:
    """The passage that a claim copies but for what may go; else what is wrong with the copy."""
    fault = ""
    words = frozenset(claim.norms)
    for _, source, i in closest:
        passage = source.index.passages[i]
        if len(words - passage.vocabulary) > _NEW:
            continue
        for tokens, allowed in source.index.readings(i):
            removable = allowed if loose else [m for m in allowed if m.kind != "words"]
            found = align(claim, tokens, removable, source.index.named if passage.english else None)
            if found and not found.fault:
                return copy(source, i, i, _how(found.left_out)), ""
            fault = fault or (found.fault if found else "")
    return None, fault


def _how(left_out: Sequence[Modifier]) -> str:
    """How a claim copies, in plain words."""
    kinds = sorted({_KINDS.get(m.kind, f"a {m.kind}") for m in left_out})
    return f"in its words, less {', '.join(kinds)}" if kinds else "in its words"


def joined(claim: Tokens, sources: Sequence[Prepared]) -> Part | None:
    """A claim of two statements, "... and ...", if the sources say each of them."""
    for k in range(_HALF, len(claim) - _HALF):
        link = claim.norms[k] in _LINKS
        if not (link or ";" in claim.gap(k)):
            continue
        first = _half(_slice(claim, range(k)), sources)
        if not first:
            continue
        second = k + link
        rest = _slice(claim, range(second, len(claim)))
        other = verbatim(rest, sources)
        if not other and opens_clause(claim, second):
            other = _half(rest, sources)
        elif not other and finite(claim, second) and (head := _subject(claim)):
            other = _half(_slice(claim, [*range(head), *range(second, len(claim))]), sources)
        if other:
            evidence = [first.evidence[0], other.evidence[0]]
            return Part("supported", "two statements, each in its words", evidence)
    return None


def _subject(claim: Tokens) -> int:
    """How many tokens stand before the first verb, 0 if there is none near."""
    return next((i for i in range(1, min(len(claim), 9)) if finite(claim, i)), 0)


def _half(claim: Tokens, sources: Sequence[Prepared]) -> Part | None:
    """A statement by itself, with nothing but whole phrases left out of it."""
    found = verbatim(claim, sources)
    return found or copied(claim, retrieve(claim, sources, CLOSEST), loose=False)[0]


def _slice(tokens: Tokens, kept: Iterable[int]) -> Tokens:
    indices = list(kept)
    return Tokens(
        tokens.text,
        tuple(tokens.norms[i] for i in indices),
        tuple(tokens.spans[i] for i in indices),
    )
