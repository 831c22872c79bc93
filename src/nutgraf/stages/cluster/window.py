"""The articles that a new one may belong with, findable by their rarest terms.

Memory is bounded: the oldest articles leave when there are more than `limit`; a posting list
keeps its latest `_POSTINGS` entries, so a word (or a text) that comes ten thousand times costs no
more than one that comes a few hundred times. Everything of an article that pairs are compared by
stands in arrays, one row a slot, so that all its candidates are compared at once.
"""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nutgraf.stages.cluster.terms import (
    AGE,
    CLOCK,
    COUNTED,
    LEAD,
    NAME,
    NUMBER,
    PHRASE,
    PLACE,
    TITLE,
    Terms,
    days_of,
    unpack,
    with_near,
)  # fmt: skip

__all__ = [
    "SUBLINEAR",
    "TOPS",
    "TOP_NAMES",
    "Floats",
    "Keys",
    "Row",
    "Slots",
    "Vector",
    "Window",
    "measures",
]

Floats = NDArray[np.float64]
Slots = NDArray[np.int64]
Keys = NDArray[np.uint32]
Vector = NDArray[np.float32]

_BUCKETS = 1 << 22
_INDEXED = 32
"""Terms of an article by which it is found: its heaviest."""
_POSTINGS = 128
_PRIOR, _LENGTH = 300.0, 300
"""The word-frequency list counts as so many articles of so many words seen before the first."""
_KINDS = NAME | PHRASE | NUMBER
_SHARE = 1.0 - np.exp(-_LENGTH * 10.0 ** (np.arange(256) / 30.0 - 9.0))
"""Share of articles that have a term of a given rarity."""
SUBLINEAR = (1.0 + np.log(np.maximum(np.arange(256), 1))).astype(np.float64)
"""Weight of a term by how often an article says it: 1 + log(count)."""
MEASURES = 14


class Row(NamedTuple):
    """An article as the store remembers it."""

    article: str
    story: str
    features: bytes
    pinned: bool = False
    """Whether an editor put it where it is."""
    vector: Vector | None = None


