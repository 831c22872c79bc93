"""A small trained second opinion: how likely sources bear a claim out, whatever its wording.

It gives a claim its score and may withhold what the copy rule would let through; it never lets
anything through. A line and shallow decision trees over the features below, read from
weights/support.json, which says how it was made (`python -m nutgraf.evals.learn_support`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from itertools import pairwise

import msgspec
from msgspec import Struct

from nutgraf.stages.verify.grammar import CONDITIONS, HEDGES, REPORTS
from nutgraf.stages.verify.prepare import Near, Prepared
from nutgraf.text.modifiers import NEGATION
from nutgraf.text.tokens import Tokens, is_number, tokenise
from nutgraf.text.words import STOP, stem

__all__ = ["FEATURES", "describe", "load", "opinion", "pool"]

_SCOPE = NEGATION | HEDGES | CONDITIONS | frozenset("may might could would should can must".split())
_ALL = frozenset("all every always never only most first last best worst more less no none".split())
_TOP = 3
_CUT = re.compile(r"(?<=\d\.)\s(?=\d)|(?<=\d,)\s(?=\d{3}(?!\d))")

NAMES = (
    "closest", "second", "weight_best", "weight_top", "weight_all", "pairs_best", "pairs_all",
    "run_best", "order_best", "numbers_top", "numbers_all", "numbers", "names_top", "names_all",
    "names", "novel", "novel_run", "negation", "scope_new", "scope_lost", "extreme_new",
    "reports_new", "length", "prefix_top", "spread", "size",
)  # fmt: skip
"""What `describe` tells of one sentence, in this order; see there."""


class Tree(Struct, frozen=True):
    """A decision tree: from node n go left if feature `at[n]` is at most `cut[n]`; -1 is a leaf."""

    at: list[int]
    cut: list[float]
    left: list[int]
    right: list[int]
    value: list[float]


class Weights(Struct, frozen=True, kw_only=True):
    """What weights/support.json holds; `about` says how and on what it was trained."""

    about: dict[str, object]
    features: list[str]
    base: float
    line: list[float]
    floor: float
    """Below this opinion a claim in other words than a whole sentence's is withheld."""
    threshold: float
    """The best single threshold of the score, over all development sets."""
    trees: list[Tree]


@cache
def load() -> Weights:
    """The trained weights, read once."""
    raw = resources.files("nutgraf.weights").joinpath("support.json").read_bytes()
    return msgspec.json.decode(raw, type=Weights)


def opinion(vector: Sequence[float], weights: Weights) -> float:
    """The probability, by the line and the trees, that a claim so described is supported."""
    total = weights.base + sum(w * v for w, v in zip(weights.line, vector, strict=True))
    total += sum(_leaf(tree, vector) for tree in weights.trees)
    return 1 / (1 + math.exp(-total))


def _leaf(tree: Tree, vector: Sequence[float]) -> float:
    n = 0
    while tree.at[n] >= 0:
        n = tree.left[n] if vector[tree.at[n]] <= tree.cut[n] else tree.right[n]
    return tree.value[n]


FEATURES = [*(f"mean {n}" for n in NAMES), *(f"worst {n}" for n in NAMES), "sentences"]
"""What `pool` gives, in this order."""


def pool(sentences: Sequence[Sequence[float]]) -> list[float]:
    """One description of a claim of several sentences: the mean of each feature, then the worst."""
    columns = list(zip(*sentences, strict=True))
    means = [sum(column) / len(column) for column in columns]
    worst = [max(c) if name in _HIGH else min(c) for name, c in zip(NAMES, columns, strict=True)]
    return [*means, *worst, float(len(sentences))]


_HIGH = frozenset(
    "novel novel_run negation scope_new scope_lost extreme_new reports_new numbers names".split()
)
"""Features that speak against a claim when they are high."""


