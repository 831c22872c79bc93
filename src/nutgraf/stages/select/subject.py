"""Whether a story is about what a beat is about.

The whole story is judged, not a headline: every article that is not a copy, sentence by sentence.
A sentence speaks of the beat if a specific word does (weight 0.5 and more), or if ambiguous words
("model", "training") do in company: of a specific word in the same sentence, or of an opening
that names the subject, in this article or in a third of the story's. A story's score is

    (1 - exp(-share / SHARE)) * spread / (spread + SPREAD)

`share` is how much of the text speaks of the beat: of the headline, which counts three, and of
the sentences, of which the first counts two and later ones less and less; averaged over the
articles, so that a long one does not outvote the others. `spread` is the summed weight of the
distinct terms. Both saturate: half of a text is enough, and one word repeated is not a subject.

The sweep that gave the numbers: docs/decisions/select.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from math import exp
from typing import NamedTuple

from nutgraf.text.sentences import sentences
from nutgraf.text.vocabulary import Vocabulary, terms_of
from nutgraf.text.words import content_words
from nutgraf.types import Article, Beat, Relevance

__all__ = ["THRESHOLD", "judge"]

THRESHOLD = 0.3
SHARE = 0.25
SPREAD = 2.0

_SPECIFIC = 0.5
_PASSING = 0.5
"""Strength from which a sentence is said to speak of the beat."""
_TITLE, _LEAD = 3.0, 2.0
_HALF = 6
"""The sentence that weighs half of the first: news puts what matters first."""
_OPENING = 4
_OPENED = 1.5
"""Summed weight of the specific words in headline and first three sentences from which an article
is taken to have named its subject, so that ambiguous words keep its meaning to the end."""
_FURNITURE = 3
"""Content words a sentence needs to be one; fewer are a heading, a "Share" or a note number."""

# Words of a description that say nothing of its subject.
_PLAIN = frozenset(
    content_words(
        """news report story article headline top best daily today edition desk latest update
        development event issue topic matter thing world
        global international national local country people person man woman company business
        government official year month week day part way kind work home life group member area
        place public private including especially anything everything concern interest cover
        follow happen make behind used use run big small important major good bad change state
        relation between within abroad buy
        de la le les des du et en un une el los las y del por para con una der die das und von im
        den dem ein eine mit il lo gli di da na no os das dos e com sobre sur dans über zu"""
    )
)


def judge(articles: Sequence[Article], beat: Beat) -> Relevance | tuple[str, str]:
    """How squarely the story of `articles` (none a copy) is on the beat, or why it is off it."""
    vocabulary = _vocabulary(beat)
    if not vocabulary:
        return Relevance(score=1.0, reason="the beat takes every subject")
    readings = _read_story(articles, vocabulary)
    score = _score(readings, _spread_asked(vocabulary))
    terms = _leading_terms(readings)
    reason = _in_words(readings, terms)
    if score < THRESHOLD:
        return "off the beat", f"{reason} (fits {score:.2f}, taken from {THRESHOLD:.2f})"
    return Relevance(score=round(score, 4), reason=reason, terms=terms)


def _vocabulary(beat: Beat) -> Vocabulary:
    return _compile(f"{beat.title}. {beat.description}", tuple(beat.terms.items()))


@lru_cache(maxsize=64)
def _compile(description: str, terms: tuple[tuple[str, float], ...]) -> Vocabulary:
    """The beat's terms, and the words of its title and description that are none of them.

    Where a beat has terms, words of the description count only beside them. Where it has none
    they are all there is: two of them make a subject, a single one hardly does.
    """
    given = Vocabulary(dict(terms))
    weight = 0.3 if terms else 0.7
    described = {
        word: weight
        for word in terms_of(description)
        if word not in given and not _PLAIN.issuperset(content_words(word))
    }
    return Vocabulary(described | dict(terms))


class _Reading(NamedTuple):
    """One article, read for a beat: how strongly each unit speaks of it (0..1), by which terms."""

    strengths: list[float]
    """Of the headline and of each sentence."""
    found: dict[str, float]
    counts: Counter[str]


def _read_story(articles: Sequence[Article], vocabulary: Vocabulary) -> list[_Reading]:
    """Read all articles; where a third of them open with the subject, the others share it."""
    found = [_found(article, vocabulary) for article in articles]
    opening = [_opens_with_it(units, vocabulary.weights) for units in found]
    shared = sum(opening) * 3 >= len(opening) and any(opening)
    return [
        _read(units, vocabulary.weights, known=shared or opens)
        for units, opens in zip(found, opening, strict=True)
    ]


def _found(article: Article, vocabulary: Vocabulary) -> list[list[str]]:
    """The terms of the headline (of the first sentence if there is none) and of each sentence."""
    units = _units(article)
    return [vocabulary.find(unit) for unit in [article.title or "".join(units[:1]), *units]]


def _opens_with_it(found: Sequence[Sequence[str]], weights: Mapping[str, float]) -> bool:
    terms = {term for unit in found[:_OPENING] for term in unit if weights[term] >= _SPECIFIC}
    return sum(weights[term] for term in terms) >= _OPENED


def _read(found: list[list[str]], weights: Mapping[str, float], *, known: bool) -> _Reading:
    strengths: list[float] = []
    counts: Counter[str] = Counter()
    for terms in found:
        company = known or any(weights[term] >= _SPECIFIC for term in terms)
        telling = [t for t in dict.fromkeys(terms) if _tells(weights[t], company=company)]
        strengths.append(min(1.0, max(0.0, sum(weights[term] for term in telling))))
        counts.update(telling)
    return _Reading(strengths, {term: weights[term] for term in counts}, counts)


def _tells(weight: float, *, company: bool) -> bool:
    return weight < 0 or weight >= _SPECIFIC or (weight > 0 and company)


def _units(article: Article) -> list[str]:
    """The sentences of an article, without headings, captions of a word or two and buttons."""
    text = article.text
    cut = (text[start:end] for start, end in sentences(text, article.language))
    return [unit for unit in cut if len(content_words(unit)) >= _FURNITURE]


def _spread_asked(vocabulary: Vocabulary) -> float:
    """SPREAD, or less for a beat of a few words: who names one term can't be asked for four."""
    return min(SPREAD, sum(w for w in vocabulary.weights.values() if w > 0) / 2)


