"""The verdict on one sentence of a claim."""

from __future__ import annotations

from typing import NamedTuple

from nutgraf.stages.verify.prepare import Prepared
from nutgraf.types import Evidence, Verdict

__all__ = ["Part", "copy"]


class Part(NamedTuple):
    """What the sources say of one sentence of a claim."""

    verdict: Verdict
    reason: str
    evidence: list[Evidence]
    at: tuple[str, int] | None = None
    """The source and the passage that it copies."""
    literal: bool = False
    """Whether it is whole sentences, word for word."""
    vector: list[float] | None = None
    """What the second opinion is formed on."""


def copy(source: Prepared, first: int, last: int, reason: str, *, literal: bool = False) -> Part:
    """A sentence that copies the passages `first` to `last`."""
    evidence = [source.evidence(first, last)]
    return Part("supported", reason, evidence, (source.id, last), literal)
