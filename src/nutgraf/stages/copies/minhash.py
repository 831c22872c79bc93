"""Near-duplicates: word shingles, their MinHash, and the bands that find them in a database."""

from __future__ import annotations

import re
import struct
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple

from nutgraf.text.words import words

__all__ = ["MADE_BY", "Retold", "bands", "is_copy", "overlap", "retold", "shingles", "signature"]

_PERMUTATIONS, _SEED, _SHINGLE = 128, 42, 3
_ROWS = 3
_BANDS = _PERMUTATIONS // _ROWS
"""42 bands of 3 rows find 99.8 % of light edits, 97 % of wire copies with a cut tail and an added
paragraph, and 91 % of heavy ones, for 11 candidate pairs among 900 articles; 32 of 4 find 97, 84
and 63 (2026-11-22; docs/decisions/copies.md)."""

MADE_BY = f"copies/2 rminhash/2 k={_PERMUTATIONS} shingle={_SHINGLE} {_BANDS}x{_ROWS}"

_CONTAINED, _JACCARD = 0.5, 0.2
_RETOLD = 0.4
"""Share of the shorter text's runs, quotations apart, from which one of a story tells another's
again: on the development half of evals/origins.jsonl copies lie above it and reports that share a
source below .36 (2026-11-22)."""
_RETOLD_QUOTED = 0.45, 0.2
"""The same with quotations, and the Jaccard likeness that is needed then: who shares so much of
both sides' text shares more than what one man said."""
_LEAST_RUNS = 60
_QUOTED = re.compile(r"“[^”\n]{0,800}”|«[^»\n]{0,800}»|„[^“\n]{0,800}“|\"[^\"\n]{0,800}\"")
_SHORT = 80
"""Shingles below which two texts may be alike because a sign-in form or a weather bar is all
that was read of them: then their titles have to agree as well."""


def shingles(text: str) -> set[str]:
    """Distinct runs of three folded words; a shorter text is one run, an empty one none."""
    found = words(text)
    last = max(1, len(found) - _SHINGLE + 1)
    return {" ".join(found[i : i + _SHINGLE]) for i in range(last)} if found else set()


def signature(text: str) -> bytes:
    """MinHash of the text's shingles: 128 little-endian uint32, or nothing for an empty text."""
    from rensa import RMinHash

    found = shingles(text)
    if not found:
        return b""
    sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    sketch.update([shingle.encode("utf-8", "replace").decode() for shingle in found])
    return struct.pack(f"<{_PERMUTATIONS}I", *sketch.digest())


def bands(signature: bytes) -> list[int]:
    """Keys (signed, 64 bits) under which a signature is stored: near-duplicates share one."""
    step = 4 * _ROWS
    keys = (
        blake2b(signature[i * step : (i + 1) * step], digest_size=8, salt=bytes([i])).digest()
        for i in range(_BANDS if signature else 0)
    )
    return [int.from_bytes(key, "little", signed=True) for key in keys]


def overlap(a: set[str], b: set[str]) -> tuple[float, float]:
    """How much of the smaller set the other holds (0..1), and their Jaccard likeness (0..1).

    The first is what survives a cut tail and an added paragraph.
    """
    if not a or not b:
        return 0.0, 0.0
    both = len(a & b)
    return both / min(len(a), len(b)), both / (len(a) + len(b) - both)


def is_copy(a: set[str], b: set[str], a_title: str, b_title: str) -> bool:
    """Whether one of two texts repeats the other nearly word by word."""
    contained, jaccard = overlap(a, b)
    if contained < _CONTAINED or jaccard < _JACCARD:
        return False
    return min(len(a), len(b)) >= _SHORT or _titles_agree(a_title, b_title)


def _titles_agree(a: str, b: str) -> bool:
    mine, theirs = set(words(a)), set(words(b))
    if not mine or not theirs:
        return True
    return 2 * len(mine & theirs) >= min(len(mine), len(theirs))


class Retold(NamedTuple):
    """That a text tells an earlier one again. Places in what was given, and shares in 0..1."""

    later: int
    earlier: int
    share: float
    """Of the shorter text's runs, how many the other has."""
    of_later: float
    """Of the later text's runs, how many the earlier has."""


def retold(texts: Sequence[str]) -> Iterator[Retold]:
    """The texts that tell an earlier one's again, in its words, each with the one most alike.

    What is quoted counts for little: two who heard the same man quote the same words.
    """
    found: dict[int, Retold] = {}
    if len(texts) > 1:
        unquoted = [shingles(_QUOTED.sub("\n", text)) for text in texts]
        found = _most_alike(unquoted, _RETOLD, 0.0)
        found = _most_alike([shingles(text) for text in texts], *_RETOLD_QUOTED) | found
    yield from (found[later] for later in sorted(found))


def _most_alike(texts: Sequence[set[str]], least: float, jaccard: float) -> dict[int, Retold]:
    """For each text the earlier one that shares most runs with it, if the two share enough."""
    index: dict[str, list[int]] = defaultdict(list)
    found: dict[int, Retold] = {}
    for later, mine in enumerate(texts):
        shared = Counter(earlier for run in mine for earlier in index[run])
        for earlier, count in shared.items():
            theirs = texts[earlier]
            shorter, both = min(len(mine), len(theirs)), len(mine) + len(theirs) - count
            alike = Retold(later, earlier, count / shorter, count / len(mine))
            if shorter < _LEAST_RUNS or alike.share < least or count / both < jaccard:
                continue
            if later not in found or alike.share > found[later].share:
                found[later] = alike
        for run in mine:
            index[run].append(later)
    return found
