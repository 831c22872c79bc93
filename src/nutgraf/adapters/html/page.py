"""A news page as a document: main text by trafilatura, what it says about itself by our own."""

from __future__ import annotations

import logging
from functools import cache
from typing import Any

from nutgraf.adapters.html.body import main_text
from nutgraf.adapters.html.bylines import authors_of
from nutgraf.adapters.html.decode import clean, decode
from nutgraf.adapters.html.hints import hints_of
from nutgraf.adapters.html.marks import Marks, collect
from nutgraf.adapters.html.publishers import address_of, publisher_of
from nutgraf.adapters.html.stamps import modified_of, published_of
from nutgraf.adapters.html.titles import title_of
from nutgraf.text.languages import language_of
from nutgraf.text.urls import host_of
from nutgraf.types import Document

__all__ = ["read_html", "read_page"]

_LONGEST = 3_000_000
"""Characters of HTML that are read, the rest is dropped; the largest of 974 pages has 1.8 M. The
readers take more than linear time: 5.4 M took them fifty seconds, and an article is cut anyway."""


def read_html(body: bytes | str, url: str | None, content_type: str = "") -> Document:
    """Read a page. Never raises: a page without readable text gives a document with text "".

    `url` is where the page came from (after redirects); it decides which canonical address is
    believed. The text has one paragraph, heading or list item a line. The tree is parsed once
    and serves both the text and the marks.
    """
    source = (decode(body, content_type) if isinstance(body, bytes) else body)[:_LONGEST]
    source = source.encode("utf-8", "replace").decode()
    tree = parse(source)
    if tree is None:
        return Document(text="", url=url, reader=reader())
    marks = collect(tree)
    address = address_of(marks, url)
    host = host_of(address or "")
    title = clean(title_of(marks, host))
    published = published_of(marks, tree, url)
    authors = [clean(name) for name in authors_of(marks, tree, host)]
    text = main_text(tree, title, host)  # last: it takes the tree apart
    return Document(
        text=text,
        title=title,
        url=address,
        published=published,
        modified=modified_of(marks),
        publisher=clean(publisher_of(marks, address) or "") or None,
        authors=authors,
        language=_language(marks, text or title),
        hints=hints_of(marks),
        reader=reader(),
    )


def read_page(body: bytes, url: str, content_type: str) -> Document:
    """`read_html` in the shape that the extract stage asks for; an empty `url` is unknown."""
    return read_html(body, url or None, content_type)


def parse(source: str) -> Any:
    """The lxml tree of a page as trafilatura would build it, or None."""
    from trafilatura.utils import load_html

    if not source.strip():
        return None
    _quiet()
    try:
        tree = load_html(source)
        # A fragment is refused as "not HTML"; inside a page it is fine.
        return load_html(f"<html><body>{source}</body></html>") if tree is None else tree
    except Exception:  # a broken page is an empty one, whatever the parser thinks of it
        return None


@cache
def _quiet() -> None:
    """What these libraries log are remarks on single pages; whoever needs to know sees a Drop."""
    for library in ("trafilatura", "htmldate"):
        logging.getLogger(library).setLevel(logging.CRITICAL)


@cache
def reader() -> str:
    """The library that reads the text, with its version."""
    from importlib.metadata import version

    return f"trafilatura/{version('trafilatura')}"


def _language(marks: Marks, text: str) -> str | None:
    declared = marks.lang or marks.first("og:locale", "language", "content-language")
    return language_of(declared, text)
