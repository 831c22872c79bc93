"""The sentences that a model is shown: chosen, numbered, and made inert."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import NamedTuple

from nutgraf.stages.write.choose import Weights
from nutgraf.stages.write.sentence import Sentence, gather
from nutgraf.types import Coverage

__all__ = ["Material", "fenced", "inert", "mark_of", "material"]

_TELLING = 5
"""Quoted words from which on a columnist's sentence is somebody's word, not bare fact."""
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff\ufff9-\ufffb\ue000-\uf8ff\U000e0000-\U000e0fff]"
)
_TEMPLATE = str.maketrans({"<": "‹", ">": "›", "[": "(", "]": ")", "{": "(", "}": ")", "`": "'",
                           "#": "", "|": "/"})  # fmt: skip
"""Signs that chat templates, Markdown and JSON are made of. The verifier reads none of them."""


class Material(NamedTuple):
    """What a story offers to a model."""

    shown: list[Sentence]
    """What a claim may rest on, in reading order; number 1 comes first."""
    usable: list[Sentence]
    """All that may be cited beside it, where it says the same."""


def material(coverage: Coverage, most: int) -> Material:
    """The sentences of a story, `most` of them to be shown.

    Not shown are those that their neighbours must explain, a press release's or a columnist's own
    words, and repetitions; of more than `most` the ones that tell least.
    """
    usable = gather(coverage)
    apart = [s for s in usable if not s.dangling and _citable(s)]
    weights = Weights(apart)
    once: dict[tuple[str, ...], Sentence] = {}
    for sentence in apart:
        once.setdefault(tuple(sentence.tokens.norms), sentence)
    telling = sorted(
        once.values(), key=lambda s: (-weights.centrality(s) / (1 + 0.1 * s.position), s.order)
    )
    return Material(sorted(telling[:most], key=lambda s: (s.order, s.position)), usable)


def _citable(sentence: Sentence) -> bool:
    return not sentence.second_hand or sentence.attributed or sentence.quoted_words >= _TELLING


def mark_of(texts: Sequence[str]) -> str:
    """The word that opens and closes the quoted material: no text can hold its own hash."""
    return "material-" + hashlib.blake2b("\n".join(texts).encode(), digest_size=8).hexdigest()


def fenced(lines: Sequence[str]) -> tuple[str, str]:
    """Lines of quoted material made inert and put between two marks; and the mark."""
    lines = [inert(line) for line in lines]
    mark = mark_of(lines)
    return "\n".join((mark, *lines, mark)), mark


def inert(text: str) -> str:
    """A text on one line, without what a chat template or a terminal would take for its own."""
    return " ".join(_INVISIBLE.sub("", text).translate(_TEMPLATE).split())
