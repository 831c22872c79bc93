"""How far a verdict can be trusted: leaks, passes and evidence on claims that others labelled."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from nutgraf.evals.shares import interval, wilson
from nutgraf.evals.support_edits import Case, cases
from nutgraf.stages.verify import Prepared, judge, prepare
from nutgraf.stages.verify.opinion import load
from nutgraf.types import Article, Support

__all__ = ["NAME", "run"]

NAME = "support"
Judge = Callable[[str, Sequence[Prepared]], Support]
EDITS = "edits"
SETS = ("qags", "cliff_goyal", "summedits", "bump", "wice", EDITS)
_PARTS = {"qags": ("cnndm", "xsum"), "summedits": ("news", "ectsum")}
"""Sets whose parts differ in kind; a row's id begins with its part."""


def run(data: Path, judge: Judge = judge, sets: Sequence[str] = SETS) -> dict[str, float]:
    """Figures by set, for `data`/support/*_dev.jsonl.gz; rates in 0..1, times in milliseconds.

    `<set>_passed` of the supported, `<set>_leaked` of the unsupported claims pass (the gate), with
    95 % intervals; `<set>_contradicted_wrongly` of the supported are called contradicted;
    `<set>_auc` ranks by score, `<set>_balanced` is the balanced accuracy at the one threshold: both
    on what the score was trained on (weights/support.json has them out of fold). `wice_hit1` and
    `wice_hit3`: a labelled sentence is the first, or among the first three passages.
    `verbatim_passed`: of the sources' own sentences. `edits_*`: of real sentences edited, leaked by
    kind of change and withheld by kind of what leaves the meaning. What is not there is left out.
    """
    figures: dict[str, float] = {}
    for name in sets:
        path = data / "support" / f"{name}_dev.jsonl.gz"
        if path.exists():
            figures |= _of_set(name, list(_lines(path)), judge)
    return figures | (_of_edits(list(cases(data)), judge) if EDITS in sets else {})


def _of_edits(found: Sequence[Case], judge: Judge) -> dict[str, float]:
    """Leaked and withheld by kind of edit, and over all changes."""
    passed: dict[tuple[bool, str], list[bool]] = {}
    for case in found:
        verdict = judge(case.claim, [case.source]).verdict
        passed.setdefault((case.supported, case.kind), []).append(verdict == "supported")
    if not passed:
        return {}
    changed = [p for (supported, _), ps in passed.items() if not supported for p in ps]
    leaked = sum(changed) / (len(changed) or 1)
    low, high = wilson(leaked, len(changed))
    rates = {"edits": float(len(found)), "edits_leaked": leaked}
    rates |= {"edits_leaked_low": low, "edits_leaked_high": high}
    for (supported, kind), ps in passed.items():
        share = sum(ps) / len(ps)
        name = f"edits_{kind.replace(' ', '_')}"
        rates[f"{name}_withheld" if supported else f"{name}_leaked"] = (
            1 - share if supported else share
        )
    return rates


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
    figures = _rates(name, judged)
    for part in _PARTS.get(name, ()):
        of = [j for row, j in zip(rows, judged, strict=True) if row["id"].startswith(part)]
        figures |= _rates(f"{name}_{part}", of) if of else {}
    figures |= {f"{name}_ms": round(1000 * spent / len(rows), 3)}
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
    threshold = load().threshold
    over = [[s.score >= threshold for s in group] for group in (true, false)]
    passed, leaked = (sum(flags) / (len(flags) or 1) for flags in over)
    return {
        **interval(f"{name}_passed", _supported(true), len(true)),
        **interval(f"{name}_leaked", _supported(false), len(false)),
        f"{name}_contradicted": _share(false, "contradicted"),
        f"{name}_contradicted_wrongly": _share(true, "contradicted"),
        f"{name}_auc": _auc([s.score for s in true], [s.score for s in false]),
        f"{name}_balanced": (passed + 1 - leaked) / 2,
    }


def _supported(supports: Sequence[Support]) -> int:
    return sum(s.verdict == "supported" for s in supports)


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
        for passage in source.index.passages:
            sentence = text[passage.start : passage.end]
            if any(character.isalnum() for character in sentence):
                total += 1
                passed += judge(sentence, [source]).verdict == "supported"
    return {"verbatim_passed": passed / (total or 1)}
