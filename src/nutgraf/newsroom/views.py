"""Answers that are put together from several rows, for people and programs to read."""

from __future__ import annotations

from msgspec import Struct, field

from nutgraf.types import (
    Article,
    Brief,
    Drop,
    Feed,
    Made,
    Origin,
    Placement,
    Remembered,
    Slot,
    Story,
    StoryEvent,
    Told,
)

__all__ = ["FeedCheck", "LeftOut", "Placed", "Status", "StoryView", "Told", "Why"]


class StoryView(Struct, frozen=True, kw_only=True):
    """A story with its articles, its ledger and its memory."""

    story: Story
    articles: list[Article]
    origins: list[Origin]
    figures: list[Slot]
    told: list[Told]
    """Latest first."""
    memory: list[Remembered] = field(default_factory=list)
    """What each edition said of it and what was new then, oldest first."""
    history: list[StoryEvent] = field(default_factory=list)
    """How it changed beside the articles that joined it: follow-ups, merges, splits, undoings."""
    brief: Brief | None = None
    """The last published brief."""


class Placed(Struct, frozen=True, kw_only=True):
    """An article's way through the stages."""

    article: Article
    revisions: int
    made: Made | None = None
    origin: Origin | None = None
    placement: Placement | None = None
    told: list[Told] = field(default_factory=list)


class LeftOut(Struct, frozen=True, kw_only=True):
    """That an edition left a story out, and why."""

    edition: str
    drop: Drop


class Why(Struct, frozen=True, kw_only=True):
    """What became of a URL, an article, a story or a feed, stage by stage."""

    subject: str
    placed: list[Placed] = field(default_factory=list)
    dropped: list[Drop] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    history: list[StoryEvent] = field(default_factory=list)
    """What happened to the stories concerned; of single articles, what was asked about."""
    feed: Feed | None = None


class Status(Struct, frozen=True, kw_only=True):
    """The newsroom at a glance."""

    database: str
    counts: dict[str, int]
    feeds_failing: list[Feed]
    drops: dict[str, int]
    """Stored drops by "stage: reason"."""
    editions: list[str]


class FeedCheck(Struct, frozen=True, kw_only=True):
    """Whether a feed answers now."""

    url: str
    ok: bool
    entries: int = 0
    title: str = ""
    problem: str = ""