def _score(readings: Sequence[_Reading], asked: float) -> float:
    share = sum(map(_share, readings)) / len(readings)
    found = {term: weight for reading in readings for term, weight in reading.found.items()}
    spread = max(0.0, sum(found.values()))
    return (1 - exp(-share / SHARE)) * spread / (spread + asked) if spread else 0.0


def _share(reading: _Reading) -> float:
    """How much of an article speaks of the beat (0..1), what comes first weighing most."""
    body = len(reading.strengths) - 1
    weights = [_TITLE, *(_LEAD / (1 + at / _HALF) for at in range(body))]
    told = sum(w * s for w, s in zip(weights, reading.strengths, strict=True))
    return told / sum(weights)


def _leading_terms(readings: Iterable[_Reading]) -> list[str]:
    """The terms that carried the score, heaviest first (at most eight)."""
    carried: Counter[str] = Counter()
    for reading in readings:
        for term, count in reading.counts.items():
            carried[term] += count * reading.found[term]  # type: ignore[assignment]
    best = sorted(carried, key=lambda term: (-carried[term], term))
    return [term for term in best if carried[term] > 0][:8]


def _in_words(readings: Sequence[_Reading], terms: Sequence[str]) -> str:
    """Plain words: "12 of 30 sentences speak of artificial intelligence, chatbot, model"."""
    strengths = [strength for reading in readings for strength in reading.strengths[1:]]
    speaking = sum(strength >= _PASSING for strength in strengths)
    if not terms:
        return f"none of {len(strengths)} sentences speaks of it"
    return f"{speaking} of {len(strengths)} sentences speak of {', '.join(terms[:4])}"
