"""What one decision costs, and one article takes, as the window of stories grows to a million."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from nutgraf.stages import cluster
from nutgraf.stages.cluster.terms import LEAD, NAME, PHRASE, TITLE, Terms, pack

__all__ = ["Growth", "growth", "made_features"]

_WORDS, _OWN, _EVENT, _TOLD = 150, 14, 20, 4
"""Terms of an article that come from the language and from its event, terms and articles an event.
With these sizes 4,300 articles have 12 index keys each that no other has brought, as real ones do
(incidents, ECB+ and outlets together, 2026-11-22)."""
_VOCABULARY, _NAMES = 40_000, 3_000_000
_TIMED = 1000


class Growth(NamedTuple):
    """The window's size; milliseconds of a decision, usual and 99th percentile; kB an article."""

    articles: int
    usual: float
    slowest: float
    kilobytes: float


def growth(sizes: Sequence[int] = (10_000, 100_000, 1_000_000)) -> Iterator[Growth]:
    """Fill a window with made articles, and time decisions at each size."""
    window = cluster.Window(max(sizes) + _TIMED * len(sizes))
    before, number = _resident(), 0
    for size in sizes:
        while len(window) < size:
            window.add(str(number), f"s{number // _TOLD}", made_features(number))
            number += 1
        taken = []
        for _ in range(_TIMED):
            data = made_features(number)
            begun = time.process_time()
            cluster.place(str(number), data, window)
            taken.append(1000 * (time.process_time() - begun))
            number += 1
        window.touched.clear()
        grown = (_resident() - before) / len(window)
        usual, slowest = np.percentile(taken, (50, 99)).tolist()
        yield Growth(size, usual, slowest, grown)


def made_features(number: int) -> bytes:
    """Features of an invented article: words as rare as in a language, and those of its event."""
    chance, event = np.random.default_rng(number), np.random.default_rng(10**9 + number // _TOLD)
    # Zipf's law: the rank of a word is uniform in its logarithm.
    ranks = np.exp(chance.uniform(5.0, np.log(_VOCABULARY), _WORDS)).astype(np.int64)
    own = _VOCABULARY + event.integers(_NAMES, size=_EVENT)[chance.permutation(_EVENT)[:_OWN]]
    terms = np.concatenate([ranks, own]).astype(np.uint64)
    hashes = ((terms * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(32)).astype(np.uint32)
    marks = np.where(np.arange(len(terms)) < _WORDS, 0, NAME).astype(np.uint8)
    marks[-6:] = PHRASE
    marks[chance.choice(len(terms), 40)] |= LEAD
    marks[chance.choice(len(terms), 8)] |= TITLE
    # A word of rank r comes about once in 12 r words.
    zipf = 9.0 - np.log10(12.0 * terms.astype(np.float64) + 1.0)
    rarity = np.clip(30 * np.maximum(zipf, 2.0), 0, 240).astype(np.uint8)
    counts = np.minimum(chance.geometric(0.7, len(terms)), 20).astype(np.uint8)
    kept = np.unique(hashes, return_index=True)[1]
    return pack(
        Terms(hashes[kept], counts[kept], marks[kept], rarity[kept], number // 3000, (), 400)
    )


def _resident() -> float:
    """Peak resident memory in kB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
