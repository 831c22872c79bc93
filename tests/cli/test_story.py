"""What an editor does to stories at the command line, and what people are told of it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nutgraf.newsroom import Newsroom
from nutgraf.types import Article, Entry, Made, PageDue, Placement

Run = Callable[..., subprocess.CompletedProcess[str]]
NOW = datetime(2031, 1, 10, 12, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> None:
    """A newsroom of two stories; the first has a follow-up."""
    (tmp_path / "nutgraf.toml").write_text("")
    with Newsroom.open(tmp_path) as newsroom:
        store = newsroom.store
        for n, story in enumerate(("sone", "sone", "stwo", "sone")):
            now = NOW + timedelta(days=150 * (n == 3))
            article = Article(
                id=f"{n}" * 16, url=f"https://gull.example/{n}", title=f"Ferry {n}", text="Afloat.",
                publisher="The Gull",
            )  # fmt: skip
            store.save_article(PageDue(entry=Entry(guid="")), article, Made(by="e"), now, None)
            new = n in (0, 2)
            placement = Placement(article=article.id, story=story, score=1, reason="so", new=new)
            store.save_placement(placement, b"", Made(by="c"), now)
            if n == 2:
                store.close_stories(NOW + timedelta(days=30))


def lines(run: Run, *arguments: str) -> list[str]:
    done = run(*arguments)
    assert done.returncode == 0, done.stderr
    return [line.strip() for line in (done.stderr + done.stdout).splitlines()]


def refusal(run: Run, *arguments: str) -> str:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (1, "")
    return done.stderr.strip()


@pytest.mark.usefixtures("desk")
def test_a_follow_up_is_told(run: Run) -> None:
    follow_up = (
        "2031-06-09 12:00  sone follow-up, 150 days after the last article: "
        "“Ferry 3” (The Gull) came in (so)"
    )
    assert follow_up in lines(run, "story", "sone")
    assert follow_up in lines(run, "why", "https://gull.example/3")
    [event] = json.loads(run("story", "sone", "--json").stdout)["history"]
    assert (event["what"], event["since"]) == ("followed", "2031-01-10T12:00:00Z")


@pytest.mark.usefixtures("desk")
def test_stories_are_merged_and_parted_again(run: Run) -> None:
    merged = lines(run, "story", "sone", "--merge", "stwo")
    assert merged[0] == "stwo is part of sone now"
    why = lines(run, "why", "https://gull.example/2")
    assert any("became one with stwo (1 article: an editor put" in line for line in why)
    assert "it is kept there: no repair moves it" in why
    assert lines(run, "story", "stwo") == merged[1:]
    assert "1 article moved" in lines(run, "story", "stwo", "--undo")[0]
    assert (
        "stwo, closed" in lines(run, "story", "stwo")[1] or "open" in lines(run, "story", "stwo")[1]
    )
    assert any("taken back" in line for line in lines(run, "why", "stwo"))
    assert "nothing to undo" in refusal(run, "story", "sone", "--undo")


@pytest.mark.usefixtures("desk")
def test_articles_leave_a_story_by_id_or_address(run: Run) -> None:
    told = lines(run, "story", "sone", "--split", "https://gull.example/0", "1" * 16)
    new = told[0].rsplit(" ", 1)[1]
    assert told[0] == f"They are a story of their own now: {new}"
    assert len(json.loads(run("story", new, "--json").stdout)["articles"]) == 2
    assert any(f"parted from {new}" in line for line in told)
    again = lines(run, "story", new, "--split", "0" * 16)[0].rsplit(" ", 1)[1]
    assert again not in (new, "sone")


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["snone", "--undo"], "no story snone"),
        (["sone", "--merge", "snone"], "no story snone"),
        (["sone", "--merge", "sone"], "one story already"),
        (["sone", "--undo"], "nothing to undo"),
        (["sone", "--split", "nobody"], "no article nobody"),
        (["sone", "--split", "2" * 16], "not in story sone"),
        (["stwo", "--split", "2" * 16], "all the articles"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(run: Run, arguments: list[str], said: str) -> None:
    line = refusal(run, "story", *arguments)
    assert said in line
    assert "\n" not in line


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("more", [["0" * 16], ["--undo", "--merge", "stwo"]])
def test_wrong_usage_is_2(run: Run, more: list[str]) -> None:
    assert run("story", "sone", *more).returncode == 2


@pytest.mark.usefixtures("desk")
def test_nothing_is_edited_while_an_update_runs(run: Run, tmp_path: Path) -> None:
    with Newsroom.open(tmp_path) as newsroom, newsroom._alone():
        assert "another update or issue is running" in refusal(run, "story", "sone", "--undo")


def test_a_model_that_is_not_there_is_one_line(run: Run) -> None:
    line = refusal(run, "stories", "--embed", "models/none")
    assert "models/none" in line
    assert "\n" not in line
