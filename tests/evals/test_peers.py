"""The methods that stories are compared with do what their descriptions say."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.evals import peer_methods, peers
from nutgraf.types import Article

TITLES = [
    ("2030-03-01", "Ferry Halden hits breakwater at Marrow"),
    ("2030-03-01", "Breakwater struck by the ferry Halden"),
    ("2030-03-02", "Twelve hurt as the Halden ferry hits a breakwater"),
    ("2030-03-02", "Glacier museum reopens with a mammoth skeleton"),
    ("2030-03-03", "Mammoth skeleton draws crowds at glacier museum"),
    ("2030-03-03", "Quarrymen of Ostby vote for a strike"),
    ("2030-03-04", "Ostby quarrymen begin strike over wages"),
    ("2030-04-20", "Ferry Halden sails again past the breakwater"),
    ("2030-04-21", "Council to repaint the bandstand"),
    ("2030-04-21", "A mammoth task: the bandstand's new coat"),
    ("2030-04-22", "And then there was one"),
    (None, "Mammoth skeleton leaves glacier museum"),
]


def articles(*, dated: bool = True) -> list[Article]:
    return [
        Article(id=str(n), title=title, text="", published=day if dated else None)
        for n, (day, title) in enumerate(TITLES)
    ]


def parts(labels: list[int]) -> set[frozenset[int]]:
    held: dict[int, set[int]] = {}
    for n, label in enumerate(labels):
        held.setdefault(label, set()).add(n)
    return {frozenset(part) for part in held.values() if len(part) > 1}


def test_titles_that_share_three_telling_words_are_one_story() -> None:
    found = parts(peer_methods.overlapping_titles(articles()))
    assert found == {frozenset({0, 1, 2}), frozenset({3, 4, 11}), frozenset({5, 6})}


def test_an_unknown_day_keeps_no_titles_apart() -> None:
    found = parts(peer_methods.overlapping_titles(articles(dated=False)))
    assert frozenset({0, 1, 2, 7}) in found


def test_vectors_are_linked_at_the_cut_and_within_five_days() -> None:
    angles = np.radians([0, 50, 100, 0, 180, 0])
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1) * [
        [2.0],
        [0.5],
        [1],
        [1],
        [1],
        [1],
    ]
    days = np.array([0.0, 5.0, 10.0, 11.0, 0.0, np.nan])
    # 50 degrees are a cosine of .64: 0-1 and 1-2 lead on to one another; the day of 5 is unknown.
    assert parts(peer_methods.near_vectors(vectors, days)) == {frozenset({0, 1, 2, 3, 5})}
    assert parts(peer_methods.near_vectors(vectors[:5], days[:5])) == {frozenset({0, 1, 2})}
    assert parts(peer_methods.near_vectors(vectors[:5], days[:5], least=0.65)) == set()


def test_a_single_pass_joins_the_nearest_before_it_at_the_cut() -> None:
    near = [(0, 0.0), (0, 0.5), (1, 0.3), (2, 0.9), (4, 0.0)]
    assert parts(peer_methods.joined(near, 0.4)) == {frozenset({0, 1}), frozenset({2, 3})}
    assert parts(peer_methods.joined(near, 0.3)) == {frozenset({0, 1, 2, 3})}


@given(st.integers(1, 12), st.data())
def test_parts_are_what_a_walk_along_the_links_reaches(count: int, data: st.DataObject) -> None:
    ends = st.integers(0, count - 1)
    links = data.draw(st.lists(st.tuples(ends, ends), max_size=15))
    reach = np.eye(count, dtype=bool)
    for a, b in links:
        reach[a, b] = reach[b, a] = True
    for _ in range(count):
        reach = reach @ reach
    assert peer_methods.linked(count, links) == reach.argmax(axis=1).tolist()


def test_the_table_has_a_row_for_each_method() -> None:
    results = [
        peers.Result("one", {"a": 0.5, "b": 1.0}, 2.4),
        peers.Result("other", {"a": 0.0, "b": 0.25}, 9.6),
    ]
    assert list(peers.table(results)) == [
        "| | a | b | CPU s |",
        "|---|---|---|---|",
        "| one | .500 | 1.000 | 2 |",
        "| other | .000 | .250 | 10 |",
    ]
