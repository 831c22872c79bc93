"""What stands around an article on its page, taken out of the tree before the text is read.

Each rule goes by structure: what a block's role or name says it is for, the label over it,
whether it is a list of links to other pages, whether a table lays out columns. None goes by an
outlet. A block that holds much of the page's text is never taken out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

from nutgraf.adapters.html.marks import line_of

__all__ = ["flatten_tables", "prune"]

_MOST = 0.2
"""Share of the page's text above which a block is not taken for something beside the article."""
_LINK_WORDS = 4
"""Words from which a link that fills its block is a headline."""
_FILLS = 0.8
"""Share of a block's text from which its link fills it."""
_MOST_CARDS = 0.5
"""The same for rows of cards, whose form says what they are."""
_CARDS = 3
"""Cards from which a row of them is a list of other articles."""
_ROW = 0.4
"""Share of its parent's text from which such a row is what the parent is for."""
_PARAGRAPH = 80
"""Characters from which a p element is a paragraph of somebody's text."""
_CARD = 500
"""Characters of a headline with its teaser, at most."""
_CELL = 400
"""Characters of a table's cell from which it is a column of the page, not a datum."""
_ROLES = (
    "//*[@role='banner' or @role='contentinfo' or @role='navigation' or @role='dialog'"
    " or @role='complementary' or @role='search' or @role='alertdialog']"
)
_NAMED = (
    "//*[self::div or self::section or self::ul or self::ol or self::aside or self::p]"
    "[@class or @id or @data-component]"
)
_NAMES = re.compile(
    r"(?:^|\s)(?:ads?|adverts?|advertisements?|ad-?slot|sponsored-links|promo|newsletter|"
    r"recirculation|recirc|related|related-(?:articles|posts|stories|content|links)|"
    r"recommend(?:ed|ations)|most-?(?:read|popular|viewed)|trending|comments?|comment-list|"
    r"share|sharing|share-?bar|social-share|cookie-?(?:banner|notice|consent)|gdpr|breadcrumbs?)"
    r"(?:[-_](?:block|box|slot|list|module|wrapper|container|section|unit|widget|area))?"
    r"(?=\s|$)",
    re.IGNORECASE,
)
_LABELS = "//h2|//h3|//h4|//h5|//h6|//b|//strong|//span|//div[not(*)]|//p[not(*)]"
_LABEL = re.compile(
    r"\W*(?:most (?:read|popular|viewed)|advertisement|related(?: (?:articles|stories|news|posts|"
    r"content|topics|links|reading))?|recommended(?: for you)?|trending(?: now)?|comments?|"
    r"(?:join|start) the (?:conversation|discussion)|leave a (?:comment|reply)|"
    r"more (?:(?:press )?releases|stories|news|articles|from .{2,30}|on this(?: .{2,20})?)|"
    r"latest news|top stories|you (?:may|might) also like|read (?:more|next|also)|"
    r"what to read next|anzeige|werbung|meistgelesen|mehr zum thema|kommentare|"
    r"publicité|les plus lus|à lire aussi|sur le même sujet|commentaires|"
    r"publicidad|lo más (?:leído|visto)|noticias relacionadas|te puede interesar|comentarios|"
    r"[úu]n(?:ase|ete) a la conversación|"
    r"pubblicità|i più letti|leggi anche|commenti|publicidade|mais lidas|leia também|"
    r"advertentie|meest gelezen|lees ook|reklama|annons|mest läst)\W*",
    re.IGNORECASE,
)
_UNREAD = ("script", "style", "noscript", "template", "svg", "iframe")
_HOST = re.compile(r"\s*(?:https?:)?//(?:www\.)?([^/:?#]+)", re.IGNORECASE)
_INLINE = frozenset(
    "a abbr b bdi big cite code em font i kbd label mark q s small span strong sub sup time tt u "
    "img picture svg br wbr".split()
)


def prune(tree: Any, host: str) -> None:
    """Take blocks that are not the article out of `tree`, in place."""
    from lxml import etree

    etree.strip_elements(tree, *_UNREAD, with_tail=False)
    page = _size(tree)
    for block in tree.xpath(_ROLES):
        _remove(block, page)
    for block in _named(tree):
        _remove(block, page)
    for block in _labelled(tree):
        _remove(block, page)
    _remove_cards(tree, page, host)


