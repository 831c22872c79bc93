"""A model of entailment, run by ONNX Runtime: how likely one text says what another does.

Any cross-encoder of natural language inference that is exported to ONNX: the two texts go in as a
pair, and its `config.json` says which of its outputs stands for entailment.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nutgraf.adapters.embed.files import LABELS, find_model, folded
from nutgraf.adapters.embed.onnx import line_of, open_session, open_tokenizer
from nutgraf.config import VerifyConfig
from nutgraf.errors import ConfigError, ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["OnnxEntailment", "open_entailment"]

_INPUTS = {"input_ids", "attention_mask", "token_type_ids"}
_ENTAILS = re.compile(r"entail(?:ment|s|ed)?|supported|consistent|label_1", re.IGNORECASE)
_AGAINST = re.compile(r"not|non|un|in", re.IGNORECASE)
_CHARACTERS = 20_000
_WHAT = "A model of entailment"


def open_entailment(setting: VerifyConfig, home: Path = Path()) -> OnnxEntailment:
    """Open the model that `[verify] entailment` names; folders and downloads are under `home`.

    Raises `MissingExtra`, `ModelError`, `ConfigError` like `open_embedder`.
    """
    if setting.tokens < 8 or setting.threads < 1:
        raise ConfigError("[verify] tokens must be 8 or more, and threads 1 or more")
    return OnnxEntailment(setting, home)


class OnnxEntailment:
    """An `Entailment` on a folder's worth of files: ONNX, tokenizer, config.json.

    Opening it runs it once. Raises `ModelError`, `MissingExtra`.
    """

    def __init__(self, setting: VerifyConfig, home: Path) -> None:
        files = find_model(setting.entailment, home)
        self._onnx = files.onnx
        labels = _config(files.onnx)
        sums = files.checksums() | find_labels(labels)
        self.sha256 = folded(sums)
        if setting.sha256 not in ("", self.sha256):
            raise ModelError(
                f"{files.label}: the files in {files.onnx.parent} have the checksum "
                f"{self.sha256}, not the pinned {setting.sha256}"
            )
        self.name = f"{files.label} {self.sha256[:16]}"
        self._tokenizer = open_tokenizer(files.tokenizer, setting.tokens, _WHAT)
        self._session = open_session(files.onnx, setting.threads, _WHAT)
        self._inputs = [given.name for given in self._session.get_inputs()]
        if "input_ids" not in self._inputs or not _INPUTS.issuperset(self._inputs):
            raise ModelError(f"{files.onnx}: wants {', '.join(self._inputs)}: no model of pairs")
        self._size = len(self._logits("a", "b"))
        self._entails = _entailing(labels, self._size)

    def entails(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """See `protocols.Entailment`."""
        import numpy as np

        found = []
        for premise, hypothesis in pairs:
            logits = self._logits(premise, hypothesis)
            if self._size == 1:
                found.append(float(1 / (1 + np.exp(-logits[0]))))
            else:
                odds = np.exp(logits - logits.max())
                found.append(float(odds[self._entails] / odds.sum()))
        return found

    def _logits(self, premise: str, hypothesis: str) -> NDArray[np.float64]:
        import numpy as np

        texts = [t[:_CHARACTERS].encode("utf-8", "replace").decode() for t in (premise, hypothesis)]
        coded = self._tokenizer.encode(*texts)
        values = {
            "input_ids": coded.ids, "attention_mask": coded.attention_mask,
            "token_type_ids": coded.type_ids,
        }  # fmt: skip
        fed = {name: np.array([values[name]], np.int64) for name in self._inputs}
        try:
            told = np.asarray(self._session.run(None, fed)[0], np.float64)
        except Exception as error:  # ONNX Runtime's errors have no base of their own
            raise ModelError(
                f"{self._onnx}: cannot read what its tokenizer makes ({line_of(error)})"
            ) from None
        if told.ndim != 2 or told.shape[0] != 1 or not 1 <= told.shape[1] <= 3:
            raise ModelError(
                f"{self._onnx}: answers with the shape {told.shape}, not with one to three labels: "
                "this is no model of entailment"
            )
        if not np.isfinite(told).all():
            raise ModelError(f"{self._onnx}: the model answers with numbers that are none (NaN)")
        row: NDArray[np.float64] = told[0]
        return row


def _config(onnx: Path) -> Path | None:
    """The file that names the labels, beside the model or above its folder."""
    near = (onnx.parent / LABELS, onnx.parent.parent / LABELS)
    return next((path for path in near if path.is_file()), None)


def find_labels(path: Path | None) -> dict[Path, str]:
    """The labels' file with what of it counts: the labels."""
    return {path: json.dumps(_labels(path), sort_keys=True)} if path else {}


def _labels(path: Path) -> dict[str, str]:
    try:
        said: Any = json.loads(path.read_bytes())
        return {str(k): str(v) for k, v in said.get("id2label", {}).items()}
    except (OSError, ValueError, AttributeError):
        raise ModelError(f"{path}: is no JSON object, or torn; get it again") from None


def _entailing(path: Path | None, size: int) -> int:
    """Which output stands for entailment."""
    if size == 1:
        return 0
    labels = _labels(path) if path else {}
    found = [int(k) for k, v in labels.items() if k.isdigit() and _is_entailment(v)]
    if len(found) != 1 or found[0] >= size:
        where = path or "there is no config.json beside the model; it"
        raise ModelError(f"{where} must name one label of {size} as entailment (`id2label`)")
    return found[0]


def _is_entailment(label: str) -> bool:
    word = _ENTAILS.search(label)
    return bool(word) and not _AGAINST.search(label[: word.start() if word else 0])
