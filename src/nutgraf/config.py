"""Settings: a `nutgraf.toml` beside the database, then the environment.

Every setting has a default, so an empty file is a working one. `NUTGRAF_FETCH__DELAY=2` sets
`[fetch] delay`. An unknown setting is an error that names the nearest known one.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct, field

from nutgraf.errors import ConfigError
from nutgraf.types import Beat

__all__ = [
    "Config",
    "EmbedConfig",
    "FetchConfig",
    "LlmConfig",
    "MailConfig",
    "ScheduleConfig",
    "SiteConfig",
    "VerifyConfig",
    "load_config",
]


class FetchConfig(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the outside world is read. Times in seconds, sizes in bytes."""

    fetch_pages: bool = True
    """Read the article pages; false leaves it at what the feeds carry."""
    user_agent: str = "Nutgraf/0.1 (+https://github.com/nutgraf/nutgraf; news reader)"
    respect_robots: bool = True
    allow_private: bool = False
    """Allow loopback and private addresses (for a newsroom on your own machine)."""
    connections: int = 32
    delay: float = 1.0
    """Least time between two requests to one host."""
    timeout: float = 20.0
    max_bytes: int = 10_000_000
    """Largest body after decompression."""
    max_redirects: int = 8
    tries: int = 4
    """How often a page that fails for a passing reason is tried before it is dropped."""
    feed_interval: float = 1800.0
    """Time between two polls of a feed that works; doubled by each failure, up to a day."""
    recheck: list[float] = field(default_factory=lambda: [6 * 3600.0, 24 * 3600.0, 72 * 3600.0])
    """Ages at which a page is read again to notice an edit."""


