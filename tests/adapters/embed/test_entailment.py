"""A model of entailment that ONNX Runtime really runs: labels, sizes, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import tiny

from nutgraf.adapters.embed import OnnxEntailment, open_entailment
from nutgraf.config import VerifyConfig
from nutgraf.errors import ConfigError, ModelError
from nutgraf.newsroom import open_verifier
from nutgraf.types import Article

LABELS = {"0": "CONTRADICTION", "1": "ENTAILMENT", "2": "NEUTRAL"}


def logits(rows: dict[str, tuple[float, ...]], labels: int = 3) -> bytes:
    """A model whose answer is the mean of what each word of the pair says."""
    values = np.zeros((len(tiny.WORDS), labels), np.float32)
    for word, row in rows.items():
        values[tiny.WORDS.index(word)] = row
    return tiny.onnx(values, output="logits", mean_over=(1,))


def folder(
    path: Path, rows: dict[str, tuple[float, ...]], labels: object = LABELS, size: int = 3
) -> Path:
    made = tiny.write(path, logits(rows, size))
    (made / "config.json").write_text(json.dumps({"id2label": labels}))
    return made


def opened(path: Path, **settings: object) -> OnnxEntailment:
    return open_entailment(VerifyConfig(entailment=str(path), **settings))  # type: ignore[arg-type]


def test_the_label_that_means_entailment_is_found_by_its_name(tmp_path: Path) -> None:
    rows = {"ferry": (0.0, 40.0, 0.0), "market": (40.0, 0.0, 0.0)}
    model = opened(folder(tmp_path, rows))
    high, low, flat = model.entails([("a ferry", "the ship"), ("the market", "rose"), ("a", "the")])
    assert high > 0.99
    assert low < 0.01
    assert flat == pytest.approx(1 / 3)
    order = {"0": "entailment", "1": "not_entailment"}
    two = folder(tmp_path / "two", {"ferry": (40.0, 0.0)}, order, size=2)
    assert opened(two).entails([("ferry", "a")]) == [pytest.approx(1.0)]


def test_one_output_is_a_probability(tmp_path: Path) -> None:
    one = folder(tmp_path, {"ferry": (40.0,), "market": (-40.0,)}, {"0": "LABEL_0"}, size=1)
    high, low = opened(one).entails([("ferry", "a"), ("market", "a")])
    assert (round(high), round(low)) == (1, 0)


@pytest.mark.parametrize(
    "labels", [{}, {"0": "A", "1": "B"}, {"0": "entailment", "1": "entails"}, 3]
)
def test_without_one_label_of_entailment_a_model_is_refused(tmp_path: Path, labels: object) -> None:
    with pytest.raises(ModelError, match=r"config\.json"):
        opened(folder(tmp_path, {}, labels))


def test_other_models_and_wrong_pins_are_refused(tmp_path: Path) -> None:
    vectors = tiny.write(tmp_path / "vectors")
    (vectors / "config.json").write_text(json.dumps({"id2label": LABELS}))
    with pytest.raises(ModelError, match="shape"):
        opened(vectors)
    with pytest.raises(ModelError, match="pinned"):
        opened(folder(tmp_path / "pinned", {}), sha256="0" * 64)
    with pytest.raises(ConfigError, match="tokens"):
        opened(tmp_path, tokens=0)


def test_the_labels_are_part_of_the_checksum(tmp_path: Path) -> None:
    one = opened(folder(tmp_path / "one", {}))
    other = opened(folder(tmp_path / "other", {}, {"0": "entailment", "1": "x", "2": "y"}))
    assert one.sha256 != other.sha256
    assert opened(tmp_path / "one", sha256=one.sha256).name == one.name


SOURCE = Article(id="s", text="The ferry was aground on the bank of Kelm in May.")


def test_the_settings_put_it_behind_the_rules(tmp_path: Path) -> None:
    doubts = folder(tmp_path / "doubts", {"ferry": (40.0, 0.0, 0.0)})
    claim = "The ferry was aground in May."
    setting = VerifyConfig(entailment=str(doubts))
    assert open_verifier(VerifyConfig())(claim, [SOURCE]).verdict == "supported"
    found = open_verifier(setting)(claim, [SOURCE])
    assert found.verdict == "unsupported"
    assert "doubts" in found.reason
    whole = "The ferry was aground on the bank of Kelm in May."
    assert open_verifier(setting)(whole, [SOURCE]).verdict == "supported"
    with pytest.raises(ConfigError, match="chat model"):
        open_verifier(VerifyConfig(judge=True))
