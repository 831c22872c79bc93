"""Contract of stories."""

from __future__ import annotations

import pytest
from store_making import DAY, HOUR, NOW, article, place, save

from nutgraf.adapters.store import SqlStore
from nutgraf.errors import StoreError
from nutgraf.types import Placement


@pytest.fixture
def stocked(store: SqlStore) -> SqlStore:
    """Four articles, published from the first to the fourth day of a month."""
    for day in (1, 2, 3, 4):
        save(store, article(day, published=f"2031-03-0{day}"), now=NOW + day * HOUR)
    return store


def test_a_story_has_its_articles_oldest_first(stocked: SqlStore) -> None:
    place(stocked, "a3", "s1", NOW, new=True)
    place(stocked, "a1", "s1", NOW + DAY)
    story = stocked.story("s1")
    assert story is not None
    assert story.articles == ["a1", "a3"]
    assert (story.created_at, story.updated_at, story.state) == (NOW, NOW + DAY, "open")
    assert stocked.story_of("a1") == story
    assert stocked.story_of("a2") is stocked.story("s9") is None
    assert stocked.placements("s1") == [
        Placement(article="a1", story="s1", score=0.75, reason="same ferry"),
        Placement(article="a3", story="s1", score=0.75, reason="same ferry", new=True),
    ]


def test_placing_twice_changes_nothing(stocked: SqlStore) -> None:
    place(stocked, "a1", "s1", NOW, new=True)
    once = stocked.story("s1"), stocked.story_events("s1")
    place(stocked, "a1", "s1", NOW + DAY, new=True)
    assert (stocked.story("s1"), stocked.story_events("s1")) == once


def test_stories_come_latest_first(stocked: SqlStore) -> None:
    for day in (2, 1, 3):
        place(stocked, f"a{day}", f"s{day}", NOW + day * DAY, new=True)
    assert [story.id for story in stocked.stories(NOW + 2 * DAY)] == ["s3", "s2"]
    assert [story.articles for story in stocked.stories(NOW)] == [["a3"], ["a2"], ["a1"]]


def test_a_move_is_no_news(stocked: SqlStore) -> None:
    place(stocked, "a1", "s1", NOW, new=True)
    place(stocked, "a2", "s1", NOW + HOUR)
    place(stocked, "a2", "s2", NOW + DAY, new=True)
    before, after = stocked.story("s1"), stocked.story("s2")
    assert before is not None
    assert after is not None
    assert (before.articles, before.updated_at) == (["a1"], NOW)
    assert (after.articles, after.updated_at) == (["a2"], NOW + HOUR)
    happened = [(one.what, one.article, one.other) for one in stocked.story_events("s1")]
    assert happened == [("created", "a1", ""), ("joined", "a2", ""), ("left", "a2", "s2")]
    assert [one.at for one in stocked.story_events("s2")] == [NOW + DAY]


def test_a_story_that_went_into_another_leads_there(stocked: SqlStore) -> None:
    place(stocked, "a1", "s1", new=True)
    place(stocked, "a2", "s2", new=True)
    place(stocked, "a3", "s3", new=True)
    place(stocked, "a1", "s2")
    for moved in ("a1", "a2"):
        place(stocked, moved, "s3")
    assert stocked.story("s1") == stocked.story("s2") == stocked.story("s3")
    assert [story.id for story in stocked.stories(NOW)] == ["s3"]
    place(stocked, "a1", "s1")
    assert [one.id if one else None for one in map(stocked.story, ("s1", "s2"))] == ["s1", "s3"]
    assert stocked.check() == []


def test_idle_stories_close_and_open_again(stocked: SqlStore) -> None:
    place(stocked, "a1", "s1", NOW, new=True)
    place(stocked, "a2", "s2", NOW + DAY, new=True)
    assert stocked.close_stories(NOW + DAY) == 1
    assert stocked.close_stories(NOW + DAY) == 0
    states = [story.state for story in stocked.stories(NOW)]
    assert states == ["open", "closed"]
    assert stocked.counts()["open_stories"] == 1
    assert [story for _, story, *_ in stocked.window(NOW)] == ["s2"]
    place(stocked, "a3", "s1", NOW + DAY)
    assert [story for _, story, *_ in stocked.window(NOW)] == ["s1", "s2", "s1"]


def test_the_window_is_oldest_first_and_starts_where_told(stocked: SqlStore) -> None:
    for day in (4, 2, 3):
        place(stocked, f"a{day}", "s1", new=day == 4)
    assert list(stocked.window(NOW + 3 * HOUR)) == [
        ("a3", "s1", b"features of a3", False),
        ("a4", "s1", b"features of a4", False),
    ]


def test_the_window_goes_on_over_many_rows_while_it_is_written_to(store: SqlStore) -> None:
    with store.transaction():
        for one in save(store, *(article(number) for number in range(2500))):
            place(store, one.id, f"s{int(one.id[1:]) // 5}")
    seen = []
    for one, *_ in store.window(NOW):
        if len(seen) % 500 == 0:
            place(store, one, "s0")
        seen.append(one)
    assert len(seen) == len(set(seen)) == 2500


def test_a_placement_of_an_unknown_article_is_refused(store: SqlStore) -> None:
    with pytest.raises(StoreError, match="FOREIGN KEY"):
        place(store, "nobody", "s1", new=True)
    assert store.story("s1") is None
    assert store.counts()["stories"] == 0