class SiteConfig(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What readers see."""

    title: str = "Nutgraf"
    base_url: str = ""
    """Address under which the editions are published; permalinks in e-mail and feed need it."""
    out: str = "editions"
    """Folder of the editions, relative to the settings file."""
    language: str = "en"
    """Language of the edition: a model writes in it; without one a brief keeps its sources'."""


class MailConfig(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the newsletter goes."""

    host: str = "localhost"
    port: int = 25
    starttls: bool = False
    user: str = ""
    password: str = ""
    sender: str = "Nutgraf <nutgraf@localhost>"
    to: list[str] = field(default_factory=list)
    unsubscribe: str = ""
    """Address (https: or mailto:) for the List-Unsubscribe header; empty leaves it out."""


class ScheduleConfig(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When `nutgraf run` works."""

    update_every: float = 900.0
    """Seconds between two updates; a feed is polled when it is due, not at each."""
    issue_at: str = "06:00"
    """Time of day, UTC, after which the day's edition is issued."""


class EmbedConfig(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Sentence vectors, which let articles in different languages join one story.

    They need `pip install 'nutgraf[embed]'` and a model: see the tutorial.
    """

    model: str = ""
    """A folder, `package:NAME` or `hub:OWNER/NAME@REVISION`; empty leaves vectors out."""
    sha256: str = ""
    """The model's checksum as `nutgraf model` prints it; files with another one are refused."""
    prefix: str = ""
    """Put before each text; the E5 models want `"query: "`."""
    tokens: int = 256
    """How many tokens of a text are read."""
    threads: int = 1
    """Processor threads that the model may use."""


class LlmConfig(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A model that writes the briefs, on any server that speaks OpenAI's chat protocol.

    It needs `pip install 'nutgraf[llm]'`. Its sentences are checked like any others; without a
    model, or while its server is down, briefs are made of the sources' own sentences.
    """

    model: str = ""
    """The model's name as its server knows it; empty writes without one."""
    base_url: str = ""
    """Where the server is, with its version: `"http://127.0.0.1:11434/v1"`."""
    api_key: str = ""
    api_key_env: str = ""
    """Name of the environment variable that holds the key, in place of `api_key`."""
    timeout: float = 120.0
    """Seconds that one answer may take."""
    tries: int = 3
    """How often one prompt is tried while the server fails for a passing reason."""
    max_tokens: int = 3000
    """Longest answer."""
    temperature: float = 0.0
    sentences: int = 60
    """Most sentences of a story's sources that the model is shown."""
    price_in: float = 0.0
    """Price of a million tokens read; any currency, the same in all settings."""
    price_out: float = 0.0
    """Price of a million tokens written."""
    budget_tokens: int = 0
    """Most tokens that one edition may take; 0 is no limit. What is left is told without it."""
    budget: float = 0.0
    """Most money that one edition may take, likewise."""


class VerifyConfig(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A second verifier behind the rules: a model of entailment, a chat model, or both.

    By itself it may only withhold what the rules let through in other words than a source's own
    sentence. Entailment needs `pip install 'nutgraf[embed]'` and a model: see the tutorial.
    """

    entailment: str = ""
    """A folder, `package:NAME` or `hub:OWNER/NAME@REVISION`; empty leaves it out."""
    sha256: str = ""
    """The model's checksum; files with another one are refused."""
    tokens: int = 512
    """How many tokens of a passage and a claim together are read."""
    threads: int = 1
    """Processor threads that the model may use."""
    judge: bool = False
    """Ask the chat model that writes too, where one is named."""
    withhold_below: float = 0.1
    """What a second verifier gives less than this is withheld; 0 withholds nothing."""
    raises: bool = False
    """Let it publish what is in other words than the sources', if no figure, date, name, quotation,
    negation, hedge or speaker speaks against it."""
    raise_from: float = 0.95
    """What it must give for that."""


class Config(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All settings of one newsroom."""

    database: str = "news.db"
    """File name (relative to the settings file) or an SQLAlchemy URL."""
    workers: int = 1
    """Processes that extract; 1 stays in this one."""
    story_days: float = 30.0
    """A story that nothing joined for so long is closed."""
    edition_days: float = 2.0
    """How far back an edition looks for stories."""
    fetch: FetchConfig = FetchConfig()
    site: SiteConfig = SiteConfig()
    mail: MailConfig = MailConfig()
    schedule: ScheduleConfig = ScheduleConfig()
    embed: EmbedConfig = EmbedConfig()
    llm: LlmConfig = LlmConfig()
    verify: VerifyConfig = VerifyConfig()
    beats: list[Beat] = field(default_factory=list)


def load_config(path: Path | None = None, environ: Mapping[str, str] = os.environ) -> Config:
    """Read settings from `path` (a missing file is an empty one) and the environment.

    Raises `ConfigError` naming the file and the setting.
    """
    where = str(path) if path else "the environment"
    try:
        text = path.read_bytes() if path and path.exists() else b""
        raw: dict[str, Any] = msgspec.toml.decode(text)
        _apply_environment(raw, environ)
        return msgspec.convert(raw, Config, strict=False)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{where}: {_explain(str(error))}") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{where}: not TOML: {error}") from None
    except OSError as error:
        raise ConfigError(f"{where}: cannot be read: {error.strerror}") from None


def _apply_environment(raw: dict[str, Any], environ: Mapping[str, str]) -> None:
    """Lay `NUTGRAF_TABLE__KEY=value` over the file's settings, in place."""
    for name, value in environ.items():
        if not name.startswith("NUTGRAF_") or name in _NO_SETTINGS:
            continue
        *tables, key = name.removeprefix("NUTGRAF_").lower().split("__")
        table = raw
        for step in tables:
            table = table.setdefault(step, {})
        table[key] = value


def _explain(message: str) -> str:
    """Add the nearest known setting to msgspec's complaint about an unknown one."""
    if "unknown field" not in message:
        return message
    unknown = message.split("`")[1]
    known = [name for table in _TABLES for name in table.__struct_fields__]
    near = difflib.get_close_matches(unknown, known, n=1)
    return f"unknown setting `{unknown}`" + (f"; did you mean `{near[0]}`?" if near else "")


_TABLES = (
    Config, FetchConfig, SiteConfig, MailConfig, ScheduleConfig, EmbedConfig, LlmConfig, Beat,
)  # fmt: skip
_NO_SETTINGS = ("NUTGRAF_DATA", "NUTGRAF_CONFIG", "NUTGRAF_NEWSROOM")
