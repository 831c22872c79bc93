"""What a run needs from outside, and how it tells what it does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Protocol, TypeVar

from nutgraf.config import Config
from nutgraf.protocols import Embedder, Engine, Fetcher, Store, Verifier, Writer
from nutgraf.stages import verify

__all__ = ["BATCH", "GROUP", "Desk", "Tell", "grouped", "silent"]

T = TypeVar("T")

BATCH = 256
"""Items asked of the store at a time: bounds the memory of a step, and what a crash can cost."""


GROUP = 32
"""Items saved in one transaction: full-text search makes each commit dear (docs/decisions/store.md
has the figures), and a crash repeats the items of one."""


class Tell(Protocol):
    """Told of `done` more items that a step has finished and of `more` that it has to do."""

    def __call__(self, step: str, done: int = 0, more: int = 0) -> None: ...


@dataclass(frozen=True)
class Desk:
    """A store, a fetcher, an engine and the settings: everything that is not a value."""

    store: Store
    fetcher: Fetcher
    engine: Engine
    config: Config
    embedder: Embedder | None = None
    """Sentence vectors of articles, if a model is named in the settings."""
    writer: Writer | None = None
    """The model that writes the briefs of one edition, if one is named in the settings."""
    verifier: Verifier = verify.judge
    """What every published sentence has passed."""


def silent(step: str, done: int = 0, more: int = 0) -> None:
    """Tell nobody."""


def grouped(items: Iterable[T]) -> Iterator[list[T]]:
    """Items in runs of `GROUP`, each handed on as soon as it is full."""
    source = iter(items)
    while group := list(islice(source, GROUP)):
        yield group
