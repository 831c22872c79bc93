"""An edition as web pages: a front page, a page for each story, what was left out.

No page asks for anything but the style sheet and the small script beside it, and every page can
be read, opened and printed without that script.
"""

from __future__ import annotations

from collections.abc import Sequence

from nutgraf.config import SiteConfig
from nutgraf.render.environment import asset, page
from nutgraf.render.links import mail_link, page_url
from nutgraf.render.phrases import counts_line, dropped_counts
from nutgraf.render.telling import Telling, tell
from nutgraf.types import Edition, EditionStory

__all__ = ["render_index", "render_message", "render_site"]

ASSETS = ("style.css", "page.js")


def render_site(edition: Edition, site: SiteConfig) -> dict[str, bytes]:
    """Relative path to content: `index.html`, `stories/<id>.html`, `drops.html` and assets."""
    stories = [tell(edition, place, site.language) for place in _ranked(edition)]
    shared = {"site": site, "edition": edition, "counted": counts_line(edition)}
    pages = {
        "index.html": page(
            "front.html", root="", stories=stories, drops=dropped_counts(edition.dropped), **shared
        )
    }
    if edition.dropped:
        pages["drops.html"] = page("drops.html", root="", **shared)
    for told, before, after in zip(stories, [None, *stories], [*stories[1:], None], strict=False):
        pages[told.path] = page(
            "story.html",
            root="../",
            told=told,
            before=before,
            after=after,
            permalink=page_url(site, edition.id, told.path),
            mail=_mail(edition, site, told),
            **shared,
        )
    return {path: html.encode() for path, html in pages.items()} | _assets()


def render_index(editions: Sequence[Edition], site: SiteConfig) -> dict[str, bytes]:
    """The page that lists all editions, latest first, with its assets: it stands beside them."""
    latest = sorted(editions, key=lambda edition: edition.issued_at, reverse=True)
    counted = {edition.id: counts_line(edition) for edition in latest}
    html = page("index.html", root="", site=site, editions=latest, counted=counted)
    return {"index.html": html.encode(), **_assets()}


def render_message(title: str, message: str, site: SiteConfig, root: str = "") -> bytes:
    """A readable page that says one thing (not found, nothing issued yet)."""
    return page("message.html", root=root, site=site, title=title, message=message).encode()


def _ranked(edition: Edition) -> list[EditionStory]:
    return sorted(edition.stories, key=lambda place: place.rank)


def _mail(edition: Edition, site: SiteConfig, told: Telling) -> str:
    link = page_url(site, edition.id, told.path)
    return mail_link(told.headline.text, told.headline.text, told.nut_graf.text, link)


def _assets() -> dict[str, bytes]:
    return {name: asset(name) for name in ASSETS}
