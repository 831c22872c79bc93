"""Commands that look: story, why, search, status, doctor, backup, export."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nutgraf.cli import output
from nutgraf.cli.desk import opened
from nutgraf.cli.options import as_json, newsroom_option
from nutgraf.errors import NutgrafError

if TYPE_CHECKING:
    from nutgraf.newsroom import StoryView, Why
    from nutgraf.newsroom.views import Placed, Told
    from nutgraf.types import Drop, StoryEvent

__all__ = ["COMMANDS"]


@click.command()
@click.argument("id", metavar="ID")
@click.option("--merge", metavar="OTHER", help="Put the articles of another story into this one.")
@click.option("--split", multiple=True, metavar="ARTICLE...", help="Make a story of these.")
@click.option("--undo", is_flag=True, help="Take back its last repair or edit.")
@click.argument("more", nargs=-1, metavar="")
@newsroom_option
@as_json
def story(
    id: str,
    merge: str | None,
    split: tuple[str, ...],
    undo: bool,
    more: tuple[str, ...],
    place: str,
    json_: bool,
) -> None:
    """A story with its articles and its memory.

    An editor may merge it with another, split articles off or undo its last change; what the
    stories hold then is never moved by the machine.

    \b
    Examples:
      nutgraf story s0a1b2c3d4e5f --json
      nutgraf story s0a1b2c3d4e5f --merge s9f8e7d6c5b4a
      nutgraf story s0a1b2c3d4e5f --split https://example.org/a https://example.org/b
      nutgraf story s0a1b2c3d4e5f --undo
    """
    if sum((merge is not None, bool(split), undo)) > 1:
        raise click.UsageError("--merge, --split and --undo: one at a time")
    if more and not split:
        raise click.UsageError(f"unexpected {more[0]}: articles stand after --split")
    with opened(place) as newsroom:
        if merge is not None:
            output.note(f"{merge} is part of {newsroom.editing.merge(id, merge)} now")
        elif split:
            new = newsroom.editing.split(id, [*split, *more])
            output.note(f"They are a story of their own now: {new}")
        elif undo:
            back = newsroom.editing.undo(id)
            count = "1 article" if len(back) == 1 else f"{len(back)} articles"
            output.note(f"The last change is taken back: {count} moved")
        view = newsroom.story(id)
        if json_:
            output.json_line(view)
        else:
            _print_story(view, newsroom.named)


def _print_story(view: StoryView, named: Callable[[str], str]) -> None:
    story = view.story
    headline = view.brief.headline.text if view.brief else "(in no edition yet)"
    click.echo(click.style(headline, bold=True))
    click.echo(f"{story.id}, {story.state}, {len(view.articles)} articles\n")
    origins = {origin.article: origin for origin in view.origins}
    for article in view.articles:
        origin = origins.get(article.id)
        of = (origin.via or origin.first) if origin and origin.how != "own" else ""
        via = f"  [{origin.how}: {named(of)}]" if origin and of else ""
        when = (article.published or "undated")[:16].replace("T", " ")
        click.echo(f"  {when:16}  {article.publisher or '-'}: {article.title}{via}")
    _print_history(view.history, named)
    _print_told(view.told)


_HAPPENED = {
    "created": "began with {article}",
    "joined": "{article} came in{other}",
    "followed": "follow-up, {quiet} days after the last article: {article} came in",
    "left": "{article} went to {other}",
    "merged": "became one with {other}",
    "split": "parted from {other}",
    "moved": "articles moved between it and {other}",
    "undone": "a change was taken back, between it and {other}",
}


def _print_history(history: list[StoryEvent], named: Callable[[str], str]) -> None:
    for event in history:
        said = _HAPPENED[event.what].format(
            article=named(event.article),
            other=f" from {event.other}" if event.what == "joined" and event.other else event.other,
            quiet=(event.at - event.since).days if event.since else 0,
        )
        if event.since and event.what != "followed":
            said += f", a follow-up {(event.at - event.since).days} days after its last article"
        reason = f" ({named(event.reason)})" if event.reason else ""
        click.echo(f"  {event.at:%Y-%m-%d %H:%M}  {event.story} {said}{reason}")


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
        _print_history(answer.history, named)
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
