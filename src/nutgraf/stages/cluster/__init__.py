"""Put each article, as it comes, into a story.

One decision an article, in the order given: the nearest articles of the window are compared pair
by pair, the best story is the one whose articles are most alike, and the article joins it if it
is alike enough, measured against how alike the next stories are. A story that began twice is made
one by `repair`. Story ids come from their first article's id, so a run repeated after a crash
gives the same ones.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from msgspec import Struct, field

from nutgraf.stages.cluster.decide import decide, story_id
from nutgraf.stages.cluster.features import MADE_BY, features, unpack
from nutgraf.stages.cluster.repair import Move, repair
from nutgraf.stages.cluster.window import Window
from nutgraf.types import Article, Placement

__all__ = [
    "MADE_BY", "Move", "StoryAnswer", "Window", "features", "place", "repair", "story_id",
    "stream",
]  # fmt: skip


class StoryAnswer(Struct, frozen=True):
    """A line of `nutgraf stories`: an article's story, and others that it also tells of."""

    id: str
    story: str
    also: list[str] = field(default_factory=list)


def place(
    article: str,
    data: bytes,
    window: Window,
    when: datetime | None,
    copy_of: str | None = None,
) -> Placement:
    """Decide which story an article belongs to, and add it to the window.

    `data` is what `features` gave, `when` the time it came in (None in a stream without times).
    A near-duplicate (`copy_of`) joins its original's story; an article of the window stays in
    its story, whatever a new revision says. Raises `ValueError` for features of another version.
    """
    terms = unpack(data)
    placement = _known(article, window, copy_of) or decide(article, terms, window)
    window.add(article, placement.story, terms, when)
    return placement


def stream(articles: Iterable[Article], *, first: bool = False) -> Iterator[StoryAnswer]:
    """Answer each article once, in order: as repaired in the end, or `first` as decided.

    Memory is the window's: an answer is given when its article is about to leave the window, as
    repairs cannot reach it any more, and with `first` at once.
    """
    window = Window()
    waiting: deque[str] = deque()
    for article in articles:
        if len(waiting) == window.limit:
            yield _answer(waiting.popleft(), window)
        placement = place(article.id, features(article), window, _moment(article.published))
        if first:
            yield StoryAnswer(article.id, placement.story)
        else:
            waiting.append(article.id)
        repair(window)
    while waiting:
        yield _answer(waiting.popleft(), window)


def _answer(article: str, window: Window) -> StoryAnswer:
    return StoryAnswer(article, window.story_of(article) or story_id(article))


def _known(article: str, window: Window, copy_of: str | None) -> Placement | None:
    story = window.story_of(article)
    if story is not None:
        return Placement(article=article, story=story, score=1.0, reason="it was in it before")
    story = window.story_of(copy_of) if copy_of is not None else None
    if story is not None:
        return Placement(article=article, story=story, score=1.0, reason=f"copy of {copy_of}")
    return None


def _moment(published: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(published) if published else None
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment
