"""An edition as web pages: a front page, a page for each story, what was left out.

No page asks for anything but the style sheet and the small script beside it, and every page can
be read, opened and printed without that script.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from nutgraf.config import SiteConfig
from nutgraf.render.environment import asset, page
from nutgraf.render.feed import render_feed
from nutgraf.render.links import file_name, mail_link, page_url, root_url
from nutgraf.render.phrases import counts_line, dropped_counts
from nutgraf.render.tables import ledger_csv, ledger_json
from nutgraf.render.telling import Telling, tell
from nutgraf.types import Edition, EditionStory, Remembered

__all__ = ["render_index", "render_message", "render_site"]

ASSETS = ("style.css", "page.js")
IN_FEED = 7
"""Editions whose stories a beat's feed holds: a reader who asks once a week misses none."""


def render_site(
    edition: Edition,
    site: SiteConfig,
    memory: Mapping[str, Sequence[Remembered]] = MappingProxyType({}),
) -> dict[str, bytes]:
    """Relative path to content: `index.html`, `stories/<id>.html`, `drops.html` and assets.

    A story's ledger lies beside its page, as `stories/<id>/ledger.csv` and `.json`.
    """
    stories = [
        tell(edition, place, site.language, memory=memory.get(place.brief.story, ()))
        for place in _ranked(edition)
    ]
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
    html = {path: text.encode() for path, text in pages.items()}
    return html | _ledgers(stories) | _assets()


def _ledgers(stories: Sequence[Telling]) -> dict[str, bytes]:
    write = {"csv": ledger_csv, "json": ledger_json}
    return {
        path: write[kind](told.brief) for told in stories for kind, path in told.downloads.items()
    }


def render_index(editions: Sequence[Edition], site: SiteConfig) -> dict[str, bytes]:
    """What stands beside the editions' folders: the page that lists them, latest first, with its
    assets, and a lasting feed of each beat (`<beat>.atom`).
    """
    latest = sorted(editions, key=lambda edition: edition.issued_at, reverse=True)
    counted = {edition.id: counts_line(edition) for edition in latest}
    beats = {edition.beat: edition.title or edition.beat for edition in latest}
    html = page("index.html", root="", site=site, editions=latest, counted=counted, beats=beats)
    feeds = {f"{file_name(beat)}.atom": _feed(beat, latest, site) for beat in beats}
    return {"index.html": html.encode(), **feeds, **_assets()}


def _feed(beat: str, latest: Sequence[Edition], site: SiteConfig) -> bytes:
    first, *earlier = [edition for edition in latest if edition.beat == beat][:IN_FEED]
    return render_feed(first, site, earlier, root_url(site, f"{file_name(beat)}.atom"))


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
