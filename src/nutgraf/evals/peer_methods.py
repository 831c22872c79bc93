"""How other programs put articles into stories, as plainly as it stands.

Each way gives a label for each article, in their order; articles of one label are one story.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nutgraf.text.rarity import zipf
from nutgraf.types import Article

__all__ = [
    "DAYS", "Floats", "days_of", "dense", "joined", "linked", "near_vectors", "nearest",
    "overlapping_titles", "reduced", "tf_idf",
]  # fmt: skip

DAYS = 5.0
"""NewsBlur looks back 120 hours, worldmonitor five days."""
_OVERLAP, _SHARED = 0.6, 3
_COSINE = 0.60
_USUAL = 6.0
"""Zipf value from which a word of a title says nothing: "after", "with"."""
_DIMENSIONS = 100

Floats = NDArray[np.floating[Any]]


def overlapping_titles(articles: Sequence[Article]) -> list[int]:
    """Stories of articles whose titles share three telling words, and .6 of the shorter one's.

    Linked pairs lead on to others, within five days where both days are known.
    """
    words = [_telling(article.title) for article in articles]
    days = days_of(articles)
    return linked(len(articles), _shared_titles(words, days))


def near_vectors(vectors: Floats, days: Floats, least: float = _COSINE) -> list[int]:
    """Stories of articles linked by vectors at cosine `least`, float[n, dimensions], likewise."""
    unit = _unit(vectors)

    def links() -> Iterator[tuple[int, int]]:
        for n in range(1, len(unit)):
            alike = (unit[:n] @ unit[n] >= least) & _close(days[:n], days[n])
            yield from ((m, n) for m in np.flatnonzero(alike).tolist())

    return linked(len(unit), links())


def linked(count: int, links: Iterable[tuple[int, int]]) -> list[int]:
    """The connected parts of `count` things: for each the number of the first one of its part."""
    root = list(range(count))

    def first(n: int) -> int:
        while root[n] != n:
            root[n] = n = root[root[n]]
        return n

    for a, b in links:
        low, high = sorted((first(a), first(b)))
        root[high] = low
    return [first(n) for n in range(count)]


def nearest(articles: Sequence[Article], within: float) -> list[tuple[int, float]]:
    """The nearest article before each, and the cosine; the article itself and 0 without one."""
    terms = tf_idf(articles)
    days = days_of(articles)
    found = [(0, 0.0)]
    for n in range(1, len(articles)):
        alike = (terms[:n] @ terms[n].T).toarray().ravel()
        alike[~_close(days[:n], days[n], within)] = 0.0
        best = int(alike.argmax())
        found.append((best, float(alike[best])) if alike[best] > 0 else (n, 0.0))
    return found


def joined(near: Sequence[tuple[int, float]], cut: float) -> list[int]:
    """A single pass: each joins what `nearest` gave for it, if that is at the cut or above."""
    return linked(len(near), ((n, m) for n, (m, cosine) in enumerate(near) if cosine >= cut))


def tf_idf(articles: Sequence[Article]) -> Any:
    """Unit vectors of tf-idf weights: scipy.sparse[articles, words]."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = [f"{article.title}\n{article.text}" for article in articles]
    return TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(texts)


def reduced(terms: Any) -> Floats:
    """Latent semantic analysis: float[articles, 100]."""
    from sklearn.decomposition import TruncatedSVD

    found: Floats = TruncatedSVD(_DIMENSIONS, random_state=1).fit_transform(terms)
    return found


def dense(vectors: Floats) -> list[int]:
    """HDBSCAN's stories; what it calls noise stands alone."""
    from sklearn.cluster import HDBSCAN

    labels = HDBSCAN(min_cluster_size=2, metric="euclidean", copy=True).fit_predict(_unit(vectors))
    return [label if label >= 0 else -1 - n for n, label in enumerate(labels.tolist())]


def days_of(articles: Sequence[Article]) -> Floats:
    """The day of publication, counted from year 1; not a number where it is not known."""
    return np.array([_day(article.published) for article in articles])


def _shared_titles(words: Sequence[set[str]], days: Floats) -> Iterator[tuple[int, int]]:
    having: dict[str, list[int]] = defaultdict(list)
    for n, own in enumerate(words):
        shared = Counter(m for word in own for m in having[word])
        for m, count in shared.items():
            enough = count >= _SHARED and count >= _OVERLAP * min(len(own), len(words[m]))
            if enough and _close(days[m], days[n]):
                yield m, n
        for word in own:
            having[word].append(n)


def _telling(title: str) -> set[str]:
    words = re.findall(r"[^\W\d_]\w+", title.lower())
    return {word for word in words if zipf(word, "en") < _USUAL}


def _day(published: str | None) -> float:
    try:
        return datetime.fromisoformat(published or "").toordinal()
    except ValueError:
        return float("nan")


def _close(days: Any, day: Any, within: float = DAYS) -> Any:
    """Whether at most so many days lie between; an unknown day is close to all."""
    return ~(np.abs(days - day) > within)


def _unit(vectors: Floats) -> Floats:
    found: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return found
