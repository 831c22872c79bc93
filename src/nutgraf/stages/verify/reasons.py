"""Why a claim in other words than the sources' is withheld, in plain words."""

from __future__ import annotations

from collections.abc import Sequence

from nutgraf.stages.verify.contradiction import contradiction
from nutgraf.stages.verify.part import Part
from nutgraf.stages.verify.prepare import Near, Passage, Prepared
from nutgraf.text.copying import is_subsequence, misquoted
from nutgraf.text.modifiers import ATTRIBUTION, NEGATION, PROTECTED
from nutgraf.text.tokens import Tokens
from nutgraf.text.words import STOP, stem
from nutgraf.types import Evidence, Verdict

__all__ = ["withheld"]

_SHOWN = 3


def withheld(
    claim: Tokens, sources: Sequence[Prepared], near: Near, evidence: list[Evidence], fault: str
) -> Part:
    """The verdict and the reason for a sentence that no source has in these words."""
    if fault:
        return Part("unsupported", fault, evidence)
    passages = [source.index.passages[i] for _, source, i in near]
    for passage in passages:
        verdict, reason = _deletion(claim, passage)
        if reason:
            return Part(verdict, reason, evidence)
    everything = [p.tokens for source in sources for p in source.index.passages]
    for n, passage in enumerate(passages[:_SHOWN]):
        reason = contradiction(claim, passage.tokens, [p.tokens for p in passages], everything)
        if reason:
            ordered = [evidence[n], *evidence[:n], *evidence[n + 1 :]]
            return Part("contradicted", reason, ordered)
    return Part("unsupported", _missing(claim, sources), evidence)


def _deletion(claim: Tokens, passage: Passage) -> tuple[Verdict, str]:
    """Why leaving words out of this passage is no copy, if the claim does no more than that."""
    tokens = passage.tokens
    left_out = is_subsequence(claim.norms, tokens.norms)
    if left_out is None or len(claim) < 4:
        return "unsupported", ""
    fault = _unquoted(claim, tokens)
    if fault:
        return "unsupported", fault
    protected = [i for i in left_out if tokens.norms[i] in PROTECTED]
    # "not" or "did not" by itself turns the sentence round; a whole clause with a "not" in it
    # says something else besides.
    negation = [i for i in protected if tokens.norms[i] in NEGATION and _alone(i, left_out)]
    if protected:
        words = _listed(tokens, (negation or protected)[:3])
        if not negation and all(tokens.norms[i] in ATTRIBUTION for i in protected):
            return "unsupported", f"who says so was dropped: {words}"
        return ("contradicted" if negation else "unsupported"), f"{words} was dropped"
    return "unsupported", f"{_first_run(tokens, left_out)} was left out"


def _first_run(tokens: Tokens, left_out: Sequence[int]) -> str:
    """The first words in a row that were left out, eight at most."""
    first = last = left_out[0]
    while last + 1 in left_out and last - first < 7:
        last += 1
    return f"“{tokens.text[tokens.spans[first][0] : tokens.spans[last][1]]}”"


def _unquoted(claim: Tokens, passage: Tokens) -> str:
    """What is wrong with the quotation marks of a claim that stands within a quotation."""
    size = len(claim)
    for i in range(len(passage) - size + 1):
        if passage.norms[i : i + size] == claim.norms:
            return misquoted(claim, passage.quoted[i : i + size])
    return ""


def _alone(i: int, left_out: Sequence[int]) -> bool:
    """Whether the run of left-out tokens around `i` is no longer than three."""
    gone = set(left_out)
    runs = ({*range(i - k, i - k + 4)} for k in range(4))
    return not any(run <= gone for run in runs)


def _listed(tokens: Tokens, indices: Sequence[int]) -> str:
    return ", ".join(dict.fromkeys(f"“{tokens.raw(i)}”" for i in indices))


def _missing(claim: Tokens, sources: Sequence[Prepared]) -> str:
    """Which words no source has."""
    missing = [
        i
        for i, norm in enumerate(claim.norms)
        if norm not in STOP and not any(stem(norm) in s.index.postings for s in sources)
    ]
    # Figures and names first: they are what a reader checks.
    missing.sort(key=lambda i: (claim.norms[i][0].isalpha(), i == 0 or claim.raw(i)[0].islower()))
    if missing:
        return f"not found in the sources: {_listed(claim, missing[:4])}"
    return "not found in the sources: no sentence of theirs says it in these words"
