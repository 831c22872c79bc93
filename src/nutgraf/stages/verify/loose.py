"""Any other words that may go, as long as no phrase is left without its head."""

from __future__ import annotations

from collections.abc import Iterator

from nutgraf.stages.verify.grammar import (
    ARTICLES,
    AUXILIARIES,
    CONDITIONS,
    DANGLING,
    HEDGES,
    PREPOSITIONS,
    PRONOUNS,
    REPORTS,
    finite,
    restricts,
)
from nutgraf.stages.verify.phrases import COORDINATORS, OPENERS, RELATIVE, coordinates, dangles
from nutgraf.text.modifiers import PROTECTED, Modifier
from nutgraf.text.tokens import Tokens, is_number

__all__ = ["loose"]

_KINDS = (PREPOSITIONS, AUXILIARIES, ARTICLES, COORDINATORS)
_BOUND = PROTECTED | REPORTS | HEDGES | CONDITIONS


def loose(sentence: Tokens) -> Iterator[Modifier]:
    """Words that neither report, deny, hedge nor count, if no phrase is left without its head."""
    norms, n = sentence.norms, len(sentence)
    for start in range(n):
        if start and (restricts(sentence, start) or norms[start - 1] == "or"):
            continue
        verb = False
        for end in range(start + 1, n + 1):
            if norms[end - 1] in _BOUND:
                break
            verb = verb or finite(sentence, end - 1)
            if start and verb and end < n:
                continue
            if _joins(sentence, start, end, verb=verb):
                yield Modifier(start, end, "words")


def _joins(sentence: Tokens, start: int, end: int, *, verb: bool) -> bool:
    """Whether what stands before and after a gap goes together without what stood in it."""
    norms = sentence.norms
    if "or" in norms[start : end + 1]:
        return False
    if norms[start] in COORDINATORS and not (start and coordinates(sentence, start)):
        return False
    if end == len(sentence):  # "the police [spokeswoman]": its head may not go
        adjunct = bool(sentence.gap(start).strip()) or norms[start] in OPENERS
        return adjunct and not dangles(sentence, start - 1)
    last, before = norms[end - 1], norms[start - 1] if start else ""
    if last in DANGLING and not any(before in kind and last in kind for kind in _KINDS):
        return False
    if not start:  # its subject may not go without its verb, nor an object take its place
        alone = bool(sentence.gap(end).strip()) or not (verb or RELATIVE & {*norms[:end]})
        return alone and not finite(sentence, end)
    if norms[start] == "'s" or (end == start + 1 and norms[start] in COORDINATORS):
        return False
    object_ = start - 2 if start > 1 and before in ARTICLES | PRONOUNS else start - 1
    if any(is_number(norm) for norm in norms[start:end]) or finite(sentence, object_):
        return False  # an amount, or what a verb acts on
    headless = finite(sentence, end) and norms[start] not in OPENERS  # "police [detectives] are"
    if headless and not sentence.gap(start).strip():
        return False
    return norms[end] not in ("of", "to") and (before not in PREPOSITIONS or last in PREPOSITIONS)
