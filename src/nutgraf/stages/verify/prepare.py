"""An article made ready for many claims: its sentences as tokens, and an index of their words."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from nutgraf.text.modifiers import Modifier, modifiers
from nutgraf.text.sentences import sentences
from nutgraf.text.tokens import Tokens, tokenise
from nutgraf.text.words import STOP, stem
from nutgraf.types import Article, Evidence

__all__ = ["TERMINAL", "Passage", "Prepared", "features", "prepare", "retrieve"]

TERMINAL = re.compile(r"[.!?…。！？]")
_BIGRAM, _STOPWORD = 0.25, 0.02
"""Weights beside 1 for a content word: docs/decisions/verifier.md."""


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

    @cached_property
    def removable(self) -> list[Modifier]:
        """Only English is known well enough to leave anything out."""
        return modifiers(self.tokens) if self.english else []


@dataclass(frozen=True)
class _Index:
    """The part of a preparation that hangs on the text alone."""

    text: str
    language: str
    passages: tuple[Passage, ...]
    postings: dict[str, list[int]]
    """Feature to the passages that have it."""


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
        for start, end in sentences(text, language)
    )
    postings: dict[str, list[int]] = {}
    for i, passage in enumerate(passages):
        for feature in features(passage.tokens.norms):
            postings.setdefault(feature, []).append(i)
    return _Index(text, language, passages, postings)


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

    Words are weighted by how few of the sources' sentences have them (idf). Best first; passages
    without any of its words are left out.
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
            for i in passages:
                scores[s, i] = scores.get((s, i), 0.0) + value
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:limit]
    scale = weight_sum or 1.0
    return [(min(score / scale, 1.0), sources[s], i) for (s, i), score in ranked]
