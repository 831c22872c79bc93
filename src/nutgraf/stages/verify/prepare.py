"""An article made ready for many claims: its sentences as tokens, and an index of their words."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from nutgraf.stages.verify.deletions import deletions
from nutgraf.stages.verify.naming import Naming, naming
from nutgraf.stages.verify.readings import readings
from nutgraf.text.modifiers import Modifier
from nutgraf.text.sentences import Span, sentences
from nutgraf.text.tokens import Tokens, tokenise
from nutgraf.text.words import STOP, stem
from nutgraf.types import Article, Evidence

__all__ = [
    "CLOSEST", "TERMINAL", "Near", "Passage", "Prepared", "features", "prepare", "retrieve",
]  # fmt: skip

Reading = tuple[Tokens, list[Modifier]]
CLOSEST = 8
"""Passages tried by the copy rule; a sentence that holds all of a claim's words ranks high."""
TERMINAL = re.compile(r"[.!?…。！？]")
_HALF = re.compile(r"(?<![\d.,])\d{1,3}\.$")
_BIGRAM, _STOPWORD = 0.3, 0.01
"""Weights beside 1 for a content word: docs/decisions/verifier.md."""
_BESIDE = 0.5
"""What a word counts that only the sentence before or after has: "he" may be named there."""
_LENGTH = 0.1
"""How much a long passage yields to a short one that has as much of the claim."""


@dataclass(frozen=True)
class Passage:
    """One sentence of an article, `text[start:end]`."""

    start: int
    end: int
    tokens: Tokens
    english: bool

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        return frozenset(self.tokens.norms)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Tokens at which a sentence starts, by the coarsest of rules: somebody else's split."""
        tokens = self.tokens
        inner = (
            i
            for i in range(1, len(tokens))
            if TERMINAL.search(tokens.gap(i)) and not tokens.raw(i)[0].islower()
        )
        return (0, *inner) if len(tokens) else ()


@dataclass(frozen=True)
class _Index:
    """The part of a preparation that hangs on the text alone."""

    text: str
    language: str
    passages: tuple[Passage, ...]
    postings: dict[str, list[int]]
    """Feature to the passages that have it."""

    @cached_property
    def named(self) -> Naming:
        return naming([passage.tokens for passage in self.passages])

    @cached_property
    def _readings(self) -> dict[int, list[Reading]]:
        return {}

    def readings(self, i: int) -> list[Reading]:
        """Passage `i`, and the sentences inside of it, each with what it may lack.

        Only English is known well enough to leave anything out.
        """
        if i not in self._readings:
            passage = self.passages[i]
            self._readings[i] = (
                [(t, deletions(t, self.named.openers)) for t in readings(passage.tokens)]
                if passage.english
                else [(passage.tokens, [])]
            )
        return self._readings[i]


@dataclass(frozen=True)
class Prepared:
    """An article whose claims can be judged at little cost each."""

    id: str
    index: _Index

    def evidence(self, first: int, last: int | None = None) -> Evidence:
        """The passages `first` to `last` (inclusive) as evidence."""
        start = self.index.passages[first].start
        end = self.index.passages[first if last is None else last].end
        return Evidence(source=self.id, start=start, end=end, quote=self.index.text[start:end])


Near = Sequence[tuple[float, Prepared, int]]
"""Passages with their nearness, best first: (share of the claim's words, source, index)."""


def prepare(article: Article | Prepared) -> Prepared:
    """Read an article's body (never its title) once, for any number of claims."""
    if isinstance(article, Prepared):
        return article
    return Prepared(article.id, _index(article.text, article.language or "en"))


@lru_cache(maxsize=512)
def _index(text: str, language: str) -> _Index:
    english = language.lower().startswith("en")
    passages = tuple(
        Passage(start, end, tokenise(text[start:end]), english)
        for start, end in _unbroken(text, sentences(text, language))
    )
    postings: dict[str, list[int]] = {}
    for i, passage in enumerate(passages):
        for feature in features(passage.tokens.norms):
            postings.setdefault(feature, []).append(i)
    return _Index(text, language, passages, postings)


def _unbroken(text: str, spans: Sequence[Span]) -> list[Span]:
    """Sentences, those put together again that bad spacing cut in a number ("1. 3 billion")."""
    found: list[Span] = []
    for start, end in spans:
        halved = bool(found) and bool(_HALF.search(text, *found[-1])) and text[start].isdigit()
        if halved and "\n" not in text[found[-1][1] : start]:
            start = found.pop()[0]
        found.append((start, end))
    return found


def features(norms: Sequence[str]) -> dict[str, float]:
    """What a sentence is found by, with weights: word stems and pairs of neighbouring ones."""
    found: dict[str, float] = {}
    before = ""
    for norm in norms:
        if norm in STOP:
            found.setdefault(norm, _STOPWORD)
            continue
        root = stem(norm)
        found[root] = 1.0
        if before:
            found[f"{before} {root}"] = _BIGRAM
        before = root
    return found


def retrieve(
    claim: Tokens, sources: Sequence[Prepared], limit: int
) -> list[tuple[float, Prepared, int]]:
    """The passages closest to a claim: (share of its weighted words they have, source, passage).

    Words are weighted by how few of the sources' sentences have them (idf); those of the
    neighbouring sentences count by half. Best first; a passage without any is left out.
    """
    total = sum(len(source.index.passages) for source in sources)
    scores: dict[tuple[int, int], float] = {}
    weight_sum = 0.0
    for feature, weight in features(claim.norms).items():
        hits = [source.index.postings.get(feature, ()) for source in sources]
        count = sum(map(len, hits))
        value = weight * math.log((total + 1) / (count + 0.5))
        weight_sum += value if " " not in feature else 0.0
        for s, passages in enumerate(hits):
            last = len(sources[s].index.passages)
            beside = {k for i in passages for k in (i - 1, i + 1) if 0 <= k < last}
            for i in passages:
                scores[s, i] = scores.get((s, i), 0.0) + value
            for i in beside.difference(passages) if weight > _STOPWORD else ():
                scores[s, i] = scores.get((s, i), 0.0) + _BESIDE * value
    scale = weight_sum or 1.0
    shares = {(s, i): score / _drag(sources[s], i) for (s, i), score in scores.items()}
    ranked = sorted(shares.items(), key=lambda item: (-item[1], item[0]))[:limit]
    return [(min(share / scale, 1.0), sources[s], i) for (s, i), share in ranked]


def _drag(source: Prepared, i: int) -> float:
    return 1 + _LENGTH * math.log(1 + len(source.index.passages[i].tokens))
