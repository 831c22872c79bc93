"""The order of an edition's stories, with the reasons.

A score is a weighted sum of components, each in 0..1, so that it is in 0..1 itself and every
part of it can be shown. Why each weight is what it is, and how far the order moves when a weight
does: docs/decisions/rank.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from math import log2

from msgspec import structs

from nutgraf.text.dates import when_key
from nutgraf.text.words import content_words
from nutgraf.types import Article, Beat, Coverage, Drop, Figure, Kind, Ranked, Relevance

__all__ = ["DEFAULT_FLOOR", "DEFAULT_SIZE", "WEIGHTS", "order", "rank"]

DEFAULT_FLOOR = 0.4
"""Score below which a story is not published. A fresh report of one outlet clears it; a press
release, an opinion or a day-and-a-half-old report that nobody else carries does not."""
DEFAULT_SIZE = 14

WEIGHTS = {
    "origins": 0.30,  # independent reports: the best sign that it happened and that it matters
    "relevance": 0.20,  # how squarely it is on the beat, for a reader chose one
    "freshness": 0.18,  # the newest report of its own; an edition is of its day
    "growth": 0.10,  # reports of its own in the last hours: it is still unfolding
    "kind": 0.10,  # reporting before comment, comment before what a party says of itself
    "text": 0.05,  # whether there is text enough to write and verify a brief from
    "outlets": 0.05,  # how many thought it worth printing, copies too; reach, not proof
    "figures": 0.02,  # sources that differ, or a figure that moved: worth a reader's minute
}
HALF_LIFE = timedelta(hours=18)
RECENT = timedelta(hours=6)
_FULL_ORIGINS, _FULL_OUTLETS, _FULL_GROWTH, _FULL_FIGURES = 8, 20, 5, 3
_FULL_TEXT = 250
"""Words from which a text counts as complete: an agency's shorter item."""
_KINDS: dict[Kind, float] = {
    "news": 1.0,
    "research": 1.0,
    "analysis": 0.9,
    "release": 0.8,
    "live": 0.7,
    "review": 0.5,
    "roundup": 0.3,
    "opinion": 0.0,
    "press": 0.0,
    "sponsored": 0.0,
}
_ALONE = {"opinion": -0.15, "press": -0.15, "sponsored": -1.0}
"""Taken off a story that rests on nothing better than a comment or a party's own words."""


def rank(
    items: Sequence[tuple[Coverage, Relevance]], beat: Beat, now: datetime
) -> tuple[list[Ranked], list[Drop]]:
    """What an edition of `beat` holds, best first, and why not the rest.

    A drop's reason is "below the floor" or "edition is full". A slow day makes a short edition.
    """
    floor = DEFAULT_FLOOR if beat.floor is None else beat.floor
    size = DEFAULT_SIZE if beat.size is None else max(0, beat.size)
    ranked = order(items, now)
    good = [story for story in ranked if story.score >= floor]
    full = [
        _drop(story, "edition is full", f"rank {story.rank}, the edition holds {size}", now)
        for story in good[size:]
    ]
    low = [
        _drop(story, "below the floor", f"{story.score:.2f}, floor {floor:.2f}: {_why(story)}", now)
        for story in ranked[len(good) :]
    ]
    return good[:size], full + low


def order(items: Sequence[tuple[Coverage, Relevance]], now: datetime) -> list[Ranked]:
    """Stories best first. `reasons` of each sum to its `score` (to 4 decimals).

    Two of equal score stand with the one of more origins first, then the fresher, then by id:
    the order of `items` never matters.
    """
    scored = [_scored(coverage, relevance, now) for coverage, relevance in items]
    scored.sort(key=lambda r: (-r.score, -r.measures["origins"], r.measures["hours"], r.story))
    return [structs.replace(story, rank=place) for place, story in enumerate(scored, start=1)]


def _drop(ranked: Ranked, reason: str, detail: str, now: datetime) -> Drop:
    return Drop(stage="rank", subject=ranked.story, reason=reason, detail=detail, at=now)


