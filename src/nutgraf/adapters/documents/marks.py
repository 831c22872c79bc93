"""A page's citation marks: numbers in brackets, raised numbers, footnotes, linked words.

The readers of documents take marks off, as no words of the article. An audit wants them back: each
is told by the letters before it, so that it finds its place in whatever text was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from nutgraf.adapters.documents.flow import NUMBER, Flow, of_html, of_markdown, of_text
from nutgraf.adapters.documents.load import format_of
from nutgraf.adapters.documents.mail import body_of
from nutgraf.adapters.html.decode import decode
from nutgraf.errors import DocumentError
from nutgraf.text.squeezed import squeezed
from nutgraf.types import Mark

__all__ = ["load_marks", "read_marks"]

_BEFORE = 48
"""Letters and digits before a mark that are kept: more than any two places have in common."""
_BRACKETS = re.compile(r"\[(\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,20})\]|([¹²³⁰⁴-⁹]+)")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def load_marks(path: Path) -> list[Mark]:
    """The marks of a file, which is there (see `load_file`). Raises `DocumentError`."""
    try:
        return read_marks(path.read_bytes(), str(path))
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read: {error.strerror}") from None


def read_marks(data: bytes, name: str, content_type: str = "") -> list[Mark]:
    """The citation marks of a page in page order; none of a format that has none (JSON, PDF).

    Raises `DocumentError` if the page cannot be read as what it is.
    """
    kind = format_of(data, name, content_type)
    if kind == "mail":
        kind, data, content_type = body_of(data, name)
    reader = _READERS.get(kind)
    return list(_marks(reader(decode(data, content_type)))) if reader else []


_READERS = {"html": of_html, "markdown": of_markdown, "text": of_text}


class _Spot(NamedTuple):
    """A mark in the flow: `text[start:end]` is the mark itself, if it stands in the text."""

    start: int
    end: int
    label: str
    href: str
    is_mark: bool


def _marks(flow: Flow) -> Iterator[Mark]:
    fresh = 0
    before = ""
    for spot in sorted(_spots(flow)):
        line = flow.text.rfind("\n", 0, spot.start) + 1
        said = squeezed(flow.text[max(line, fresh, spot.start - 8 * _BEFORE) : spot.start])[0]
        if spot.is_mark and not said and fresh > line:
            said = before  # "[1][2]": both stand in one place
        if spot.is_mark:
            fresh, before = spot.end, said
        if said:
            for label in _labels(spot.label):
                url, reference = _target(spot.href, label, flow)
                yield Mark(label=label, before=said[-_BEFORE:], url=url, reference=reference)


def _spots(flow: Flow) -> Iterator[_Spot]:
    for link in flow.links:
        if link.is_mark or "://" in link.href:
            yield _Spot(link.at, link.at, link.label, link.href, link.is_mark)
    for found in _BRACKETS.finditer(flow.text):
        label = found[1] or found[2].translate(_RAISED)
        yield _Spot(found.start(), found.end(), label, "", is_mark=True)


def _labels(label: str) -> list[str]:
    """ "[1, 3]" is two marks, "[2-4]" three; a link is one, by its words."""
    if not NUMBER.fullmatch(label) and not re.fullmatch(r"[\d,;–\s-]+", label):
        return [label]
    bare = label.strip("[]() ")
    labels: list[str] = []
    for part in re.split(r"\s?[,;]\s?", bare):
        ends = re.fullmatch(r"(\d{1,3})\s?[–-]\s?(\d{1,3})", part)
        low, high = (int(ends[1]), int(ends[2])) if ends else (0, 0)
        labels += [str(n) for n in range(low, high + 1)] if low < high < low + 20 else [part]
    return labels


def _target(href: str, label: str, flow: Flow) -> tuple[str | None, str]:
    """The address that a mark leads to, and the words of its note."""
    if "://" in href:
        return href, ""
    for name in (href.removeprefix("#"), label):
        reference, url = flow.notes.get(name, ("", None))
        if name and reference:
            return url, reference
    return None, ""
