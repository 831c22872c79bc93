"""Commands that look: why, search, status, doctor, backup, export."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nutgraf.cli import output
from nutgraf.cli.desk import opened
from nutgraf.cli.options import as_json, newsroom_option
from nutgraf.cli.story import print_history, story
from nutgraf.errors import NutgrafError

if TYPE_CHECKING:
    from nutgraf.newsroom import Why
    from nutgraf.newsroom.views import Placed, Told
    from nutgraf.types import Drop

__all__ = ["COMMANDS"]


def _print_told(told: list[Told]) -> None:
    for one in told:
        click.echo(f"  told in {one.edition}, rank {one.rank}: {one.headline}")


@click.command()
@click.argument("subject", metavar="URL|ID")
@newsroom_option
@as_json
def why(subject: str, place: str, json_: bool) -> None:
    """Why something was dropped, or where it was placed.

    Asks about an address, an article, a story or a feed.

    \b
    Examples:
      nutgraf why https://example.org/2026/ferry
      nutgraf why s0a1b2c3d4e5f
    """
    with opened(place) as newsroom:
        answer = newsroom.why(subject)
        if json_:
            output.json_line(answer)
        else:
            _print_why(answer, newsroom.named)


def _print_why(answer: Why, named: Callable[[str], str]) -> None:
    feed = answer.feed
    if feed:
        last = f"{feed.success_at:%Y-%m-%d %H:%M}" if feed.success_at else "never"
        click.echo(f"feed: {feed.title or feed.url}; last read {last}")
        if feed.failures:
            click.echo(f"  failed {feed.failures} times in a row: {feed.error}")
    for placed in answer.placed:
        _print_placed(placed, named)
    for drop in answer.dropped:
        when = f"{drop.at:%Y-%m-%d %H:%M}  " if drop.at else ""
        click.echo(f"dropped: {when}{_dropped(drop)}  {drop.subject}")
    for left in answer.left_out:
        click.echo(f"left out of {left.edition}: {_dropped(left.drop)}")
    if answer.history:
        click.echo("what happened to it:")
        print_history(answer.history, named)
    _print_told(answer.told)


def _dropped(drop: Drop) -> str:
    detail = f" ({drop.detail})" if drop.detail else ""
    return f"{drop.stage}: {drop.reason}{detail}"


def _print_placed(placed: Placed, named: Callable[[str], str]) -> None:
    article = placed.article
    click.echo(f"article: {article.title or '(no title)'}")
    click.echo(f"  {article.id}, {article.kind}, {article.publisher or 'outlet unknown'}")
    if article.url:
        click.echo(f"  {article.url}")
    if placed.made:
        click.echo(f"  read by {placed.made.by} from {placed.made.source}")
    if placed.revisions > 1:
        click.echo(f"  edited since: this is revision {placed.revisions}")
    if placed.origin and placed.origin.how != "own":
        quote = f": “{placed.origin.quote}”" if placed.origin.quote else ""
        click.echo(f"  origin: {named(placed.origin.first)} ({placed.origin.how}){quote}")
    if placed.placement:
        click.echo(f"  story: {placed.placement.story}, because {named(placed.placement.reason)}")
        if placed.placement.pinned:
            click.echo("  it is kept there: no repair moves it")
    _print_told(placed.told)


@click.command()
@click.argument("query")
@click.option("--limit", default=20, show_default=True)
@newsroom_option
@as_json
def search(query: str, limit: int, place: str, json_: bool) -> None:
    """Articles in which these words occur, newest first.

    \b
    Example:
      nutgraf search "ferry inquiry"
    """
    with opened(place) as newsroom:
        found = newsroom.search(query, limit)
    if json_:
        output.json_lines(found)
        return
    for article in found:
        when = (article.published or "undated")[:10]
        click.echo(f"{when:10}  {article.publisher or '-'}: {article.title}  {article.id}")
    if not found:
        output.note("Nothing found.")


@click.command()
@newsroom_option
@as_json
def status(place: str, json_: bool) -> None:
    """The newsroom at a glance.

    Counts, failing feeds, drops by reason, last editions.

    \b
    Example:
      nutgraf status
    """
    with opened(place) as newsroom:
        state = newsroom.status()
    if json_:
        output.json_line(state)
        return
    click.echo(state.database)
    for name, count in state.counts.items():
        click.echo(f"  {count:8,}  {name.replace('_', ' ')}")
    if state.drops:
        click.echo("dropped")
        for reason, count in state.drops.items():
            click.echo(f"  {count:8,}  {reason}")
    if state.feeds_failing:
        click.echo("failing feeds")
        for feed in state.feeds_failing:
            click.echo(f"  {feed.url}  {feed.error}")
    if state.editions:
        click.echo("last editions: " + ", ".join(state.editions))


@click.command()
@newsroom_option
def doctor(place: str) -> None:
    """Check the database, the editions and the model.

    \b
    Example:
      nutgraf doctor
    """
    with opened(place) as newsroom:
        problems = newsroom.doctor()
    for problem in problems:
        click.echo(problem)
    if problems:
        raise NutgrafError(f"{len(problems)} problems found")
    click.echo("All is well.")


@click.command()
@click.argument("file", metavar="FILE")
@newsroom_option
def backup(file: str, place: str) -> None:
    """Copy the database while it is in use.

    \b
    Example:
      nutgraf backup news-2026-11-17.db
    """
    with opened(place) as newsroom:
        newsroom.store.backup(Path(file))
    output.note(f"Wrote {file}")


@click.command()
@click.argument(
    "what", type=click.Choice(["articles", "editions", "drops", "feeds"]), default="articles"
)
@newsroom_option
def export(what: str, place: str) -> None:
    """Write everything of one kind to standard output.

    JSON lines; feeds as OPML.

    \b
    Examples:
      nutgraf export articles | gzip > articles.jsonl.gz
      nutgraf export feeds > subscriptions.opml
    """
    with opened(place) as newsroom:
        if what == "feeds":
            click.echo(newsroom.opml().decode(), nl=False)
        else:
            output.json_lines(newsroom.export(what))


COMMANDS = (story, why, search, status, doctor, backup, export)
