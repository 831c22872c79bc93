"""Opening, upgrading, backing up; and what is said when it cannot be done."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import alembic.command  # noqa: F401  (a test takes away the right to read it later)
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, event
from store_making import EXTRACT, NOW, article, entry, poll, save

from nutgraf.adapters import store as package
from nutgraf.adapters.store import SqlStore, open_store, schema
from nutgraf.errors import NutgrafError, StoreError
from nutgraf.protocols import Store
from nutgraf.types import Drop

SEARCH = {"search", "search_data", "search_idx", "search_docsize", "search_config"}


def _implements(store: SqlStore) -> Store:
    return store  # mypy reads this


def test_every_method_of_the_protocol_is_there() -> None:
    wanted = {name for name in vars(Store) if not name.startswith("_")}
    assert len(wanted) > 40
    assert {name for name in wanted if not callable(getattr(SqlStore, name, None))} == set()


# --- schema ----------------------------------------------------------------------------------


def test_migrations_make_exactly_the_tables(path: Path) -> None:
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, _: kind != "table" or name not in SEARCH,
            },
        )
        assert compare_metadata(context, schema.metadata) == []
    engine.dispose()


def test_head_is_the_last_migration() -> None:
    config = Config()
    config.set_main_option(
        "script_location", str(Path(package.__file__).parent / "migrations").replace("%", "%%")
    )
    assert ScriptDirectory.from_config(config).get_heads() == [schema.HEAD]


def test_an_existing_database_opens_without_alembic(path: Path) -> None:
    code = (
        "import sys; from nutgraf.adapters.store import open_store; "
        "store = open_store(sys.argv[1]); store.counts(); store.close(); "
        "print([name for name in sys.modules if name.startswith('alembic')])"
    )
    command = [sys.executable, "-c", code, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_many_may_create_one_database_at_a_time(tmp_path: Path) -> None:
    failed: list[Exception] = []
    started = threading.Barrier(6)

    def create() -> None:
        started.wait()
        try:
            opened = open_store(tmp_path / "news.db", busy_timeout=30)
            opened.close()
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=create) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def test_how_the_file_is_kept(path: Path) -> None:
    opened = open_store(path)
    with opened._reading() as connection:
        found = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]
    assert found == ["wal", 1, 1, 5000]
    opened.close()


def test_a_path_may_hold_any_character(tmp_path: Path) -> None:
    folder = tmp_path / "50% off? #1 & ü"
    folder.mkdir()
    for _ in range(2):
        opened = open_store(folder / "news.db")
        opened.close()
    assert [one.name for one in folder.iterdir()] == ["news.db"]


# --- what is said when it cannot be done -------------------------------------------------------


def _said(path: str | Path) -> str:
    with pytest.raises(StoreError) as caught:
        open_store(path, busy_timeout=0.05).close()
    line = str(caught.value)
    assert "\n" not in line
    assert isinstance(caught.value, NutgrafError)
    return line


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert f"there is no folder {tmp_path / 'no'}" in _said(tmp_path / "no" / "news.db")


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    assert _said(tmp_path).startswith(f"{tmp_path}: cannot be opened")


@pytest.mark.parametrize("content", [b"not a database at all\n" * 100, os.urandom(8192)])
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "news.db").write_bytes(content)
    assert "is not a Nutgraf database" in _said(tmp_path / "news.db")
    assert (tmp_path / "news.db").read_bytes() == content


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "news.db")) as other:
        other.execute("CREATE TABLE songs (title)")
        other.commit()
    assert "is a database of another program" in _said(tmp_path / "news.db")
    with closing(sqlite3.connect(tmp_path / "news.db")) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("songs",)]


def test_a_damaged_database_is_told_and_found_by_check(path: Path) -> None:
    opened = open_store(path)
    with opened.transaction():
        save(opened, *(article(number, text="wreck " * 3000) for number in range(40)))
    assert opened.check() == []
    opened.close()
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 40_000] = os.urandom(40_000)
    path.write_bytes(data)
    opened = open_store(path)
    assert opened.check() != []
    with pytest.raises(StoreError, match=r"news\.db: the database is damaged; put a backup"):
        list(map(opened.revisions, (f"a{number}" for number in range(40))))
    opened.close()


def test_check_finds_what_refers_to_nothing(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("INSERT INTO aliases VALUES ('u', 'nobody')")
        raw.commit()
    opened = open_store(path)
    assert len(opened.check()) == 1
    assert "articles" in opened.check()[0]
    opened.close()


def test_check_finds_a_text_that_cannot_be_searched(path: Path) -> None:
    opened = open_store(path)
    save(opened, article(1))
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("INSERT INTO search (search) VALUES ('delete-all')")
        raw.commit()
    assert any("full text" in line for line in opened.check())
    opened.close()


def test_a_newer_schema_is_not_touched(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '0999'")
        raw.commit()
    assert "made by a newer Nutgraf (schema 0999" in _said(path)


def test_a_lock_that_stays_is_told(path: Path) -> None:
    opened = open_store(path, busy_timeout=0.05)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match=r"news\.db: another process is writing to it"):
            save(opened, article(1))
        assert opened.counts()["articles"] == 0  # reading goes on
        other.execute("ROLLBACK")
    assert save(opened, article(1)) == [article(1)]
    opened.close()


@contextmanager
def _as_nobody() -> Iterator[None]:
    """Without the rights of root, which may write everywhere."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that everybody can reach: pytest keeps its own to their owner."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)
        Path(folder).chmod(0o777)