class Window:
    """Articles of open stories, with document frequencies and an index of rare terms."""

    def __init__(self, limit: int = 20_000) -> None:
        self.limit = limit
        self.slots: dict[str, int] = {}
        self.stories: dict[str, list[int]] = {}
        """Slots of the articles in the window by story, in the order in which they joined."""
        self.article: list[str] = []
        self.story: list[str] = []
        self.data: list[bytes] = []
        self._keys: list[bytes] = []
        self.measured = np.zeros((64, MEASURES), np.float32)
        self.days = np.zeros((64, 4), np.int32)
        """Day of publication, two event days (all `NO_DAY` if unknown), words of the text."""
        self.tops = np.zeros((64, TOPS), np.uint32)
        """What an article is about: its three heaviest names, its five heaviest terms."""
        self.near = np.zeros((64, 2), np.float32)
        """How alike an article's nearest was when it came, and its five nearest on average."""
        self.touched: dict[int, None] = {}
        """Slots that `repair` looks at again."""
        self.vectors: NDArray[np.float32] | None = None
        """Unit vectors, a row a slot, zeros for none; there are none until one is given."""
        self.bridges: dict[str, list[str]] = {}
        """Roundups, and of each other story that they tell of an article."""
        self.pinned: set[str] = set()
        """Articles that an editor put where they are: no repair moves them."""
        self._order: deque[int] = deque()
        self._free: list[int] = []
        self._df = np.zeros(_BUCKETS, np.float32)
        self._postings: dict[int, int | array[int]] = {}
        self._votes = np.zeros(64, np.float32)
        self._last = np.zeros(64, np.uint32)

    @classmethod
    def of(cls, rows: Iterable[Row], limit: int = 20_000) -> Window:
        """Rebuild a window from what the store remembers.

        Rows whose features another version made are left out: those articles keep their story,
        but draw no others to it until they are recomputed.
        """
        window = cls(limit)
        for article, story, data, pinned, vector in rows:
            try:
                window.add(article, story, data, vector)
            except ValueError:
                continue
            if pinned:
                window.pinned.add(article)
        return window

    def __len__(self) -> int:
        return len(self.slots)

    def __contains__(self, article: str) -> bool:
        return article in self.slots

    def features(self, article: str) -> bytes:
        """The features of an article of the window, for the store."""
        return self.data[self.slots[article]]

    def is_bridge(self, article: str) -> bool:
        """Whether an article of the window is a roundup."""
        return article in self.bridges

    def also(self, article: str) -> list[str]:
        """The other stories that a roundup tells of, as they are called now."""
        others = (self.story_of(other) for other in self.bridges.get(article, ()))
        own = self.story_of(article)
        return [story for story in dict.fromkeys(others) if story and story != own]

    def latest(self, count: int) -> list[int]:
        """Slots of the articles that came last, oldest first."""
        return list(self._order)[-count:]

    def story_of(self, article: str) -> str | None:
        """The story that an article of the window is in."""
        slot = self.slots.get(article)
        return None if slot is None else self.story[slot]

    def add(
        self,
        article: str,
        story: str,
        data: bytes,
        vector: Vector | None = None,
    ) -> int:
        """Put an article in, in place of an earlier revision of it; the oldest may leave.

        Its slot. Raises `ValueError` for features of another version.
        """
        terms = unpack(data)
        if article in self.slots:
            self._order.remove(self.slots[article])
            self._drop(self.slots[article])
        slot = self._slot()
        self._df[terms.hashes % _BUCKETS] += 1
        # Without an entry in the index a bridge is never a candidate, so it draws nothing.
        found_by = () if terms.bridge else _heaviest(terms, self.idf(terms))
        keys = terms.hashes[np.array(found_by, np.intp)]
        for key in keys.tolist():
            self._list(key, slot)
        self.slots[article] = slot
        self.article[slot], self.story[slot], self.data[slot] = article, story, data
        self._keys[slot] = keys.tobytes()
        idf = self.idf(terms)
        self.measured[slot] = measures(terms, idf)
        self.tops[slot] = tops(terms, idf)
        self.days[slot] = *days_of(terms), terms.words
        self.near[slot] = terms.near
        self._remember(slot, vector)
        self.stories.setdefault(story, []).append(slot)
        self._order.append(slot)
        while len(self.slots) > self.limit:
            self._drop(self._order.popleft())
        return slot

    def noted(self, slot: int, best: float, mean: float) -> None:
        """Keep how alike the nearest of an article were when it came."""
        self.data[slot] = with_near(self.data[slot], best, mean)
        self.near[slot] = best, mean

    def move(self, slot: int, story: str) -> None:
        """Put an article of the window into another story (a repair)."""
        self._leave(slot)
        self.story[slot] = story
        self.stories.setdefault(story, []).append(slot)

    def idf(self, terms: Terms) -> Floats:
        """Weight of each term: how rare it is, in its language and in the window."""
        seen = self._df[terms.hashes % _BUCKETS] + _PRIOR * _SHARE[terms.rarity]
        found: Floats = np.log((len(self.slots) + _PRIOR) / seen)
        return np.maximum(found, 0.05)

    def alike(self, vector: Vector | None) -> NDArray[np.float32] | None:
        """Cosine of a vector with that of each slot; None if either has none."""
        if vector is None or self.vectors is None or vector.shape[0] != self.vectors.shape[1]:
            return None
        found: NDArray[np.float32] = self.vectors[: len(self.article)] @ vector
        return found

    def candidates(self, terms: Terms, limit: int, without: int = -1) -> Slots:
        """Slots of the articles that share the most weight of rare terms, best first."""
        idf = self.idf(terms)
        best = _heaviest(terms, idf)
        lists: list[Keys] = []
        gains: list[float] = []
        sizes: list[int] = []
        for key, weight in zip(terms.hashes[best].tolist(), idf[best].tolist(), strict=True):
            listed = self._postings.get(key)
            if listed is None:
                continue
            if isinstance(listed, int):
                lists.append(np.array([listed], np.uint32))
            else:
                lists.append(np.frombuffer(listed, np.uint32))
            gains.append(weight)
            sizes.append(len(lists[-1]))
        if not lists:
            return np.zeros(0, np.int64)
        slots = np.concatenate(lists)
        lists.clear()  # a list that is still looked at could not grow
        np.add.at(self._votes, slots, np.repeat(gains, sizes).astype(np.float32))
        if without >= 0:
            self._votes[without] = 0
        # One of each, without a sort: the last to write its number.
        numbers = np.arange(len(slots), dtype=np.uint32)
        self._last[slots] = numbers
        found = slots[self._last[slots] == numbers]
        votes = self._votes[found]
        self._votes[slots] = 0
        if len(found) > limit:
            most = np.argpartition(-votes, limit - 1)[:limit]
            found, votes = found[most], votes[most]
        order = np.lexsort((found, -votes))
        best_first: Slots = found[order[votes[order] > 0]].astype(np.int64)
        return best_first

    def _remember(self, slot: int, vector: Vector | None) -> None:
        if vector is not None and self.vectors is None:
            self.vectors = np.zeros((len(self.measured), len(vector)), np.float32)
        if self.vectors is not None:
            fits = vector is not None and len(vector) == self.vectors.shape[1]
            self.vectors[slot] = vector if fits else 0.0

    def _slot(self) -> int:
        if self._free:
            return self._free.pop()
        slot = len(self.article)
        for column in (self.article, self.story):
            column.append("")
        self.data.append(b"")
        self._keys.append(b"")
        if slot == len(self.measured):
            for name in ("measured", "days", "tops", "near", "vectors", "_votes", "_last"):
                old = getattr(self, name)
                if old is not None:
                    setattr(self, name, np.concatenate([old, np.zeros_like(old)]))
        return slot

    def _list(self, key: int, slot: int) -> None:
        listed = self._postings.get(key)
        if listed is None:
            self._postings[key] = slot
        elif isinstance(listed, int):
            self._postings[key] = array("I", (listed, slot))
        else:
            listed.append(slot)
            if len(listed) > _POSTINGS:
                del listed[0]

    def _drop(self, slot: int) -> None:
        terms = unpack(self.data[slot])
        self._df[terms.hashes % _BUCKETS] -= 1
        self._leave(slot)
        for key in np.frombuffer(self._keys[slot], np.uint32).tolist():
            self._unlist(key, slot)
        del self.slots[self.article[slot]]
        self.data[slot] = self._keys[slot] = b""
        self._remember(slot, None)
        self._free.append(slot)
        self.touched.pop(slot, None)
        self.bridges.pop(self.article[slot], None)
        self.pinned.discard(self.article[slot])
        self.story[slot] = ""

    def _unlist(self, key: int, slot: int) -> None:
        listed = self._postings.get(key)
        if isinstance(listed, int):
            if listed == slot:
                del self._postings[key]
        elif listed is not None:
            with suppress(ValueError):  # a full list has let it go already
                listed.remove(slot)
            if not listed:
                del self._postings[key]

    def _leave(self, slot: int) -> None:
        slots = self.stories[self.story[slot]]
        slots.remove(slot)
        if not slots:
            del self.stories[self.story[slot]]


