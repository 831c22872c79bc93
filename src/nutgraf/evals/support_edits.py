"""How the verifier does on edits of real news sentences, kind by kind."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from nutgraf.evals.edits import edits
from nutgraf.stages.verify import Prepared, prepare
from nutgraf.text.sentences import sentences
from nutgraf.types import Article

__all__ = ["Case", "cases", "texts"]

_FILES = (
    "stories/incidents_dev.jsonl.gz",
    "briefs/allsides_val.jsonl.gz",
    "extraction/news181.jsonl.gz",
)
_LENGTH = (60, 260)
"""Characters of a sentence that is edited."""
_FEWEST = 8
"""Sentences of an article that is worth editing."""


class Case(NamedTuple):
    """An edited sentence beside the article it was taken from."""

    kind: str
    claim: str
    supported: bool
    source: Prepared


def cases(data: Path, articles: int = 60, seed: int = 1) -> Iterator[Case]:
    """Edits of sentences of `articles` articles of each of three sets, some of each kind.

    A file that is not there is left out.
    """
    for name in _FILES:
        for n, text in _some(data / name, articles):
            source = prepare(Article(id=f"{name}-{n}", text=text, language="en"))
            usable = _usable(text)
            if len(usable) < _FEWEST:
                continue
            for _, edit in edits(usable, seed + n):
                yield Case(edit.kind, edit.claim, edit.supported, source)


def texts(data: Path, articles: int) -> Iterator[tuple[str, list[str]]]:
    """(text, its usable sentences) of the articles that `cases` is made of."""
    for name in _FILES:
        for _, text in _some(data / name, articles):
            usable = _usable(text)
            if len(usable) >= _FEWEST:
                yield text, usable


def _some(path: Path, articles: int) -> list[tuple[int, str]]:
    """Numbered texts of a file, evenly spread; none if it is not there."""
    found = list(_texts(path)) if path.exists() else []
    step = max(1, len(found) // articles)
    return list(enumerate(found[::step][:articles]))


def _usable(text: str) -> list[str]:
    """Sentences, whole and in prose."""
    found = []
    for start, end in sentences(text):
        sentence = text[start:end]
        if _LENGTH[0] <= len(sentence) <= _LENGTH[1] and sentence[-1] in '.”"':
            found.append(sentence)
    return found


def _texts(path: Path) -> Iterator[str]:
    with gzip.open(path, "rb") as file:
        for line in file:
            row = msgspec.json.decode(line)
            rows: Sequence[dict[str, str]] = row.get("articles") or [row]
            yield from (r["text"] for r in rows if r.get("text"))
