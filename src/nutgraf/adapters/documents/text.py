"""Plain text and Markdown as documents."""

from __future__ import annotations

import re

from msgspec.structs import replace

from nutgraf.adapters.documents.raw import Raw
from nutgraf.adapters.html.bylines import names_in
from nutgraf.adapters.html.decode import clean, decode
from nutgraf.text.dates import parse_when
from nutgraf.text.languages import language_of
from nutgraf.text.saved import Reading, read_page_text
from nutgraf.types import Document

__all__ = ["document_of", "read_markdown", "read_text", "unwrap"]

_END = re.compile(r"[.!?。！？…:][\"”»’')\]]*$")
_WRAPPED = (45, 100)
"""Lengths between which the lines of hard-wrapped prose lie."""

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_KEY = re.compile(
    r"^(title|date|author|authors|published|publisher|source|lang|language|url):\s*(.+)$"
)
_FENCE = re.compile(r"^(```|~~~).*?^\1[^\n]*$", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(
    r"^[ \t]{0,3}#{1,6}[ \t]+(.*?)[ \t#]*$|^(\S[^\n]*)\n(?:={3,}|-{3,})[ \t]*$", re.M
)
# Lengths are bounded: a mark that is never closed must not be searched to the end each time.
_IMAGE = re.compile(r"!\[[^\[\]\n]{0,500}\](?:\([^)\n]{0,2000}\)|\[[^\[\]\n]{0,200}\])")
_LINK = re.compile(r"\[([^\[\]\n]{1,500})\](?:\([^)\n]{0,2000}\)|\[[^\[\]\n]{0,200}\])")
_AUTO = re.compile(r"<(https?://[^>\s]+)>")
_EMPHASIS = re.compile(r"(\*\*\*|\*\*|\*|___|__|~~|`)(?=\S)([^\n]{0,300}?\S)\1")
_EDGE = re.compile(r"^[ \t]*(?:>[ \t]?|[-*+][ \t]+|\d{1,3}[.)][ \t]+)+", re.MULTILINE)
_RULE = re.compile(r"^[ \t]*(?:[-*_][ \t]*){3,}$|^\[\^?[^\]\n]+\]:.*$|^\|.*\|[ \t]*$", re.MULTILINE)
_FOOTNOTE = re.compile(r"\[\^[^\]\n]{1,20}\]")


def read_text(raw: Raw) -> Document:
    """Plain text, which may have been saved from a page with its menus and footers."""
    return document_of(unwrap(_blocks(decode(raw.data, raw.content_type))), raw.url)


def read_markdown(raw: Raw) -> Document:
    """Markdown, with a front matter if it has one; its first heading is the title."""
    source = _blocks(decode(raw.data, raw.content_type))
    front = _FRONT.match(source)
    told: dict[str, str] = {}
    if front:
        told = {
            m[1]: m[2].strip(" \"'") for line in front[1].splitlines() if (m := _KEY.match(line))
        }
        source = source[front.end() :]
    source = _FENCE.sub("", source)
    headings = [_inline(m[1] or m[2] or "") for m in _HEADING.finditer(source)]
    body = _inline(_RULE.sub("", _EDGE.sub("", _HEADING.sub("\n\n", source))))
    document = document_of(unwrap(body), raw.url or told.get("url"), title=told.get("title"))
    names = told.get("author") or told.get("authors")
    return _with(document, told, next(iter(headings), ""), names)


def document_of(text: str, url: str | None, title: str | None = None) -> Document:
    """The document in a text: sentences kept, title and marks taken from the other lines."""
    reading = read_page_text(text)
    return Document(
        text=clean(reading.text),
        title=clean(title or reading.title),
        url=url,
        published=_date(reading),
        publisher=reading.publisher,
        authors=names_in(reading.authors_line) if reading.authors_line else [],
        language=language_of(None, reading.text),
        hints=reading.labels,
        reader="text/1",
    )


def unwrap(text: str) -> str:
    """Join the lines of hard-wrapped paragraphs; a text with a paragraph a line stays as it is."""
    return "\n\n".join(_joined(block.split("\n")) for block in re.split(r"\n[ \t]*\n", text))


def _joined(lines: list[str]) -> str:
    lines = [line.strip() for line in lines]
    least, most = _WRAPPED
    inner = [line for line in lines[:-1] if line]
    wrapped = [line for line in inner if least <= len(line) <= most and not _END.search(line)]
    if not inner or max(map(len, inner)) > most or len(wrapped) < len(inner) / 2:
        return "\n".join(lines)
    return re.sub(r"(?<=[a-zà-ÿ])- (?=[a-zà-ÿ])", "", " ".join(lines))


def _blocks(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n\n")


def _inline(text: str) -> str:
    """Markdown's marks within lines, taken off."""
    text = _FOOTNOTE.sub("", _IMAGE.sub("", text))
    text = _AUTO.sub(r"\1", _LINK.sub(r"\1", text))
    for _ in range(3):  # emphasis nests
        text = _EMPHASIS.sub(r"\2", text)
    return text


def _with(document: Document, told: dict[str, str], heading: str, names: str | None) -> Document:
    return replace(
        document,
        title=clean(told.get("title") or heading) or document.title,
        published=parse_when(told.get("date") or told.get("published") or "") or document.published,
        publisher=told.get("publisher") or told.get("source") or document.publisher,
        authors=names_in(names.strip("[]")) if names else document.authors,
        language=language_of(told.get("lang") or told.get("language"), document.text),
    )


def _date(reading: Reading) -> str | None:
    return parse_when(reading.published_line) if reading.published_line else None
