"""The scorecard: eval."""

from __future__ import annotations

from pathlib import Path

import click

from nutgraf.cli import output
from nutgraf.cli.options import as_json
from nutgraf.errors import NutgrafError

__all__ = ["COMMANDS"]


@click.command("eval")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option(
    "--data",
    default="../shared/data",
    envvar="NUTGRAF_DATA",
    show_default=True,
    help="Folder of the labelled data.",
)
@as_json
def evaluate(names: tuple[str, ...], data: str, json_: bool) -> None:
    """Measure quality on labelled data: the scorecard.

    `support` measures the verifier of this folder's settings, with the model that [verify] names.

    \b
    Examples:
      nutgraf eval
      nutgraf eval stories support --data ../shared/data
    """
    from nutgraf.cli.documents import configured_verifier
    from nutgraf.evals import scorecard

    if not Path(data).is_dir():
        raise NutgrafError(f"no labelled data in {data}: give its folder with --data")
    for name, measures in scorecard(names, Path(data), configured_verifier()):
        if json_:
            output.json_line({"eval": name, "measures": measures})
            continue
        click.echo(click.style(name, bold=True))
        for measure, value in measures.items():
            click.echo(f"  {value:8.3f}  {measure}")


COMMANDS = (evaluate,)
