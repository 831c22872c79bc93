"""Invented briefs of a flood, told on two days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from nutgraf.types import (
    Article,
    Brief,
    Citation,
    Claim,
    Edition,
    EditionStory,
    Reported,
    Section,
    Slot,
    SlotStatus,
    Source,
    Value,
)

DAY = timedelta(days=1)
FIRST = datetime(2031, 5, 6, 18, tzinfo=UTC)


def article(id: str, text: str, revision: int = 1, **more: object) -> Article:
    given = {"title": id, "publisher": id.title(), "language": "en"} | more
    return Article(id=id, text=text, revision=revision, **given)


def cite(of: Article, words: str) -> Citation:
    start = of.text.index(words)
    return Citation(
        article=of.id, revision=of.revision, start=start, end=start + len(words), quote=words
    )


def claim(text: str, *citations: Citation) -> Claim:
    return Claim(text=text, verdict="supported", citations=list(citations), origins=1)


def said(of: Article, words: str) -> Claim:
    """A sentence of an article, word by word."""
    return claim(words, cite(of, words))


def value(of: Article, words: str, number: Value, as_of: str | None = None) -> Reported:
    start = of.text.index(words)
    return Reported(
        article=of.id, value=number, quote=words, start=start, end=start + len(words), as_of=as_of
    )


def slot(name: str, status: SlotStatus, *values: Reported, unit: str = "people") -> Slot:
    return Slot(slot=name, unit=unit, values=list(values), status=status)


def source(of: Article, published: str) -> Source:
    return Source(
        article=of.id, revision=of.revision, title=of.title, publisher=of.publisher, url=None,
        published=published, origin=of.id, text=of.text,
    )  # fmt: skip


def brief(claims: list[Claim], sources: list[Source], **more: object) -> Brief:
    return Brief(
        story="s", language="en", kind="news", written_by="test", headline=claims[0],
        nut_graf=claims[0], sections=[Section(heading="What happened", claims=claims)],
        sources=sources, origins=len(sources), **more,
    )  # fmt: skip


def edition(told: Brief, id: str = "sea-1", beat: str = "sea", at: datetime = FIRST) -> Edition:
    item = EditionStory(rank=1, score=0.5, reasons={}, brief=told)
    return Edition(id=id, beat=beat, issued_at=at, stories=[item])
