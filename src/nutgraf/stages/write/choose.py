"""Which sentences a brief takes: the most of what several origins report, without repeating it."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from nutgraf.stages.write.sentence import Sentence
from nutgraf.text.agreement import Agreement
from nutgraf.text.words import stem

__all__ = ["RIDDLE", "Weights", "choose", "similarity"]

_TITLED = 1.5
"""How much more a word counts that stands in every origin's title."""
_LEAST = 0.3
"""Share of the most central sentence's worth below which another one is off the story;
quotations, which have words of their own, may be below. From reading stories/incidents_dev."""
_NEW = 0.45
"""Share of a sentence's weight that nothing before it has told, at least."""
RIDDLE = 0.75
"""Factor for each thing that a sentence leans on and nothing has told of."""
_RELATED = 0.25
"""Share of the lighter sentence that two have in common which surely speak of one thing."""
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
        self.reports = reports
        language = sentences[0].article.language if sentences else None
        self.agreement = Agreement([(s.origin, s.stems) for s in sentences], language)
        self._tellers: dict[Sentence, int] = {}

    def tellers(self, sentence: Sentence) -> int:
        """How many origins tell what a sentence tells, its own among them."""
        if sentence not in self._tellers:
            others = self.agreement.tellers(sentence.stems) | {sentence.origin}
            self._tellers[sentence] = len(others)
        return self._tellers[sentence]

    def backing(self, sentence: Sentence) -> float:
        """The share of the other origins that tell it, too: 0 to 1; none of what was known."""
        if not sentence.new:
            return 0.0
        return (self.tellers(sentence) - 1) / max(1, self.reports - 1)

    def together(self, one: Sentence, other: Sentence) -> float:
        """How surely two sentences speak of one thing: 0.5 for nothing in common, up to 1."""
        weigh = self.agreement.weigh
        lighter = min(weigh(one.stems), weigh(other.stems)) or 1.0
        return 0.5 + 0.5 * min(1.0, weigh(one.stems & other.stems) / (_RELATED * lighter))

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
    """Up to `size` sentences, best first, by greedy cover of the story's words.

    A word is worth less once covered: a monotone submodular gain (Lin and Bilmes, "A class of
    submodular functions for document summarization", ACL 2011), more for what several origins
    tell. Near-paraphrases of what is `taken` or chosen are left, and what adds little to all of
    it; a group gets `room[group(sentence)]` at most, where that is given.
    """
    told = _Told(weights)
    for sentence in taken:
        told.add(sentence)
    chosen: list[Sentence] = []
    full: dict[str, int] = {}
    enough = _LEAST * max(map(weights.centrality, candidates), default=0.0)
    left = [s for s in candidates if s.quoted_words or weights.centrality(s) >= enough]
    while left and len(chosen) < size:
        best = max(left, key=lambda s: (told.gain(s), -s.order, -s.position))
        left.remove(best)
        if told.repeated(best):
            continue
        full[group(best)] = full.get(group(best), 0) + 1
        if full[group(best)] > room.get(group(best), size):
            continue
        chosen.append(best)
        told.add(best)
    return chosen


class _Told:
    """What sentences have told so far."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._sentences: list[Sentence] = []
        self._covered: dict[str, int] = {}

    def add(self, sentence: Sentence) -> None:
        self._sentences.append(sentence)
        for word in sentence.stems:
            self._covered[word] = self._covered.get(word, 0) + 1

    def gain(self, sentence: Sentence) -> float:
        """What telling one more would add."""
        gain = sum(
            self._weights.of(word) / (1 + self._covered.get(word, 0)) for word in sentence.stems
        )
        early = 1.0 + 0.6 / (1 + sentence.position)
        penalty = 0.35 if sentence.second_hand else 1.0
        backed = 1.0 + self._weights.backing(sentence)
        clear = RIDDLE ** len(sentence.leans_on - self._covered.keys())
        return gain / math.sqrt(len(sentence.stems) + 8) * early * penalty * backed * clear

    def repeated(self, sentence: Sentence) -> bool:
        """Whether it says again what one of them says, or what all of them together do."""
        weigh = self._weights.agreement.weigh
        new = weigh(word for word in sentence.stems if word not in self._covered)
        if new < _NEW * weigh(sentence.stems):
            return True
        return any(
            similarity(sentence, other, self._weights) > REPEATS for other in self._sentences
        )
