"""Vectors are made once, and are the same whether new or known."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import tiny
from numpy.typing import NDArray

from nutgraf.adapters.embed import OnnxEmbedder, Remembered, open_embedder
from nutgraf.adapters.store import open_store
from nutgraf.config import EmbedConfig
from nutgraf.protocols import Embedder


class Counted:
    """An embedder that notes what it is asked."""

    def __init__(self, embedder: OnnxEmbedder) -> None:
        self.embedder, self.name, self.size = embedder, embedder.name, embedder.size
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += texts
        return self.embedder.embed(texts)


def _both(embedder: OnnxEmbedder, remembered: Remembered) -> tuple[Embedder, Embedder]:
    return embedder, remembered  # mypy reads this


def _open(folder: Path, **more: object) -> Counted:
    return Counted(open_embedder(EmbedConfig(**{"model": str(folder)} | more)))


def test_a_text_is_read_once(tmp_path: Path) -> None:
    store = open_store(tmp_path / "news.db")
    first = _open(tiny.write(tmp_path / "m"))
    new = Remembered(first, store).embed(["ship", "ferry", "ship"])
    assert first.asked == ["ship", "ferry"]
    store.close()
    store = open_store(tmp_path / "news.db")
    second = _open(tmp_path / "m")
    known = Remembered(second, store).embed(["ferry", "market", "ship"])
    assert second.asked == ["market"]
    assert np.array_equal(new[[1, 0]], known[[0, 2]])
    assert np.array_equal(new[0], new[2])
    assert known == pytest.approx(second.embedder.embed(["ferry", "market", "ship"]), abs=5e-4)
    store.close()


def test_another_model_or_setting_reads_it_anew(tmp_path: Path) -> None:
    store = open_store(":memory:")
    folder = tiny.write(tmp_path / "m")
    Remembered(_open(folder), store).embed(["ship"])
    other = _open(folder, prefix="the ")
    Remembered(other, store).embed(["ship"])
    newer = _open(tiny.write(folder, tiny.onnx(tiny.table(seed=1))))
    Remembered(newer, store).embed(["ship"])
    assert other.asked == newer.asked == ["ship"]
    store.close()


def test_no_text_is_no_vector(tmp_path: Path) -> None:
    store = open_store(":memory:")
    assert Remembered(_open(tiny.write(tmp_path)), store).embed([]).shape == (0, tiny.SIZE)
    store.close()
