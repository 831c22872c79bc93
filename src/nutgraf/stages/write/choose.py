"""Which sentences a brief takes: the most of what several origins report, without repeating it."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from nutgraf.stages.write.sentence import Sentence
from nutgraf.text.words import stem

__all__ = ["Weights", "choose", "similarity"]

_TITLED = 1.5
"""How much more a word counts that stands in every origin's title."""
_LEAST = 0.3
"""Share of the most central sentence's worth below which another one is off the story;
quotations, which have words of their own, may be below. From reading stories/incidents_dev."""
REPEATS = 0.45
"""Share of the lighter sentence's weight that two may share before they say the same thing."""


class Weights:
    """What each word of a story weighs: more, the more origins use it, above all in titles.

    Titles tell what a story is about; they are never evidence for a sentence.
    """

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        total = len(sentences) or 1
        count: dict[str, int] = {}
        origins: dict[str, set[str]] = {}
        for sentence in sentences:
            for word in sentence.stems:
                count[word] = count.get(word, 0) + 1
                origins.setdefault(word, set()).add(sentence.origin)
        titled: dict[str, set[str]] = {}
        for sentence in sentences:
            for norm in sentence.title_norms:
                titled.setdefault(stem(norm), set()).add(sentence.origin)
        reports = len({sentence.origin for sentence in sentences}) or 1
        self.titled = {word: 1 + _TITLED * len(who) / reports for word, who in titled.items()}
        self.idf = {word: math.log((total + 1) / (n + 0.5)) + 0.3 for word, n in count.items()}
        self.shared = {word: math.sqrt(len(names)) for word, names in origins.items()}
        self.common = {word: math.log(1 + n) for word, n in count.items()}

    def of(self, word: str) -> float:
        """Worth of covering a word: what many sentences and origins speak of is the story."""
        return self.common.get(word, 0.0) * self.shared.get(word, 1.0) * self.titled.get(word, 1.0)

    def weigh(self, words: Iterable[str]) -> float:
        return sum(self.idf.get(word, 1.0) for word in words)

    def centrality(self, sentence: Sentence) -> float:
        return self.worth(sentence.stems)

    def worth(self, words: Collection[str]) -> float:
        """Worth of some words together, damped so that lengths compare."""
        return sum(map(self.of, words)) / math.sqrt(len(words) + 5)


def similarity(a: Sentence, b: Sentence, weights: Weights) -> float:
    """Share of the lighter sentence's (idf) weight that the other has, 0 to 1."""
    shared = weights.weigh(a.stems & b.stems)
    return shared / (min(weights.weigh(a.stems), weights.weigh(b.stems)) or 1.0)


def choose(
    candidates: Sequence[Sentence],
    taken: Sequence[Sentence],
    weights: Weights,
    size: int,
    group: Callable[[Sentence], str],
    room: Mapping[str, int],
) -> list[Sentence]:
    """Up to `size` sentences by greedy cover of the story's words, each worth less once covered.

    A monotone submodular gain (Lin and Bilmes, "A class of submodular functions for document
    summarization", ACL 2011) with a bar on near-paraphrases of what is `taken` or chosen, and at
    most `room[group(sentence)]` of a group, where it is given.
    """
    covered: dict[str, int] = {}
    for sentence in taken:
        _cover(covered, sentence)
    chosen: list[Sentence] = []
    full: dict[str, int] = {}
    enough = _LEAST * max(map(weights.centrality, candidates), default=0.0)
    left = [s for s in candidates if s.quoted_words or weights.centrality(s) >= enough]
    while left and len(chosen) < size:
        best = max(left, key=lambda s: (_gain(s, covered, weights), -s.order, -s.position))
        left.remove(best)
        if any(similarity(best, other, weights) > REPEATS for other in [*taken, *chosen]):
            continue
        full[group(best)] = full.get(group(best), 0) + 1
        if full[group(best)] > room.get(group(best), size):
            continue
        chosen.append(best)
        _cover(covered, best)
    return chosen


def _cover(covered: dict[str, int], sentence: Sentence) -> None:
    for word in sentence.stems:
        covered[word] = covered.get(word, 0) + 1


def _gain(sentence: Sentence, covered: dict[str, int], weights: Weights) -> float:
    gain = sum(weights.of(word) / (1 + 2 * covered.get(word, 0)) for word in sentence.stems)
    early = 1.0 + 0.6 / (1 + sentence.position)
    penalty = 0.35 if sentence.second_hand else 1.0
    return gain / math.sqrt(len(sentence.stems) + 8) * early * penalty
