"""extract: what a page says, merged with what its feed said, becomes an article.

The page wins where it is any good. A consent page, a paywall's stub or an error page that
answers 200 is not: then the feed's own text is kept.
"""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import cast

from msgspec.structs import replace

from nutgraf.errors import Dropped
from nutgraf.text.dates import parse_when, when_key
from nutgraf.text.furniture import is_furniture
from nutgraf.text.kinds import kind_of
from nutgraf.text.languages import language_of
from nutgraf.text.urls import article_id, host_of
from nutgraf.text.words import words
from nutgraf.types import Article, Document, Entry, Kind, Made, Page, PageDue

__all__ = ["MADE_BY", "Read", "article_kind", "extract", "from_document"]

MADE_BY = "extract/1"
Read = Callable[[bytes, str, str], Document]
"""Reads a page: its bytes, its URL, its content type."""

LEAST_WORDS = 5
"""A text of fewer words is no sentence of news; "Read more at the link" has five."""
LONGEST = 200_000
"""Characters of an article that are kept, about 33,000 words: four times the longest of the 974
pages of the extraction sets."""
_RICHER = 1.5
"""A feed's text this much longer than the page's shows that the page gave a stub."""
_STUB = 150
"""Words up to which a page's text may be a wall in place of the article."""
_EARLIEST = 1990

_WALL = re.compile(
    r"\b(?:cookies?|consent|gdpr|enable javascript|javascript is (?:disabled|required)|"
    r"ad ?blocker|are you (?:a )?(?:human|robot)|captcha|access denied|403 forbidden|"
    r"page (?:you (?:requested|are looking for)|not found|cannot be found|does ?n[o’']t exist)|"
    r"404|just a moment|checking your browser|verify you are human|subscribe to (?:continue|read)|"
    r"subscribers? only|already a subscriber|sign in to (?:continue|read)|log in to (?:continue|"
    r"read)|create (?:a|your) free account|this content is (?:reserved|not available)|"
    r"datenschutz|zustimm\w+|jetzt abonnieren|réservé aux abonnés|página no encontrada|"
    r"seite nicht gefunden|page introuvable|pagina non trovata)\b",
    re.IGNORECASE,
)
_WALL_TITLE = re.compile(
    r"^(?:just a moment|access denied|attention required|are you a robot|403|404|error|"
    r"page not found|not found|forbidden|subscribe|log ?in|sign ?in|before you continue|"
    r"cookie|privacy|consent|robot|security check|bot verification)\b",
    re.IGNORECASE,
)
# "[^<>]" keeps these linear: a "<" that is never closed must not be searched to the end each time.
_BLOCK_END = re.compile(
    r"<\s?(?:br|/?(?:p|div|li|h[1-6]|blockquote|tr|figure|ul|ol))\b[^<>]*>", re.IGNORECASE
)
_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")
_UNREAD = re.compile(r"<(script|style|figcaption)\b|<!--", re.IGNORECASE)
_UNREAD_END = {
    "script": re.compile(r"</script\s*>", re.IGNORECASE),
    "style": re.compile(r"</style\s*>", re.IGNORECASE),
    "figcaption": re.compile(r"</figcaption\s*>", re.IGNORECASE),
    "": re.compile(r"-->"),
}
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2060\ufeff\ud800-\udfff]")
_FEED_TAIL = re.compile(r"^The post .{3,300} (?:appeared first on|first appeared on) .{2,100}$")


def extract(due: PageDue, page: Page | None, read: Read, now: datetime) -> tuple[Article, Made]:
    """The article behind an entry, and what it was made from: `made.source` is "page URL" or
    "feed URL".

    `page` is None when it could not be had; then the feed's own text stands in. Raises
    `Dropped("no text")` if neither holds `LEAST_WORDS` words.
    """
    entry = due.entry
    document = _read(page, read)
    told = _feed_text(entry)
    by_page = document is not None and not _poorer(document, told)
    text = document.text if document is not None and by_page else told
    if len(words(text[:2_000])) < LEAST_WORDS:
        raise Dropped("no text", _why(page, document, entry))
    merged = _merge(document, by_page=by_page, entry=entry, text=text, page=page, now=now)
    article = from_document(merged, entry.url or None)
    if article.url is None:  # the guid lasts when a text is edited; its hash does not
        article = replace(article, id=_digest(entry.guid or article.text))
    source = f"{'page' if by_page else 'feed'} {(page.url if by_page and page else entry.url)}"
    cut = f" (cut at {LONGEST} characters)" if len(text) > LONGEST else ""
    reader = f" {document.reader}" if by_page and document is not None and document.reader else ""
    return article, Made(by=MADE_BY + reader, source=source + cut)


def from_document(document: Document, url: str | None = None) -> Article:
    """The article in a document, with its id and kind. `url` is where it came from, if known.

    Raises `Dropped("no text")` if it holds fewer than `LEAST_WORDS` words.
    """
    text = _cut(document.text)
    if len(words(text[:2_000])) < LEAST_WORDS:
        raise Dropped("no text", document.url or url or document.title)
    address = document.url or url
    identity = article_id(address) if address else _digest(f"{document.title}\n{text}")
    return Article(
        id=identity,
        url=address,
        title=document.title,
        text=text,
        published=document.published,
        publisher=document.publisher,
        authors=document.authors,
        language=document.language,
        kind=article_kind(document, document.title, text, address),
        modified=document.modified,
    )


