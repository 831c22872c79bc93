"""Contract of moves between stories, and of the long memory."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_making import CLUSTER, DAY, HOUR, NOW, article, place, save

from nutgraf.adapters.store import SqlStore, open_store
from nutgraf.errors import StoreError
from nutgraf.types import Made, Placement

EDITOR = Made(by="editor")


def stocked(store: SqlStore, stories: dict[str, str]) -> None:
    """Articles in stories, one an hour."""
    for hour, (one, story) in enumerate(stories.items()):
        save(store, article(int(one[1:])), now=NOW + hour * HOUR)
        new = store.story(story) is None
        place(store, one, story, NOW + hour * HOUR, new=new)


def move(store: SqlStore, ids: Iterable[str], story: str, *, pin: bool = False) -> None:
    moves = [Placement(article=one, story=story, score=0.5, reason="it was so") for one in ids]
    store.move_articles(moves, CLUSTER, NOW + DAY, pin=pin)


def undo(store: SqlStore, story: str) -> list[str]:
    return store.undo_moves(story, "an editor took it back", EDITOR, NOW + 2 * DAY)


def members(store: SqlStore, story: str) -> list[str]:
    found = store.story(story)
    assert found is not None
    return [found.id, *found.articles]


def told(store: SqlStore, story: str) -> list[tuple[str, str, str]]:
    """What happened to a story but for single articles."""
    one = ("created", "joined", "left")
    return [(e.what, e.other, e.reason) for e in store.story_events(story) if e.what not in one]


def pinned(store: SqlStore, story: str) -> list[bool]:
    return [placement.pinned for placement in store.placements(story)]


def test_a_story_that_goes_into_another_is_told_once_on_either_side(store: SqlStore) -> None:
    stocked(store, {"a1": "s1", "a2": "s2", "a3": "s2"})
    move(store, ["a2", "a3"], "s1")
    assert members(store, "s2") == members(store, "s1") == ["s1", "a1", "a2", "a3"]
    assert told(store, "s1") == [("merged", "s2", "2 articles: it was so")]
    assert told(store, "s2") == [("merged", "s1", "2 articles: it was so")]
    happened = [(e.what, e.article, e.other) for e in store.story_events("s1")]
    assert happened[1:3] == [("joined", "a2", "s2"), ("joined", "a3", "s2")]
    assert pinned(store, "s1") == [False] * 3
    assert store.check() == []


def test_a_part_that_leaves_is_a_story_and_can_come_back(store: SqlStore) -> None:
    stocked(store, {"a1": "s1", "a2": "s1", "a3": "s1"})
    before = store.story("s1")
    move(store, ["a3"], "s9", pin=True)
    assert (members(store, "s1"), members(store, "s9")) == (["s1", "a1", "a2"], ["s9", "a3"])
    assert told(store, "s9") == [("split", "s1", "1 article: it was so")]
    assert pinned(store, "s1") + pinned(store, "s9") == [True] * 3
    assert [row[3] for row in store.window(NOW)] == [True] * 3
    assert undo(store, "s9") == ["a3"]
    assert store.story("s1") == store.story("s9") == before
    assert told(store, "s1")[-1] == ("undone", "s9", "1 article: an editor took it back")
    assert pinned(store, "s1") == [True] * 3
    assert undo(store, "s1") == undo(store, "s9") == []


def test_changes_are_taken_back_last_first(store: SqlStore) -> None:
    stocked(store, {"a1": "s1", "a2": "s2", "a3": "s3"})
    move(store, ["a2"], "s1")
    move(store, ["a1", "a2"], "s3")
    assert [members(store, f"s{n}")[0] for n in (1, 2, 3)] == ["s3"] * 3
    assert undo(store, "s3") == ["a1", "a2"]
    assert members(store, "s2") == ["s1", "a1", "a2"]
    assert undo(store, "s1") == ["a2"]
    for n in (1, 2, 3):
        assert members(store, f"s{n}") == [f"s{n}", f"a{n}"]
    assert undo(store, "s1") == undo(store, "s2") == undo(store, "s3") == []


def test_an_undo_leaves_what_moved_on_and_what_others_changed(store: SqlStore) -> None:
    stocked(store, {f"a{n}": f"s{n}" for n in (1, 2, 3, 4)})
    moves = [Placement(article=f"a{n}", story="s1", score=0.5, reason="") for n in (2, 3)]
    store.move_articles(moves, CLUSTER, NOW)
    move(store, ["a2"], "s4")
    assert undo(store, "s2") == []  # a2 moved on: that was not a change of s2
    assert undo(store, "s1") == ["a2"]
    assert undo(store, "s1") == ["a3"]
    assert members(store, "s3") == ["s3", "a3"]
    with pytest.raises(StoreError, match="a9 is in no story"):
        move(store, ["a1", "a9"], "s2")
    assert members(store, "s1") == ["s1", "a1", "a2"]


def test_moving_to_where_it_is_only_pins(store: SqlStore) -> None:
    stocked(store, {"a1": "s1"})
    once = store.story("s1"), store.story_events("s1")
    move(store, ["a1"], "s1", pin=True)
    assert (store.story("s1"), store.story_events("s1")) == once
    assert pinned(store, "s1") == [True]
    place(store, "a1", "s1")
    assert pinned(store, "s1") == [True]


# --- long memory -----------------------------------------------------------------------------


def named(store: SqlStore, one: str, names: Iterable[int], story: str = "s1") -> None:
    placement = Placement(article=one, story=story, score=1.0, reason="")
    store.save_placement(placement, f"features of {one}".encode(), CLUSTER, NOW, list(names))


def test_old_articles_are_recalled_by_two_names(store: SqlStore) -> None:
    for number, names in enumerate([(1, 2, 3), (1, 2), (2, 3), (3, 4)]):
        save(store, article(number), now=NOW + number * DAY)
        named(store, f"a{number}", names)
    later = NOW + 9 * DAY
    assert [row[0] for row in store.recall([1, 2, 3, 9], later, 9)] == ["a0", "a2", "a1"]
    assert [row[0] for row in store.recall([1, 2, 3, 9], later, 1)] == ["a0"]
    assert [row[0] for row in store.recall([1, 2, 3], NOW + DAY, 9)] == ["a0"]
    assert store.recall([1, 1], later, 9) == store.recall([], later, 9) == []
    assert store.recall([1, 2], NOW, 9) == []
    assert store.recall([3, 4, 2**32 - 1], later, 9) == [("a3", "s1", b"features of a3", False)]
    assert [store.has_placed(when) for when in (NOW, NOW + HOUR)] == [False, True]


def test_a_name_of_many_recalls_the_latest(store: SqlStore) -> None:
    with store.transaction():
        for number in range(300):
            save(store, article(number), now=NOW + number * HOUR)
            named(store, f"a{number}", (1, 2))
    found = [row[0] for row in store.recall([1, 2], NOW + 279.5 * HOUR, 999)]
    assert found == [f"a{number}" for number in range(279, 79, -1)]


def test_an_article_that_joins_a_closed_story_follows_it(store: SqlStore) -> None:
    stocked(store, {"a1": "s1"})
    store.close_stories(NOW + DAY)
    save(store, article(2), article(3), now=NOW + 90 * DAY)
    place(store, "a2", "s1", NOW + 90 * DAY)
    place(store, "a3", "s1", NOW + 90 * DAY)
    happened = [(e.what, e.since) for e in store.story_events("s1")]
    assert happened == [("created", None), ("followed", NOW), ("joined", None)]


def test_a_story_that_goes_into_a_closed_one_follows_it(store: SqlStore) -> None:
    stocked(store, {"a1": "s1"})
    store.close_stories(NOW + DAY)
    save(store, article(2), now=NOW + 90 * DAY)
    place(store, "a2", "s2", NOW + 90 * DAY, new=True)
    move(store, ["a2"], "s1")
    assert [e.since for e in store.story_events("s1") if e.what == "merged"] == [NOW]
    story = store.story("s1")
    assert story is not None
    assert story.state == "open"


# --- any sequence ----------------------------------------------------------------------------

ARTICLES = [f"a{n}" for n in range(6)]
STEP = st.tuples(
    st.sampled_from(["repair", "edit", "undo"]),
    st.sets(st.sampled_from(ARTICLES), min_size=1, max_size=4),
    st.integers(0, 8),
)


@settings(deadline=None, max_examples=60)
@given(steps=st.lists(STEP, max_size=12))
def test_whatever_is_moved_every_article_is_in_one_story_and_every_id_resolves(
    steps: list[tuple[str, set[str], int]],
) -> None:
    store = open_store(":memory:")
    stocked(store, {one: f"s{n // 2}" for n, one in enumerate(ARTICLES)})
    shown = {"s0", "s1", "s2"}
    for kind, some, number in steps:
        story = f"s{number}"
        if kind == "undo":
            state = {one: members(store, s)[0] for s in shown for one in members(store, s)[1:]}
            went = undo(store, story)
            assert all(state[one] != (store.story_of(one) or store).id for one in went)
        else:
            move(store, sorted(some), story, pin=kind == "edit")
            shown.add(story)
            assert set(members(store, story)[1:]) >= some
        found = [members(store, one) for one in shown]  # every id leads to a story that has some
        assert all(len(one) > 1 for one in found)
        placed = {one: story for story, *ids in found for one in ids}
        assert sorted(placed) == ARTICLES
        assert sum(len(ids) for ids in {tuple(one[1:]) for one in found}) == len(ARTICLES)
    assert store.check() == []
    store.close()
