"""JSON Lines in, JSON Lines out: each input line answered once, in order."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

PAGE = """<html lang="en"><head><title>Ferry returns</title></head><body><article><h1>Ferry returns
</h1><p>The ferry Petrel went back into service on Monday after eleven weeks in dock.</p>
<p>Harbour master Ines Roul said that 412 passengers had booked the first crossing.</p>
<p>The crossing to Marram takes forty minutes and costs six crowns, as it did before.</p>
</article></body></html>"""

NAVY = "The navy paid {} million crowns for the six boats, {} said."


def lines(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def as_input(*items: object) -> str:
    return "".join(f"{item if isinstance(item, str) else json.dumps(item)}\n" for item in items)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_extract_answers_every_line_in_order(run: Run, workers: str) -> None:
    good = {"url": "https://marram.example/ferry", "html": PAGE}
    answers = lines(
        run(
            "extract", "-", "--workers", workers,
            input=as_input({"id": "a", **good}, "{broken", {"id": "b"}, {"id": "c", "html": ""},
                           {"id": "d", **good}),
        )
    )  # fmt: skip
    assert [answer["id"] for answer in answers] == ["a", None, "b", "c", "d"]
    assert ["dropped" in answer for answer in answers] == [False, True, True, True, False]
    assert answers[3]["dropped"]["stage"] == "extract"
    assert answers[3]["dropped"]["reason"].startswith("no text")
    assert answers[0]["title"] == "Ferry returns"
    assert "412 passengers" in answers[4]["text"]
    contract = {
        "id",
        "url",
        "title",
        "text",
        "published",
        "publisher",
        "authors",
        "language",
        "kind",
    }
    assert contract <= set(answers[0])


def test_extract_of_a_file_that_is_not_there(run: Run, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE)
    done = run("extract", "page.html", "missing.html", "--url", "https://marram.example/ferry")
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert first["url"] == "https://marram.example/ferry"
    assert "missing.html" in second["dropped"]["reason"]
    assert done.returncode == 1
    assert "1 of 2 documents" in done.stderr


@pytest.mark.parametrize("flags", [[], ["--first"]])
def test_stories_answers_every_line_in_order(run: Run, flags: list[str]) -> None:
    ferry = "The ferry Petrel ran onto the Gannet rocks off Marram with 412 people aboard, {} said."
    answers = lines(
        run(
            "stories", "-", *flags,
            input=as_input(
                {"id": "1", "title": "Petrel aground off Marram", "text": ferry.format("police")},
                "not json",
                {"id": "2", "title": "Quinces", "text": "Quinces cost twice as much in Lowmarsh."},
                {"id": "3"},
                {"id": "4", "title": "Petrel on the rocks", "text": ferry.format("rescuers")},
            ),
        )
    )  # fmt: skip
    assert [answer["id"] for answer in answers] == ["1", None, "2", "3", "4"]
    assert answers[0]["story"] == answers[4]["story"] != answers[2]["story"]
    assert answers[0]["also"] == []
    assert [("dropped" in answer) for answer in answers] == [False, True, False, True, False]


def test_support_gives_exact_evidence(run: Run) -> None:
    text = "The ferry sank on Monday. Police said that 412 people were aboard the ferry."
    ask = {"sources": [{"id": "s", "text": text}]}
    same, other, none = lines(
        run(
            "support",
            input=as_input(
                {"id": "1", "claim": "Police said that 412 people were aboard the ferry.", **ask},
                {"id": "2", "claim": "Police said that 214 people were aboard the ferry.", **ask},
                {"id": "3", "claim": "The captain kept a parrot.", **ask},
            ),
        )
    )
    assert [same["verdict"], other["verdict"], none["verdict"]] == [
        "supported", "contradicted", "unsupported",
    ]  # fmt: skip
    for answer in (same, other):
        for found in answer["evidence"]:
            assert text[found["start"] : found["end"]] == found["quote"]
    assert "412" in other["reason"]


def test_figures_lines_up_what_differs(run: Run) -> None:
    story = {
        "story": "petrel",
        "articles": [
            {"id": "a", "text": NAVY.format(310, "the paper")},
            {"id": "b", "text": NAVY.format(300, "the minister")},
        ],
    }  # fmt: skip
    answer, dropped = lines(run("figures", "-", input=as_input(story, {"articles": []})))
    (slot,) = [slot for slot in answer["slots"] if slot["status"] != "agree"]
    assert slot["status"] == "conflict"
    assert {value["value"] for value in slot["values"]} == {310e6, 300e6}
    texts = {article["id"]: article["text"] for article in story["articles"]}
    for value in slot["values"]:
        assert texts[value["article"]][value["start"] : value["end"]] == value["quote"]
    assert dropped["dropped"]["stage"] == "read"
