"""The feed: readable by two parsers, with ids that last."""

from __future__ import annotations

import fastfeedparser
import feedparser
import pytest
from hostile import EVIL, URLS, attack
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace
from sample import EDITION, FLOOD

from nutgraf.config import SiteConfig
from nutgraf.render import render_feed

SITE = SiteConfig(title="The Desk", base_url="https://news.example/editions")
RAW = render_feed(EDITION, SITE)


def test_feedparser_reads_it_without_complaint() -> None:
    feed = feedparser.parse(RAW)
    assert feed.bozo is False
    assert feed.version == "atom10"
    assert feed.feed.title == "The Desk: World"
    assert [e.title for e in feed.entries] == [p.brief.headline.text for p in EDITION.stories]
    entry = feed.entries[0]
    assert entry.link == "https://news.example/editions/world-2026-11-22/stories/s-flood.html"
    assert entry.updated == entry.published == "2026-11-22T14:30:00Z"
    assert [tag.term for tag in entry.tags] == ["world", "news"]
    assert entry.summary == FLOOD.nut_graf.text
    assert "“The army is using 60 boats.”" in entry.content[0].value
    assert "We had written: The river flooded 34 villages." in entry.content[0].value


def test_fastfeedparser_reads_it_too() -> None:
    feed = fastfeedparser.parse(RAW)
    assert [e.title for e in feed.entries] == [p.brief.headline.text for p in EDITION.stories]
    assert all(entry.id.startswith("urn:uuid:") for entry in feed.entries)


def test_ids_last_when_the_site_moves_and_differ_between_editions() -> None:
    def ids(raw: bytes) -> list[str]:
        return [entry.id for entry in feedparser.parse(raw).entries]

    tomorrow = replace(EDITION, id="world-2026-11-23")
    assert ids(RAW) == ids(render_feed(EDITION, SiteConfig()))
    assert not set(ids(RAW)) & set(ids(render_feed(tomorrow, SITE)))
    both = ids(render_feed(tomorrow, SITE, [EDITION]))
    assert both == ids(render_feed(tomorrow, SITE)) + ids(RAW)
    assert len(set(both)) == len(both)


def test_the_atom_elements_that_rfc_4287_requires_are_there() -> None:
    atom = {"a": "http://www.w3.org/2005/Atom"}
    root = etree.fromstring(RAW)
    for node in (root, *root.findall("a:entry", atom)):
        for name in ("id", "title", "updated"):
            assert len(node.findall(f"a:{name}", atom)) == 1
    assert root.findtext("a:author/a:name", namespaces=atom) == "The Desk"
    arabic = root.findall("a:entry", atom)[3]
    assert arabic.get("{http://www.w3.org/XML/1998/namespace}lang") == "ar"


def assert_harmless(raw: bytes) -> None:
    feed = feedparser.parse(raw, sanitize_html=False)
    assert feed.bozo is False
    content = feed.entries[0].content[0].value
    nodes = etree.HTML(content).iter(etree.Element)
    for node in nodes:
        assert node.tag not in ("script", "img", "textarea", "iframe")
        assert not any(name.startswith("on") for name in node.keys())  # noqa: SIM118
        if node.tag == "a":
            assert node.get("href", "").startswith(("http://", "https://"))


@pytest.mark.parametrize("url", URLS)
def test_no_text_and_no_address_gets_out_of_its_place(url: str) -> None:
    assert_harmless(render_feed(attack(EVIL, url), SITE))


@settings(max_examples=60, deadline=None)
@given(text=st.text(min_size=1), url=st.text())
def test_any_text_makes_a_well_formed_feed(text: str, url: str) -> None:
    assert_harmless(render_feed(attack(text, url), SITE))
