"""The articles in many languages, and their measure."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from nutgraf.evals import languages
from nutgraf.types import Article


def test_thirty_events_in_three_languages_each() -> None:
    articles = languages.labelled()
    assert len({article.id for article, _ in articles}) == len(articles)
    told = Counter(event for _, event in articles)
    assert len(told) >= 30
    assert set(told.values()) == {3}
    assert len({(event, article.language) for article, event in articles}) == len(articles)
    assert len({article.language for article, _ in articles}) == 10
    for article, _ in articles:
        spaced = article.language not in ("ja", "zh")
        size = len(article.text.split()) if spaced else len(article.text) / 2
        assert 55 <= size <= 170, article.id


def _told(*events: str) -> list[tuple[Article, str]]:
    return [
        (Article(id=str(n), text="", language="en" if n % 2 else "fr"), event)
        for n, event in enumerate(events)
    ]


def test_the_best_cut_and_the_nearest() -> None:
    angles = np.radians([0, 10, 90, 120, 200, 245])
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    found = languages.best_cut(_told(*"aabbcc"), vectors)
    assert found == {"pair_f1": 1.0, "cut": round(float(np.cos(np.radians(45))), 4), "nearest": 1}
    wrong = languages.best_cut(_told(*"abbcca"), vectors)
    assert wrong["nearest"] == 0
    assert wrong["pair_f1"] == pytest.approx(2 * 3 / (6 + 3), abs=1e-4)


def test_pairs_of_one_language_do_not_count() -> None:
    vectors = np.array([[1, 0], [0, 1], [1, 0], [0, 1]], np.float32)
    found = languages.best_cut(_told(*"abab"), vectors)
    assert found["nearest"] == 0


def test_without_a_model_there_is_nothing_to_measure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NUTGRAF_EMBED__MODEL", raising=False)
    assert languages.run(tmp_path) == {"models": 0.0}