def describe(claim: Tokens, near: Near, sources: Sequence[Prepared]) -> list[float]:
    """What is to be seen of one sentence of a claim beside its closest passages.

    Shares (0..1) of its words, weighted by rarity in these sources, that the closest passage, the
    closest three, or any have; of its neighbouring pairs; the longest run in common; how much keeps
    its order; of figures and names; how many content words are new, and in a row; differences in
    negation, hedges and conditions, extremes, saying.
    """
    tokens = [_respaced(source.index.passages[i].tokens) for _, source, i in near]
    best = tokens[0].norms if tokens else ()
    top = [norm for passage in tokens[:_TOP] for norm in passage.norms]
    shares = [share for share, _, _ in near] + [0.0, 0.0]
    kinds = _kinds(claim, tokens)
    roots = {norm: stem(norm) for norm in claim.norms}
    in_top, anywhere = {stem(n) for n in top}, _anywhere(roots.values(), sources)
    in_best = {stem(n) for n in best}
    content = [n for n in claim.norms if n not in STOP]
    weights = {roots[n]: _rarity(roots[n], sources) for n in content}
    new = [n not in STOP and roots[n] not in in_top for n in claim.norms]
    return [
        shares[0],
        shares[1],
        _weighted(weights, in_best),
        _weighted(weights, in_top),
        _weighted(weights, anywhere),
        _pairs(claim.norms, set(pairwise(best))),
        _pairs(claim.norms, {pair for passage in tokens for pair in pairwise(passage.norms)}),
        _longest_run(claim.norms, best) / (len(claim) or 1),
        _in_order(content, best),
        _found(kinds["number"], set(top)),
        _found(kinds["number"], {n for passage in tokens for n in passage.norms}),
        float(len(kinds["number"])),
        _found(kinds["name"], in_top),
        _found(kinds["name"], anywhere),
        float(len(kinds["name"])),
        sum(new) / (len(content) or 1),
        float(_row(new)),
        float(abs(_count(claim.norms, NEGATION) - _count(best, NEGATION))),
        _extra(claim.norms, top, _SCOPE),
        _extra(best, claim.norms, _SCOPE),
        _extra(claim.norms, top, _ALL),
        _extra(claim.norms, top, REPORTS),
        math.log(1 + len(claim)),
        _found([r[:5] for r in weights], {r[:5] for r in in_top}),
        _spread(near[:_TOP]),
        math.log(1 + sum(len(source.index.passages) for source in sources)),
    ]


def _respaced(tokens: Tokens) -> Tokens:
    """The numbers that bad spacing cut ("3, 800", "1. 3") put together again."""
    return tokenise(_CUT.sub("", tokens.text)) if _CUT.search(tokens.text) else tokens


def _kinds(claim: Tokens, tokens: Sequence[Tokens]) -> dict[str, list[str]]:
    """The figures and the names of a claim, but for figures that bad spacing cut ("3, 800")."""
    squeezed = "".join("".join(passage.text.split()) for passage in tokens)
    numbers, names = [], []
    for i, norm in enumerate(claim.norms):
        raw = claim.raw(i)
        if is_number(norm):
            if norm == raw or raw not in squeezed:
                numbers.append(norm)
        elif i and raw[0].isupper() and norm not in STOP:
            names.append(stem(norm))
    return {"number": numbers, "name": names}


def _anywhere(roots: Iterable[str], sources: Sequence[Prepared]) -> set[str]:
    return {r for r in roots if any(r in source.index.postings for source in sources)}


def _rarity(root: str, sources: Sequence[Prepared]) -> float:
    total = sum(len(source.index.passages) for source in sources)
    count = sum(len(source.index.postings.get(root, ())) for source in sources)
    return math.log((total + 1) / (count + 0.5))


def _weighted(weights: dict[str, float], had: set[str]) -> float:
    return sum(w for r, w in weights.items() if r in had) / (sum(weights.values()) or 1.0)


def _found(wanted: Sequence[str], had: set[str]) -> float:
    return sum(w in had for w in wanted) / len(wanted) if wanted else 1.0


def _pairs(norms: Sequence[str], had: set[tuple[str, str]]) -> float:
    pairs = list(pairwise(norms))
    return sum(pair in had for pair in pairs) / (len(pairs) or 1)


def _longest_run(mine: Sequence[str], theirs: Sequence[str]) -> int:
    """Tokens of the longest run that both have."""
    best, before = 0, [0] * (len(theirs) + 1)
    for norm in mine:
        row = [0] * (len(theirs) + 1)
        for j, other in enumerate(theirs):
            if norm == other:
                row[j + 1] = before[j] + 1
        best, before = max(best, *row), row
    return best


def _in_order(content: Sequence[str], passage: Sequence[str]) -> float:
    """Share of neighbouring shared words that come in the same order in the passage."""
    first = {norm: i for i, norm in reversed(list(enumerate(passage)))}
    places = [first[norm] for norm in content if norm in first]
    steps = list(pairwise(places))
    return sum(a <= b for a, b in steps) / len(steps) if steps else 0.5


def _row(flags: Sequence[bool]) -> int:
    best = now = 0
    for flag in flags:
        now = now + 1 if flag else 0
        best = max(best, now)
    return best


def _count(norms: Sequence[str], kind: frozenset[str]) -> int:
    return sum(norm in kind for norm in norms)


def _extra(mine: Sequence[str], theirs: Sequence[str], kind: frozenset[str]) -> float:
    """How many words of a kind one side has that the other lacks."""
    return float(len(kind.intersection(mine).difference(theirs)))


def _spread(near: Near) -> float:
    """How far apart the closest passages stand, 0 for side by side."""
    places = [i for _, _, i in near]
    return math.log(1 + max(places) - min(places)) if places else 0.0
