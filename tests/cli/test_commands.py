"""What the commands promise: help with examples, exit codes, one clear line on errors."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from nutgraf.cli import nutgraf

Run = Callable[..., subprocess.CompletedProcess[str]]
CONTRACT = """
    demo init add feeds update issue run serve story why status doctor backup export send
    extract stories figures support brief audit eval
""".split()
HEAVY = ["aiohttp", "alembic", "fastapi", "lxml", "numpy", "rich", "sqlalchemy", "trafilatura"]


@pytest.mark.parametrize("name", CONTRACT)
def test_every_command_shows_an_example(name: str) -> None:
    command = nutgraf.commands[name]
    help_text = command.get_help(click.Context(command, info_name=name))
    assert f"nutgraf {name}" in help_text.split("Example", 1)[1]


@pytest.mark.parametrize("name", sorted(nutgraf.commands))
def test_the_list_of_commands_shows_whole_lines(name: str) -> None:
    assert not nutgraf.commands[name].get_short_help_str(60).endswith("...")


@pytest.mark.parametrize("arguments", ["--version", "--help"])
def test_nothing_heavy_is_loaded_to_say_who_we_are(arguments: str) -> None:
    code = (
        "import sys\n"
        "from nutgraf.cli import main\n"
        "try: main()\n"
        f"finally: print([m for m in {HEAVY} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert done.stderr.strip() == "[]"


@pytest.mark.parametrize("arguments", [["nonsense"], ["add"], ["issue", "--bogus"], ["brief"]])
def test_wrong_usage_is_2(run: Run, arguments: list[str]) -> None:
    assert run(*arguments).returncode == 2


def refusal(done: subprocess.CompletedProcess[str]) -> str:
    """The one line with which a command says that it could not do it."""
    assert done.returncode == 1, done.stderr
    assert done.stdout == ""
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith("nutgraf: ")
    return line


def test_no_newsroom_here(run: Run) -> None:
    assert "nutgraf init" in refusal(run("status"))


def test_an_unknown_setting_names_the_near_one(run: Run, tmp_path: Path) -> None:
    (tmp_path / "nutgraf.toml").write_text("[fetch]\ndelya = 2\n")
    line = refusal(run("status"))
    assert "delya" in line
    assert "`delay`" in line


def test_a_settings_file_that_is_no_toml(run: Run, tmp_path: Path) -> None:
    (tmp_path / "nutgraf.toml").write_text("[fetch\n")
    assert "not TOML" in refusal(run("status"))


def test_a_setting_of_the_wrong_type(run: Run, tmp_path: Path) -> None:
    (tmp_path / "nutgraf.toml").write_text('[fetch]\ndelay = "soon"\n')
    assert "fetch.delay" in refusal(run("status"))


def test_a_database_that_is_none(run: Run, tmp_path: Path) -> None:
    run("init")
    (tmp_path / "news.db").write_bytes(b"this is a shopping list, " * 100)
    assert "news.db" in refusal(run("status"))


def test_a_locked_database(run: Run, tmp_path: Path) -> None:
    run("init")
    with sqlite3.connect(tmp_path / "news.db") as other:
        other.execute("begin exclusive")
        line = refusal(run("add", "http://127.0.0.1:9/feed", "--no-check"))
        other.rollback()
    assert "news.db" in line
    assert "another process is writing" in line


def test_a_folder_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert "file" in refusal(run("init", "file/desk"))


def test_init_twice_leaves_the_first(run: Run, tmp_path: Path) -> None:
    assert run("init", "--beat", "ai").returncode == 0
    settings = (tmp_path / "nutgraf.toml").read_text()
    assert "exists already" in refusal(run("init"))
    assert (tmp_path / "nutgraf.toml").read_text() == settings


def test_an_unknown_beat_names_the_known(run: Run) -> None:
    assert "ai, security, world" in refusal(run("init", "--beat", "gardening", "desk"))


@pytest.mark.parametrize(("beat", "least"), [("ai", 35), ("world", 55), ("security", 22)])
def test_a_starter_set_is_followed(run: Run, beat: str, least: int) -> None:
    assert run("init", "--beat", beat).returncode == 0
    feeds = run("feeds", "--json").stdout.splitlines()
    assert len(feeds) >= least
    assert all(json.loads(line)["url"].startswith("http") for line in feeds)


def test_without_a_network_update_says_so_in_one_line(run: Run) -> None:
    run("init")
    run("add", "http://127.0.0.1:9/feed", "--no-check")
    line = run("update")
    assert line.returncode == 1
    assert "none of 1 feeds could be read" in line.stderr.splitlines()[-1]
    assert "private address" in line.stderr


def test_run_once_without_a_network_says_so_in_one_line(run: Run) -> None:
    run("init")
    run("add", "http://127.0.0.1:9/feed", "--no-check")
    assert "is there a network?" in refusal(run("run", "--once"))


def test_run_without_feeds_says_what_to_do(run: Run) -> None:
    run("init")
    assert "nutgraf add" in refusal(run("run"))


def test_feeds_out_and_in_again(run: Run, tmp_path: Path) -> None:
    run("init", "--beat", "security", "one")
    (tmp_path / "feeds.opml").write_text(run("export", "feeds", "-C", "one").stdout)
    run("init", "two")
    assert run("add", "feeds.opml", "--no-check", "-C", "two").returncode == 0
    one, two = (run("feeds", "--json", "-C", desk).stdout.splitlines() for desk in ("one", "two"))
    assert {json.loads(line)["url"] for line in one} == {json.loads(line)["url"] for line in two}
    assert len(one) == len(two) > 20


def test_why_of_something_unknown(run: Run) -> None:
    run("init")
    assert "nothing is known of https://example.org/x" in refusal(
        run("why", "https://example.org/x")
    )


def test_doctor_finds_what_is_wrong(run: Run) -> None:
    run("init", "--beat", "security")
    assert run("doctor").stdout == "All is well.\n"


def test_a_backup_is_a_newsroom_of_its_own(run: Run, tmp_path: Path) -> None:
    run("init", "--beat", "security")
    assert run("backup", "copy.db").returncode == 0
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "copy.db").rename(tmp_path / "elsewhere" / "copy.db")
    feeds = run("feeds", "--json", "-C", "elsewhere/copy.db").stdout.splitlines()
    assert len(feeds) == len(run("feeds", "--json").stdout.splitlines()) > 0


def test_a_reader_that_leaves_early_is_no_error(run: Run, tmp_path: Path) -> None:
    run("init", "--beat", "world")
    pipe = f"{sys.executable} -c 'from nutgraf.cli import main; main()' feeds --json | head -1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", pipe],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
