from __future__ import annotations

import json
from pathlib import Path

from nutgraf.evals.figures import NAME, run

TEXTS = [
    "The flood killed 14 people, the governor said. Ada Quill, 18, was freed.",
    "The flood killed 14 people, the governor said. Ada Quill, 19, was freed.",
]


def labelled(tmp_path: Path, *, quote: str = "Ada Quill, {}") -> Path:
    """A folder with one labelled story, of a kind that can be told right."""
    articles = [{"id": str(i), "text": text} for i, text in enumerate(TEXTS)]
    toll = [{"article": str(i), "value": 14, "quote": "killed 14 people"} for i in (0, 1)]
    ages = [
        {"article": str(i), "value": age, "quote": quote.format(age)}
        for i, age in enumerate((18, 19))
    ]
    slots = [
        {"slot": "toll", "unit": "people", "status": "agree", "values": toll},
        {"slot": "age", "unit": "years", "status": "conflict", "values": ages},
    ]
    (tmp_path / "figures").mkdir()
    line = json.dumps({"story": "s", "articles": articles, "slots": slots})
    (tmp_path / "figures/ledger_dev.jsonl").write_text(line + "\n")
    return tmp_path


def test_all_right_scores_one(tmp_path: Path) -> None:
    assert set(run(labelled(tmp_path)).values()) == {1.0}


def test_a_quote_elsewhere_is_a_miss(tmp_path: Path) -> None:
    scores = run(labelled(tmp_path, quote="the governor"))
    assert scores["value_recall"] == 0.5
    assert scores["disagreement_evidenced_f1"] == 0.0
    assert scores["status_macro_recall"] == 0.5


def test_floors(data: Path) -> None:
    """Floors only rise. Measured 2026-11-22: value .81, evidenced .56, macro recall .46."""
    scores = run(data)
    assert NAME == "figures"
    assert scores["value_f1"] >= 0.78
    assert scores["disagreement_evidenced_f1"] >= 0.5
    assert scores["status_macro_recall"] >= 0.42
