"""Which origins tell the same thing, each in words of its own: by the words they share.

A measure of likeness, not of truth: it orders facts and keeps "only in X" from being said of what
others say differently. What a brief states, and whom it cites for that, `verify` decides.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence

from nutgraf.text.rarity import zipf
from nutgraf.text.tokens import is_number, tokenise
from nutgraf.text.words import STOP, stem

__all__ = ["Agreement", "content"]

SAME = 0.45
"""Share of a sentence's weight that a sentence of another origin must have to tell the same: from
reading 100 pairs of each of briefs/allsides_val and stories/incidents_dev (decisions/writer.md)."""
_WORDS = 3
"""Content words that two sentences share at least before they tell the same."""
_COMMONEST = 7.0
"""Zipf value from which on a word weighs next to nothing."""
_NUMBER = 3.0
"""Weight of a number, by what is rare: a word that comes once in 10,000."""


def content(text: str) -> frozenset[str]:
    """The stems of the words of a sentence that carry meaning, and its numbers."""
    return frozenset(stem(norm) for norm in tokenise(text).norms if norm not in STOP)


class Agreement:
    """The sentences of a story with their origins, ready to be asked who else says something.

    A word weighs by how rare it is in its language, and by how few of the sentences have it: the
    name that all of them have tells none from another.
    """

    def __init__(self, sentences: Sequence[tuple[str, Collection[str]]], language: str | None):
        """`sentences` are (origin, content words)."""
        self._origins = [origin for origin, _ in sentences]
        self._postings: dict[str, list[int]] = {}
        for i, (_, words) in enumerate(sentences):
            for word in words:
                self._postings.setdefault(word, []).append(i)
        self._language = language
        self._weights: dict[str, float] = {}

    def weight(self, word: str) -> float:
        """What a content word is worth, from 0."""
        if word not in self._weights:
            rare = _NUMBER if is_number(word) else _COMMONEST - zipf(word, self._language)
            few = (len(self._origins) + 1) / (len(self._postings.get(word, ())) + 0.5)
            self._weights[word] = max(rare, 0.1) * (math.log(few) + 0.3)
        return self._weights[word]

    def weigh(self, words: Iterable[str]) -> float:
        return sum(map(self.weight, words))

    def shares(self, words: Collection[str]) -> dict[str, float]:
        """Origin to the largest share of the weight of `words` that one sentence of it has."""
        scores: dict[int, float] = {}
        shared: dict[int, int] = {}
        for word in words:
            value = self.weight(word)
            for i in self._postings.get(word, ()):
                scores[i] = scores.get(i, 0.0) + value
                shared[i] = shared.get(i, 0) + 1
        whole = self.weigh(words) or 1.0
        best: dict[str, float] = {}
        for i, score in scores.items():
            if shared[i] >= min(_WORDS, len(words)):
                origin = self._origins[i]
                best[origin] = max(best.get(origin, 0.0), score / whole)
        return best

    def tellers(self, words: Collection[str], least: float = SAME) -> set[str]:
        """The origins of which one sentence has at least the share `least` of `words`."""
        return {origin for origin, share in self.shares(words).items() if share >= least}
