"""Editions, frozen: the database itself refuses to change or delete one."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, bindparam, select

from nutgraf.adapters.store import schema
from nutgraf.adapters.store.columns import made
from nutgraf.adapters.store.session import Session
from nutgraf.adapters.store.sqlite import insert
from nutgraf.types import Edition, Made

__all__ = ["Editions"]

_editions = schema.editions


class Editions(Session):
    """Editions as the JSON documents of the public contract."""

    def save_edition(self, edition: Edition, made: Made) -> Edition:
        """Freeze an edition; if that id is frozen already, the frozen one comes back as it is."""
        with self._writing() as connection:
            frozen = _read(connection, edition.id)
            if frozen is not None:
                return frozen
            connection.execute(insert(_editions), _values(edition, made))
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
