"""Sentences inside of a sentence: what a relative clause says of its noun."""

from __future__ import annotations

from collections.abc import Iterator

from nutgraf.stages.verify.grammar import CONDITIONS, finite
from nutgraf.text.modifiers import ATTRIBUTION
from nutgraf.text.tokens import Tokens

__all__ = ["readings"]


def readings(sentence: Tokens) -> list[Tokens]:
    """The sentence itself, then each "Bell, who has sold the pier" as "Bell has sold the pier"."""
    return [sentence, *_relatives(sentence)]


def _relatives(sentence: Tokens) -> Iterator[Tokens]:
    norms, n = sentence.norms, len(sentence)
    for i in range(1, n - 3):
        if norms[i] not in ("who", "which") or not finite(sentence, i + 1):
            continue
        if not sentence.gap(i).strip():  # restrictive: it says whom, not what of him
            continue
        end = next((k for k in range(i + 4, n) if _breaks(sentence, k)), n)
        if CONDITIONS.isdisjoint(norms[:end]) and ATTRIBUTION.isdisjoint(norms[:i]):
            kept = [*range(i), *range(i + 1, end)]
            yield Tokens(
                sentence.text,
                tuple(norms[k] for k in kept),
                tuple(sentence.spans[k] for k in kept),
            )


def _breaks(sentence: Tokens, k: int) -> bool:
    """Whether punctuation other than that of a number stands before token `k`."""
    return bool(sentence.gap(k).strip()) and not (
        sentence.norms[k].isdigit() and sentence.norms[k - 1].isdigit()
    )
