"""The evaluation of extraction: its measures on a made set, and the floors on real ones."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from nutgraf.evals import extraction

GOLD = "The gate opened on Friday. It held back the tide, the council of Tamber said."
PAGE = (
    '<html lang="en"><head><title>Gate opens</title><meta name="author" content="Orla Finch">'
    '<meta property="article:published_time" content="2026-11-20T10:00:00Z"></head>'
    f"<body><article><h1>Gate opens</h1><p>{GOLD}</p></article></body></html>"
)


def test_word_f1() -> None:
    assert extraction.word_f1("a b c d", "A, b! c d") == 1
    assert extraction.word_f1("a b", "a c") == 0.5
    assert extraction.word_f1("a a", "a") == pytest.approx(2 / 3)
    assert extraction.word_f1("", "") == 1
    assert extraction.word_f1("a", "") == 0


def test_measures(tmp_path: Path) -> None:
    folder = tmp_path / "extraction"
    folder.mkdir()
    right = {"id": "1", "url": "https://t.example/a", "html": PAGE, "text": GOLD,
             "title": "Gate opens!", "author": "Orla Finch", "published": "2026-11-20"}  # fmt: skip
    wrong = {
        **right,
        "id": "2",
        "title": "Another",
        "author": "Sam Reed",
        "published": "2026-11-21",
    }
    bare = {"id": "3", "url": None, "html": PAGE, "text": GOLD, "title": None}
    for name in extraction.SETS:
        with gzip.open(folder / f"{name}.jsonl.gz", "wt") as out:
            out.writelines(json.dumps(page) + "\n" for page in (right, wrong, bare))
    found = extraction.run(tmp_path)
    assert found["news181.body_f1"] == pytest.approx(1)
    assert found["news181.title"] == found["news181.date"] == found["news181.authors"] == 0.5


def test_news_pages(data: Path) -> None:
    pages = list(extraction._pages(data / "extraction" / "news181.jsonl.gz"))[::6]
    scores = [
        extraction.word_f1(extraction.read_html(p["html"], p["url"]).text, p["text"]) for p in pages
    ]
    assert sum(scores) / len(scores) > 0.95
