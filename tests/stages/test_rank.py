from __future__ import annotations

import math
from datetime import datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsdesk import NOW, article, brief_of, copies, coverage, wire

from nutgraf.stages.rank import DEFAULT_FLOOR, DEFAULT_SIZE, WEIGHTS, order, rank
from nutgraf.types import Article, Beat, Coverage, Figure, Kind, Origin, Ranked, Relevance

FITS = Relevance(score=0.7, reason="7 of 10 sentences speak of it")
BEAT = Beat(name="b")
LONG = "word " * 300
HOURS = st.floats(0, 24 * 30)


def report(id: str, hours: float = 3.0, kind: Kind = "news", text: str = LONG) -> Article:
    when = (NOW - timedelta(hours=hours)).isoformat()
    return article(id, text, published=when, publisher=f"The {id}", kind=kind)


def scored(told: Coverage, relevance: Relevance = FITS) -> Ranked:
    return order([(told, relevance)], NOW)[0]


@st.composite
def coverages(draw: st.DrawFn, story: str = "s1") -> Coverage:
    kinds: list[Kind] = ["news", "opinion", "press", "live", "research"]
    told = [
        report(f"{story}-{i}", draw(HOURS), draw(st.sampled_from(kinds)), "word " * draw(LENGTHS))
        for i in range(draw(st.integers(1, 6)))
    ]
    ids = [a.id for a in told]
    traces = draw(
        st.dictionaries(st.sampled_from(ids), st.sampled_from([*ids, "An Agency"]), max_size=4)
    )
    return coverage(
        *told,
        story=story,
        traces={
            a: Origin(article=a, first=f, how="copy" if f != a else "own", copy_of=f)
            for a, f in traces.items()
        },
        seen_at={one: NOW - timedelta(hours=draw(HOURS)) for one in ids},
    )


LENGTHS = st.integers(0, 600)
RELEVANCES = st.floats(0, 1).map(lambda score: Relevance(score=score, reason=""))


# --- scores ----------------------------------------------------------------------------------


def test_the_weights_make_a_whole() -> None:
    assert math.isclose(sum(WEIGHTS.values()), 1.0)


@given(coverages(), RELEVANCES)
def test_a_score_is_the_sum_of_its_reasons(told: Coverage, relevance: Relevance) -> None:
    found = scored(told, relevance)
    assert math.isfinite(found.score)
    assert -1 <= found.score <= 1
    assert math.isclose(found.score, sum(found.reasons.values()), abs_tol=1e-4)
    assert set(WEIGHTS) <= set(found.reasons)
    assert all(found.reasons[name] <= weight + 1e-9 for name, weight in WEIGHTS.items())


@given(coverages(), st.integers(0, 5), HOURS)
def test_a_copy_never_raises_what_origins_give(told: Coverage, which: int, hours: float) -> None:
    original = told.articles[which % len(told.articles)]
    twin = report("twin", hours)
    first = told.first(original.id)
    trace = Origin(article="twin", first=first, how="copy", copy_of=original.id)
    more = coverage(
        *told.articles, twin, traces=told.traces | {"twin": trace}, seen_at=told.seen_at
    )
    before, after = scored(told), scored(more)
    for name in ("origins", "freshness", "growth", "kind", "figures", "text"):
        assert after.reasons[name] == before.reasons[name]


@given(HOURS, st.floats(0.2, 24 * 30), RELEVANCES)
def test_a_fresh_story_outranks_its_stale_twin(
    hours: float, older: float, relevance: Relevance
) -> None:
    fresh = coverage(report("a", hours), story="fresh")
    stale = coverage(report("a", hours + older), story="a-stale")
    first, second = order([(stale, relevance), (fresh, relevance)], NOW)
    assert first.score >= second.score
    assert (first.story, second.story) == ("fresh", "a-stale")


@given(st.lists(st.tuples(st.integers(0, 3), RELEVANCES), max_size=4), st.data())
def test_the_order_given_does_not_matter(
    parts: list[tuple[int, Relevance]], data: st.DataObject
) -> None:
    items = [(data.draw(coverages(f"s{i}")), r) for i, (_, r) in enumerate(parts)]
    orders = [order(list(shuffled), NOW) for shuffled in permutations(items)]
    assert all(found == orders[0] for found in orders)


def test_equal_stories_stand_by_name() -> None:
    items = [(coverage(report("a"), story=story), FITS) for story in ("c", "a", "b")]
    assert [found.story for found in order(items, NOW)] == ["a", "b", "c"]
    assert [found.rank for found in order(items, NOW)] == [1, 2, 3]


# --- components ------------------------------------------------------------------------------


def test_four_reports_beat_twenty_reprints() -> None:
    many = [report(f"r{i}") for i in range(20)]
    reprints = coverage(*many, story="reprints", traces=copies("r0", *(a.id for a in many[1:])))
    reports = coverage(*(report(f"o{i}") for i in range(4)), story="reports")
    assert order([(reprints, FITS), (reports, FITS)], NOW)[0].story == "reports"


