"""Headlines: a source's own title if its body says the same, else a lead sentence made short."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from nutgraf.stages.write.choose import RIDDLE, Weights
from nutgraf.stages.write.claims import make_claim
from nutgraf.stages.write.sentence import Sentence
from nutgraf.stages.write.shorten import shorten
from nutgraf.text.copying import copied
from nutgraf.text.tokens import tokenise
from nutgraf.text.words import STOP, stem
from nutgraf.types import Claim

__all__ = ["Marks", "favour", "headlines", "rank"]

Candidate = tuple[float, int, str, Sentence]
"""Score (least is best), place, text, and the sentence it comes from."""

_LEAD = 3
"""Sentences of an article's start that may become a headline."""
_CANDIDATES = 5
_LEAST = 0.6
"""Share of the best score below which a sentence does not come first merely for being new."""
_FAIR = 0.9
"""Factor for a side of a disagreement that says whose it is."""
_TITLE = 1.5
"""How much better a source's own title does, if its body says the same."""
_ANALYSES, _ANALYSED = ("analysis", "review"), 0.6
"""Kinds that tell what somebody thinks of it, and the factor for their sentences."""
_MOVED = 1.3
"""How much better a sentence with the newest value of a moving figure does."""
_ABBREVIATED = re.compile(r"\b[A-Z]\.[A-Z]\.$")
_BEST_WORDS, _MOST_WORDS = (6, 16), 24


class Marks(NamedTuple):
    """What the figures say of sentences."""

    disputed: Sequence[tuple[str, int, int]] = ()
    """Spans (article, start, end) of values on which the sources differ."""
    stale: Collection[Sentence] = ()
    """Those with an overtaken figure."""
    moved: Mapping[Sentence, tuple[int, int]] = {}
    """Those with the newest value of a figure that has moved, and its span."""
    returning: bool = False
    """Whether some of the story stood in the last brief."""


def headlines(
    sentences: Sequence[Sentence], weights: Weights, marks: Marks, about: Sentence
) -> list[tuple[Claim, Sentence]]:
    """Candidates, best first, each with the sentence it comes from.

    What is new comes first, and what says an overtaken figure last; a headline does not take
    sides if another one will do. It speaks of what `about`, the sentence that tells most,
    speaks of.
    """
    found: list[Candidate] = []
    for n, sentence in enumerate(sentences):
        if sentence.position >= _LEAD or sentence.dangling or not sentence.leads:
            continue
        text = shorten(sentence, _fit, marks.moved.get(sentence))
        stems = {stem(norm) for norm in tokenise(text).norms} - STOP
        base = weights.worth(stems) / (1 + sentence.position)
        score = base * _fit(text) * favour(sentence, marks) * _plain(sentence)
        score *= RIDDLE ** len(sentence.leans_on & stems)
        score *= weights.together(sentence, about) * (1 + 0.3 * weights.backing(sentence))
        found.append((-score, n, text, sentence))
    found += _titles(sentences, weights, marks, about)
    least = _LEAST * min((candidate[0] for candidate in found), default=0.0)
    found.sort(key=lambda c: (rank(c[3], marks, weak=c[0] > least), *c[:3]))
    chosen: dict[str, tuple[Claim, Sentence]] = {}
    for _, _, text, sentence in found:
        bare = _unstopped(text)
        chosen.setdefault(bare.casefold(), (make_claim(bare, [sentence], sentences), sentence))
    return list(chosen.values())[:_CANDIDATES]


def rank(sentence: Sentence, marks: Marks, *, weak: bool) -> int:
    """0 for news; 1 for what was known or weak, or an analyst's; 2 for an overtaken figure.

    In a story that returns, news that only takes a side in a disagreement is not first either.
    """
    if sentence in marks.stale:
        return 2
    if marks.returning and favour(sentence, marks) < _FAIR:
        return 1
    return int(weak or not sentence.new or sentence.article.kind in _ANALYSES)


def favour(sentence: Sentence, marks: Marks) -> float:
    """More points for a figure that has just moved; fewer for an analyst's words, and for taking a
    side, less so for saying whose side it is."""
    if sentence.article.kind in _ANALYSES:
        return _ANALYSED
    if sentence in marks.moved:
        return _MOVED
    name = sentence.article.id
    if not any(a == name and sentence.start <= at < sentence.end for a, at, _ in marks.disputed):
        return 1.0
    return _FAIR if sentence.attributed else 0.3


def _titles(
    sentences: Sequence[Sentence], weights: Weights, marks: Marks, about: Sentence
) -> list[Candidate]:
    """Titles that a sentence of the article's own body says in the same words."""
    found: list[Candidate] = []
    for n, sentence in enumerate(sentences):
        title = tokenise(sentence.article.title)
        if len(title) < 4 or not sentence.leads:
            continue
        copy = copied(title, sentence.tokens, sentence.removable)
        if copy and not copy.fault:
            score = _TITLE * weights.centrality(sentence) * _fit(sentence.article.title)
            score *= RIDDLE ** len(sentence.leans_on) * favour(sentence, marks)
            score *= weights.together(sentence, about) * (1 + 0.3 * weights.backing(sentence))
            found.append((-score, n, sentence.article.title.strip(), sentence))
    return found


def _fit(text: str) -> float:
    """How well the length suits a headline, 0 to 1."""
    size = len(text.split()) if " " in text.strip() else len(text) // 2
    least, most = _BEST_WORDS
    if least <= size <= most:
        return 1.0
    if size < least:
        return 0.5
    return max(0.25, 1.0 - 0.04 * (size - most)) * (1.0 if size <= _MOST_WORDS else 0.8)


def _plain(sentence: Sentence) -> float:
    """Fewer points for a quotation, and for one that only reports what somebody said."""
    if sentence.quoted_words > 3:
        return 0.4
    return 0.9 if sentence.attributed else 1.0


def _unstopped(text: str) -> str:
    """Without the full stop, unless it is an abbreviation's ("N.Y.")."""
    text = text.strip()
    if text.endswith("..") or _ABBREVIATED.search(text):
        return text
    return text.removesuffix(".").removesuffix("。")
