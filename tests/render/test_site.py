"""The pages: complete, valid, harmless."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

import pytest
from hostile import EVIL, URLS, attack
from hypothesis import given, settings
from hypothesis import strategies as st
from markup import Page
from sample import EDITION, FLOOD

from nutgraf.config import SiteConfig
from nutgraf.render import render_index, render_message, render_site
from nutgraf.types import Edition

SITE = SiteConfig(title="The Desk", base_url="https://news.example/editions/")
FILES = render_site(EDITION, SITE)
PAGES = {path: body.decode() for path, body in FILES.items() if path.endswith(".html")}
STORY = PAGES["stories/s-flood.html"]
FRONT = PAGES["index.html"]


def words(html: str) -> str:
    """The text of a page on one line."""
    return " ".join("".join(Page(html).text).split())


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_valid_and_has_landmarks(path: str) -> None:
    page = Page(PAGES[path])
    assert page.faults == []
    tags = {tag for tag, _ in page.tags}
    assert {"header", "main"} <= tags
    assert page.all("html")[0]["lang"] == "en"
    assert page.all("a")[0] == {"class": "skip", "href": "#main"}
    assert "style" not in tags
    assert not [attrs for _, attrs in page.tags if "style" in attrs]


@pytest.mark.parametrize("path", PAGES)
def test_pages_ask_for_nothing_elsewhere_and_links_lead_somewhere(path: str) -> None:
    page = Page(PAGES[path])
    for tag, attrs in page.tags:
        if tag in ("script", "img", "iframe"):
            assert not urlsplit(attrs.get("src") or "").netloc
        if tag == "link" and attrs["rel"] == "stylesheet":
            assert not urlsplit(attrs["href"] or "").netloc
    known = {*FILES, "edition.json", "edition.eml", "../world.atom", "../index.html"}
    folder = path.rpartition("/")[0]
    for href in page.hrefs:
        if urlsplit(href).scheme or href.startswith("#"):
            continue
        target = href.removeprefix("../") if folder else href
        assert target in known, href


def test_front_page_counts_the_work_and_tells_stories_in_rank_order() -> None:
    text = words(FRONT)
    assert (
        "9 stories from 312 articles by 68 outlets; 41 copies folded, 2 sentences withheld" in text
    )
    assert "6 sources, 4 origins, 1 disagreement, updated 14:05" in text
    assert "No. 12" in text
    assert "Sunday, 22 November 2026" in text
    at = [text.index(place.brief.headline.text) for place in EDITION.stories]
    assert at == sorted(at)


def test_front_page_labels_kinds_and_what_came_back() -> None:
    text = words(FRONT)
    for label in ("Opinion", "Press release", "Release", "Research"):
        assert label in text
    assert (
        "Since the last edition: 1 new fact, 1 figure revised, 1 new source, 1 correction" in text
    )
    assert text.count("Since the last edition") == 2


def test_front_page_counts_what_was_left_out_and_the_table_has_all_of_it() -> None:
    assert "23 not on the beat select" in words(FRONT)
    assert "All 34 drops" in words(FRONT)
    assert len(Page(PAGES["drops.html"]).all("tr")) == 1 + len(EDITION.dropped)


def test_rank_decides_the_order_even_if_the_list_does_not() -> None:
    from msgspec.structs import replace

    turned = replace(EDITION, stories=EDITION.stories[::-1])
    assert render_site(turned, SITE) == FILES


def test_every_sentence_shows_the_cited_words_in_their_surroundings() -> None:
    marks = [re.sub(r"\s+", " ", mark) for mark in re.findall(r"<mark>(.*?)</mark>", STORY, re.S)]
    for claim in (FLOOD.headline, FLOOD.nut_graf, *(c for s in FLOOD.sections for c in s.claims)):
        for citation in claim.citations:
            assert citation.quote in marks
    assert "Helicopters lifted 73 patients" in STORY
    assert "reported by Capital Courier, at second hand" in words(STORY)
    assert "only Meridian Wire" in words(STORY)
    assert "only Capital Courier" in words(STORY)


def test_what_others_say_in_other_words_is_not_marked_as_one_origins() -> None:
    crest = STORY.index("The crest should reach the capital")
    assert "only" not in words(STORY[crest : STORY.index("</details>", crest)]).split()[:20]


def test_receipts_are_numbered_in_page_order_and_repeated_ones_keep_their_number() -> None:
    numbers = [int(n) for n in re.findall(r'class="number">(\d+)<', STORY)]
    firsts = list(dict.fromkeys(numbers))
    assert firsts == list(range(1, len(firsts) + 1))
    assert len(firsts) < len(numbers)
    assert len(Page(STORY).all("details")) == STORY.count("<summary")


def test_receipt_links_lead_to_the_cited_words() -> None:
    links = [href for href in Page(STORY).hrefs if ":~:text=" in href]
    assert any(unquote(href).endswith("text=The army is using 60 boats.") for href in links)
    assert all(href.startswith("https://") for href in links)


def test_ledger_shows_what_differs_first_and_side_by_side() -> None:
    text = words(STORY)
    ledger = text[text.index("The figures, source by source") :]
    assert ledger.index("People displaced") < ledger.index("People killed")
    assert ledger.index("People killed") < ledger.index("Army boats")
    assert "12,000 people" in ledger
    assert "18,000 people" in ledger
    killed = ledger[ledger.index("People killed") :]
    assert killed.index("7 people") < killed.index("9 people") < killed.index("11 people")
    assert "sources disagree" in ledger
    assert STORY.count('class="chart"') == 1


def test_story_page_tells_changes_corrections_and_what_was_withheld() -> None:
    text = words(STORY)
    assert "2 sentences withheld" in text
    assert "not found in its sources: fifty years is in none of them" in text
    assert "contradicted by its sources" in text
    assert "We had written: The river flooded 34 villages." in text
    assert "was 7 people killed" in text
    assert "6 sources, 4 origins" in text
    assert "repeats Meridian Wire nearly word for word" in text
    assert "Northern Gazette and Port Weekly" in text
    assert "beat match+0.85" in text
    assert "repeated−0.14" in text


def test_a_story_of_one_origin_says_so_once() -> None:
    text = words(PAGES["stories/s-rates.html"])
    assert text.count("One origin.") == 1
    assert "only Financial Courant" not in text


def test_right_to_left_stories_carry_language_and_direction() -> None:
    headings = Page(PAGES["stories/s-port.html"]).all("h1")
    assert headings == [{"lang": "ar", "dir": "rtl"}]
    assert any(h.get("dir") == "rtl" for h in Page(FRONT).all("h2"))


def test_sharing_works_without_script() -> None:
    page = Page(STORY)
    link = next(attrs for attrs in page.all("a") if attrs.get("id") == "permalink")
    assert link["href"] == "https://news.example/editions/world-2026-11-22/stories/s-flood.html"
    mail = next(href for href in page.hrefs if href.startswith("mailto:"))
    assert link["href"] in unquote(mail)
    assert all("hidden" in attrs for attrs in page.all("button"))
    bare = render_site(EDITION, SiteConfig())["stories/s-flood.html"].decode()
    hrefs = [a["href"] for a in Page(bare).all("a") if a.get("id") == "permalink"]
    assert hrefs == ["s-flood.html"]


def test_texts_left_out_of_an_edition_leave_the_quotes() -> None:
    from msgspec.structs import replace

    bare = replace(FLOOD, sources=[replace(s, text=None) for s in FLOOD.sources])
    place = replace(EDITION.stories[0], brief=bare)
    html = render_site(replace(EDITION, stories=[place]), SITE)["stories/s-flood.html"].decode()
    assert "<mark>The crest should reach the capital on Monday, forecasters said.</mark>" in html
    assert "before they climb on a tractor" not in html


def test_an_empty_edition_says_that_the_day_was_quiet() -> None:
    edition = Edition(id="e", beat="world", issued_at=EDITION.issued_at)
    files = render_site(edition, SITE)
    assert Page(files["index.html"].decode()).faults == []
    assert "A quiet day" in words(files["index.html"].decode())
    assert "drops.html" not in files


def test_index_lists_editions_latest_first_and_stands_alone() -> None:
    from datetime import timedelta

    from msgspec.structs import replace

    older = replace(EDITION, id="world-older", issued_at=EDITION.issued_at - timedelta(days=1))
    files = render_index([older, EDITION], SITE)
    page = Page(files["index.html"].decode())
    assert page.faults == []
    hrefs = [href for href in page.hrefs if href.endswith("/index.html")]
    assert hrefs == ["world-2026-11-22/index.html", "world-older/index.html"]
    assert "style.css" in files
    assert "No edition has been issued yet" in words(render_index([], SITE)["index.html"].decode())
    assert Page(render_message("Not found", EVIL, SITE).decode()).faults == []


# --- untrusted text --------------------------------------------------------------------------


def assert_harmless(html: str) -> None:
    page = Page(html)
    assert page.faults == []
    for tag, attrs in page.tags:
        assert tag not in ("img", "iframe", "object", "textarea")
        assert not any(name.startswith("on") for name in attrs)
        if tag == "script":
            assert attrs == {"src": "../page.js", "defer": None}
    for href in page.hrefs:
        parts = urlsplit(href)
        assert parts.scheme in ("", "http", "https", "mailto")
        assert parts.scheme or not parts.netloc


@pytest.mark.parametrize("url", URLS)
def test_no_text_and_no_address_gets_out_of_its_place(url: str) -> None:
    files = render_site(attack(EVIL, url), SITE)
    for path, body in files.items():
        if path.endswith(".html"):
            assert_harmless(body.decode())


@settings(max_examples=60, deadline=None)
@given(text=st.text(min_size=1), url=st.text() | st.sampled_from(URLS), id=st.text(min_size=1))
def test_any_text_renders_to_valid_pages(text: str, url: str, id: str) -> None:
    files = render_site(attack(text, url, id), SITE)
    for path, body in files.items():
        assert not path.startswith("/")
        assert ".." not in path.split("/")
        if path.endswith(".html"):
            assert_harmless(body.decode())
