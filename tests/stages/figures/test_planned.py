"""A slot says what is to happen to what it counts, and by when."""

from __future__ import annotations

import pytest

from nutgraf.stages.figures import ledger, read
from nutgraf.types import Article


def named(*texts: str) -> list[str]:
    articles = [Article(id=f"a{n}", title="", text=t, language="en") for n, t in enumerate(texts)]
    return [s.slot for s in ledger([f for a in articles for f in read(a)], articles)]


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        (
            "Norland plans to train 3,000 border officers over the next five years.",
            "border officers to be trained over the next five years",
        ),
        (
            "The ministry will hire up to 450 nurses by the end of 2031, it said.",
            "nurses to be hired by the end of 2031",
        ),
        ("The army said it would send about 800 troops.", "troops to be sent"),
        ("The navy is to equip another 120 sailors.", "sailors to be equipped"),
    ],
)
def test_a_plan_is_in_the_name(text: str, slot: str) -> None:
    assert slot in named(text)


@pytest.mark.parametrize(
    "text",
    [
        "The army trained 800 troops over the past five years.",
        "Firms will ensure that over 100 employees are told.",
        "The toll is expected to have 40 people killed.",
        "The plant will have 300 workers over the next two years.",
    ],
)
def test_what_is_done_or_said_by_the_way_is_no_plan(text: str) -> None:
    assert not [slot for slot in named(text) if " to be " in slot]


def test_one_source_that_says_it_is_enough() -> None:
    slots = named(
        "Norland plans to train 3,000 border officers over the next five years.",
        "A paper speaks of 5,000 border officers from Norland's neighbours, over five years.",
    )
    assert "border officers to be trained over the next five years" in slots
