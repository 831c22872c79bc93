"""The newsletter: one well-formed message that reads well and smuggles nothing."""

from __future__ import annotations

import email
import re
from email.message import EmailMessage
from email.policy import default
from html import unescape
from html.parser import HTMLParser

import pytest
from hostile import EVIL, HEADER, URLS, attack
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from sample import EDITION, FLOOD

from nutgraf.config import MailConfig, SiteConfig
from nutgraf.render import render_newsletter
from nutgraf.types import Edition

SITE = SiteConfig(title="The Desk", base_url="https://news.example/editions")
MAIL = MailConfig(sender="The Desk <desk@news.example>", to=["reader@secret.example"])


def read(raw: bytes) -> EmailMessage:
    message = email.message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    assert message.defects == []
    return message


def part(message: EmailMessage, kind: str) -> str:
    found = message.get_body((kind,))
    assert found is not None
    text: str = found.get_content()
    return text


RAW = render_newsletter(EDITION, SITE, MAIL)
MESSAGE = read(RAW)
TEXT, HTML = part(MESSAGE, "plain"), part(MESSAGE, "html")


def test_headers_come_from_the_frozen_edition() -> None:
    assert MESSAGE["From"] == "The Desk <desk@news.example>"
    assert str(MESSAGE["Subject"]).startswith("The Desk, 22 November 2026: Floods in eastern Orlen")
    assert MESSAGE["Date"].datetime == EDITION.issued_at
    assert MESSAGE["Message-ID"] == "<world-2026-11-22@news.example>"
    assert MESSAGE["List-Unsubscribe"] is None
    assert [p.get_content_type() for p in MESSAGE.walk()] == [
        "multipart/alternative", "text/plain", "text/html",
    ]  # fmt: skip


def test_no_reader_is_named_in_a_file_that_lies_beside_public_pages() -> None:
    assert b"secret.example" not in RAW


def test_unsubscribe_is_there_once_it_is_configured() -> None:
    mail = replace(MAIL, unsubscribe="https://news.example/off?x=1")
    message = read(render_newsletter(EDITION, SITE, mail))
    assert message["List-Unsubscribe"] == "<https://news.example/off?x=1>"
    assert "https://news.example/off?x=1" in part(message, "plain")


def test_lines_are_short_enough_for_any_server() -> None:
    assert max(len(line) for line in RAW.split(b"\r\n")) < 998
    assert b"\n" not in RAW.replace(b"\r\n", b"")
    assert RAW.isascii()


@pytest.mark.parametrize("body", [TEXT, unescape(re.sub(r"<[^>]+>", "", HTML))])
def test_both_parts_tell_every_story_with_the_words_it_rests_on(body: str) -> None:
    flat = " ".join(body.split())
    for place in EDITION.stories:
        assert place.brief.headline.text in flat
        assert place.brief.nut_graf.text in flat
    for claim in FLOOD.sections[0].claims:
        assert claim.text in flat
        for citation in claim.citations:
            assert f"“{citation.quote}”" in flat
    assert "We had written: The river flooded 34 villages." in flat
    assert "12,000 people (Orlen Standard)" in flat
    assert "6 sources, 4 origins" in flat
    assert "1 disagreement" in flat


def test_numbers_in_the_text_and_in_its_receipts_agree() -> None:
    story = TEXT.split("=" * 72)[1]
    prose, _, receipts = story.partition("The words it rests on:")
    used = [int(n) for n in re.findall(r"\[(\d+)\]", prose)]
    listed = [int(n) for n in re.findall(r"^  \[(\d+)\]", receipts, re.M)]
    assert listed == list(range(1, len(listed) + 1))
    assert sorted(set(used)) == listed


def test_text_lines_fit_a_terminal() -> None:
    long = [line for line in TEXT.splitlines() if len(line) > 72 and "://" not in line]
    assert long == []


def test_links_lead_to_the_story_page_only_if_there_is_one() -> None:
    page = "https://news.example/editions/world-2026-11-22/stories/s-flood.html"
    assert page in TEXT
    assert page in HTML
    bare = read(render_newsletter(EDITION, SiteConfig(), MAIL))
    assert "The whole story" not in part(bare, "plain")
    assert "whole story" not in part(bare, "html")


def test_html_asks_for_nothing_elsewhere_and_knows_the_dark() -> None:
    assert not re.search(r"<(img|script|iframe|link)\b|url\(|@import", HTML)
    assert "prefers-color-scheme: dark" in HTML
    assert len(HTML.encode()) < 100_000


def test_a_right_to_left_story_runs_from_the_right() -> None:
    assert 'lang="ar" dir="rtl"' in HTML


def test_a_long_edition_stays_below_what_mail_programs_cut_off() -> None:
    stories = [replace(EDITION.stories[0], rank=i) for i in range(1, 16)]
    html = part(read(render_newsletter(replace(EDITION, stories=stories), SITE, MAIL)), "html")
    assert len(html.encode()) < 102_000


def test_an_empty_edition_is_a_letter_too() -> None:
    message = read(
        render_newsletter(Edition(id="e", beat="b", issued_at=EDITION.issued_at), SITE, MAIL)
    )
    assert "A quiet day" in part(message, "plain")
    assert "A quiet day" in part(message, "html")


class Links(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.hrefs: list[str] = []
        self.handlers: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.hrefs += [value or "" for name, value in attrs if name == "href"]
        self.handlers += [name for name, _ in attrs if name.startswith("on")]


def assert_harmless(raw: bytes) -> None:
    message = read(raw)
    assert set(message.keys()) == {
        "From", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type",
    }  # fmt: skip
    links = Links(part(message, "html"))
    assert not links.tags & {"script", "img", "iframe", "textarea", "object"}
    assert links.handlers == []
    assert all(href.startswith(("http://", "https://")) for href in links.hrefs)


@pytest.mark.parametrize("text", [EVIL, HEADER])
@pytest.mark.parametrize("url", URLS)
def test_no_text_and_no_address_gets_out_of_its_place(text: str, url: str) -> None:
    assert_harmless(render_newsletter(attack(text, url), replace(SITE, title=text), MAIL))


@settings(max_examples=40, deadline=None)
@given(text=st.text(min_size=1), url=st.text())
def test_any_text_makes_a_well_formed_letter(text: str, url: str) -> None:
    assert_harmless(render_newsletter(attack(text, url), SITE, MAIL))
