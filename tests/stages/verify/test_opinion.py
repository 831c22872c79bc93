"""The second opinion: a score from a file that says how it was made; it only withholds."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.stages.verify import judge, prepare
from nutgraf.stages.verify.judge import view
from nutgraf.stages.verify.opinion import FEATURES, load, opinion
from nutgraf.types import Article

MODULE = sys.modules[view.__module__]
TEXT = "The yard in Kelm has built 40 ferries since May. The mayor of Tamber sold the old pier."
SOURCE = prepare(Article(id="a", text=TEXT, language="en"))


def test_the_weights_fit_the_features_and_say_where_they_come_from() -> None:
    weights = load()
    assert weights.features == FEATURES
    assert len(weights.line) == len(FEATURES)
    assert {"made by", "trained on", "out of fold", "set left out"} <= set(weights.about)
    assert 0 < weights.floor < weights.threshold < 1
    for tree in weights.trees:
        assert max(tree.at) < len(FEATURES)
        for n, at in enumerate(tree.at):
            assert at < 0 or n < min(tree.left[n], tree.right[n]) < len(tree.at)


@given(st.text(min_size=1, max_size=120), st.text(max_size=200))
def test_any_claim_has_an_opinion(claim: str, text: str) -> None:
    source = prepare(Article(id="s", text=text))
    if not any(c.isalnum() and c.isascii() for c in claim):
        return
    vector, _ = view(claim, [source])
    assert len(vector) == len(FEATURES)
    assert 0 <= opinion(vector, load()) <= 1


def test_nearer_claims_score_higher() -> None:
    near = judge("The mayor of Tamber sold a pier of the old town.", [SOURCE])
    far = judge("Seven gulls ate the bread of the harbour master in Rome.", [SOURCE])
    assert near.verdict == far.verdict == "unsupported"
    assert near.score > far.score


def test_it_withholds_and_never_lets_through(monkeypatch: pytest.MonkeyPatch) -> None:
    short, wrong = "The mayor of Tamber sold the pier.", "The mayor of Kelm sold the pier."
    assert judge(short, [SOURCE]).verdict == "supported"
    for answer, expected in ((0.0, "unsupported"), (1.0, "supported")):
        monkeypatch.setattr(MODULE, "opinion", lambda *_, a=answer: a)
        assert judge(short, [SOURCE]).verdict == expected
        assert judge(wrong, [SOURCE]).verdict != "supported"
        assert judge(TEXT.split(". ")[0] + ".", [SOURCE]).verdict == "supported"
