"""Lines that are the page's and not the article's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.text.furniture import is_furniture, is_heading_mark, is_sentence_like

FURNITURE = """
Share
Share this
4 Sources
12 comments
3 min read
Facebook logo
Follow us on Instagram
© 2026 Kelm Media Ltd
All rights reserved.
Read more: How the harbour was built
Lesen Sie auch: Wie der Hafen entstand
À lire aussi : comment le port est né
Sign up for our newsletter
Get the morning's stories delivered to your inbox.
Don’t miss a story. Subscribe to our newsletter and get curated news straight to your inbox.
We use cookies to improve your experience on this site.
Photo: Ann Writer / Kelm Press
Getty Images
Log in
Teilen
Partager
Compartir
Most popular
Share E-mail Copy link Print Save 23 comments
Home | World | Sport | Weather
[ Print this page | Send to a friend | Top ]
Topics: harbour, Ann Pell
Advertisement — Larch & Sons: the boots that outlast the road.
Pictures follow. (c) Kelm Press 2026
File picture: Kelm Press
***
""".strip().splitlines()

SENTENCES = """
The harbour opened on Friday.
“You must subscribe to a view to change it,” the mayor said.
The newspaper said its newsletter reached 40,000 readers in May.
Shares in Kelm Harbour fell 4% on Friday.
Google must share data with rivals, the court ruled.
Your vote counts, the commission told residents of Tamber.
The two men, who shared a photo of the wreck, were fined.
Topics: the harbour, the gate and the money were all discussed on Friday.
He was found guilty of copying cookies from an oven.
""".strip().splitlines()


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize("line", SENTENCES)
def test_the_news_is_not_furniture(line: str) -> None:
    assert not is_furniture(line)
    assert is_sentence_like(line)


@pytest.mark.parametrize("line", ["Harbour and Coast", "Scope of the plan", "What happens next"])
def test_headings_are_no_sentences(line: str) -> None:
    assert not is_sentence_like(line)


@given(st.text(max_size=300))
def test_never_raises(line: str) -> None:
    is_furniture(line)
    is_sentence_like(line)


@pytest.mark.parametrize(
    ("line", "is_mark"),
    [
        ("SHOWBIZ", True),
        ("By ·", True),
        ("By Friday the water had gone.", False),
        ("By Orla Finch | 20 November 2026", True),
        ("Published 20 November 2026", True),
        ("20 November 2026, 09:30", True),
        ("By the time the gate opened, the tide had turned in Tamber.", False),
        ("The gate was built in 1994", False),
        ("A question of tides", False),
    ],
)
def test_marks_over_the_text(line: str, is_mark: bool) -> None:
    assert is_heading_mark(line) is is_mark


def test_a_row_of_a_table_is_no_menu() -> None:
    assert not is_furniture("| Share | Home | 12 |")
