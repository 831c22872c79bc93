"""Contract of the lists of work, and of what the stages save."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_making import COPIES, DAY, FIGURES, HOUR, NOW, article, place, save, trace

from nutgraf.adapters.store import SqlStore, open_store
from nutgraf.types import Article, Drop, Figure, Made, Origin


def _ids(articles: list[Article]) -> list[str]:
    return [one.id for one in articles]


def _figure(one: Article, value: float = 9) -> Figure:
    return Figure(
        article=one.id, what="rescued", value=value, unit="person", quote="ferry", start=4, end=9,
        as_of="2031-03-04", said_by="Coast guard",
    )  # fmt: skip


def _measure(store: SqlStore, one: Article, made: Made = FIGURES) -> None:
    store.save_figures(one, [_figure(one)], made)


def test_work_comes_oldest_published_first(store: SqlStore) -> None:
    dates = {3: "2031-03-03", 1: "2031-03-01", 9: None, 2: "2031-03-02"}
    for one in save(store, *(article(number, published=day) for number, day in dates.items())):
        assert one.revision == 1
    order = ["a1", "a2", "a3", "a9"]
    assert _ids(store.untraced(COPIES.by, 9)) == _ids(store.unmeasured(FIGURES.by, 9)) == order
    assert _ids(store.untraced(COPIES.by, 2)) == order[:2]
    assert store.unplaced("g/1", 9) == []


def test_finished_work_comes_back_for_another_version_only(store: SqlStore) -> None:
    first, second = save(store, article(1), article(2))
    trace(store, first)
    _measure(store, first)
    assert _ids(store.untraced(COPIES.by, 9)) == ["a2"]
    assert _ids(store.unmeasured(FIGURES.by, 9)) == ["a2"]
    assert _ids(store.untraced("f/2", 9)) == _ids(store.unmeasured("h/2", 9)) == ["a1", "a2"]
    store.save_figures(second, [], Made(by="h/0"))
    _measure(store, first, Made(by="h/2"))
    assert _ids(store.unmeasured("h/2", 9)) == ["a2"]
    assert _ids(store.unmeasured("h/0", 9)) == ["a1"]


def test_a_revision_is_work_again_but_is_not_placed_again(store: SqlStore) -> None:
    (first,) = save(store, article(1))
    trace(store, first)
    _measure(store, first)
    place(store, "a1", "s1", new=True)
    (second,) = save(store, article(1, text="The ferry floats."))
    assert store.untraced(COPIES.by, 9) == store.unmeasured(FIGURES.by, 9) == [second]
    assert store.figures(["a1"]) == []  # those of the first revision don't cite this text
    trace(store, second)
    assert store.unplaced("g/1", 9) == []


def test_work_on_a_revision_that_is_no_longer_the_latest_does_not_count(store: SqlStore) -> None:
    (first,) = save(store, article(1))
    (second,) = save(store, article(1, text="The ferry floats."))
    trace(store, second, how="wire", first="Selm Wire")
    trace(store, first)
    _measure(store, first)
    assert store.origins(["a1"])["a1"].first == "Selm Wire"
    assert store.unmeasured(FIGURES.by, 9) == [second]
    assert store.figures(["a1"]) == []


def test_traced_articles_wait_to_be_placed(store: SqlStore) -> None:
    first, second = save(
        store, article(1, published="2031-03-02"), article(2, published="2031-03-01")
    )
    trace(store, first)
    trace(store, second)
    assert _ids(store.unplaced("g/1", 9)) == ["a2", "a1"]
    place(store, "a2", "s1", new=True)
    assert _ids(store.unplaced("g/1", 9)) == _ids(store.unplaced("g/2", 9)) == ["a1"]


@pytest.mark.parametrize("stage", ["copies", "cluster", "figures"])
def test_what_a_stage_dropped_comes_back_with_a_revision_or_a_version(
    store: SqlStore, stage: str
) -> None:
    todo = {"copies": store.untraced, "cluster": store.unplaced, "figures": store.unmeasured}[stage]
    (first,) = save(store, article(1))
    if stage == "cluster":
        trace(store, first)
    drop = Drop(stage=stage, subject="a1", reason="too short", at=NOW)
    store.drop_article(first, drop, Made(by="x/1"))
    assert todo("x/1", 9) == []
    assert _ids(todo("x/2", 9)) == ["a1"]
    assert store.drops("a1") == [drop]
    (second,) = save(store, article(1, text="Longer, at last."))
    if stage == "cluster":
        trace(store, second)
    assert _ids(todo("x/1", 9)) == ["a1"]


def test_an_origin_comes_back_as_it_was_given(store: SqlStore) -> None:
    first, _ = save(store, article(1), article(2))
    origin = Origin(
        article="a1", first="Selm Wire", how="second-hand", copy_of="a2", similarity=0.5,
        quote="Selm Wire reported",
    )  # fmt: skip
    store.save_origin(first, origin, b"", [], COPIES)
    assert store.origins(["a1", "a2"]) == {"a1": origin}


def test_near_gives_those_that_share_most_bands_first(store: SqlStore) -> None:
    one, two, three = save(store, article(1), article(2), article(3))
    trace(store, one, 1, 2, 3)
    trace(store, two, 2, 3, 4)
    trace(store, three, 7, 8, 9)
    assert [found for found, _ in store.near([2, 3, 4, 5], 9)] == ["a2", "a1"]
    assert store.near([2, 3, 4], 1) == [("a2", b"signature of a2")]
    assert store.near([], 9) == store.near([99], 9) == []


def test_a_new_trace_takes_the_old_bands_out(store: SqlStore) -> None:
    (one,) = save(store, article(1))
    trace(store, one, 1, 2)
    trace(store, one, 2, 3)
    assert store.near([1], 9) == []
    assert [found for found, _ in store.near([3], 9)] == ["a1"]


@pytest.fixture(scope="module")
def shared() -> Iterator[SqlStore]:
    opened = open_store(":memory:")
    save(opened, article(1))
    yield opened
    opened.close()


@settings(deadline=None)
@given(keys=st.lists(st.integers(-(2**63), 2**64 - 1), min_size=1, max_size=40))
def test_band_keys_are_any_64_bits(shared: SqlStore, keys: list[int]) -> None:
    trace(shared, article(1), *keys)
    assert [found for found, _ in shared.near(keys, 9)] == ["a1"]
    trace(shared, article(1))
    assert shared.near(keys, 9) == []


def test_a_band_that_everybody_shares_costs_no_more_than_its_part(store: SqlStore) -> None:
    with store.transaction():
        for one in save(store, *(article(number) for number in range(700))):
            trace(store, one, 5, int(one.id[1:]) + 1000)
    assert len(store.near([5], 1000)) == 500
    assert [found for found, _ in store.near([5, 1699], 1000)].count("a699") == 1


@pytest.mark.parametrize("value", [9, 2.5, "12:30", "2031-03-04", [3.0, 5.0]])
def test_figures_come_back_in_their_order(store: SqlStore, value: float) -> None:
    one, two = save(store, article(1), article(2))
    mine = [_figure(one, value), _figure(one, 1)]
    store.save_figures(one, mine, FIGURES)
    store.save_figures(two, [_figure(two)], FIGURES)
    assert store.figures(["a2", "a1", "no"]) == [_figure(two), *mine]
    store.save_figures(one, mine[:1], FIGURES)
    assert store.figures(["a1"]) == mine[:1]


def test_a_later_date_moves_work_in_time(store: SqlStore) -> None:
    save(store, article(1, published="2031-03-01"), article(2, published="2031-03-02"))
    save(store, article(1, published="2031-03-03"), now=NOW + HOUR)
    assert _ids(store.untraced(COPIES.by, 9)) == ["a2", "a1"]
    assert _ids(store.recent_articles(NOW - 9 * DAY, 9)) == ["a1", "a2"]
