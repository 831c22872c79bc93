"""Everything that lasts, in SQLite: feeds, pages, articles, stories, editions.

One file a noun; `schema` has the tables, `sqlite` all that another database would do otherwise.
"""

from __future__ import annotations

from nutgraf.adapters.store.sql import SqlStore, open_store

__all__ = ["SqlStore", "open_store"]
