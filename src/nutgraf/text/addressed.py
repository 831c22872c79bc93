"""Sentences that give orders to whatever summarises the text: prompt injection.

Article text is data, and no writer of ours follows it; but a sentence such as "Ignore all previous
instructions" is no news either, and what stands around it is suspect. Here is what tells one: an
order that begins a clause (so that news *about* such orders, which quotes or reports them,
survives), an address to a machine, chat-template tokens, encoded text. Nothing here makes a text
safe: what is published is safe because it is checked against its sources.
docs/decisions/model-writer.md has what was measured.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from nutgraf.text.orders import ADDRESS, ENCODED, MARKED, ORDERED, SAYING, SPOKEN, START
from nutgraf.text.sentences import sentences

__all__ = ["addressed_spans", "is_addressed", "plain"]

_BEFORE, _AFTER, _BEYOND = 3, 3, 2
"""Sentences around one that gives orders which are kept out with it: of its paragraph before and
after it, and after the paragraph."""

_LOOKED_AT = 3_000
"""Characters of a sentence that are read: bounds the work. No writer uses one half as long."""

_LOOKALIKES = str.maketrans(
    "аеорсухіјѕһԁԛԝкмтнвАЕОРСУХІЈЅКМТНВαεορυικντΑΕΟΡΥΙΚΝΤΒΜΗΖ",
    "aeopcyxijshdqwkmthbAEOPCYXIJSKMTHBaeopuikvtAEOPYIKNTBMHZ",
)
_MIXED = re.compile(r"\b(?=\w*[A-Za-z])(?=\w*[\u0370-\u04ff\u0500-\u052f])\w+")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ue000-\uf8ff\U000e0000-\U000e0fff]"
)
_SPACED = re.compile(r"\b(?:\w[ .*_-]){5,}\w\b")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»|„[^“”]*[“”]|‘[^’]*’(?!\w)|「[^」]*」")
_AROUND = 3
"""Words beside a quotation from which on somebody is reporting it."""


def is_addressed(sentence: str) -> bool:
    """Whether a sentence gives orders to, or speaks to, whatever reads the text by machine.

    What it quotes is somebody's words and is not looked at, if it says more than the quotation.
    """
    read = " ".join(plain(sentence[:_LOOKED_AT]).split())
    if any(mark.search(read) for mark in MARKED):
        return True
    if any(blob.search(ADDRESS.sub(" ", read)) for blob in ENCODED):
        return True
    outside = _QUOTED.sub(" … ", read)
    reported = len(re.findall(r"\w+", outside)) >= _AROUND
    said = outside if reported else _QUOTED.sub(_unquoted, read)
    if SAYING.match(said) or any(order.search(said) for order in SPOKEN):
        return True
    starts = {found.end() for found in START.finditer(said)}
    return any(ORDERED.match(said, at) for at in starts)


def addressed_spans(text: str, language: str | None) -> list[tuple[int, int]]:
    """Spans of the sentences of a text that give orders to a machine, and of those around them."""
    return list(_spans(text, language))


@lru_cache(maxsize=512)
def _spans(text: str, language: str | None) -> tuple[tuple[int, int], ...]:
    spans = list(sentences(text, language))
    found = [n for n, (start, end) in enumerate(spans) if is_addressed(text[start:end])]
    return tuple(spans[n] for n in sorted({m for n in found for m in _around(text, spans, n)}))


def _around(text: str, spans: Sequence[tuple[int, int]], n: int) -> list[int]:
    """Of sentence `n` and its neighbours, those that may be what it orders to be said."""

    def paragraph(a: int, b: int) -> bool:
        return "\n" not in text[spans[a][1] : spans[b][0]]

    kept = [n]
    for m in range(n - 1, max(-1, n - 1 - _BEFORE), -1):
        if not paragraph(m, m + 1):
            break
        kept.append(m)
    beyond = 0
    for m in range(n + 1, min(len(spans), n + 1 + _AFTER)):
        beyond += bool(beyond) or not paragraph(m - 1, m)
        if beyond > _BEYOND:
            break
        kept.append(m)
    return kept


def plain(text: str) -> str:
    """A text as a reader sees it, to be matched: no invisible characters, no look-alike letters."""
    if not text.isascii():
        text = _INVISIBLE.sub(_seen, text)
        text = unicodedata.normalize("NFKC", text)
        text = _MIXED.sub(lambda found: found.group().translate(_LOOKALIKES), text)
    return _SPACED.sub(lambda found: re.sub(r"[ .*_-]", "", found.group()), text)


def _seen(found: re.Match[str]) -> str:
    """Nothing for a character that is not seen; letters hidden as tags are letters."""
    code = ord(found.group())
    return chr(code - 0xE0000) if 0xE0020 <= code <= 0xE007E else ""


def _unquoted(found: re.Match[str]) -> str:
    return found.group()[1:-1]
