"""Amounts, and what is news in a story that returns."""

from __future__ import annotations

import pytest

from nutgraf.stages.write.sections import measures
from nutgraf.stages.write.sentence import definite
from nutgraf.text.tokens import tokenise


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("The yard sold 640 boats and 12,000 oars.", 2),
        ("The yard paid $4 million.", 2),
        ("Sales fell by 4 percent.", 2),
        ("Ona Bell, 48, has run it since 2009.", 0),
        ("A 10-year-old girl was hurt on 12 May at 7 p.m.", 0),
        ("She lives in the 4800 block of Orrin Road.", 0),
        ("Two friends met at Pier 9.", 0),
    ],
)
def test_ages_dates_and_addresses_are_no_amounts(text: str, amounts: int) -> None:
    assert measures(tokenise(text)) == amounts


def test_the_noun_that_was_told_of_before() -> None:
    assert definite(tokenise("The rule takes effect in May.")) == {"rule"}
    assert definite(tokenise("The rule of the sea is old.")) == {"sea"}
    assert definite(tokenise("A rule takes effect; “the mayor” said so.")) == set()
