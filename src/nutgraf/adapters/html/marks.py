"""What a page says about itself: meta elements, JSON-LD, headings, times."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field

__all__ = ["ARTICLE_TYPES", "Marks", "collect", "line_of", "strings", "types_of"]

Node = dict[str, Any]
"""One object of JSON-LD."""

ARTICLE_TYPES = frozenset(
    """article newsarticle blogposting reportagenewsarticle analysisnewsarticle
    opinionnewsarticle reviewnewsarticle backgroundnewsarticle askpublicnewsarticle
    advertisercontentarticle satiricalarticle liveblogposting report scholarlyarticle
    medicalscholarlyarticle techarticle socialmediaposting creativework webpage itempage
    review recipe discussionforumposting medicalwebpage""".split()
)
_PAGE_TYPES = frozenset({"webpage", "itempage", "medicalwebpage", "creativework"})
_MOST_NODES = 2_000
_CONTROL = re.compile(r"[\x00-\x1f]+")
_TRAILING_COMMA = re.compile(r",\s*([}\]])")
_WRAP = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$")
_KEEP_META = 400
_KICKER, _OPENED_BOXES = 40, 3
_LONGEST = 2_000
"""Characters of one mark that are kept."""
_NOT_READ = frozenset({"script", "style", "template", "svg", "noscript"})
_BLOCKS = frozenset({"br", "div", "p", "li", "h1", "h2", "h3", "h4", "small", "td"})


class Marks(Struct, frozen=True, kw_only=True):
    """The marks of one page. Keys of `meta` are lower case; values in page order."""

    meta: dict[str, list[str]] = field(default_factory=dict)
    article: Node = field(default_factory=dict)
    """The JSON-LD object that is the article, or empty."""
    nodes: list[Node] = field(default_factory=list)
    """All JSON-LD objects, flat."""
    ids: dict[str, Node] = field(default_factory=dict)
    """JSON-LD objects by `@id`, to follow references."""
    head_title: str = ""
    headings: list[str] = field(default_factory=list)
    """Text of the h1 elements."""
    kickers: list[str] = field(default_factory=list)
    """The short lines right over the h1 elements: a section or a label such as "Opinion"."""
    canonical: str = ""
    lang: str = ""
    times: list[Any] = field(default_factory=list)
    """The time elements."""

    def first(self, *names: str) -> str:
        """The first value of the first of these meta names that has one."""
        return next((value for name in names for value in self.meta.get(name, ())), "")


def collect(tree: Any) -> Marks:
    """Read the marks off an lxml tree, in one pass over the elements that can carry any."""
    meta: dict[str, list[str]] = {}
    nodes: list[Node] = []
    title = canonical = ""
    headings: list[str] = []
    kickers: list[str] = []
    times: list[Any] = []
    for element in tree.iter("meta", "script", "title", "h1", "link", "time"):
        match element.tag:
            case "meta":
                _add_meta(meta, element)
            case "script" if "ld+json" in (element.get("type") or ""):
                nodes.extend(_nodes(element.text or ""))
            case "title":
                title = title or line_of(element)[:_LONGEST]
            case "h1":
                headings.append(line_of(element)[:_LONGEST])
                kickers.append(_kicker(element))
            case "link" if (element.get("rel") or "").lower() == "canonical":
                canonical = canonical or element.get("href") or ""
            case "time":
                times.append(element)
    return Marks(
        meta=meta,
        article=_main(nodes),
        nodes=nodes,
        ids=_by_id(nodes),
        head_title=title,
        headings=[heading for heading in headings if heading],
        kickers=[kicker for kicker in kickers if kicker],
        canonical=canonical,
        lang=tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "",
        times=times,
    )


def _kicker(heading: Any) -> str:
    """The text of the element before a heading, or before the box it opens; empty if it is long."""
    element = heading
    for _ in range(_OPENED_BOXES):
        before = element.getprevious()
        while before is not None and not isinstance(before.tag, str):
            before = before.getprevious()
        if before is not None:
            line = line_of(before) if before.tag not in _NOT_READ else ""
            return line if len(line) <= _KICKER else ""
        element = element.getparent()
        if element is None:
            break
    return ""


def line_of(element: Any) -> str:
    """The element's text on one line, without scripts; words kept apart where blocks end."""
    return " ".join(_with_tails(element).split())


def _with_tails(element: Any) -> str:
    """Text in reading order. As deep as the parser lets elements nest, which is 256."""
    if not isinstance(element.tag, str) or element.tag in _NOT_READ:
        return ""
    parts = [element.text or ""]
    for child in element:
        apart = " " if child.tag in _BLOCKS else ""
        parts += [apart, _with_tails(child), apart, child.tail or ""]
    return "".join(parts)


def strings(value: Any) -> list[str]:
    """The strings in a JSON-LD value that may be one, a list of them, or an object with a name."""
    if isinstance(value, str):
        return [line for line in [_tidy(value)] if line]
    if isinstance(value, list):
        return [line for item in value[:50] for line in strings(item)]
    if isinstance(value, dict):
        return strings(value.get("name") or value.get("@value"))
    return []


def types_of(node: Node) -> list[str]:
    """The `@type`s of a JSON-LD object, lower case, without the vocabulary's address."""
    found = node.get("@type")
    names = found if isinstance(found, list) else [found]
    return [n.rsplit("/", 1)[-1].lower() for n in names if isinstance(n, str)]


def _tidy(value: str) -> str:
    value = value[:_LONGEST]
    value = html.unescape(value) if "&" in value else value
    return " ".join(value.split())


def _add_meta(meta: dict[str, list[str]], element: Any) -> None:
    name = element.get("property") or element.get("name") or element.get("itemprop")
    content = element.get("content")
    if name and content and len(meta) < _KEEP_META:
        # Some pages escape twice: "&amp;amp;".
        meta.setdefault(name.strip().lower(), []).append(_tidy(content))


def _nodes(source: str) -> Iterator[Node]:
    if not source.strip():
        return
    try:
        value = _parse(source)
    except (ValueError, RecursionError):
        return
    stack, seen = [value], 0
    while stack and seen < _MOST_NODES:
        value = stack.pop()
        if isinstance(value, list):
            stack.extend(reversed(value))
        elif isinstance(value, dict):
            seen += 1
            yield value
            stack.extend(v for k, v in value.items() if isinstance(v, dict | list) and _inner(k))


def _inner(key: str) -> bool:
    return key in ("@graph", "mainEntity", "mainEntityOfPage", "itemReviewed", "author",
                   "publisher", "review")  # fmt: skip


def _parse(source: str) -> Any:
    """JSON, with the mistakes that sites make forgiven: raw line breaks, comments, commas."""
    source = _CONTROL.sub(" ", _WRAP.sub("", source))
    try:
        return json.loads(source)
    except ValueError:
        return json.loads(_TRAILING_COMMA.sub(r"\1", source).strip().rstrip(";"))


def _main(nodes: list[Node]) -> Node:
    """The object that is most like an article: by type, then by what it tells."""

    def likeness(node: Node) -> tuple[int, int]:
        types = set(types_of(node))
        kind = 2 if types & (ARTICLE_TYPES - _PAGE_TYPES) else 1 if types & _PAGE_TYPES else 0
        told = sum(bool(node.get(k)) for k in ("headline", "datePublished", "author"))
        return (kind if told else 0, told)

    best = max(nodes, key=likeness, default={})
    return best if likeness(best)[0] else {}


def _by_id(nodes: list[Node]) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for node in nodes:
        name = node.get("@id")
        if isinstance(name, str) and len(node) > len(found.get(name, ())):
            found[name] = node
    return found
