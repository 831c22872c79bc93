"""Stories for the tests of select and rank, made short."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from nutgraf.types import (
    Article,
    Brief,
    Claim,
    Coverage,
    Origin,
    Section,
    Source,
    Story,
)

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def article(id: str, text: str = "", **more: Any) -> Article:
    return Article(id=id, text=text, **{"language": "en", **more})


def coverage(*articles: Article, story: str = "s1", **more: Any) -> Coverage:
    ids = [a.id for a in articles]
    return Coverage(
        story=Story(id=story, created_at=NOW, updated_at=NOW, articles=ids),
        articles=list(articles),
        **{"traces": {}, **more},
    )


def copies(of: str, *ids: str) -> dict[str, Origin]:
    return {one: Origin(article=one, first=of, how="copy", copy_of=of) for one in ids}


def wire(*ids: str, agency: str = "Meridian Press Agency") -> dict[str, Origin]:
    return {one: Origin(article=one, first=agency, how="wire") for one in ids}


def brief_of(sources: Sequence[str], **more: Mapping[str, Any]) -> Brief:
    claim = Claim(text="A bridge opened.")
    return Brief(
        story="s1",
        language="en",
        kind="news",
        written_by="test",
        headline=claim,
        nut_graf=claim,
        sections=[Section(heading="What happened", claims=[claim])],
        sources=[
            Source(
                article=one, revision=1, title="", publisher="", url=None, published=None, origin=""
            )
            for one in sources
        ],
        **more,  # type: ignore[arg-type]
    )
