"""The articles that a new one may belong with, findable by their rarest terms.

Memory is bounded: the oldest articles leave when there are more than `limit`; a posting list
keeps its latest `_POSTINGS` entries, so a word (or a text) that comes ten thousand times costs no
more than one that comes a few hundred times.
"""

from __future__ import annotations

import heapq
import math
from collections import OrderedDict
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from nutgraf.stages.cluster.features import LEAD, TITLE, Terms, unpack

__all__ = ["SUBLINEAR", "Floats", "Member", "Window"]

Floats = NDArray[np.float64]
Keys = NDArray[np.uint32]

_BUCKETS = 1 << 20
_INDEXED = 48
"""Terms of an article by which it is found: its heaviest."""
_POSTINGS = 200
_PRIOR, _SHARE = 100.0, 0.01
"""Articles supposed to have been seen before the first, and the share of them that had any given
term: without them the first articles would find every word common. From 20 to 1,000 they make no
difference to the best F1, only to the cut (2026-11-22)."""
SUBLINEAR = (1.0 + np.log(np.maximum(np.arange(256), 1))).astype(np.float64)
"""Weight of a term by how often an article says it: 1 + log(count)."""


class Member:
    """An article in the window."""

    __slots__ = ("article", "keys", "seen_at", "story", "terms")

    def __init__(
        self, article: str, story: str, terms: Terms, seen_at: datetime | None, keys: Keys
    ) -> None:
        self.article, self.story, self.terms = article, story, terms
        self.seen_at, self.keys = seen_at, keys


class Window:
    """Articles of open stories, with document frequencies and an index of rare terms."""

    def __init__(self, limit: int = 20_000) -> None:
        self.limit = limit
        self.members: OrderedDict[str, Member] = OrderedDict()
        self.stories: dict[str, list[str]] = {}
        """Articles in the window by story, in the order in which they joined."""
        self.doubts: dict[str, None] = {}
        """Articles alone in their story that a newer one was like: `repair` decides them again."""
        self._df = np.zeros(_BUCKETS, np.float32)
        self._postings: dict[int, list[str]] = {}

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str, bytes, datetime]], limit: int = 20_000) -> Window:
        """Rebuild a window from the (article, story, features, seen_at) rows of a store.

        Rows whose features another version made are left out: those articles keep their story,
        but draw no others to it until they are recomputed.
        """
        window = cls(limit)
        for article, story, data, seen_at in rows:
            try:
                window.add(article, story, unpack(data), seen_at)
            except ValueError:
                continue
        return window

    def __len__(self) -> int:
        return len(self.members)

    def __contains__(self, article: str) -> bool:
        return article in self.members

    def story_of(self, article: str) -> str | None:
        """The story that an article of the window is in."""
        member = self.members.get(article)
        return member.story if member else None

    def add(self, article: str, story: str, terms: Terms, seen_at: datetime | None) -> None:
        """Put an article in, in place of an earlier revision of it; the oldest may leave."""
        if article in self.members:
            self._drop(article)
        np.add.at(self._df, terms.hashes % _BUCKETS, 1)
        # Without an entry in the index a bridge is never a candidate, so it draws nothing.
        keys = self.keys(terms)[: 0 if terms.bridge else _INDEXED]
        for key in keys.tolist():
            postings = self._postings.setdefault(key, [])
            postings.append(article)
            del postings[:-_POSTINGS]
        self.members[article] = Member(article, story, terms, seen_at, keys)
        self.stories.setdefault(story, []).append(article)
        while len(self.members) > self.limit:
            self._drop(next(iter(self.members)))

    def move(self, article: str, story: str) -> None:
        """Put an article of the window into another story (a repair)."""
        member = self.members[article]
        self._leave(member)
        member.story = story
        self.stories.setdefault(story, []).append(article)

    def forget_before(self, when: datetime) -> int:
        """Forget the stories that no article joined since `when`; how many articles left."""
        latest: dict[str, datetime] = {}
        for member in self.members.values():
            if member.seen_at is not None:
                known = latest.get(member.story)
                latest[member.story] = max(known, member.seen_at) if known else member.seen_at
        return self.forget(story for story, at in latest.items() if at < when)

    def forget(self, stories: Iterable[str]) -> int:
        """Forget closed stories; how many articles left the window."""
        closed = set(stories)
        gone = [m.article for m in self.members.values() if m.story in closed]
        for article in gone:
            self._drop(article)
        return len(gone)

    def idf(self, hashes: NDArray[np.uint32]) -> Floats:
        """Weight of terms by how few articles of the window have them."""
        total = math.log(len(self.members) + _PRIOR)
        weights: Floats = total - np.log(self._df[hashes % _BUCKETS] + _PRIOR * _SHARE)
        return weights

    def weights(self, terms: Terms) -> Floats:
        """Weight of each term of an article: how rare it is, times how often it is said."""
        found: Floats = self.idf(terms.hashes) * SUBLINEAR[terms.counts]
        return found

    def keys(self, terms: Terms) -> Keys:
        """The terms an article is found by: those that weigh most at this moment."""
        weights = self.weights(terms)
        weights[(terms.marks & (TITLE | LEAD)) > 0] *= 1.5
        best: Keys = terms.hashes[np.argsort(-weights, kind="stable")[:_INDEXED]]
        return best

    def candidates(self, terms: Terms, limit: int) -> list[Member]:
        """Articles that share the most weight of rare terms, best first."""
        keys = self.keys(terms)
        votes: dict[str, float] = {}
        for key, weight in zip(keys.tolist(), self.idf(keys).tolist(), strict=True):
            for article in self._postings.get(key, ()):
                votes[article] = votes.get(article, 0.0) + weight
        best = heapq.nlargest(limit, votes, key=votes.__getitem__)
        return [self.members[article] for article in best]

    def _drop(self, article: str) -> None:
        member = self.members.pop(article)
        np.subtract.at(self._df, member.terms.hashes % _BUCKETS, 1)
        self._leave(member)
        for key in member.keys.tolist():
            self._unlist(key, article)

    def _unlist(self, key: int, article: str) -> None:
        postings = self._postings.get(key, [])
        with suppress(ValueError):  # a full list has let it go already
            postings.remove(article)
        if not postings:
            self._postings.pop(key, None)

    def _leave(self, member: Member) -> None:
        articles = self.stories[member.story]
        articles.remove(member.article)
        if not articles:
            del self.stories[member.story]
