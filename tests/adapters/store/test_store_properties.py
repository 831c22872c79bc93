"""Whatever is saved in whatever order: identity, revisions and lists of work stay right."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from store_making import COPIES, EXTRACT, NOW, loose, place, trace

from nutgraf.adapters.store import open_store
from nutgraf.types import Article, Made, Page

IDS = st.sampled_from(["a", "b", "c"])
URLS = st.none() | st.sampled_from([f"https://auk.example/{name}" for name in "uvwxyz"])
TEXTS = st.sampled_from(["one", "two", "three"])


class Model(RuleBasedStateMachine):
    """The store beside plain dictionaries that say what it should know."""

    def __init__(self) -> None:
        super().__init__()
        self.store = open_store(":memory:")
        self.aliases: dict[str, str] = {}
        self.texts: dict[str, list[str]] = {}
        self.traced: dict[str, tuple[int, str]] = {}
        self.measured: dict[str, tuple[int, str]] = {}
        self.placed: dict[str, str] = {}

    def teardown(self) -> None:
        self.store.close()

    @rule(name=IDS, own=URLS, page=URLS, entry=URLS, text=TEXTS)
    def save(
        self, name: str, own: str | None, page: str | None, entry: str | None, text: str
    ) -> None:
        given = Article(id=name, url=own, text=text)
        came = Page(url=page, status=200) if page else None
        stored = self.store.save_article(loose(url=entry or ""), given, EXTRACT, NOW, None, came)
        urls = [url for url in (own, page, entry) if url]
        lasting = next((self.aliases[url] for url in urls if url in self.aliases), name)
        for url in urls:
            self.aliases.setdefault(url, lasting)
        said = self.texts.setdefault(lasting, [])
        changed = not said or said[-1] != text
        assert (stored is not None) == changed
        if stored is not None:
            said.append(text)
            assert (stored.id, stored.text, stored.revision) == (lasting, text, len(said))

    @rule(name=IDS, bands=st.lists(st.integers(0, 9)))
    def trace(self, name: str, bands: list[int]) -> None:
        known = self.store.article(name)
        if known is not None:
            trace(self.store, known, *bands)
            self.traced[name] = known.revision, COPIES.by
            assert {near for near, _ in self.store.near(bands, 9)} >= ({name} if bands else set())

    @rule(name=IDS, by=st.sampled_from(["v1", "v2"]))
    def measure(self, name: str, by: str) -> None:
        known = self.store.article(name)
        if known is not None:
            self.store.save_figures(known, [], Made(by=by))
            self.measured[name] = known.revision, by

    @precondition(lambda self: self.traced)
    @rule(data=st.data(), story=st.sampled_from(["s", "t"]))
    def put(self, data: Any, story: str) -> None:
        one = data.draw(st.sampled_from(sorted(self.traced)))
        place(self.store, one, story)
        self.placed[one] = story

    @invariant()
    def revisions_only_grow(self) -> None:
        for one, said in self.texts.items():
            kept = self.store.revisions(one)
            assert [one.text for one in kept] == said
            assert [one.revision for one in kept] == list(range(1, len(said) + 1))

    @invariant()
    def aliases_lead_where_they_led_first(self) -> None:
        for url, one in self.aliases.items():
            found = self.store.article(url)
            assert found is not None
            assert found.id == one

    @invariant()
    def work_is_what_is_not_done(self) -> None:
        latest = {one: len(said) for one, said in self.texts.items()}
        untraced = {one for one in latest if self.traced.get(one) != (latest[one], COPIES.by)}
        assert {one.id for one in self.store.untraced(COPIES.by, 9)} == untraced
        for by in ("v1", "v2"):
            left = {one for one in latest if self.measured.get(one) != (latest[one], by)}
            assert {one.id for one in self.store.unmeasured(by, 9)} == left
        waiting = set(self.traced) - set(self.placed)
        assert {one.id for one in self.store.unplaced("g/1", 9)} == waiting

    @invariant()
    def stories_share_the_placed_out(self) -> None:
        for one, story in self.placed.items():
            found = self.store.story_of(one)
            assert found is not None
            assert found.id == story
            assert one in found.articles

    @invariant()
    def search_knows_the_latest(self) -> None:
        for text in ("one", "two", "three"):
            latest = {one for one, said in self.texts.items() if said[-1] == text}
            assert {found.id for found in self.store.search(text)} == latest
        assert self.store.check() == []


TestModel = Model.TestCase
TestModel.settings = settings(
    max_examples=25,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
