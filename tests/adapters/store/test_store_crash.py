"""A process that is killed in the middle of its work leaves a database that can go on."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from store_making import CLUSTER, COPIES, FIGURES

from nutgraf.adapters.store import open_store

# Each article is saved with all that belongs to it in one transaction; a line says it is safe.
WRITER = """
import sys
sys.path.insert(0, sys.argv[2])
from store_making import *
from nutgraf.adapters.store import open_store
from nutgraf.types import Figure
store = open_store(sys.argv[1])
number = store.counts()["articles"]
while True:
    poll(store, entry(number))
    (due,) = store.pages_due(NOW, 1)
    with store.transaction():
        one = store.save_article(due, article(number), EXTRACT, NOW, None)
        trace(store, one, *range(number, number + 20))
        place(store, one.id, f"s{number}", new=True)
        figure = Figure(article=one.id, what="w", value=1, unit="u", quote="The", start=0, end=3)
        store.save_figures(one, [figure], FIGURES)
    print(number, flush=True)
    number += 1
"""


@pytest.mark.parametrize("after", [1, 7, 30])
def test_killed_and_opened_again(path: Path, after: int) -> None:
    safe = -1
    for _ in range(2):  # the second goes on where the first was killed
        command = [sys.executable, "-c", WRITER, str(path), str(Path(__file__).parent)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            for _ in range(after):
                safe = int(writer.stdout.readline())
            writer.send_signal(signal.SIGKILL)
            rest = writer.stdout.read().split()
            safe = max([safe, *map(int, rest)])
        assert writer.returncode == -signal.SIGKILL
    store = open_store(path)
    assert store.check() == []
    counts = store.counts()
    assert safe + 1 <= counts["articles"] <= safe + 2
    nouns = ("articles", "revisions", "aliases", "origins", "stories", "placements", "figures")
    assert {counts[noun] for noun in nouns} == {counts["articles"]}
    assert len(store.search("ferry", 1000)) == counts["articles"]
    lists = store.untraced(COPIES.by, 9), store.unplaced(CLUSTER.by, 9)
    assert (*lists, store.unmeasured(FIGURES.by, 9)) == ([], [], [])
    store.close()
