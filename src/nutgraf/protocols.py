"""What the flow needs from the outside world, as protocols.

A seam is here once two real implementations stand behind it: `Fetcher` is HTTP or saved
responses, `Engine` this process or a pool of them, `Embedder` a model or the vectors stored of
one, `Writer` a model behind HTTP or the answers stored of one, `Verifier` the rules alone or with a
second one behind them, `Entailment` a model of it or a chat model that is asked. `Store` is SQLite,
written in portable SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

from msgspec import Struct

from nutgraf.errors import Dropped
from nutgraf.types import (
    Article,
    Correction,
    Drop,
    Edition,
    Entry,
    Feed,
    Figure,
    Made,
    Origin,
    Page,
    PageDue,
    PageState,
    Placement,
    Reading,
    Request,
    Story,
    StoryEvent,
    Support,
    Told,
    Usage,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "Answer", "Embedder", "Engine", "Entailment", "Fetcher", "Prompt", "Store", "Turn", "Verifier",
    "Writer",
]  # fmt: skip

T = TypeVar("T")
R = TypeVar("R")


class Fetcher(Protocol):
    """Gets URLs, politely, many at a time."""

    def fetch(self, requests: Iterable[Request]) -> Iterator[tuple[Request, Page | Dropped]]:
        """Answer each request once, in the order the answers come.

        Lazy on both sides: at most a bounded number of bodies is held. A request that fails is
        answered with the `FetchFailed` that says why; nothing is raised for one.
        """
        ...


class Embedder(Protocol):
    """Turns texts into vectors whose dot product says how alike their meanings are."""

    @property
    def name(self) -> str:
        """The model, its checksum and its settings: what a vector was made by."""
        ...

    @property
    def size(self) -> int:
        """Dimensions of a vector."""
        ...

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, `[len(texts), size]`; a text's vector depends on that text alone.

        A text that holds nothing the model can read gets zeros. Raises `ModelError`.
        """
        ...


class Turn(Struct, frozen=True):
    """One message of a conversation with a model."""

    role: Literal["system", "user", "assistant"]
    text: str


class Prompt(Struct, frozen=True, kw_only=True):
    """What a model is asked. `shape` is the type that its answer is to have, in JSON."""

    turns: list[Turn]
    shape: type[Struct]


class Answer(Struct, frozen=True, kw_only=True):
    """What a model answered: JSON of the shape that was asked for, and what it took."""

    text: str
    usage: Usage = Usage()


class Writer(Protocol):
    """A chat model that writes; nobody believes what it says before `verify` has judged it."""

    @property
    def name(self) -> str:
        """The model, as a brief names who wrote it."""
        ...

    def ask(self, prompt: Prompt) -> Answer:
        """The model's answer, JSON of `prompt.shape`, with what it took.

        Raises `WriterError` when there is none: the server is down, refuses, or talks nonsense.
        """
        ...


class Verifier(Protocol):
    """Says whether sources support a claim, with the closest words and the reason."""

    def __call__(self, claim: str, sources: Sequence[Article], /) -> Support:
        """The verdict; unsure means unsupported. A published sentence passed one of these."""
        ...


class Entailment(Protocol):
    """How likely one text says what another does, whatever the words: a second verifier's ear."""

    @property
    def name(self) -> str:
        """The model, as a reason names it."""
        ...

    def entails(self, pairs: Sequence[tuple[str, str]]) -> Sequence[float]:
        """For each (premise, hypothesis) the probability, 0..1. Raises `ModelError`."""
        ...


class Engine(Protocol):
    """Runs a stage's function over items.

    What it remembers lives in the store: the pipeline asks the store for the items that are not
    done, and saves each result in one transaction with the mark that its item is done.
    """

    def map(
        self, function: Callable[[T], R], items: Iterable[T]
    ) -> Iterator[tuple[T, R | Dropped]]:
        """Answer each item once, in order; an expected error comes back as a value."""
        ...


