"""The JSON Lines commands: a line in, a line out, in input order, whatever the line holds.

A line that cannot be used is answered with `{"id", "dropped": {"stage", "reason"}}`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from msgspec import Struct

from nutgraf.adapters.documents import lenient
from nutgraf.adapters.embed import article_text
from nutgraf.adapters.engines import engine
from nutgraf.adapters.html import read_page
from nutgraf.errors import Dropped, NutgrafError
from nutgraf.protocols import Embedder, Verifier
from nutgraf.stages import cluster, extract, figures, verify
from nutgraf.types import Article, Slot, Support

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["DroppedLine", "extract_lines", "figure_lines", "story_lines", "support_lines"]

T = TypeVar("T")


class DropReason(Struct, frozen=True):
    """The stage that could not go on, and why."""

    stage: str
    reason: str


class DroppedLine(Struct, frozen=True):
    """The answer to a line that cannot be used."""

    id: str | None
    dropped: DropReason


class HtmlLine(Struct, frozen=True):
    """A page to extract: in."""

    id: str
    html: str
    url: str | None = None


class StoryLine(Struct, frozen=True):
    """The articles of one story: in."""

    story: str
    articles: list[Article]


class SlotsLine(Struct, frozen=True):
    """The ledger of one story: out."""

    story: str
    slots: list[Slot]


class SourceLine(Struct, frozen=True):
    """A source of a claim: in."""

    id: str
    text: str


class ClaimLine(Struct, frozen=True):
    """A claim and its sources: in."""

    id: str
    claim: str
    sources: list[SourceLine]


def extract_lines(
    lines: Iterable[bytes | str], workers: int = 1
) -> Iterator[Article | DroppedLine]:
    """`{"id","url","html"}` lines to article lines, one process or several."""
    parsed = (_parse(line, HtmlLine, "id") for line in lines)
    with engine(workers) as runs:
        for item, answer in runs.map(_extract, parsed):
            if isinstance(answer, Dropped):
                yield _dropped(getattr(item, "id", None), "extract", answer)
            else:
                yield answer


def _extract(item: HtmlLine | DroppedLine) -> Article | DroppedLine:
    if isinstance(item, DroppedLine):
        return item
    document = read_page(item.html.encode("utf-8", "replace"), item.url or "", "text/html")
    article = extract.from_document(document, item.url)
    return msgspec.structs.replace(article, id=item.id)


def story_lines(
    lines: Iterable[bytes | str], *, first: bool = False, embedder: Embedder | None = None
) -> Iterator[cluster.StoryAnswer | DroppedLine]:
    """Article lines to `{"id","story","also"}` lines: final state, or with `first` as decided.

    With an `embedder`, articles in different languages can be of one story.
    """
    waiting: deque[DroppedLine | None] = deque()  # None stands for an article under way

    def articles() -> Iterator[Article]:
        for line in lines:
            item = _parse(line, Article, "id")
            if isinstance(item, DroppedLine):
                waiting.append(item)
            else:
                waiting.append(None)
                yield item

    vector = _vector_by(embedder) if embedder else None
    for answer in cluster.stream(articles(), first=first, vector=vector):
        while (drop := waiting.popleft()) is not None:
            yield drop
        yield answer
    yield from (drop for drop in waiting if drop is not None)


def _vector_by(embedder: Embedder) -> Callable[[Article], NDArray[np.float32]]:
    def vector(article: Article) -> NDArray[np.float32]:
        found: NDArray[np.float32] = embedder.embed([article_text(article)])[0]
        return found

    return vector


def figure_lines(lines: Iterable[bytes | str]) -> Iterator[SlotsLine | DroppedLine]:
    """`{"story","articles"}` lines to `{"story","slots"}` lines."""
    for line in lines:
        item = _parse(line, StoryLine, "story")
        yield item if isinstance(item, DroppedLine) else _slots(item)


def _slots(item: StoryLine) -> SlotsLine:
    found = [figure for article in item.articles for figure in figures.read(article)]
    return SlotsLine(story=item.story, slots=figures.ledger(found, item.articles))


def support_lines(
    lines: Iterable[bytes | str], verifier: Verifier = verify.judge
) -> Iterator[Support | DroppedLine]:
    """`{"id","claim","sources"}` lines to verdicts."""
    for line in lines:
        item = _parse(line, ClaimLine, "id")
        if isinstance(item, DroppedLine):
            yield item
            continue
        sources = [Article(id=source.id, text=source.text) for source in item.sources]
        support = verifier(item.claim, sources)
        yield msgspec.structs.replace(support, id=item.id)


def _parse(line: bytes | str, shape: type[T], key: str) -> T | DroppedLine:
    """A line as `shape`, or the answer that says what is wrong with it."""
    try:
        return msgspec.json.decode(line, type=shape)
    except msgspec.ValidationError:
        return _leniently(line, shape, key)
    except (msgspec.DecodeError, UnicodeError) as error:
        return DroppedLine(None, DropReason("read", f"not JSON: {error}"))


def _leniently(line: bytes | str, shape: type[T], key: str) -> T | DroppedLine:
    try:
        return msgspec.convert(lenient(msgspec.json.decode(line)), shape)
    except msgspec.ValidationError as error:
        return DroppedLine(_id_of(line, key), DropReason("read", str(error)))


def _id_of(line: bytes | str, key: str) -> str | None:
    raw: Any = msgspec.json.decode(line)
    return str(raw[key]) if isinstance(raw, dict) and key in raw else None


def _dropped(id: str | None, stage: str, error: NutgrafError) -> DroppedLine:
    return DroppedLine(id, DropReason(stage, str(error)))
