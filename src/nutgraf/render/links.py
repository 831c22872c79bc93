"""Addresses: which ones may be linked, and where our own pages live."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import quote, urlsplit
from uuid import NAMESPACE_URL, uuid5

from nutgraf.config import SiteConfig

__all__ = [
    "at_words",
    "entry_id",
    "file_name",
    "ledger_path",
    "mail_link",
    "page_url",
    "root_url",
    "safe_url",
    "story_path",
]

_UNSAFE = re.compile(r"[\x00-\x20\x7f-\xa0<>\"`{}|\\^\u2028\u2029\ud800-\udfff]")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


def safe_url(url: str | None) -> str:
    """The URL if it may be linked: http or https with a host; else empty.

    Addresses come from feeds and pages, so `javascript:` and `data:` ones do turn up.
    """
    text = (url or "").strip()
    if _UNSAFE.search(text):
        return ""
    try:
        parts = urlsplit(text)
        usable = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return ""
    return text if usable else ""


def at_words(url: str | None, words: str) -> str:
    """`url` with a text fragment that scrolls a browser to `words` on the source's page.

    https://wicg.github.io/scroll-to-text-fragment/ - where the words are gone, the page opens
    at its top.
    """
    address = safe_url(url)
    tokens = words.split()
    if not address or not tokens:
        return address
    ends = (
        [" ".join(tokens)] if len(tokens) <= 10 else [" ".join(tokens[:5]), " ".join(tokens[-5:])]
    )
    # A dash marks a prefix or suffix in a directive, so it must be escaped too.
    directive = ",".join(quote(end, safe="", errors="ignore").replace("-", "%2D") for end in ends)
    return f"{address}{'' if '#' in address else '#'}:~:text={directive}"


def file_name(id: str) -> str:
    """A name for a file or folder out of an id; an id that is no safe name gets a hash of it."""
    if _NAME.fullmatch(id) and not id.endswith("."):
        return id
    return "x" + hashlib.sha256(id.encode(errors="replace")).hexdigest()[:24]


def story_path(story: str) -> str:
    """Where a story's page lives inside its edition's folder."""
    return f"stories/{file_name(story)}.html"


def ledger_path(story: str, kind: str) -> str:
    """Where a story's ledger lives as a file of `kind` (csv, json), inside its edition's folder."""
    return f"stories/{file_name(story)}/ledger.{kind}"


def page_url(site: SiteConfig, edition: str, path: str = "") -> str:
    """Absolute address of a page of an edition; empty while no base_url is set."""
    base = safe_url(site.base_url)
    return f"{base.rstrip('/')}/{file_name(edition)}/{path}" if base else ""


def root_url(site: SiteConfig, name: str) -> str:
    """Absolute address of a file beside the editions' folders; empty while no base_url is set."""
    base = safe_url(site.base_url)
    return f"{base.rstrip('/')}/{name}" if base else ""


def entry_id(edition: str, story: str = "") -> str:
    """A feed id that stays the same if the site moves to another address."""
    return uuid5(NAMESPACE_URL, f"nutgraf:{edition}:{story}").urn


def mail_link(subject: str, *lines: str) -> str:
    """A `mailto:` address that opens a letter about a page, without a recipient."""
    body = "\r\n\r\n".join(line for line in lines if line)
    return "mailto:?subject={}&body={}".format(
        *(quote(part, safe="", errors="ignore") for part in (" ".join(subject.split()), body))
    )
