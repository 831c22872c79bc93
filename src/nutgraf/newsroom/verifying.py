"""Which verifier the settings ask for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from nutgraf.adapters.embed import open_entailment
from nutgraf.config import VerifyConfig
from nutgraf.errors import ConfigError
from nutgraf.protocols import Entailment, Verifier
from nutgraf.stages import verify

__all__ = ["open_verifier"]


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
