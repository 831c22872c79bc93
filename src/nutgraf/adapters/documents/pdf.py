"""PDF files as documents, by PDFium."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Any

from msgspec.structs import replace

from nutgraf.adapters.documents.raw import Raw
from nutgraf.adapters.documents.text import document_of
from nutgraf.adapters.html.bylines import names_in
from nutgraf.adapters.html.decode import clean
from nutgraf.errors import DocumentError, Dropped
from nutgraf.text.dates import parse_when
from nutgraf.types import Document

__all__ = ["lines_to_paragraphs", "read_pdf", "without_running_lines"]

_MOST_PAGES = 500
_EDGE_LINES = 3
"""Lines at the head and foot of a page among which running titles and page numbers stand."""
_END = re.compile(r"[.!?。！？:;][\"”»’')\]]*$")
_PAGE_NUMBER = re.compile(
    r"[\W_]*(?:(?:page|seite|p\.|página|pagina|стр\.?)\s*)?(?:\d{1,4}|[ivxlc]{1,6})"
    r"(?:\s*(?:/|of|von|de|di|sur|из)\s*\d{1,4})?[\W_]*",
    re.IGNORECASE,
)
_STAMP = re.compile(r"D:(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?(Z|[+-]\d\d'?\d\d)?)?")
_NO_TITLE = re.compile(
    r"^(?:untitled|microsoft \w+ - |document\d*$|.*\.(?:docx?|pdf|indd|qxd)$)", re.I
)
# PDFium writes U+FFFE or U+0002 for a hyphen at a line's end that is not part of the word.
_SOFT = ("\ufffe", "\x02")
_SOFT_HYPHEN = re.compile("([\ufffe\x02])[\r\n]*")
_FULL = 0.75
"""Share of the usual line length under which a line that ends a sentence ends its paragraph."""


def read_pdf(raw: Raw) -> Document:
    """The running text of a PDF: without running titles and page numbers, lines joined.

    Raises `DocumentError` if it is broken or needs a password, `Dropped("no text in PDF")` if it
    holds only pictures of text.
    """
    pages, told = _pages(raw.data, raw.name)
    if not any(line for page in pages for line in page):
        raise Dropped(
            "no text in PDF", f"{raw.name}: its pages are pictures; run OCR over it first"
        )
    lines = [line for page in without_running_lines(pages) for line in page]
    document = document_of("\n\n".join(lines_to_paragraphs(lines)), raw.url)
    title = clean(told.get("Title", ""))
    author = clean(told.get("Author", ""))
    return replace(
        document,
        title=title if len(title) > 3 and not _NO_TITLE.match(title) else document.title,
        published=document.published or _stamp(told.get("CreationDate", "")),
        authors=document.authors or (names_in(author) if " " in author else []),
        reader=_reader(),
    )


def _pages(data: bytes, name: str) -> tuple[list[list[str]], dict[str, str]]:
    """The lines of each page, and the file's own properties."""
    import pypdfium2 as pdfium

    try:
        with pdfium.PdfDocument(data) as pdf:
            pages = [_lines(pdf, number) for number in range(min(len(pdf), _MOST_PAGES))]
            return pages, pdf.get_metadata_dict()
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise DocumentError(f"{name}: the PDF needs a password; save it without one") from None
        raise DocumentError(f"{name}: not a PDF that can be read ({error})") from None


def _lines(pdf: Any, number: int) -> list[str]:
    """The lines of a page; a page that is broken is empty."""
    import pypdfium2 as pdfium

    try:
        page = pdf[number]
        textpage = page.get_textpage()
        text = textpage.get_text_range(errors="ignore")
        textpage.close()
        page.close()
    except (pdfium.PdfiumError, ValueError):
        return []
    # PDFium puts both halves of a word cut at a line's end on one line: cut there again.
    text = _SOFT_HYPHEN.sub("\\1\n", text)
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def without_running_lines(pages: list[list[str]]) -> list[list[str]]:
    """Pages without page numbers and the lines that head or foot half of them, or three."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_shape(line) for line in page[:_EDGE_LINES] + page[-_EDGE_LINES:]})
    often = max(2, min(3, (len(pages) + 1) // 2))
    running = {shape for shape, count in seen.items() if count >= often and len(pages) > 1}
    return [[line for i, line in enumerate(page) if not _runs(page, i, running)] for page in pages]


def _runs(page: list[str], at: int, running: set[str]) -> bool:
    if _EDGE_LINES <= at < len(page) - _EDGE_LINES:
        return False
    return bool(_PAGE_NUMBER.fullmatch(page[at])) or _shape(page[at]) in running


def _shape(line: str) -> str:
    """The line without what changes from page to page."""
    return re.sub(r"\d+", "0", line).casefold()


def lines_to_paragraphs(lines: list[str]) -> list[str]:
    """Join lines into paragraphs and words cut at line ends into words.

    A paragraph ends where a sentence ends in a short line, and around headings: short lines
    without a sentence's end before a line that starts anew.
    """
    usual = sorted(map(len, lines))[int(len(lines) * 0.8)] if lines else 0
    paragraphs: list[str] = []
    current = ""
    for at, line in enumerate(lines):
        following = lines[at + 1] if at + 1 < len(lines) else ""
        current = _append(current, line)
        if _closes(line, following, usual):
            paragraphs.append(current)
            current = ""
    return [p for p in (*paragraphs, current) if p]


def _append(current: str, line: str) -> str:
    if not current:
        return line
    if current.endswith(_SOFT):
        return current[:-1] + line
    if current.endswith(("-", "\xad", "‐")) and current[-2:-1].isalpha() and line[:1].islower():
        return current[:-1] + line
    return f"{current} {line}"


def _closes(line: str, following: str, usual: int) -> bool:
    if line.endswith((*_SOFT, "-")):
        return False
    short = len(line) < _FULL * usual
    starts = following[:1].isupper() or not following[:1].isalpha()
    if _END.search(line):
        return short
    return short and starts and not line.endswith(",")


def _stamp(value: str) -> str | None:
    """A PDF date ("D:20261122093000+01'00'") as ISO 8601."""
    match = _STAMP.match(value)
    if not match:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    clock = f"T{hour}:{minute}:{second or '00'}{(zone or '').replace(chr(39), '')}" if hour else ""
    return parse_when(f"{year}-{month}-{day}{clock}")


@cache
def _reader() -> str:
    from importlib.metadata import version

    return f"pypdfium2/{version('pypdfium2')}"
