"""An edition to bytes: web pages, newsletter, feed."""

from __future__ import annotations

import msgspec

from nutgraf.config import MailConfig, SiteConfig
from nutgraf.render.audit import render_audit
from nutgraf.render.feed import render_feed
from nutgraf.render.newsletter import render_newsletter
from nutgraf.render.phrases import counts_line, usage_line
from nutgraf.render.site import render_index, render_message, render_site
from nutgraf.types import Edition

__all__ = [
    "counts_line",
    "render",
    "render_audit",
    "render_feed",
    "render_index",
    "render_message",
    "render_newsletter",
    "render_site",
    "usage_line",
]


def render(edition: Edition, site: SiteConfig, mail: MailConfig) -> dict[str, bytes]:
    """All files of an edition's folder, relative path to content; the same for the same edition.

    `edition.json` is the public contract and decodes back to an equal `Edition`.
    """
    return {
        "edition.json": msgspec.json.encode(edition) + b"\n",
        "edition.eml": render_newsletter(edition, site, mail),
        "feed.atom": render_feed(edition, site),
        **render_site(edition, site),
    }
