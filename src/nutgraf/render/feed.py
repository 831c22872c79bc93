"""An edition as an Atom feed (RFC 4287): one entry for each telling of a story.

An entry's id is made of the edition's and the story's, so it lasts: a story that comes back with
news is a new entry, and a feed that is written again names the same ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from lxml import etree
from lxml.builder import ElementMaker

from nutgraf.config import SiteConfig
from nutgraf.render.environment import page, printable
from nutgraf.render.links import entry_id, page_url, safe_url
from nutgraf.render.phrases import day, language_tag
from nutgraf.render.telling import Telling, tell
from nutgraf.types import Edition

__all__ = ["render_feed"]

_ATOM = "http://www.w3.org/2005/Atom"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_E = ElementMaker(namespace=_ATOM, nsmap={None: _ATOM})


def render_feed(
    edition: Edition, site: SiteConfig, previous: Sequence[Edition] = (), address: str = ""
) -> bytes:
    """The feed of `edition`'s beat: its stories first, then those of `previous` editions.

    A story that was corrected is an updated entry, its summary says so. `address` is where the
    feed is had, if not in the edition's folder.
    """
    told = [
        (issue, tell(issue, place, site.language))
        for issue in (edition, *previous)
        for place in sorted(issue.stories, key=lambda place: place.rank)
    ]
    updated = max([edition.issued_at, *(one.updated for _, one in told)])
    feed = _E.feed(
        _E.id(entry_id(f"beat:{edition.beat}")),
        _E.title(_text(f"{site.title}: {edition.title or edition.beat}")),
        _E.updated(_time(updated)),
        _E.author(_E.name(_text(site.title))),
        _E.generator("Nutgraf"),
    )
    if language_tag(site.language):
        feed.set(_XML_LANG, site.language)
    if base := safe_url(site.base_url):
        feed.append(_E.link(rel="self", href=address or page_url(site, edition.id, "feed.atom")))
        feed.append(_E.link(rel="alternate", type="text/html", href=base))
    for issue, one in told:
        feed.append(_entry(issue, site, one))
    written: bytes = etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return written


def _entry(edition: Edition, site: SiteConfig, told: Telling) -> etree._Element:
    link = page_url(site, edition.id, told.path)
    entry = _E.entry(
        _E.id(entry_id(edition.id, told.id)),
        _E.title(_text(told.headline.text), type="text"),
        _E.updated(_time(told.updated)),
        _E.published(_time(edition.issued_at)),
        _E.category(term=_text(edition.beat)),
        _E.category(term=told.brief.kind),
        _E.summary(_text(_summary(told)), type="text"),
        _E.content(_text(page("entry.html", told=told, link=link)), type="html"),
    )
    if told.lang:
        entry.set(_XML_LANG, told.lang)
    if link:
        entry.append(_E.link(rel="alternate", type="text/html", href=link))
    return entry


def _summary(told: Telling) -> str:
    """The nut graf, after what was corrected in the story."""
    corrected = [f"Corrected {day(one.at)}: {one.text}" for one in told.corrected]
    return " ".join([*corrected, told.nut_graf.text])


def _time(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


def _text(words: str) -> str:
    return str(printable(words))
