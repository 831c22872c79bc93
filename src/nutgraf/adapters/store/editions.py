"""Editions, frozen: the database itself refuses to change or delete one.

What they told, left out and cited stands in tables beside them, so that it is found without
reading them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import BindParameter, Connection, bindparam, select

from nutgraf.adapters.store import schema
from nutgraf.adapters.store.columns import made
from nutgraf.adapters.store.session import Session
from nutgraf.adapters.store.sqlite import insert
from nutgraf.types import Claim, Edition, Made, Told

__all__ = ["Editions"]

_editions, _stories = schema.editions, schema.stories
_tellings, _left_out, _cited = schema.tellings, schema.left_out, schema.cited


class Editions(Session):
    """Editions as the JSON documents of the public contract."""

    def save_edition(self, edition: Edition, made: Made) -> Edition:
        """Freeze an edition; if that id is frozen already, the frozen one comes back as it is."""
        with self._writing() as connection:
            frozen = _read(connection, edition.id)
            if frozen is not None:
                return frozen
            connection.execute(insert(_editions), _values(edition, made))
            _index(connection, edition)
            return edition

    def edition(self, id: str) -> Edition | None:
        with self._reading() as connection:
            return _read(connection, id)

    def editions(self, beat: str | None = None, limit: int = 50) -> list[Edition]:
        """Latest first."""
        wanted = _LATEST if beat is None else _LATEST.where(_editions.c.beat == bindparam("of"))
        with self._reading() as connection:
            found = connection.scalars(
                wanted, {"of": beat, "most": limit} if beat else {"most": limit}
            )
            return [msgspec.json.decode(document, type=Edition) for document in found]

    def told(self, story: str) -> list[Told]:
        """The editions that told a story or one that was merged into it, latest first."""
        with self._reading() as connection:
            rows = connection.execute(_TOLD, {"ids": _merged(connection, story)})
            return [Told(**row._mapping) for row in rows]

    def left_out(self, subjects: Sequence[str]) -> list[Edition]:
        """The editions that dropped any of these URLs, articles or stories, latest first."""
        with self._reading() as connection:
            found = connection.scalars(_DROPPING, {"ids": list(subjects)})
            return [msgspec.json.decode(document, type=Edition) for document in found]

    def citing(self, article: str, before: int) -> list[Edition]:
        """Editions of which a sentence cites an earlier revision of an article than `before`."""
        with self._reading() as connection:
            found = connection.scalars(_CITING, {"of": article, "number": before})
            return [msgspec.json.decode(document, type=Edition) for document in found]


def _merged(connection: Connection, story: str) -> list[str]:
    """A story's id and those of all that were merged into it, or into one of them."""
    found, ahead = [story], [story]
    while ahead:
        ahead = [s for s in connection.scalars(_PARTS, {"ids": ahead}) if s not in found]
        found += ahead
    return found


def _index(connection: Connection, edition: Edition) -> None:
    told = {
        item.brief.story: {
            "story": item.brief.story, "edition": edition.id, "beat": edition.beat,
            "issued_at": edition.issued_at, "rank": item.rank,
            "headline": item.brief.headline.text,
        }
        for item in edition.stories
    }  # fmt: skip
    oldest: dict[str, int] = {}
    for claim in _claims(edition):
        for one in claim.citations:
            oldest[one.article] = min(one.revision, oldest.get(one.article, one.revision))
    cited = [{"article": a, "edition": edition.id, "revision": r} for a, r in oldest.items()]
    subjects = dict.fromkeys(drop.subject for drop in edition.dropped)
    left = [{"subject": subject, "edition": edition.id} for subject in subjects]
    for table, rows in ((_tellings, list(told.values())), (_cited, cited), (_left_out, left)):
        if rows:
            connection.execute(insert(table), rows)


def _claims(edition: Edition) -> list[Claim]:
    """Every published sentence."""
    briefs = [item.brief for item in edition.stories]
    return [
        claim
        for brief in briefs
        for claim in (
            brief.headline,
            brief.nut_graf,
            *(c for s in brief.sections for c in s.claims),
        )
    ]


def _read(connection: Connection, id: str) -> Edition | None:
    document = connection.scalar(_ONE, {"wanted": id})
    return None if document is None else msgspec.json.decode(document, type=Edition)


def _values(edition: Edition, by: Made) -> dict[str, object]:
    return {
        "id": edition.id, "beat": edition.beat, "number": edition.number,
        "issued_at": edition.issued_at, "document": msgspec.json.encode(edition).decode(),
    } | made(by)  # fmt: skip


_ONE = select(_editions.c.document).where(_editions.c.id == bindparam("wanted"))
_LATEST = (
    select(_editions.c.document)
    .order_by(_editions.c.issued_at.desc(), _editions.c.number.desc(), _editions.c.id)
    .limit(bindparam("most"))
)
_ids: BindParameter[Any] = bindparam("ids", expanding=True)
_PARTS = select(_stories.c.id).where(_stories.c.merged_into.in_(_ids)).order_by(_stories.c.id)
_TOLD = (
    select(*(_tellings.c[name] for name in Told.__struct_fields__))
    .where(_tellings.c.story.in_(_ids))
    .order_by(_tellings.c.issued_at.desc(), _tellings.c.edition, _tellings.c.rank)
)
_NEWEST = (_editions.c.issued_at.desc(), _editions.c.id)
_DROPPING = (
    select(_editions.c.document)
    .where(_editions.c.id.in_(select(_left_out.c.edition).where(_left_out.c.subject.in_(_ids))))
    .order_by(*_NEWEST)
)
_CITING = (
    select(_editions.c.document)
    .join_from(_cited, _editions, _editions.c.id == _cited.c.edition)
    .where(_cited.c.article == bindparam("of"), _cited.c.revision < bindparam("number"))
    .order_by(*_NEWEST)
)
