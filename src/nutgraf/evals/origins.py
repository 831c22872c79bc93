"""How well articles of one event that rest on one report are told from independent ones.

`origins.jsonl` names 224 pairs of the labelled stories, each read and labelled by the rules of
docs/decisions/copies.md: `copy` and `leans` share an origin, `cites` and `independent` do not. All
articles of a story are traced as they come and then settled, as the desk does; a pair is one
origin if both lead back to the same. Stories fall into a half for development and a half for test
by a hash of their ids. The bundled newsroom knows who repeats whom in it, by construction.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from hashlib import sha256
from importlib import resources
from itertools import combinations
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias, get_args

import msgspec
from msgspec import Struct

from nutgraf.demo.articles import PressArticle, load_press
from nutgraf.evals.shares import interval
from nutgraf.evals.streams import Labelled, events, lines
from nutgraf.stages import copies
from nutgraf.text.urls import host_of
from nutgraf.types import Article, Origin

__all__ = ["NAME", "Judged", "Pair", "judged", "measures", "run", "traced"]

NAME = "origins"

_ARCHIVED = re.compile(r"^https?://web\.archive\.org/web/\w+/")


Label: TypeAlias = Literal["copy", "leans", "cites", "independent"]


class Pair(Struct, frozen=True):
    """Two articles and what they owe each other."""

    a: str
    b: str
    label: Label

    @property
    def one(self) -> bool:
        """Whether both rest on one origin."""
        return self.label in ("copy", "leans")


class Judged(NamedTuple):
    """A pair, the story it is of, whether it was found to be one origin, and by copying."""

    pair: Pair
    story: str
    one: bool
    copied: bool


class _Line(Struct):
    id: str
    text: str
    story: str
    title: str | None = None
    published: str | None = None
    url: str | None = None


def run(data: Path) -> dict[str, float]:
    """Precision, recall (each with a 95 % interval) and F1 of "one origin", 0..1.

    `dev_` is what rules may be made from, `test_` the rest. `all_<label>_joined` is the share of
    a label's pairs that were found to be one origin; `all_copies_*` is of pairs marked as copies.
    `demo_` is of all pairs of one story of the bundled newsroom.
    """
    found = judged(_pairs(), _labelled(data))
    halves = {"dev": [j for j in found if _is_dev(j)], "test": [j for j in found if not _is_dev(j)]}
    scores: dict[str, float] = {}
    for name, some in (halves | {"all": found}).items():
        scores |= measures(name, some)
    scores |= _details(found)
    return {name: round(value, 4) for name, value in (scores | measures("demo", _demo())).items()}


def judged(pairs: Sequence[Pair], labelled: Labelled) -> list[Judged]:
    """What the stage says of pairs, their stories traced whole; a pair not in the data is left."""
    stories: dict[str, list[Article]] = defaultdict(list)
    story_of: dict[str, str] = {}
    for article, story in labelled:
        stories[story].append(article)
        story_of[article.id] = story
    outlets = {article.publisher for article, _ in labelled if article.publisher}
    wanted = {story_of[pair.a] for pair in pairs if pair.a in story_of}
    traces = {story: traced(stories[story], outlets) for story in wanted}
    return [
        _judged(pair, story_of[pair.a], traces[story_of[pair.a]])
        for pair in pairs
        if pair.a in story_of and pair.b in traces[story_of[pair.a]]
    ]


def _judged(pair: Pair, story: str, traces: dict[str, Origin]) -> Judged:
    one = traces[pair.a].first == traces[pair.b].first
    return Judged(pair, story, one, _root(pair.a, traces) == _root(pair.b, traces))


def _root(article: str, traces: dict[str, Origin]) -> str:
    """The article at the end of a chain of copies."""
    for _ in traces:
        article = traces[article].copy_of or article if article in traces else article
    return article


def traced(articles: Iterable[Article], outlets: Iterable[str] = ()) -> dict[str, Origin]:
    """Origins of a story's articles, each traced against those that came before."""
    known = sorted(set(outlets))
    ordered = sorted(articles, key=lambda article: article.published or "")
    index: dict[int, list[copies.Candidate]] = defaultdict(list)
    traces: dict[str, Origin] = {}
    for article in ordered:
        signature = copies.signature(article.text)
        bands = copies.bands(signature)
        near = {c.article.id: c for band in bands for c in index[band]}
        shared = Counter(c.article.id for band in bands for c in index[band])
        best = [near[key] for key, _ in shared.most_common(copies.CANDIDATES)]
        traces[article.id] = copies.trace(article, signature, best, known)
        for band in bands:
            index[band].append(copies.Candidate(article, signature, traces[article.id]))
    return copies.settle(ordered, traces)


