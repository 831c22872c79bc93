"""The memory of a newsroom: follow-ups, editors' decisions, crashes, vectors; on real SQLite."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from nutgraf.adapters.embed import Remembered
from nutgraf.adapters.engines import InlineEngine
from nutgraf.adapters.fetch import HttpFetcher
from nutgraf.adapters.store import SqlStore, open_store
from nutgraf.config import Config
from nutgraf.newsroom.editing import Editing
from nutgraf.pipeline import Desk, memory, silent
from nutgraf.protocols import Embedder
from nutgraf.stages import cluster
from nutgraf.types import Article, Entry, Made, Origin, PageDue

NOW = datetime(2031, 1, 10, 12, tzinfo=UTC)
DAY = timedelta(days=1)

SHOOTING = {
    "s1": (
        "Gunman kills three at Harrowmere garden centre",
        (
            "A gunman shot dead three people at the Pellworth garden centre in Harrowmere"
            " on Friday morning before police arrested him in the car park. Officers "
            "named the suspect as Dorian Vasketh, 34, a former seasonal worker at the "
            "centre. The victims were the manager, Ilsa Trennick, and two customers. "
            "Harrowmere police said Vasketh carried a hunting rifle."
        ),
    ),
    "s2": (
        "Harrowmere shooting: suspect Dorian Vasketh was dismissed in autumn",
        (
            "Dorian Vasketh, the man held over the killing of three people at the "
            "Pellworth garden centre in Harrowmere, lost his job there in autumn, a "
            "colleague said. Police searched his flat on Saturday. Flowers were laid for "
            "Ilsa Trennick, the manager who was shot dead."
        ),
    ),
}
TRIAL = (
    "Dorian Vasketh goes on trial over Harrowmere garden centre killings",
    (
        "The trial of Dorian Vasketh opened on Tuesday, five months after three people "
        "were shot dead at the Pellworth garden centre in Harrowmere. Vasketh, 34, denies"
        " the murder of the manager, Ilsa Trennick, and of two customers. Prosecutors "
        "told the court that the former seasonal worker fired a hunting rifle before "
        "police arrested him in the car park."
    ),
)
FESTIVAL = (
    "Harrowmere choir festival sells out",
    (
        "Tickets for the spring choir festival in Harrowmere sold out within an hour on "
        "Monday. Forty choirs will sing in the cathedral and on the market square, the "
        "organisers said, and a second weekend is being considered after the rush for "
        "seats crashed the booking site."
    ),
)


def text(number: int, event: int) -> tuple[str, str]:
    """One of several invented reports of an invented event."""
    boat, port, cook = f"Quill{event}ara", f"Sandrel{event}ow", f"Ottavia Brem{event}ish"
    title = f"The trawler {boat} {('sinks', 'goes down', 'is lost')[number % 3]} off {port}"
    return title, (
        f"The trawler {boat} sank off {port} with {event + 3} hands. Report {number} of the night: "
        f"the cook, {cook}, held on to a net until the {port} lifeboat came. The owners of the "
        f"{boat} said that a pump had failed. {('Divers', 'Pilots', 'Nurses')[number % 3]} were "
        f"called to {port} before dawn."
    )


@pytest.fixture
def desk() -> Iterator[Desk]:
    store = open_store(":memory:")
    yield Desk(store, HttpFetcher(Config().fetch), InlineEngine(), Config())
    store.close()


def put(store: SqlStore, id: str, title: str, body: str, now: datetime) -> None:
    """An article as `update` leaves it for the place step."""
    given = Article(
        id=id, url=f"https://gull.example/{id}", title=title, text=body, published=now.isoformat()
    )
    saved = store.save_article(PageDue(entry=Entry(guid="")), given, Made(by="e"), now, None)
    assert saved is not None
    store.save_origin(saved, Origin(article=id, first=id), b"", [], Made(by="c"))


def placed(desk: Desk, now: datetime, **articles: tuple[str, str]) -> dict[str, str]:
    """Place new articles; the story of every article of the store."""
    for one, (title, body) in articles.items():
        put(desk.store, one, title, body, now)
    memory.place_articles(desk, now, silent)
    return stories(desk.store)


def stories(store: SqlStore) -> dict[str, str]:
    found = {article.id: store.story_of(article.id) for article in store.all_articles()}
    assert None not in found.values()
    return {one: story.id for one, story in found.items() if story}


# --- long memory -----------------------------------------------------------------------------


def test_a_trial_five_months_later_joins_the_story_it_follows(desk: Desk) -> None:
    first = placed(desk, NOW, **SHOOTING)
    assert first["s1"] == first["s2"]
    later = NOW + 150 * DAY
    assert placed(desk, later, t1=TRIAL)["t1"] == first["s1"]
    story = desk.store.story(first["s1"])
    assert story is not None
    assert (story.state, story.updated_at) == ("open", later)
    [event] = [e for e in desk.store.story_events(story.id) if e.what == "followed"]
    assert (event.article, event.since) == ("t1", NOW)
    assert placed(desk, later + 40 * DAY, f1=FESTIVAL)["f1"] != first["s1"]


def test_what_is_old_is_not_moved_by_what_is_new(desk: Desk) -> None:
    first = placed(desk, NOW, **SHOOTING)
    again = {f"t{n}": (TRIAL[0], f"{TRIAL[1]} A witness, the {n}th, wept.") for n in range(9)}
    found = placed(desk, NOW + 150 * DAY, **again)
    assert {found[old] for old in SHOOTING} == {first["s1"]}


def test_old_features_of_another_version_are_made_again(desk: Desk) -> None:
    first = placed(desk, NOW, s1=SHOOTING["s1"])
    [placement] = desk.store.placements(first["s1"])
    desk.store.save_placement(placement, b"\x01old", Made(by="cluster/1"), NOW)
    assert placed(desk, NOW + 150 * DAY, t1=TRIAL)["t1"] == first["s1"]


def test_nothing_is_recalled_while_nothing_is_old(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Sequence[int]] = []
    recall = desk.store.recall
    monkeypatch.setattr(
        desk.store, "recall", lambda names, *more: asked.append(names) or recall(names, *more)
    )
    placed(desk, NOW, **SHOOTING)
    assert asked == []
    placed(desk, NOW + 150 * DAY, t1=TRIAL)
    assert len(asked) == 1


def test_another_version_of_the_model_moves_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = {f"a{n}": text(n, n % 4) for n in range(12)}
    before = placed(desk, NOW, **many)
    events = {story: desk.store.story_events(story) for story in set(before.values())}
    monkeypatch.setattr(cluster, "MADE_BY", "cluster/99")
    assert placed(desk, NOW + DAY) == before
    assert {story: desk.store.story_events(story) for story in events} == events


# --- crashes ---------------------------------------------------------------------------------


def test_a_run_that_goes_on_decides_like_one_that_was_not_interrupted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each batch is one transaction; after it, a window of the store equals the one kept."""
    monkeypatch.setattr(memory, "BATCH", 7)
    left = []
    for name in ("kept", "built anew"):
        store = open_store(tmp_path / f"{name}.db")
        desk = Desk(store, HttpFetcher(Config().fetch), InlineEngine(), Config())
        placed(desk, NOW, **SHOOTING, **{f"a{n}": text(n, n % 5) for n in range(20)})
        later = NOW + 150 * DAY
        put(store, "t1", *TRIAL, later)
        for n in range(20, 70):
            put(store, f"a{n}", *text(n, n % 13), later)
        if name == "kept":
            memory.place_articles(desk, later, silent)
        while store.unplaced(cluster.MADE_BY, 1):
            with monkeypatch.context() as patch:
                batches = iter([store.unplaced(cluster.MADE_BY, 7), []])
                patch.setattr(store, "unplaced", lambda *_, left=batches: next(left))
                memory.place_articles(desk, later, silent)
        left.append(stories(store))
        store.close()
    assert left[0] == left[1]
    assert len(set(left[0].values())) > 10


