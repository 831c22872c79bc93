"""What writing and verifying cost, for `evals.speed`."""

from __future__ import annotations

import gzip
import json
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from nutgraf.pipeline import tell_story
from nutgraf.stages import figures
from nutgraf.stages.verify import judge, prepare
from nutgraf.types import Article, Brief, Coverage, Story

__all__ = ["brief_costs", "ten_articles"]

NOW = datetime(2026, 11, 17, 18, tzinfo=UTC)
ARTICLES, WORDS = 10, 400
ROUNDS = 5


def ten_articles(data: Path) -> Coverage:
    """The first story of `data`/stories/incidents_dev.jsonl.gz of ten articles, figures read."""
    stories: dict[str, list[Article]] = {}
    with gzip.open(data / "stories" / "incidents_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            article = Article(
                id=row["id"], title=row["title"] or "", text=row["text"], language="en"
            )
            stories.setdefault(row["story"], []).append(article)
    articles = next(group for group in stories.values() if len(group) >= ARTICLES)[:ARTICLES]
    ids = [article.id for article in articles]
    return Coverage(
        story=Story(id="ten", created_at=NOW, updated_at=NOW, articles=ids),
        articles=articles,
        traces={},
        figures=[figure for article in articles for figure in figures.read(article)],
    )


def brief_costs(data: Path, unit: Callable[[], float]) -> dict[str, float]:
    """In page-times, medians: a brief (all of `tell_story`), a claim on ten prepared articles, and
    the preparation of 400 words. `unit` measures a page-time, in seconds, before each round."""
    coverage = ten_articles(data)
    texts = sum(len(article.text.split()) for article in coverage.articles)
    rounds = []
    tell_story(coverage, NOW)  # what loads at first use is paid once a process
    for n in range(ROUNDS):
        page = unit()
        # What a process remembers of a text does not count: the text is another one each time.
        fresh = [_other(article, 2 * n + 1) for article in coverage.articles]
        begun = time.process_time()
        sources = [prepare(article) for article in fresh]
        prepared = time.process_time() - begun
        again = Coverage(
            story=coverage.story,
            articles=[_other(article, 2 * n + 2) for article in coverage.articles],
            traces={},
            figures=coverage.figures,
        )
        begun = time.process_time()
        brief = tell_story(again, NOW)
        told = time.process_time() - begun
        assert isinstance(brief, Brief)
        claims = [claim.text for section in brief.sections for claim in section.claims]
        begun = time.process_time()
        for claim in claims:
            judge(claim, sources)
        judged = (time.process_time() - begun) / len(claims)
        rounds.append((told / page, judged / page, prepared / texts * WORDS / page))
    names = ("brief of 10 articles", "claim, sources prepared", "prepare 400 words")
    return dict(zip(names, map(statistics.median, zip(*rounds, strict=True)), strict=True))


def _other(article: Article, lines: int) -> Article:
    """The article with so many empty lines at its end."""
    text = article.text + "\n" * lines
    return Article(id=article.id, title=article.title, text=text, language=article.language)
