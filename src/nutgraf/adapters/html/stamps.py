"""When a page was published and last changed."""

from __future__ import annotations

import re
from typing import Any

from nutgraf.adapters.html.marks import Marks, line_of
from nutgraf.text.dates import parse_when

__all__ = ["modified_of", "published_of"]

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "article:published", "datepublished",
    "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date", "publish_date",
    "published_time", "dc.date.issued", "dcterms.created", "dc.date.created", "dc.date",
    "dcterms.date", "date", "citation_publication_date", "citation_date", "article.published",
    "displaydate", "originalpublicationdate", "cxenseparse:recs:publishtime", "og:pubdate",
    "rnews:datepublished", "ptime", "bt:pubdate", "article_date_original", "citation_online_date",
    "dcterms.issued", "release_date",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "last-modified", "lastmod",
    "article:modified", "dcterms.modified", "dc.date.modified", "revised",
)  # fmt: skip
_IN_URL = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
_AT = re.compile(r"date|time|publi|posted|meta|byline", re.IGNORECASE)
_CHANGED = re.compile(r"updat|modif|chang|revis|aktualis|mis à jour|actuali", re.IGNORECASE)
_ASIDE = re.compile(
    r"comment|related|recent|recommend|sidebar|footer|widget|card|teaser|more-", re.I
)
_DATED_LINE = 160
"""Characters of an element that may be a dateline; a longer one is a paragraph."""


def published_of(marks: Marks, tree: Any, url: str | None) -> str | None:
    """The first of: JSON-LD, meta elements, a time element, the URL's date, a dateline.

    A full time wins over a bare day if both name the same day. `tree` may be changed: read
    everything else first.
    """
    given = (_json(marks, "datePublished"), _meta(marks, _PUBLISHED))
    found = [when for when in given if when]
    if not found:
        return _time_element(marks) or _url_date(url) or _dateline(tree) or _searched(tree, url)
    return max((when for when in found if when[:10] == found[0][:10]), key=len)


def modified_of(marks: Marks) -> str | None:
    """When the page says it was last changed."""
    return _json(marks, "dateModified") or _meta(marks, _MODIFIED)


def _json(marks: Marks, key: str) -> str | None:
    for node in [marks.article, *marks.nodes]:
        value = node.get(key)
        if isinstance(value, list):
            value = value[0] if value else None
        if isinstance(value, str) and (when := parse_when(value)):
            return when
    return None


def _meta(marks: Marks, names: tuple[str, ...]) -> str | None:
    for name in names:
        for value in marks.meta.get(name, ()):
            if when := parse_when(value):
                return when
    return None


def _time_element(marks: Marks) -> str | None:
    """The time element nearest the top that is not about a comment, a related page or an edit."""
    for element in marks.times[:20]:
        around = _around(element)
        if _ASIDE.search(around) or _CHANGED.search(around):
            continue
        when = parse_when(element.get("datetime") or "") or parse_when(line_of(element))
        if when:
            return when
    return None


def _around(element: Any) -> str:
    """Class names and ids of the element and its nearest ancestors."""
    names = [f"{element.get('class') or ''} {element.get('itemprop') or ''}"]
    for level, ancestor in enumerate(element.iterancestors()):
        if level >= 4:
            break
        names.append(f"{ancestor.get('class') or ''} {ancestor.get('id') or ''}")
    return " ".join(names)


def _url_date(url: str | None) -> str | None:
    match = _IN_URL.search(url or "")
    return parse_when("-".join(match.groups())) if match else None


def _dateline(tree: Any) -> str | None:
    """A written date in a short element whose class or id says that it holds one."""
    for element in tree.iter("span", "div", "p", "li", "small", "abbr"):
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if not _AT.search(names) or _ASIDE.search(names):
            continue
        line = line_of(element)
        if 5 < len(line) <= _DATED_LINE and (when := parse_when(line)):
            return when
    return None


def _searched(tree: Any, url: str | None) -> str | None:
    """The likeliest date anywhere on the page, by htmldate: slow (7 ms), so the last resort.

    It found the right day on 45 of the 74 pages of wcxb_articles_dev that come this far.
    """
    from htmldate import find_date

    try:
        return find_date(tree, original_date=True, url=url)
    except Exception:  # its bugs on odd pages are not ours
        return None
