"""Which verifier the settings ask for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from nutgraf.adapters.embed import open_entailment
from nutgraf.adapters.llm import PatientWriter, open_writer
from nutgraf.config import Config, VerifyConfig, load_config
from nutgraf.errors import ConfigError
from nutgraf.newsroom.places import SETTINGS
from nutgraf.protocols import Entailment, Prompt, Turn, Verifier, Writer
from nutgraf.stages import verify

__all__ = ["open_verifier", "verifier_by", "verifier_here"]


def open_verifier(
    setting: VerifyConfig,
    home: Path = Path(),
    ask: Callable[[str], str] | None = None,
    asked: str = "",
) -> Verifier:
    """The rules, with the second verifier behind them that `[verify]` names, if any.

    `ask` sends a prompt to the chat model called `asked` and gives its answer; it is needed for
    `[verify] judge`. With both, what either gives least counts. Raises `MissingExtra`,
    `ModelError`, `ConfigError`.
    """
    heard: list[Entailment] = []
    if setting.entailment:
        heard.append(open_entailment(setting, home))
    if setting.judge:
        if ask is None:
            raise ConfigError(
                "[verify] judge needs a chat model, and none is named in the settings"
            )
        heard.append(verify.Asked(ask, asked))
    if not heard:
        return verify.judge
    return verify.Second(
        heard,
        withhold_below=setting.withhold_below,
        raise_from=setting.raise_from if setting.raises else None,
    )


def verifier_by(config: Config, home: Path, writer: Writer | None) -> Verifier:
    """The verifier that settings name; `writer` is the chat model that may be asked to judge.

    Raises `MissingExtra`, `ModelError`, `ConfigError`.
    """
    if writer is None:
        return open_verifier(config.verify, home)

    def ask(question: str) -> str:
        return writer.ask(Prompt(turns=[Turn("user", question)], shape=verify.Judged)).text

    return open_verifier(config.verify, home, ask, writer.name)


def verifier_here(folder: Path) -> Verifier:
    """The verifier by the settings of a folder (and the environment); the rules if they name none.

    Raises `MissingExtra`, `ModelError`, `ConfigError`.
    """
    config = load_config(folder / SETTINGS)
    asked = config.verify.judge and config.llm.model
    writer = PatientWriter(open_writer(config.llm), config.llm) if asked else None
    return verifier_by(config, folder, writer)
