"""Contract of what is found beside the frozen editions: tellings, citations, corrections."""

from __future__ import annotations

import os
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from msgspec.structs import replace
from sqlalchemy import create_engine, event
from store_making import DAY, NOW, article, place, save, trace

from nutgraf.adapters import store as package
from nutgraf.adapters.store import SqlStore, open_store
from nutgraf.types import (
    Brief,
    Citation,
    Claim,
    Correction,
    Drop,
    Edition,
    EditionStory,
    Made,
    Placement,
    Section,
)

MADE = Made(by="correct/1", source="a1@2")


def cited(*pairs: tuple[str, int]) -> Claim:
    quotes = [Citation(article=a, revision=n, start=0, end=3, quote="The") for a, n in pairs]
    return Claim(text=" and ".join(f"{a} {n}" for a, n in pairs), citations=quotes)


def edition(id: str, story: str, day: int, *claims: Claim) -> Edition:
    brief = Brief(
        story=story, language="en", kind="news", written_by="t", headline=claims[0],
        nut_graf=claims[0], sections=[Section(heading="h", claims=list(claims))],
    )  # fmt: skip
    return Edition(
        id=id, beat=id.partition("-")[0], number=day, issued_at=NOW + day * DAY,
        stories=[EditionStory(rank=1, score=0.5, reasons={}, brief=brief)],
        dropped=[Drop(stage="select", subject=f"left by {id}", reason="r", at=NOW)],
    )  # fmt: skip


def wrong(id: str, text: str = "now", revision: int = 2, day: int = 2) -> Correction:
    return Correction(
        at=NOW + day * DAY, text=text, was="a1 1", article="a1", revision=revision, outlet="Gull",
        reason="“1” is “2” now", edition=id, story="s1", issued_at=NOW + DAY,
        citations=[Citation(article="a1", revision=revision, start=0, end=3, quote="now")],
    )  # fmt: skip


@pytest.fixture
def told(store: SqlStore) -> SqlStore:
    """Two articles in a story, told on two days in two beats; the first of them was edited."""
    save(store, article(1), article(2))
    for n in (1, 2):
        trace(store, article(n))
        place(store, f"a{n}", "s1", new=n == 1)
    for name, day in (("sea-1", 1), ("land-1", 1), ("sea-2", 2)):
        claims = [cited(("a1", 1)), cited(("a2", 1))]
        store.save_edition(edition(name, "s1", day, *claims), MADE)
    save(store, article(1, text="The ferry floats again."), now=NOW + DAY)
    return store


def test_where_a_story_was_told_latest_first(told: SqlStore) -> None:
    found = told.told("s1")
    assert [one.edition for one in found] == ["sea-2", "land-1", "sea-1"]
    assert {(one.story, one.rank, one.headline) for one in found} == {("s1", 1, "a1 1")}
    assert (found[0].beat, found[0].issued_at) == ("sea", NOW + 2 * DAY)
    assert told.told("s2") == []


def test_a_story_was_told_where_those_merged_into_it_were(told: SqlStore) -> None:
    save(told, article(3), article(4))
    for n, story in ((3, "s3"), (4, "s4")):
        trace(told, article(n))
        place(told, f"a{n}", story, new=True)
    told.save_edition(edition("sea-3", "s3", 3, cited(("a3", 1))), MADE)
    for moved, into in (("a3", "s4"), ("a4", "s1"), ("a3", "s1")):
        placement = Placement(article=moved, story=into, score=1.0, reason="one event")
        told.move_articles([placement], MADE, NOW + 4 * DAY)
    assert told.told("s1")[0].edition == "sea-3"
    assert told.told("s1")[0].story == "s3"


def test_what_left_something_out(told: SqlStore) -> None:
    assert [one.id for one in told.left_out(["left by sea-2", "left by sea-1"])] == [
        "sea-2",
        "sea-1",
    ]
    assert told.left_out(["sea-2"]) == []


def test_which_editions_cite_an_earlier_revision(told: SqlStore) -> None:
    assert {one.id for one in told.citing("a1", 2)} == {"sea-1", "land-1", "sea-2"}
    assert told.citing("a1", 1) == []
    later = edition("sea-9", "s1", 9, cited(("a1", 2)), cited(("a1", 2), ("a2", 1)))
    told.save_edition(later, MADE)
    assert "sea-9" not in {one.id for one in told.citing("a1", 2)}
    assert "sea-9" in {one.id for one in told.citing("a1", 3)}


def test_an_edit_is_work_once_and_again_with_the_next(told: SqlStore) -> None:
    [edited] = told.edited("correct/1", 9)
    assert (edited.id, edited.revision) == ("a1", 2)
    told.save_corrections(edited, [], MADE)
    assert told.edited("correct/1", 9) == []
    assert [one.id for one in told.edited("correct/2", 9)] == ["a1"]
    save(told, article(1, text="The ferry sank."), now=NOW + 2 * DAY)
    [again] = told.edited("correct/1", 9)
    told.save_corrections(replace(again, revision=2), [], MADE)  # a run that came late
    assert told.edited("correct/1", 9) == [again]


