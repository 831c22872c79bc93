"""An edition to bytes: web pages, newsletter, feed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import msgspec

from nutgraf.config import MailConfig, SiteConfig
from nutgraf.render.audit import render_audit
from nutgraf.render.feed import render_feed
from nutgraf.render.newsletter import render_newsletter
from nutgraf.render.phrases import change_label, counts_line, says_now, usage_line
from nutgraf.render.site import render_index, render_message, render_site
from nutgraf.types import Edition, Remembered

__all__ = [
    "change_label",
    "counts_line",
    "render",
    "render_audit",
    "render_feed",
    "render_index",
    "render_message",
    "render_newsletter",
    "render_site",
    "says_now",
    "usage_line",
]


def render(
    edition: Edition,
    site: SiteConfig,
    mail: MailConfig,
    memory: Mapping[str, Sequence[Remembered]] = MappingProxyType({}),
) -> dict[str, bytes]:
    """All files of an edition's folder, relative path to content; the same for the same values.

    `edition.json` is the public contract and decodes back to an equal `Edition`. `memory` is that
    of its stories, by their ids, up to this edition.
    """
    return {
        "edition.json": msgspec.json.encode(edition) + b"\n",
        "edition.eml": render_newsletter(edition, site, mail),
        "feed.atom": render_feed(edition, site),
        **render_site(edition, site, memory),
    }
