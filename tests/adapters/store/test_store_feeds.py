"""Contract of feeds, entries and the pages they lead to."""

from __future__ import annotations

from msgspec.structs import replace
from store_making import DAY, EXTRACT, HOUR, NOW, article, entry, feed, poll, url

from nutgraf.adapters.store import SqlStore
from nutgraf.types import Drop, Page, PageDue, Reading


def _due(store: SqlStore, now: object = NOW) -> list[str]:
    return [due.entry.url for due in store.pages_due(now, 100)]


def test_a_feed_is_followed_once_and_comes_back_as_it_was_given(store: SqlStore) -> None:
    given = replace(feed(), title="Gull", etag="x", added_at=NOW, due_at=NOW, failures=2)
    assert store.add_feed(given)
    assert not store.add_feed(feed())
    assert store.feeds() == [replace(given, id=1)]


def test_feeds_come_first_due_first_and_the_never_polled_before_all(store: SqlStore) -> None:
    for name, due in (("later", NOW + HOUR), ("never", None), ("sooner", NOW)):
        store.add_feed(replace(feed(name), due_at=due))
    assert [one.outlet for one in store.feeds()] == ["Never", "Sooner", "Later"]


def test_saving_a_reading_keeps_when_the_feed_was_added(store: SqlStore) -> None:
    store.add_feed(replace(feed(), added_at=NOW))
    store.save_reading(Reading(feed=replace(feed(), checked_at=NOW + DAY, error="404")), NOW)
    (saved,) = store.feeds()
    assert (saved.added_at, saved.checked_at, saved.error) == (NOW, NOW + DAY, "404")


def test_a_feed_that_moved_keeps_its_entries(store: SqlStore) -> None:
    poll(store, entry(1))
    (old,) = store.feeds()
    moved = store.save_feed(replace(old, url="https://gull.example/new"))
    assert moved.id == old.id
    assert poll(store, entry(1), of=moved) == 0


def test_a_feed_that_moved_to_another_one_gives_way_to_it(store: SqlStore) -> None:
    store.add_feed(feed("old"))
    store.add_feed(feed("new"))
    old = next(one for one in store.feeds() if one.outlet == "Old")
    store.save_feed(replace(old, url=feed("new").url))
    assert [one.url for one in store.feeds()] == [feed("new").url]


def test_an_entry_counts_when_it_is_new_or_changed(store: SqlStore) -> None:
    assert poll(store, entry(1), entry(2)) == 2
    assert poll(store, entry(1), entry(2)) == 0
    assert poll(store, entry(1, title="Ferry afloat"), entry(2, content="More."), entry(3)) == 3
    assert store.counts()["entries"] == 3


def test_a_guid_twice_in_one_reading_is_its_first(store: SqlStore) -> None:
    assert poll(store, entry(1, title="first"), entry(1, title="second")) == 1
    assert [due.entry.title for due in store.pages_due(NOW, 9)] == ["first"]


def test_a_long_feed_is_compared_whole(store: SqlStore) -> None:
    entries = [entry(number) for number in range(1201)]
    assert poll(store, *entries) == 1201
    assert poll(store, *entries) == 0


def test_entries_with_one_url_share_a_page(store: SqlStore) -> None:
    poll(store, entry(1))
    poll(store, entry(1), of=feed("tern"))
    (due,) = store.pages_due(NOW, 9)
    assert due.entry.outlet == "Gull"
    store.save_article(due, article(1), EXTRACT, NOW, None)
    assert store.carried_by(["a1", "a2"]) == {"a1": [feed().url, feed("tern").url]}


def test_entries_without_url_have_pages_of_their_own(store: SqlStore) -> None:
    poll(store, entry(1, url="", content="One."), entry(2, url="", content="Two."))
    assert [due.entry.content for due in store.pages_due(NOW, 9)] == ["One.", "Two."]
    assert poll(store, entry(1, url="", content="One, edited."), now=NOW + HOUR) == 1
    contents = [due.entry.content for due in store.pages_due(NOW + HOUR, 9)]
    assert contents == ["Two.", "One, edited."]


