"""A transformer of sentences, run by ONNX Runtime.

Texts are run one at a time. On one thread that is as quick as batches (docs/decisions/
embeddings.md), needs no padding, and a text's vector depends on that text alone: a model of
dynamic int8 scales its activations by all that is in the batch.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nutgraf.adapters.embed.files import ModelFiles, folded
from nutgraf.config import EmbedConfig
from nutgraf.errors import MissingExtra, ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["OnnxEmbedder", "line_of", "open_session", "open_tokenizer"]

_INPUTS = {"input_ids", "attention_mask", "token_type_ids"}
_SENTENCE = ("sentence_embedding", "sentence_embeddings")
_CHARACTERS_A_TOKEN = 24
"""More than that of a text is not even tokenised; a token of English has four."""


class OnnxEmbedder:
    """An `Embedder` on a folder's worth of files: ONNX, tokenizer, how to pool.

    Opening it runs it once, on the longest text that it will be asked for and with the last of
    its tokenizer's tokens: files that do not belong together are found out here. Raises
    `ModelError`, `MissingExtra`.
    """

    def __init__(self, files: ModelFiles, setting: EmbedConfig) -> None:
        self._onnx, self._setting = files.onnx, setting
        checksum = folded(files.checksums())
        if setting.sha256 not in ("", checksum):
            raise ModelError(
                f"{files.label}: the files in {files.onnx.parent} have the checksum {checksum}, "
                f"not the pinned {setting.sha256}; put the right ones there, or pin these"
            )
        self.sha256 = checksum
        prefix = f" {setting.prefix!r}" if setting.prefix else ""
        self.name = f"{files.label} {checksum[:16]} {setting.tokens}{prefix}"
        self._tokenizer = open_tokenizer(files.tokenizer, setting.tokens)
        self._session = open_session(files.onnx, setting.threads)
        self._inputs = self._known_inputs()
        self._output, self._first_token = self._chosen_output(files.pooling)
        self.size = self._probed()

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See `protocols.Embedder`."""
        import numpy as np

        found = np.zeros((len(texts), self.size), np.float32)
        for row, text in enumerate(texts):
            if ids := self._ids(text):
                found[row] = self._vector(ids)
        return found

    def _ids(self, text: str) -> list[int]:
        text = (self._setting.prefix + text)[: _CHARACTERS_A_TOKEN * self._setting.tokens]
        # Half a surrogate pair is no text to the tokenizer.
        ids: list[int] = self._tokenizer.encode(text.encode("utf-8", "replace").decode()).ids
        return ids

    def _vector(self, ids: list[int]) -> NDArray[np.float32]:
        """One text's unit vector; zeros if the model has nothing to say of it."""
        import numpy as np

        told: NDArray[np.float32] = self._run(ids)[0]
        if told.ndim == 2:
            told = told[0] if self._first_token else np.mean(told, axis=0)
        length = float(np.linalg.norm(told))
        if not np.isfinite(length):
            raise ModelError(f"{self._onnx}: the model answers with numbers that are none (NaN)")
        return told / length if length else told

    def _run(self, ids: list[int]) -> NDArray[np.float32]:
        """What the model answers to one text: `[1, tokens, size]` or `[1, size]`."""
        import numpy as np

        row = np.array([ids], np.int64)
        values = {"input_ids": row, "attention_mask": np.ones_like(row)}
        fed = {name: values.get(name, np.zeros_like(row)) for name in self._inputs}
        try:
            (told,) = self._session.run([self._output], fed)
        except Exception as error:  # ONNX Runtime's errors have no base of their own
            raise ModelError(
                f"{self._onnx}: cannot read the {len(ids)} tokens up to number {max(ids)} that its "
                "tokenizer makes: the two do not belong together, or [embed] tokens is above what "
                f"the model reads ({line_of(error)})"
            ) from None
        return np.asarray(told, np.float32)

    def _probed(self) -> int:
        """Dimensions of a vector, from a run at the limits."""
        last = self._tokenizer.get_vocab_size() - 1
        told = self._run([last] * self._setting.tokens)
        if told.ndim not in (2, 3) or told.shape[0] != 1 or not told.shape[-1]:
            raise ModelError(
                f"{self._onnx}: `{self._output}` has the shape {told.shape}, not that of vectors "
                "of tokens or of a sentence: this is no model of sentence vectors"
            )
        return int(told.shape[-1])

    def _known_inputs(self) -> list[str]:
        names = [given.name for given in self._session.get_inputs()]
        if "input_ids" not in names or not _INPUTS.issuperset(names):
            raise ModelError(
                f"{self._onnx}: wants {', '.join(names)}: this is no model of sentence vectors"
            )
        return names

    def _chosen_output(self, pooling: Path | None) -> tuple[str, bool]:
        """Which output to take, and whether its first token stands for the sentence.

        A finished sentence vector is taken if there is one. BERT's `pooler_output` is none: it was
        trained to tell whether a sentence follows another.
        """
        outputs = {given.name: len(given.shape) for given in self._session.get_outputs()}
        ready = next((name for name in _SENTENCE if name in outputs), None)
        tokens = next((name for name, rank in outputs.items() if rank == 3), None)
        return ready or tokens or next(iter(outputs)), _is_first_token(pooling)


def open_tokenizer(path: Path, tokens: int, what: str = "Sentence vectors") -> Any:
    """The tokenizer in a file, cut at so many tokens. Raises `ModelError`, `MissingExtra`."""
    try:
        from tokenizers import BertWordPieceTokenizer, Tokenizer
    except ImportError:
        raise MissingExtra(what, "embed") from None
    try:
        bare = path.name == "vocab.txt"
        made = BertWordPieceTokenizer(str(path)) if bare else Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises plain `Exception`
        raise ModelError(f"{path}: is no tokenizer, or torn: {line_of(error)}") from None
    made.enable_truncation(tokens)
    made.no_padding()
    return made


def open_session(path: Path, threads: int, what: str = "Sentence vectors") -> Any:
    """ONNX Runtime on a model. Raises `ModelError`, `MissingExtra`."""
    try:
        import onnxruntime
    except ImportError:
        raise MissingExtra(what, "embed") from None
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 4  # what goes wrong is raised
    try:
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # ONNX Runtime's errors have no base of their own
        raise ModelError(
            f"{path}: is no ONNX model, or torn; get it again ({line_of(error)})"
        ) from None


def _is_first_token(pooling: Path | None) -> bool:
    """Whether the model's authors take the first token (CLS); else it is the mean of all."""
    if pooling is None:
        return False
    try:
        said = json.loads(pooling.read_bytes())
        modes = {name for name, on in said.items() if name.startswith("pooling_mode_") and on}
    except (OSError, ValueError, AttributeError):
        raise ModelError(f"{pooling}: is no JSON object, or torn; get it again") from None
    wanted = modes or {"pooling_mode_mean_tokens"}
    if wanted - {"pooling_mode_cls_token", "pooling_mode_mean_tokens"} or len(wanted) > 1:
        raise ModelError(f"{pooling}: asks for {', '.join(sorted(wanted))}, which is not offered")
    return "pooling_mode_cls_token" in wanted


def line_of(error: Exception) -> str:
    """What a library says went wrong, on one line."""
    return " ".join(str(error).split())[:160] or type(error).__name__
