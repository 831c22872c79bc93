"""Two days of the bundled newsroom: update and issue on each, over real HTTP."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

from nutgraf.demo.press import DAYS, Press
from nutgraf.errors import NutgrafError
from nutgraf.newsroom import Newsroom
from nutgraf.newsroom.places import SETTINGS
from nutgraf.pipeline import Tell
from nutgraf.render import counts_line
from nutgraf.types import Edition

__all__ = ["run_demo"]

MARK = ".nutgraf-demo"
PORT = 8018
"""Port of the bundled outlets, if it is free: their addresses, and so the ids of their articles,
stay the same from one demo to the next."""

TEXT = """# The demo's newsroom: outlets on this machine, so private addresses are allowed.

[[beats]]
name = "world"
starter = "world"
title = "The World"

[[beats]]
name = "ai"
starter = "ai"
title = "Machine Intelligence"

[site]
title = "The Nutgraf Demo"

[fetch]
allow_private = true
delay = 0.0
"""


def run_demo(
    out: Path,
    progress: Callable[[str], AbstractContextManager[Tell]],
    say: Callable[[str], None],
    serve: Callable[[Newsroom], None] | None = None,
) -> None:
    """Write the editions of two days to `out`, then `serve` them while the outlets still answer.

    Raises `NutgrafError` if `out` holds something that is not an earlier demo.
    """
    _clear(out)
    with ExitStack() as stack:
        press = _enter_press(stack)
        newsroom = stack.enter_context(Newsroom.open(out))
        newsroom.following.add(press.feeds())
        for number, now in enumerate(DAYS, start=1):
            press.day = number
            with progress(f"Day {number}: {now:%A, %d %B %Y}") as tell:
                newsroom.update(now, tell)
                editions = newsroom.issue(now=now, tell=tell)
            for edition in editions:
                _say_edition(edition, newsroom, say)
        if serve is not None:
            serve(newsroom)


def _enter_press(stack: ExitStack) -> Press:
    """The outlets on their usual port, or on any other if that is taken."""
    try:
        return stack.enter_context(Press(PORT))
    except NutgrafError:
        return stack.enter_context(Press(0))


def _clear(out: Path) -> None:
    """Make `out` an empty newsroom; only what an earlier demo wrote is taken away."""
    if out.exists() and any(out.iterdir()) and not (out / MARK).exists():
        raise NutgrafError(f"{out} holds something that is not a demo; give another --out")
    try:
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir(parents=True, exist_ok=True)
        (out / MARK).write_text("Made by nutgraf demo; the next one replaces it.\n")
        (out / SETTINGS).write_text(TEXT, encoding="utf-8")
    except OSError as error:
        raise NutgrafError(f"cannot write to {out}: {error.strerror}") from None


def _say_edition(edition: Edition, newsroom: Newsroom, say: Callable[[str], None]) -> None:
    say(f"{edition.title}, {edition.issued_at:%d %B}: {counts_line(edition)}")
    say(f"  {newsroom.out / edition.id / 'index.html'}")
