"""A second verifier behind the rules: a model that hears whether a passage says what a claim does.

By itself it only withholds. Where it is allowed to, it passes what the rules could not find in the
sources' words, if no hard veto speaks against it; a contradiction it never touches.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from msgspec.structs import replace

from nutgraf.stages.verify.judge import judge
from nutgraf.stages.verify.prepare import CLOSEST, Prepared, prepare, retrieve
from nutgraf.stages.verify.vetoes import veto
from nutgraf.text.tokens import tokenise
from nutgraf.types import Article, Evidence, Support

__all__ = ["Hearing", "Second"]

_HEARD = 3
"""Passages that the model hears, each by itself and all together."""


class Hearing(Protocol):
    """See `protocols.Entailment`."""

    @property
    def name(self) -> str: ...

    def entails(self, pairs: Sequence[tuple[str, str]]) -> Sequence[float]: ...


class Second:
    """A `protocols.Verifier`: the rules, then what `heard` says; the least of several counts.

    What is not whole sentences word for word is withheld below `withhold_below`. With
    `raise_from`, what was merely not found is supported from there on, unless a veto fires.
    """

    def __init__(
        self,
        heard: Sequence[Hearing],
        *,
        withhold_below: float,
        raise_from: float | None = None,
    ) -> None:
        self._hearings = list(heard)
        self._name = " and ".join(hearing.name for hearing in heard)
        self._withhold_below = withhold_below
        self._raise_from = raise_from

    def __call__(self, claim: str, sources: Sequence[Article | Prepared], /) -> Support:
        """The verdict on `claim`. Raises what the model raises (`ModelError`)."""
        first = judge(claim, sources)
        if first.verdict == "contradicted" or first.score == 1.0 or not first.evidence:
            return first
        if first.verdict == "unsupported" and self._raise_from is None:
            return first
        prepared = [prepare(source) for source in sources]
        probability, heard = self._hear(claim, first, prepared)
        if first.verdict == "supported":
            return self._doubted(first, probability)
        return self._raised(claim, first, probability, heard, prepared)

    def _hear(
        self, claim: str, first: Support, prepared: Sequence[Prepared]
    ) -> tuple[float, list[Evidence]]:
        """How likely the passages say it: the best of each by itself and of all together."""
        near = retrieve(tokenise(claim), prepared, _HEARD)
        passages = [source.evidence(i) for _, source, i in near]
        if first.verdict == "supported":
            passages = first.evidence[:_HEARD]
        joined = sorted(passages, key=lambda e: (e.source, e.start))
        heard = [[e] for e in passages] + ([joined] if len(joined) > 1 else [])
        pairs = [(" ".join(e.quote for e in one), claim) for one in heard]
        told = [min(each) for each in zip(*(h.entails(pairs) for h in self._hearings), strict=True)]
        best = max(range(len(told)), key=told.__getitem__)
        return told[best], heard[best]

    def _doubted(self, first: Support, probability: float) -> Support:
        if probability >= self._withhold_below:
            return first
        reason = f"a second verifier doubts it ({self._name}: {probability:.2f})"
        return replace(first, verdict="unsupported", score=min(first.score, 0.5), reason=reason)

    def _raised(
        self,
        claim: str,
        first: Support,
        probability: float,
        heard: Sequence[Evidence],
        prepared: Sequence[Prepared],
    ) -> Support:
        if self._raise_from is None or probability < self._raise_from:
            return first
        near = retrieve(tokenise(claim), prepared, CLOSEST)
        quotes = {(e.source, e.start) for e in heard}
        closest = [s.index.passages[i] for _, s, i in near]
        passages = [
            s.index.passages[i].tokens
            for _, s, i in near
            if (s.id, s.index.passages[i].start) in quotes
        ]
        against = veto(tokenise(claim), passages or [p.tokens for p in closest[:_HEARD]])
        if against:
            return replace(first, reason=against)
        reason = f"in other words ({self._name}: {probability:.2f})"
        rest = [e for e in first.evidence if e not in heard]
        return replace(
            first, verdict="supported", score=probability, reason=reason, evidence=[*heard, *rest]
        )
