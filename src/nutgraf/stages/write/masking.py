"""A withheld sentence of a model's, shown only in words that its sources have.

What a misled model says must not reach a reader by way of the list of what was withheld.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from nutgraf.stages.write.sentence import Sentence
from nutgraf.text.addressed import addressed_spans
from nutgraf.text.tokens import tokenise
from nutgraf.text.words import STOP
from nutgraf.types import Coverage, Evidence, Withheld

__all__ = ["masked"]

_QUOTED = re.compile(r"“[^”]*”")
_WORD = re.compile(r"[^\s“”]+")
_HIDDEN = "A sentence in words of the model's own"
_SHOWN = 0.5
"""Share of its words that a sentence must have from its sources to be shown."""


def masked(withheld: Withheld, sentences: Sequence[Sentence], coverage: Coverage) -> Withheld:
    """The withheld sentence with "…" for every word that none of `sentences` has.

    The reason loses those words too, and what only the sentences say that no writer may use.
    """
    known = frozenset(norm for sentence in sentences for norm in sentence.tokens.norms) | STOP
    tokens = tokenise(withheld.text)
    shown = [norm for norm in tokens.norms if norm in known and norm not in STOP]
    foreign = [norm for norm in tokens.norms if norm not in known]
    if len(shown) < _SHOWN * (len(shown) + len(foreign)) or not shown:
        text, reason = _HIDDEN, "its words are not in the sentences it names"
    else:
        text = _only(withheld.text, known)
        unknown = {*foreign, *_unusable(coverage)} - known
        reason = _QUOTED.sub(lambda m: f"“{_only(m.group()[1:-1], known)}”", withheld.reason)
        reason = _WORD.sub(
            lambda m: m.group() if unknown.isdisjoint(tokenise(m.group()).norms) else "…", reason
        )
    spans = [(s.article.id, s.start, s.end) for s in sentences]
    return msgspec.structs.replace(
        withheld, text=text, reason=reason, evidence=_among(withheld.evidence, spans)
    )


def _unusable(coverage: Coverage) -> set[str]:
    """The words of what no writer may use."""
    return {
        norm
        for article in coverage.articles
        for start, end in addressed_spans(article.text, article.language)
        for norm in tokenise(article.text[start:end]).norms
    }


def _only(text: str, known: frozenset[str]) -> str:
    """The known words of a text in their order; "…" for a run of others."""
    tokens = tokenise(text)
    words = [
        tokens.raw(i) if norm in known else "…"
        for i, norm in enumerate(tokens.norms)
        if i == 0 or tokens.spans[i] != tokens.spans[i - 1]
    ]
    return re.sub(r"…(?: …)+", "…", " ".join(words))


def _among(evidence: Sequence[Evidence], spans: Sequence[tuple[str, int, int]]) -> list[Evidence]:
    """The evidence that is one of the sentences a writer may use."""
    return [
        e
        for e in evidence
        if any(e.source == a and start < e.end and e.start < end for a, start, end in spans)
    ]
