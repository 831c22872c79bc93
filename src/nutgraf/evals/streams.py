"""Labelled articles in the order in which they come, for the evaluations of stories."""

from __future__ import annotations

import gzip
import random
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from nutgraf.types import Article

__all__ = [
    "Labelled", "bare", "events", "interleaved", "lines", "read", "shuffled", "undated",
]  # fmt: skip

Labelled = list[tuple[Article, str]]
"""Articles, each with the story it belongs to."""
T = TypeVar("T")


class _Line(Struct):
    """An article with the story it belongs to."""

    id: str
    text: str
    story: str
    title: str | None = None
    published: str | None = None


class _Event(Struct):
    """A line of allsides_val: an event told by several outlets."""

    story: str
    articles: list[Article]


def lines(path: Path, shape: type[T]) -> list[T]:
    """The lines of a packed JSON Lines file."""
    with gzip.open(path) as file:
        return [msgspec.json.decode(line, type=shape) for line in file]


def read(path: Path) -> Labelled:
    """A file of articles with a `story`."""
    return [
        (Article(id=r.id, title=r.title or "", text=r.text, published=r.published), r.story)
        for r in lines(path, _Line)
    ]


def events(path: Path) -> Labelled:
    """A file of events with their `articles`."""
    found = lines(path, _Event)
    return [(article, event.story) for event in found for article in event.articles]


def shuffled(labelled: Labelled, seed: int) -> Labelled:
    """In an order of chance."""
    return random.Random(seed).sample(labelled, len(labelled))


def interleaved(streams: Sequence[Labelled], seed: int) -> Labelled:
    """Streams at random into one; each keeps its order."""
    turns = [n for n, stream in enumerate(streams) for _ in stream]
    random.Random(seed).shuffle(turns)
    articles = [iter(stream) for stream in streams]
    return [next(articles[n]) for n in turns]


def bare(labelled: Labelled) -> Labelled:
    """Headlines without their texts."""
    return [(msgspec.structs.replace(a, text=""), story) for a, story in labelled]


def undated(labelled: Labelled) -> Labelled:
    """Articles without their dates."""
    return [(msgspec.structs.replace(a, published=None), story) for a, story in labelled]
