"""What changed between two wordings, and which changes are but spellings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.text.rewording import changed, respelled


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("It flooded 34 villages.", "It flooded 43 villages.", "“34” is “43” now"),
        ("It fell on Monday.", "It fell.", "“on Monday” was taken out"),
        ("It fell.", "It did not fall.", "“fell” is “did not fall” now"),
        ("It cost 1,200 crowns", "It cost 1,300 crowns, roughly",
         "“1,200” is “1,300” now; “, roughly” was added"),
        ("It fell.", "It fell!", ""),
        ("A ferry sank.", "Nine ministers met twelve bakers about the price of bread.", ""),
    ],
)  # fmt: skip
def test_what_was_changed_is_told(old: str, new: str, said: str) -> None:
    assert changed(old, new) == said


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("belives", "believes"),
        ("goverment", "government"),
        ("recieved", "received"),
        ("definately", "definitely"),
    ],
)
def test_misspellings_are_put_right(old: str, new: str) -> None:
    assert respelled(f"He {old} it", f"He {old} it all", f"He {new} it all", "en") == f"He {new} it"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("killed", "filled"),
        ("uninjured", "injured"),
        ("Brant", "Brandt"),
        ("amoral", "moral"),
        ("34", "43"),
        ("now", "not"),
        ("said", "denied"),
    ],
)
def test_other_words_are_no_spellings(old: str, new: str) -> None:
    assert respelled(f"He {old} it", f"He {old} it", f"He {new} it", "en") == f"He {old} it"


@given(st.text(), st.text())
def test_any_text_can_be_compared(old: str, new: str) -> None:
    assert changed(old, old) == ""
    assert respelled(old, old, old, "en") == old
    changed(old, new)
    respelled(old, old, new, None)
