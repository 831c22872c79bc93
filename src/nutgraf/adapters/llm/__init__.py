"""Models that write: the extra `llm`.

`client` asks a server that speaks OpenAI's chat protocol, `reading` makes an answer of what comes
back or says what is wrong with it, `patient` tries again and keeps to the budget, `remembered`
keeps what was answered. Nothing is imported and nobody is asked until a model is named in the
settings.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib.util import find_spec

from nutgraf.adapters.llm.client import HttpWriter
from nutgraf.adapters.llm.patient import PatientWriter
from nutgraf.adapters.llm.remembered import RememberedWriter
from nutgraf.config import LlmConfig
from nutgraf.errors import ConfigError, MissingExtra

__all__ = ["HttpWriter", "PatientWriter", "RememberedWriter", "open_writer"]


def open_writer(setting: LlmConfig, environ: Mapping[str, str] = os.environ) -> HttpWriter:
    """The model that the settings name; its server is not asked for anything yet.

    Raises `MissingExtra` without the extra, `ConfigError` if a setting is missing or cannot be.
    """
    if not setting.base_url.startswith(("http://", "https://")):
        raise ConfigError(
            f"[llm] base_url is {setting.base_url!r}: name the server of the model, as in "
            '"http://127.0.0.1:11434/v1"'
        )
    if setting.timeout <= 0 or min(setting.tries, setting.max_tokens, setting.sentences) < 1:
        raise ConfigError("[llm] timeout, tries, max_tokens and sentences must be above 0")
    key = setting.api_key
    if setting.api_key_env:
        key = environ.get(setting.api_key_env, "")
        if not key:
            raise ConfigError(f"[llm] api_key_env: {setting.api_key_env} is not set")
    if find_spec("openai") is None:
        raise MissingExtra("Briefs that a model writes", "llm")
    return HttpWriter(setting, key)
