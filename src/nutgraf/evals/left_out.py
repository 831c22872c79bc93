"""What leaks of a kind of edit that nobody trained on: `python -m nutgraf.evals.left_out`.

For each kind of change the second opinion is trained once with all kinds and once without that
one, both times on half of the sources, and judges the kind in the other half (and the other way
round). The copy rule knows no training; its leaks are those of the gate. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from nutgraf.evals.learn_support import EDITS, Example, examples, fit, predict, weigh
from nutgraf.evals.shares import wilson
from nutgraf.stages.verify.opinion import load

__all__ = ["Row", "main", "rows", "table"]

_ARTICLES = 150
"""Of each of three sets: about 200 edits a kind where the kind is frequent."""


class Row(NamedTuple):
    """One kind of change: how many edits, and which share of them got through what."""

    kind: str
    n: int
    gate: float
    """What would be published: the copy rule and the opinion that is shipped."""
    low: float
    high: float
    """Wilson's 95 % interval of `gate`."""
    shown: float
    """The opinion alone, at its threshold, trained on this kind too."""
    hidden: float
    """The opinion alone, trained without this kind."""
    gate_hidden: float
    """The copy rule and the opinion that was trained without this kind."""


def rows(found: Sequence[Example]) -> Iterator[Row]:
    """A row for each kind of change among the edits, the most frequent first."""
    x = np.array([e.vector for e in found])
    y = np.array([e.supported for e in found], dtype=float)
    sets = np.array([e.set for e in found])
    kinds = np.array(["" if e.supported else e.kind for e in found])
    copied = np.array([e.copied for e in found])
    groups = np.unique([e.group for e in found], return_inverse=True)[1]
    half = np.random.default_rng(1).permutation(int(groups.max()) + 1)[groups] % 2
    weights = load()
    threshold = weights.threshold
    passed = np.array([e.passed for e in found])
    seen = _opinions(x, y, sets, half, np.ones(len(y), bool))
    names = [str(k) for k in np.unique(kinds[sets == EDITS]) if k]
    for kind in sorted(names, key=lambda k: -int((kinds == k).sum())):
        of = kinds == kind
        unseen = _opinions(x, y, sets, half, ~of)
        through = passed[of]
        through_unseen = through & (~copied[of] | (unseen[of] >= weights.floor))
        low, high = wilson(float(through.mean()), int(of.sum()))
        yield Row(
            kind, int(of.sum()), float(through.mean()), low, high,
            float((seen[of] >= threshold).mean()), float((unseen[of] >= threshold).mean()),
            float(through_unseen.mean()),
        )  # fmt: skip


def _opinions(x: Any, y: Any, sets: Any, half: Any, known: Any) -> Any:
    """Each half's opinions by a model trained on what is `known` of the other half."""
    p = np.zeros(len(y))
    for side in (0, 1):
        learn = (half != side) & known
        weight = weigh(y[learn], sets[learn])
        p[half == side] = predict(fit(x[learn], y[learn], weight), x[half == side])
    return p


def table(found: Sequence[Row]) -> str:
    """The rows in Markdown."""
    lines = [
        "| kind of change | edits | leaked (95 %) | kind unseen | opinion alone | kind unseen |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {r.kind} | {r.n} | {r.gate:.3f} ({r.low:.3f} to {r.high:.3f}) | {r.gate_hidden:.3f} | "
        f"{r.shown:.2f} | {r.hidden:.2f} |"
        for r in found
    ]
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of labelled data")
    parser.add_argument("--articles", type=int, default=_ARTICLES)
    arguments = parser.parse_args()
    print(table(list(rows(list(examples(arguments.data, arguments.articles))))))  # noqa: T201


if __name__ == "__main__":
    main()
