"""A document before it is read."""

from __future__ import annotations

from msgspec import Struct

__all__ = ["Raw"]


class Raw(Struct, frozen=True, kw_only=True):
    """The bytes of a document and what is known about them; `name` is for messages."""

    data: bytes
    name: str
    url: str | None = None
    content_type: str = ""
