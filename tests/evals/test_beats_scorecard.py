from __future__ import annotations

from pathlib import Path

from nutgraf.evals import beats

# Of one event in six; `nutgraf eval beats` measures all of them.
FLOORS = {
    "world_recall_armed": 0.97,
    "world_recall_disasters": 0.88,
    "world_recall_politics": 0.93,
    "world_recall_international": 0.96,
    "security_recall_armed": 0.89,
    "security_recall_international": 0.65,
}
CEILINGS = {
    "world_strays": 0.21,
    "world_local": 0.09,
    "security_strays": 0.12,
    "security_local": 0.03,
    "ai_strays": 0.004,
    "ai_local": 0.002,
}


def test_the_scorecard_only_improves(data: Path) -> None:
    found = beats.run(data, every=6)
    assert set(found) == set(FLOORS) | set(CEILINGS)
    assert {name: found[name] for name, least in FLOORS.items() if found[name] < least} == {}
    assert {name: found[name] for name, most in CEILINGS.items() if found[name] > most} == {}
