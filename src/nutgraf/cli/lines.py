"""Commands on lines: extract, stories, figures, support."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from nutgraf.cli import output
from nutgraf.errors import DocumentError, Dropped, NutgrafError

if TYPE_CHECKING:
    from nutgraf.protocols import Embedder

__all__ = ["COMMANDS"]


@contextmanager
def _lines(file: str) -> Iterator[IO[bytes]]:
    """The lines of a file, plain or gzipped, or of standard input (`-`)."""
    if file == "-":
        yield sys.stdin.buffer
        return
    try:
        with gzip.open(file) if file.endswith(".gz") else Path(file).open("rb") as lines:
            yield lines  # type: ignore[misc]  # both read bytes by the line
    except OSError as error:
        raise DocumentError(f"{file}: {error.strerror or error}") from None


@click.command()
@click.argument("documents", nargs=-1, required=True, metavar="FILE|URL|-...")
@click.option("--url", help="The address a file was saved from.")
@click.option("--workers", default=1, show_default=True, help="Processes, for `-`.")
def extract(documents: tuple[str, ...], url: str | None, workers: int) -> None:
    """The article in each page or document, as JSON lines.

    `-` reads {"id","url","html"} lines and answers each.

    \b
    Examples:
      nutgraf extract page.html --url https://example.org/story
      nutgraf extract report.pdf https://example.org/story
      zcat pages.jsonl.gz | nutgraf extract -
    """
    from nutgraf.newsroom import extract_lines

    if documents == ("-",):
        output.json_lines(extract_lines(sys.stdin.buffer, workers))
        return
    failed = sum(not _extract_one(name, url) for name in documents)
    if failed:
        raise NutgrafError(f"{failed} of {len(documents)} documents gave no article")


def _extract_one(name: str, url: str | None) -> bool:
    """Print the articles of one document; false, with a line why, if there is none."""
    from nutgraf.cli.documents import open_fetcher
    from nutgraf.newsroom import load

    try:
        output.json_lines(load([name], open_fetcher(), url))
    except (DocumentError, Dropped) as error:
        output.json_line({"id": name, "dropped": {"stage": "extract", "reason": str(error)}})
        return False
    return True


@click.command()
@click.argument("file", default="-", metavar="[FILE|-]")
@click.option("--first", is_flag=True, help="Answer each line as it is decided, without repair.")
@click.option("--embed", metavar="MODEL", help="Sentence vectors by this model; see nutgraf model.")
def stories(file: str, first: bool, embed: str | None) -> None:
    """Put articles into stories, as JSON lines.

    Article lines in; {"id","story","also"} for each out, in input order.

    \b
    Examples:
      nutgraf stories articles.jsonl
      nutgraf extract *.html | nutgraf stories - --first
      nutgraf stories articles.jsonl --embed models/my-model
    """
    from nutgraf.newsroom import story_lines

    embedder = _embedder(embed) if embed else None
    with _lines(file) as lines:
        output.json_lines(story_lines(lines, first=first, embedder=embedder))


def _embedder(model: str) -> Embedder:
    """A model by the settings of this folder, or by the defaults if they name another."""
    from nutgraf.adapters.embed import open_embedder
    from nutgraf.config import EmbedConfig, load_config

    setting = load_config(Path("nutgraf.toml")).embed
    return open_embedder(setting if setting.model == model else EmbedConfig(model=model))


@click.command()
@click.argument("file", default="-", metavar="[FILE|-]")
def figures(file: str) -> None:
    """Line up the figures of stories, as JSON lines.

    {"story","articles"} lines in, {"story","slots"} lines out.

    \b
    Example:
      nutgraf figures stories.jsonl
    """
    from nutgraf.newsroom import figure_lines

    with _lines(file) as lines:
        output.json_lines(figure_lines(lines))


@click.command()
@click.argument("file", default="-", metavar="[FILE|-]")
def support(file: str) -> None:
    """Check claims against sources, as JSON lines.

    {"id","claim","sources"} lines in, verdicts with evidence out. A second verifier takes part if
    [verify] in this folder's nutgraf.toml names one.

    \b
    Example:
      echo '{"id":"1","claim":"Ten boats sank.","sources":[{"id":"a","text":"Ten boats sank."}]}' \\
        | nutgraf support
    """
    from nutgraf.cli.documents import configured_verifier
    from nutgraf.newsroom import support_lines

    with _lines(file) as lines:
        output.json_lines(support_lines(lines, configured_verifier()))


COMMANDS = (extract, stories, figures, support)
