"""Where a newsroom lives: its folder, its settings file, its database."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from nutgraf.beats import starter_beat, starter_names
from nutgraf.config import Config, load_config
from nutgraf.errors import ConfigError, StoreError

__all__ = ["Place", "find", "settings_text"]

SETTINGS = "nutgraf.toml"


class Place(Struct, frozen=True):
    """A newsroom's folder, settings and the address of its database."""

    folder: Path
    config: Config
    database: str

    @property
    def out(self) -> Path:
        """The folder of the editions."""
        return self.folder / self.config.site.out

    @property
    def lock(self) -> Path:
        """The file that keeps two updates from running at once."""
        return self.folder / ".nutgraf.lock"


def find(path: str | Path = ".") -> Place:
    """The newsroom at `path`: a folder, a settings file or a database file.

    A folder without a settings file is no newsroom: raises `ConfigError` that says how to make
    one. A database file takes the settings beside it, if there are any.
    """
    given = Path(path)
    if given.is_dir():
        settings = given / SETTINGS
        if not settings.exists():
            raise ConfigError(
                f"no newsroom in {given.resolve()}: there is no {SETTINGS}; make one with "
                "`nutgraf init --beat ai`"
            )
        return _place(settings, load_config(settings))
    if given.suffix == ".toml":
        if not given.exists():
            raise ConfigError(f"{given}: no such settings file; make one with `nutgraf init`")
        return _place(given, load_config(given))
    if not given.parent.is_dir():
        raise StoreError(f"{given}: the folder {given.parent} does not exist")
    config = load_config(given.parent / SETTINGS)
    return Place(folder=given.parent, config=config, database=str(given))


def _place(settings: Path, config: Config) -> Place:
    folder = settings.parent
    if "://" in config.database:
        return Place(folder=folder, config=config, database=config.database)
    return Place(folder=folder, config=config, database=str(folder / config.database))


def settings_text(beat: str | None) -> str:
    """A first settings file, with the beat that was asked for; raises `ConfigError`."""
    lines = ["# Settings of this newsroom. All have defaults: docs/reference/settings.md", ""]
    if beat:
        if beat not in starter_names():
            known = ", ".join(starter_names())
            raise ConfigError(f"no starter beat `{beat}`; there are: {known}")
        shipped = starter_beat(beat)
        lines += [
            "[[beats]]",
            f'name = "{beat}"',
            f'starter = "{beat}"  # takes the vocabulary that ships under this name',
            f'title = "{shipped.title}"',
            "# Say in plain words what you care about; it weighs beside the starter's words.",
            '# description = "..."',
            "# must_not = []",
            "",
        ]
    lines += [
        "[site]",
        'title = "Nutgraf"',
        '# base_url = "https://news.example.org"   # permalinks in the newsletter and the feed',
        "",
        "# [mail]",
        '# host = "localhost"',
        '# to = ["me@example.org"]',
        "",
    ]
    return "\n".join(lines)
