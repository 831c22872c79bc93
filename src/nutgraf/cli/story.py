"""`nutgraf story`: a story with its memory, and an editor's decisions on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from nutgraf.cli import output
from nutgraf.cli.desk import opened
from nutgraf.cli.options import as_json, newsroom_option
from nutgraf.text.dates import when_key

if TYPE_CHECKING:
    from nutgraf.newsroom import StoryView
    from nutgraf.types import Correction, Remembered, StoryEvent

__all__ = ["print_history", "story"]


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


_SHORT = 24
"""Characters of what was said before that still stand on the line of what is said now."""


def _print_story(view: StoryView, named: Callable[[str], str]) -> None:
    story = view.story
    headline = view.brief.headline.text if view.brief else "(in no edition yet)"
    click.echo(click.style(headline, bold=True))
    click.echo(f"{story.id}, {story.state}, {len(view.articles)} articles")
    if view.memory:
        click.echo("\nWhat each edition said, and what was new")
        for telling in view.memory:
            _print_telling(telling)
    if view.history:
        click.echo("\nWhat happened to it")
        print_history(view.history, named)
    click.echo("\nIts articles")
    _print_articles(view, named)


def _print_telling(telling: Remembered) -> None:
    from nutgraf.render import change_label

    told = telling.told
    click.echo(f"  {told.issued_at:%Y-%m-%d %H:%M}  {told.edition}, rank {told.rank}")
    _say("told", told.headline)
    for change in telling.changes:
        _say(change_label(change).lower(), change.text, change.was)
    for correction in telling.corrections:
        _print_correction(correction)


def _print_correction(one: Correction) -> None:
    from nutgraf.render import says_now

    _say("corrected", f"{one.at:%Y-%m-%d}: {says_now(one)}", one.was)


def _say(label: str, text: str, was: str = "") -> None:
    short = 0 < len(was) < _SHORT
    click.echo(f"    {label:10}  {text}" + (f", was {was}" if short else ""))
    if was and not short:
        click.echo(f"    {'':10}  was: {was}")


def _print_articles(view: StoryView, named: Callable[[str], str]) -> None:
    origins = {origin.article: origin for origin in view.origins}
    for article in view.articles:
        origin = origins.get(article.id)
        of = (origin.via or origin.first) if origin and origin.how != "own" else ""
        via = f"  [{origin.how}: {named(of)}]" if origin and of else ""
        when = _when(article.published)
        edits = f"  (edited, revision {article.revision})" if article.revision > 1 else ""
        title = f"{article.publisher or '-'}: {article.title}"
        click.echo(f"  {when:16}  {title}{via}{edits}")


def _when(published: str | None) -> str:
    """In UTC, like all times of the command line; a day stays a day."""
    at = when_key(published)
    if at is None:
        return published or "undated"
    return f"{at:%Y-%m-%d}" if len(published or "") == 10 else f"{at:%Y-%m-%d %H:%M}"


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


def print_history(history: list[StoryEvent], named: Callable[[str], str]) -> None:
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