def _heaviest(terms: Terms, idf: Floats) -> Slots:
    """Where the terms stand that an article is found by: those that weigh most."""
    weights = idf * np.where((terms.marks & (TITLE | LEAD)) > 0, 1.5, 1.0)
    weights *= np.sqrt(SUBLINEAR[terms.counts])
    best: Slots = np.argsort(-weights, kind="stable")[:_INDEXED]
    return best


def measures(terms: Terms, idf: Floats) -> Floats:
    """Sums over an article's own terms that its pairs are measured against: float64[14]."""
    marks, sub = terms.marks, SUBLINEAR[terms.counts]
    square = idf * idf
    heavy = square * sub * sub
    plain = (marks & _KINDS) == 0
    numbers = (marks & COUNTED) == NUMBER
    title, opening = (marks & TITLE) > 0, (marks & (TITLE | LEAD)) > 0
    names, phrases = (marks & NAME) > 0, (marks & COUNTED) == PHRASE
    return np.array([
        heavy.sum(), heavy[plain].sum(), square[title].sum(), square[opening].sum(),
        heavy[names].sum(), square[phrases].sum(), square[numbers].sum(),
        idf[title].sum(), idf[opening & (names | phrases)].sum(),
        ((marks & AGE) > 0).sum(), ((marks & CLOCK) > 0).sum(), idf[(marks & PLACE) > 0].sum(),
        ((marks & COUNTED) == COUNTED).sum(), len(idf),
    ])  # fmt: skip


TOP_NAMES, TOPS = 3, 8


def tops(terms: Terms, idf: Floats) -> Keys:
    """The terms that carry most of an article: three names, then five of any sort; 0 for none."""
    heavy = idf * SUBLINEAR[terms.counts]
    heavy[(terms.marks & (TITLE | LEAD)) > 0] *= 2.0
    found = np.zeros(TOPS, np.uint32)
    names = np.where((terms.marks & NAME) > 0, heavy, 0.0)
    for weights, start, count in ((names, 0, TOP_NAMES), (heavy, TOP_NAMES, TOPS - TOP_NAMES)):
        best = np.argsort(-weights, kind="stable")[:count]
        best = best[weights[best] > 0]
        found[start : start + len(best)] = terms.hashes[best]
    return found
