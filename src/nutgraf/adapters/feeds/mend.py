"""One pass over the XML before fastfeedparser: markup made text, and what it drops picked up.

fastfeedparser reads the text of an element and not what is marked up in it, one author of
several, no language and no ttl of RSS, no xml:base; it turns a day into midnight UTC and takes
the guid "2024" for a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from nutgraf.adapters.feeds.decode import xml_text
from nutgraf.adapters.feeds.raw import MOST_ENTRIES, RawEntry, RawFeed

__all__ = ["mend", "urljoin_safe"]

# Namespaces by a part of their address, so that slips ("http://" for "https://", a missing
# slash, an old version) don't matter; the rest is known by its local name alone.
_PREFIXES = (
    ("purl.org/dc/", "dc"),
    ("modules/content", "content"),
    ("modules/syndication", "sy"),
    ("search.yahoo.com/mrss", "media"),
    ("www.itunes.com", "itunes"),
    ("feedburner.org", "feedburner"),
    ("/xhtml", "xhtml"),
)
_PLAIN = ("/Atom", "purl.org/atom", "purl.org/rss", "netscape.com/rdf", "backend.userland", "rdf-s")
_ROOTS = frozenset({"rss", "rdf", "feed", "channel"})
_ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"
_MARKUP = ("title", "dc:title", "description", "summary", "subtitle", "content", "content:encoded")
_BODIES = ("content:encoded", "xhtml:body", "xhtml:div", "fullitem")
_DATES = ("pubdate", "published", "issued", "dc:date", "dc:issued", "dc:created", "created", "date",
          "updated", "modified", "dc:modified", "dcterms:modified")  # fmt: skip
_PERIODS = {"hourly": 3600, "daily": 86400, "weekly": 604800, "monthly": 2592000}

Fields = dict[str, list[Any]]
"""Child elements of an element, by name, in order."""


def mend(text: str, url: str) -> tuple[bytes, RawFeed] | None:
    """The document made plain, and what to add; None if its root isn't a feed's."""
    root = _parse(xml_text(text))
    if root is None or _name(root) not in _ROOTS:
        return None
    channel = next((child for child in root if _name(child) == "channel"), root)
    fields = _fields(root) | _fields(channel)
    site = _flatten(fields, url)
    items = list(islice(_items(root), MOST_ENTRIES))
    if _name(root) == "rss":  # items beside or below the channel are not looked for
        channel.extend([item for item in items if item.getparent() is not channel])
    known = RawFeed(
        title=_text(fields, "title", "dc:title"),
        language=_lang(channel) or _text(fields, "language", "dc:language"),
        ttl=_ttl(fields),
        authors=_authors(fields),
        entries=[_item(item, site) for item in items],
    )
    return etree.tostring(root, encoding="utf-8"), known


def _parse(text: str) -> Any:
    parser = etree.XMLParser(
        recover=True, encoding="utf-8", resolve_entities=False, remove_comments=True
    )
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _name(element: Any) -> str:
    """ "title", "dc:creator", "content:encoded": one name, whatever the prefix in the document."""
    return _known(element.tag) if isinstance(element.tag, str) else ""


@lru_cache(maxsize=4096)
def _known(tag: str) -> str:
    space, _, local = tag.rpartition("}")
    local = local.lower()
    if not space:
        return "rdf" if local == "rdf:rdf" else re.sub(r"^(?:rss|atom):", "", local)
    prefix = next((p for part, p in _PREFIXES if part in space), None)
    if prefix is None and any(part in space for part in _PLAIN):
        return local
    return f"{prefix or '?'}:{local}"


def _fields(element: Any) -> Fields:
    fields: Fields = {}
    for child in element:
        fields.setdefault(_name(child), []).append(child)
    return fields


def _items(root: Any) -> Iterator[Any]:
    """Items at any depth (RSS 1.0 has them beside the channel), but none within another."""
    for child in root:
        if _name(child) in ("item", "entry"):
            yield child
        elif _name(child) in ("channel", "items", "rss", "feed"):
            yield from _items(child)


def _item(item: Any, site: str) -> RawEntry:
    fields = _fields(item)
    _flatten(fields, site)
    about = [value for key, value in item.attrib.items() if key.endswith("}about")]
    known = RawEntry(
        id=_text(fields, "guid", "id", "dc:identifier") or "".join(about),
        links=[text for guid in fields.get("guid", ()) if (text := _permalink(guid))] + about,
        summary=_media(item),
        content=_text(fields, "content:encoded", "content", *_BODIES),
        dates=[text for name in _DATES if (text := _text(fields, name))],
        authors=_authors(fields),
        language=_lang(item) or _text(fields, "dc:language", "language"),
        source=_source(fields),
    )
    for name, elements in fields.items():
        # A guid is taken for a link, or for a date; media:title before title for the title.
        if name == "guid" or (":" in name and name.partition(":")[2] in fields):
            for element in elements:
                item.remove(element)
    return known


def _flatten(fields: Fields, site: str) -> str:
    """Markup that is part of the document becomes text, bodies get their usual name, links are
    made absolute: RSS has no rule for relative ones, relative to the site is what they are.
    Returns the first link that is text: the site's, if these are the fields of a channel."""
    for name in (*_MARKUP, *_BODIES):
        for element in fields.get(name, ()):
            if len(element):
                pieces = [etree.tostring(child, encoding="unicode") for child in element]
                markup = "".join([element.text or "", *pieces])
                del element[:]
                element.text = re.sub(r'\sxmlns(?::\w+)?="[^"]*"', "", markup)
            if element.get("type"):
                element.set("type", "html")
            if name in _BODIES:
                element.tag = _ENCODED
    better = _text(fields, "feedburner:origlink")
    for link in fields.get("link", ()):
        base = urljoin_safe(site, link.base or "") or site  # base is xml:base of all around it
        if link.get("href"):
            link.set("href", better or urljoin_safe(base, link.get("href")))
        elif link.text:
            link.text = better or urljoin_safe(base, link.text)
    return next((e.text for e in fields.get("link", ()) if e.text and e.text.strip()), site)


