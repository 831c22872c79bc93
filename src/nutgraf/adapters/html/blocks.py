"""The main text of a page that has no paragraphs: prose in divs, in cells, between line breaks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nutgraf.text.furniture import is_sentence_like

__all__ = ["densest", "lines_of"]

Line = tuple[Any, str]
"""The block that holds a line of text, and the line."""

_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code dfn em font i ins kbd label mark q s samp small span "
    "strike strong sub sup time tt u var wbr".split()
)
_SKIPPED = frozenset(
    "head script style noscript template svg form button select textarea nav aside footer iframe "
    "figcaption".split()
)
_SHARE = 0.5
"""Share of the page's prose that one block must hold to be the article's."""

_CLOSE = 0.8
"""Share of the most prose from which a block inside the one that holds it is taken instead."""
_KEPT = frozenset(("li", "h2", "h3", "h4", "blockquote", "pre"))
"""Blocks inside the article's whose lines are kept though they are no sentences."""


def densest(tree: Any, weight: Callable[[str], int]) -> str:
    """The lines in the block that holds most of the page's prose; "" if none holds half of it.

    `weight` gives the characters of a text that are prose. Prose counts for the block it stands
    in and for the one around that, as a paragraph may be a block of its own.
    """
    lines = lines_of(tree)
    held: dict[Any, int] = {}
    total = 0
    for block, line in lines:
        size = weight(line)
        total += size
        parent = block.getparent()
        for holder in (block, parent) if size and parent is not None else ():
            held[holder] = held.get(holder, 0) + size
    if not held:
        return ""
    most = max(held.values())
    if most < _SHARE * total:
        return ""
    close = [block for block, size in held.items() if size >= _CLOSE * most]
    best = max(close, key=lambda block: sum(1 for _ in block.iterancestors()))
    return "\n".join(line for block, line in lines if _belongs(block, line, best))


def _belongs(block: Any, line: str, best: Any) -> bool:
    if block is best or block.getparent() is best:
        return True
    inside = any(up is best for up in block.iterancestors())
    return inside and (block.tag in _KEPT or is_sentence_like(line))


def lines_of(tree: Any) -> list[Line]:
    """The page's lines of text in reading order, cut at blocks and at line breaks."""
    lines: list[Line] = []
    body = tree.find(".//body")
    _walk(tree if body is None else body, lines)
    return lines


def _walk(root: Any, lines: list[Line]) -> None:
    pieces: list[str] = []

    def end(block: Any) -> None:
        line = " ".join("".join(pieces).split())
        pieces.clear()
        if line:
            lines.append((block, line))

    def visit(element: Any, block: Any) -> None:
        if not isinstance(element.tag, str) or element.tag in _SKIPPED:
            return
        inline = element.tag in _INLINE
        if not inline:
            end(block)
        holder = block if inline else element
        pieces.append(element.text or "")
        for child in element:
            visit(child, holder)
            pieces.append(child.tail or "")
        if not inline:
            end(holder)

    visit(root, root)
