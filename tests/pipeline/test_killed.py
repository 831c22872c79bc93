"""A process killed at any moment of update or issue: run again, nothing is lost, nothing twice."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from nutgraf.demo.press import DAYS, Press
from nutgraf.newsroom import Newsroom

SETTINGS = """
[[beats]]
name = "world"
starter = "world"

[fetch]
allow_private = true
delay = 0.0
"""

# After so many statements to its database the process kills itself with SIGKILL, which no
# `finally` and no exit handler survives. It prints how many there were if it comes to the end.
RUN = textwrap.dedent(
    """
    import os, signal, sys
    from datetime import datetime
    from sqlalchemy import Engine, event
    from nutgraf.newsroom import Newsroom

    place, now, points = sys.argv[1], datetime.fromisoformat(sys.argv[2]), int(sys.argv[3])
    count = 0

    @event.listens_for(Engine, "after_cursor_execute")
    def tick(*_):
        global count
        count += 1
        if count == points:
            os.kill(os.getpid(), signal.SIGKILL)

    with Newsroom.open(place) as newsroom:
        newsroom.update(now)
        newsroom.issue(now=now)
    print(count)
    """
)
NEVER = 0


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with Press() as served:
        yield served


def newsroom_in(folder: Path, press: Press) -> Path:
    folder.mkdir()
    (folder / "nutgraf.toml").write_text(SETTINGS)
    with Newsroom.open(folder) as newsroom:
        newsroom.following.add(press.feeds(), check=False)
    return folder


def command(folder: Path, points: int) -> list[str]:
    return [sys.executable, "-c", RUN, str(folder), DAYS[0].isoformat(), str(points)]


def run(folder: Path, points: int = NEVER) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(folder, points), check=False, timeout=240, text=True, stdout=subprocess.PIPE
    )


def contents(folder: Path) -> dict[str, object]:
    """What a newsroom holds, without the ids and times that differ from run to run."""
    with sqlite3.connect(folder / "news.db") as db:
        rows = {
            table: db.execute(f"select count(*) from {table}").fetchone()[0]
            for table in ("entries", "pages", "articles", "revisions", "placements", "editions")
        }
        articles = sorted(db.execute("select article, number, hash from revisions"))
        stories = sorted(db.execute("select article, story from placements"))
    with Newsroom.open(folder) as newsroom:
        assert newsroom.store.check() == []
        editions = [
            [item.brief.headline.text for item in edition.stories]
            for edition in newsroom.editions()
        ]
    return {"rows": rows, "articles": articles, "stories": stories, "editions": editions}


@pytest.fixture(scope="module")
def undisturbed(
    press: Press, tmp_path_factory: pytest.TempPathFactory
) -> tuple[int, dict[str, object]]:
    """How many statements a run takes that nobody disturbs, and what it leaves."""
    folder = newsroom_in(tmp_path_factory.mktemp("calm") / "desk", press)
    done = run(folder)
    assert done.returncode == 0
    return int(done.stdout), contents(folder)


@pytest.mark.parametrize("part", [0.02, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97, 0.995])
def test_killed_at_a_statement_and_run_again(
    part: float, press: Press, undisturbed: tuple[int, dict[str, object]], tmp_path: Path
) -> None:
    statements, left = undisturbed
    folder = newsroom_in(tmp_path / "desk", press)
    assert run(folder, int(part * statements)).returncode == -signal.SIGKILL
    assert run(folder).returncode == 0
    assert contents(folder) == left


def test_killed_again_and_again_at_any_time(
    press: Press, undisturbed: tuple[int, dict[str, object]], tmp_path: Path
) -> None:
    """By the clock: while fetching, rendering, renaming folders."""
    folder = newsroom_in(tmp_path / "desk", press)
    for tenths in (5, 9, 12, 15, 18, 22, 27):
        with subprocess.Popen(command(folder, NEVER), stdout=subprocess.DEVNULL) as process:
            time.sleep(tenths / 10)
            if process.poll() is None:
                os.kill(process.pid, signal.SIGKILL)
    assert run(folder).returncode == 0
    assert contents(folder) == undisturbed[1]
    left = [path.name for path in (folder / "editions").iterdir() if path.name.startswith(".")]
    assert left == []
