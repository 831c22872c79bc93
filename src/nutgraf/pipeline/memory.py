"""From stored articles to lasting stories: the trace, place and measure steps of `update`."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from nutgraf.errors import Dropped
from nutgraf.pipeline.desk import BATCH, Desk, Tell, grouped
from nutgraf.protocols import Store
from nutgraf.stages import cluster, copies, figures
from nutgraf.types import Article, Drop, Figure, Made

__all__ = ["place_articles", "read_figures", "trace_origins"]


def trace_origins(desk: Desk, tell: Tell) -> None:
    """Mark copies and name who first reported, for every revision not traced yet."""
    store = desk.store
    outlets = {feed.outlet for feed in store.feeds() if feed.outlet}
    while batch := store.untraced(copies.MADE_BY, BATCH):
        tell("trace", more=len(batch))
        for group in grouped(batch):
            with store.transaction():
                for article in group:
                    _trace(store, article, outlets)
            tell("trace", done=len(group))


def _trace(store: Store, article: Article, outlets: Collection[str]) -> None:
    signature = copies.signature(article.text)
    bands = copies.bands(signature)
    near = store.near(bands, copies.CANDIDATES)
    known = {a.id: a for a in store.articles([other for other, _ in near])}
    traces = store.origins(list(known))
    candidates = [
        copies.Candidate(known[other], theirs, traces.get(other))
        for other, theirs in near
        if other in known
    ]
    origin = copies.trace(article, signature, candidates, outlets)
    made = Made(by=copies.MADE_BY, source=f"{article.id}@{article.revision}")
    store.save_origin(article, origin, signature, bands, made)


def place_articles(desk: Desk, now: datetime, tell: Tell) -> None:
    """Put every article that has no story yet into one, in time order; close idle stories.

    An article alone in its story may move to another when a newer one shows what it is about.
    """
    store = desk.store
    idle = now - timedelta(days=desk.config.story_days)
    store.close_stories(idle)
    window: cluster.Window | None = None
    while batch := store.unplaced(cluster.MADE_BY, BATCH):
        tell("place", more=len(batch))
        window = window or cluster.Window.of(store.window(idle))
        traces = store.origins([article.id for article in batch])
        with store.transaction():
            for article in batch:
                trace = traces.get(article.id)
                features = cluster.features(article)
                placement = cluster.place(
                    article.id, features, window, now, trace.copy_of if trace else None
                )
                made = Made(by=cluster.MADE_BY, source=f"{article.id}@{article.revision}")
                store.save_placement(placement, features, made, now)
                for move in cluster.repair(window):
                    made = Made(by=cluster.MADE_BY, source=move.placement.article)
                    store.save_placement(move.placement, move.features, made, now)
        tell("place", done=len(batch))


def read_figures(desk: Desk, tell: Tell) -> None:
    """Read what every new revision measures."""
    store = desk.store
    while batch := store.unmeasured(figures.MADE_BY, BATCH):
        tell("measure", more=len(batch))
        for group in grouped(desk.engine.map(figures.read, batch)):
            with store.transaction():
                for article, found in group:
                    _save_figures(desk, article, found)
            tell("measure", done=len(group))


def _save_figures(desk: Desk, article: Article, found: list[Figure] | Dropped) -> None:
    made = Made(by=figures.MADE_BY, source=f"{article.id}@{article.revision}")
    if isinstance(found, Dropped):
        drop = Drop(stage="figures", subject=article.id, reason=found.reason, detail=found.detail)
        desk.store.drop_article(article, drop, made)
    else:
        desk.store.save_figures(article, found, made)
