"""Each implementation of the store that the contract is checked on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nutgraf.adapters.store import SqlStore, open_store


@pytest.fixture(params=["file", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    opened = open_store(tmp_path / "news.db" if request.param == "file" else ":memory:")
    yield opened
    opened.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database file, empty but for its schema."""
    open_store(tmp_path / "news.db").close()
    return tmp_path / "news.db"
