"""Stories of a stream that is read once."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct, field

from nutgraf.stages.cluster.decide import Scorer, story_id
from nutgraf.stages.cluster.model import shipped
from nutgraf.stages.cluster.place import place
from nutgraf.stages.cluster.repair import repair
from nutgraf.stages.cluster.terms import features
from nutgraf.stages.cluster.window import Vector, Window
from nutgraf.types import Article

__all__ = ["StoryAnswer", "stream"]

_EVERY, _LAST = 50, 300
"""Articles between two repairs, and those that are looked at again when the stream ends."""


class StoryAnswer(Struct, frozen=True):
    """A line of `nutgraf stories`: an article's story, and others that it also tells of.

    A roundup that belongs to no story in particular has none, only those it also tells of.
    """

    id: str
    story: str | None
    also: list[str] = field(default_factory=list)


def stream(
    articles: Iterable[Article],
    *,
    first: bool = False,
    limit: int = 20_000,
    vector: Callable[[Article], Vector] | None = None,
    score: Scorer = shipped,
) -> Iterator[StoryAnswer]:
    """Answer each article once, in order: as repaired in the end, or `first` as decided.

    Memory is the window's (`limit` articles): an answer is given when its article is about to
    leave the window, as repairs cannot reach it any more, and with `first` at once.
    """
    window = Window(limit)
    waiting: deque[str] = deque()
    for number, article in enumerate(articles, 1):
        if len(waiting) == window.limit:
            yield _answer(waiting.popleft(), window)
        given = vector(article) if vector else None
        place(article.id, features(article), window, vector=given, score=score)
        if first:
            yield _answer(article.id, window)
        else:
            waiting.append(article.id)
        if number % _EVERY == 0:
            repair(window, score)
    window.touched.update(dict.fromkeys(window.latest(_LAST)))
    repair(window, score)
    while waiting:
        yield _answer(waiting.popleft(), window)


def _answer(article: str, window: Window) -> StoryAnswer:
    story = window.story_of(article) or story_id(article)
    also = window.also(article)
    alone = window.is_bridge(article) and len(window.stories.get(story, ())) == 1
    return StoryAnswer(article, None if alone else story, also)
