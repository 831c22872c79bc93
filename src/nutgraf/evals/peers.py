"""Other ways to put articles into stories beside ours: `python -m nutgraf.evals.peers --data DIR`.

With `--embed MODEL` sentence vectors take part. Needs `pip install 'nutgraf[train]'` (scikit-learn)
and with vectors `'nutgraf[train,embed]'`. Prints a Markdown table: pairwise F1 of each method on
each stream, ours in its final state, and the seconds of CPU that all streams took.

The methods are those that programs like ours use, as plainly as they stand: the single pass of the
textbooks, the overlapping titles of a feed reader (NewsBlur, apps/clustering, 2026), vectors with
one cut (worldmonitor), and HDBSCAN (meridian). They see the whole stream before they decide, and
the cut of the single pass is the best one for these very labels. Ours learnt from incidents and
outlets (but not from ECB+), so its figures there are too good: docs/scorecard.md has those out of
fold.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nutgraf.adapters.embed import article_text, open_embedder
from nutgraf.config import EmbedConfig
from nutgraf.errors import MissingExtra, NutgrafError
from nutgraf.evals.peer_methods import (
    DAYS,
    Floats,
    days_of,
    dense,
    joined,
    near_vectors,
    nearest,
    overlapping_titles,
    reduced,
    tf_idf,
)  # fmt: skip
from nutgraf.evals.stories import measures
from nutgraf.evals.streams import Labelled, bare, events, interleaved, read, shuffled
from nutgraf.stages import cluster
from nutgraf.types import Article

__all__ = ["Result", "compare", "main", "streams", "table"]

_CUTS = np.arange(0.10, 0.65, 0.01)

Labels = Sequence[int] | Sequence[str]
Streams = Mapping[str, Sequence[Labelled]]
Vectors = Mapping[bool, Mapping[str, NDArray[np.float32]]]
"""By whether the text is there: article id to vector."""


class Result(NamedTuple):
    """A method's mean pairwise F1 by stream, and the seconds of CPU that it took for all."""

    method: str
    f1: dict[str, float]
    seconds: float


def streams(data: Path) -> dict[str, list[Labelled]]:
    """The streams of `evals.stories`, ECB+ in three orders."""
    incidents = read(data / "stories/incidents_dev.jsonl.gz")
    outlets = shuffled(events(data / "briefs/allsides_val.jsonl.gz"), 1)
    ecb = read(data / "stories/ecbplus_dev.jsonl.gz")
    mixed = interleaved((incidents, shuffled(ecb, 3), shuffled(outlets, 5)), 1)
    return {
        "incidents": [incidents],
        "ecbplus": [shuffled(ecb, n) for n in range(3)],
        "outlets": [outlets],
        "mixed": [mixed],
        "headlines": [bare(mixed)],
    }


def compare(
    given: Streams, vectors: Vectors | None = None, score: cluster.Scorer = cluster.shipped
) -> Iterator[Result]:
    """Run every method on every stream."""
    yield from (_single_pass(given, days) for days in (np.inf, DAYS))
    yield _run("overlapping titles", given, lambda s: overlapping_titles(_articles(s)))
    if vectors is None:
        yield _run("HDBSCAN on TF-IDF", given, lambda s: dense(reduced(tf_idf(_articles(s)))))
    else:
        yield _run(
            "vectors, one cut", given,
            lambda s: near_vectors(_rows(s, vectors), days_of(_articles(s))),
        )  # fmt: skip
        yield _run("HDBSCAN on vectors", given, lambda s: dense(_rows(s, vectors)))
        yield _run("ours, with vectors", given, lambda s: _ours(s, vectors, score))
    yield _run("ours", given, lambda s: _ours(s, None, score))


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    asked.add_argument("--data", type=Path, required=True, help="folder of the labelled data")
    asked.add_argument("--embed", default="", help="a model of sentence vectors")
    options = asked.parse_args()
    given = streams(options.data)
    begun = time.process_time()
    try:
        _check()
        vectors = _embedded(given, options.embed) if options.embed else None
    except NutgrafError as error:
        raise SystemExit(f"peers: {error}") from None
    made = time.process_time() - begun
    for line in table(compare(given, vectors)):
        print(line, flush=True)  # noqa: T201 - a script
    if vectors:
        print(f"\nMaking the vectors took {made:.0f} s more.")  # noqa: T201


def table(results: Iterable[Result]) -> Iterator[str]:
    """The lines of a Markdown table."""
    for number, result in enumerate(results):
        if number == 0:
            yield f"| | {' | '.join(result.f1)} | CPU s |"
            yield "|---" * (len(result.f1) + 2) + "|"
        cells = (f"{value:.3f}".lstrip("0") for value in result.f1.values())
        yield f"| {result.method} | {' | '.join(cells)} | {result.seconds:.0f} |"


def _check() -> None:
    """Say what is missing now rather than after a minute."""
    if find_spec("sklearn") is None:
        raise MissingExtra("Peers", "train")


def _run(method: str, given: Streams, stories: Callable[[Labelled], Labels]) -> Result:
    begun = time.process_time()
    found = {name: [stories(stream) for stream in orders] for name, orders in given.items()}
    seconds = time.process_time() - begun
    return Result(method, _means(given, found), seconds)


def _means(given: Streams, found: Mapping[str, Sequence[Labels]]) -> dict[str, float]:
    return {
        name: float(np.mean([_f1(s, f) for s, f in zip(orders, found[name], strict=True)]))
        for name, orders in given.items()
    }


def _f1(stream: Labelled, stories: Labels) -> float:
    gold = {article.id: story for article, story in stream}
    found = {article.id: str(s) for (article, _), s in zip(stream, stories, strict=True)}
    return measures(gold, found)["pair_f1"]


def _single_pass(given: Streams, within: float) -> Result:
    """Each article joins the story of the nearest before it, at the cut that is best on the mean
    of all streams."""
    begun = time.process_time()
    near = {n: [nearest(_articles(s), within) for s in orders] for n, orders in given.items()}
    seconds = time.process_time() - begun
    tried = [
        (_means(given, {n: [joined(x, cut) for x in found] for n, found in near.items()}), cut)
        for cut in _CUTS
    ]
    best, cut = max(tried, key=lambda pair: float(np.mean(list(pair[0].values()))))
    days = "" if within == np.inf else f" within {within:.0f} days"
    return Result(f"TF-IDF, single pass{days}, cut {cut:.2f}", best, seconds)


def _ours(stream: Labelled, vectors: Vectors | None, score: cluster.Scorer) -> list[str]:
    known = vectors[_has_text(stream)] if vectors else {}
    answers = cluster.stream(
        _articles(stream), score=score, vector=(lambda a: known[a.id]) if vectors else None
    )
    return [answer.story or answer.id for answer in answers]


def _rows(stream: Labelled, vectors: Vectors) -> Floats:
    known = vectors[_has_text(stream)]
    return np.stack([known[article.id] for article in _articles(stream)])


def _embedded(given: Streams, model: str) -> Vectors:
    """Vectors of all articles and of their headlines alone: the mixed stream holds every one."""
    embedder = open_embedder(EmbedConfig(model=model))
    articles = _articles(given["mixed"][0])
    texts = {True: [article_text(a) for a in articles], False: [a.title for a in articles]}
    ids = [a.id for a in articles]
    return {
        whole: dict(zip(ids, embedder.embed(part), strict=True)) for whole, part in texts.items()
    }


def _articles(stream: Labelled) -> list[Article]:
    return [article for article, _ in stream]


def _has_text(stream: Labelled) -> bool:
    return any(article.text for article, _ in stream)


if __name__ == "__main__":
    main()