def test_corrections_come_back_and_a_known_one_stays(told: SqlStore) -> None:
    [edited] = told.edited("correct/1", 9)
    told.save_corrections(edited, [wrong("sea-1"), wrong("land-1")], MADE)
    told.save_corrections(edited, [wrong("sea-1", "other"), wrong("sea-1", "more", 3, 5)], MADE)
    assert told.corrections(["sea-1"]) == [wrong("sea-1"), wrong("sea-1", "more", 3, 5)]
    assert told.corrections(["sea-1", "land-1"])[1] == wrong("land-1")
    assert told.corrections([]) == []
    assert told.corrections_since("sea", NOW + 3 * DAY) == [wrong("sea-1", "more", 3, 5)]
    assert told.corrections_since("land", NOW) == [wrong("land-1")]
    assert told.edition("sea-1") == edition("sea-1", "s1", 1, cited(("a1", 1)), cited(("a2", 1)))
    assert told.check() == []


def test_what_the_pages_do_not_show_yet(told: SqlStore) -> None:
    [edited] = told.edited("correct/1", 9)
    told.save_corrections(edited, [wrong("sea-1"), wrong("land-1")], MADE)
    assert told.unshown() == ["land-1", "sea-1"]
    told.show([wrong("sea-1")])
    assert told.unshown() == ["land-1"]
    told.save_corrections(edited, [wrong("sea-1", "more", 3)], MADE)
    told.show([wrong("sea-1")])
    assert told.unshown() == ["land-1", "sea-1"]


# --- kill ------------------------------------------------------------------------------------


def test_corrections_and_the_mark_are_saved_together_or_not_at_all(tmp_path: Path) -> None:
    """A process that is killed at any statement of the save leaves all of it or nothing."""
    path = tmp_path / "news.db"
    opened = open_store(path)
    save(opened, article(1))
    opened.save_edition(edition("sea-1", "s1", 1, cited(("a1", 1))), MADE)
    save(opened, article(1, text="The ferry floats again."), now=NOW + DAY)
    [edited] = opened.edited("correct/1", 9)
    opened.close()
    for point in range(1, 12):
        if _killed_while_saving(path, edited, point):
            opened = open_store(path)
            assert (len(opened.corrections(["sea-1"])), len(opened.edited("correct/1", 9))) in (
                (0, 1),
                (2, 0),
            )
            opened.close()
    opened = open_store(path)
    assert opened.edited("correct/1", 9) == []
    assert len(opened.corrections(["sea-1"])) == 2
    opened.close()


def _killed_while_saving(path: Path, edited: object, point: int) -> bool:
    child = os.fork()
    if child == 0:
        opened = open_store(path)
        count = 0

        def tick(*_: object) -> None:
            nonlocal count
            count += 1
            if count == point:
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(opened._engine, "after_cursor_execute", tick)
        opened.save_corrections(edited, [wrong("sea-1"), wrong("sea-1", "b", 3)], MADE)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


# --- a database that is older ----------------------------------------------------------------


def test_a_database_from_before_gets_its_tables_filled(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    _first_schema(path)
    old = edition("sea-1", "s1", 1, cited(("a1", 1), ("a2", 2)), cited(("a1", 3)))
    with closing(sqlite3.connect(path)) as raw:
        issued = old.issued_at.isoformat(timespec="microseconds").replace("+00:00", "Z")
        document = msgspec.json.encode(old).decode()
        values = ("sea-1", "sea", 1, issued, "c", "", document)
        raw.execute("INSERT INTO editions VALUES (?, ?, ?, ?, ?, ?, ?)", values)
        raw.execute("INSERT INTO articles VALUES ('a1', NULL, NULL, 4, ?, ?)", (issued, issued))
        raw.execute("INSERT INTO articles VALUES ('a2', NULL, NULL, 1, ?, ?)", (issued, issued))
        raw.commit()
    opened = open_store(path)
    assert [(one.edition, one.issued_at) for one in opened.told("s1")] == [("sea-1", NOW + DAY)]
    assert opened.left_out(["left by sea-1"]) == opened.citing("a1", 2) == [old]
    assert opened.citing("a2", 2) == []
    with closing(sqlite3.connect(path)) as raw:
        left = raw.execute("SELECT article, revision, made_by FROM work").fetchall()
    assert left == [("a1", 4, "")]
    opened.close()


def _first_schema(path: Path) -> None:
    config = Config()
    folder = str(Path(package.__file__).parent / "migrations").replace("%", "%%")
    config.set_main_option("script_location", folder)
    script = ScriptDirectory.from_config(config)
    engine = create_engine(f"sqlite:///{path}")
    with (
        EnvironmentContext(
            config, script, fn=lambda rev, _: script._upgrade_revs("0001", rev)
        ) as e,
        engine.begin() as connection,
    ):
        e.configure(connection=connection)
        e.run_migrations()
    engine.dispose()
