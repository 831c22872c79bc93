"""What the bundled outlets send: pages, feeds, a PDF report, robots.txt.

Everything here turns ground truth and a day into bytes; the server only picks.
"""

import json
import tomllib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cache
from html import escape
from typing import Any

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from nutgraf.demo.articles import HERE, Outlet, PressArticle, Version, load_press
from nutgraf.demo.pdf import report_pdf

__all__ = ["FEED_PATHS", "Body", "Site"]

FEED_PATHS = {"rss": "/rss.xml", "atom": "/atom.xml", "rdf": "/index.rdf", "json": "/feed.json"}
FEED_TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "rdf": "application/rdf+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}
RELATED = 4
TRACKED = ("?utm_source=rss&utm_medium=feed", "?utm_source=newsletter&utm_medium=email")


class Body(msgspec.Struct, frozen=True):
    """An answer's bytes, with when they last changed."""

    data: bytes
    media_type: str
    modified: datetime


class Item(msgspec.Struct, frozen=True):
    """One feed item. Its guid is the outlet's affair, and not always unique."""

    url: str
    guid: str
    title: str | None
    summary: str
    article: PressArticle
    version: Version


class Site(msgspec.Struct, frozen=True):
    """One outlet as it stands on one day, at one port."""

    outlet: Outlet
    port: int
    day: int

    @property
    def base(self) -> str:
        return f"http://{self.outlet.id}.localhost:{self.port}"

    @property
    def feed_url(self) -> str:
        return self.base + FEED_PATHS[self.outlet.feed]

    @property
    def articles(self) -> tuple[PressArticle, ...]:
        """What the outlet has published so far, oldest first."""
        return tuple(
            article
            for article in load_press()[1]
            if article.outlet == self.outlet.id and article.day <= self.day
        )

    @property
    def changed(self) -> datetime:
        """When the outlet last published or edited anything."""
        times = (article.on(self.day).modified for article in self.articles)
        return max(times, default=datetime(2026, 11, 16, tzinfo=UTC))

    def url(self, article: PressArticle) -> str:
        """Where the article lasts: for a moved one, its new address."""
        return self.base + (article.moved_path or article.path)

    def page(self, article: PressArticle, layout: str | None = None) -> Body:
        """The article's page, in the outlet's layout or in the one named ("amp")."""
        version = article.on(self.day)
        if article.behaviour == "pdf":
            return _report(self, article)
        html = _template(f"{layout or self.outlet.template}.html").render(
            **self._frame(), article=article, version=version, related=self._related(article)
        )
        return Body(self._encoded(html), self._html_type, version.modified)

    def front(self) -> Body:
        """The outlet's home page: a headline list, with the feed's address in its head."""
        newest = self.articles[::-1]
        html = _template("front.html").render(**self._frame(), newest=newest)
        return Body(self._encoded(html), self._html_type, self.changed)

    def feed(self) -> Body:
        """The outlet's feed, newest first."""
        kind = self.outlet.feed
        items = [item for article in self.articles[::-1] for item in self._items(article)]
        if kind == "json":
            data = _json_feed(self, items)
        else:
            data = _template(f"{kind}.xml").render(**self._frame(), items=items).encode()
        return Body(data, FEED_TYPES[kind], self.changed)

    def robots(self) -> Body:
        """robots.txt: what this outlet would rather not have fetched."""
        lines = ["User-agent: *", *(f"Disallow: {path}" for path in self.outlet.disallow)]
        if not self.outlet.disallow:
            lines.append("Disallow:")
        data = ("\n".join(lines) + "\n").encode()
        return Body(data, "text/plain; charset=utf-8", datetime(2026, 1, 2, tzinfo=UTC))

    def refusal(self, status: int, reason: str) -> Body:
        """The page that goes with 403, 404 and 410."""
        html = _template("refusal.html").render(**self._frame(), status=status, reason=reason)
        return Body(self._encoded(html), self._html_type, self.changed)

    def _frame(self) -> dict[str, Any]:
        words = _labels()[self.outlet.language]
        return {"site": self, "outlet": self.outlet, "words": words}

    def _related(self, article: PressArticle) -> Sequence[PressArticle]:
        # Only what was out on the article's own day: a page must not change because another
        # one appeared, or every revisit would look like an edit.
        others = [a for a in self.articles if a.day <= article.day and a != article]
        start = next((i for i, a in enumerate(others) if a.published > article.published), 0)
        return (others[start:] + others[:start])[:RELATED]

    def _items(self, article: PressArticle) -> list[Item]:
        version = article.on(self.day)
        return [
            Item(
                url=url,
                guid=article.guid or guid,
                title=None if article.untitled else version.title,
                summary=article.summary,
                article=article,
                version=version,
            )
            for url, guid in self._addresses(article)
        ]

    def _addresses(self, article: PressArticle) -> list[tuple[str, str]]:
        """Each address under which the feed lists the article, with a guid."""
        first = self.base + article.path
        if article.moved_path and self.day == 2:
            return [(self.base + article.moved_path, first)]
        if "tracking" in article.aliases:
            return [(first + query, first + query) for query in TRACKED]
        found = [(first, first)]
        if "amp" in article.aliases:
            found.append((f"{self.base}/amp{article.path}",) * 2)
        if "mobile" in article.aliases:
            found.append((first.replace("http://", "http://m."),) * 2)
        return found

    @property
    def _html_type(self) -> str:
        return f"text/html; charset={self.outlet.charset}"

    def _encoded(self, html: str) -> bytes:
        return html.encode(self.outlet.charset, "xmlcharrefreplace")


