"""The feeds that a page says it has."""

from __future__ import annotations

from lxml import etree, html

from nutgraf.adapters.feeds.decode import clean, decode
from nutgraf.adapters.feeds.mend import urljoin_safe

__all__ = ["find_feeds"]

_TYPES = ("rss+xml", "atom+xml", "rdf+xml", "feed+json")


def find_feeds(page: str | bytes, url: str = "") -> list[str]:
    """Addresses of a page's `rel=alternate` feeds, in order, each once.

    Absolute if `url`, the page's own address, is given. Feeds of comments come last. Never
    raises.
    """
    text = decode(page, "") if isinstance(page, bytes) else page
    try:
        parser = html.HTMLParser(encoding="utf-8")
        root = html.document_fromstring(clean(text).encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return []
    base = next(iter(root.xpath("//base/@href")), "")
    found: dict[str, bool] = {}
    for link in root.iter("link"):
        kind = link.get("type", "").lower()
        if "alternate" in link.get("rel", "").lower().split() and any(t in kind for t in _TYPES):
            address = urljoin_safe(urljoin_safe(url, base) or url, link.get("href", ""))
            about = f"{link.get('title', '')} {address}".lower()
            if address and not address.startswith(("javascript:", "data:")):
                found.setdefault(address, "comments" in about)
    return sorted(found, key=lambda address: found[address])
