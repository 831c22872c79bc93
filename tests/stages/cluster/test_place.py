"""Every article gets one story, the same one in every run, and no story swallows the stream."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.stages import cluster
from nutgraf.stages.cluster.terms import pack, unpack
from nutgraf.types import Article

NOON = datetime(2026, 11, 17, 12, tzinfo=UTC)

FERRY = (
    "The ferry Kittiwake capsized off Aurelle on Tuesday, killing 14 people, Commander Rory Pell "
    "said. The Kittiwake carried 212 passengers when it rolled over in the Aurelle Channel. Divers "
    "searched the hull of the Kittiwake while Pell spoke in Pennick."
)
FERRY_AGAIN = (
    "Fourteen people died when the Kittiwake, a ferry with 212 passengers, rolled over in the "
    "Aurelle Channel on Tuesday. Rory Pell of the coast guard told reporters in Pennick that "
    "divers were searching the hull."
)
STRIKE = (
    "Dockers in Castrin walked out on Wednesday over remote cranes, leaving 23 ships at anchor. "
    "The union's leader, Sefa Lund, demanded talks with the harbour board before Friday."
)

articles = st.builds(
    Article,
    id=st.uuids().map(str),
    title=st.text(max_size=60),
    text=st.one_of(st.text(max_size=300), st.sampled_from([FERRY, FERRY_AGAIN, STRIKE])),
    published=st.one_of(
        st.none(), st.sampled_from(["2026-11-17", "2026-11-18T10:00:00Z", "soon", "0001-01-01"])
    ),
    kind=st.sampled_from(["news", "roundup", "live"]),
)


def make(id: str, text: str, **more: object) -> Article:
    return Article(id=id, text=text, **more)  # type: ignore[arg-type]


def placed(*some: Article) -> list[str | None]:
    return [answer.story for answer in cluster.stream(some)]


@given(articles)
def test_features_come_back_as_they_went(article: Article) -> None:
    data = cluster.features(article)
    assert data == cluster.features(article)
    terms = unpack(data)
    assert pack(terms) == data
    assert len(data) <= 2400
    assert np.all(np.diff(terms.hashes.astype(np.int64)) > 0)
    assert terms.bridge == (article.kind in ("roundup", "live"))


@given(st.binary(max_size=100).filter(lambda data: len(data) != 26))
def test_torn_features_are_refused_in_one_way(data: bytes) -> None:
    with pytest.raises(ValueError, match="recompute"):
        unpack(data)


@settings(max_examples=50)
@given(st.lists(articles, max_size=12))
def test_every_article_is_answered_once_in_order_and_always_alike(some: list[Article]) -> None:
    answers = list(cluster.stream(some))
    ids = [article.id for article in some]
    assert [answer.id for answer in answers] == ids
    assert answers == list(cluster.stream(some))
    assert [answer.id for answer in cluster.stream(some, first=True)] == ids
    kinds = {article.id: article.kind for article in some}
    assert all(answer.story or kinds[answer.id] != "news" for answer in answers)


@settings(max_examples=30)
@given(st.lists(articles, max_size=8, unique_by=lambda a: a.id), st.integers(0, 8))
def test_a_run_taken_up_again_decides_as_one_that_never_stopped(
    some: list[Article], stop: int
) -> None:
    whole = cluster.Window()
    placements = [cluster.place(a.id, cluster.features(a), whole) for n, a in enumerate(some)]
    rows = [cluster.Row(p.article, p.story, whole.features(p.article)) for p in placements[:stop]]
    resumed = cluster.Window.of(rows)
    again = [cluster.place(a.id, cluster.features(a), resumed) for a in some[stop:]]
    assert again == placements[stop:]


def test_one_event_is_one_story() -> None:
    one, two, other = placed(make("a", FERRY), make("b", FERRY_AGAIN), make("c", STRIKE))
    assert one == two != other


def test_the_reason_names_the_nearest_article_and_what_they_share() -> None:
    window = cluster.Window()
    dated = {"published": "2026-11-17", "title": "Ferry Kittiwake capsizes off Aurelle"}
    first = cluster.place("a", cluster.features(make("a", FERRY, **dated)), window)
    assert first.new
    again = cluster.features(make("b", FERRY_AGAIN, **dated))
    second = cluster.place("b", again, window)
    assert not second.new
    assert second.reason.startswith("like a: ")
    assert "names" in second.reason
    assert 0.5 <= second.score <= 1.0


def test_a_copy_joins_its_original_whatever_it_says() -> None:
    window = cluster.Window()
    story = cluster.place("a", cluster.features(make("a", FERRY)), window).story
    copy = cluster.place("b", cluster.features(make("b", STRIKE)), window, copy_of="a")
    assert (copy.story, copy.reason) == (story, "copy of a")
    lost = cluster.place("c", cluster.features(make("c", "Rain.")), window, copy_of="gone")
    assert lost.new


def test_a_new_revision_stays_in_its_story() -> None:
    window = cluster.Window()
    first = cluster.place("a", cluster.features(make("a", FERRY)), window)
    cluster.place("b", cluster.features(make("b", STRIKE)), window)
    again = cluster.place("a", cluster.features(make("a", STRIKE)), window)
    assert again.story == first.story
    assert len(window) == 2


def test_a_roundup_draws_nothing_to_it() -> None:
    both = f"{FERRY}\n{STRIKE}"
    day = make("round", both, kind="roundup", published="2026-11-17")
    ferry = make("a", FERRY, published="2026-11-17", title="Ferry capsizes off Aurelle")
    strike = make("b", STRIKE, published="2026-11-17", title="Dockers walk out in Castrin")
    for order in ([day, ferry, strike], [ferry, strike, day]):
        answers = {answer.id: answer for answer in cluster.stream(order)}
        assert answers["a"].story != answers["b"].story
        told = answers["round"]
        assert told.story is None or told.story in {answers["a"].story, answers["b"].story}
        assert set(told.also) <= {answers["a"].story, answers["b"].story} - {told.story}
    [alone] = cluster.stream([day])
    assert (alone.story, alone.also) == (None, [])


def test_texts_without_words_stay_apart() -> None:
    assert len(set(placed(*(make(str(n), " \n…!") for n in range(5))))) == 5


def test_one_text_thousands_of_times_is_one_story_in_bounded_memory() -> None:
    window = cluster.Window(limit=300)
    data = cluster.features(make("0", FERRY))
    stories = {cluster.place(str(n), data, window).story for n in range(3_000)}
    assert stories == {cluster.story_id("0")}
    assert len(window) == 300
    assert {story: len(of) for story, of in window.stories.items()} == {cluster.story_id("0"): 300}
    assert max(len(of) for of in window._postings.values()) <= 128  # type: ignore[arg-type]


def test_a_crowded_story_is_harder_to_join() -> None:
    data = cluster.features(make("x", FERRY_AGAIN))
    scores = []
    for crowd in (1, 400):
        window = cluster.Window()
        for n in range(crowd):
            window.add(str(n), "s1", cluster.features(make(str(n), FERRY)))
        scores.append(cluster.place("x", data, window).score)
    assert scores[1] < scores[0]


def test_what_leaves_the_window_leaves_nothing_behind() -> None:
    window = cluster.Window(limit=2)
    cluster.place("a", cluster.features(make("a", FERRY)), window)
    cluster.place("b", cluster.features(make("b", STRIKE)), window)
    held, weights = len(window._postings), window._df.copy()
    for name in ("c", "d"):
        cluster.place(name, cluster.features(make(name, "Snow fell on Pennick.")), window)
    assert list(window.slots) == ["c", "d"]
    for name, text in (("e", FERRY), ("f", STRIKE)):
        assert cluster.place(name, cluster.features(make(name, text)), window).new
    assert len(window._postings) == held
    assert np.allclose(window._df, weights)
    assert len(window.article) == 3, "slots are used again"


def test_features_of_another_version_are_left_out_of_a_window() -> None:
    rows = [cluster.Row("a", "s", b"\x63" + bytes(40))]
    assert len(cluster.Window.of(rows)) == 0
    with pytest.raises(ValueError, match="recompute"):
        cluster.place("a", rows[0].features, cluster.Window())
