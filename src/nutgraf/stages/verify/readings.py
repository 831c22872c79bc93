"""Sentences inside of a sentence: what a relative clause says of its noun."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nutgraf.stages.verify.grammar import CONDITIONS, finite
from nutgraf.text.modifiers import ATTRIBUTION
from nutgraf.text.tokens import Tokens, tokenise

__all__ = ["readings"]


_END = re.compile(r"[.!?…](?=\W*$)")
_QUOTE = re.compile(r"[\"“”`«»„]|(?<!\w)['’‘]|['’](?!\w)")
"""A mark of quotation, as far as it can be told from an apostrophe."""
_OPENING = "`“«„‘"
_LEAST = 4
_ENDS = 3
"""Commas at which a relative clause is tried to end."""


def readings(sentence: Tokens) -> list[Tokens]:
    """The sentence itself, then each "Bell, who has sold the pier" as "Bell has sold the pier".

    Sentences that our rules left in one piece (bad spacing, no capitals) are read one by one.
    """
    pieces = _pieces(sentence)
    return [sentence, *pieces, *(r for one in pieces or [sentence] for r in _relatives(one))]


def _pieces(sentence: Tokens) -> list[Tokens]:
    """The sentences within, but for those that stand in or beside a quotation."""
    n = len(sentence)
    ends = [i for i in range(1, n) if _ends(sentence, i)]
    if not ends:
        return []
    found = []
    for first, end in zip([0, *ends], [*ends, n], strict=True):
        start, stop = sentence.spans[first][0], sentence.spans[end - 1][1]
        after = sentence.gap(end)[:2]
        marks = _QUOTE.findall(sentence.text, 0, start)
        spoken = any(sentence.quoted[first:end]) or (marks and marks[-1] in _OPENING)
        if _QUOTE.search(sentence.text[start:stop] + " " + after) or spoken:
            continue
        if end - first >= _LEAST:
            found.append(tokenise(sentence.text[start:stop] + after.strip()))
    return found


def _ends(sentence: Tokens, i: int) -> bool:
    """Whether a sentence ends before token `i`, and no abbreviation."""
    gap, last = sentence.gap(i), sentence.raw(i - 1)
    if not _END.search(gap) or len(last) == 1 or (last.istitle() and len(last) < 6):
        return False
    return sentence.raw(i)[0].isupper() or bool(_QUOTE.search(gap))


def _relatives(sentence: Tokens) -> Iterator[Tokens]:
    norms, n = sentence.norms, len(sentence)
    for i in range(1, n - 3):
        if norms[i] not in ("who", "which") or not finite(sentence, i + 1):
            continue
        if not sentence.gap(i).strip():  # restrictive: it says whom, not what of him
            continue
        if not ATTRIBUTION.isdisjoint(norms[:i]):
            continue
        for end in _clause_ends(sentence, i):
            kept = [*range(i), *range(i + 1, end)]
            yield Tokens(
                sentence.text,
                tuple(norms[k] for k in kept),
                tuple(sentence.spans[k] for k in kept),
            )


def _clause_ends(sentence: Tokens, i: int) -> Iterator[int]:
    """Where the clause from `i` may end: at punctuation, up to where the main verb follows it."""
    n = len(sentence)
    found = 0
    for k in range(i + 4, n + 1):
        if k < n and not _breaks(sentence, k):
            continue
        if not CONDITIONS.isdisjoint(sentence.norms[:k]):
            return
        yield k
        found += 1
        if found == _ENDS or k == n or finite(sentence, k):
            return


def _breaks(sentence: Tokens, k: int) -> bool:
    """Whether punctuation other than that of a number stands before token `k`."""
    return bool(sentence.gap(k).strip("-'’ \n")) and not (
        sentence.norms[k].isdigit() and sentence.norms[k - 1].isdigit()
    )
