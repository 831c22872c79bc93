"""Contract of editions and drops."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import text
from store_making import DAY, HOUR, NOW, article, save

from nutgraf.adapters.store import SqlStore, open_store
from nutgraf.errors import StoreError
from nutgraf.types import Brief, Claim, Counts, Drop, Edition, EditionStory, Made, Reported, Slot

MADE = Made(by="compose/1", source="three stories")


def _edition(id: str, beat: str = "sea", number: int = 1) -> Edition:
    slot = Slot(
        slot="rescued", unit="person", status="single",
        values=[Reported(article="a1", value=[3.0, 5.0], quote="3-5", start=0, end=3)],
    )  # fmt: skip
    brief = Brief(
        story="s1", language="en", kind="news", written_by="quotes/1", sections=[],
        headline=Claim(text="Ferry aground", verdict="supported", origins=2),
        nut_graf=Claim(text="It is stuck."), figures=[slot],
    )  # fmt: skip
    return Edition(
        id=id, beat=beat, number=number, issued_at=NOW + number * DAY,
        stories=[EditionStory(rank=1, score=0.5, reasons={"origins": 0.5}, brief=brief)],
        dropped=[Drop(stage="select", subject="s2", reason="not on the beat", at=NOW)],
        counts=Counts(stories=1, articles=2),
    )  # fmt: skip


def test_an_edition_comes_back_as_it_was_frozen(store: SqlStore) -> None:
    edition = _edition("one")
    assert store.save_edition(edition, MADE) == store.edition("one") == edition
    assert store.save_edition(replace(edition, title="Other"), MADE) == edition
    assert store.edition("two") is None


def test_editions_come_latest_first(store: SqlStore) -> None:
    for number, beat in ((1, "sea"), (3, "sea"), (2, "land")):
        store.save_edition(_edition(f"{beat}-{number}", beat, number), MADE)
    assert [one.id for one in store.editions()] == ["sea-3", "land-2", "sea-1"]
    assert [one.id for one in store.editions("sea", limit=1)] == ["sea-3"]
    assert store.editions("air") == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE editions SET document = '{}'",
        "UPDATE OR REPLACE editions SET number = 9",
        "DELETE FROM editions",
        "INSERT OR REPLACE INTO editions VALUES ('one', 'sea', 1, '', '', '', '{}')",
        "REPLACE INTO editions VALUES ('one', 'sea', 1, '', '', '', '{}')",
        "INSERT INTO editions VALUES ('one', 1, 1, 1, 1, 1, 1) ON CONFLICT DO UPDATE SET beat = 1",
        "UPDATE revisions SET text = 'other'",
    ],
)
def test_the_database_itself_refuses_to_change_what_is_frozen(
    store: SqlStore, statement: str
) -> None:
    store.save_edition(_edition("one"), MADE)
    save(store, article(1))
    with pytest.raises(StoreError, match="cannot be"), store._writing() as connection:
        connection.execute(text(statement))
    assert store.edition("one") == _edition("one")
    assert store.article("a1") == article(1)


def test_a_drop_that_happens_again_gets_its_new_time(store: SqlStore) -> None:
    drop = Drop(stage="extract", subject="u", reason="timeout", detail="first", at=NOW)
    other = Drop(stage="extract", subject="v", reason="timeout", at=NOW + HOUR)
    again = replace(drop, detail="second", at=NOW + DAY)
    store.save_drops([drop, other])
    store.save_drops([again])
    store.save_drops([])
    assert store.drops() == [again, other]
    assert store.drops("v") == [other]
    assert store.drops(limit=1) == [again]
    assert store.drop_counts() == {("extract", "timeout"): 2}


def test_a_drop_without_time_comes_last(store: SqlStore) -> None:
    store.save_drops([Drop(stage="s", subject="u", reason="r")])
    store.save_drops([Drop(stage="s", subject="v", reason="r", at=NOW)])
    assert [drop.subject for drop in store.drops()] == ["v", "u"]


def test_an_edition_outlives_the_process(tmp_path: Path) -> None:
    first = open_store(tmp_path / "news.db")
    first.save_edition(_edition("one"), MADE)
    first.close()
    second = open_store(f"sqlite:///{tmp_path / 'news.db'}")
    assert second.edition("one") == _edition("one")
    second.close()
