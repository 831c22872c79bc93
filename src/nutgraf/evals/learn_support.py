"""Train the verifier's second opinion: `python -m nutgraf.evals.learn_support --data DIR`.

Needs scikit-learn, which nothing else does. Writes weights/support.json with its provenance: the
training sets, the figures measured out of fold (folds keep a source together) and with each set
left out, and the two settings: `floor` for the gate, `threshold` for the score.
"""

from __future__ import annotations

import argparse
import gzip
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np

import nutgraf.weights
from nutgraf.evals.support_edits import cases
from nutgraf.stages.verify import Prepared, judge, prepare
from nutgraf.stages.verify.judge import view
from nutgraf.stages.verify.opinion import FEATURES
from nutgraf.types import Article

__all__ = ["EDITS", "Example", "examples", "fit", "learn", "main", "predict", "weigh"]

SETS = ("qags", "cliff_goyal", "summedits", "bump", "wice")
EDITS = "edits"
_SHARE_OFEDITS = 0.3
"""Weight of all edits beside one set: they are many, and made by the rules' author."""
_FOLDS, _REPEATS = 5, 3
_LOST = 0.01
"""Share of the supported copies that the gate's floor may withhold, out of fold."""

Array = np.ndarray[Any, np.dtype[np.float64]]


class Example(NamedTuple):
    """A labelled claim as the model sees it."""

    vector: list[float]
    supported: bool
    group: str
    """The source it is of."""
    set: str
    copied: bool
    """Whether the copy rule lets it through in other words than a whole sentence's."""
    kind: str = ""
    """Of an edit."""
    passed: bool = False
    """Of an edit: whether the gate lets it through."""


def examples(data: Path, articles: int = 60) -> Iterator[Example]:
    """Every labelled claim of the development sets, then the edits of 3 times `articles`."""
    for name in SETS:
        with gzip.open(data / "support" / f"{name}_dev.jsonl.gz", "rb") as file:
            for line in file:
                row = msgspec.json.decode(line)
                sources = [prepare(Article(id=s["id"], text=s["text"])) for s in row["sources"]]
                group = row["sources"][0]["text"]
                yield _example(row["claim"], sources, bool(row["supported"]), group, _of(name, row))
    for case in cases(data, articles):
        made = _example(case.claim, [case.source], case.supported, case.source.id, EDITS)
        passed = judge(case.claim, [case.source]).verdict == "supported"
        yield made._replace(kind=case.kind, passed=passed)


def _of(name: str, row: dict[str, Any]) -> str:
    """The set and its part ("summedits news"): parts differ in kind."""
    return f"{name} {row['id'].split('-')[0]}" if name in ("qags", "summedits") else name


def _example(claim: str, sources: list[Prepared], label: bool, group: str, name: str) -> Example:  # noqa: FBT001
    vector, copied = view(claim, sources)
    return Example(vector, label, group, name, copied)


def learn(found: list[Example], when: str) -> dict[str, Any]:
    """The content of weights/support.json."""
    x = np.array([e.vector for e in found])
    y = np.array([e.supported for e in found], dtype=float)
    sets = np.array([e.set for e in found])
    groups = np.unique([e.group for e in found], return_inverse=True)[1]
    weight = weigh(y, sets)
    folded = np.mean([_held_out(x, y, weight, _folds(groups, n)) for n in range(_REPEATS)], axis=0)
    alone = _held_out(x, y, weight, np.array([s.split()[0] for s in sets]))
    threshold = _threshold(folded, y, sets)
    copied = np.array([e.copied for e in found])
    floor = float(np.quantile(folded[copied & (y == 1)], _LOST))
    about = {
        "what": "a line and boosted trees: P(supported) of a claim beside its closest passages",
        "made by": "python -m nutgraf.evals.learn_support --data DIR",
        "made on": when,
        "trained on": {str(s): int((sets == s).sum()) for s in np.unique(sets)},
        "out of fold": _figures(folded, y, sets, threshold),
        "set left out": _figures(alone, y, sets, threshold),
    }
    return {"about": about, "features": FEATURES, "floor": round(floor, 3),
            "threshold": round(threshold, 3), **_arrays(fit(x, y, weight))}  # fmt: skip


def weigh(y: Array, sets: Any) -> Array:
    """Each set and each label in it counts the same."""
    weight = np.zeros(len(y))
    for name in np.unique(sets):
        for label in (0, 1):
            cell = (sets == name) & (y == label)
            weight[cell] = 1000 * (_SHARE_OFEDITS if name == EDITS else 1) / max(cell.sum(), 1)
    return weight