def flatten_tables(tree: Any) -> None:
    """Make blocks of the tables that lay out the page, in place; tables of data stay."""
    nested = set(tree.xpath("//table//table"))
    for table in list(tree.iter("table")):
        parts = [e for e in table.iter("tr", "td", "th") if next(e.iterancestors("table")) is table]
        columns = any(e.tag != "tr" and _size(e) > _CELL for e in parts)
        if table in nested or columns or table.find(".//table") is not None:
            for element in (table, *parts):
                element.tag = "div"


def _named(tree: Any) -> Iterator[Any]:
    for block in tree.xpath(_NAMED):
        names = (block.get("class"), block.get("id"), block.get("data-component"))
        if any(name and _NAMES.search(name) for name in names):
            yield block


def _labelled(tree: Any) -> Iterator[Any]:
    """The blocks that a label of the page stands over."""
    for label in tree.xpath(_LABELS):
        if not label.text or len(label.text) > 60 or not _LABEL.fullmatch(line_of(label)):
            continue
        block = label.getparent()
        while block is not None and _size(block) <= len(line_of(label)) + 3:
            block = block.getparent()
        if block is not None and _first_text(block) == label.text.strip():
            yield block


def _first_text(block: Any) -> str:
    return next((text.strip() for text in block.itertext() if text.strip()), "")


def _remove_cards(tree: Any, page: int, host: str) -> None:
    """Take out rows of headlines that lead to other articles, with their teasers."""
    headlines = [a for a in tree.iter("a") if _leads_on(a.get("href"), host) and _is_headline(a)]
    if len(headlines) < _CARDS:
        return
    held = Counter(ancestor for link in headlines for ancestor in link.iterancestors())
    rows: dict[Any, list[Any]] = {}
    for link in headlines:
        card = link
        for ancestor in link.iterancestors():
            if held[ancestor] > 1:
                break
            card = ancestor
        if card.getparent() is not None and _size(card) <= _CARD:
            rows.setdefault(card.getparent(), []).append(card)
    main = _main(tree)
    for parent, row in rows.items():
        size = sum(map(_size, row))
        if len(row) < _CARDS or parent in main or size < _ROW * _size(parent):
            continue
        for block in [parent] if size >= _FILLS * _size(parent) else row:
            _remove(block, page, _MOST_CARDS)


def _main(tree: Any) -> set[Any]:
    """The elements inside the smallest one that holds half of the page's paragraphs, and it."""
    held: Counter[Any] = Counter()
    for paragraph in tree.iter("p"):
        if (size := _size(paragraph)) >= _PARAGRAPH:
            for ancestor in paragraph.iterancestors():
                held[ancestor] += size
    half = max(held.values(), default=0) / 2
    best = min((e for e in held if held[e] > half), key=lambda e: held[e], default=None)
    return set() if best is None else set(best.iter())


def _leads_on(href: str | None, host: str) -> bool:
    """Whether a link goes to another page of the same site."""
    if not href or href.startswith(("#", "mailto:", "javascript:", "tel:")):
        return False
    there = _HOST.match(href)
    return not there or there[1].lower() == host.removeprefix("www.")


def _is_headline(link: Any) -> bool:
    text = line_of(link)
    if text.count(" ") < _LINK_WORDS - 1:
        return False
    block = link
    while block.tag in _INLINE and block.getparent() is not None:
        block = block.getparent()
    return len(text) >= _FILLS * _size(block) or block.tag in ("div", "td")


def _size(element: Any) -> int:
    """Characters of an element's text."""
    return int(_measure()(element))


@cache
def _measure() -> Any:
    """Compiled once: in Python the same takes five times as long."""
    from lxml import etree

    return etree.XPath("string-length(normalize-space(.))")


def _remove(block: Any, page: int, most: float = _MOST) -> None:
    """Take out a block, not what follows it, unless it holds much of the page."""
    if block.getparent() is not None and _size(block) <= most * page:
        block.drop_tree()
