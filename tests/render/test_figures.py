"""Figures as a table, a chart and files; origins as a picture."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import msgspec
import pytest
from hostile import EVIL, attack
from hypothesis import given
from hypothesis import strategies as st
from markup import Page
from msgspec.structs import replace
from sample import EDITION, FLOOD, ISSUED

from nutgraf.config import SiteConfig
from nutgraf.render import render_site
from nutgraf.render.chart import HEIGHT, WIDTH, chart
from nutgraf.render.ledger import ledger
from nutgraf.render.origins import families
from nutgraf.render.picture import picture
from nutgraf.render.tables import ledger_csv, ledger_json
from nutgraf.types import Slot

FILES = render_site(EDITION, SiteConfig())
STORY = FILES["stories/s-flood.html"].decode()
NOON = datetime(2031, 5, 6, 12, tzinfo=UTC)


# --- files -----------------------------------------------------------------------------------


def test_a_row_of_the_file_for_each_value_and_what_differs_first() -> None:
    rows = list(csv.DictReader(io.StringIO(ledger_csv(FLOOD).decode(), newline="")))
    assert len(rows) == sum(len(slot.values) for slot in FLOOD.figures)
    assert rows[0]["status"] == "conflict"
    texts = {source.article: source.text or "" for source in FLOOD.sources}
    for row in rows:
        assert texts[row["article"]][int(row["start"]) : int(row["end"])] == row["words"]
    assert {row["value"] for row in rows if row["what"] == "people displaced"} == {
        "12000",
        "18000",
    }


def test_the_json_file_has_the_slots_of_the_contract() -> None:
    slots = msgspec.json.decode(ledger_json(FLOOD), type=list[Slot])
    assert sorted(slots, key=lambda s: s.slot) == sorted(FLOOD.figures, key=lambda s: s.slot)
    assert slots[0].status == "conflict"


@given(st.text() | st.sampled_from(["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", '=HYPERLINK("x")']))
def test_no_text_becomes_a_formula_or_leaves_its_cell(text: str) -> None:
    slot = replace(FLOOD.figures[0], slot=text, unit=text, note=text)
    slot = replace(slot, values=[replace(slot.values[0], quote=text, said_by=text)])
    raw = ledger_csv(replace(FLOOD, figures=[slot])).decode()
    [row] = csv.DictReader(io.StringIO(raw, newline=""))
    for name in ("what", "unit", "note", "words", "said_by"):
        assert not row[name].startswith(("=", "+", "-", "@", "\t", "\r"))
    assert None not in row


def test_a_page_links_its_files_and_each_is_there() -> None:
    hrefs = [href for href in Page(STORY).hrefs if "/ledger." in href]
    assert hrefs == ["../stories/s-flood/ledger.csv", "../stories/s-flood/ledger.json"]
    assert all(href.removeprefix("../") in FILES for href in hrefs)


# --- table -----------------------------------------------------------------------------------


def test_every_value_names_who_when_and_the_words_in_its_row() -> None:
    page = Page(STORY)
    rows = [row for row in ledger(FLOOD, ISSUED) if row.status in ("conflict", "update", "scope")]
    voices = [told for row in rows for version in row.versions for told in version.told]
    assert STORY.count('<td class="who">') == STORY.count('<td class="words">') == len(voices)
    tables = [attrs for attrs in page.all("table") if "figures" in (attrs.get("class") or "")]
    assert len(tables) == len(rows)
    assert (tables[0].get("class") or "").split() == ["figures", "conflict"]
    # A value that several give is there for a screen reader in each of their rows.
    assert STORY.count('class="again"') == len(voices) - sum(len(row.versions) for row in rows)


# --- chart -----------------------------------------------------------------------------------


def report(hours: float, value: float) -> tuple[datetime, float, str, str]:
    return NOON + timedelta(hours=hours), value, f"{value:g}", f"at {hours:g}"


def test_a_chart_steps_from_value_to_value_in_time() -> None:
    drawn = chart([report(30, 19), report(0, 14), report(3, 14), report(31, 19)])
    assert drawn is not None
    assert [point.label for point in drawn.points] == ["14", "", "19", ""]
    assert drawn.words == "14 on at 0, then 19 on at 30"
    assert [p.x for p in drawn.points] == sorted(p.x for p in drawn.points)
    assert drawn.points[0].y > drawn.points[2].y  # more stands higher
    assert drawn.path.startswith(f"M{drawn.points[0].x} {drawn.points[0].y}H")


@pytest.mark.parametrize(
    "reports",
    [[], [report(0, 7)], [report(0, 7), report(1, 7)], [report(0, 7), report(0, 9)]],
    ids=["none", "one", "never moved", "at one time"],
)
def test_what_does_not_move_has_no_chart(
    reports: list[tuple[datetime, float, str, str]],
) -> None:
    assert chart(reports) is None


@given(st.lists(st.tuples(st.floats(0, 9999), st.floats(-1e15, 1e15)), min_size=2, max_size=40))
def test_every_chart_stays_in_its_box_and_labels_stand_apart(
    given_: list[tuple[float, float]],
) -> None:
    drawn = chart([report(hours, value) for hours, value in given_])
    if drawn is None:
        return
    assert all(0 <= p.x <= WIDTH and 0 <= p.y <= HEIGHT for p in drawn.points)
    named = sorted(p.x for p in drawn.points if p.label)
    assert all(right - left >= 44 for left, right in pairwise(named))
    assert named


def test_the_chart_says_in_words_what_it_shows() -> None:
    [label] = [
        attrs["aria-label"] for attrs in Page(STORY).all("svg") if attrs.get("class") == "chart"
    ]
    assert label is not None
    assert label.startswith("People killed over time: 7 on ")
    assert "then 11 on" in label


# --- origins ---------------------------------------------------------------------------------


def test_the_picture_has_every_origin_and_every_page_that_repeats_one() -> None:
    drawn = picture(families(FLOOD.sources, ISSUED))
    assert drawn is not None
    assert drawn.words.startswith("4 origins: Meridian Wire feeds 2 other pages; ")
    assert len(drawn.pages) == len(drawn.lines) == len(FLOOD.sources) - 3
    assert [node.unread for node in drawn.origins].count(True) == 1
    assert all(0 < node.y < drawn.height for node in (*drawn.origins, *drawn.pages))
    assert f'aria-label="{drawn.words}"' in STORY


def test_one_report_alone_needs_no_picture() -> None:
    assert picture(families(FLOOD.sources[:1], ISSUED)) is None
    assert 'class="lineage"' not in FILES["stories/s-rates.html"].decode()


def test_long_names_and_many_pages_stay_in_the_picture() -> None:
    wire = FLOOD.sources[1]
    copies = [
        replace(
            wire, article=f"copy-{n}-of-it", publisher=f"{'Wide' * 30} {n}", copy_of=wire.article
        )
        for n in range(60)
    ]
    drawn = picture(families([wire, *copies], ISSUED))
    assert drawn is not None
    assert all(len(node.name) <= 44 for node in (*drawn.origins, *drawn.pages))
    assert drawn.pages[-1].name == "and 53 more"
    assert len(drawn.pages) == 8


def test_hostile_names_stay_text_in_the_drawings() -> None:
    for path, body in render_site(attack(EVIL), SiteConfig()).items():
        if path.endswith(".html"):
            page = Page(body.decode())
            assert page.faults == []
            assert not [tag for tag, attrs in page.tags if any(n.startswith("on") for n in attrs)]


def test_an_address_that_may_not_be_linked_is_in_no_file() -> None:
    evil = attack(EVIL, "javascript:alert(1)").stories[0].brief
    assert b"javascript:" not in ledger_csv(evil)
