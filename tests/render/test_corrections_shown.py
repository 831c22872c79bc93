"""Corrections: beside the sentence on its own page, as news in the next edition."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import feedparser
from markup import Page
from msgspec.structs import replace
from sample import EDITION, FLOOD

from nutgraf.config import MailConfig, SiteConfig
from nutgraf.render import render_feed, render_newsletter, render_site
from nutgraf.types import Citation, Correction, Edition, Remembered, Told

SITE = SiteConfig(base_url="https://news.example/e")
LATER = datetime(2026, 11, 24, 9, tzinfo=UTC)
SENTENCE = FLOOD.sections[0].claims[0]
WRONG = Correction(
    at=LATER,
    text="The river <b>fell</b>.",
    was=SENTENCE.text,
    article="flood-standard",
    revision=3,
    outlet="Orlen Standard",
    reason="“rose” is “fell” now",
    edition=EDITION.id,
    story=FLOOD.story,
    issued_at=EDITION.issued_at,
    citations=[Citation(article="flood-standard", revision=3, start=0, end=4, quote="The ")],
)


def with_correction(wrong: Correction) -> Edition:
    brief = replace(FLOOD, corrections=[wrong])
    return replace(
        EDITION, stories=[replace(EDITION.stories[0], brief=brief), *EDITION.stories[1:]]
    )


def words(html: bytes) -> str:
    return " ".join("".join(Page(html.decode()).text).split())


def test_a_correction_stands_right_behind_its_sentence() -> None:
    files = render_site(with_correction(WRONG), SITE)
    html = files["stories/s-flood.html"].decode()
    assert Page(html).faults == []
    text = words(files["stories/s-flood.html"])
    at = text.index("Corrected 24 November 2026 Orlen Standard now says:")
    sentence = text.rindex(SENTENCE.text, 0, at)
    between = text[sentence + len(SENTENCE.text) : at]
    assert not any(c.text in between for s in FLOOD.sections for c in s.claims)
    assert "checked again when its source was edited: “rose” is “fell” now." in text
    assert "<b>fell</b>" not in html
    assert "Corrected 24 November 2026. A sentence of this page no longer holds" in text
    assert "Corrected 24 November 2026" in words(files["index.html"])


def test_what_is_put_right_here_was_no_news_when_it_was_issued() -> None:
    files = render_site(with_correction(WRONG), SITE)
    assert "1 correction" not in words(files["index.html"])
    announced = render_site(with_correction(replace(WRONG, edition="world-2026-11-20")), SITE)
    assert "1 correction" in words(announced["index.html"])
    text = words(announced["stories/s-flood.html"])
    assert f"We had written on 22 November 2026: {SENTENCE.text}" in text
    assert "no longer holds" not in text


def test_words_that_were_taken_out_are_not_quoted() -> None:
    gone = replace(WRONG, citations=[], text="Orlen Standard has taken this out of its article.")
    text = words(render_site(with_correction(gone), SITE)["stories/s-flood.html"])
    assert "Corrected 24 November 2026 Orlen Standard has taken this out of its article." in text
    assert "now says" not in text


def test_an_edition_lists_what_earlier_ones_said_wrong() -> None:
    old = replace(WRONG, edition="world-2026-11-20", story="s-old")
    edition = replace(EDITION, corrections=[old])
    page = Page(render_site(edition, SITE)["index.html"].decode())
    assert page.faults == []
    assert "../world-2026-11-20/stories/s-old.html" in page.hrefs
    letter = render_newsletter(edition, SITE, MailConfig()).decode()
    assert "Corrections" in letter
    plain = render_newsletter(EDITION, SITE, MailConfig()).decode()
    assert "Corrections" not in plain


def test_a_corrected_story_is_an_updated_entry_of_the_same_id() -> None:
    before = feedparser.parse(render_feed(EDITION, SITE))
    after = feedparser.parse(render_feed(with_correction(WRONG), SITE))
    assert [e.id for e in before.entries] == [e.id for e in after.entries]
    assert after.feed.updated == after.entries[0].updated == "2026-11-24T09:00:00Z"
    assert after.entries[0].published == before.entries[0].updated
    assert after.entries[0].summary.startswith("Corrected 24 November 2026: The river")
    assert [e.updated for e in after.entries[1:]] == [e.updated for e in before.entries[1:]]


# --- the story so far ------------------------------------------------------------------------


def remembered(id: str, at: datetime, **more: object) -> Remembered:
    told = Told(edition=id, issued_at=at, story=FLOOD.story, rank=1, headline=f"As {id} had it")
    return Remembered(told=told, claims=[], **more)


def test_a_story_that_was_told_before_leads_to_its_earlier_pages() -> None:
    memory = [
        remembered("world-2026-11-20", EDITION.issued_at - timedelta(days=2), corrections=[WRONG]),
        remembered(EDITION.id, EDITION.issued_at, changes=FLOOD.changes),
        remembered("world-2026-11-23", EDITION.issued_at + timedelta(days=1)),
    ]
    files = render_site(EDITION, SITE, {FLOOD.story: memory})
    html = files["stories/s-flood.html"]
    assert Page(html.decode()).faults == []
    assert "../../world-2026-11-20/stories/s-flood.html" in Page(html.decode()).hrefs
    text = words(html)
    past = text[text.index("The story so far") :]
    assert past.index("As world-2026-11-20 had it") < past.index(f"As {EDITION.id} had it")
    assert "11 people killed, was 7 people killed" in past
    assert "Corrected 24 November 2026: The river <b>fell</b>." in past
    assert "world-2026-11-23" not in text


def test_a_story_that_is_new_has_no_past() -> None:
    alone = {FLOOD.story: [remembered(EDITION.id, EDITION.issued_at)]}
    for memory in ({}, alone):
        html = render_site(EDITION, SITE, memory)["stories/s-flood.html"]
        assert "The story so far" not in words(html)
