"""The newsroom: one object that does what the commands do, and the only wiring."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from filelock import FileLock, Timeout

from nutgraf.adapters.embed import Remembered, open_embedder
from nutgraf.adapters.engines import engine
from nutgraf.adapters.fetch import HttpFetcher
from nutgraf.adapters.folder import write_files, write_folder
from nutgraf.adapters.opml import write_opml
from nutgraf.adapters.store import SqlStore, open_store
from nutgraf.beats import starter_beat, starter_feeds
from nutgraf.errors import NotFound, NutgrafError
from nutgraf.newsroom.editing import Editing
from nutgraf.newsroom.following import Following
from nutgraf.newsroom.places import SETTINGS, Place, find, settings_text
from nutgraf.newsroom.remembering import Remembering
from nutgraf.newsroom.verifying import verifier_by
from nutgraf.newsroom.views import LeftOut, Placed, Status, StoryView, Why
from nutgraf.newsroom.writers import hire, problems_with
from nutgraf.pipeline import Desk, Tell, issue, silent, update
from nutgraf.protocols import Embedder, Fetcher
from nutgraf.render import render, render_index, render_newsletter
from nutgraf.stages import compose, copies, figures
from nutgraf.types import Article, Beat, Drop, Edition, Feed, StoryEvent, Told

__all__ = ["Newsroom"]

EVERYTHING = Beat(name="top", title="Top stories")
"""The beat of a newsroom that names none: whatever its feeds carry."""


class Newsroom:
    """A news desk in a folder: its store, its settings and its editions.

    >>> with Newsroom.open("my-desk") as newsroom:      # doctest: +SKIP
    ...     newsroom.update()
    ...     for edition in newsroom.issue():
    ...         print(edition.id, len(edition.stories))
    """

    def __init__(self, place: Place, store: SqlStore, fetcher: Fetcher) -> None:
        self.place = place
        self.config = place.config
        self.store = store
        self.fetcher = fetcher
        self.following = Following(store, fetcher, place.config)
        self.editing = Editing(store, self._alone)
        self.troubles: list[str] = []
        """What went wrong with the model that writes in the last `issue`, a line each."""
        self.remembering = Remembering(store)

    @classmethod
    def open(cls, path: str | Path = ".", fetcher: Fetcher | None = None) -> Self:
        """Open the newsroom in a folder, or by its settings file or database file.

        `fetcher` replaces the one that reads the network. Raises `ConfigError` or `StoreError`.
        """
        place = find(path)
        store = open_store(place.database)
        return cls(place, store, fetcher or HttpFetcher(place.config.fetch))

    @classmethod
    def init(cls, folder: str | Path = ".", beat: str | None = None) -> Self:
        """Make a newsroom in `folder`, following a starter beat's feeds if one is named.

        Raises `ConfigError` if the beat is unknown, `NutgrafError` if there is a newsroom already.
        """
        folder = Path(folder)
        text = settings_text(beat)
        settings = folder / SETTINGS
        if settings.exists():
            raise NutgrafError(f"{settings} exists already; it was left as it is")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            settings.write_text(text, encoding="utf-8")
        except OSError as error:
            raise NutgrafError(f"cannot write {settings}: {error.strerror}") from None
        newsroom = cls.open(folder)
        for feed in starter_feeds(beat) if beat else []:
            newsroom.store.add_feed(feed)
        return newsroom

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database."""
        self.store.close()

    # --- the two verbs ---------------------------------------------------------------------

    def update(self, now: datetime | None = None, tell: Tell = silent) -> None:
        """Read what is due and put it into stories; publish what corrections it brought.

        Raises `NutgrafError` if one is running.
        """
        self.troubles = []
        with self._desk() as desk, self._staffed(desk, writes=False) as staffed:
            update(replace(staffed, embedder=self._embedder()), now or datetime.now(UTC), tell)
            for edition in self.store.unshown():
                self.deliver(self.edition(edition))

    def issue(
        self, beat: str | None = None, now: datetime | None = None, tell: Tell = silent
    ) -> list[Edition]:
        """Issue today's edition of one beat, or of all, and write them to the folder `out`.

        A beat with nothing to tell issues nothing: its stories' drops say why.
        """
        beats = self.beats()
        if beat is not None:
            beats = [b for b in beats if b.name == beat]
            if not beats:
                known = ", ".join(b.name for b in self.beats())
                raise NotFound(f"no beat `{beat}` in this newsroom; there are: {known}")
        self.troubles = []
        with self._desk() as desk:
            issued = [self._issued(desk, b, now or datetime.now(UTC), tell) for b in beats]
        editions = [edition for edition in issued if edition is not None]
        for edition in editions:
            self.deliver(edition)
        return editions

    def _issued(self, desk: Desk, beat: Beat, now: datetime, tell: Tell) -> Edition | None:
        with self._staffed(desk, writes=True) as staffed:
            return issue(staffed, beat, now, tell)

    @contextmanager
    def _staffed(self, desk: Desk, *, writes: bool) -> Iterator[Desk]:
        """The desk with the verifier that the settings name, and with the model if it `writes`."""
        asked = writes or self.config.verify.judge
        hired = hire(self.config, self.store) if asked else None
        writer = hired.writer if hired else None
        judge = verifier_by(self.config, self.place.folder, writer)
        yield replace(desk, writer=writer, verifier=judge)
        found = hired.troubles if hired else []
        self.troubles += [line for line in found if line not in self.troubles]

    def deliver(self, edition: Edition) -> Path:
        """Write a frozen edition's page, newsletter, feed and JSON; its folder.

        Corrections found since stand beside its sentences.
        """
        folder = self.out / edition.id
        found = self.store.corrections([edition.id])
        with_them = compose.corrected(edition, found)
        memory = self.remembering.of_edition(edition)
        write_folder(folder, render(with_them, self.config.site, self.config.mail, memory))
        editions = self.remembering.corrected(self.editions())
        write_files(self.out, render_index(editions, self.config.site))
        self.store.show(found)
        return folder

    @contextmanager
    def _desk(self) -> Iterator[Desk]:
        with self._alone(), engine(self.config.workers) as runs:
            yield Desk(self.store, self.fetcher, runs, self.config)

    def _embedder(self) -> Embedder | None:
        """The model that the settings name, in front of it what it has made."""
        if not self.config.embed.model:
            return None
        return Remembered(open_embedder(self.config.embed, self.place.folder), self.store)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        try:
            with FileLock(self.place.lock).acquire(timeout=0):
                yield
        except Timeout:
            raise NutgrafError(
                f"another update or issue is running in {self.place.folder.resolve()}; wait for it"
            ) from None

    def beats(self) -> list[Beat]:
        """The beats of the settings, starters filled in; one of everything if there is none."""
        return [starter_beat(b.starter, b) if b.starter else b for b in self.config.beats] or [
            EVERYTHING
        ]

    # --- what is known -----------------------------------------------------------------------

    @property
    def out(self) -> Path:
        """The folder of the editions."""
        return self.place.out

    def feeds(self) -> list[Feed]:
        """The feeds followed, with their health."""
        return self.store.feeds()

    def article(self, id_or_url: str) -> Article:
        """The latest revision of an article, by id or any of its addresses."""
        article = self.store.article(id_or_url)
        if article is None:
            raise NotFound(f"no article {id_or_url}")
        return article

    def search(self, query: str, limit: int = 20) -> list[Article]:
        """Articles in which the words occur, newest first."""
        return self.store.search(query, limit)

    def edition(self, id: str) -> Edition:
        """A frozen edition, with the corrections of its sentences beside them."""
        edition = self.store.edition(id)
        if edition is None:
            raise NotFound(f"no edition {id}; `nutgraf status` lists the last ones")
        return self.remembering.corrected([edition])[0]

    def editions(self, beat: str | None = None) -> list[Edition]:
        """Frozen editions, latest first."""
        return self.store.editions(beat)

    def story(self, id: str) -> StoryView:
        """A story with its articles, its ledger and its memory. Raises `NotFound`."""
        story = self.store.story(id)
        if story is None:
            raise NotFound(f"no story {id}")
        articles = self.store.articles(story.articles)
        told = self.store.told(story.id)
        return StoryView(
            story=story,
            articles=articles,
            origins=list(copies.settle(articles, self.store.origins(story.articles)).values()),
            figures=figures.ledger(self.store.figures(story.articles), articles),
            told=told,
            memory=self.remembering.of_story(story.id),
            history=self._history(story.id),
            brief=self.remembering.brief(told[0]) if told else None,
        )

    def told(self, story: str) -> list[Told]:
        """The editions that told a story, latest first; of a merged one, those of what it is now.

        Empty for a story that is not known.
        """
        known = self.store.story(story)
        return self.store.told(known.id) if known else self.store.told(story)

    def why(self, subject: str) -> Why:
        """What became of a URL, an article id, a story id or a feed; raises `NotFound`."""
        feed = next((f for f in self.store.feeds() if f.url == subject), None)
        article = self.store.article(subject)
        story = self.store.story(subject)
        articles = [article] if article else self.store.articles(story.articles) if story else []
        subjects = {subject, *(a.id for a in articles), *(a.url for a in articles if a.url)}
        placed = [self._placed(a) for a in articles]
        subjects |= {p.placement.story for p in placed if p.placement}
        dropped = [drop for one in sorted(subjects) for drop in self.store.drops(one)]
        left_out = [
            LeftOut(edition=edition.id, drop=drop)
            for edition in self.store.left_out(sorted(subjects))
            for drop in edition.dropped
            if drop.subject in subjects
        ]
        told = self.store.told(story.id) if story else []
        concerned = {p.placement.story for p in placed if p.placement}
        moved = {article.id} if article else set()
        history = [event for one in sorted(concerned) for event in self._history(one, moved)]
        if not (feed or placed or dropped or left_out or told):
            raise NotFound(
                f"nothing is known of {subject}: no feed, entry, article, story or drop goes by it"
            )
        return Why(
            subject=subject,
            placed=placed,
            dropped=dropped,
            left_out=left_out,
            told=told,
            history=history,
            feed=feed,
        )

    def _history(self, story: str, articles: Collection[str] = ()) -> list[StoryEvent]:
        """What happened to a story, but for articles that just joined: these of `articles`."""
        return [
            event
            for event in self.store.story_events(story)
            if event.what not in ("created", "joined", "left") or event.article in articles
        ]

    def named(self, text: str) -> str:
        """`text` with the ids of known articles in it spelled out as title and outlet."""

        def name(match: re.Match[str]) -> str:
            article = self.store.article(match.group())
            return f"“{article.title}” ({article.publisher})" if article else match.group()

        return re.sub(r"\b[0-9a-f]{16}\b", name, text)

    def _placed(self, article: Article) -> Placed:
        story = self.store.story_of(article.id)
        placements = self.store.placements(story.id) if story else []
        return Placed(
            article=article,
            revisions=len(self.store.revisions(article.id)),
            made=self.store.made(article),
            origin=self.store.origins([article.id]).get(article.id),
            placement=next((p for p in placements if p.article == article.id), None),
            told=self.store.told(story.id) if story else [],
        )

    def status(self) -> Status:
        """Counts, failing feeds, drops by reason, the last editions."""
        drops = self.store.drop_counts()
        return Status(
            database=self.place.database,
            counts=self.store.counts(),
            feeds_failing=[f for f in self.store.feeds() if f.failures or f.state == "gone"],
            drops={f"{stage}: {reason}": n for (stage, reason), n in drops.items()},
            editions=[edition.id for edition in self.store.editions(limit=5)],
        )

    # --- upkeep ------------------------------------------------------------------------------

    def newsletter(self, edition: Edition) -> bytes:
        """The edition as a complete mail message."""
        [corrected] = self.remembering.corrected([edition])
        return render_newsletter(corrected, self.config.site, self.config.mail)

    def doctor(self) -> list[str]:
        """What is wrong with the database, the settings, the editions' folder or the model."""
        problems = list(self.store.check())
        problems += problems_with(self.config.llm)
        if not self.store.feeds():
            problems.append("no feeds are followed: nutgraf add URL")
        problems += [
            f"edition {edition.id} is not on disk: nutgraf issue writes it again"
            for edition in self.store.editions()
            if not (self.out / edition.id / "edition.json").exists()
        ]
        return problems

    def export(self, what: str) -> Iterator[Article | Edition | Drop]:
        """Every article (by id), edition or drop (oldest first)."""
        if what == "articles":
            yield from self.store.all_articles()
        elif what == "editions":
            frozen = reversed(self.store.editions(limit=1_000_000))
            yield from self.remembering.corrected(list(frozen))
        else:
            yield from reversed(self.store.drops(limit=10_000_000))

    def opml(self) -> bytes:
        """The feeds followed, as OPML."""
        return write_opml(self.store.feeds(), self.config.site.title)
