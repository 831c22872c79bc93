"""Plain text saved from a page."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from nutgraf.text.furniture import is_furniture
from nutgraf.text.saved import read_page_text

PAGE = """
Menu
Search
World
Tamber Opens a Second Flood Gate, Months Before the Autumn Tides

5 Sources

Share

By Orla Finch
20 November 2026

News article

A Gate Years in the Making

The town of Tamber opened its second flood gate on Friday. It cost 41 million crowns

1

.

What the Gate Is For

Engineers expect it to hold back tides of 6.2 metres. “It buys us years,” said Ann Pell

[2]

.

Photo: Orla Finch / Tamber Post

Fishing crews have complained that the gate closes the inner harbour for six hours a day.

Today's Top Stories
More from Harbour & Coast
TamberPost.example
Your daily tide of local news
Never miss a tide. Sign up for our newsletter and get the day's stories straight to your inbox.
© 2026 Tamber Post Ltd
Facebook logo
LinkedIn logo
"""


def test_the_article_and_nothing_else() -> None:
    found = read_page_text(PAGE)
    assert found.title == "Tamber Opens a Second Flood Gate, Months Before the Autumn Tides"
    assert found.text.split("\n") == [
        "The town of Tamber opened its second flood gate on Friday. It cost 41 million crowns.",
        "Engineers expect it to hold back tides of 6.2 metres. “It buys us years,” said Ann Pell.",
        "Fishing crews have complained that the gate closes the inner harbour for six hours a day.",
    ]
    assert found.publisher == "TamberPost.example"
    assert found.authors_line == "By Orla Finch"
    assert found.published_line == "20 November 2026"
    assert found.labels == ["News article"]


def test_a_text_without_a_heading_has_no_title() -> None:
    text = "The gate opened on Friday.\n\nIt had been planned since 2019, the town said."
    found = read_page_text(text)
    assert found.title == ""
    assert found.text.count("\n") == 1


def test_other_languages() -> None:
    german = (
        "Anmelden\nTamber öffnet zweites Fluttor\nTeilen\nDie Stadt öffnete das Tor am Freitag.\n"
        "Lesen Sie auch: Der Hafen\nImpressum"
    )
    found = read_page_text(german)
    assert (found.title, found.text) == (
        "Tamber öffnet zweites Fluttor",
        "Die Stadt öffnete das Tor am Freitag.",
    )
    chinese = read_page_text(
        "坦伯提前四个月开放第二座防洪闸\n分享\n坦伯镇周五开放了第二座防洪闸，比计划提前四个月。"
    )
    assert chinese.text == "坦伯镇周五开放了第二座防洪闸，比计划提前四个月。"


def test_seed_page(seeds: Path) -> None:
    [path] = seeds.glob("000_*.txt")
    found = read_page_text(path.read_text("utf-8"))
    assert found.title.startswith("China Aims to Train")
    assert found.publisher
    assert found.publisher.endswith(".ai")
    lines = found.text.split("\n")
    assert len(lines) == 7
    assert all(line.endswith(".") and len(line) > 100 for line in lines)
    assert not any(
        word in found.text.lower() for word in ("share\n", "logo", "©", "inbox", "daily")
    )


def test_seed_article_stays_whole(seeds: Path) -> None:
    [path] = seeds.glob("003_*.txt")
    source = path.read_text("utf-8")
    assert read_page_text(source).text.split("\n") == [x for x in source.splitlines() if x]


@given(st.text(max_size=400))
def test_keeps_only_lines_that_are_there(text: str) -> None:
    found = read_page_text(text)
    squeezed = "".join(text.split())
    for line in found.text.split("\n"):
        assert not line or not is_furniture(line)
    words_kept = [w for w in found.text.split() if w not in squeezed]
    assert all(w[:-1] in squeezed or "[" in text for w in words_kept if len(w) > 1)
