"""What readers of the last brief of a story know already."""

from __future__ import annotations

from collections.abc import Iterable

from nutgraf.text.tokens import is_number, tokenise
from nutgraf.text.words import STOP, stem
from nutgraf.types import Brief, Claim, Coverage

__all__ = ["Known"]

_TOLD = 0.7
"""Share of a sentence's words in one claim of the last brief from which on it was told, if all of
its numbers were. From reading the demonstration's second day."""


class Known:
    """What the last brief told and which articles it could read; nothing where there was none."""

    def __init__(self, coverage: Coverage) -> None:
        before = coverage.previous if coverage.previous_at else None
        self._told = [_content(tokenise(claim.text).norms) for claim in _claims(before)]
        self._read: set[str] = set()
        if before and (since := coverage.previous_at):
            seen = {article for article, at in coverage.seen_at.items() if at <= since}
            self._read = seen | {source.article for source in before.sources}

    def is_new(self, article: str, norms: Iterable[str]) -> bool:
        """Whether a sentence of `article` (an id) with these words came later and was not told."""
        if article in self._read:
            return False
        words = _content(norms)
        return not any(_covers(claim, words) for claim in self._told)


def _claims(brief: Brief | None) -> list[Claim]:
    if brief is None:
        return []
    return [brief.headline, brief.nut_graf, *(c for s in brief.sections for c in s.claims)]


def _content(norms: Iterable[str]) -> frozenset[str]:
    return frozenset(stem(norm) for norm in norms if norm not in STOP)


def _covers(claim: frozenset[str], words: frozenset[str]) -> bool:
    if any(is_number(word) and word not in claim for word in words):
        return False
    return len(words & claim) >= _TOLD * len(words)
