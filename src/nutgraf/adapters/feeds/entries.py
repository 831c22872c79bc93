"""Raw items to entries: titles without markup, absolute links, ISO dates, guids that differ."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from msgspec.structs import replace

from nutgraf.adapters.feeds.dates import iso_date
from nutgraf.adapters.feeds.decode import clean
from nutgraf.adapters.feeds.mend import urljoin_safe
from nutgraf.adapters.feeds.raw import RawEntry, RawFeed
from nutgraf.text.urls import host_of
from nutgraf.types import Entry, ParsedFeed

__all__ = ["parsed", "plain"]

# Real HTML only: "List<String>" and "a < b" are words of a title.
_TAG = re.compile(
    r"<!--.{0,2000}?-->|</?(?:a|abbr|acronym|applet|b|bdi|bdo|big|blink|br|center|cite|code|del|"
    r"dfn|div|em|embed|font|frame|frameset|h[1-6]|hr|i|iframe|img|ins|kbd|li|mark|object|ol|p|q|s|"
    r"samp|script|small|span|strike|strong|style|sub|sup|svg|time|tt|u|ul|var|wbr)\b[^<>]{0,2000}>",
    re.I | re.S,
)
_HIDDEN = re.compile(r"<(script|style)\b[^<>]{0,2000}>.{0,20000}?</\1\s*>", re.I | re.S)
_JUNK = re.compile(
    r"\s*(?:[-–—|:»«>·/(\[]\s*)?\b(?:rss(?:\s*(?:2\.0|feeds?|news))?|atom(?: feed)?|feeds?"
    r"|full feed)\b[)\]]?\s*$",
    re.I,
)
_PARTS = re.compile(r"\s+[-–—|:»«>·/]+\s+|\s*[»«]\s*|:\s+")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_].*)?")
_LONGEST_NAME = 200
_LONGEST_LINE = 5000


def parsed(feed: RawFeed, url: str) -> ParsedFeed:
    """The feed with clean entries, each with a guid of its own; exact repeats are left out."""
    title = plain(feed.title)
    link = _web(feed.link, url)
    language = _language(feed.language)
    outlet = _outlet(title, link or url)
    entries: dict[str, Entry] = {}
    for raw in feed.entries:
        entry = _entry(raw, url, language, outlet, feed.authors)
        first = entries.get(entry.guid)
        if first == entry:
            continue
        if first is not None:
            guid = f"{entry.guid}#{_digest(entry.url, entry.title, entry.content or entry.summary)}"
            entry = replace(entry, guid=guid)
        entries.setdefault(entry.guid, entry)
    return ParsedFeed(
        title=title, language=language, link=link, ttl=feed.ttl, entries=list(entries.values())
    )


def _entry(raw: RawEntry, url: str, language: str | None, outlet: str, authors: list[str]) -> Entry:
    links = (_web(link, url) for link in raw.links)
    link = next((link for link in links if link), "")
    source, title = plain(raw.source), plain(raw.title)
    summary, content = clean(raw.summary).strip(), clean(raw.content).strip()
    if source:  # Google News writes "Headline - Outlet"
        title = title.removesuffix(f" - {source}")
    return Entry(
        guid=clean(raw.id).strip() or link or _digest(title, summary, content),
        url=link,
        title=title,
        summary=summary,
        content=content,
        published=next((iso for text in raw.dates if (iso := iso_date(text))), None),
        authors=_names(raw.authors) or [n for n in _names(authors) if n != outlet],
        language=_language(raw.language) or language,
        outlet=source or outlet,
    )


def plain(text: str) -> str:
    """One line of text: tags stripped, entities unescaped once more, white space folded."""
    text = text[:_LONGEST_LINE]
    text = _TAG.sub(" ", _HIDDEN.sub(" ", text)) if "<" in text else text
    if "&" in text:
        text = html.unescape(text)
        text = _TAG.sub(" ", _HIDDEN.sub(" ", text)) if "<" in text else text
    return " ".join(clean(text).split())


def _web(link: str, base: str) -> str:
    """An absolute http(s) address, or ""."""
    address = urljoin_safe(base, "".join(clean(html.unescape(link)).split()))
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in ("http", "https") and parts.netloc else ""


def _names(authors: Iterable[str]) -> list[str]:
    """Names of people without their addresses, each once: "desk@x.example (Ana Lima)"."""
    found: dict[str, None] = {}
    for author in authors:
        name = plain(author)
        address = re.search(r"[^\s@(<]+@[^\s@)>]+", name)
        if address:
            name = re.sub(r"[<>()\[\]]", " ", name.replace(address[0], " "))
            name = " ".join(name.replace("mailto:", " ").split())
        name = re.sub(r"^by\s+", "", name, flags=re.I).strip(" ,;")
        if name and not name.startswith(("http://", "https://")):
            found.setdefault(name[:_LONGEST_NAME])
    return list(found)


def _language(tag: str) -> str | None:
    """ISO 639 code of a language tag: "en-GB" is "en"."""
    match = _LANGUAGE.fullmatch(tag.strip())
    return match[1].lower() if match else None


def _outlet(title: str, url: str) -> str:
    """The publisher's name in a feed's title: "World - Harbour Ledger RSS" at
    harbourledger.example is "Harbour Ledger". Without such a part, the title; without a title,
    the host."""
    host = host_of(url)
    bare = _JUNK.sub("", title).strip(" -–—|:»«>") or title
    squashed = re.sub(r"[^a-z0-9]", "", host)
    parts = [part.strip() for part in _PARTS.split(bare) if part.strip()]
    fits = [part for part in parts if _fits(part, host, squashed)]
    return max(fits, key=len) if len(parts) > 1 and fits else bare or host


def _fits(part: str, host: str, squashed: str) -> bool:
    """Whether words of a title are in the host's name, or its name in them."""
    letters = re.sub(r"[^a-z0-9]", "", re.sub(r"^the\s+", "", part.lower()))
    labels = [label.replace("-", "") for label in host.split(".")[:-1]]
    inside = len(letters) >= 3 and letters in squashed
    return inside or any(len(label) >= 3 and label in letters for label in labels)


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode("utf-8", "replace")).hexdigest()[:16]
