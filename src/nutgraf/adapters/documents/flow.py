"""A page's words in one line of sight: its text with its links in place, and what they lead to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from nutgraf.adapters.documents.text import unwrap
from nutgraf.adapters.html.page import parse

__all__ = ["NUMBER", "Flow", "Link", "of_html", "of_markdown", "of_text"]

NUMBER = re.compile(r"[\[(]?\s*(?:\d{1,3}|[a-z]|[*†‡]|(?:note|ref|fn)\.?\s?\d{1,3})\s*[\])]?", re.I)
"""Words of a link, or raised ones, that are a mark and no part of the sentence."""
_LONGEST = 3_000_000
_MOST = 5_000
"""Links of a page that are read."""
_REFERENCE = 600
"""Characters of a note, at most."""
_SKIPPED = frozenset("script style template svg noscript head nav button form".split())
_INLINE = frozenset(
    "a abbr b bdi big cite code data em font i ins label mark q s small span strong sub sup time u"
    .split()
)  # fmt: skip
_NOTES = frozenset("li p dd td div aside section blockquote".split())


class Link(NamedTuple):
    """A link or a mark: where its words end in the flow's text, and where it leads."""

    at: int
    label: str
    href: str
    is_mark: bool
    """Its words are a number or a letter and are left out of the text."""


class Flow(NamedTuple):
    """The words of a page, a block a line."""

    text: str
    links: list[Link]
    notes: dict[str, tuple[str, str | None]]
    """What stands at a fragment of the page: its words and the first address among them."""


_HEADING = re.compile(
    r"\W*(?:sources?|references?|foot ?notes?|notes?|links?|citations?|bibliography|"
    r"further reading|quellen|einzelnachweise|"
    r"fußnoten|notes et références|références|fuentes|referencias|notas|"
    r"fontes|referências|fonti|note|riferimenti|источники|примечания|المصادر|参考文献|来源|出典|脚注)\W*",
    re.IGNORECASE,
)
_ENTRY = re.compile(
    r"\s*(?:\[(?P<bracket>\d{1,3})\]|(?P<bare>\d{1,3})[.:)]?)[.:]?\s+(?P<body>\S.*)"
)
_ITEM = 200
"""Characters of a line that may stand in a list of notes without a number."""


def of_html(source: str) -> Flow:
    """The flow of an HTML page or fragment."""
    tree = parse(source[:_LONGEST])
    if tree is None:
        return Flow("", [], {})
    walk = _Walk()
    walk.through(tree)
    wanted = {link.href[1:] for link in walk.links if link.href.startswith("#")}
    places = {e.get("id") or e.get("name"): e for e in tree.iter() if isinstance(e.tag, str)}
    text, links = "".join(walk.parts), walk.links[:_MOST]
    notes = {name: _note(places[name]) for name in wanted if name in places}
    return Flow(text, links, _listed(text, links) | notes)


