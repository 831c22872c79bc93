"""Contract of articles: identity, revisions, search."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from store_making import DAY, EXTRACT, HOUR, NOW, article, loose, save, url

from nutgraf.adapters.store import SqlStore, open_store
from nutgraf.adapters.store.columns import UtcTime, Words, sort_time
from nutgraf.types import Article, Page


def test_an_article_comes_back_as_it_was_given(store: SqlStore) -> None:
    full = article(
        1, published="2031-03-04", publisher="Gull", authors=["A. Tern", "B. Auk"],
        language="en", kind="analysis", modified="2031-03-04T02:00:00+01:00",
    )  # fmt: skip
    assert save(store, full) == [full]
    assert store.article("a1") == store.article(url(1)) == full
    assert store.articles(["no", "a1"]) == store.revisions("a1") == [full]
    assert store.article("no") is None


def test_any_known_address_leads_to_the_article(store: SqlStore) -> None:
    page = Page(url="https://gull.example/redirected", status=200)
    due = loose(url="https://gull.example/from-feed")
    store.save_article(due, article(1), EXTRACT, NOW, None, page)
    for address in (url(1), page.url, due.entry.url):
        later = article(2, url=address, text=f"Now had from {address}")
        (stored,) = save(store, later)
        assert stored.id == "a1"
    assert store.article("a2") is None
    assert len(store.revisions("a1")) == 4


def test_where_addresses_disagree_the_article_s_own_one_counts(store: SqlStore) -> None:
    save(store, article(1), article(2))
    text = article(3, url=url(2), text="Something else.")
    stored = store.save_article(loose(url=url(1)), text, EXTRACT, NOW, None)
    assert stored is not None
    assert stored.id == "a2"
    assert store.article(url(1)) == article(1)


def test_a_text_without_address_is_known_by_its_id(store: SqlStore) -> None:
    save(store, article(1, url=None))
    assert save(store, article(1, url=None)) == []
    (second,) = save(store, article(1, url=None, text="Edited."))
    assert second.revision == 2


def test_only_title_text_and_date_make_a_revision(store: SqlStore) -> None:
    first = article(1)
    save(store, first)
    for same in (first, replace(first, authors=["X"]), replace(first, kind="opinion")):
        assert save(store, same) == []
    changes = ({"title": "T"}, {"text": "Other."}, {"published": "2031-03-03"})
    for number, change in enumerate(changes, 2):
        (stored,) = save(store, replace(first, **change))
        assert stored.revision == number
    (back,) = save(store, first)
    assert back.revision == 5
    assert [one.revision for one in store.revisions("a1")] == [1, 2, 3, 4, 5]


def test_what_an_edit_leaves_out_stays_known(store: SqlStore) -> None:
    save(store, article(1, url=None, publisher="Gull"))
    (second,) = save(store, article(1, text="Edited.", publisher=None))
    assert (second.url, second.publisher) == (url(1), "Gull")
    assert store.article("a1") == second


def test_recent_articles_come_newest_first(store: SqlStore) -> None:
    dates = ("2031-03-01", "2031-03-03T10:00:00Z", "2031-03-03T12:00:00+09:00", None)
    save(store, *(article(number, published=date) for number, date in enumerate(dates)))
    assert [one.id for one in store.recent_articles(NOW - 9 * DAY, 9)] == ["a3", "a1", "a2", "a0"]
    assert [one.id for one in store.recent_articles(NOW - 2 * DAY, 1)] == ["a3"]
    assert store.seen_at(["a1", "no"]) == {"a1": NOW}


def test_search_finds_the_words_of_the_latest_revision_only(store: SqlStore) -> None:
    save(store, article(1, text="A walrus in Kelm."), article(2, text="No such animal."))
    assert [one.id for one in store.search("WALRUS kelm")] == ["a1"]
    assert store.search("walrus animal") == []
    save(store, article(1, text="A seal in Kelm."))
    assert store.search("walrus") == []
    assert [one.text for one in store.search("seal")] == ["A seal in Kelm."]
    assert store.check() == []


def test_search_is_newest_first_and_keeps_to_its_limit(store: SqlStore) -> None:
    days = [3, 1, 2]
    save(store, *(article(day, published=f"2031-03-0{day}") for day in days))
    assert [one.id for one in store.search("ferry")] == ["a3", "a2", "a1"]
    assert [one.id for one in store.search("ferry", limit=2)] == ["a3", "a2"]


_HARD = st.sampled_from(
    [
        '"',
        "'",
        "AND",
        "OR",
        "NOT",
        "NEAR(",
        "*",
        "^",
        "-",
        ":",
        "title:",
        "\0",
        "\ud800",
        "é",
        "3,000",
        "%",
        "ferry",
    ]
)


@settings(deadline=None)
@given(query=st.lists(_HARD | st.text()).map(" ".join))
def test_search_takes_any_text(searched: SqlStore, query: str) -> None:
    assert {one.id for one in searched.search(query)} <= {"a1"}


@pytest.fixture(scope="module")
def searched() -> SqlStore:
    opened = open_store(":memory:")
    save(opened, article(1, text='AND "quoted" 3,000 é'))
    return opened


@pytest.mark.parametrize("query", ['"3,000"', "and", '"quoted" OR', "ferry's"])
def test_operators_are_words(searched: SqlStore, query: str) -> None:
    found = [one.id for one in searched.search(query)]
    assert found == ([] if query in ("ferry's", '"quoted" OR') else ["a1"])


@settings(deadline=None)
@given(text=st.text(), title=st.text())
def test_any_text_is_kept_with_its_offsets(searched: SqlStore, text: str, title: str) -> None:
    with searched.transaction():
        save(searched, article(1))
        save(searched, article(2, text=text, title=title))
        stored = searched.article("a2")
        assert stored is not None
        kept = [(a, b) for a, b in zip(stored.text, text, strict=True) if a != b]
        assert all(a == "\ufffd" and (b == "\0" or "\ud800" <= b <= "\udfff") for a, b in kept)
        assert save(searched, article(2, text=text, title=title)) == []
        save(searched, article(2))  # keeps the index of the other tests clean
        searched.save_drops([])


def test_lone_surrogates_and_nul_do_not_stop_a_text(store: SqlStore) -> None:
    (stored,) = save(store, article(1, text="a\0b\udc80c", title="\ud800", publisher="\udfff"))
    assert stored.text == "a\ufffdb\ufffdc"
    assert store.revisions("a1") == [replace(stored, publisher="\ufffd")]


@given(st.datetimes(timezones=st.timezones() | st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_times_keep_their_order_as_text(one: datetime, other: datetime) -> None:
    column = UtcTime()
    try:
        written = [column.process_bind_param(time, None) for time in (one, other)]
    except OverflowError:
        return  # the year 0 or 10000 in UTC
    assert (written[0] < written[1]) == (one.astimezone(UTC) < other)
    assert column.process_result_value(written[0], None) == one.astimezone(UTC)


def test_a_naive_time_is_refused(store: SqlStore) -> None:
    with pytest.raises(ValueError, match="without a zone"):
        store.save_article(loose(), article(1), EXTRACT, datetime(2031, 1, 1), None)  # noqa: DTZ001
    assert store.counts()["articles"] == 0


@pytest.mark.parametrize(
    ("published", "sorts_at"),
    [
        ("2031-03-01", datetime(2031, 3, 1, tzinfo=UTC)),
        ("2031-03-01T12:00:00+09:00", datetime(2031, 3, 1, 3, tzinfo=UTC)),
        ("2031-03-01T12:00:00", datetime(2031, 3, 1, 12, tzinfo=UTC)),
        ("2099-01-01", NOW),
        ("0001-01-01T00:00:00+12:00", NOW),
        ("last Tuesday", NOW),
        ("", NOW),
        (None, NOW),
    ],
)
def test_where_a_date_stands_in_time(published: str | None, sorts_at: datetime) -> None:
    assert sort_time(published, NOW) == sorts_at


@given(st.text() | st.datetimes(timezones=st.timezones()).map(datetime.isoformat))
def test_no_date_sorts_after_it_was_seen(published: str) -> None:
    zone = timezone(timedelta(hours=5))
    assert sort_time(published, NOW.astimezone(zone)) <= NOW


def test_words_leave_storable_text_alone() -> None:
    assert Words().process_bind_param("Dún Méra 🦭", None) == "Dún Méra 🦭"


def test_articles_are_had_by_the_thousand(store: SqlStore) -> None:
    with store.transaction():
        stored = save(store, *(article(number) for number in range(1100)))
    ids = [one.id for one in reversed(stored)]
    assert [one.id for one in store.articles(ids)] == ids
    assert isinstance(stored[0], Article)
    assert len(store.seen_at(ids)) == 1100
    assert store.recent_articles(NOW + HOUR, 9) == []
