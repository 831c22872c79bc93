"""`nutgraf run`: both verbs on a schedule, in the foreground, until stopped."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time
from threading import Event
from types import FrameType

from nutgraf.errors import ConfigError, NutgrafError
from nutgraf.newsroom.desk import Newsroom
from nutgraf.types import Feed

__all__ = ["issue_due", "run_forever", "why_failing"]


def issue_due(newsroom: Newsroom, now: datetime) -> bool:
    """Whether the time of day has come and some beat has no edition for the day of `now`."""
    at = _time_of_day(newsroom.config.schedule.issue_at)
    if now.astimezone(UTC).time() < at:
        return False
    done = {edition.beat for edition in newsroom.editions() if _same_day(edition.issued_at, now)}
    return any(beat.name not in done for beat in newsroom.beats())


def run_forever(newsroom: Newsroom, say: Callable[[str], None], *, once: bool = False) -> None:
    """Update every so often and issue daily, until SIGINT or SIGTERM; `once` does both now.

    What fails is said and tried again at the next turn; with `once` it is raised.
    """
    _time_of_day(newsroom.config.schedule.issue_at)  # complain before the first wait
    if not newsroom.feeds():
        raise NutgrafError("no feeds are followed yet: nutgraf add URL")
    stop = Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda _number, _frame: _set(stop, _frame))
    while not stop.is_set():
        now = datetime.now(UTC)
        try:
            _turn(newsroom, now, say, issue=once or issue_due(newsroom, now))
        except NutgrafError as error:
            if once:
                raise
            say(f"{now:%Y-%m-%d %H:%M} {error}")
        if once:
            return
        stop.wait(newsroom.config.schedule.update_every)
    say("Stopped.")


def _set(stop: Event, _frame: FrameType | None) -> None:
    stop.set()


def _turn(newsroom: Newsroom, now: datetime, say: Callable[[str], None], *, issue: bool) -> None:
    before = newsroom.store.counts()
    newsroom.update(now)
    after = newsroom.store.counts()
    failing = newsroom.status().feeds_failing
    if failing and len(failing) == len(newsroom.feeds()):
        raise NutgrafError(f"none of {len(failing)} feeds could be read: {why_failing(failing)}")
    found = after["corrections"] - before["corrections"]
    say(
        f"{now:%Y-%m-%d %H:%M} {after['articles'] - before['articles']} new articles, "
        f"{after['stories'] - before['stories']} new stories"
        + (f", corrections of what was published: {found}" if found else "")
    )
    for edition in newsroom.issue(now=now) if issue else []:
        where = newsroom.out / edition.id / "index.html"
        say(f"{now:%Y-%m-%d %H:%M} issued {edition.id}: {edition.counts.stories} stories, {where}")
    for trouble in newsroom.troubles if issue else []:
        say(f"{now:%Y-%m-%d %H:%M} {trouble}")


def why_failing(feeds: Sequence[Feed]) -> str:
    """The reasons why feeds fail, counted, most first: one line for a person."""
    reasons = Counter(feed.error.partition(":")[0] for feed in feeds)
    counted = ", ".join(f"{reason} ({count})" for reason, count in reasons.most_common(4))
    return f"{counted}; is there a network? They are tried again when due"


def _time_of_day(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise ConfigError(f'[schedule] issue_at = "{text}": give a time such as "06:00"') from None


def _same_day(one: datetime, other: datetime) -> bool:
    return one.astimezone(UTC).date() == other.astimezone(UTC).date()
