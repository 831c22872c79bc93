"""Tokens: what is the same however it is written, and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.text.tokens import tokenise


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3,000 boats", "3000 boats"),
        ("three million", "3 million"),
        ("$3.2 million", "$3,200,000"),
        ("£5bn", "£5 billion"),
        ("£50m", "£50 million"),
        ("twenty-five per cent", "25%"),
        ("4.50 percent", "4.5 %"),
        ("it doesn't sail", "it does not sail"),
        ("they can’t", "they cannot"),
        ("it's late", "it is late"),
        ("the U.S. fleet", "the US fleet"),
        ("the U.K. fleet", "the UK fleet"),
        ("‘so-called’ pact", '"so-called" pact'),
        ("anti–piracy", "anti-piracy"),
    ],
)
def test_the_same(one: str, other: str) -> None:
    assert tokenise(one).norms == tokenise(other).norms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3,000 boats", "5,000 boats"),
        ("5 m deep", "5 million deep"),
        ("told us", "told US"),
        ("-5 degrees", "5 degrees"),
        ("1.30", "13.0"),
        ("it is", "it is not"),
    ],
)
def test_not_the_same(one: str, other: str) -> None:
    assert tokenise(one).norms != tokenise(other).norms


def test_quotation_is_marked() -> None:
    tokens = tokenise("The dogs’ owner, “not me,” said 'no' to “it")
    quoted = [tokens.raw(i) for i in range(len(tokens)) if tokens.quoted[i]]
    assert quoted == ["not", "me", "it"]


@given(st.text())
def test_spans_are_ordered_and_every_token_says_something(text: str) -> None:
    tokens = tokenise(text)
    assert all(tokens.norms)
    assert all(0 <= a < b <= len(text) for a, b in tokens.spans)
    assert list(tokens.spans) == sorted(tokens.spans)
    assert len(tokens.quoted) == len(tokens)