class _Walk:
    """Collects the text of a tree; never deeper than a loop."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.links: list[Link] = []
        self._length = 0
        self._opened: list[tuple[int, int]] = []
        self._items: dict[Any, int] = {}

    def through(self, tree: Any) -> None:
        from lxml.etree import iterwalk

        walker = iterwalk(tree, events=("start", "end", "comment", "pi"))
        for event, element in walker:
            if event == "start":
                skipped = element.tag in _SKIPPED
                self._start(element)
                if skipped:
                    walker.skip_subtree()
                else:
                    self._add(element.text)
                continue
            if event == "end":
                self._end(element)
            self._add(element.tail)

    def _add(self, text: str | None) -> None:
        if text:
            self.parts.append(" ".join(text.split("\n")))
            self._length += len(text)

    def _start(self, element: Any) -> None:
        if element.tag not in _INLINE:
            self._break()
        if element.tag == "li" and (parent := element.getparent()) is not None:
            number = self._items.get(parent, 0) + 1
            self._items[parent] = number
            if parent.tag == "ol":
                self._add(f"{number}. ")
        if element.tag in ("a", "sup"):
            self._opened.append((len(self.parts), self._length))

    def _end(self, element: Any) -> None:
        if element.tag in ("a", "sup"):
            self._close(element)
        if element.tag not in _INLINE:
            self._break()

    def _close(self, element: Any) -> None:
        first, start = self._opened.pop()
        label = " ".join("".join(self.parts[first:]).split())
        is_mark = bool(NUMBER.fullmatch(label))
        if is_mark:
            del self.parts[first:]
            self._length = start
        href = (element.get("href") or "").strip() if element.tag == "a" else ""
        if is_mark or (href and label):
            self.links.append(Link(self._length, label, href, is_mark))

    def _break(self) -> None:
        self.parts.append("\n")
        self._length += 1


def _note(element: Any) -> tuple[str, str | None]:
    """The words of a note at an anchor, and the first address in it."""
    while element.tag not in _NOTES and element.getparent() is not None:
        element = element.getparent()
    text = " ".join(" ".join(element.itertext()).split())
    if len(text) > _REFERENCE:  # a part of the page, not a note
        return "", None
    links = (a.get("href") or "" for a in element.iter("a"))
    return text, next((href for href in links if "://" in href), None)


# Lengths are bounded: a mark that is never closed must not be searched to the end each time.
_MARKED = re.compile(
    r"!\[[^\[\]\n]{0,500}\]\([^)\n]{0,2000}\)"
    r"|\[\^(?P<foot>[^\]\s]{1,40})\](?!:)"
    r"|\[(?P<words>[^\[\]\n]{1,500})\](?:\(\s*<?(?P<url>[^)\s>]{1,2000})>?[^)\n]{0,200}\)"
    r"|\[(?P<ref>[^\[\]\n]{0,200})\])"
    r"|<(?P<auto>https?://[^>\s]{1,2000})>"
)
_DEFINED = re.compile(
    r"^[ ]{0,3}\[(?P<name>\^?[^\]\n]{1,200})\]:[ \t]*(?P<body>[^\n]*(?:\n[ \t]{2,}\S[^\n]*)*)", re.M
)
_ADDRESS = re.compile(r"https?://[^\s<>\"”)\]]+")
_LONE = re.compile(r"(?<=\S)[ \t]*\n\s*\[?(\d{1,2})\]?[ \t]*(?=\n|\Z)")
"""A mark that a page saved as text left on a line of its own."""

_SOFT = re.compile(r"(?<=\S)\n(?=[^\s#>*+|-])(?!\d{1,3}[.)])")
"""A line break within a paragraph of Markdown."""


def of_markdown(source: str) -> Flow:
    """The flow of Markdown: inline links, reference links, footnotes."""
    defined = {m["name"].casefold(): m["body"].strip() for m in _DEFINED.finditer(source)}
    source = _DEFINED.sub("", source)
    parts: list[str] = []
    links: list[Link] = []
    notes = {name: _defined(body) for name, body in defined.items()}
    length = at = 0

    def add(text: str) -> None:
        nonlocal length
        parts.append(text)
        length += len(text)

    for found in _MARKED.finditer(source):
        add(source[at : found.start()])
        at = found.end()
        words = found["words"] or ""
        if found["foot"]:
            note = f"#^{found['foot']}".casefold()
            links.append(Link(length, found["foot"], note, is_mark=True))
            continue
        is_mark = bool(NUMBER.fullmatch(words))
        add("" if is_mark else words)
        href = found["url"] or found["auto"] or defined.get((found["ref"] or words).casefold(), "")
        if words or found["auto"]:
            links.append(Link(length, words or found["auto"], href.split(" ")[0], is_mark))
    add(source[at:])
    text = "".join(parts)
    return Flow(_SOFT.sub(" ", text), links[:_MOST], _listed(text, links) | notes)


def _defined(body: str) -> tuple[str, str | None]:
    text = " ".join(body.split())
    address = _ADDRESS.search(text)
    return text[:_REFERENCE], address[0].rstrip(".,;") if address else None


def of_text(source: str) -> Flow:
    """The flow of plain text: bare addresses are links, a number on its own line is a mark."""
    source = source.replace("\r\n", "\n")
    notes = _listed(source, ())
    text = unwrap(_LONE.sub(r" [\1]", source))
    found = _ADDRESS.finditer(text)
    links = [Link(m.end(), m[0], m[0].rstrip(".,;"), is_mark=False) for m in found]
    return Flow(text, links[:_MOST], notes)


def _listed(text: str, links: Sequence[Link]) -> dict[str, tuple[str, str | None]]:
    """The page's own list of notes: number to its words and address.

    A line in a list under a heading that says so ("Sources"), or one that begins with "[3]".
    """
    found: dict[str, tuple[str, str | None]] = {}
    under = False
    at = 0
    for line in text.split("\n"):
        entry = _ENTRY.fullmatch(line)
        bare = line.strip(" #*_")
        if entry and (entry["bracket"] or under):
            inside = (link.href for link in links if at < link.at <= at + len(line))
            words, written = _defined(entry["body"])
            url = next((href for href in inside if "://" in href), written)
            found.setdefault(entry["bracket"] or entry["bare"], (words, url))
        elif bare:
            under = bool(_HEADING.fullmatch(bare)) or (under and len(line) < _ITEM)
        at += len(line) + 1
    return found
