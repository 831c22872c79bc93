"""Tiny models that ONNX Runtime really runs: ONNX's protobuf, written by hand.

Field numbers are those of onnx.proto3. A model looks each token up in a table of three numbers.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

WORDS = "[UNK] [CLS] ferry aground ship market rose query: a the".split()
SIZE = 3
FLOAT, INT64 = 1, 7


def table(seed: int = 0, rows: int = len(WORDS)) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal((rows, SIZE)).astype(np.float32)


def onnx(
    values: np.ndarray,
    *,
    inputs: tuple[str, ...] = ("input_ids", "attention_mask"),
    output: str = "last_hidden_state",
    mean_over: tuple[int, ...] = (),
) -> bytes:
    """A model that answers `[1, tokens, 3]`, or the mean of that over some axes."""
    nodes = [_node("Gather", ["table", inputs[0]], ["rows"])]
    if mean_over:
        nodes.append(_node("ReduceMean", ["rows", "axes"], [output], keepdims=0))
    else:
        nodes.append(_node("Identity", ["rows"], [output]))
    rank = 3 - len(mean_over)
    graph = b"".join(
        (
            *(_bytes(1, node) for node in nodes),
            _bytes(2, b"tiny"),
            _bytes(5, _tensor("table", values)),
            *([_bytes(5, _tensor("axes", np.array(mean_over, np.int64)))] if mean_over else []),
            *(_bytes(11, _value(name, INT64, 2)) for name in inputs),
            _bytes(12, _value(output, FLOAT, rank)),
        )
    )
    return _number(1, 8) + _bytes(7, graph) + _bytes(8, _bytes(1, b"") + _number(2, 18))


def tokenizer(words: list[str] = WORDS) -> bytes:
    """One token a word, with `[CLS]` before the first."""
    made = {
        "version": "1.0",
        "added_tokens": [],
        "normalizer": {"type": "Lowercase"},
        "pre_tokenizer": {"type": "WhitespaceSplit"},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [
                {"SpecialToken": {"id": "[CLS]", "type_id": 0}},
                {"Sequence": {"id": "A", "type_id": 0}},
            ],
            "pair": [{"Sequence": {"id": "A", "type_id": 0}}],
            "special_tokens": {"[CLS]": {"id": "[CLS]", "ids": [1], "tokens": ["[CLS]"]}},
        },
        "model": {
            "type": "WordLevel",
            "unk_token": "[UNK]",
            "vocab": {word: number for number, word in enumerate(words)},
        },
    }
    return json.dumps(made).encode()


def write(folder: Path, model: bytes | None = None, name: str = "model.onnx") -> Path:
    """A model's folder: the ONNX file and its tokenizer."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(onnx(table()) if model is None else model)
    (folder / "tokenizer.json").write_bytes(tokenizer())
    return folder


def _node(kind: str, inputs: list[str], outputs: list[str], **attributes: int) -> bytes:
    return b"".join(
        (
            *(_bytes(1, name.encode()) for name in inputs),
            *(_bytes(2, name.encode()) for name in outputs),
            _bytes(4, kind.encode()),
            *(
                _bytes(5, _bytes(1, name.encode()) + _number(3, value) + _number(20, 2))
                for name, value in attributes.items()
            ),
        )
    )


def _tensor(name: str, values: np.ndarray) -> bytes:
    kind = FLOAT if values.dtype == np.float32 else INT64
    dimensions = b"".join(_number(1, size) for size in values.shape)
    return dimensions + _number(2, kind) + _bytes(8, name.encode()) + _bytes(9, values.tobytes())


def _value(name: str, kind: int, rank: int) -> bytes:
    shape = b"".join(_bytes(1, _bytes(2, f"d{axis}".encode())) for axis in range(rank))
    return _bytes(1, name.encode()) + _bytes(2, _bytes(1, _number(1, kind) + _bytes(2, shape)))


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _varint(value: int) -> bytes:
    low, rest = value & 0x7F, value >> 7
    return bytes([low | 0x80]) + _varint(rest) if rest else bytes([low])
