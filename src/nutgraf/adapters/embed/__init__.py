"""Sentence vectors and entailment: the extra `embed`.

`files` finds a model and tells its checksum, `onnx` runs it, `hub` downloads one when asked to,
`remembered` keeps what it made, `entail` tells whether one text says what another does. Nothing
here is imported, and nothing is loaded, until a model is named in the settings.
"""

from __future__ import annotations

from pathlib import Path

from nutgraf.adapters.embed.entail import OnnxEntailment, open_entailment
from nutgraf.adapters.embed.files import find_model
from nutgraf.adapters.embed.onnx import OnnxEmbedder
from nutgraf.adapters.embed.remembered import Remembered
from nutgraf.config import EmbedConfig
from nutgraf.errors import ConfigError
from nutgraf.types import Article

__all__ = [
    "OnnxEmbedder",
    "OnnxEntailment",
    "Remembered",
    "article_text",
    "open_embedder",
    "open_entailment",
]

_CHARACTERS = 1200
"""Of an article's text; some 250 tokens of English."""


def open_embedder(setting: EmbedConfig, home: Path = Path()) -> OnnxEmbedder:
    """Open the model that the settings name; relative folders and downloads are under `home`.

    Raises `MissingExtra` without the extra, `ModelError` if its files are missing, torn, not the
    pinned ones or no model of sentences, `ConfigError` if a setting cannot be.
    """
    if not setting.model:
        raise ConfigError("no model of sentence vectors is named: set [embed] model")
    if setting.tokens < 1 or setting.threads < 1:
        raise ConfigError("[embed] tokens and threads must be 1 or more")
    return OnnxEmbedder(find_model(setting.model, home), setting)


def article_text(article: Article) -> str:
    """What is embedded of an article: its title and the beginning of its text."""
    return f"{article.title}\n{article.text[:_CHARACTERS]}"
