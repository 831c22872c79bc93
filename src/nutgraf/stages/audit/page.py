"""A page's sentences, each judged against the documents that it cites, else against all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from nutgraf.stages.audit.citing import is_note, lead, place
from nutgraf.text.furniture import is_furniture
from nutgraf.text.sentences import sentences
from nutgraf.text.squeezed import squeezed
from nutgraf.types import Article, Audit, AuditMark, AuditSentence, Mark, Support

__all__ = ["audit", "tally"]

Judge = Callable[[str, Sequence[Article]], Support]

_ENDS = re.compile(r"[.!?…。！？؟:;][\"”»」’)\]\d]*$")
_FEWEST_WORDS = 4
_LONGEST_HEADING = 9


def audit(
    page: Article, sources: Sequence[Article], judge: Judge, marks: Sequence[Mark] = ()
) -> Audit:
    """A verdict on each sentence of `page`, in its order, with the closest passages.

    A sentence with citation marks is judged by what they lead to; if that doesn't hold it, by all
    sources. Headings, scraps of menus and the page's own notes claim nothing and are left out.
    """
    led = lead(marks, sources)
    text, places = place(page.text, marks)
    notes = [note for mark in marks if (note := squeezed(mark.reference)[0])]
    judged = []
    for a, b in sentences(text, page.language):
        if _claims(text[a:b]) and not is_note(text[a:b], notes):
            own = [led[index] for at, index in places if a < at <= b]
            judged.append(_judged(text[a:b], _shown(own), sources, judge))
    return tally(judged, title=page.title, sources=sources)


def tally(
    judged: Sequence[AuditSentence], *, title: str = "", sources: Sequence[Article] = ()
) -> Audit:
    """An audit of these sentences, counted."""
    count = Counter(sentence.verdict for sentence in judged)
    return Audit(
        sentences=list(judged),
        supported=count["supported"],
        contradicted=count["contradicted"],
        unsupported=count["unsupported"],
        miscited=sum(sentence.miscited for sentence in judged),
        title=title,
        sources=list(sources),
    )


def _shown(marks: Sequence[AuditMark]) -> list[AuditMark]:
    """Each mark once; a link in the words that leads to no source given is no citation."""
    known = {(m.label, m.url): m for m in marks if m.source or len(m.label) <= 3}
    return list(known.values())


def _judged(
    text: str, marks: list[AuditMark], sources: Sequence[Article], judge: Judge
) -> AuditSentence:
    wanted = {mark.source for mark in marks}
    cited = [source for source in sources if source.id in wanted]
    first = judge(text, cited) if 0 < len(cited) < len(sources) else None
    if first and first.verdict == "supported":
        return _sentence(text, marks, first)
    found = judge(text, sources)
    if not first:
        return _sentence(text, marks, found)
    if found.verdict == "supported":
        reason = "another source than the one it cites says so"
        if first.verdict == "contradicted":
            reason += f"; of the one it cites: {first.reason}"
        return _sentence(text, marks, found, reason, miscited=True)
    return _sentence(text, marks, first if first.verdict == "contradicted" else found)


def _sentence(
    text: str, marks: list[AuditMark], found: Support, reason: str = "", *, miscited: bool = False
) -> AuditSentence:
    return AuditSentence(
        text=text,
        verdict=found.verdict,
        evidence=found.evidence,
        reason=reason or found.reason,
        marks=marks,
        miscited=miscited,
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
