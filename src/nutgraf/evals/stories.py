"""How well articles are put into stories, and copies found, on labelled data.

Stories are judged in the order of arrival, after repairs and on the first decision, by pairwise
F1 and by BCubed on the articles of stories that have more than one (Bagga and Baldwin 1998;
singletons alone would make a high score). Copies are light edits of real articles, made anew at
each run.
"""

from __future__ import annotations

import gzip
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from nutgraf.stages import cluster, copies
from nutgraf.text.sentences import sentences
from nutgraf.types import Article

__all__ = ["NAME", "Edit", "edited", "measures", "run"]

NAME = "stories"

_ORDERS = 8
"""ECB+ has no dates; its result moves by 2.4 points with the order, so orders are averaged."""
_COPIED, _LEAST_WORDS = 300, 80

Labelled = list[tuple[Article, str]]
Index = dict[int, list[copies.Candidate]]


class _Event(Struct):
    """A line of allsides_val: an event told by several outlets."""

    story: str
    articles: list[Article]


class _Line(Struct):
    """An article with the story it belongs to."""

    id: str
    text: str
    story: str
    title: str | None = None
    published: str | None = None


class Edit(NamedTuple):
    """How much a copy departs from its original: shares of its sentences and words."""

    tail: float
    """At most so many of the last sentences are cut."""
    dropped: float
    words: float
    added: float
    """So many sentences of another text are put in, as a share of those kept."""


_EDITS = {
    "light": Edit(tail=0.2, dropped=0.0, words=0.01, added=0.05),
    "wire": Edit(tail=0.5, dropped=0.05, words=0.02, added=0.15),
}


def run(data: Path) -> dict[str, float]:
    """Measures by name, each 0..1. Takes about fifteen seconds."""
    incidents = _read(data / "stories/incidents_dev.jsonl.gz")
    events = _events(data / "briefs/allsides_val.jsonl.gz")
    ecb = _read(data / "stories/ecbplus_dev.jsonl.gz")
    found = _named("incidents", _clustered(incidents))
    found |= _named("ecbplus", _mean(_clustered(_shuffled(ecb, n)) for n in range(_ORDERS)))
    found |= _named("outlets", _clustered(_shuffled(events, 1)))
    mixed = (incidents, _shuffled(ecb, 3), _shuffled(events, 5))
    found |= _named("mixed", _clustered(_interleaved(mixed, 1)))
    originals = [article for article, _ in _shuffled(incidents, 0)]
    strangers = [article for article, _ in events]
    for name, edit in _EDITS.items():
        found |= _named(f"copies_{name}", _copies(originals, strangers, edit))
    return found


def measures(gold: Mapping[str, str], found: Mapping[str, str]) -> dict[str, float]:
    """Pairwise precision, recall and F1, and BCubed F1 on multi-article stories.

    Both map article ids to stories; an article that `found` lacks stands alone.
    """
    pairs = [(story, found.get(article, f"lost:{article}")) for article, story in gold.items()]
    both, right = Counter(pairs), Counter(story for story, _ in pairs)
    guess = Counter(story for _, story in pairs)
    together = _pairs(both)
    precision, recall = _share(together, _pairs(guess)), _share(together, _pairs(right))
    many = [pair for pair in pairs if right[pair[0]] > 1]
    b_precision = _share(sum(both[p] / guess[p[1]] for p in many), len(many))
    b_recall = _share(sum(both[p] / right[p[0]] for p in many), len(many))
    return {
        "pair_precision": precision,
        "pair_recall": recall,
        "pair_f1": _harmonic(precision, recall),
        "bcubed_multi": _harmonic(b_precision, b_recall),
    }


def edited(text: str, other: str, edit: Edit, chance: random.Random) -> str:
    """A copy of `text` as an outlet might carry it, with sentences of `other` put in."""
    kept = [text[start:end] for start, end in sentences(text)]
    kept = kept[: max(2, round(len(kept) * (1 - chance.uniform(0, edit.tail))))]
    kept = [s for i, s in enumerate(kept) if i < 2 or chance.random() >= edit.dropped]
    kept = [" ".join(_reword(word, edit, chance) for word in s.split()) for s in kept]
    added = [other[start:end] for start, end in sentences(other)]
    at = chance.randrange(1, len(kept) + 1)
    kept[at:at] = added[: max(1, round(len(kept) * edit.added))]
    return "\n".join(kept)


