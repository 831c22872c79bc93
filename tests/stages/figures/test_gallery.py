"""A gallery's counter is no figure of the story."""

from __future__ import annotations

import pytest

from nutgraf.stages.figures import read
from nutgraf.types import Article


@pytest.mark.parametrize("counter", ["Image 76 of 111", "Photo 3 of 40", "Slide 2 / 12"])
def test_a_counter_is_left_out(counter: str) -> None:
    text = f"{counter} News vans line the street where 8 people were killed on Sunday."
    found = read(Article(id="a", title="", text=text, language="en"))
    assert [figure.value for figure in found if figure.unit != "date"] == [8]


def test_what_only_looks_like_one_is_read() -> None:
    text = "Police said 76 of 111 people were moved out of the camp."
    assert read(Article(id="a", title="", text=text, language="en"))
