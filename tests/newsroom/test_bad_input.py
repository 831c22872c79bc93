"""Whatever the outside sends: a clear reason that `why` tells, and nothing else is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from outside import Item, Outside, page, prose, rss, serve

from nutgraf.newsroom import Newsroom
from nutgraf.stages.extract import LONGEST
from nutgraf.types import Article

NOW = datetime(2026, 11, 17, 18, tzinfo=UTC)
SETTINGS = """
[fetch]
allow_private = true
respect_robots = false
delay = 0.0
timeout = 10.0
"""


@pytest.fixture
def outside() -> Iterator[Outside]:
    with serve() as served:
        yield served


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    (tmp_path / "nutgraf.toml").write_text(SETTINGS)
    with Newsroom.open(tmp_path) as opened:
        yield opened


def update(newsroom: Newsroom, outside: Outside, items: list[Item]) -> None:
    """One update over a feed of `items` and a good one beside them, which must come through."""
    good = Item("/good", "The good one")
    outside.pages["/good"] = page("The good one", prose("harbour"))
    outside.pages["/feed"] = rss(outside.base, [*items, good])
    newsroom.following.add([f"{outside.base}/feed"], check=False)
    newsroom.update(NOW)
    assert newsroom.article(f"{outside.base}/good").title == "The good one"


def reasons(newsroom: Newsroom, subject: str) -> list[str]:
    return [drop.reason for drop in newsroom.why(subject).dropped]


def article(newsroom: Newsroom, outside: Outside, path: str) -> Article:
    return newsroom.article(f"{outside.base}{path}")


# --- feeds -----------------------------------------------------------------------------------


def test_an_empty_feed_is_healthy(newsroom: Newsroom, outside: Outside) -> None:
    outside.pages["/feed"] = rss(outside.base, [])
    newsroom.following.add([f"{outside.base}/feed"])
    newsroom.update(NOW)
    (feed,) = newsroom.feeds()
    assert (feed.success_at, feed.error) == (NOW, "")
    assert newsroom.issue(now=NOW) == []
    assert newsroom.editions() == []


def test_html_instead_of_a_feed(newsroom: Newsroom, outside: Outside) -> None:
    outside.pages["/page"] = page("Not a feed", prose("harbour"))
    newsroom.following.add([f"{outside.base}/page"], check=False)
    newsroom.update(NOW)
    (feed,) = newsroom.feeds()
    assert "HTML" in feed.error
    assert feed.failures == 1
    assert feed.due_at is not None
    assert feed.due_at > NOW
    why = newsroom.why(f"{outside.base}/page")
    assert why.feed == feed
    assert any("HTML" in drop.reason + drop.detail for drop in why.dropped)


def test_a_feed_that_lies_about_its_encoding(newsroom: Newsroom, outside: Outside) -> None:
    body = rss(outside.base, [Item("/cafe", "Café Ærø öppnar", description=prose("café"))])
    outside.pages["/feed"] = (200, {"Content-Type": "text/xml; charset=ascii"}, body)
    newsroom.following.add([f"{outside.base}/feed"], check=False)
    newsroom.update(NOW)
    assert article(newsroom, outside, "/cafe").title == "Café Ærø öppnar"


def test_one_guid_on_two_items_keeps_both(newsroom: Newsroom, outside: Outside) -> None:
    twins = [Item(f"/{name}", f"About {name}", guid="same") for name in ("one", "two")]
    for name in ("one", "two"):
        outside.pages[f"/{name}"] = page(f"About {name}", prose(name))
    update(newsroom, outside, twins)
    titles = {article(newsroom, outside, f"/{name}").title for name in ("one", "two")}
    assert titles == {"About one", "About two"}


def test_a_missing_title_is_found_on_the_page(newsroom: Newsroom, outside: Outside) -> None:
    outside.pages["/untitled"] = page("Told by the page", prose("bridge"))
    update(newsroom, outside, [Item("/untitled", None)])
    assert article(newsroom, outside, "/untitled").title == "Told by the page"


# --- pages -----------------------------------------------------------------------------------


def test_a_page_of_50_megabytes(newsroom: Newsroom, outside: Outside) -> None:
    outside.pages["/huge"] = 50
    update(newsroom, outside, [Item("/huge")])
    assert reasons(newsroom, f"{outside.base}/huge") == ["too large"]


def test_an_endless_redirect(newsroom: Newsroom, outside: Outside) -> None:
    outside.pages["/round"] = (302, {"Location": "/round?again"}, b"")
    update(newsroom, outside, [Item("/round")])
    assert reasons(newsroom, f"{outside.base}/round") == ["too many redirects"]


def test_the_feeds_text_stands_in_for_a_page_that_is_refused(
    newsroom: Newsroom, outside: Outside
) -> None:
    outside.pages["/closed"] = (403, {}, b"Subscribers only")
    update(newsroom, outside, [Item("/closed", "Closed", description=prose("lighthouse"))])
    found = newsroom.why(f"{outside.base}/closed").placed[0]
    assert "lighthouse" in found.article.text
    assert found.made is not None
    assert found.made.source.startswith("feed ")


def test_an_article_of_one_word(newsroom: Newsroom, outside: Outside) -> None:
    outside.pages["/word"] = page("Word", "Word")
    update(newsroom, outside, [Item("/word")])
    assert reasons(newsroom, f"{outside.base}/word") == ["no text"]


def test_an_article_of_a_million_words(newsroom: Newsroom, outside: Outside) -> None:
    act = "\n".join(
        f"Clause {n} of the act binds harbour {n % 91} for good." for n in range(112_000)
    )
    outside.pages["/long"] = page("The whole act", act)
    update(newsroom, outside, [Item("/long")])
    found = newsroom.why(f"{outside.base}/long").placed[0]
    assert found.article.text.startswith("Clause 0 of the act")
    assert 0.9 * LONGEST < len(found.article.text) <= LONGEST
    assert found.made is not None
    assert "cut" in found.made.source


@pytest.mark.parametrize(
    "published", ["Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 01 Jan 2094 00:00:00 GMT", "soon"]
)
def test_a_date_that_cannot_be(newsroom: Newsroom, outside: Outside, published: str) -> None:
    outside.pages["/odd"] = page("Odd date", prose("clock"))
    update(newsroom, outside, [Item("/odd", "Odd date", pubDate=published)])
    assert article(newsroom, outside, "/odd").published is None


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("انتخابات المدينة", "قال رئيس اللجنة إن فرز الأصوات في المدينة سينتهي مساء الثلاثاء."),
        ("港口重新开放", "港务局星期二宣布，旧港口在关闭三个月之后重新向客轮开放。"),
        ("Nul\x00 in it", "The mayor said that the byte had been in the printer since May."),
        ("Half \ud83d an emoji", "The clerk said that half of the emoji was off the ballot."),
    ],
)
def test_text_of_any_kind(newsroom: Newsroom, outside: Outside, title: str, sentence: str) -> None:
    outside.pages["/any"] = page(title, "\n".join(f"{sentence} {n}" for n in range(12)))
    feed_title = title.replace("\x00", "").encode("utf-8", "ignore").decode()
    update(newsroom, outside, [Item("/any", feed_title)])
    found = article(newsroom, outside, "/any")
    assert sentence in found.text
    assert "\x00" not in found.title + found.text
    found.text.encode()  # no lone surrogates


# --- the newsroom itself -----------------------------------------------------------------------


def test_an_edit_becomes_a_revision(newsroom: Newsroom, outside: Outside) -> None:
    outside.pages["/edited"] = page("Tally", prose("tally"))
    update(newsroom, outside, [Item("/edited")])
    outside.pages["/edited"] = page("Tally", prose("tally").replace("84 letters", "48 letters"))
    newsroom.update(NOW + timedelta(hours=7))
    first, second = newsroom.store.revisions(article(newsroom, outside, "/edited").id)
    assert (first.revision, second.revision) == (1, 2)
    assert "84 letters" in first.text
    assert "48 letters" in second.text


def test_a_page_that_fails_for_now_is_tried_again(newsroom: Newsroom, outside: Outside) -> None:
    outside.pages["/later"] = (500, {}, b"")
    update(newsroom, outside, [Item("/later")])
    assert reasons(newsroom, f"{outside.base}/later") == ["server error"]
    outside.pages["/later"] = page("Later", prose("ferry"))
    newsroom.update(NOW + timedelta(hours=1))
    assert article(newsroom, outside, "/later").title == "Later"
