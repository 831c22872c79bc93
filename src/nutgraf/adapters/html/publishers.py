"""Who publishes a page, and its own address."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from nutgraf.adapters.html.marks import Marks, strings, types_of
from nutgraf.adapters.html.titles import outlet_in_title
from nutgraf.text.urls import host_of

__all__ = ["address_of", "publisher_of"]

_SECOND_LEVEL = frozenset("co com org net ac gov edu or ne go gob nom ltd plc sch gen".split())
_ORGANIZATIONS = frozenset({"newsmediaorganization", "organization", "website"})
_ADDRESS = re.compile(r"^https?:|^www\.|^@|[/\\]|^\d+$")
_TAGLINE = re.compile(r"\s+[|–—:•]\s+.*$|\s+-\s+.*$")
_LONGEST = 60


def publisher_of(marks: Marks, url: str | None) -> str | None:
    """og:site_name, else the JSON-LD publisher or website, else the title's suffix, else host."""
    host = host_of(url) if url else ""
    found = marks.meta.get("og:site_name", []) + _publishers(marks)
    found += [marks.first("application-name", "citation_publisher", "dc.publisher", "publisher")]
    found += [outlet_in_title(marks, host)]
    for name in found:
        name = _TAGLINE.sub("", name).strip() if len(name) > 25 else name.strip()
        if 1 < len(name) <= _LONGEST and not _ADDRESS.search(name):
            return name
    return host.removeprefix("www.") or None


def _publishers(marks: Marks) -> list[str]:
    publisher = marks.article.get("publisher")
    if isinstance(publisher, dict) and not publisher.get("name"):
        publisher = marks.ids.get(str(publisher.get("@id")))
    found = strings(publisher)
    for node in marks.nodes:
        if _ORGANIZATIONS & set(types_of(node)):
            found += strings(node.get("name"))
    return found


def address_of(marks: Marks, url: str | None) -> str | None:
    """The canonical address: the page's own, if it is on the same site and not its front page.

    Without `url` the page's own is believed. A canonical link to another site is how a
    syndicated copy names its origin, and how a broken template names its vendor: not an identity.
    """
    for given in (marks.canonical, marks.first("og:url")):
        own = _absolute(given, url)
        if own and (not url or _same_page(own, url)):
            return own
    return url


def _absolute(given: str, url: str | None) -> str | None:
    try:
        own = urljoin(url or "", given.strip()) if given else ""
    except ValueError:
        return None
    return own if host_of(own) and own.startswith("http") else None


def _same_page(own: str, url: str) -> bool:
    if _site(own) != _site(url):
        return False
    # Some templates give every page the front page or a section as canonical address.
    return len(urlsplit(own).path.rstrip("/")) > 1 or len(urlsplit(url).path.rstrip("/")) <= 1


def _site(url: str) -> str:
    """The registrable part of the host, near enough: two labels, three under "co.uk"."""
    labels = host_of(url).split(".")
    wide = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    return ".".join(labels[-3:] if wide else labels[-2:])