def _report(site: Site, article: PressArticle) -> Body:
    version = article.on(site.day)
    running = f"{site.outlet.name} · {article.summary}"
    data = report_pdf(
        version.title, article.authors, version.paragraphs, running, article.published
    )
    return Body(data, "application/pdf", version.modified)


def _json_feed(site: Site, items: Sequence[Item]) -> bytes:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": site.outlet.name,
        "description": site.outlet.tagline,
        "home_page_url": site.base + "/",
        "feed_url": site.feed_url,
        "language": site.outlet.language,
        "items": [_json_item(site, item) for item in items],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


def _json_item(site: Site, item: Item) -> dict[str, Any]:
    entry = {
        "id": item.guid,
        "url": item.url,
        "title": item.title,
        "summary": item.summary,
        "date_published": item.article.published.isoformat(),
        "date_modified": item.version.modified.isoformat(),
        "authors": [{"name": name} for name in item.article.authors],
        "tags": [item.article.section],
    }
    if site.outlet.full:
        entry["content_html"] = _paragraphs(item.version)
    return {key: value for key, value in entry.items() if value is not None}


def _paragraphs(version: Version) -> str:
    return "".join(f"<p>{escape(p, quote=False)}</p>" for p in version.paragraphs)


def _spoken(at: datetime, words: Mapping[str, Any]) -> str:
    """A date as the outlet's language says it: "17 November 2026"."""
    date: str = words["date"]
    return date.format(day=at.day, month=words["months"][at.month - 1], year=at.year)


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC)


def _people(names: Sequence[str]) -> list[dict[str, str]]:
    """Authors as JSON-LD writes them."""
    return [{"@type": "Person", "name": name} for name in names]


def _names(names: Sequence[str], words: Mapping[str, Any]) -> str:
    head = ", ".join(names[:-1])
    return f"{head} {words['and']} {names[-1]}" if head else names[-1]


@cache
def _labels() -> dict[str, dict[str, Any]]:
    return tomllib.loads((HERE / "labels.toml").read_text("utf-8"))


@cache
def _template(name: str) -> Template:
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "spoken": _spoken,
        "names": _names,
        "paragraphs": _paragraphs,
        "people": _people,
        "rfc822": format_datetime,
        "utc": _utc,
    }
    return environment
