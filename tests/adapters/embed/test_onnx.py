"""Vectors of a real, tiny model: pooling, truncation, identity, and files that are none."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import tiny
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.adapters.embed import OnnxEmbedder, open_embedder
from nutgraf.config import EmbedConfig
from nutgraf.errors import ConfigError, MissingExtra, ModelError

CLS, FERRY, AGROUND, SHIP = 1, 2, 3, 4


def _open(folder: Path, **more: object) -> OnnxEmbedder:
    return open_embedder(EmbedConfig(**{"model": str(folder)} | more))


def _unit(vector: np.ndarray) -> np.ndarray:
    return vector / np.linalg.norm(vector)


# --- vectors ---------------------------------------------------------------------------------


def test_a_vector_is_the_mean_of_its_tokens(tmp_path: Path) -> None:
    embedder = _open(tiny.write(tmp_path))
    (found,) = embedder.embed(["Ferry AGROUND"])
    assert found == pytest.approx(_unit(tiny.table()[[CLS, FERRY, AGROUND]].mean(axis=0)))
    assert found.dtype == np.float32
    assert embedder.size == tiny.SIZE


def test_the_authors_may_want_the_first_token(tmp_path: Path) -> None:
    folder = tiny.write(tmp_path)
    said = {"word_embedding_dimension": 3, "pooling_mode_cls_token": True}
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling/config.json").write_text(json.dumps(said))
    (found,) = _open(folder).embed(["ferry aground"])
    assert found == pytest.approx(_unit(tiny.table()[CLS]))


@pytest.mark.parametrize("output", ["sentence_embedding", "pooled"])
def test_a_finished_sentence_vector_is_taken_as_it_is(tmp_path: Path, output: str) -> None:
    model = tiny.onnx(tiny.table(), inputs=("input_ids",), output=output, mean_over=(1,))
    (found,) = _open(tiny.write(tmp_path, model)).embed(["ferry aground"])
    assert found == pytest.approx(_unit(tiny.table()[[CLS, FERRY, AGROUND]].mean(axis=0)))


def test_what_is_beyond_the_last_token_does_not_count(tmp_path: Path) -> None:
    embedder = _open(tiny.write(tmp_path), tokens=3)
    one, other, third = embedder.embed(["ferry aground ship", "ferry aground market", "ferry ship"])
    assert np.array_equal(one, other)
    assert not np.allclose(one, third)


def test_a_prefix_goes_before_each_text_and_into_the_name(tmp_path: Path) -> None:
    folder = tiny.write(tmp_path)
    plain, fixed = _open(folder), _open(folder, prefix="query: ")
    assert np.array_equal(fixed.embed(["ship"]), plain.embed(["query: ship"]))
    assert len({plain.name, fixed.name, _open(folder, tokens=3).name}) == 3


@given(texts=st.lists(st.text(st.characters()), max_size=4))
def test_any_text_has_a_vector_of_its_own_length_alone(texts: list[str]) -> None:
    found = _SHARED[0].embed(texts)
    assert found.shape == (len(texts), tiny.SIZE)
    assert np.linalg.norm(found, axis=1) == pytest.approx(np.ones(len(texts)), abs=1e-5)
    for row, text in zip(found, texts, strict=True):
        assert np.array_equal(row, _SHARED[0].embed([text])[0])


_SHARED: list[OnnxEmbedder] = []


@pytest.fixture(scope="module", autouse=True)
def _shared(tmp_path_factory: pytest.TempPathFactory) -> None:
    _SHARED[:] = [_open(tiny.write(tmp_path_factory.mktemp("model")))]


def test_a_text_without_tokens_has_zeros(tmp_path: Path) -> None:
    folder = tiny.write(tmp_path)
    bare = json.loads(tiny.tokenizer()) | {"post_processor": None}
    (folder / "tokenizer.json").write_text(json.dumps(bare))
    none, one = _open(folder).embed([" \n", "ship"])
    assert not none.any()
    assert one == pytest.approx(_unit(tiny.table()[SHIP]))


def test_a_vocabulary_alone_is_a_tokenizer(tmp_path: Path) -> None:
    words = ["[UNK]", "[CLS]", "ferry", "aground", "[SEP]", "[PAD]", "[MASK]"]
    folder = tiny.write(tmp_path)
    (folder / "tokenizer.json").unlink()
    (folder / "vocab.txt").write_text("\n".join(words))
    (found,) = _open(folder).embed(["Ferry aground"])
    assert found == pytest.approx(_unit(tiny.table()[[CLS, FERRY, AGROUND, 4]].mean(axis=0)))


# --- which model -----------------------------------------------------------------------------


def test_the_name_tells_one_set_of_files_from_another(tmp_path: Path) -> None:
    first = _open(tiny.write(tmp_path / "m"))
    (tmp_path / "m").rename(tmp_path / "n")
    moved = _open(tmp_path / "n")
    other = _open(tiny.write(tmp_path / "m", tiny.onnx(tiny.table(seed=1))))
    assert first.sha256 == moved.sha256 != other.sha256
    assert first.name.startswith("m ")
    assert first.name != other.name
    assert _open(tmp_path / "m", sha256=other.sha256).name == other.name
    with pytest.raises(ModelError, match=r"the files in .*m have the checksum .* not the pinned"):
        _open(tmp_path / "m", sha256=first.sha256)


def test_of_several_files_the_int8_one_is_taken(tmp_path: Path) -> None:
    tiny.write(tmp_path, b"full precision", "onnx/model.onnx")
    int8 = _open(tiny.write(tmp_path, name="onnx/model_quantized.onnx"))
    assert int8.embed(["ship"]).any()


def test_a_package_is_read_and_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, files in {"hull": ["model.onnx"], "rig": ["tokenizer.json"]}.items():
        tiny.write(tmp_path / name / "model")
        for path in (tmp_path / name / "model").iterdir():
            if path.name not in files:
                path.unlink()
        (tmp_path / name / "__init__.py").write_text("raise SystemExit('imported')")
        info = tmp_path / f"{name}_weights-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}-weights\n")
        record = [f"{name}/__init__.py,,", *(f"{name}/model/{file},," for file in files)]
        (info / "RECORD").write_text("\n".join(record))
    monkeypatch.syspath_prepend(str(tmp_path))
    both = open_embedder(EmbedConfig(model="package:hull-weights+rig-weights"))
    assert both.embed(["ship"]).any()
    with pytest.raises(ModelError, match=r"hull-weights: model.onnx is there, but no tokenizer"):
        open_embedder(EmbedConfig(model="package:hull-weights"))
    with pytest.raises(ModelError, match="pip install --no-deps keel-weights"):
        open_embedder(EmbedConfig(model="package:keel-weights"))


# --- what is no model ------------------------------------------------------------------------


def _without(*names: str) -> Callable[[Path], None]:
    return lambda folder: [(folder / name).unlink() for name in names] and None


def _with(name: str, content: bytes) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)

    return write


def _weights_only(folder: Path) -> None:
    (folder / "model.onnx").rename(folder / "model.safetensors")


NAN = np.full((len(tiny.WORDS), tiny.SIZE), np.nan, np.float32)
SPOILED = {
    "there is no model.onnx;": _without("model.onnx"),
    "only model.safetensors, which is no ONNX file": _weights_only,
    "no tokenizer.json and no vocab.txt": _without("tokenizer.json"),
    "model.onnx: is no ONNX model, or torn": _with("model.onnx", b"<!doctype html>"),
    "tokenizer.json: is no tokenizer, or torn": _with("tokenizer.json", b'{"version"'),
    "do not belong together": _with("model.onnx", tiny.onnx(tiny.table(rows=4))),
    r"the shape \(3,\)": _with("model.onnx", tiny.onnx(tiny.table(), mean_over=(0, 1))),
    "wants pixels": _with("model.onnx", tiny.onnx(tiny.table(), inputs=("pixels",))),
    "numbers that are none": _with("model.onnx", tiny.onnx(NAN)),
    "config.json: is no JSON object": _with("1_Pooling/config.json", b"["),
    "pooling_mode_max_tokens, which": _with(
        "1_Pooling/config.json", b'{"pooling_mode_max_tokens": true}'
    ),
}


@pytest.mark.parametrize("complaint", SPOILED)
def test_files_that_are_no_model_say_so(tmp_path: Path, complaint: str) -> None:
    folder = tiny.write(tmp_path / "m")
    SPOILED[complaint](folder)
    with pytest.raises(ModelError, match=complaint) as said:
        _open(folder).embed(["ship"])
    assert "m" in str(said.value)
    assert "\n" not in str(said.value)


@given(cut=st.integers(0, len(tiny.onnx(tiny.table())) - 1))
def test_a_torn_file_is_an_error(tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:
    folder = tiny.write(tmp_path_factory.getbasetemp() / "torn", tiny.onnx(tiny.table())[:cut])
    with pytest.raises(ModelError, match=r"model\.onnx"):
        _open(folder)


@pytest.mark.parametrize(
    ("setting", "error", "complaint"),
    [
        ({}, ConfigError, r"set \[embed\] model"),
        ({"model": "nowhere"}, ModelError, "there is no folder"),
        ({"model": "hub:gull"}, ConfigError, "hub:OWNER/NAME@REVISION"),
        ({"model": "hub:gull/../..@main"}, ConfigError, "hub:OWNER/NAME@REVISION"),
        ({"model": "hub:gull/tiny@main"}, ModelError, "`nutgraf model hub:gull/tiny@main`"),
        ({"model": "m", "tokens": 0}, ConfigError, "1 or more"),
        ({"model": "m", "threads": 0}, ConfigError, "1 or more"),
    ],
)
def test_settings_that_name_no_model(
    tmp_path: Path, setting: dict[str, object], error: type[Exception], complaint: str
) -> None:
    with pytest.raises(error, match=complaint):
        open_embedder(EmbedConfig(**setting), tmp_path)


@pytest.mark.parametrize("library", ["onnxruntime", "tokenizers"])
def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtra, match=r"pip install 'nutgraf\[embed\]'"):
        _open(tiny.write(tmp_path))


if os.environ.get("NUTGRAF_EMBED__MODEL"):  # where somebody has one; CI has none

    def test_a_real_model_tells_meanings_apart() -> None:
        from nutgraf.config import load_config

        embedder = open_embedder(load_config().embed)
        ferry, ship, market = embedder.embed(
            ["A ferry has run aground.", "A passenger ship is stuck on a reef.", "Shares fell."]
        )
        assert ferry @ ship > ferry @ market
