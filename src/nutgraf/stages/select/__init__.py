"""What a beat wants: a story is on it, or it is dropped with the reason.

`rules` are what a beat asks for besides its subject (kinds, languages, feeds, words, and that a
story that was told has something new); `subject` is what the story is about.
"""

from __future__ import annotations

from datetime import datetime

from nutgraf.stages.select.rules import Refusal, refusal
from nutgraf.stages.select.subject import judge
from nutgraf.types import Article, Beat, Coverage, Drop, Relevance

__all__ = ["select"]


def select(coverage: Coverage, beat: Beat, now: datetime) -> Relevance | Drop:
    """Whether `beat` takes the story, how well it fits (0..1) and why.

    A drop's reason is one of "no articles", "kind not taken", "language not taken", "not from
    its feeds", "nothing new", "must-not word", "must word missing" and "off the beat"; its detail
    says in plain words what was found.
    """
    own = _own_articles(coverage)
    if not own:
        return _drop(coverage, ("no articles", "the story has no articles any more"), now)
    judged = refusal(coverage, own, beat) or judge(own, beat)
    return judged if isinstance(judged, Relevance) else _drop(coverage, judged, now)


def _drop(coverage: Coverage, refused: Refusal, now: datetime) -> Drop:
    reason, detail = refused
    return Drop(stage="select", subject=coverage.story.id, reason=reason, detail=detail, at=now)


def _own_articles(coverage: Coverage) -> list[Article]:
    """The articles that aren't copies; if all are, the first of each origin stands for it."""
    own = [article for article in coverage.articles if not coverage.is_copy(article.id)]
    if own:
        return own
    firsts = {coverage.first(article.id): article for article in reversed(coverage.articles)}
    return list(firsts.values())