@pytest.mark.parametrize("exists", [True, False])
def test_a_folder_that_cannot_be_written_is_named(open_to_all: Path, exists: bool) -> None:
    path = open_to_all / "news.db"
    if exists:
        open_store(path).close()
        path.chmod(0o666)
    open_to_all.chmod(0o555)
    with _as_nobody():
        line = _said(path)
    assert line.startswith(f"{path}: cannot be ")
    assert "rights" in line


def test_a_file_that_cannot_be_written_can_be_read(open_to_all: Path) -> None:
    path = open_to_all / "news.db"
    open_store(path).close()
    path.chmod(0o444)
    with _as_nobody():
        opened = open_store(path)
        assert opened.feeds() == []
        with pytest.raises(StoreError, match=r"news\.db: cannot be written; check the rights"):
            save(opened, article(1))
        opened.close()


def test_another_kind_of_database_is_told_without_its_password() -> None:
    line = _said("postgresql://ann:secret@db.example/news")
    assert "only SQLite" in line
    assert "secret" not in line


# --- backup ----------------------------------------------------------------------------------


def test_a_backup_is_a_database_of_its_own(store: SqlStore, tmp_path: Path) -> None:
    save(store, article(1))
    for _ in range(2):  # the second replaces the first
        store.backup(tmp_path / "copy.db")
    save(store, article(2))
    copy = open_store(tmp_path / "copy.db")
    assert [one.id for one in copy.search("ferry")] == ["a1"]
    assert copy.check() == []
    copy.close()
    assert not list(tmp_path.glob("*.part"))


def test_a_backup_is_whole_while_others_write(path: Path, tmp_path: Path) -> None:
    opened, stop = open_store(path), threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            with opened.transaction():
                save(opened, article(number))
                poll(opened, entry(number))
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(8):
            opened.backup(tmp_path / f"{number}.db")
    finally:
        stop.set()
        writer.join()
    opened.close()
    for number in range(8):
        copy = open_store(tmp_path / f"{number}.db")
        counts = copy.counts()
        assert counts["articles"] == counts["entries"]
        assert copy.check() == []
        copy.close()


