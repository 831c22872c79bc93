"""A page's citation marks: where they stand in its text, and which document they lead to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nutgraf.text.squeezed import squeezed
from nutgraf.text.urls import canonical_url
from nutgraf.types import Article, AuditMark, Mark

__all__ = ["is_note", "lead", "place"]

_BRACKETED = re.compile(r"\s?\[(?:\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*|note \d+|citation needed)\]")
_SIZES = (48, 24, 12)
"""Letters that tell a mark's place: many where there are many, fewer where a reader cut some."""
_LABEL = 3
"""Characters of a mark that a reader may have left in the text."""
_TITLE = 12
"""Letters of a title that tell a document."""


def place(text: str, marks: Sequence[Mark]) -> tuple[str, list[tuple[int, int]]]:
    """The text without its marks, and (offset, index of the mark) for those that have a place."""
    text = _BRACKETED.sub("", text)
    letters, places = squeezed(text)
    gone: set[int] = set()
    found: list[tuple[int, int]] = []
    at = 0
    for index, mark in enumerate(marks):
        end = _end(letters, mark.before, at)
        if end is None:
            continue
        at = end
        found.append((places[end - 1] + 1, index))
        label = squeezed(mark.label)[0]
        if label and len(label) <= _LABEL and letters.startswith(label, end):
            at = end + len(label)
            gone.update(places[end:at])
    kept = "".join(c for i, c in enumerate(text) if i not in gone)
    return kept, [(offset - sum(i < offset for i in gone), index) for offset, index in found]


def _end(letters: str, before: str, at: int) -> int | None:
    """Where the letters before a mark end, at `at` or after if they do, else anywhere."""
    for size in _SIZES:
        key = before[-size:]
        start = letters.find(key, max(0, at - len(key)))
        if start < 0 and len(key) >= min(_SIZES):
            start = letters.find(key)
        if start >= 0:
            return start + len(key)
    return None


def lead(marks: Sequence[Mark], sources: Sequence[Article]) -> list[AuditMark]:
    """Which of `sources` each mark leads to: by address, by title, at last by number.

    The third source given is "[3]" where nothing else tells one from another: no mark has led
    to any of them, there are as many sources as numbers, and no address speaks against it.
    """
    by_url = {canonical_url(s.url): s.id for s in sources if s.url}
    titles = [(t, s.id) for s in sources if len(t := squeezed(s.title)[0]) >= _TITLE]
    led = [_led(mark, by_url, titles) for mark in marks]
    numbers = [int(mark.label) for mark in marks if mark.label.isdecimal()]
    if not any(mark.source for mark in led) and max(numbers, default=0) <= len(sources):
        return [_by_number(mark, sources) for mark in led]
    return led


def _led(mark: Mark, by_url: dict[str, str], titles: list[tuple[str, str]]) -> AuditMark:
    source = by_url.get(canonical_url(mark.url), "") if mark.url else ""
    if not source:
        said = squeezed(mark.reference or mark.label)[0]
        source = next((name for title, name in titles if title in said), "")
    return AuditMark(label=mark.label, url=mark.url, reference=mark.reference, source=source)


def _by_number(mark: AuditMark, sources: Sequence[Article]) -> AuditMark:
    if not mark.label.isdecimal() or not int(mark.label):
        return mark
    source = sources[int(mark.label) - 1]
    known = mark.url and source.url
    return mark if known else AuditMark(
        label=mark.label, url=mark.url, reference=mark.reference, source=source.id
    )  # fmt: skip


def is_note(text: str, notes: Sequence[str]) -> bool:
    """Whether a line of the page is one of its own notes (squeezed), and no claim."""
    said = squeezed(text)[0]
    return len(said) >= _TITLE and any(
        said in note or (note in said and 2 * len(note) > len(said)) for note in notes
    )
