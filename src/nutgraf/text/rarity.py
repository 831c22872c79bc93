"""How rare a word is in its language, from a kept word-frequency list."""

from __future__ import annotations

from functools import cache

__all__ = ["UNLISTED", "zipf"]

UNLISTED = 2.5
"""Zipf value given to a word that the list lacks: the lists end at 3 (once in a million words)."""
_LISTED = frozenset(
    """ar bg bn ca cs da de el en es fa fi fil fr he hi hu id is it ja ko lt lv mk ms nb nl pl pt ro
    ru sh sk sl sv ta tr uk ur vi zh""".split()
)


def zipf(word: str, language: str | None) -> float:
    """Log10 of how often a folded word comes in a billion words: 7.7 for "the", 4 for "school".

    From the small lists of wordfreq (Robyn Speer, 2022; about 29,000 words a language), English
    where the language has none.
    """
    return _list(language if language in _LISTED else "en").get(word, UNLISTED)


@cache
def _list(language: str) -> dict[str, float]:
    from wordfreq import cB_to_zipf, get_frequency_list

    from nutgraf.text.words import fold

    bins = get_frequency_list(language, "small")
    found: dict[str, float] = {}
    for step, words in enumerate(bins):
        for word in words:
            found.setdefault(fold(word), cB_to_zipf(-step))
    return found
