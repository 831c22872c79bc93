"""audit: anybody's page, sentence by sentence, against its sources."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from nutgraf.text.furniture import is_furniture
from nutgraf.text.sentences import sentences
from nutgraf.types import Article, Audit, AuditSentence, Support

__all__ = ["audit"]

_ENDS = re.compile(r"[.!?…。！？؟:;][\"”»」’)\]\d]*$")
_FEWEST_WORDS = 4
_LONGEST_HEADING = 9


def audit(
    page: Article, sources: Sequence[Article], judge: Callable[[str, Sequence[Article]], Support]
) -> Audit:
    """A verdict on each sentence of `page`, in its order, with the closest passages.

    Headings and scraps of menus claim nothing and are left out.
    """
    judged = [
        _judged(page.text[a:b], sources, judge)
        for a, b in sentences(page.text, page.language)
        if _claims(page.text[a:b])
    ]
    count = Counter(sentence.verdict for sentence in judged)
    return Audit(
        sentences=judged,
        supported=count["supported"],
        contradicted=count["contradicted"],
        unsupported=count["unsupported"],
    )


def _judged(
    text: str, sources: Sequence[Article], judge: Callable[[str, Sequence[Article]], Support]
) -> AuditSentence:
    support = judge(text, sources)
    return AuditSentence(
        text=text, verdict=support.verdict, evidence=support.evidence, reason=support.reason
    )


def _claims(text: str) -> bool:
    """Whether a line says something, rather than heading what does."""
    if is_furniture(text) or not any(character.isalpha() for character in text):
        return False
    words = text.split()
    if _ENDS.search(text):
        return len(words) > 1 or len(text) > _FEWEST_WORDS * 2
    if len(words) == 1:  # a script without spaces, or a menu entry
        return len(text) > 12 and not text.isascii()
    capitals = sum(word[0].isupper() for word in words if len(word) > 3)
    long_words = sum(len(word) > 3 for word in words) or 1
    return len(words) > _LONGEST_HEADING or (
        len(words) >= _FEWEST_WORDS and capitals / long_words <= 0.5
    )
