"""Which feeds a newsroom follows: adding, checking, leaving."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from nutgraf.adapters.feeds import find_feeds, parse_feed
from nutgraf.adapters.opml import read_opml
from nutgraf.config import Config
from nutgraf.errors import Dropped, FeedUnreadable, NutgrafError
from nutgraf.newsroom.views import FeedCheck
from nutgraf.protocols import Fetcher, Store
from nutgraf.types import Feed, Page, Request

__all__ = ["Following"]


class Following:
    """Adds feeds by URL, by the page that names them or by OPML file, and checks them."""

    def __init__(self, store: Store, fetcher: Fetcher, config: Config) -> None:
        self._store = store
        self._fetcher = fetcher
        self._config = config

    def add(self, sources: Iterable[str], *, check: bool = True) -> list[FeedCheck]:
        """Follow feeds; how each answered, in the order given.

        A source is a feed's URL, a page that links to its feed, or an OPML file. A feed that
        does not answer now is followed all the same: it may tomorrow, and its health says so.
        A page without a feed is not. Without `check` nothing is fetched and URLs are taken as
        feeds. Raises `DocumentError` for an OPML file that cannot be read.
        """
        feeds = [feed for source in sources for feed in _feeds_of(source)]
        if not check:
            return [self._follow(feed, FeedCheck(url=feed.url, ok=True)) for feed in feeds]
        answers = self._fetch(feed.url for feed in feeds)
        done: list[FeedCheck] = []
        for feed in feeds:
            done.extend(self._add_one(feed, answers[feed.url]))
        return done

    def check(self, urls: Iterable[str] | None = None) -> list[FeedCheck]:
        """Ask each feed followed whether it answers; nothing is stored."""
        asked = list(urls) if urls is not None else [feed.url for feed in self._store.feeds()]
        answers = self._fetch(asked)
        return [_checked(url, answers[url]) for url in asked]

    def remove(self, url: str) -> bool:
        """Stop following; what it brought stays. False if it was not followed."""
        return self._store.remove_feed(url)

    def _fetch(self, urls: Iterable[str]) -> dict[str, Page | Dropped]:
        requests = [Request(key=url, url=url) for url in dict.fromkeys(urls)]
        return {request.key: answer for request, answer in self._fetcher.fetch(requests)}

    def _add_one(self, feed: Feed, answer: Page | Dropped) -> Iterator[FeedCheck]:
        checked = _checked(feed.url, answer)
        links = find_feeds(answer.body, answer.url) if isinstance(answer, Page) else []
        if checked.ok or not isinstance(answer, Page):
            yield self._follow(feed, checked)
        elif links:
            for check in self.check(links):
                yield self._follow(Feed(url=check.url), check)
        else:
            yield checked

    def _follow(self, feed: Feed, check: FeedCheck) -> FeedCheck:
        title = feed.title or check.title
        new = self._store.add_feed(Feed(url=feed.url, title=title, outlet=feed.outlet or title))
        if new:
            return check
        return FeedCheck(
            url=check.url,
            ok=check.ok,
            entries=check.entries,
            title=check.title,
            problem=check.problem or "followed already",
        )


def _feeds_of(source: str) -> list[Feed]:
    if source.startswith(("http://", "https://")):
        return [Feed(url=source)]
    path = Path(source)
    if path.suffix.lower() in (".opml", ".xml") or path.exists():
        try:
            return read_opml(path.read_bytes(), name=source)
        except OSError as error:
            raise NutgrafError(f"{source}: {error.strerror}") from None
    raise NutgrafError(f"{source}: not a web address (https://...) and not an OPML file")


def _checked(url: str, answer: Page | Dropped) -> FeedCheck:
    if isinstance(answer, Dropped):
        return FeedCheck(url=url, ok=False, problem=str(answer))
    try:
        parsed = parse_feed(answer.body, answer.content_type, answer.url)
    except FeedUnreadable as error:
        return FeedCheck(url=url, ok=False, problem=str(error))
    return FeedCheck(url=url, ok=True, entries=len(parsed.entries), title=parsed.title)
