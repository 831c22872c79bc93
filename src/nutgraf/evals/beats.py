"""Whether the starter beats take what is theirs, on events that an encyclopedia has sorted."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from nutgraf.beats import starter_beat
from nutgraf.stages.select import select
from nutgraf.types import Article, Beat, Coverage, Relevance, Story

__all__ = ["NAME", "run"]

NAME = "beats"
_THEN = datetime(2026, 1, 1, tzinfo=UTC)
_CREDIT = re.compile(r"(?:\s*\([^()]*\))+\s*$")
_WORLD = (
    "Armed conflicts and attacks",
    "Disasters and accidents",
    "Politics and elections",
    "International relations",
)
_ELSEWHERE = ("Sports", "Arts and culture", "Science and technology")


def run(data: Path, every: int = 1) -> dict[str, float]:
    """Shares (0..1) of `data`/beats/current_events.jsonl.gz and of local news that a beat takes.

    `*_recall` is of the categories that are the beat's, `*_strays` of sports, arts and science,
    a few of which are its own all the same ("the team was barred from the country"), and
    `*_local` of US local news of `stories/incidents_dev.jsonl.gz` (every fifth article). The
    events are one sentence or two, without a headline: harder than a story. `every` takes one
    of so many, for a quick look.
    """
    events = list(_events(data / "beats" / "current_events.jsonl.gz"))[::every]
    local = list(_local(data / "stories" / "incidents_dev.jsonl.gz"))[:: 5 * every]
    world, security, ai = (starter_beat(name) for name in ("world", "security", "ai"))
    elsewhere = [article for kind, article in events if kind in _ELSEWHERE]
    scores = {
        f"world_recall_{_short(kind)}": _taken(world, [a for k, a in events if k == kind])
        for kind in _WORLD
    }
    return scores | {
        "world_strays": _taken(world, elsewhere),
        "world_local": _taken(world, local),
        "security_recall_armed": _taken(security, [a for k, a in events if k == _WORLD[0]]),
        "security_recall_international": _taken(security, [a for k, a in events if k == _WORLD[3]]),
        "security_strays": _taken(security, elsewhere),
        "security_local": _taken(security, local),
        "ai_strays": _taken(ai, [a for k, a in events if k in (*_WORLD, "Sports")]),
        "ai_local": _taken(ai, local),
    }


def _short(kind: str) -> str:
    return kind.split()[0].lower()


def _taken(beat: Beat, articles: list[Article]) -> float:
    taken = sum(isinstance(select(_alone(a), beat, _THEN), Relevance) for a in articles)
    return round(taken / len(articles), 4) if articles else 0.0


def _alone(article: Article) -> Coverage:
    story = Story(id=article.id, created_at=_THEN, updated_at=_THEN, articles=[article.id])
    return Coverage(story=story, articles=[article], traces={})


def _events(path: Path) -> Iterator[tuple[str, Article]]:
    """(category, article) of each event, without the outlets it credits at its end."""
    with gzip.open(path, "rb") as lines:
        for line in lines:
            row = msgspec.json.decode(line)
            text = _CREDIT.sub("", row["text"])
            yield row["category"], Article(id=row["id"], text=text, language="en")


def _local(path: Path) -> Iterator[Article]:
    with gzip.open(path, "rb") as lines:
        for line in lines:
            row = msgspec.json.decode(line)
            title = row.get("title") or ""
            yield Article(id=row["id"], title=title, text=row["text"], language="en")
