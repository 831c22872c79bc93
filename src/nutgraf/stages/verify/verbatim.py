"""Claims that are whole sentences of a source, word for word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nutgraf.stages.verify.part import Part, copy
from nutgraf.stages.verify.prepare import TERMINAL, Passage, Prepared
from nutgraf.text.copying import misquoted, unasked
from nutgraf.text.tokens import Tokens

__all__ = ["verbatim"]

_SHORTEST = 3
"""Tokens of a claim that is found inside of what our rules call one sentence ("Gov." is none)."""
_PAUSE = re.compile(r"\s*(?:…|\.\s?\.\s?\.)[\s.]*")


def verbatim(claim: Tokens, sources: Sequence[Prepared]) -> Part | None:
    """A claim that is a run of whole sentences, however somebody else would split them."""
    for source in sources:
        for i, passage in enumerate(source.index.passages):
            for start in passage.starts:
                if passage.tokens.norms[start] != claim.norms[0]:
                    continue
                if start and len(claim) < _SHORTEST:
                    continue
                end = _run(claim, source.index.passages, i, start)
                if end is not None:
                    return copy(source, i, end, "word for word", literal=True)
    return None


def _run(claim: Tokens, passages: Sequence[Passage], first: int, start: int) -> int | None:
    """The passage in which a run of the claim's tokens ends, if it ends where a sentence does."""
    at, i, quoted = start, first, list[bool]()
    while len(quoted) < len(claim) and i < len(passages):
        tokens = passages[i].tokens
        take = min(len(tokens) - at, len(claim) - len(quoted))
        if tokens.norms[at : at + take] != claim.norms[len(quoted) : len(quoted) + take]:
            return None
        quoted += tokens.quoted[at : at + take]
        at += take
        if len(quoted) == len(claim):
            wrong = misquoted(claim, quoted) or unasked(claim, tokens.gap(at))
            return i if _ends(tokens, at) and not wrong else None
        i, at = i + 1, 0
    return None


def _ends(tokens: Tokens, at: int) -> bool:
    """Whether a sentence ends before token `at`, by the coarsest of rules ("Gov." ends none)."""
    if at == len(tokens):
        return True
    last, gap = tokens.raw(at - 1), tokens.gap(at)
    if _PAUSE.fullmatch(gap) and tokens.raw(at)[0].islower():
        return False
    abbreviated = last.istitle() and len(last) < 6 and gap.startswith(".")
    return bool(TERMINAL.search(gap)) and at >= _SHORTEST and not abbreviated
