"""Whether sources support a claim: the copy rule, then contradiction, else not found.

The copy rule passes nothing but the sources' own words; see `text.copying`, `text.modifiers` and
docs/decisions/verifier.md for what leaks and what it withholds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from nutgraf.stages.verify.contradiction import contradiction
from nutgraf.stages.verify.prepare import TERMINAL, Passage, Prepared, features, prepare, retrieve
from nutgraf.text.copying import copied, is_subsequence, misquoted, unasked
from nutgraf.text.modifiers import NEGATION, PROTECTED
from nutgraf.text.sentences import sentences
from nutgraf.text.tokens import Tokens, is_number, tokenise
from nutgraf.text.words import STOP, stem
from nutgraf.types import Article, Evidence, Support, Verdict

__all__ = ["judge"]

_CLOSEST = 8
"""Passages tried by the copy rule; a sentence that holds all of a claim's words ranks high."""
_SHOWN = 3
_SHORTEST = 3
"""Tokens of a claim that is found inside of what our rules call one sentence ("Gov." is none)."""
_ANAPHORS = frozenset("he she it they him her his its their this that these those".split())


class _Part(NamedTuple):
    """The verdict on one sentence of a claim."""

    verdict: Verdict
    score: float
    reason: str
    evidence: list[Evidence]
    at: tuple[str, int] | None = None
    """The source and the passage that it copies."""


def judge(claim: str, sources: Sequence[Article | Prepared]) -> Support:
    """Judge a claim of one or more sentences against the bodies of `sources`.

    Prepared sources make the second claim over the same sources cheap; articles are prepared (and
    remembered by their text). Unsure means unsupported; each verdict comes with its reason.
    """
    prepared = [prepare(source) for source in sources]
    tokens = tokenise(claim)
    if not len(tokens):
        return Support(verdict="unsupported", score=0.0, reason="there is nothing to check")
    whole = _verbatim(tokens, prepared)
    parts = [whole] if whole and whole.verdict == "supported" else _parts(claim, prepared)
    worst = min(parts, key=lambda part: (_ORDER[part.verdict], part.score))
    evidence = list(dict.fromkeys(_key(e) for part in parts for e in part.evidence[:1]))
    evidence += [
        k for k in (_key(e) for part in parts for e in part.evidence[1:]) if k not in evidence
    ]
    return Support(
        verdict=worst.verdict,
        score=round(worst.score, 4),
        evidence=[Evidence(source=s, start=a, end=b, quote=q) for s, a, b, q in evidence[:5]],
        reason=worst.reason,
    )


_ORDER: dict[Verdict, int] = {"contradicted": 0, "unsupported": 1, "supported": 2}


def _key(evidence: Evidence) -> tuple[str, int, int, str]:
    return evidence.source, evidence.start, evidence.end, evidence.quote


def _parts(claim: str, sources: Sequence[Prepared]) -> list[_Part]:
    """Judge each sentence of a claim; one that refers back must follow what it refers to."""
    language = sources[0].index.language if sources else "en"
    found: list[_Part] = []
    for start, end in sentences(claim, language):
        tokens = tokenise(claim[start:end])
        if not len(tokens):
            continue
        part = _sentence(tokens, sources)
        before = found[-1].at if found else None
        if found and part.at and tokens.norms[0] in _ANAPHORS and not _follows(part.at, before):
            reason = f"“{tokens.raw(0)}” stands for somebody or something else in the source"
            part = part._replace(verdict="unsupported", score=0.5, reason=reason)
        found.append(part)
    return found


def _follows(at: tuple[str, int], before: tuple[str, int] | None) -> bool:
    return before is not None and at[0] == before[0] and at[1] == before[1] + 1


def _verbatim(claim: Tokens, sources: Sequence[Prepared]) -> _Part | None:
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
                    return _copy(source, i, end, "word for word")
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
    abbreviated = last.istitle() and len(last) < 6 and gap.startswith(".")
    return bool(TERMINAL.search(gap)) and at >= _SHORTEST and not abbreviated


def _copy(source: Prepared, first: int, last: int, reason: str, score: float = 1.0) -> _Part:
    return _Part("supported", score, reason, [source.evidence(first, last)], (source.id, last))


def _sentence(claim: Tokens, sources: Sequence[Prepared]) -> _Part:
    verbatim = _verbatim(claim, sources)
    if verbatim:
        return verbatim
    closest = retrieve(claim, sources, _CLOSEST)
    evidence = [source.evidence(i) for _, source, i in closest[:_SHOWN]]
    fault = ""
    for _, source, i in closest:
        passage = source.index.passages[i]
        if not passage.vocabulary.issuperset(claim.norms):
            continue
        copy = copied(claim, passage.tokens, passage.removable)
        if copy and not copy.fault:
            kinds = ", ".join(sorted({m.kind for m in copy.left_out}))
            part = _copy(source, i, i, f"in its words, less a {kinds}" if kinds else "in its words")
            rest = [e for e in evidence if e != part.evidence[0]]
            return part._replace(score=0.95, evidence=part.evidence + rest)
        fault = fault or (copy.fault if copy else "")
    return _not_copied(claim, sources, closest, evidence, fault)


def _not_copied(
    claim: Tokens,
    sources: Sequence[Prepared],
    closest: list[tuple[float, Prepared, int]],
    evidence: list[Evidence],
    fault: str,
) -> _Part:
    """The verdict and the reason for a sentence that no source has in these words."""
    near = [(score, source.index.passages[i]) for score, source, i in closest]
    score = _closeness(claim, [passage for _, passage in near[:_SHOWN]], near)
    if fault:
        return _Part("unsupported", score, fault, evidence)
    for _, passage in near:
        verdict, reason = _deletion(claim, passage)
        if reason:
            return _Part(
                verdict, score * (0.2 if verdict == "contradicted" else 1), reason, evidence
            )
    for n, (_, passage) in enumerate(near[:_SHOWN]):
        reason = contradiction(claim, passage.tokens, [p.tokens for _, p in near])
        if reason:
            ordered = [evidence[n], *evidence[:n], *evidence[n + 1 :]]
            return _Part("contradicted", score * 0.2, reason, ordered)
    return _Part("unsupported", score, _missing(claim, sources), evidence)


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


def _closeness(
    claim: Tokens, passages: Sequence[Passage], near: list[tuple[float, Passage]]
) -> float:
    """How near the sources come to a claim they don't say, 0 to .9: no probability."""
    if not near:
        return 0.0
    wanted = {f: w for f, w in features(claim.norms).items() if " " not in f}
    had = set().union(*(features(p.tokens.norms) for p in passages))
    union = sum(w for f, w in wanted.items() if f in had) / (sum(wanted.values()) or 1.0)
    known = {norm for _, p in near for norm in p.tokens.norms}
    numbers = [norm for norm in claim.norms if is_number(norm) and norm not in known]
    return round(0.9 * (0.6 * near[0][0] + 0.4 * union) * (0.5 if numbers else 1.0), 4)
