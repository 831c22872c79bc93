"""How far a verdict can be trusted: leaks, passes and evidence on claims that others labelled."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from nutgraf.stages.verify import Prepared, judge, prepare
from nutgraf.text.sentences import sentences
from nutgraf.types import Article, Support

__all__ = ["NAME", "run"]

NAME = "support"
Judge = Callable[[str, Sequence[Prepared]], Support]
SETS = ("qags", "cliff_goyal", "summedits", "bump", "wice")


def run(data: Path, judge: Judge = judge, sets: Sequence[str] = SETS) -> dict[str, float]:
    """Figures by set, for `data`/support/*_dev.jsonl.gz; rates in 0..1, times in milliseconds.

    `<set>_passed` of the supported, `<set>_leaked` of the unsupported claims pass;
    `<set>_contradicted_wrongly` of the supported are called contradicted; `<set>_auc` ranks by
    score. `wice_hit1` and `wice_hit3`: a labelled sentence is the first, or among the first three
    passages. `verbatim_passed`: of the sources' own sentences. A set that is not there is left out.
    """
    figures: dict[str, float] = {}
    for name in sets:
        path = data / "support" / f"{name}_dev.jsonl.gz"
        if path.exists():
            figures |= _of_set(name, list(_lines(path)), judge)
    return figures


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rb") as file:
        for line in file:
            yield msgspec.json.decode(line)


def _of_set(name: str, rows: Sequence[dict[str, Any]], judge: Judge) -> dict[str, float]:
    judged: list[tuple[bool, Support]] = []
    hits: list[tuple[bool, bool]] = []
    spent = 0.0
    for row in rows:
        sources = [prepare(Article(id=s["id"], text=s["text"])) for s in row["sources"]]
        start = time.process_time()
        support = judge(row["claim"], sources)
        spent += time.process_time() - start
        judged.append((bool(row["supported"]), support))
        gold = {i for group in row.get("supporting", ()) for i in group}
        if gold:
            hits.append(_hits(row["sources"][0]["sentences"], gold, support))
    figures = _rates(name, judged) | {f"{name}_ms": round(1000 * spent / len(rows), 3)}
    if hits:
        figures |= {
            f"{name}_hit{n}": sum(hit[k] for hit in hits) / len(hits) for k, n in enumerate((1, 3))
        }
    if name == "qags":
        figures |= _verbatim(rows, judge)
    return figures


def _rates(name: str, judged: Sequence[tuple[bool, Support]]) -> dict[str, float]:
    true = [support for label, support in judged if label]
    false = [support for label, support in judged if not label]
    return {
        f"{name}_passed": _share(true, "supported"),
        f"{name}_leaked": _share(false, "supported"),
        f"{name}_contradicted": _share(false, "contradicted"),
        f"{name}_contradicted_wrongly": _share(true, "contradicted"),
        f"{name}_auc": _auc([s.score for s in true], [s.score for s in false]),
    }


def _share(supports: Sequence[Support], verdict: str) -> float:
    return sum(s.verdict == verdict for s in supports) / (len(supports) or 1)


def _auc(true: Sequence[float], false: Sequence[float]) -> float:
    """Chance that a supported claim scores above an unsupported one (ties count half)."""
    import numpy as np

    if not true or not false:
        return 0.5
    ordered = np.sort(np.asarray(false))
    below = np.searchsorted(ordered, true, "left") + np.searchsorted(ordered, true, "right")
    return float(below.mean() / 2 / len(false))


def _hits(lines: Sequence[str], gold: set[int], support: Support) -> tuple[bool, bool]:
    """Whether the first passage, and one of the first three, overlaps a labelled sentence."""
    spans, at = [], 0
    for line in lines:
        spans.append((at, at + len(line)))
        at += len(line) + 1
    wanted = [spans[i] for i in gold if i < len(spans)]
    found = [
        any(e.start < end and start < e.end for start, end in wanted) for e in support.evidence[:3]
    ]
    return any(found[:1]), any(found)


def _verbatim(rows: Sequence[dict[str, Any]], judge: Judge) -> dict[str, float]:
    """Every sentence of the sources of a set, judged against the source it comes from."""
    passed = total = 0
    texts = {s["text"]: s["id"] for row in rows for s in row["sources"]}
    for text, name in texts.items():
        source = prepare(Article(id=name, text=text))
        for start, end in sentences(text):
            if any(character.isalnum() for character in text[start:end]):
                total += 1
                passed += judge(text[start:end], [source]).verdict == "supported"
    return {"verbatim_passed": passed / (total or 1)}
