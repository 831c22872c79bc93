"""A sentence made short by leaving out whole modifiers, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations, pairwise

from nutgraf.stages.write.sentence import Sentence
from nutgraf.text.copying import shortened
from nutgraf.text.modifiers import Modifier

__all__ = ["shorten"]

_TIDIED = ("dateline", "connective")
_MOST = 6
"""Modifiers that are tried together: 64 ways at most."""


def shorten(
    sentence: Sentence, fit: Callable[[str], float], keep: tuple[int, int] | None = None
) -> str:
    """The shortening of `sentence` whose text `fit` likes best; the first found wins a tie.

    `keep` is a span of the article that must stay.
    """
    always = [m for m in sentence.removable if m.kind in _TIDIED]
    optional = [
        m for m in sentence.removable if m.kind not in _TIDIED and not _touches(sentence, m, keep)
    ][:_MOST]
    best, best_fit = sentence.text, fit(sentence.text)
    for size in range(1, len(optional) + 1):
        for some in combinations(optional, size):
            left_out = sorted({*always, *some})
            if not _apart(left_out):
                continue
            text = shortened(sentence.tokens, left_out)
            if text and fit(text) > best_fit:
                best, best_fit = text, fit(text)
    return best


def _touches(sentence: Sentence, modifier: Modifier, keep: tuple[int, int] | None) -> bool:
    if keep is None:
        return False
    spans = sentence.tokens.spans
    start = sentence.start + spans[modifier.start][0]
    end = sentence.start + spans[modifier.end - 1][1]
    return start < keep[1] and keep[0] < end


def _apart(left_out: Sequence[Modifier]) -> bool:
    """Whether no two modifiers overlap."""
    return all(before.end <= after.start for before, after in pairwise(left_out))