def _why(ranked: Ranked) -> str:
    """What is known of a story, in plain words."""
    origins, hours = int(ranked.measures["origins"]), ranked.measures["hours"]
    reports = "1 independent report" if origins == 1 else f"{origins} independent reports"
    weak = ", nothing but comment or a party's own words" if "alone" in ranked.reasons else ""
    return f"{reports}, the newest {hours:.0f} hours old{weak}"


# --- the components --------------------------------------------------------------------------


def _scored(coverage: Coverage, relevance: Relevance, now: datetime) -> Ranked:
    now = _aware(now)
    own = [a for a in coverage.articles if not coverage.is_copy(a.id)] or coverage.articles[:1]
    moments = [_moment(article, coverage, now) for article in own]
    hours = min(((now - moment) / timedelta(hours=1) for moment in moments), default=0.0)
    measures = {
        "origins": float(coverage.origins),
        "outlets": float(len({a.publisher for a in coverage.articles if a.publisher})),
        "hours": round(hours, 2),
        "growth": float(_grown(coverage, own, moments, now)),
        "figures": float(_moving(coverage.figures, {article.id for article in own})),
        "words": float(max((len(article.text.split()) for article in own), default=0)),
        "relevance": relevance.score,
    }
    parts = {
        "origins": _saturating(measures["origins"], _FULL_ORIGINS),
        "outlets": _saturating(measures["outlets"], _FULL_OUTLETS),
        "freshness": 0.5 ** (hours / (HALF_LIFE / timedelta(hours=1))),
        "relevance": min(1.0, max(0.0, relevance.score)),
        "growth": _saturating(measures["growth"], _FULL_GROWTH),
        "kind": max((_KINDS[article.kind] for article in own), default=0.0),
        "figures": _saturating(measures["figures"], _FULL_FIGURES),
        "text": min(1.0, measures["words"] / _FULL_TEXT),
    }
    reasons = {name: round(WEIGHTS[name] * part, 4) for name, part in parts.items()}
    alone = max((_ALONE.get(article.kind, 0.0) for article in own), default=0.0)
    if alone:
        reasons["alone"] = alone
    score = round(sum(reasons.values()), 4)
    return Ranked(story=coverage.story.id, rank=0, score=score, reasons=reasons, measures=measures)


def _saturating(count: float, full: int) -> float:
    """Log-scaled: the second counts more than the ninth. 0 is 0, `full` and more are 1."""
    return min(1.0, log2(1 + max(0.0, count)) / log2(1 + full))


def _moment(article: Article, coverage: Coverage, now: datetime) -> datetime:
    """When an article came out: as its outlet says, else as it was seen; never after `now`.

    A date without a time is its noon, or the time it was seen if that was the same day.
    """
    seen = _aware(coverage.seen_at.get(article.id, coverage.story.updated_at))
    said = when_key(article.published)
    if said is None:
        return min(seen, now)
    if article.published and len(article.published) == 10:
        said = seen if seen.date() == said.date() else said + timedelta(hours=12)
    return min(said, now)


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _grown(
    coverage: Coverage, own: Sequence[Article], moments: Sequence[datetime], now: datetime
) -> int:
    """Reports of its own since the last edition that told it, else in the last hours."""
    if coverage.previous_at is None:
        return sum(now - moment <= RECENT for moment in moments)
    told = _aware(coverage.previous_at)
    seen = [coverage.seen_at.get(article.id) for article in own]
    return sum(moment is not None and _aware(moment) > told for moment in seen)


def _moving(figures: Sequence[Figure], own: set[str]) -> int:
    """How many measured things have more than one value, across articles or within one."""
    values: dict[tuple[frozenset[str], str], set[str]] = {}
    for figure in figures:
        if figure.article in own:
            key = (frozenset(content_words(figure.what)), figure.unit)
            values.setdefault(key, set()).add(repr(figure.value))
    return sum(len(found) > 1 for found in values.values())
