"""Stories: which articles are about one event, decided when and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, case, func, select, tuple_, update

from nutgraf.adapters.store import schema, work
from nutgraf.adapters.store.articles import chunks, load
from nutgraf.adapters.store.columns import made
from nutgraf.adapters.store.session import AnyRow, Session
from nutgraf.adapters.store.sqlite import insert
from nutgraf.types import Article, Made, Placement, Story, StoryEvent

__all__ = ["Stories"]

_stories, _placements, _events = schema.stories, schema.placements, schema.story_events
_articles, _pages, _entries, _feeds = (
    schema.articles, schema.pages, schema.entries, schema.feeds,
)  # fmt: skip

STAGE = "cluster"
_PAGE = 1000
"""Rows of `window` that are held at a time."""


class Stories(Session):
    """A story's id lasts: one whose articles all went into another leads there."""

    def unplaced(self, made_by: str, limit: int) -> list[Article]:
        """Traced articles that are in no story yet, in time order; not those `made_by` dropped."""
        with self._reading() as connection:
            return load(connection, work.undone(connection, STAGE, made_by, limit))

    def save_placement(
        self, placement: Placement, features: bytes, made: Made, now: datetime
    ) -> None:
        """Put an article into a story, which is made or opened as needed, or move it there."""
        with self._writing() as connection:
            asked = {"wanted": placement.article}
            old = connection.execute(_PLACED, asked).one_or_none()
            came = old.at if old else now
            connection.execute(_OPEN, _opened(placement.story, came))
            connection.execute(_PLACE, _values(placement, features, made, came))
            if old is None:
                work.forget(connection, STAGE, placement.article)
            if old is None or old.story != placement.story:
                connection.execute(_EVENT, _happened(placement, now, old))
            if old is not None and old.story != placement.story:
                _settle(connection, old.story, placement.story)

    def window(self, since: datetime) -> Iterator[tuple[str, str, bytes, datetime]]:
        """(article, story, features, seen_at) of articles in open stories, as they were placed.

        Articles first seen since then. It reads ahead by a thousand rows and holds no lock, so
        stories may be written between two of its answers.
        """
        last: tuple[datetime, datetime, str] = (since, _BEGINNING, "")
        while True:
            with self._reading() as connection:
                asked = {"seen": last[0], "sort": last[1], "id": last[2]}
                rows = connection.execute(_WINDOW, asked).all()
            for row in rows:
                yield row.article, row.story, row.features, row.seen_at
            if len(rows) < _PAGE:
                return
            last = rows[-1].seen_at, rows[-1].sort_at, rows[-1].article

    def close_stories(self, idle_since: datetime) -> int:
        """Close open stories that no article joined since; how many."""
        with self._writing() as connection:
            return connection.execute(_CLOSE, {"since": idle_since}).rowcount

    def story(self, story: str) -> Story | None:
        """A story by its id, or the one it was merged into."""
        with self._reading() as connection:
            row = connection.execute(_ONE, {"wanted": story}).one_or_none()
            while row is not None and row.merged_into is not None:
                row = connection.execute(_ONE, {"wanted": row.merged_into}).one_or_none()
            return next(_filled(connection, [row])) if row else None

    def story_of(self, article: str) -> Story | None:
        """The story an article (an id) is in."""
        with self._reading() as connection:
            placed = connection.execute(_PLACED, {"wanted": article}).one_or_none()
            if placed is None:
                return None
            return next(
                _filled(connection, connection.execute(_ONE, {"wanted": placed.story}).all())
            )

    def stories(self, since: datetime) -> list[Story]:
        """Stories with an article that came since then, latest first."""
        with self._reading() as connection:
            return list(_filled(connection, connection.execute(_SINCE, {"since": since}).all()))

    def placements(self, story: str) -> list[Placement]:
        """Why each article is in a story, in the order of `Story.articles`."""
        with self._reading() as connection:
            rows = connection.execute(_OF_STORY, {"wanted": story})
            return [Placement(**row._mapping) for row in rows]

    def story_events(self, story: str) -> list[StoryEvent]:
        """What happened to a story, oldest first."""
        with self._reading() as connection:
            rows = connection.execute(_HISTORY, {"wanted": story})
            return [StoryEvent(**row._mapping) for row in rows]

    def carried_by(self, articles: Sequence[str]) -> dict[str, list[str]]:
        """Article id to the URLs of the feeds that carried it."""
        found: dict[str, list[str]] = {}
        with self._reading() as connection:
            for some in chunks(articles):
                for row in connection.execute(_CARRIERS, {"ids": some}):
                    found.setdefault(row.article, []).append(row.url)
        return found


def _opened(story: str, came: datetime) -> dict[str, Any]:
    return {
        "id": story, "created_at": came, "updated_at": came, "state": "open", "merged_into": None,
    }  # fmt: skip


def _values(placement: Placement, features: bytes, by: Made, came: datetime) -> dict[str, Any]:
    return {
        "article": placement.article, "story": placement.story, "score": placement.score,
        "reason": placement.reason, "new": placement.new, "features": features, "at": came,
    } | made(by)  # fmt: skip