def article_kind(document: Document, title: str, text: str, url: str | None) -> Kind:
    """The kind that hints, title, text and URL show; "news" unless one of them says otherwise."""
    return cast("Kind", kind_of(document.hints, title, text, url))


def _read(page: Page | None, read: Read) -> Document | None:
    """What the page says, or None if there is none or it is a wall in the article's place."""
    if page is None or not page.body or not 200 <= page.status < 300:
        return None
    document = read(page.body, page.url, page.content_type)
    return None if _is_wall(document) else document


def _is_wall(document: Document) -> bool:
    """A consent page, paywall, robot check or error page: little text, and that about itself."""
    size = len(words(document.text[:4_000]))
    if size > _STUB:
        return False
    if _WALL_TITLE.match(document.title):
        return True
    # Two marks: one word like "cookies" may be what a short report is about.
    marks = {match.group().lower() for match in _WALL.finditer(document.text)}
    return len(marks) >= 2


def _poorer(document: Document, told: str) -> bool:
    """Whether the page has much less to say than the feed."""
    size = len(words(document.text[:20_000]))
    return size < LEAST_WORDS or len(words(told[:20_000])) > _RICHER * size


def _feed_text(entry: Entry) -> str:
    """The longer of the entry's content and summary as plain text, a block a line."""
    return max((_plain(entry.content), _plain(entry.summary)), key=len)


def _plain(markup: str) -> str:
    markup = _BLOCK_END.sub("\n", _without_unread(markup[: 10 * LONGEST]))
    text = html.unescape(_TAG.sub("", markup))
    text = unicodedata.normalize("NFC", _CONTROL.sub("", text))
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(x for x in lines if x and not is_furniture(x) and not _FEED_TAIL.match(x))


def _without_unread(markup: str) -> str:
    """Markup without scripts, styles, captions and comments; an unclosed one ends the text."""
    kept: list[str] = []
    at = 0
    while start := _UNREAD.search(markup, at):
        kept.append(markup[at : start.start()])
        end = _UNREAD_END[(start[1] or "").lower()].search(markup, start.end())
        if end is None:
            return " ".join(kept)
        at = end.end()
    return " ".join([*kept, markup[at:]])


def _merge(
    document: Document | None,
    *,
    by_page: bool,
    entry: Entry,
    text: str,
    page: Page | None,
    now: datetime,
) -> Document:
    """The document with the entry's word wherever the page is silent, implausible or vaguer."""
    found = document or Document(text="")
    title = found.title if by_page and found.title else entry.title or found.title
    address = found.url or (page.url if page and document else None) or entry.url or None
    return replace(
        found,
        text=text,
        title=" ".join(_plain(title).split()),
        url=address,
        published=_published(found.published, entry.published, now),
        modified=_plausible(found.modified, now),
        publisher=_publisher(found, entry, address),
        authors=found.authors or entry.authors,
        language=found.language if by_page else language_of(entry.language, text),
    )


def _publisher(found: Document, entry: Entry, address: str | None) -> str | None:
    """The page's name for its outlet unless that is only its host, else the feed's."""
    host = host_of(address or "")
    named = found.publisher if found.publisher not in (None, host, f"www.{host}") else None
    return named or entry.outlet or found.publisher or host or None


def _published(page: str | None, entry: str | None, now: datetime) -> str | None:
    """The page's date if it is plausible; the entry's where that tells the time of that day."""
    from_page, from_entry = _plausible(page, now), _plausible(entry, now)
    if from_page and from_entry and len(from_page) == 10 < len(from_entry):
        apart = cast("datetime", when_key(from_entry)) - cast("datetime", when_key(from_page))
        if timedelta(hours=-14) <= apart <= timedelta(hours=38):  # the same day somewhere
            return from_entry
    return from_page or from_entry


def _plausible(when: str | None, now: datetime) -> str | None:
    """`when` as ISO 8601; None if it is no date, before 1990 or over a day after `now`."""
    iso = parse_when(when) if when else None
    moment = when_key(iso)
    if moment is None or moment.year < _EARLIEST or moment > now + timedelta(days=1):
        return None
    return iso


def _cut(text: str) -> str:
    """At most `LONGEST` characters, ending with a line where there are lines."""
    if len(text) <= LONGEST:
        return text
    head, line_end, _ = text[:LONGEST].rpartition("\n")
    return head if line_end and len(head) > LONGEST // 2 else text[:LONGEST].rstrip()


def _digest(content: str) -> str:
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _why(page: Page | None, document: Document | None, entry: Entry) -> str:
    where = entry.url or entry.guid
    if page is None:
        return f"{where}: no page, and the feed carries no text"
    if document is None:
        return f"{where}: a consent, sign-in or error page, and the feed carries no text"
    return f"{where}: neither the page nor the feed holds a sentence"
