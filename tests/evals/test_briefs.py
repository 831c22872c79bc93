"""ROUGE, against values worked out by hand."""

from __future__ import annotations

import pytest

from nutgraf.evals.briefs import rouge
from nutgraf.evals.lexrank import available, lexrank
from nutgraf.evals.shared_facts import shared_facts


def test_rouge() -> None:
    found, gold = "the ferry sank in kelm".split(), "the ferry in kelm sank today".split()
    one, two, longest = rouge(found, gold)
    assert one == pytest.approx(2 * 5 / 11)
    assert two == pytest.approx(2 * 2 / 9)
    assert longest == pytest.approx(2 * 4 / 11)


def test_rouge_of_nothing() -> None:
    assert rouge([], ["a"]) == (0.0, 0.0, 0.0)
    assert rouge(["a"], ["a"]) == (1.0, 0.0, 1.0)


def test_facts_that_two_outlets_share_and_whether_a_text_tells_them() -> None:
    gull = "The council of Orrin closed the old bridge on Monday. A choir sang in the harbour."
    tern = "The old bridge was closed by the council of Orrin. The mayor bought a boat."
    shared = shared_facts([gull, tern])
    (fact,) = shared.facts
    assert {"council", "orrin", "clos", "old"} <= fact
    assert shared.told("On Monday the Orrin council closed its old bridge to cars.") == [fact]
    assert shared.told("The mayor of Orrin bought an old boat.") == []
    assert shared_facts([gull]).facts == []
    assert shared_facts([gull, "It rained."]).facts == []


if available():  # of the extra `train`, which CI does not install: it serves measuring only

    def test_lexrank_gives_whole_sentences_until_it_has_the_words() -> None:
        texts = ["The bridge of Orrin is shut. Rust was found in the bridge.", "A choir sang."]
        assert lexrank(texts, 6) in (
            "The bridge of Orrin is shut.",
            "Rust was found in the bridge.",
        )
        assert lexrank(texts, 100) == " ".join(texts)
