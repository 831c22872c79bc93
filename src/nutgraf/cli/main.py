"""The `nutgraf` command: all subcommands in one group, and what an error looks like.

JSON goes to standard output, progress and messages to standard error. Exit codes: 0 done, 1 could
not do it (one clear line why), 2 wrong usage.
"""

from __future__ import annotations

import sys

import click

from nutgraf import __version__
from nutgraf.cli import demo, desk, documents, lines, look, measure, model
from nutgraf.errors import NutgrafError

__all__ = ["main", "nutgraf"]


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="nutgraf")
def nutgraf() -> None:
    """A news desk that shows its work.

    Follow feeds, put the articles about one event together as one story, and issue a daily
    edition in which every sentence carries the exact words it rests on.

    \b
    First steps:
      nutgraf demo                      two days of a bundled newsroom
      nutgraf init --beat ai my-desk    a newsroom of your own
      nutgraf -h COMMAND, or nutgraf COMMAND -h
    """


for module in (demo, desk, look, documents, lines, measure, model):
    for command in module.COMMANDS:
        nutgraf.add_command(command)


def main() -> None:
    """Entry point of the `nutgraf` command."""
    try:
        nutgraf()
    except NutgrafError as error:
        click.echo(f"nutgraf: {error}", err=True)
        sys.exit(1)