def measures(name: str, found: Sequence[Judged]) -> dict[str, float]:
    """Precision, recall and F1 of "one origin", by name."""
    right = sum(j.one and j.pair.one for j in found)
    said, true = sum(j.one for j in found), sum(j.pair.one for j in found)
    return {
        f"{name}_pairs": float(len(found)),
        **interval(f"{name}_precision", right, said),
        **interval(f"{name}_recall", right, true),
        f"{name}_f1": 2 * right / ((said + true) or 1),
    }


def _details(found: Sequence[Judged]) -> dict[str, float]:
    copied = [j for j in found if j.copied]
    joined = {
        f"all_{label}_joined": _share([j.one for j in found if j.pair.label == label])
        for label in get_args(Label)
    }
    return joined | {
        "all_copies_recall": _share([j.copied for j in found if j.pair.label == "copy"]),
        "all_copies_precision": _share([j.pair.label == "copy" for j in copied]),
    }


def _share(flags: Sequence[bool]) -> float:
    return sum(flags) / (len(flags) or 1)


def _is_dev(judged: Judged) -> bool:
    return sha256(judged.story.encode()).digest()[-1] % 2 == 0


def _pairs() -> list[Pair]:
    packed = resources.files("nutgraf.evals").joinpath("origins.jsonl").read_bytes()
    return msgspec.json.Decoder(Pair).decode_lines(packed)


def _labelled(data: Path) -> Labelled:
    """The articles that pairs are of, each with its story, outlets known by their hosts."""
    found = events(data / "briefs/allsides_val.jsonl.gz")
    for name in ("incidents_dev", "ecbplus_train", "ecbplus_dev"):
        for line in lines(data / f"stories/{name}.jsonl.gz", _Line):
            url = _ARCHIVED.sub("", line.url) if line.url else None
            found.append((_article(line, url), line.story))
    return found


def _article(line: _Line, url: str | None) -> Article:
    return Article(
        id=line.id,
        title=line.title or "",
        text=line.text,
        published=line.published,
        url=url,
        publisher=host_of(url).removeprefix("www.") or None if url else None,
    )


# --- the bundled newsroom --------------------------------------------------------------------


def _demo() -> list[Judged]:
    """Pairs of one story: one origin if both lead back to one article, or to one outlet's own."""
    outlets, press = load_press()
    names = {outlet.id: outlet.name for outlet in outlets}
    by_key = {article.key: article for article in press}
    stories: dict[str, list[PressArticle]] = defaultdict(list)
    for article in press:
        stories[article.story].append(article)
    found = []
    for story, members in stories.items():
        articles = [_pressed(article, names) for article in members]
        traces = traced(articles, names.values())
        for a, b in combinations(members, 2):
            found.append(_judged(_true(a, b, by_key), story, traces))
    return found


def _pressed(article: PressArticle, names: dict[str, str]) -> Article:
    return Article(
        id=article.key,
        title=article.title,
        text=article.text,
        published=article.published.isoformat(),
        publisher=names[article.outlet],
        authors=list(article.authors),
        kind=article.kind,
    )


def _true(a: PressArticle, b: PressArticle, by_key: dict[str, PressArticle]) -> Pair:
    one, two = _first(a, by_key), _first(b, by_key)
    if one.outlet == two.outlet:
        return Pair(a.key, b.key, "copy" if a.copy_of or b.copy_of else "leans")
    return Pair(a.key, b.key, "independent")


def _first(article: PressArticle, by_key: dict[str, PressArticle]) -> PressArticle:
    while key := article.copy_of or article.repeats:
        article = by_key[key]
    return article
