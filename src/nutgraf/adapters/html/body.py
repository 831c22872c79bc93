"""The main text of a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from nutgraf.adapters.html.blocks import densest
from nutgraf.adapters.html.decode import clean
from nutgraf.adapters.html.prune import flatten_tables, prune
from nutgraf.text.furniture import is_furniture, is_heading_mark, is_sentence_like
from nutgraf.text.words import fold

__all__ = ["main_text"]

_RESET_EVERY = 200
"""Pages between two resets of trafilatura's caches, which otherwise grow with every page."""
_read = 0

_SENTENCE_END = re.compile(r"[.!?。！？…।؟][\"”»’')\]]*$")
_PARAGRAPH = 80
"""Characters from which a line that ends like a sentence counts as a paragraph."""
_POOR = 0.6
"""Share of the page's paragraphs below which another reader is asked. On wcxb_articles_dev never
asking gives a body F1 of .925, .4 to .7 all give .943 to .944."""
_RICHER = 1.3
"""How much more another reader must give to be believed: 1.1 gives .942, 1.6 the same .944."""

_HEAD = 6
"""Lines among which a repeated title stands."""
_MARKED = 0.5
"""Share of the text found that must stand in paragraphs and list items, else the page doesn't mark
them."""
_HOLDS = 0.8
"""Share of the text found that the densest block must hold to stand for it."""
_KNOWN = 0.8
"""Share of the densest block that the reader must have found too: else it is of comments."""


def main_text(tree: Any, title: str, host: str) -> str:
    """The article's text, a paragraph a line; "" if there is none.

    trafilatura, fast and favouring recall, reads first. Where that gives much less than the
    page's paragraphs hold, trafilatura's slower comparison, the other containers of the same
    class, and resiliparse are asked, and the first that gives clearly more is taken.
    """
    flatten_tables(tree)
    prune(tree, host)
    text = _trafilatura(tree, fast=True)
    wanted = _weight("\n".join("".join(p.itertext()) for p in tree.iter("p")))
    if found := _without_paragraphs(text, tree):
        text = found
    elif _weight(text) < _POOR * wanted or not text:
        text = _better(text, tree)
    return _article_lines(clean(text), title)


def _article_lines(text: str, title: str) -> str:
    """The text without lines that are the page's: its title and what stands over it, labels,
    bylines, credits."""
    lines = _below_title(text.split("\n"), title)
    first = next((at for at, line in enumerate(lines) if is_sentence_like(line)), 0)
    kept = [line for at, line in enumerate(lines) if not (at < first and is_heading_mark(line))]
    return "\n".join(line for line in kept if not is_furniture(line))


def _below_title(lines: list[str], title: str) -> list[str]:
    """The lines below the title, if it stands among the first and only labels are above it."""
    for at, line in enumerate(lines[:_HEAD]):
        if title and fold(line) == fold(title):
            return lines[at + 1 :]
        if is_sentence_like(line) and len(line) > _PARAGRAPH:
            break
    return lines


def _without_paragraphs(text: str, tree: Any) -> str:
    """The densest block of a page that doesn't mark its paragraphs, if it is part of `text`.

    Without these marks a reader takes the columns beside the article for its paragraphs.
    """
    weight = _weight(text)
    marked = _weight("\n".join("".join(p.itertext()) for p in tree.iter("p", "li", "blockquote")))
    if not weight or marked > _MARKED * weight:
        return ""
    found = densest(tree, _weight)
    known = "\n".join(line for line in found.split("\n") if line[:_PARAGRAPH] in text)
    if _weight(found) > _HOLDS * weight and _weight(known) > _KNOWN * _weight(found):
        return found
    return ""


def _better(text: str, tree: Any) -> str:
    others: tuple[Callable[[], str], ...] = (
        lambda: _same_containers(text, tree),
        lambda: _trafilatura(tree, fast=False),
        lambda: "" if text else _resiliparse(tree),
    )
    for other in others:
        found = other()
        if _weight(found) > _RICHER * _weight(text) or (not text and found):
            return found
    return text


def _weight(text: str) -> int:
    """Characters in lines that are paragraphs: long, and ended like a sentence."""
    lines = (line.strip() for line in text.split("\n"))
    return sum(len(x) for x in lines if len(x) >= _PARAGRAPH and _SENTENCE_END.search(x))


def _trafilatura(tree: Any, *, fast: bool) -> str:
    from trafilatura import bare_extraction

    _keep_caches_small()
    try:
        found = bare_extraction(
            tree, fast=fast, favor_recall=fast, include_comments=False, include_tables=True
        )
    except Exception:  # its bugs on odd pages are not ours: another reader goes on
        return ""
    return str(getattr(found, "text", None) or "")


def _keep_caches_small() -> None:
    global _read
    _read += 1
    if _read % _RESET_EVERY == 0:
        from trafilatura.meta import reset_caches

        reset_caches()


def _same_containers(text: str, tree: Any) -> str:
    """All paragraphs in containers of the class that holds most of the paragraphs found.

    A long page may be cut into several equal containers, with advertisements between them, of
    which a reader takes one.
    """
    held: dict[str, int] = {}
    paragraphs = [(_container(p), " ".join("".join(p.itertext()).split())) for p in tree.iter("p")]
    for container, line in paragraphs:
        if container and len(line) >= _PARAGRAPH and line[:60] in text:
            held[container] = held.get(container, 0) + len(line)
    if not held:
        return ""
    best = max(held, key=lambda container: held[container])
    return "\n".join(line for container, line in paragraphs if container == best and line)


def _container(paragraph: Any) -> str:
    """Tag and class of the element that holds the paragraph; "" if it has no class."""
    parent = paragraph.getparent()
    name = parent.get("class") if parent is not None else None
    return f"{parent.tag} {name}" if name else ""


def _resiliparse(tree: Any) -> str:
    """Main text by resiliparse, of the tree as parsed: its time is quadratic in the nesting,
    which lxml has cut at 256 by now (20,000 nested elements took it 12 s)."""
    from lxml.html import tostring
    from resiliparse.extract.html2text import extract_plain_text

    try:
        found = extract_plain_text(
            tostring(tree, encoding="unicode"), main_content=True, alt_texts=False
        )
    except Exception:  # as above
        return ""
    return str(found)
