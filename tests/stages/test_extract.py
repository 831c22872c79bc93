"""A page and its feed entry merged into an article."""

from __future__ import annotations

import pickle
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.adapters.html import read_page
from nutgraf.errors import Dropped
from nutgraf.stages.extract import LONGEST, article_kind, extract, from_document
from nutgraf.text.urls import article_id
from nutgraf.types import Document, Entry, Page, PageDue

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
URL = "https://tamberpost.example/2026/11/gate"
ONE = "The town of Tamber opened its second flood gate on Friday, four months ahead of the plan."
FED = f"<p>{ONE}</p><p>The post Gate opens appeared first on Tamber Post.</p>"


def due(**given_: object) -> PageDue:
    told = {"guid": "g", "url": URL, "title": "Gate opens", "outlet": "Tamber Post", **given_}
    return PageDue(entry=Entry(**cast("Any", told)))


def page(status: int = 200, body: bytes = b"x", url: str = URL) -> Page:
    return Page(url=url, status=status, body=body, content_type="text/html")


def reading(**given_: object) -> Any:
    document = Document(**cast("Any", {"text": f"{ONE}\n" * 4, **given_}))
    return lambda body, url, content_type: document


def test_the_page_wins() -> None:
    read = reading(title="Gate opens early", authors=["Orla Finch"], url=f"{URL}?amp",
                   language="en", published="2026-11-20T09:00:00+01:00", reader="r/1")  # fmt: skip
    article, made = extract(due(summary=FED, authors=["Desk"]), page(), read, NOW)
    assert (article.title, article.authors) == ("Gate opens early", ["Orla Finch"])
    assert article.text.startswith(ONE)
    assert article.published == "2026-11-20T09:00:00+01:00"
    assert article.publisher == "Tamber Post"
    assert made.source == f"page {URL}"
    assert made.by == "extract/1 r/1"


@pytest.mark.parametrize(
    "came",
    [
        None,
        page(status=403),
        page(body=b""),
        page(body=b"<html><body><h1>Just a moment...</h1><p>Checking your browser.</p>"),
        page(
            body=b"<html><body><p>We use cookies. Your consent lets our partners store data.</p>"
            b"<p>Already a subscriber? Sign in to continue reading.</p></body></html>",
            url="https://consent.example/wall",
        ),
        page(body=b"<html><head><title>Page not found</title></head><body><p>Try the search or "
                  b"go back to the front page of the site.</p></body></html>"),
    ],
)  # fmt: skip
def test_the_feed_stands_in_for_a_page_that_is_none(came: Page | None) -> None:
    article, made = extract(due(summary=FED, published="2026-11-20"), came, read_page, NOW)
    assert article.text == ONE
    assert article.title == "Gate opens"
    assert article.url == URL
    assert article.id == article_id(URL)
    assert article.published == "2026-11-20"
    assert article.language == "en"
    assert made.source == f"feed {URL}"


def test_a_stub_is_poorer_than_a_full_feed() -> None:
    read = reading(text="The town of Tamber opened its gate. Subscribe.", title="Gate")
    article, made = extract(due(content=FED * 3), page(), read, NOW)
    assert article.text.count(ONE) == 3
    assert made.source.startswith("feed ")


@pytest.mark.parametrize("summary", ["", "Word", "<p>Read more</p>", "<img src=x>"])
def test_without_a_sentence_it_is_dropped(summary: str) -> None:
    with pytest.raises(Dropped) as caught:
        extract(due(summary=summary), None, read_page, NOW)
    assert caught.value.reason == "no text"
    assert URL in caught.value.detail


def test_a_million_words_are_cut_and_said_to_be() -> None:
    read = reading(text=f"{ONE}\n" * 60_000)
    article, made = extract(due(), page(), read, NOW)
    assert LONGEST - 200 < len(article.text) <= LONGEST
    assert article.text.endswith(ONE)
    assert "cut at" in made.source
    assert len(from_document(Document(text="x y z a b " * 100_000)).text) <= LONGEST


@pytest.mark.parametrize(
    ("on_page", "in_feed", "wanted"),
    [
        ("2027-05-01", "2026-11-20", "2026-11-20"),
        ("1970-01-01T00:00:00Z", "2026-11-20", "2026-11-20"),
        ("1970-01-01", "2999-01-01", None),
        (None, "Fri, 20 Nov 2026 08:00:00 GMT", "2026-11-20T08:00:00+00:00"),
        ("2026-11-20", "2026-11-20T08:00:00+00:00", "2026-11-20T08:00:00+00:00"),
        ("2026-11-20", "2026-11-25T08:00:00+00:00", "2026-11-20"),
        ("2026-11-23T11:00:00Z", None, "2026-11-23T11:00:00+00:00"),
    ],
)
def test_dates(on_page: str | None, in_feed: str | None, wanted: str | None) -> None:
    article, _ = extract(due(published=in_feed), page(), reading(published=on_page), NOW)
    assert article.published == wanted


def test_an_entry_without_address_keeps_its_id_when_edited() -> None:
    first, _ = extract(due(url="", summary=FED), None, read_page, NOW)
    second, _ = extract(due(url="", summary=FED.replace("second", "third")), None, read_page, NOW)
    assert first.url is None
    assert first.id == second.id
    assert first.text != second.text


def test_a_document_of_its_own() -> None:
    document = Document(text=ONE, title="Opinion: Gate", hints=["newsarticle"])
    assert from_document(document).kind == "opinion"
    assert from_document(document).id == from_document(document).id
    assert from_document(document, URL).id == article_id(URL)
    assert article_kind(document, "Gate", ONE, URL) == "news"
    with pytest.raises(Dropped):
        from_document(Document(text="Gate"))


def test_runs_in_another_process() -> None:
    work = pickle.loads(pickle.dumps(partial(extract, read=read_page, now=NOW)))
    article, _ = work(due(summary=FED), None)
    assert pickle.loads(pickle.dumps(article)) == article


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.text(max_size=60), st.none() | st.text(max_size=30),
       st.none() | st.binary(max_size=300))  # fmt: skip
def test_only_dropped_is_raised(
    summary: str, title: str, published: str | None, body: bytes | None
) -> None:
    came = None if body is None else page(body=body)
    with suppress(Dropped):
        article, made = extract(
            due(summary=summary, title=title, published=published), came, read_page, NOW
        )
        assert article.text
        assert made.source.startswith(("page ", "feed "))
        article.text.encode()
        article.title.encode()
