"""Commands that run a newsroom: init, add, feeds, update, issue, run, serve, send."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from nutgraf.cli import output
from nutgraf.cli.options import as_json, beat, newsroom_option, when
from nutgraf.errors import NutgrafError

if TYPE_CHECKING:
    from nutgraf.newsroom import FeedCheck, Newsroom
    from nutgraf.types import Edition, Feed

__all__ = ["COMMANDS"]


def opened(place: str) -> Newsroom:
    """The newsroom at `place`; the import is here because it is heavy."""
    from nutgraf.newsroom import Newsroom

    return Newsroom.open(place)


def _time(now: str | None) -> datetime | None:
    if now is None:
        return None
    try:
        time = datetime.fromisoformat(now)
    except ValueError:
        raise click.BadParameter(f"{now}: not an ISO 8601 time", param_hint="--now") from None
    if time.tzinfo is None:
        raise click.BadParameter(f"{now}: give a zone, as in {now}Z", param_hint="--now")
    return time


@click.command()
@click.option("--beat", metavar="NAME", help="Follow a starter set of feeds: ai, world, security.")
@click.argument("folder", default=".", metavar="[DIR]")
def init(beat: str | None, folder: str) -> None:
    """Make a newsroom: a folder with nutgraf.toml and news.db.

    \b
    Examples:
      nutgraf init --beat ai my-desk
      nutgraf init && nutgraf add https://example.org/feed.xml
    """
    from nutgraf.newsroom import Newsroom

    with Newsroom.init(folder, beat) as newsroom:
        count = len(newsroom.feeds())
    output.note(f"A newsroom in {folder}, following {count} feeds.")
    there = "" if folder == "." else f"cd {folder} && "
    if count:
        output.note(f"Next: {there}nutgraf run   (or: {there}nutgraf feeds --check)")
    else:
        output.note(f"Next: {there}nutgraf add URL, then nutgraf update && nutgraf issue")


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="URL|OPML...")
@click.option("--no-check", is_flag=True, help="Follow without asking whether the feed answers.")
@newsroom_option
@as_json
def add(sources: tuple[str, ...], no_check: bool, place: str, json_: bool) -> None:
    """Follow feeds.

    A source is a feed's address, a page that links to its feed, or an OPML file.

    \b
    Examples:
      nutgraf add https://example.org/feed.xml
      nutgraf add https://example.org/        the page names its feed
      nutgraf add subscriptions.opml --no-check
    """
    with opened(place) as newsroom:
        checks = newsroom.following.add(sources, check=not no_check)
        known = {feed.url for feed in newsroom.feeds()}
    _print_checks(checks, json_, known)
    if not any(check.url in known for check in checks):
        raise NutgrafError("nothing was added")


@click.command()
@click.option("--check", is_flag=True, help="Ask every feed now whether it answers.")
@click.option("--remove", metavar="URL", help="Stop following a feed; what it brought stays.")
@newsroom_option
@as_json
def feeds(check: bool, remove: str | None, place: str, json_: bool) -> None:
    """List the feeds followed, with the health of each.

    \b
    Examples:
      nutgraf feeds
      nutgraf feeds --check
      nutgraf feeds --remove https://example.org/feed.xml
    """
    with opened(place) as newsroom:
        if remove:
            if not newsroom.following.remove(remove):
                raise NutgrafError(f"{remove} is not followed")
            output.note(f"No longer following {remove}")
            return
        if check:
            _print_checks(newsroom.following.check(), json_, set())
            return
        followed = newsroom.feeds()
    if json_:
        output.json_lines(followed)
    elif followed:
        output.table(map(_feed_row, followed), ("LAST SUCCESS", "NEXT DUE", "FEED", "PROBLEM"))
    else:
        output.note("No feeds are followed yet: nutgraf add URL")


def _feed_row(feed: Feed) -> tuple[str, str, str, str]:
    problem = "gone" if feed.state == "gone" else feed.error if feed.failures else ""
    return (_short(feed.success_at) or "never", _short(feed.due_at) or "now", feed.url, problem)


def _short(time: datetime | None) -> str:
    return f"{time:%Y-%m-%d %H:%M}" if time else ""


def _print_checks(checks: list[FeedCheck], json_: bool, known: set[str]) -> None:
    if json_:
        output.json_lines(checks)
        return
    for check in checks:
        if check.ok:
            outcome = f"ok, {check.entries} entries" + (f": {check.title}" if check.title else "")
        else:
            kept = " (followed all the same; it is tried again)" if check.url in known else ""
            outcome = f"{check.problem}{kept}"
        click.echo(f"{check.url}  {outcome}")


@click.command()
@newsroom_option
@when
def update(place: str, now: str | None) -> None:
    """Read what is due and put it into stories.

    \b
    Example:
      nutgraf update -C my-desk
    """
    with opened(place) as newsroom, output.progress("Updating") as tell:
        before = newsroom.status()
        newsroom.update(_time(now), tell)
        after = newsroom.status()
    gained = {name: count - before.counts.get(name, 0) for name, count in after.counts.items()}
    words = ("entries", "articles", "revisions", "stories")
    output.note(", ".join(f"{gained.get(word, 0)} new {word}" for word in words))
    if found := gained.get("corrections"):
        said = "1 correction" if found == 1 else f"{found} corrections"
        output.note(f"{said} of what was published: an article was edited; the pages say so now")
    _complain(after.feeds_failing, after.counts.get("feeds", 0))


def _complain(failing: list[Feed], followed: int) -> None:
    """One line on feeds that failed; an error if none at all could be read."""
    if not followed:
        raise NutgrafError("no feeds are followed yet: nutgraf add URL")
    if failing and len(failing) == followed:
        from nutgraf.newsroom.schedule import why_failing

        raise NutgrafError(f"none of {followed} feeds could be read: {why_failing(failing)}")
    if failing:
        output.note(f"{len(failing)} of {followed} feeds failed; nutgraf feeds tells which")


@click.command()
@beat
@newsroom_option
@when
@as_json
def issue(beat: str | None, place: str, now: str | None, json_: bool) -> None:
    """Issue today's edition of every beat.

    Chooses, ranks, writes, verifies, freezes and writes it to the editions' folder. An edition
    is frozen: issuing twice on a day gives the same one.

    \b
    Examples:
      nutgraf issue
      nutgraf issue --beat ai --json
    """
    with opened(place) as newsroom:
        with output.progress("Issuing") as tell:
            editions = newsroom.issue(beat, _time(now), tell)
        if not editions:
            output.note("Nothing to issue: no story was good enough. nutgraf status counts why")
        for edition in editions:
            if json_:
                output.json_line(edition)
            else:
                _print_edition(edition, newsroom)
        for trouble in newsroom.troubles:
            output.note(trouble)


def _print_edition(edition: Edition, newsroom: Newsroom) -> None:
    from nutgraf.render import counts_line, usage_line

    click.echo(f"{edition.title}, no. {edition.number}, {edition.id}: {counts_line(edition)}")
    for item in edition.stories:
        sources, origins = len(item.brief.sources), item.brief.origins
        click.echo(f"{item.rank:3}  {item.brief.headline.text}")
        click.echo(f"     {sources} sources, {origins} origins   nutgraf story {item.brief.story}")
    if edition.usage:
        click.echo(f"     {usage_line(edition.usage)}")
    click.echo(f"     {newsroom.out / edition.id / 'index.html'}")


@click.command()
@click.option("--once", is_flag=True, help="Update and issue once, then end.")
@newsroom_option
def run(once: bool, place: str) -> None:
    """Update every few minutes and issue daily, until stopped.

    When: [schedule] in nutgraf.toml (update_every, issue_at).

    \b
    Example:
      nutgraf run -C my-desk
    """
    from nutgraf.newsroom.schedule import run_forever

    with opened(place) as newsroom:
        run_forever(newsroom, output.note, once=once)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8017, show_default=True)
@newsroom_option
def serve(host: str, port: int, place: str) -> None:
    """Serve the editions and the API on a web address.

    \b
    Example:
      nutgraf serve --port 8017
    """
    from nutgraf.web.server import serve_newsroom

    with opened(place) as newsroom:
        serve_newsroom(newsroom, host, port, output.note)


@click.command()
@click.option("--dry-run", is_flag=True, help="Print the mail instead of sending it.")
@click.argument("edition", required=False)
@newsroom_option
def send(dry_run: bool, edition: str | None, place: str) -> None:
    """Send an edition's newsletter.

    Goes to the addresses in [mail] of nutgraf.toml; the latest edition if none is named.

    \b
    Examples:
      nutgraf send --dry-run
      nutgraf send ai-2026-11-17
    """
    from nutgraf.adapters.mail import send_mail

    with opened(place) as newsroom:
        chosen = [newsroom.edition(edition)] if edition else newsroom.editions()[:1]
        if not chosen:
            raise NutgrafError("no edition to send yet: nutgraf issue")
        message = newsroom.newsletter(chosen[0])
        if dry_run:
            click.echo(message.decode("utf-8", "replace"))
            return
        send_mail(message, newsroom.config.mail)
        output.note(f"Sent {chosen[0].id} to {len(newsroom.config.mail.to)} addresses")


COMMANDS = (init, add, feeds, update, issue, run, serve, send)