def _happened(placement: Placement, now: datetime, old: AnyRow | None) -> list[dict[str, Any]]:
    """The events of a placement: one, or for a move one in either story."""
    said = {"at": now, "article": placement.article, "reason": placement.reason}
    what = "created" if placement.new else "joined"
    joined = {"story": placement.story, "what": what, "other": old.story if old else ""} | said
    if old is None:
        return [joined]
    return [{"story": old.story, "what": "left", "other": placement.story} | said, joined]


def _settle(connection: Connection, story: str, other: str) -> None:
    """After an article left `story` for `other`: when did the last one come; is any left?"""
    latest = connection.scalar(_LATEST, {"wanted": story})
    values: dict[str, Any] = {"updated_at": latest}
    if latest is None:
        values = {"state": "closed", "merged_into": other}
    connection.execute(update(_stories).where(_stories.c.id == story), values)


def _filled(connection: Connection, rows: Sequence[AnyRow]) -> Iterator[Story]:
    """Stories with the ids of their articles, oldest first, in the order of `rows`."""
    articles: dict[str, list[str]] = {row.id: [] for row in rows}
    for some in chunks(list(articles)):
        for placed in connection.execute(_MEMBERS, {"ids": some}):
            articles[placed.story].append(placed.article)
    for row in rows:
        yield Story(
            id=row.id, created_at=row.created_at, updated_at=row.updated_at, state=row.state,
            articles=articles[row.id],
        )  # fmt: skip


_ids: BindParameter[Any] = bindparam("ids", expanding=True)
_PLACED = select(_placements.c.story, _placements.c.at).where(
    _placements.c.article == bindparam("wanted")
)
_new_story = insert(_stories)
_came = _new_story.excluded.updated_at
_OPEN = _new_story.on_conflict_do_update(
    index_elements=["id"],
    set_={
        "updated_at": case((_came > _stories.c.updated_at, _came), else_=_stories.c.updated_at),
        "state": "open",
        "merged_into": None,
    },
)
_new_place = insert(_placements)
_PLACE = _new_place.on_conflict_do_update(
    index_elements=["article"],
    set_={column.name: _new_place.excluded[column.name] for column in _placements.c},
)
_EVENT = insert(_events)
# A join would begin with the open stories and sort all their articles for each run of rows.
_STATE = (
    select(_stories.c.state)
    .where(_stories.c.id == _placements.c.story)
    .correlate(_placements)
    .scalar_subquery()
)
_BEGINNING = datetime.min.replace(tzinfo=UTC)
# The order in which they were placed: a window built anew after a crash is the one that was lost.
_BY_ARRIVAL = (_articles.c.seen_at, _articles.c.sort_at, _articles.c.id)
_WINDOW = (
    select(
        _placements.c.article,
        _placements.c.story,
        _placements.c.features,
        _articles.c.seen_at,
        _articles.c.sort_at,
    )
    .join_from(_articles, _placements, _placements.c.article == _articles.c.id)
    .where(
        _STATE == "open",
        tuple_(*_BY_ARRIVAL)
        > tuple_(
            bindparam("seen", type_=_articles.c.seen_at.type),
            bindparam("sort", type_=_articles.c.sort_at.type),
            bindparam("id"),
        ),
    )
    .order_by(*_BY_ARRIVAL)
    .limit(_PAGE)
)
_CLOSE = (
    update(_stories)
    .where(_stories.c.state == "open", _stories.c.updated_at < bindparam("since"))
    .values(state="closed")
)
_ONE = select(_stories).where(_stories.c.id == bindparam("wanted"))
_SINCE = (
    select(_stories)
    .where(_stories.c.updated_at >= bindparam("since"), _stories.c.merged_into.is_(None))
    .order_by(_stories.c.updated_at.desc(), _stories.c.id)
)
_BY_TIME = (_articles.c.sort_at, _articles.c.id)
_IN_TIME = _articles.c.id == _placements.c.article
_MEMBERS = (
    select(_placements.c.story, _placements.c.article)
    .join_from(_placements, _articles, _IN_TIME)
    .where(_placements.c.story.in_(_ids))
    .order_by(*_BY_TIME)
)
_OF_STORY = (
    select(*(_placements.c[name] for name in Placement.__struct_fields__))
    .join_from(_placements, _articles, _IN_TIME)
    .where(_placements.c.story == bindparam("wanted"))
    .order_by(*_BY_TIME)
)
_LATEST = select(func.max(_placements.c.at)).where(_placements.c.story == bindparam("wanted"))
_HISTORY = (
    select(*(_events.c[name] for name in StoryEvent.__struct_fields__))
    .where(_events.c.story == bindparam("wanted"))
    .order_by(_events.c.id)
)
_CARRIERS = (
    select(_pages.c.article, _feeds.c.url)
    .distinct()
    .join_from(_pages, _entries, _entries.c.page == _pages.c.id)
    .join(_feeds, _feeds.c.id == _entries.c.feed)
    .where(_pages.c.article.in_(_ids))
    .order_by(_pages.c.article, _feeds.c.url)
)
