"""ROUGE, against values worked out by hand."""

from __future__ import annotations

import pytest

from nutgraf.evals.briefs import rouge


def test_rouge() -> None:
    found, gold = "the ferry sank in kelm".split(), "the ferry in kelm sank today".split()
    one, two, longest = rouge(found, gold)
    assert one == pytest.approx(2 * 5 / 11)
    assert two == pytest.approx(2 * 2 / 9)
    assert longest == pytest.approx(2 * 4 / 11)


def test_rouge_of_nothing() -> None:
    assert rouge([], ["a"]) == (0.0, 0.0, 0.0)
    assert rouge(["a"], ["a"]) == (1.0, 0.0, 1.0)
