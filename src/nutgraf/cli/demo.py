"""The demo: two days of the bundled newsroom."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from nutgraf.cli import output

if TYPE_CHECKING:
    from nutgraf.newsroom import Newsroom

__all__ = ["COMMANDS"]


@click.command()
@click.option("--out", default="demo-out", show_default=True, help="Folder to write to.")
@click.option("--no-serve", is_flag=True, help="Write the editions and leave.")
@click.option("--port", default=8017, show_default=True, help="Port of the site.")
def demo(out: str, no_serve: bool, port: int) -> None:
    """Run two days of a bundled newsroom.

    Outlets, articles and events are invented. They are served on this machine and read over
    real HTTP; no network, key or model is needed.

    \b
    Examples:
      nutgraf demo
      nutgraf demo --no-serve --out /tmp/demo
    """
    from nutgraf.demo.run import run_demo

    def serve(newsroom: Newsroom) -> None:
        from nutgraf.web.server import serve_newsroom

        serve_newsroom(newsroom, "127.0.0.1", port, output.note)

    run_demo(Path(out), output.progress, output.note, None if no_serve else serve)


COMMANDS = (demo,)
