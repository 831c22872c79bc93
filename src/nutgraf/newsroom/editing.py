"""An editor's decisions on stories: the machine neither undoes nor repeats them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime

from nutgraf.errors import NotFound, NutgrafError
from nutgraf.protocols import Store
from nutgraf.stages import cluster
from nutgraf.types import Made, Placement, Story

__all__ = ["Editing"]


class Editing:
    """Merge stories, split them, take changes back; what they hold then stays where it is.

    `alone` gives a lock that no update holds. Ids of stories may be old ones, of merged stories.
    """

    def __init__(self, store: Store, alone: Callable[[], AbstractContextManager[object]]) -> None:
        self._store, self._alone = store, alone

    def merge(self, id: str, other: str, now: datetime | None = None) -> str:
        """Put the articles of story `other` into story `id`, to which its id then leads; that id.

        Raises `NotFound` for an unknown story, `NutgrafError` if the two are one already.
        """
        with self._alone(), self._store.transaction():
            into, gone = self._story(id), self._story(other)
            if into.id == gone.id:
                raise NutgrafError(f"{id} and {other} are one story already: {into.id}")
            self._move(gone.articles, into.id, "an editor put the two stories together", now)
            return into.id

    def split(self, id: str, articles: Sequence[str], now: datetime | None = None) -> str:
        """Make a story of some articles of story `id`, given by id or address; its id.

        Raises `NotFound` for an unknown story or article, `NutgrafError` for an article of another
        story, or if nothing would be left.
        """
        with self._alone(), self._store.transaction():
            story = self._story(id)
            wanted = {self._article(article, story) for article in articles}
            chosen = [article for article in story.articles if article in wanted]
            if not chosen:
                raise NutgrafError(f"name the articles of {story.id} that are to leave it")
            if len(chosen) == len(story.articles):
                raise NutgrafError(f"these are all the articles of {story.id}: nothing to split")
            new = self._free_id(chosen[0])
            self._move(chosen, new, "an editor made a story of its own of them", now)
            return new

    def undo(self, id: str, now: datetime | None = None) -> list[str]:
        """Take back the last repair or edit of story `id`; the articles that went back.

        Raises `NotFound` for an unknown story, `NutgrafError` if there is nothing to take back.
        """
        with self._alone():
            story = self._story(id)
            reason, when = "an editor took the last change back", now or datetime.now(UTC)
            back = self._store.undo_moves(story.id, reason, _made(story.id), when)
            if not back:
                raise NutgrafError(f"nothing to undo: no repair or edit changed story {story.id}")
            return back

    def _move(self, articles: Sequence[str], story: str, reason: str, now: datetime | None) -> None:
        moves = [Placement(article=a, story=story, score=1.0, reason=reason) for a in articles]
        self._store.move_articles(moves, _made(story), now or datetime.now(UTC), pin=True)

    def _story(self, id: str) -> Story:
        story = self._store.story(id)
        if story is None:
            raise NotFound(f"no story {id}")
        return story

    def _article(self, id_or_url: str, story: Story) -> str:
        article = self._store.article(id_or_url)
        if article is None:
            raise NotFound(f"no article {id_or_url}")
        if article.id not in story.articles:
            raise NutgrafError(f"article {id_or_url} is not in story {story.id}")
        return article.id

    def _free_id(self, article: str) -> str:
        """The id of a story that this article is the first of, or of its second, third..."""
        found, number = cluster.story_id(article), 1
        while self._store.story(found) is not None:
            number += 1
            found = cluster.story_id(f"{article} {number}")
        return found


def _made(story: str) -> Made:
    return Made(by="editor", source=story)
