"""What later articles show joins stories and parts them; ids and editors' decisions survive."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.stages import cluster
from nutgraf.stages.cluster.window import Floats
from nutgraf.types import Article

NOON = datetime(2026, 11, 17, 12, tzinfo=UTC)
WORDS = "kittiwake aurelle channel ferry capsized divers hull pell pennick coastguard"


def window_of(stories: Mapping[str, str]) -> cluster.Window:
    """A window of articles that share all their words: every two of them are compared."""
    window = cluster.Window()
    for article, story in stories.items():
        data = cluster.features(Article(id=article, text=f"{WORDS} {article}"))
        window.add(article, story, data)
    window.touched.update(dict.fromkeys(window.slots.values()))
    return window


def told(window: cluster.Window, events: Mapping[str, str]) -> cluster.Scorer:
    """A scorer that knows which event each article tells of."""

    def score(article: str, pairs: Floats) -> Floats:
        own = window.slots[article]
        near = window.candidates(
            cluster.terms.unpack(window.data[own]), 32, own
        )  # the order in which pairs come
        assert len(near) == len(pairs)
        return np.array([6.0 if events[window.article[n]] == events[article] else -6.0
                         for n in near.tolist()])  # fmt: skip

    return score


def state(window: cluster.Window) -> dict[str, str]:
    return {article: window.story[slot] for article, slot in window.slots.items()}


def test_two_stories_of_one_event_become_one_under_the_id_of_the_larger() -> None:
    window = window_of({"a": "one", "b": "two", "c": "two"})
    [move] = cluster.repair(window, told(window, dict.fromkeys("abc", "x")))
    assert (move.article, move.story) == ("a", "two")
    assert "one" in move.reason
    assert state(window) == {"a": "two", "b": "two", "c": "two"}
    assert not window.touched
    assert cluster.repair(window) == []


def test_a_story_of_two_events_is_parted_and_the_larger_part_keeps_the_id() -> None:
    window = window_of(dict.fromkeys("abcde", "one"))
    events = {"a": "x", "b": "y", "c": "y", "d": "y", "e": "x"}
    moves = cluster.repair(window, told(window, events))
    assert {move.article for move in moves} == {"a", "e"}
    found = state(window)
    assert found["b"] == found["c"] == found["d"] == "one"
    assert found["a"] == found["e"] == cluster.story_id("a")


def test_what_an_editor_put_together_stays_together() -> None:
    window = window_of({"a": "one", "b": "one", "c": "one"})
    window.pinned |= {"a", "b"}
    cluster.repair(window, told(window, {"a": "x", "b": "y", "c": "z"}))
    found = state(window)
    assert found["a"] == found["b"] == "one"
    assert found["c"] != "one"


def test_what_an_editor_parted_stays_apart_and_keeps_its_id() -> None:
    window = window_of({"a": "one", "b": "two", "c": "two", "d": "three", "e": "three"})
    window.pinned |= {"a", "b"}
    cluster.repair(window, told(window, dict.fromkeys("abcde", "x")))
    found = state(window)
    assert (found["a"], found["b"]) == ("one", "two")
    assert "three" not in found.values(), "what nobody pinned joins one of them"


def test_a_story_too_large_to_look_at_moves_as_one() -> None:
    many = {f"n{i:02}": "large" for i in range(45)}
    window = window_of(many | {"a": "one"})
    window.touched.clear()
    window.touched[window.slots["a"]] = None
    cluster.repair(window, told(window, dict.fromkeys([*many, "a"], "x")))
    assert set(state(window).values()) == {"large"}


def test_two_large_stories_of_one_event_become_one() -> None:
    window = window_of({f"n{i:02}": "large" if i < 50 else "other" for i in range(95)})
    cluster.repair(window, told(window, {f"n{i:02}": "x" for i in range(95)}))
    assert set(state(window).values()) == {"large"}


stories = st.lists(st.sampled_from("pqrs"), min_size=1, max_size=12)


@settings(max_examples=60)
@given(stories, st.data())
def test_moves_are_what_changed_and_a_second_look_changes_nothing(
    before: list[str], data: st.DataObject
) -> None:
    names = [f"n{i}" for i in range(len(before))]
    events = {n: data.draw(st.sampled_from("xyz")) for n in names}
    window = window_of(dict(zip(names, before, strict=True)))
    old = state(window)
    moves = cluster.repair(window, told(window, events))
    found = state(window)
    assert {m.article: m.story for m in moves} == {n: s for n, s in found.items() if old[n] != s}
    # With a scorer that is never wrong the stories are the events.
    groups = {events[n]: {found[m] for m in names if events[m] == events[n]} for n in names}
    assert all(len(group) == 1 for group in groups.values())
    assert len({next(iter(group)) for group in groups.values()}) == len(groups)
    window.touched.update(dict.fromkeys(window.slots.values()))
    assert cluster.repair(window, told(window, events)) == []


def test_in_a_young_window_two_stories_need_more_to_become_one() -> None:
    def doubtful(article: str, pairs: Floats) -> Floats:
        return np.full(len(pairs), -0.6)

    young, old = window_of({"a": "one", "b": "two"}), cluster.Window()
    for n in range(400):
        data = cluster.features(Article(id=f"n{n}", text=f"quite{n} another{n} matter{n}"))
        old.add(f"n{n}", f"s{n}", data)
    for article, story in (("a", "one"), ("b", "two")):
        data = cluster.features(Article(id=article, text=f"{WORDS} {article}"))
        old.touched[old.add(article, story, data)] = None
    assert cluster.repair(young, doubtful) == []
    assert [move.article for move in cluster.repair(old, doubtful)] == ["b"]
