"""Bring a database to the schema of this version.

One that is there already is opened without importing Alembic.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text

from nutgraf.adapters.store import sqlite
from nutgraf.adapters.store.schema import HEAD
from nutgraf.errors import StoreError

__all__ = ["to_head"]


def to_head(engine: Engine, name: str) -> None:
    """Upgrade in one transaction what is older; raises `StoreError` for what is not ours."""
    with sqlite.explained(name), engine.connect() as connection:
        with sqlite.transaction(connection, write=False):
            if _version(connection) == HEAD:
                return
        with sqlite.transaction(connection, write=True):
            # Another process may have done it while this one waited for the lock.
            if _version(connection) != HEAD:
                _upgrade(connection, name)


def _version(connection: Connection) -> str | None:
    """The migration the database is at; None before the first."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return version


def _upgrade(connection: Connection, name: str) -> None:
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    config = Config()
    folder = str(Path(__file__).parent / "migrations").replace("%", "%%")
    config.set_main_option("script_location", folder)
    script = ScriptDirectory.from_config(config)
    version = _version(connection)
    if version is None and not sqlite.is_empty(connection):
        raise StoreError(f"{name}: is a database of another program; name another file")
    if version is not None and version not in {known.revision for known in script.walk_revisions()}:
        raise StoreError(
            f"{name}: was made by a newer Nutgraf (schema {version}, this one knows up to {HEAD}); "
            "upgrade: pip install -U nutgraf"
        )

    def steps(revision: Any, _: Any) -> Any:
        return script._upgrade_revs("head", revision)

    with EnvironmentContext(config, script, fn=steps) as environment:
        environment.configure(connection=connection, transactional_ddl=True)
        environment.run_migrations()
