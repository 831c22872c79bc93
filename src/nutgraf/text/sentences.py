"""Sentences of a text as spans, in many languages."""

from __future__ import annotations

import re

__all__ = ["Span", "sentences"]

Span = tuple[int, int]
"""Start and end, in code points, such that `text[start:end]` is the sentence, unpadded."""

_LINE = re.compile(r"[^\n]+")
# A clock time ends in a full stop that the library takes for the sentence's: "2 a.m. Tuesday".
_OPEN_END = re.compile(
    r"(?:\b[ap]\.m\.|\b(?:Gov|Sen|Rep|Lt|Col|Sgt|Gen|Capt|Rev|Hon|St|Mt|No|Jr|Sr)\.)$"
)
_STARTS_SENTENCE = re.compile(r"(?:The|A|An|He|She|It|They|We|But|And|In|On|At)\b")
_NO_START = re.compile(r"[.,;:!?)\]»”’]")


def sentences(text: str, language: str | None = "en") -> list[Span]:
    """Spans of the sentences, in order. A line break always ends one.

    `language` is an ISO 639-1 code; None or an unknown one falls back on English rules.
    Segmentation is sentencex's; see docs/decisions for what it was measured against.
    """
    found: list[Span] = []
    for line in _LINE.finditer(text):
        found.extend(_of_line(text, line.start(), line.group(), language or "en"))
    return found


def _of_line(text: str, offset: int, line: str, language: str) -> list[Span]:
    import sentencex

    spans: list[Span] = []
    at = offset
    for piece in sentencex.segment(language, line):
        begin = text.find(piece, at) if piece else at
        begin = at if begin < 0 else begin
        at = begin + len(piece)
        start, end = begin + len(piece) - len(piece.lstrip()), begin + len(piece.rstrip())
        if start >= end:
            continue
        if spans and _joins(text[spans[-1][0] : spans[-1][1]], text[start:end]):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _joins(before: str, after: str) -> bool:
    """Whether the library cut inside a sentence."""
    if _NO_START.match(after):
        return True
    return bool(_OPEN_END.search(before)) and not _STARTS_SENTENCE.match(after)