def test_a_page_that_was_read_is_due_again_when_its_time_comes_or_its_entry_changes(
    store: SqlStore,
) -> None:
    poll(store, entry(1))
    (due,) = store.pages_due(NOW, 9)
    store.save_article(due, article(1), EXTRACT, NOW, NOW + DAY)
    assert _due(store, NOW + DAY - HOUR) == []
    assert _due(store, NOW + DAY) == [url(1)]
    poll(store, entry(7, url=url(1)), now=NOW + HOUR)  # a second entry says nothing new of it
    assert _due(store, NOW + HOUR) == []
    poll(store, entry(1, summary="Edited."), now=NOW + HOUR)
    assert _due(store, NOW + HOUR) == [url(1)]


def test_a_page_carries_its_validators_and_its_counts(store: SqlStore) -> None:
    poll(store, entry(1))
    (due,) = store.pages_due(NOW, 9)
    page = Page(url=url(1), status=200, etag="e", modified="m")
    store.save_article(due, article(1), EXTRACT, NOW, NOW, page)
    store.page_unchanged(due, NOW, NOW)
    (again,) = store.pages_due(NOW, 9)
    assert (again.article, again.etag, again.modified, again.reads) == ("a1", "e", "m", 2)


def test_a_page_that_failed_comes_back_at_its_time_only(store: SqlStore) -> None:
    poll(store, entry(1), entry(2))
    first, second = store.pages_due(NOW, 9)
    gone = Drop(stage="extract", subject=url(2), reason="gone", at=NOW)
    store.page_failed(first, replace(gone, subject=url(1)), NOW + HOUR)
    store.page_failed(second, gone, None)
    assert _due(store) == []
    (again,) = store.pages_due(NOW + HOUR, 9)
    assert (again.entry.url, again.tries) == (url(1), 1)
    assert {drop.subject for drop in store.drops()} == {url(1), url(2)}
    poll(store, entry(2), of=feed("tern"), now=NOW + DAY)  # another feed tells of it
    assert _due(store, NOW + DAY) == [url(1), url(2)]


def test_unfollowing_takes_its_pages_off_the_list_but_not_those_of_others(store: SqlStore) -> None:
    poll(store, entry(1), entry(2))
    poll(store, entry(2), of=feed("tern"))
    assert store.remove_feed(feed().url)
    assert not store.remove_feed(feed().url)
    assert _due(store) == [url(2)]
    assert [one.outlet for one in store.feeds()] == ["Tern"]
    poll(store, of=feed())  # a poll that was under way does not follow it again
    assert [one.outlet for one in store.feeds()] == ["Tern"]
    assert store.add_feed(feed())


def test_pages_come_first_due_first(store: SqlStore) -> None:
    for number in (3, 1, 2):
        poll(store, entry(number), now=NOW + number * HOUR)
    assert _due(store, NOW + DAY) == [url(1), url(2), url(3)]
    assert [due.entry.url for due in store.pages_due(NOW + DAY, 2)] == [url(1), url(2)]


def test_the_state_of_a_page_is_found_by_any_address_of_its_article(store: SqlStore) -> None:
    poll(store, entry(1))
    (due,) = store.pages_due(NOW, 9)
    page = Page(url="https://gull.example/after-redirect", status=200)
    store.save_article(due, article(1, url="https://gull.example/x"), EXTRACT, NOW, None, page)
    for address in (url(1), "https://gull.example/x", page.url, "a1"):
        state, told = store.page_of(address), store.entry_of(address)
        assert state is not None
        assert told is not None
        assert (state.url, state.article, state.read_at, told.guid) == (url(1), "a1", NOW, "g1")
    assert store.page_of("https://tern.example/") is None
    assert store.entry_of("https://tern.example/") is None


def test_a_page_that_nobody_stored_is_marked_nowhere(store: SqlStore) -> None:
    due = PageDue(entry=entry(1))
    assert store.save_article(due, article(1), EXTRACT, NOW, None) is not None
    assert store.counts()["pages"] == 0
    assert store.article(url(1)) is not None


def test_an_entry_that_moves_on_leaves_its_old_page_to_be_read_by_itself(store: SqlStore) -> None:
    poll(store, entry(1))
    (first,) = store.pages_due(NOW, 9)
    store.save_article(first, article(1), EXTRACT, NOW, NOW + HOUR)
    poll(store, entry(1, url=url(2)), now=NOW + HOUR)
    due = {page.url: page for page in store.pages_due(NOW + HOUR, 9)}
    assert set(due) == {url(1), url(2)}
    store.page_unchanged(due[url(1)], NOW + HOUR, None)
    assert [page.url for page in store.pages_due(NOW + HOUR, 9)] == [url(2)]
