"""Which edits make corrections, on real articles: the floor and the ceilings."""

from __future__ import annotations

from pathlib import Path

from nutgraf.evals import corrections


def test_changes_are_corrected_and_rewordings_hardly(data: Path) -> None:
    found = corrections.run(data, articles=6)
    assert found["changed"] >= 0.93
    assert found["changed_number"] == found["changed_negated"] == 1.0
    assert found["longer"] <= 0.12
    assert found["spelled"] <= 0.2
