"""Stories: which articles are about one event, decided when and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, case, func, select, update

from nutgraf.adapters.store import schema, work
from nutgraf.adapters.store.articles import chunks, load
from nutgraf.adapters.store.columns import made
from nutgraf.adapters.store.session import AnyRow, Session
from nutgraf.adapters.store.sqlite import insert
from nutgraf.types import Article, Made, Placement, Story, StoryEvent

__all__ = ["EVENT", "Stories", "open_story", "settle", "story_row"]

_stories, _placements, _events = schema.stories, schema.placements, schema.story_events
_names = schema.names
_articles, _pages, _entries, _feeds = (
    schema.articles, schema.pages, schema.entries, schema.feeds,
)  # fmt: skip

STAGE = "cluster"


class Stories(Session):
    """A story's id lasts: one whose articles all went into another leads there."""

    def unplaced(self, made_by: str, limit: int) -> list[Article]:
        """Traced articles that are in no story yet, in time order; not those `made_by` dropped."""
        with self._reading() as connection:
            return load(connection, work.undone(connection, STAGE, made_by, limit))

    def save_placement(
        self,
        placement: Placement,
        features: bytes,
        made: Made,
        now: datetime,
        names: Sequence[int] = (),
    ) -> None:
        """Put an article into a story, which is made or opened as needed, or move it there.

        It can be recalled by its rare `names`. One that joins a closed story is a follow-up.
        """
        with self._writing() as connection:
            asked = {"wanted": placement.article}
            old = connection.execute(_PLACED, asked).one_or_none()
            story = None if placement.new else story_row(connection, placement.story)
            came = old.at if old else now
            open_story(connection, placement.story, came)
            connection.execute(_PLACE, _values(placement, features, made, came))
            if old is None:
                work.forget(connection, STAGE, placement.article)
            if old is None or old.story != placement.story:
                connection.execute(EVENT, _happened(placement, now, old, story))
            if old is not None and old.story != placement.story:
                settle(connection, old.story, placement.story)
            if names:
                seen = int(connection.execute(_SEEN, asked).scalar_one().timestamp())
                known = {"seen": seen, "article": placement.article}
                connection.execute(_NAME, [known | {"key": name} for name in names])

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


def story_row(connection: Connection, story: str) -> AnyRow | None:
    """A story by its own id, merged or not."""
    return connection.execute(_ONE, {"wanted": story}).one_or_none()


def open_story(connection: Connection, story: str, came: datetime) -> None:
    """Make a story, or open it again, for an article that came at that time."""
    values = {
        "id": story, "created_at": came, "updated_at": came, "state": "open", "merged_into": None,
    }  # fmt: skip
    connection.execute(_OPEN, values)


def _values(placement: Placement, features: bytes, by: Made, came: datetime) -> dict[str, Any]:
    return {
        "article": placement.article, "story": placement.story, "score": placement.score,
        "reason": placement.reason, "new": placement.new, "also": placement.also,
        "pinned": placement.pinned, "features": features, "at": came,
    } | made(by)  # fmt: skip


def _happened(
    placement: Placement, now: datetime, old: AnyRow | None, story: AnyRow | None
) -> list[dict[str, Any]]:
    """The events of a placement: one, or for a move one in either story."""
    said = {
        "at": now, "article": placement.article, "reason": placement.reason, "since": None,
        "change": None,
    }  # fmt: skip
    if old is not None:
        return [
            said | {"story": old.story, "what": "left", "other": placement.story},
            said | {"story": placement.story, "what": "joined", "other": old.story},
        ]
    said |= {"story": placement.story, "other": ""}
    if story is not None and story.state == "closed" and story.merged_into is None:
        return [said | {"what": "followed", "since": story.updated_at}]
    return [said | {"what": "created" if placement.new else "joined"}]


def settle(connection: Connection, story: str, other: str) -> None:
    """After articles left `story` for `other`: when did the last one come; is any left?"""
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
    set_={c.name: _new_place.excluded[c.name] for c in _placements.c if c.name != "pinned"},
)
_SEEN = select(_articles.c.seen_at).where(_articles.c.id == bindparam("wanted"))
_NAME = insert(_names).on_conflict_do_nothing()
EVENT = insert(_events)
"""Adds rows to what happened; each names all of its columns."""
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
