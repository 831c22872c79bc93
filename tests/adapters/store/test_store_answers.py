"""Contract of the answers that a model gave, and the migration that makes room for them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, text

from nutgraf.adapters import store as package
from nutgraf.adapters.store import SqlStore, open_store


def test_answers_come_back_by_model_and_key(store: SqlStore) -> None:
    store.save_answer("m", b"1", "one")
    store.save_answer("n", b"1", "two")
    assert store.answer("m", b"1") == "one"
    assert store.answer("n", b"1") == "two"
    assert store.answer("m", b"2") is None


def test_an_answer_saved_again_replaces_the_first(store: SqlStore) -> None:
    store.save_answer("m", b"1", "one")
    store.save_answer("m", b"1", "other")
    assert store.answer("m", b"1") == "other"


@pytest.fixture(scope="module")
def shared() -> Iterator[SqlStore]:
    with closing(open_store(":memory:")) as opened:
        yield opened


@given(st.text(), st.binary(), st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_model_key_and_text(shared: SqlStore, model: str, key: bytes, text: str) -> None:
    shared.save_answer(model, key, text)
    assert shared.answer(model, key) == text.replace("\0", "\ufffd")


def test_a_database_of_the_first_schema_is_upgraded_with_all_that_is_in_it(path: Path) -> None:
    config = Config()
    folder = Path(package.__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    script = ScriptDirectory.from_config(config)
    engine = create_engine(f"sqlite:///{path}")
    with (
        engine.begin() as connection,
        EnvironmentContext(
            config, script, fn=lambda revision, _: script._upgrade_revs("0001", revision)
        ) as environment,
    ):
        environment.configure(connection=connection)
        environment.run_migrations()
        connection.execute(text("INSERT INTO vectors VALUES ('m', x'31', x'003c')"))
    engine.dispose()
    with closing(open_store(path)) as store:
        assert store.vectors("m", [b"1"])[b"1"].tolist() == [1.0]
        store.save_answer("m", b"1", "one")
        assert store.answer("m", b"1") == "one"