class Store(Protocol):
    """Everything that lasts. Each method is one transaction; after a crash, all of it or nothing.

    Raises `StoreError` when the database is locked, corrupt or unwritable.
    """

    def transaction(self) -> AbstractContextManager[None]:
        """Group several calls into one transaction."""
        ...

    def close(self) -> None: ...

    # feeds
    def add_feed(self, feed: Feed) -> bool:
        """Follow a feed; False if its URL is followed already."""
        ...

    def remove_feed(self, url: str) -> bool: ...

    def feeds(self) -> list[Feed]:
        """All that are followed, first due first."""
        ...

    def save_feed(self, feed: Feed) -> Feed:
        """Save a feed's health, under a new URL too; the feed as stored."""
        ...

    def save_reading(self, reading: Reading, now: datetime) -> int:
        """Save a feed's health and its entries; how many entries were new or changed.

        An entry is known by feed and guid. Two entries with one canonical URL share a page. A
        page that is new, or not an article yet, is due at `now`; so is the page of an entry whose
        title, text, date or URL changed.
        """
        ...

    # pages
    def pages_due(self, now: datetime, limit: int) -> list[PageDue]:
        """Pages to read at `now`, first due first."""
        ...

    def save_article(
        self,
        due: PageDue,
        article: Article,
        made: Made,
        now: datetime,
        next_due: datetime | None,
        page: Page | None = None,
    ) -> Article | None:
        """Save what a page gave, mark it read and set when it is due again (None: never).

        It is the article that has one of its URLs as an alias: its own, the page's after
        redirects, the one it was read at, the entry's, in this order; else the one of its id;
        else a new one. All these
        URLs become aliases. A known article whose title, text or date changed gets a new
        revision, an unchanged one only its marks. The article as stored, or None if nothing
        changed. Full text is searchable from then on.
        """
        ...

    def page_unchanged(self, due: PageDue, now: datetime, next_due: datetime | None) -> None:
        """The page answered 304: only its marks move."""
        ...

    def page_failed(self, due: PageDue, drop: Drop, next_due: datetime | None) -> None:
        """The page gave no article: store why, and when to try again (None: never)."""
        ...

    def page_of(self, url: str) -> PageState | None:
        """The page at a URL, or the one that gave the article known under it."""
        ...

    def entry_of(self, url: str) -> Entry | None:
        """What a feed said of the page that `page_of` finds."""
        ...

    # articles
    def article(self, id_or_url: str) -> Article | None:
        """The latest revision, by id, URL or alias."""
        ...

    def articles(self, ids: Sequence[str]) -> list[Article]:
        """Latest revisions, in the order of `ids`; unknown ids are left out."""
        ...

    def revisions(self, article: str) -> list[Article]: ...

    def search(self, query: str, limit: int = 20) -> list[Article]:
        """Articles in which the query's words occur, newest first."""
        ...

    def made(self, article: Article) -> Made | None:
        """What made this revision of an article, and from what; None if it is not stored."""
        ...

    def all_articles(self) -> Iterator[Article]:
        """The latest revision of every article, a few at a time."""
        ...

    def recent_articles(self, since: datetime, limit: int) -> list[Article]:
        """Latest revisions published since then, newest first."""
        ...

    # derived from articles: each names the (article, revision) pairs still to be done
    def untraced(self, made_by: str, limit: int) -> list[Article]:
        """Latest revisions without an origin made by `made_by`, oldest published first."""
        ...

    def near(self, bands: Sequence[int], limit: int) -> list[tuple[str, bytes]]:
        """(article id, signature) of articles sharing a MinHash band, most shared first."""
        ...

    def save_origin(
        self, article: Article, origin: Origin, signature: bytes, bands: Sequence[int], made: Made
    ) -> None: ...

    def origins(self, articles: Sequence[str]) -> dict[str, Origin]: ...

    def unplaced(self, made_by: str, limit: int) -> list[Article]:
        """Traced articles that are in no story yet, in time order; not those `made_by` dropped."""
        ...

    def save_placement(
        self,
        placement: Placement,
        features: bytes,
        made: Made,
        now: datetime,
        names: Sequence[int] = (),
    ) -> None:
        """Put an article into a story; by its rare `names` (32 bits each) it is recalled."""
        ...

    def window(self, since: datetime) -> Iterator[tuple[str, str, bytes, bool]]:
        """(article, story, features, pinned) of articles in open stories, as placed."""
        ...

    def has_placed(self, before: datetime) -> bool:
        """Whether any article was first seen before then: whether `recall` can find one."""
        ...

    def recall(
        self, names: Sequence[int], before: datetime, limit: int
    ) -> list[tuple[str, str, bytes, bool]]:
        """Rows like those of `window`, of articles first seen before then: the long memory.

        Of those that share two of the names at least, the ones that share most, latest first.
        """
        ...

    def close_stories(self, idle_since: datetime) -> int:
        """Close open stories that no article joined since; how many."""
        ...

    def unmeasured(self, made_by: str, limit: int) -> list[Article]:
        """Latest revisions whose figures were not read by `made_by`."""
        ...

    def save_figures(self, article: Article, figures: Sequence[Figure], made: Made) -> None: ...

    def figures(self, articles: Sequence[str]) -> list[Figure]: ...

    # vectors
    def vectors(self, model: str, keys: Sequence[bytes]) -> dict[bytes, NDArray[np.float32]]:
        """The vectors that `model` made, by key, for those that are stored."""
        ...

    def save_vectors(self, model: str, vectors: Mapping[bytes, NDArray[np.float32]]) -> None:
        """Keep vectors, as float16, in place of any of the same model and key."""
        ...

    # answers
    def answer(self, model: str, key: bytes) -> str | None:
        """What `model` answered to the prompt of this key (a hash), if it is stored."""
        ...

    def save_answer(self, model: str, key: bytes, text: str) -> None:
        """Keep an answer, in place of any of the same model and key."""
        ...

    # stories
    def story(self, story: str) -> Story | None: ...

    def story_of(self, article: str) -> Story | None: ...

    def stories(self, since: datetime) -> list[Story]:
        """Stories with an article that came since then, latest first."""
        ...

    def placements(self, story: str) -> list[Placement]: ...

    def story_events(self, story: str) -> list[StoryEvent]:
        """What happened to a story, oldest first."""
        ...

    def move_articles(
        self, placements: Sequence[Placement], made: Made, now: datetime, *, pin: bool = False
    ) -> None:
        """Put placed articles into other stories, together, as one change.

        `pin` keeps all articles of the stories concerned where they are then.
        """
        ...

    def undo_moves(self, story: str, reason: str, made: Made, now: datetime) -> list[str]:
        """Take back what the last change moved into or out of a story; the articles, now pinned.

        One that moved on since stays where it is. Empty if nothing is left to take back.
        """
        ...

    def carried_by(self, articles: Sequence[str]) -> dict[str, list[str]]:
        """Article id to the URLs of the feeds that carried it."""
        ...

    def seen_at(self, articles: Sequence[str]) -> dict[str, datetime]: ...

    # editions
    def save_edition(self, edition: Edition, made: Made) -> Edition:
        """Freeze an edition; if that id is frozen already, the frozen one comes back as it is."""
        ...

    def edition(self, id: str) -> Edition | None: ...

    def editions(self, beat: str | None = None, limit: int = 50) -> list[Edition]:
        """Latest first."""
        ...

    def told(self, story: str) -> list[Told]:
        """The editions that told a story or one that was merged into it, latest first."""
        ...

    def left_out(self, subjects: Sequence[str]) -> list[Edition]:
        """The editions that dropped any of these URLs, articles or stories, latest first."""
        ...

    def citing(self, article: str, before: int) -> list[Edition]:
        """Editions of which a sentence cites an earlier revision of an article than `before`."""
        ...

    # corrections
    def edited(self, made_by: str, limit: int) -> list[Article]:
        """Edited articles whose published sentences `made_by` has still to check again."""
        ...

    def save_corrections(
        self, article: Article, corrections: Sequence[Correction], made: Made
    ) -> None:
        """Save what an edit made wrong, together with the mark that the edit was looked at.

        One that is known (edition, story, sentence, revision) stays as it is.
        """
        ...

    def corrections(self, editions: Sequence[str]) -> list[Correction]:
        """All of these editions, oldest first."""
        ...

    def corrections_since(self, beat: str, since: datetime) -> list[Correction]:
        """Those of a beat's editions that were found at `since` or later, oldest first."""
        ...

    def unshown(self) -> list[str]:
        """Ids of the editions whose pages do not show all of their corrections yet."""
        ...

    def show(self, corrections: Sequence[Correction]) -> None:
        """Note that the pages of their editions show these corrections."""
        ...

    # drops
    def save_drops(self, drops: Sequence[Drop]) -> None: ...

    def drop_article(self, article: Article, drop: Drop, made: Made) -> None:
        """A stage (`drop.stage`) can make nothing of this revision: store why, count it as done.

        `copies`, `cluster` and `figures` have lists of work; the article comes back in them with
        a new revision, or for another `made.by`.
        """
        ...

    def drops(self, subject: str | None = None, limit: int = 100) -> list[Drop]:
        """Latest first; all of them, or those on one URL, article or story."""
        ...

    def drop_counts(self) -> dict[tuple[str, str], int]:
        """How many subjects fell for each (stage, reason), most first."""
        ...

    # upkeep
    def counts(self) -> dict[str, int]:
        """Rows by noun: feeds, entries, articles, revisions, stories, editions, drops..."""
        ...

    def backup(self, path: str | Path) -> None:
        """Copy everything to a file, safely while others write; it is there whole or not at all."""
        ...

    def check(self) -> list[str]:
        """What is wrong inside the database, a line each; empty if nothing is."""
        ...
