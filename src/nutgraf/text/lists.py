"""Things that a text lists: "areas such as cybersecurity, biosecurity and new technologies"."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["listed"]

_WORD = r"[^\W\d_][\w’'-]*"
_STOPS = r"(?:with|by|as|that|which|who|in|on|to|for|from|of|at|is|was|were|are|has|have|had|will)"
_ITEM = rf"(?:the )?(?!{_STOPS}\b){_WORD}(?: (?!(?:and|or)\b|{_STOPS}\b){_WORD}){{0,2}}"
_LIST = re.compile(
    rf"\b(?:including|such as|namely|among them)(?: in)?:? "
    rf"(?P<items>{_ITEM}(?:, {_ITEM})+(?:,? (?:and|or) {_ITEM})?|{_ITEM} and {_ITEM})"
)
_BETWEEN = re.compile(r",? (?:and|or) |, ")
_FEWEST = 3


def listed(text: str) -> Iterator[tuple[int, int]]:
    """Where each thing stands that a list of three or more names, after an English cue.

    Only lists that a text introduces as examples or parts of one thing: what is merely joined by
    commas may be anything.
    """
    for match in _LIST.finditer(text):
        spans = []
        start, end = match.span("items")
        for joint in _BETWEEN.finditer(text, start, end):
            spans.append((start, joint.start()))
            start = joint.end()
        spans.append((start, end))
        if len(spans) >= _FEWEST:
            yield from spans
