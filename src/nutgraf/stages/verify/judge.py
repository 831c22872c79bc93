"""Whether sources support a claim: the copy rule, then contradiction, else not found.

The copy rule passes nothing but the sources' own words, less what grammar lets go; a trained second
opinion scores each claim and may withhold. docs/decisions/verifier.md has what leaks and what is
withheld.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nutgraf.stages.verify.copies import copied, joined
from nutgraf.stages.verify.opinion import describe, load, opinion, pool
from nutgraf.stages.verify.part import Part
from nutgraf.stages.verify.prepare import CLOSEST, Prepared, prepare, retrieve
from nutgraf.stages.verify.reasons import withheld
from nutgraf.stages.verify.verbatim import verbatim
from nutgraf.text.sentences import sentences
from nutgraf.text.tokens import Tokens, tokenise
from nutgraf.types import Article, Evidence, Support, Verdict

__all__ = ["judge", "view"]

_SHOWN = 3
_MOST = 5
"""Passages shown as evidence: of a sentence, of a claim."""
_ANAPHORS = frozenset("he she it they them her his its their this that these those".split())
_COPY, _NOT = 0.95, 0.9
"""The least score of a copy, and the most of a claim that is withheld."""
_AGAINST = 0.3
"""What is left of the score of a claim that a source contradicts."""
_ORDER: dict[Verdict, int] = {"contradicted": 0, "unsupported": 1, "supported": 2}


def judge(claim: str, sources: Sequence[Article | Prepared]) -> Support:
    """Judge a claim of one or more sentences against the bodies of `sources`.

    Prepared sources make the second claim over the same sources cheap; articles are prepared (and
    remembered by their text). Unsure means unsupported; each verdict comes with its reason.
    """
    prepared = [prepare(source) for source in sources]
    tokens = tokenise(claim)
    if not len(tokens):
        return Support(verdict="unsupported", score=0.0, reason="there is nothing to check")
    whole = verbatim(tokens, prepared)
    if whole and whole.verdict == "supported":
        return _support(whole, 1.0, [whole])
    parts = list(_parts(claim, prepared))
    worst = min(parts, key=lambda part: _ORDER[part.verdict])
    if all(part.literal and part.verdict == "supported" for part in parts):
        return _support(worst, 1.0, parts)
    weights = load()
    score = opinion(pool([part.vector for part in parts if part.vector]), weights)
    if worst.verdict == "contradicted":
        return _support(worst, _AGAINST * score, parts)
    if worst.verdict == "unsupported":
        return _support(worst, min(score, _NOT), parts)
    if score < weights.floor:
        reason = "its words are there, but the sources put them together otherwise"
        return _support(worst._replace(verdict="unsupported", reason=reason), score, parts)
    return _support(worst, max(score, _COPY), parts)


def view(claim: str, sources: Sequence[Prepared]) -> tuple[list[float], bool]:
    """What the second opinion of a claim is formed on, and whether the copy rule passes the claim
    in other words than a whole sentence's. For training."""
    tokens = tokenise(claim)
    whole = verbatim(tokens, sources)
    parts = list(_parts(claim, sources))
    vectors = [part.vector for part in parts if part.vector]
    if len(vectors) < len(parts) or not vectors:
        spans = sentences(claim, "en")
        vectors = [_vector(t, sources) for a, b in spans if len(t := tokenise(claim[a:b]))]
    passes = not whole and all(part.verdict == "supported" for part in parts)
    return pool(vectors), passes and not all(part.literal for part in parts)


def _vector(claim: Tokens, sources: Sequence[Prepared]) -> list[float]:
    return describe(claim, retrieve(claim, sources, CLOSEST), sources)


def _support(worst: Part, score: float, parts: Sequence[Part]) -> Support:
    """The answer: what contradicts it, the evidence of each sentence, then what else is near."""
    ranked = worst.evidence[:1] if worst.verdict == "contradicted" else []
    ranked += [e for part in parts for e in part.evidence[:1]]
    ranked += [e for part in parts for e in part.evidence[1:]]
    evidence: dict[tuple[str, int, int], Evidence] = {}
    for e in ranked:
        evidence.setdefault((e.source, e.start, e.end), e)
    return Support(
        verdict=worst.verdict,
        score=round(score, 4),
        evidence=list(evidence.values())[:_MOST],
        reason=worst.reason,
    )


def _parts(claim: str, sources: Sequence[Prepared]) -> Iterator[Part]:
    """Judge each sentence of a claim; one that refers back must follow what it refers to."""
    language = sources[0].index.language if sources else "en"
    before: Part | None = None
    for start, end in sentences(claim, language):
        tokens = tokenise(claim[start:end])
        if not len(tokens):
            continue
        part = _sentence(tokens, sources)
        if before and part.at and tokens.norms[0] in _ANAPHORS and not _follows(part, before):
            reason = f"“{tokens.raw(0)}” stands for somebody or something else in the source"
            part = part._replace(verdict="unsupported", reason=reason)
        yield part
        before = part


def _follows(part: Part, before: Part) -> bool:
    return before.at is not None and part.at == (before.at[0], before.at[1] + 1)


def _sentence(claim: Tokens, sources: Sequence[Prepared]) -> Part:
    near = retrieve(claim, sources, CLOSEST)
    vector = describe(claim, near, sources)
    found = verbatim(claim, sources)
    if found:
        return found._replace(vector=vector)
    evidence = [source.evidence(i) for _, source, i in near[:_SHOWN]]
    part, fault = copied(claim, near)
    part = part or joined(claim, sources)
    if part:
        rest = [e for e in evidence if e not in part.evidence]
        return part._replace(evidence=part.evidence + rest, vector=vector)
    return withheld(claim, sources, near, evidence, fault)._replace(vector=vector)
