"""Articles that change their story after all: repairs, an editor's decisions, and their undoing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Connection, bindparam, func, select, update

from nutgraf.adapters.store import schema
from nutgraf.adapters.store.articles import chunks
from nutgraf.adapters.store.session import AnyRow, Session
from nutgraf.adapters.store.stories import EVENT, open_story, settle, story_row
from nutgraf.errors import StoreError
from nutgraf.types import Made, Placement

__all__ = ["Moves"]

_placements, _events = schema.placements, schema.story_events


class _Move(NamedTuple):
    article: str
    old: str
    new: str
    came: datetime
    reason: str
    score: float


class Moves(Session):
    """Moves that are made together are one change; it is told in each story concerned."""

    def move_articles(
        self, placements: Sequence[Placement], made: Made, now: datetime, *, pin: bool = False
    ) -> None:
        """Put placed articles into other stories, together, as one change.

        `pin` keeps all articles of the stories concerned where they are then. Raises `StoreError`
        for an article that is in no story.
        """
        with self._writing() as connection:
            moves = _moves(connection, placements)
            if moves:
                _move(connection, moves, made, now, by_hand=pin)
            if pin:
                _pin(connection, {p.story for p in placements} | {move.old for move in moves})

    def undo_moves(self, story: str, reason: str, made: Made, now: datetime) -> list[str]:
        """Take back what the last change moved into or out of a story; the articles, now pinned.

        One that moved on since stays where it is. Empty if nothing is left to take back.
        """
        with self._writing() as connection:
            while (change := connection.scalar(_LAST, {"of": story})) is not None:
                asked = {"of": story, "number": change}
                events = connection.execute(_CHANGE, asked).all()
                back = [_back(event) for event in events]
                there = _placed(connection, [article for article, _, _ in back])
                moves = [
                    _Move(article, now_in, was_in, there[article].at, reason, 1.0)
                    for article, now_in, was_in in back
                    if there[article].story == now_in
                ]
                concerned = {story, *(event.other for event in events)}
                connection.execute(_TAKEN_BACK, asked | {"ids": list(concerned)})
                if moves:
                    _move(connection, moves, made, now, by_hand=True, undo=True)
                    _pin(connection, concerned)
                    return [move.article for move in moves]
            return []


def _moves(connection: Connection, placements: Sequence[Placement]) -> list[_Move]:
    """Those placements that change anything."""
    there = _placed(connection, [placement.article for placement in placements])
    unknown = [p.article for p in placements if p.article not in there]
    if unknown:
        raise StoreError(f"article {unknown[0]} is in no story, so it cannot be moved")
    return [
        _Move(p.article, there[p.article].story, p.story, there[p.article].at, p.reason, p.score)
        for p in placements
        if there[p.article].story != p.story
    ]


def _placed(connection: Connection, articles: Sequence[str]) -> dict[str, AnyRow]:
    return {
        row.article: row
        for some in chunks(articles)
        for row in connection.execute(_PLACED, {"ids": some})
    }


def _move(
    connection: Connection,
    moves: Sequence[_Move],
    made: Made,
    now: datetime,
    *,
    by_hand: bool,
    undo: bool = False,
) -> None:
    before = {move.new: story_row(connection, move.new) for move in moves}
    began = {story for story, row in before.items() if row is None or row.merged_into is not None}
    for move in moves:
        open_story(connection, move.new, move.came)
    connection.execute(
        _PUT,
        [
            {"of": m.article, "to": m.new, "why": m.reason, "sure": m.score,
             "by": made.by, "source": made.source}
            for m in moves
        ],
    )  # fmt: skip
    for old, new in {move.old: move.new for move in moves}.items():
        settle(connection, old, new)
    pairs: dict[tuple[str, str], list[_Move]] = {}
    for m in moves:
        pairs.setdefault((m.old, m.new), []).append(m)
    change = None if undo else (connection.scalar(_NUMBER) or 0) + 1
    said = {"at": now, "change": change, "since": None}
    events = [event for m in moves for event in _either(said, m, "left", "joined")]
    for (old, new), together in pairs.items():
        what = "undone" if undo else _what(connection, old, new, began)
        number = f"{len(together)} article{'s' if len(together) > 1 else ''}"
        first = together[0]._replace(reason=f"{number}: {together[0].reason}")
        told = said | {"change": None, "since": None if by_hand else _closed(before[new])}
        events += _either(told, first, what, what)
    connection.execute(EVENT, events)


def _either(said: dict[str, Any], move: _Move, left: str, joined: str) -> list[dict[str, Any]]:
    """The events of a move: one in either story."""
    told = said | {"article": move.article, "reason": move.reason}
    return [
        told | {"story": move.old, "what": left, "other": move.new},
        told | {"story": move.new, "what": joined, "other": move.old},
    ]


def _closed(row: AnyRow | None) -> datetime | None:
    """When the last article of a closed story came: what joins it now is a follow-up."""
    closed = row is not None and row.state == "closed" and row.merged_into is None
    since: datetime | None = row.updated_at if row is not None and closed else None
    return since


def _what(connection: Connection, old: str, new: str, began: Collection[str]) -> str:
    row = story_row(connection, old)
    if row is not None and row.merged_into is not None:
        return "merged"
    return "split" if new in began else "moved"


def _back(event: AnyRow) -> tuple[str, str, str]:
    """An article, the story that a move put it into, and the one it came from."""
    if event.what == "left":
        return event.article, event.other, event.story
    return event.article, event.story, event.other


def _pin(connection: Connection, stories: Collection[str]) -> None:
    connection.execute(_PIN, {"ids": list(stories)})


_ids: BindParameter[Any] = bindparam("ids", expanding=True)
_PLACED = select(_placements.c.article, _placements.c.story, _placements.c.at).where(
    _placements.c.article.in_(_ids)
)
_PUT = (
    update(_placements)
    .where(_placements.c.article == bindparam("of"))
    .values(
        story=bindparam("to"), reason=bindparam("why"), score=bindparam("sure"), new=False,
        made_by=bindparam("by"), made_from=bindparam("source"),
    )
)  # fmt: skip
_PIN = update(_placements).where(_placements.c.story.in_(_ids)).values(pinned=True)
_NUMBER = select(func.max(_events.c.id))
_OF_STORY = _events.c.story == bindparam("of")
_LAST = select(func.max(_events.c.change)).where(_OF_STORY)
_CHANGE = (
    select(_events.c.story, _events.c.article, _events.c.what, _events.c.other)
    .where(_OF_STORY, _events.c.change == bindparam("number"))
    .order_by(_events.c.id)
)
_TAKEN_BACK = (
    update(_events)
    .where(
        _events.c.story.in_(_ids),
        _events.c.change == bindparam("number"),
        _OF_STORY | (_events.c.other == bindparam("of")),
    )
    .values(change=None)
)