def _reword(word: str, edit: Edit, chance: random.Random) -> str:
    if chance.random() >= edit.words:
        return word
    return chance.choice(("officials", "later", "about", "nearly", "reportedly"))


def _copies(
    originals: Sequence[Article], strangers: Sequence[Article], edit: Edit
) -> dict[str, float]:
    """Recall on edited copies; precision over them and articles that copy none of these."""
    chance = random.Random(1)
    long = [a for a in originals if len(a.text.split()) >= _LEAST_WORDS][: 3 * _COPIED]
    index: Index = defaultdict(list)
    for article in long:
        candidate = copies.Candidate(article, copies.signature(article.text))
        for band in copies.bands(candidate.signature):
            index[band].append(candidate)
    found = sum(_copied(index, article) is not None for article in strangers)
    right = 0
    for number, article in enumerate(long[:_COPIED]):
        text = edited(article.text, long[-1 - number].text, edit, chance)
        named = _copied(index, Article(id=f"copy-{number}", title=article.title, text=text))
        found += named is not None
        right += named is not None and _same(named, article.text)
    return {"recall": right / _COPIED, "precision": _share(right, found)}


def _copied(index: Index, article: Article) -> str | None:
    """Text of the article that `article` is traced to as a copy."""
    signature = copies.signature(article.text)
    near = [c for band in copies.bands(signature) for c in index.get(band, ())]
    shared = Counter(c.article.id for c in near)
    known = {c.article.id: c for c in near}
    best = [known[article] for article, _ in shared.most_common(copies.CANDIDATES)]
    origin = copies.trace(article, signature, best)
    return known[origin.copy_of].article.text if origin.copy_of else None


def _same(found: str, original: str) -> bool:
    """Whether the text found is the original, or one of its real-life copies."""
    return copies.overlap(copies.shingles(found), copies.shingles(original))[0] > 0.5


def _clustered(labelled: Labelled) -> dict[str, float]:
    """Measures of the final state, and pairwise F1 of the first decisions."""
    gold = {article.id: story for article, story in labelled}
    scores = measures(gold, _answered(labelled))
    first = measures(gold, _answered(labelled, first=True))
    kept = {name: scores[name] for name in ("pair_f1", "bcubed_multi")}
    return kept | {"first_pair_f1": first["pair_f1"]}


def _answered(labelled: Labelled, *, first: bool = False) -> dict[str, str]:
    answers = cluster.stream((article for article, _ in labelled), first=first)
    return {answer.id: answer.story for answer in answers}


def _interleaved(streams: Sequence[Labelled], seed: int) -> Labelled:
    """Streams at random into one; each keeps its order."""
    turns = [n for n, stream in enumerate(streams) for _ in stream]
    random.Random(seed).shuffle(turns)
    articles = [iter(stream) for stream in streams]
    return [next(articles[n]) for n in turns]


def _read(path: Path) -> Labelled:
    with gzip.open(path) as lines:
        rows = [msgspec.json.decode(line, type=_Line) for line in lines]
    return [
        (Article(id=r.id, title=r.title or "", text=r.text, published=r.published), r.story)
        for r in rows
    ]


def _events(path: Path) -> Labelled:
    with gzip.open(path) as lines:
        events = [msgspec.json.decode(line, type=_Event) for line in lines]
    return [(article, event.story) for event in events for article in event.articles]


def _shuffled(labelled: Labelled, seed: int) -> Labelled:
    return random.Random(seed).sample(labelled, len(labelled))


def _mean(runs: Iterator[dict[str, float]]) -> dict[str, float]:
    every = list(runs)
    return {name: sum(run[name] for run in every) / len(every) for name in every[0]}


def _named(prefix: str, found: Mapping[str, float]) -> dict[str, float]:
    return {f"{prefix}_{name}": round(value, 4) for name, value in found.items()}


def _pairs(sizes: Counter[str] | Counter[tuple[str, str]]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes.values())


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _harmonic(a: float, b: float) -> float:
    return _share(2 * a * b, a + b)
