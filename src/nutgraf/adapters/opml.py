"""OPML: the lists of feeds that readers exchange."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from nutgraf.errors import DocumentError
from nutgraf.types import Feed

__all__ = ["read_opml", "write_opml"]


def read_opml(data: bytes, name: str = "the OPML file") -> list[Feed]:
    """The feeds of all outlines, however deep they are nested, each once; folders are left out.

    External entities are not read. Raises `DocumentError`, with `name`, for what is no OPML.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data.strip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        words = " ".join(str(error).split())
        raise DocumentError(f"{name} is not OPML: {words}") from None
    if etree.QName(root).localname.lower() != "opml":
        raise DocumentError(f"{name} is not OPML: it begins with <{etree.QName(root).localname}>")
    found: dict[str, Feed] = {}
    for outline in root.iter("{*}outline"):
        marks = {str(key).lower(): str(value).strip() for key, value in outline.attrib.items()}
        url = _web(marks.get("xmlurl", ""))
        if url:
            title = marks.get("title") or marks.get("text") or ""
            found.setdefault(url, Feed(url=url, title=title if title != url else ""))
    return list(found.values())


def _web(url: str) -> str:
    """An http(s) address; "feed:" before one is a habit of old readers."""
    if url.lower().startswith("feed://"):
        url = f"http://{url[7:]}"
    elif url.lower().startswith("feed:"):
        url = url[5:]
    return url if url.lower().startswith(("http://", "https://")) else ""


def write_opml(feeds: Iterable[Feed], title: str = "Nutgraf") -> bytes:
    """An OPML 2.0 document (UTF-8) of the feeds, in their order."""
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = _sayable(title)
    body = etree.SubElement(root, "body")
    for feed in feeds:
        name = _sayable(feed.title or feed.outlet or feed.url)
        etree.SubElement(
            body, "outline", type="rss", text=name, title=name, xmlUrl=_sayable(feed.url)
        )
    document: bytes = etree.tostring(
        root, encoding="utf-8", xml_declaration=True, pretty_print=True
    )
    return document


def _sayable(text: str) -> str:
    """Without the characters that XML cannot carry."""
    kept = (c for c in text if c in "\t\n\r" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd"
            or c >= "\U00010000")  # fmt: skip
    return "".join(kept)
