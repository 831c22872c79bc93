"""From stored articles to lasting stories: the trace, place and measure steps of `update`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from nutgraf.adapters.embed import article_text
from nutgraf.errors import Dropped
from nutgraf.pipeline.desk import BATCH, Desk, Tell, grouped
from nutgraf.protocols import Store
from nutgraf.stages import cluster, copies, figures
from nutgraf.types import Article, Drop, Figure, Made, Placement

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector: TypeAlias = NDArray[np.float32]

__all__ = ["place_articles", "read_figures", "trace_origins"]

_RECALLED = 16
"""Old articles that a new one is compared with at most."""
_SURE = 0.95
"""Score from which an article follows an older story."""


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

    One that is like nothing in the window may follow an older story, found by rare names. After
    each batch the stories around what came are looked at again: some articles move.
    """
    store = desk.store
    idle = now - timedelta(days=desk.config.story_days)
    store.close_stories(idle)
    old = idle if store.has_placed(idle) else None
    window: cluster.Window | None = None
    while batch := store.unplaced(cluster.MADE_BY, BATCH):
        tell("place", more=len(batch))
        window = window or cluster.Window.of(_recent(desk, idle))
        traces = store.origins([article.id for article in batch])
        vectors = _vectors(desk, batch)
        with store.transaction():
            for article, vector in zip(batch, vectors, strict=True):
                copy_of = traces[article.id].copy_of if article.id in traces else None
                data = cluster.features(article)
                names = cluster.rare_names(data)
                placement = cluster.place(article.id, data, window, copy_of, vector=vector)
                if placement.new and old and not window.is_bridge(article.id):
                    placement = _followed(desk, article, names, vector, old) or placement
                    window.move(window.slots[article.id], placement.story)
                made = Made(by=cluster.MADE_BY, source=f"{article.id}@{article.revision}")
                store.save_placement(placement, window.features(article.id), made, now, names)
            store.move_articles(cluster.repair(window), Made(by=cluster.MADE_BY), now)
        tell("place", done=len(batch))


def _followed(
    desk: Desk, article: Article, names: Sequence[int], vector: Vector | None, before: datetime
) -> Placement | None:
    """The placement of an article into an older story that it surely follows.

    It is compared as if nobody knew when it came out: the days between count against it, as they
    should in the window, and a trial is months after the crime. The old articles stand in a
    window of their own: they are never moved, and a run that was killed loses nothing.
    """
    rows = [cluster.Row(*row) for row in desk.store.recall(names, before, _RECALLED)]
    if not rows:
        return None
    past = cluster.Window.of(_with_vectors(desk, [_readable(desk.store, row) for row in rows]))
    undated = cluster.features(msgspec.structs.replace(article, published=None))
    placement = cluster.place(article.id, undated, past, vector=vector)
    return None if placement.new or placement.score < _SURE else placement


def _readable(store: Store, row: cluster.Row) -> cluster.Row:
    """The row, its features made again if they are of another version."""
    try:
        cluster.rare_names(row.features)
    except ValueError:
        [article] = store.articles([row.article])
        return row._replace(features=cluster.features(article))
    return row


def _recent(desk: Desk, since: datetime) -> Iterator[cluster.Row]:
    """The rows of the window, with vectors if there is a model."""
    for group in grouped(cluster.Row(*row) for row in desk.store.window(since)):
        yield from _with_vectors(desk, group)


def _with_vectors(desk: Desk, rows: list[cluster.Row]) -> list[cluster.Row]:
    if desk.embedder is None:
        return rows
    vectors = _vectors(desk, desk.store.articles([row.article for row in rows]))
    return [row._replace(vector=vector) for row, vector in zip(rows, vectors, strict=True)]


def _vectors(desk: Desk, articles: Sequence[Article]) -> Sequence[Vector | None]:
    """The vector of each article, made or remembered; None for all without a model."""
    if desk.embedder is None:
        return [None] * len(articles)
    return list(desk.embedder.embed([article_text(article) for article in articles]))


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
