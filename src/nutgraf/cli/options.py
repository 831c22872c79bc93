"""Options that several commands share."""

from __future__ import annotations

import click

__all__ = ["as_json", "beat", "newsroom_option", "when"]


newsroom_option = click.option(
    "--newsroom",
    "-C",
    "place",
    default=".",
    envvar="NUTGRAF_NEWSROOM",
    metavar="PATH",
    help="The newsroom's folder, settings file or database.  [default: this folder]",
)
as_json = click.option("--json", "json_", is_flag=True, help="Answer in JSON.")
when = click.option(
    "--now",
    metavar="TIME",
    hidden=True,
    help="Act as if it were this time (ISO 8601 with zone).",
)
beat = click.option("--beat", metavar="NAME", help="Only this beat.")
