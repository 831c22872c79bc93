from __future__ import annotations

from pathlib import Path

from nutgraf.evals import origins
from nutgraf.evals.origins import Pair, judged, measures
from nutgraf.evals.shares import interval
from nutgraf.types import Article

FLOORS = {
    "dev_precision": 0.97,
    "dev_recall": 0.76,
    "test_precision": 0.9,
    "test_recall": 0.62,
    "all_copies_precision": 0.99,
    "demo_precision": 0.99,
    "demo_recall": 0.99,
}


def test_the_scorecard_only_improves(data: Path) -> None:
    found = origins.run(data)
    assert found["all_pairs"] == 224
    assert {name: found[name] for name, least in FLOORS.items() if found[name] < least} == {}


def test_a_tiny_set_is_judged_pair_by_pair() -> None:
    said = "A quay fell in the night and twelve boats sank."
    articles = [
        Article(id="first", text=said, publisher="Harbour Ledger"),
        Article(id="told", text=f"{said[:-1]}, the Harbour Ledger reported.", publisher="Post"),
        Article(id="own", text="Divers searched the harbour at noon.", publisher="Tribune"),
    ]
    pairs = [
        Pair("first", "told", "leans"),
        Pair("first", "own", "independent"),
        Pair("told", "own", "leans"),
        Pair("first", "elsewhere", "copy"),
    ]
    found = judged(pairs, [(article, "quay") for article in articles])
    assert [j.one for j in found] == [True, False, False]
    scores = measures("tiny", found)
    assert (scores["tiny_pairs"], scores["tiny_precision"], scores["tiny_recall"]) == (3, 1.0, 0.5)


def test_an_interval_holds_its_share() -> None:
    for hits, of in ((0, 0), (0, 9), (5, 9), (9, 9)):
        found = interval("x", hits, of)
        assert 0 <= found["x_low"] <= found["x"] <= found["x_high"] + 1e-9 <= 1 + 2e-9
