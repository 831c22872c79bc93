"""Credits that make a text somebody else's, and credits that only thank for help."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.stages.copies.credits import wire_mark
from nutgraf.stages.copies.outlets import is_outlet, is_station, same_outlet, same_publisher
from nutgraf.types import Article

BODY = "PENNICK — A quay fell in the night.\n\nNobody was hurt, the harbour office said.\n\n"


def marked(text: str, **more: object) -> str | None:
    cue = wire_mark(Article(id="a", text=text, **more))  # type: ignore[arg-type]
    return cue.name if cue else None


@pytest.mark.parametrize(
    ("credit", "name"),
    [
        ("Copyright 2026 WQZX. All rights reserved.", "WQZX"),
        ("(© 2026 WQZX)", "WQZX"),
        ("Copyright 2026 The Associated Press. All rights reserved.", "Associated Press"),
        ("Associated Press writer Jo Hale in Brask contributed to this report.",
         "Associated Press"),
        ("The Pennick Post contributed to this report.", "Pennick Post"),
        ("With reporting by AP", "Associated Press"),
        ("(story by WQZX, Pennick)", "WQZX"),
        ("(Reporting by Jo Hale; Editing by Al Moss)", "Reuters"),
        ("Mit Material von dpa", "dpa"),
        ("Con información de EFE", "EFE"),
        ("(avec AFP)", "Agence France-Presse"),
    ],
)  # fmt: skip
def test_a_closing_credit_names_the_newsroom(credit: str, name: str) -> None:
    assert marked(BODY + credit) == name


@pytest.mark.parametrize(
    "credit",
    [
        "Jo Hale and The Associated Press contributed to this report.",
        "Courier reporters Jo Hale and Al Moss contributed.",
        "Post photographer Jo Hale contributed to this report.",
        "Contributing: Jo Hale, Al Moss, The Associated Press",
        "Copyright 2026 Hale Media Group. All rights reserved.",
        "Copyright 2026 Moss Broadcasting Inc. All rights reserved.",
        "Photo: Jo Hale, Copyright AP",
        "(Photo by Jo Hale/AP)",
        "© Jo Hale",
    ],
)
def test_help_owners_and_pictures_are_no_credit(credit: str) -> None:
    assert marked(BODY + credit) is None


def test_a_shared_dateline_is_own_work_with_help() -> None:
    shared = "PENNICK (WQZX/AP) — A quay fell.\n\nThe Associated Press contributed to this report."
    assert marked(shared) is None
    assert marked(shared.replace("WQZX/", "")) == "Associated Press"


def test_beside_a_named_author_an_agency_is_help() -> None:
    credit = BODY + "With reporting by AP"
    assert marked(credit, authors=["Jo Hale"]) is None
    assert marked(credit, authors=["The Associated Press"]) == "Associated Press"


@pytest.mark.parametrize(
    "top",
    [
        "(Photo: Jo Hale)\n\nPENNICK, Sorrel (WQZX) – ",
        "By The Associated Press\n",
        "AP\nPENNICK — ",
    ],
)
def test_what_a_page_puts_above_a_dateline_does_not_hide_it(top: str) -> None:
    assert marked(top + "A quay fell.") in ("WQZX", "Associated Press")


def test_a_station_is_known_by_its_host() -> None:
    text = BODY + "Copyright 2026 WQZX. All rights reserved."
    assert marked(text, url="https://www.wqzx.example/quay") is None
    assert marked(text, publisher="Action 7 WQZX") is None
    assert marked(text, publisher="KPLM News") == "WQZX"
    assert same_outlet("WQZX-TV", "wqzx.com")
    assert same_outlet("WQZX", "WQZX Action News 7")
    assert not same_outlet("WQZ", "wqzx.com")
    assert not is_station("WHO")


def test_names_of_one_outlet_are_written_in_many_ways() -> None:
    assert same_outlet("pennickpost.com", "The Pennick Post")
    assert same_publisher("Harbour Ledger", None, "https://www.harbourledgeronline.example/a")
    assert not same_publisher("Harbour Ledger", None, "https://harbour.example/a")
    assert is_outlet("Imrik Sun")
    assert not is_outlet("Sun")
    assert not is_outlet("Facebook")


@given(st.text(), st.lists(st.text(), max_size=3))
def test_no_text_breaks_it(text: str, authors: list[str]) -> None:
    cue = wire_mark(Article(id="a", text=text, authors=authors))
    assert cue is None or cue.quote in text or cue.quote in authors


_PIECES = st.sampled_from(
    ["Copyright ", "© ", "2026 ", "WQZX", "/AP", " and ", "The Post ", "contributed", "(", ")",
     " - ", "\n", "With reporting by ", "Contributing: ", "A" * 60, ", ", "By "]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=300).map("".join))
def test_texts_made_of_credits_are_read_in_time(text: str) -> None:
    marked(text)
