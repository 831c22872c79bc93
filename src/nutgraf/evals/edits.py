"""Edits of real news sentences: what changes their meaning, by kind, and what leaves it.

The patterns are plain regular expressions, on purpose: they know nothing of the verifier's own
grammar, and a sentence that a pattern mangles is as good a test as one that it edits well, as long
as its label stands. All draws hang on the seed.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nutgraf.evals.edit_changes import CHANGES
from nutgraf.evals.edit_keeps import KEEPS

__all__ = ["Edit", "edits"]


class Edit(NamedTuple):
    """A sentence edited: its kind, what came out, and whether the sentence still supports that."""

    kind: str
    claim: str
    supported: bool


def edits(sentences: Sequence[str], seed: int, each: int = 1) -> Iterator[tuple[int, Edit]]:
    """(index, edit) for every kind that fits, at most `each` sentences in a row to a kind.

    `sentences` are of one article: names and numbers are swapped among them.
    """
    rng = random.Random(seed)
    for supported, makers in ((False, CHANGES), (True, KEEPS)):
        for kind, make in makers.items():
            order = list(range(len(sentences)))
            rng.shuffle(order)
            made = 0
            for i in order:
                claim = make(sentences[i], sentences, rng)
                if claim and (supported or claim != sentences[i]):
                    yield i, Edit(kind, _tidy(claim), supported)
                    made += 1
                    if made == each:
                        break


def _tidy(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip(" ,;–—-")
    text = re.sub(r"\s+([.,;?!])", r"\1", text)
    text = re.sub(r",(?=[.?!])|,(?=,)", "", text)
    if text and text[-1] not in ".?!”\"'’":
        text += "."
    return text[:1].upper() + text[1:]