def test_an_agencys_text_is_one_origin_wherever_it_runs() -> None:
    told = [report(f"w{i}") for i in range(6)]
    found = scored(coverage(*told, traces=wire(*(a.id for a in told))))
    assert found.measures["origins"] == 1
    assert found.measures["outlets"] == 6


def test_growth_counts_from_the_last_edition() -> None:
    told = [report(f"r{i}", hours=2) for i in range(3)]
    seen = {a.id: NOW - timedelta(hours=30) for a in told[:2]} | {told[2].id: NOW}
    again = {"previous": brief_of(["r0", "r1"]), "previous_at": NOW - timedelta(hours=24)}
    assert scored(coverage(*told, seen_at=seen)).measures["growth"] == 3
    assert scored(coverage(*told, seen_at=seen, **again)).measures["growth"] == 1


def test_figures_that_differ_count_once_each() -> None:
    def figure(article: str, what: str, value: float) -> Figure:
        return Figure(
            article=article, what=what, value=value, unit="people", quote="", start=0, end=0
        )

    told = [report("a"), report("b")]
    agreed = [figure("a", "people killed", 3), figure("b", "killed people", 3)]
    differ = [*agreed, figure("a", "people trained", 3000), figure("b", "people trained", 5000)]
    assert scored(coverage(*told, figures=agreed)).measures["figures"] == 0
    assert scored(coverage(*told, figures=differ)).measures["figures"] == 1


@pytest.mark.parametrize(
    ("published", "hours"),
    [
        ((NOW - timedelta(hours=5)).isoformat(), 5.0),
        ("2026-11-21", 24.0),  # a day is its noon
        ("2026-11-22", 1.0),  # today: when it was seen
        ("2026-11-25T00:00:00+00:00", 0.0),  # never in the future
        ("soon", 1.0),
        (None, 1.0),
    ],
)
def test_the_age_of_an_article(published: str | None, hours: float) -> None:
    told = article("a", LONG, published=published)
    found = scored(coverage(told, seen_at={"a": NOW - timedelta(hours=1)}))
    assert found.measures["hours"] == hours


def test_times_without_zone_are_taken_as_utc() -> None:
    naive = datetime(2026, 11, 22, 11, 0)  # noqa: DTZ001
    found = scored(coverage(article("a", LONG), seen_at={"a": naive}))
    assert found.measures["hours"] == 1.0


# --- the edition -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "relevance", "published"),
    [
        (coverage(report("a", 4)), 0.6, True),  # one outlet, this morning
        (coverage(report("a", 20), report("b", 26)), 0.6, True),  # two outlets, yesterday
        (coverage(report("a", 40), report("b", 30), report("c", 28)), 0.5, True),
        (coverage(report("a", 1), report("b", 2, "opinion")), 0.4, True),
        (coverage(report("a", 36)), 0.45, False),  # one outlet, long ago
        (coverage(report("a", 8, "press")), 0.8, False),  # a party's own words
        (coverage(report("a", 3, "opinion")), 0.8, False),  # a comment
        (coverage(report("a", 30, text="word " * 20)), 0.4, False),  # a headline and a line
    ],
)
def test_the_floor(told: Coverage, relevance: float, published: bool) -> None:
    kept, drops = rank([(told, Relevance(score=relevance, reason=""))], BEAT, NOW)
    assert bool(kept) is published
    assert [drop.reason for drop in drops] == ([] if published else ["below the floor"])


def test_a_drop_says_why_in_plain_words() -> None:
    _, drops = rank([(coverage(report("a", 8, "press")), FITS)], BEAT, NOW)
    assert drops[0].stage == "rank"
    assert drops[0].subject == "s1"
    assert "1 independent report, the newest 8 hours old" in drops[0].detail
    assert "a party's own words" in drops[0].detail


def test_a_beat_sets_floor_and_size() -> None:
    items = [(coverage(report(f"a{i}", i), story=f"s{i}"), FITS) for i in range(6)]
    kept, drops = rank(items, Beat(name="b", size=2), NOW)
    assert [r.rank for r in kept] == [1, 2]
    assert {drop.reason for drop in drops} == {"edition is full"}
    assert rank(items, Beat(name="b", floor=1.01), NOW)[0] == []
    assert len(rank(items, Beat(name="b", floor=0.0), NOW)[0]) == 6
    assert rank(items, Beat(name="b", size=0), NOW)[0] == []


@given(st.integers(0, 40), st.floats(0, 1))
def test_every_story_is_placed_or_dropped(count: int, relevance: float) -> None:
    fits = Relevance(score=relevance, reason="")
    items = [(coverage(report("a", i * 5), story=f"s{i}"), fits) for i in range(count)]
    kept, drops = rank(items, BEAT, NOW)
    assert len(kept) <= DEFAULT_SIZE
    assert all(found.score >= DEFAULT_FLOOR for found in kept)
    assert sorted([r.story for r in kept] + [d.subject for d in drops]) == sorted(
        f"s{i}" for i in range(count)
    )


def test_a_story_without_articles_breaks_nothing() -> None:
    assert math.isfinite(scored(coverage()).score)
