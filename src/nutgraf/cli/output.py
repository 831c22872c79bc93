"""What commands print, and how they show that they work."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from nutgraf.pipeline import Tell

__all__ = ["json_line", "json_lines", "note", "progress", "table"]

STEPS = {
    "gather": "Reading feeds",
    "extract": "Reading pages",
    "correct": "Checking edits",
    "trace": "Tracing origins",
    "place": "Finding stories",
    "measure": "Reading figures",
    "select": "Choosing stories",
    "write": "Writing briefs",
}


def json_line(value: Any) -> None:
    """One JSON value on a line of standard output.

    A reader that has left (`| head`) ends the command, and that is no error.
    """
    import msgspec

    try:
        sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Python flushes standard output once more when it exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def json_lines(values: Iterable[Any]) -> None:
    """A stream of values, a line each, written as they come."""
    for value in values:
        json_line(value)


def note(text: str) -> None:
    """A message for a person, on standard error."""
    click.echo(text, err=True)


def table(rows: Iterable[tuple[str, ...]], header: tuple[str, ...]) -> None:
    """Aligned columns on standard output; the last one is as long as it likes."""
    body = [header, *rows]
    widths = [max(len(row[i]) for row in body) for i in range(len(header) - 1)]
    for row in body:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        click.echo("  ".join([*cells, row[-1]]).rstrip())


@contextmanager
def progress(label: str = "") -> Iterator[Tell]:
    """Progress bars on standard error, one a step; nothing where that is no terminal."""
    if not sys.stderr.isatty():
        yield _silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description:<18}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    if label:
        console.print(label, style="bold")
    with Progress(*columns, console=console) as bars:
        tasks: dict[str, Any] = {}

        def tell(step: str, done: int = 0, more: int = 0) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(STEPS.get(step, step), total=0)
            total = bars.tasks[tasks[step]].total or 0
            reached = bars.tasks[tasks[step]].completed + done
            bars.update(tasks[step], total=max(total + more, reached), advance=done)

        yield tell


def _silent(step: str, done: int = 0, more: int = 0) -> None:
    """Tell nobody."""