def _permalink(guid: Any) -> str:
    text = (guid.text or "").strip()
    permanent = guid.get("ispermalink", guid.get("isPermaLink", "true")).lower() != "false"
    return text if permanent and text.startswith(("http://", "https://")) else ""


def _text(fields: Fields, *names: str) -> str:
    """The text of the first of these elements that has any."""
    for name in names:
        for element in fields.get(name, ()):
            text = "".join(element.itertext()).strip()
            if text:
                return text
    return ""


def _media(item: Any) -> str:
    """The description that YouTube and video feeds put into a media:group."""
    return next((e.text for e in item.iter() if e.text and _name(e) == "media:description"), "")


def _authors(fields: Fields) -> list[str]:
    found = []
    for element in fields.get("author", []):
        inner = _fields(element)
        found.append(_text(inner, "name") or ("" if inner else (element.text or "")))
    for name in ("dc:creator", "itunes:author", "managingeditor", "dc:author"):
        if not any(found):
            found += ["".join(e.itertext()) for e in fields.get(name, [])]
    return found


def _source(fields: Fields) -> str:
    for element in fields.get("source", []):
        return _text(_fields(element), "title") or (element.text or "").strip()
    return ""


def _ttl(fields: Fields) -> float | None:
    minutes = _text(fields, "ttl")
    if re.fullmatch(r"\d{1,7}", minutes):
        return float(minutes) * 60 or None
    period = _PERIODS.get(_text(fields, "sy:updateperiod").lower())
    times = _text(fields, "sy:updatefrequency") or "1"
    if period and re.fullmatch(r"[1-9]\d{0,4}", times):
        return period / int(times)
    return None


def _lang(element: Any) -> str:
    """xml:lang of an element, or of what is around it."""
    return next(iter(element.xpath("(ancestor-or-self::*/@xml:lang)[last()]")), "")


def urljoin_safe(base: str, link: str) -> str:
    """`urljoin` that takes what it can't read as it is."""
    try:
        return urljoin(base, link.strip()) if link else ""
    except ValueError:
        return link
