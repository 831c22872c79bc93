"""Extraction against gold pages: words of the body, titles, dates, authors."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean
from typing import Any

import msgspec

from nutgraf.adapters.html import read_html
from nutgraf.types import Document

__all__ = ["NAME", "evaluate", "run", "word_f1"]

NAME = "extraction"
SETS = ("news181", "wcxb_articles_dev")
_WORD = re.compile(r"\w+")
_GAP = re.compile(r"\W+")


def run(data: Path) -> dict[str, float]:
    """The scorecard's numbers, one flat name each: `evaluate`'s."""
    return evaluate(data)


def evaluate(data: Path) -> dict[str, float]:
    """Mean scores in 0..1 over the pages of each set in `data/extraction`.

    Body: F1 over the multiset of words. Title and authors: equal when case and punctuation are
    folded. Date: equal to the day. Only pages whose gold has the field count for it.
    """
    scores: dict[str, float] = {}
    for name in SETS:
        columns: dict[str, list[float]] = {"body_f1": [], "title": [], "date": [], "authors": []}
        for page in _pages(data / "extraction" / f"{name}.jsonl.gz"):
            for key, score in _score(page, read_html(page["html"], page.get("url"))).items():
                columns[key].append(score)
        scores |= {f"{name}.{key}": fmean(found) for key, found in columns.items() if found}
    return scores


def word_f1(found: str, gold: str) -> float:
    """F1 over the words of two texts as multisets, case folded; two empty texts agree."""
    ours, theirs = _words(found), _words(gold)
    common = sum((ours & theirs).values())
    if not common:
        return float(not ours and not theirs)
    return 2 * common / (sum(ours.values()) + sum(theirs.values()))


def _pages(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rb") as lines:
        for line in lines:
            yield msgspec.json.decode(line)


def _score(page: dict[str, Any], found: Document) -> dict[str, float]:
    scores = {"body_f1": word_f1(found.text, page["text"])}
    if page.get("title"):
        scores["title"] = float(_fold(found.title) == _fold(page["title"]))
    if page.get("published"):
        scores["date"] = float((found.published or "")[:10] == page["published"][:10])
    if page.get("author"):
        scores["authors"] = float(_fold(" ".join(found.authors)) == _fold(page["author"]))
    return scores


def _words(text: str | None) -> Counter[str]:
    return Counter(_WORD.findall((text or "").lower()))


def _fold(text: str) -> str:
    return _GAP.sub(" ", text).strip().lower()