def test_where_a_backup_cannot_go(path: Path, tmp_path: Path) -> None:
    opened = open_store(path)
    for target in (path, tmp_path / "no" / "copy.db", tmp_path):
        with pytest.raises(StoreError, match=str(target)):
            opened.backup(target)
    assert opened.check() == []
    opened.close()


# --- transactions ----------------------------------------------------------------------------


def test_a_transaction_is_all_or_nothing(store: SqlStore) -> None:
    def fail() -> None:
        with store.transaction():
            save(store, article(1))
            assert store.article("a1") is not None
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert store.article("a1") is None
    assert store.search("ferry") == []


def test_an_inner_transaction_that_fails_is_undone_alone(store: SqlStore) -> None:
    def fail() -> None:
        with store.transaction():
            save(store, article(2))
            raise KeyError

    with store.transaction():
        save(store, article(1))
        with pytest.raises(KeyError):
            fail()
        with pytest.raises(StoreError):
            store.save_drops([Drop(stage="s", subject=None, reason="r", at=NOW)])  # type: ignore[arg-type]
        save(store, article(3))
    assert [one.id for one in store.articles(["a1", "a2", "a3"])] == ["a1", "a3"]
    assert store.drops() == []


def test_a_reader_sees_the_state_before_a_transaction_until_it_ends(path: Path) -> None:
    writer, reader = open_store(path), open_store(path)
    with writer.transaction():
        save(writer, article(1))
        assert reader.article("a1") is None
    assert reader.article("a1") == article(1)
    writer.close()
    reader.close()


def test_threads_have_transactions_of_their_own(store: SqlStore) -> None:
    failed: list[BaseException] = []

    def work(first: int) -> None:
        try:
            for number in range(first, first + 20):
                with store.transaction():
                    save(store, article(number))
                    assert store.article(f"a{number}") is not None
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(100 * number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert store.counts()["articles"] == 80
    assert save(store, article(0)) == []


# --- size ------------------------------------------------------------------------------------


def test_no_daily_question_walks_a_whole_table(path: Path) -> None:
    opened, asked = open_store(path), []
    event.listen(
        opened._engine, "before_cursor_execute", lambda *given: asked.append((given[2], given[3]))
    )
    opened.pages_due(NOW, 9)
    for todo in (opened.untraced, opened.unplaced, opened.unmeasured):
        todo("v", 9)
    list(opened.window(NOW))
    opened.has_placed(NOW), opened.recall(range(8), NOW, 16)
    opened.undo_moves("s", "", EXTRACT, NOW)
    opened.near(range(20), 9)
    opened.stories(NOW)
    opened.close_stories(NOW)
    opened.articles(["a"]), opened.article("u"), opened.story("s"), opened.story_events("s")
    opened.carried_by(["a"]), opened.figures(["a"]), opened.origins(["a"]), opened.placements("s")
    opened.recent_articles(NOW, 9), opened.editions("b"), opened.editions(), opened.drops()
    opened.told("s"), opened.left_out(["u"]), opened.citing("a", 2), opened.edited("v", 9)
    opened.corrections(["e"]), opened.corrections_since("b", NOW), opened.unshown()
    opened.drops("u"), opened.page_of("u"), opened.entry_of("u"), opened.search("word")
    with closing(sqlite3.connect(path)) as raw:
        plans = {
            (statement, line)
            for statement, values in asked
            if statement.startswith(("SELECT", "UPDATE", "DELETE"))
            for *_, line in raw.execute(f"EXPLAIN QUERY PLAN {statement}", values)
        }
    assert len(plans) > 30
    own = ("SCAN shared", "SCAN anon_", "SCAN search VIRTUAL", "USING INDEX", "USING COVERING")
    assert [
        plan for plan in plans if "SCAN" in plan[1] and not any(s in plan[1] for s in own)
    ] == []
    lists = [
        plan for plan in plans if any(word in plan[0] for word in ("work", "due_at <=", "features"))
    ]
    assert [plan for plan in lists if "TEMP B-TREE" in plan[1]] == []
    opened.close()