def _folds(groups: Any, seed: int) -> Any:
    """A fold for each example; those of one source share theirs."""
    return np.random.default_rng(seed).permutation(int(groups.max()) + 1)[groups] % _FOLDS


def _held_out(x: Array, y: Array, weight: Array, parts: Any) -> Array:
    """Each part's opinions by a model that was trained on the others."""
    p = np.zeros(len(y))
    for part in np.unique(parts):
        held = parts == part
        p[held] = predict(fit(x[~held], y[~held], weight[~held]), x[held])
    return p


class Fitted(NamedTuple):
    """A line and trees; their mean, on the scale of log-odds, is the opinion."""

    line: Any
    trees: Any


def fit(x: Array, y: Array, weight: Array) -> Fitted:
    """Train on vectors `[n, features]`, labels 0 or 1 and weights."""
    from sklearn.ensemble import GradientBoostingClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    line = make_pipeline(StandardScaler(), LogisticRegression(C=0.005, max_iter=1000))
    trees = GradientBoostingClassifier(
        n_estimators=100, max_depth=3, learning_rate=0.07, subsample=0.5, min_samples_leaf=30,
        max_features=6, random_state=1,
    )  # fmt: skip
    return Fitted(
        line.fit(x, y, logisticregression__sample_weight=weight),
        trees.fit(x, y, sample_weight=weight),
    )


def predict(fitted: Fitted, x: Array) -> Array:
    """P(supported) of each row."""
    odds = (fitted.line.decision_function(x) + fitted.trees.decision_function(x)) / 2
    return np.asarray(1 / (1 + np.exp(-odds)))


def _threshold(p: Array, y: Array, sets: Any) -> float:
    """The one threshold with the best mean balanced accuracy over the sets made by others."""
    real = [s for s in np.unique(sets) if s != EDITS]
    grid = np.arange(0.2, 0.8, 0.01)
    return float(max(grid, key=lambda t: sum(_balanced(p, y, sets == s, t) for s in real)))


def _balanced(p: Array, y: Array, of: Any, threshold: float) -> float:
    passed, true = p[of] >= threshold, y[of] == 1
    return float((passed[true].mean() + (~passed[~true]).mean()) / 2)


def _figures(p: Array, y: Array, sets: Any, threshold: float) -> dict[str, dict[str, float]]:
    from sklearn.metrics import roc_auc_score

    return {
        str(s): {
            "auc": round(float(roc_auc_score(y[sets == s], p[sets == s])), 3),
            "balanced accuracy": round(_balanced(p, y, sets == s, threshold), 3),
        }
        for s in np.unique(sets)
    }


def _arrays(fitted: Fitted) -> dict[str, Any]:
    """The line and the trees as arrays that `verify.opinion` reads, each at half its weight."""
    scaler, line = (step for _, step in fitted.line.steps)
    slope = line.coef_[0] / scaler.scale_
    start = line.intercept_[0] - slope @ scaler.mean_
    prior = fitted.trees.init_.class_prior_[1]
    half = fitted.trees.learning_rate / 2
    trees = []
    for (regressor,) in fitted.trees.estimators_:
        tree = regressor.tree_
        leaf = tree.children_left < 0
        trees.append({
            "at": np.where(leaf, -1, tree.feature).tolist(),
            "cut": [float(f"{c:.4g}") for c in np.where(leaf, 0, tree.threshold)],
            "left": np.where(leaf, 0, tree.children_left).tolist(),
            "right": np.where(leaf, 0, tree.children_right).tolist(),
            "value": [float(f"{half * v:.3g}") for v in np.where(leaf, tree.value[:, 0, 0], 0)],
        })  # fmt: skip
    return {
        "base": round(float(start + np.log(prior / (1 - prior))) / 2, 5),
        "line": [float(f"{s / 2:.4g}") for s in slope],
        "trees": trees,
    }


def main() -> None:
    """Train and write the file beside the package's other weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of labelled data")
    folder = Path(nutgraf.weights.__path__[0])
    parser.add_argument("--out", type=Path, default=folder / "support.json")
    arguments = parser.parse_args()
    made = learn(list(examples(arguments.data)), datetime.now(UTC).date().isoformat())
    head = msgspec.json.format(msgspec.json.encode(made | {"trees": []}), indent=1)
    trees = b",\n  ".join(msgspec.json.encode(tree) for tree in made["trees"])
    arguments.out.write_bytes(
        head.replace(b'"trees": []', b'"trees": [\n  ' + trees + b"\n ]") + b"\n"
    )


if __name__ == "__main__":
    main()
