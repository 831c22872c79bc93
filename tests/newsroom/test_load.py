"""Documents by name become articles by the one rule that pages do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nutgraf.errors import Dropped
from nutgraf.newsroom import load
from nutgraf.text.urls import article_id

TEXT = (
    "The town of Tamber opened its second flood gate on Friday, four months ahead of plan.\n\n"
    "Fishing crews complained that the gate closes the inner harbour for six hours a day.\n"
)


class Nobody:
    """No document here is at a URL."""

    def fetch(self, requests: object) -> list[object]:
        assert not list(requests)  # type: ignore[call-overload]
        return []


def write(path: Path, content: str) -> str:
    path.write_text(content, encoding="utf-8")
    return str(path)


def test_the_id_is_of_the_address_or_of_the_content(tmp_path: Path) -> None:
    one = write(tmp_path / "one.txt", f"Gate opens in Tamber early\n\n{TEXT}")
    copy = write(tmp_path / "copy.txt", f"Gate opens in Tamber early\n\n{TEXT}")
    first, second = load([one, copy], Nobody())  # type: ignore[arg-type]
    assert first.id == second.id
    assert first.url is None
    [saved] = load([one], Nobody(), "https://t.example/a")  # type: ignore[arg-type]
    assert saved.id == article_id("https://t.example/a") != first.id
    assert saved.text == first.text


def test_the_kind_is_read_off_a_document_as_off_a_page(tmp_path: Path) -> None:
    name = write(tmp_path / "a.txt", f"Opinion\n\nThe gate was worth its price\n\n{TEXT}")
    [article] = load([name], Nobody())  # type: ignore[arg-type]
    assert article.kind == "opinion"


def test_articles_in_json_stay_as_they_are(tmp_path: Path) -> None:
    name = write(tmp_path / "a.json", json.dumps({"id": "mine", "text": "Gate opens."}))
    [article] = load([name], Nobody())  # type: ignore[arg-type]
    assert (article.id, article.text, article.kind) == ("mine", "Gate opens.", "news")


def test_too_little_text_is_dropped(tmp_path: Path) -> None:
    with pytest.raises(Dropped, match="no text"):
        load([write(tmp_path / "a.html", "<p>Too short.</p>")], Nobody())  # type: ignore[arg-type]
