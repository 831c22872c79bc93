"""The edit generator: the same edits for a seed, labels that hold, kinds that are filled."""

from __future__ import annotations

from pathlib import Path

from nutgraf.evals import support
from nutgraf.evals.edit_changes import CHANGES
from nutgraf.evals.edit_keeps import KEEPS
from nutgraf.evals.edits import Edit, edits

SENTENCES = [
    "Police said Tuesday that at least 12 miners, some of them boys, were killed before dawn.",
    "The former mayor of Kelm, Ona Bell, did not sell both the pier and the yard to Moe.",
    "“We have no money left for the ferry,” said Ona Bell, who was the chair until 1990.",
    "The yard, which opened in May, may close if the council of Tamber votes against it.",
    "The alleged smuggler was arrested near the old pier by the wife of Moe, officials said.",
    "He told Tamber Today the boats or rafts were found in the water on Friday.",
    "Kelm has three ferries, and it will buy 4,500 tons of coal for 3 million pounds.",
]


def made(seed: int) -> list[tuple[int, Edit]]:
    return list(edits(SENTENCES, seed, each=3))


def test_the_seed_decides() -> None:
    assert made(1) == made(1)
    assert made(1) != made(2)


def test_every_kind_is_made_and_labelled() -> None:
    found = [edit for seed in range(8) for _, edit in made(seed)]
    assert {e.kind for e in found if not e.supported} == set(CHANGES)
    assert {e.kind for e in found if e.supported} == set(KEEPS)


def test_a_change_changes_and_verbatim_does_not() -> None:
    for i, edit in made(3):
        if edit.kind == "verbatim":
            assert edit.claim == SENTENCES[i]
        elif not edit.supported:
            assert edit.claim != SENTENCES[i]


def test_hardly_a_change_of_real_news_passes(data: Path) -> None:
    """Far below what a reader would bear, with the generator's own mistakes counted as leaks."""
    figures = support.run(data, sets=(support.EDITS,))
    assert figures["edits"] > 1500
    assert figures["edits_leaked"] <= 0.005
    leaks = {k: v for k, v in figures.items() if k.endswith("_leaked")}
    assert max(leaks.values()) <= 0.05, leaks
    assert figures["edits_verbatim_withheld"] == 0
    assert figures["edits_reformatted_withheld"] <= 0.02
    assert figures["edits_compressed_withheld"] <= 0.15
    assert figures["edits_fused_withheld"] <= 0.1
