"""Things that a text lists after a cue."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.text.lists import listed


def items(text: str) -> list[str]:
    return [text[start:end] for start, end in listed(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It covers areas including fishing, ship repair, and rescue.",
         ["fishing", "ship repair", "rescue"]),
        ("in areas such as fishing, rescue, tides and new engines, with a view to trade",
         ["fishing", "rescue", "tides", "new engines"]),
        ("Three towns, namely Imrik, Karst and Old Selm.", ["Imrik", "Karst", "Old Selm"]),
    ],
)  # fmt: skip
def test_a_list_after_a_cue_is_read(text: str, expected: list[str]) -> None:
    assert items(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Fishing, repair and rescue are taught.",  # no cue: joined by commas may be anything
        "It teaches skills such as fishing and rescue.",  # two are no list
        "including, such as, namely",
    ],
)
def test_what_is_no_list_is_left(text: str) -> None:
    assert items(text) == []


@given(st.text(alphabet="abc ,.andsuch including-'é\n", max_size=120))
def test_spans_lie_in_order_within_the_text(text: str) -> None:
    spans = list(listed(f"It is such as {text}"))
    assert all(a < b for a, b in spans)
    assert spans == sorted(spans)
