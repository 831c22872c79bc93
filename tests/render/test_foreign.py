"""A brief in another language than its edition's says so, on every surface."""

from __future__ import annotations

import email
from email.policy import default

import msgspec
from sample import EDITION

from nutgraf.config import MailConfig, SiteConfig
from nutgraf.render import render_feed, render_newsletter, render_site
from nutgraf.render.phrases import language_line

LINE = "In Spanish: these are the sources’ own words, not translated."


def surfaces(language: str | None, site: SiteConfig) -> dict[str, str]:
    places = [
        msgspec.structs.replace(p, brief=msgspec.structs.replace(p.brief, language=language))
        for p in EDITION.stories
    ]
    edition = msgspec.structs.replace(EDITION, stories=places)
    letter = email.message_from_bytes(
        render_newsletter(edition, site, MailConfig()), policy=default
    )
    parts = {part.get_content_type(): part.get_content() for part in letter.iter_parts()}
    pages = {name: data.decode() for name, data in render_site(edition, site).items()}
    story = next(text for name, text in sorted(pages.items()) if name.startswith("stories/"))
    return {
        "front": pages["index.html"],
        "story": story,
        "feed": render_feed(edition, site).decode(),
        "text": " ".join(parts["text/plain"].split()),
        "html": " ".join(parts["text/html"].split()),
    }


def test_a_foreign_brief_says_so_everywhere() -> None:
    assert {name for name, text in surfaces("es", SiteConfig()).items() if LINE in text} == {
        "front", "story", "feed", "text", "html",
    }  # fmt: skip


def test_a_brief_in_the_editions_language_says_nothing() -> None:
    for language, site in (("es-MX", SiteConfig(language="es")), (None, SiteConfig())):
        assert not any("own words" in text for text in surfaces(language, site).values())


def test_a_language_without_a_name_is_told_by_its_code() -> None:
    assert language_line("EN-gb", "en") == ""
    assert language_line("xh", "en").startswith("In another language (xh):")
