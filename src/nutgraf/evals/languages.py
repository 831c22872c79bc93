"""Whether a model of sentence vectors brings together what is told in different languages.

`languages.jsonl` was written for this: 32 invented events, each told in three of ten languages by
outlets that chose different details, and in look-alike pairs (two floods, two elections). It
measures the model that the settings name (`NUTGRAF_EMBED__MODEL`, or `[embed]` of a nutgraf.toml
in this folder); without one there is nothing to measure.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from nutgraf.adapters.embed import article_text, open_embedder
from nutgraf.config import load_config
from nutgraf.evals.stories import clustered
from nutgraf.evals.streams import shuffled
from nutgraf.types import Article

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["NAME", "best_cut", "labelled", "run"]

NAME = "languages"


class _Line(Struct):
    id: str
    event: str
    language: str
    title: str
    text: str


def run(_: Path) -> dict[str, float]:
    """Measures by name; `models` is 0 where none is named, and then the only one.

    `pair_f1` is of the pairs in different languages at the one cosine that suits them best, `cut`;
    `nearest` the share of articles whose most alike article of another language tells of the same
    event; `stories_pair_f1` of the stories that the desk makes of them.
    """
    setting = load_config(Path("nutgraf.toml")).embed
    if not setting.model:
        return {"models": 0.0}
    articles = labelled()
    vectors = open_embedder(setting).embed([article_text(article) for article, _ in articles])
    given = {a.id: vector for (a, _), vector in zip(articles, vectors, strict=True)}
    placed = clustered(shuffled(articles, 1), vectors=given)["pair_f1"]
    return {"models": 1.0} | best_cut(articles, vectors) | {"stories_pair_f1": placed}


def labelled() -> list[tuple[Article, str]]:
    """The articles with the event that each tells of."""
    file = resources.files("nutgraf.evals") / "languages.jsonl"
    lines = [msgspec.json.decode(line, type=_Line) for line in file.read_bytes().splitlines()]
    return [
        (Article(id=line.id, title=line.title, text=line.text, language=line.language), line.event)
        for line in lines
    ]


def best_cut(
    articles: Sequence[tuple[Article, str]], vectors: NDArray[np.float32]
) -> dict[str, float]:
    """Measures of `run` for unit vectors `[articles, size]`, over pairs in different languages."""
    import numpy as np

    pairs = np.array(
        [
            (one, other)
            for one, other in combinations(range(len(articles)), 2)
            if articles[one][0].language != articles[other][0].language
        ]
    )
    events = np.array([event for _, event in articles])
    alike = np.einsum("ij,ij->i", vectors[pairs[:, 0]], vectors[pairs[:, 1]])
    order = np.argsort(-alike, kind="stable")
    same = (events[pairs[:, 0]] == events[pairs[:, 1]])[order]
    f1 = 2 * same.cumsum() / (np.arange(1, len(same) + 1) + same.sum())
    best = int(f1.argmax())
    # The best partner of each article is in the first of its pairs.
    first: dict[int, bool] = {}
    for (one, other), right in zip(pairs[order].tolist(), same.tolist(), strict=True):
        first.setdefault(one, right)
        first.setdefault(other, right)
    return {
        "pair_f1": round(float(f1[best]), 4),
        "cut": round(float(alike[order][best]), 4),
        "nearest": round(sum(first.values()) / len(first), 4),
    }