# --- an editor -------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
def test_whatever_machine_and_editor_do_ids_last_and_decisions_hold(desk: Desk, seed: int) -> None:
    """Random placings, merges, splits and undoings."""
    random, store = np.random.default_rng(seed), desk.store
    editing = Editing(store, store.transaction)
    shown: set[str] = set()
    now = NOW
    for step in range(30):
        now += timedelta(hours=int(random.integers(1, 300)))
        pinned = {p.article: s for s in shown for p in store.placements(s) if p.pinned}
        known = sorted({s.id for s in map(store.story, shown) if s})
        do = random.choice(["place", "place", "merge", "split", "undo"]) if known else "place"
        if do == "place":
            count = int(random.integers(1, 5))
            placed(desk, now, **{
                f"a{step}-{n}": text(n, int(random.integers(6))) for n in range(count)
            })  # fmt: skip
            for article, story in pinned.items():
                found = store.story_of(article)
                assert found is not None
                assert found.id == story
        elif do == "merge" and len(known) > 1:
            one, other = random.choice(known, 2, replace=False)
            assert editing.merge(one, other, now) == one == store.story(other).id
        elif do == "split":
            story = store.story(random.choice(known))
            if len(story.articles) > 1:
                new = editing.split(story.id, story.articles[:1], now)
                assert store.story(new).articles == story.articles[:1]
        elif do == "undo" and [e for e in store.story_events(known[0]) if e.what == "merged"]:
            store.undo_moves(known[0], "so", Made(by="editor"), now)
        found = stories(store)
        shown |= set(found.values())
        lead = {one: store.story(one) for one in shown}
        assert all(story is not None and story.articles for story in lead.values())
        told = [
            article
            for story in {s.id: s for s in lead.values()}.values()
            for article in story.articles
        ]
        assert sorted(told) == sorted(found)
    assert store.check() == []


# --- vectors ---------------------------------------------------------------------------------


class Counted:
    """A model of sentences that knows one event by a word in two languages."""

    name, size = "words 1", 2

    def __init__(self) -> None:
        self.read: list[str] = []

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.read += texts
        ferry = [("ferry" in t or "Fähre" in t) for t in texts]
        return np.array([[1, 0] if yes else [0, 1] for yes in ferry], np.float32)


def test_each_text_is_embedded_once(desk: Desk) -> None:
    model = Counted()
    embedder: Embedder = Remembered(model, desk.store)
    with_model = Desk(desk.store, desk.fetcher, desk.engine, desk.config, embedder)
    placed(with_model, NOW, **SHOOTING)
    assert len(model.read) == 2
    placed(with_model, NOW + DAY, f1=FESTIVAL)
    assert len(model.read) == 3
    placed(with_model, NOW + 150 * DAY, t1=TRIAL)
    assert len(model.read) == 4  # the articles that the trial recalled were read before
    assert model.read[0].startswith(SHOOTING["s1"][0])


def test_the_window_has_the_vectors_of_its_articles(desk: Desk) -> None:
    model = Counted()
    with_model = Desk(desk.store, desk.fetcher, desk.engine, desk.config, model)
    placed(desk, NOW, f1=FESTIVAL, s1=SHOOTING["s1"])
    [*rows] = memory._recent(with_model, NOW - DAY)
    assert [row.article for row in rows] == ["f1", "s1"]
    assert all(row.vector is not None for row in rows)
    assert [row.vector for row in memory._recent(desk, NOW - DAY)] == [None, None]
