"""Which reader a document needs, and what it reads."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from nutgraf.adapters.documents.mail import read_mail
from nutgraf.adapters.documents.pdf import read_pdf
from nutgraf.adapters.documents.raw import Raw
from nutgraf.adapters.documents.records import read_json, read_lines
from nutgraf.adapters.documents.text import read_markdown, read_text
from nutgraf.adapters.html import read_html
from nutgraf.errors import DocumentError, Dropped
from nutgraf.types import Article, Document

__all__ = ["format_of", "load_document", "load_file"]

_LARGEST = 100_000_000
_SUFFIXES = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".pdf": "pdf", ".txt": "text",
    ".text": "text", ".md": "markdown", ".markdown": "markdown", ".eml": "mail", ".json": "json",
    ".jsonl": "lines", ".ndjson": "lines",
}  # fmt: skip
_TYPES = {
    "text/html": "html", "application/xhtml+xml": "html", "application/pdf": "pdf",
    "text/plain": "text", "text/markdown": "markdown", "message/rfc822": "mail",
    "application/json": "json", "application/x-ndjson": "lines", "application/jsonl": "lines",
}  # fmt: skip
_HTML = re.compile(rb"<(?:!doctype html|html|head|body|article|p|div|h1|meta)\b", re.IGNORECASE)
_MAIL = re.compile(
    rb"(?:(?:from|to|subject|date|received|return-path|message-id|mime-version|delivered-to|"
    rb"content-type|x-[\w-]+):[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){2,}",
    re.IGNORECASE,
)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def load_document(
    data: bytes, name: str, content_type: str = "", url: str | None = None
) -> list[Document | Article]:
    """The document in these bytes, or the articles, if they are JSON that carries articles.

    `name` (a file's name or a URL) tells the format by its suffix, else `content_type`, else the
    bytes do. `url` is where the document came from. Raises `DocumentError` if it cannot be read as
    what it is, `Dropped` if there is no text in it.
    """
    kind = format_of(data, name, content_type)
    if kind == "json":
        return [*read_json(data, name)]
    if kind == "lines":
        return [*read_lines(data, name)]
    document = _READERS[kind](Raw(data=data, name=name, url=url, content_type=content_type))
    if not document.text.strip():
        raise Dropped("no text", name)
    return [document]


def load_file(path: Path | str, url: str | None = None) -> list[Document | Article]:
    """What `load_document` reads in a file; `url` is where it was saved from. Raises like it."""
    path = Path(path)
    try:
        if path.stat().st_size > _LARGEST:
            raise DocumentError(f"{path}: larger than {_LARGEST // 1_000_000} MB")
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DocumentError(f"{path}: cannot be read: {reason}") from None
    return load_document(data, str(path), "", url)


def _html(raw: Raw) -> Document:
    return read_html(raw.data, raw.url, raw.content_type)


_READERS: dict[str, Callable[[Raw], Document]] = {
    "html": _html,
    "pdf": read_pdf,
    "text": read_text,
    "markdown": read_markdown,
    "mail": read_mail,
}


def format_of(data: bytes, name: str, content_type: str = "") -> str:
    """html, pdf, text, markdown, mail, json or lines. Raises `DocumentError`."""
    if data.lstrip()[:5] == b"%PDF-":
        return "pdf"
    known = _TYPES.get(content_type.partition(";")[0].strip().lower())
    if known and known != "text":  # "text/plain" is what servers say when they do not know
        return known
    known = _SUFFIXES.get(_suffix(name))
    if known == "pdf":
        raise DocumentError(f"{name}: not a PDF file")
    return known or _sniff(data, name)


def _suffix(name: str) -> str:
    try:
        path = urlsplit(name).path if "://" in name else name.replace("\\", "/")
    except ValueError:
        return ""
    return PurePosixPath(path).suffix.lower()


def _sniff(data: bytes, name: str) -> str:
    head = data[:4096].lstrip()
    if head.startswith((b"{", b"[")):
        lines = [line for line in data.splitlines() if line.strip()]
        several = len(lines) > 1 and all(line.lstrip()[:1] == b"{" for line in lines[:20])
        return "lines" if several and lines[0].rstrip().endswith(b"}") else "json"
    if _MAIL.match(head):
        return "mail"
    if _HTML.search(head):
        return "html"
    if b"\x00" in head and not head.startswith(_BOMS):
        raise DocumentError(
            f"{name}: not a document that can be read (HTML, PDF, text, mail, JSON)"
        )
    return "text"
