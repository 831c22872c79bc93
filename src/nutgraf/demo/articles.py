"""The ground truth of the bundled newsroom: its outlets and articles, read from TOML.

The stories folder holds one file a story. A wire copy is written there as what was changed
(`cut`, `swap`, `added`), so that the truth about it cannot drift from its text.
"""

import re
import tomllib
import zlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import msgspec

__all__ = ["DAYS", "Outlet", "PressArticle", "Revision", "Version", "load_press"]

HERE = Path(__file__).parent

DAYS = (datetime(2026, 11, 17, 18, tzinfo=UTC), datetime(2026, 11, 18, 18, tzinfo=UTC))
"""The "now" of day 1 and of day 2: a Tuesday and a Wednesday, 18:00 UTC."""

Moment = Annotated[datetime, msgspec.Meta(tz=True)]
Kind = Literal[
    "news",
    "analysis",
    "opinion",
    "research",
    "release",
    "press",
    "review",
    "live",
    "roundup",
    "sponsored",
]
Behaviour = Literal["ok", "forbidden", "slow", "moved", "gone", "pdf"]
DATELINE = re.compile(r"^[A-Z][A-Z ]+(, [^—(]{3,40})? (\(MPA\) )?— ")


class Outlet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who publishes. `id` is the host too: `<id>.localhost`."""

    id: str
    name: str
    tagline: str
    language: str
    feed: Literal["rss", "atom", "json", "rdf"]
    template: str
    path: str
    full: bool = False
    broken: bool = False
    wire: bool = False
    press_office: bool = False
    charset: str = "utf-8"
    disallow: tuple[str, ...] = ()


class Revision(msgspec.Struct, frozen=True, kw_only=True):
    """What an article says from `day` on, under the same address."""

    day: Literal[2]
    title: str
    text: str
    modified: datetime


class Version(msgspec.Struct, frozen=True):
    """An article as it reads on one day."""

    title: str
    text: str
    modified: datetime

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return tuple(self.text.split("\n\n"))


class PressArticle(msgspec.Struct, frozen=True, kw_only=True):
    """An article with what is true of it: its story, whom it copies, whom it repeats.

    `copy_of` and `repeats` are keys of other articles, `touches` the stories a roundup names.
    `day` is the first day on which the page and its feed item exist.
    """

    outlet: str
    slug: str
    title: str
    authors: tuple[str, ...]
    published: datetime
    day: Literal[1, 2]
    kind: Kind
    section: str
    text: str
    story: str
    beat: Literal["world", "ai", "none"]
    summary: str
    path: str
    revised: Revision | None = None
    copy_of: str | None = None
    repeats: str | None = None
    touches: tuple[str, ...] = ()
    behaviour: Behaviour = "ok"
    moved_path: str | None = None
    aliases: tuple[Literal["amp", "mobile", "tracking"], ...] = ()
    guid: str | None = None
    untitled: bool = False

    @property
    def key(self) -> str:
        """`outlet/slug`, which `copy_of` and `repeats` refer to."""
        return f"{self.outlet}/{self.slug}"

    def on(self, day: int) -> Version:
        """The article as it reads on that day, 1 or 2."""
        if self.revised and day >= self.revised.day:
            return Version(self.revised.title, self.revised.text, self.revised.modified)
        return Version(self.title, self.text, self.published)


class RevisedDraft(msgspec.Struct, forbid_unknown_fields=True):
    day: Literal[2]
    modified: Moment
    swap: tuple[tuple[str, str], ...]
    title: str | None = None


class Draft(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One [[article]] table as it stands in a story file."""

    outlet: str
    slug: str
    title: str
    authors: tuple[str, ...]
    published: Moment
    day: Literal[1, 2]
    kind: Kind
    section: str
    text: str = ""
    story: str | None = None
    summary: str = ""
    revised: RevisedDraft | None = None
    copy_of: str | None = None
    cut: int = 0
    swap: tuple[tuple[str, str], ...] = ()
    added: str = ""
    repeats: str | None = None
    touches: tuple[str, ...] = ()
    behaviour: Behaviour = "ok"
    moved_to: str | None = None
    aliases: tuple[Literal["amp", "mobile", "tracking"], ...] = ()
    guid: str | None = None
    untitled: bool = False


class StoryFile(msgspec.Struct, forbid_unknown_fields=True):
    """One file of the stories folder."""

    story: str
    beat: Literal["world", "ai", "none"]
    about: str
    article: tuple[Draft, ...]


@cache
def load_press() -> tuple[tuple[Outlet, ...], tuple[PressArticle, ...]]:
    """Every outlet and every article, in order of publication.

    Raises `ValueError` naming the file where a table is wrong.
    """
    outlets = _read_outlets(HERE / "outlets.toml")
    by_id = {outlet.id: outlet for outlet in outlets}
    files = [_read_story(path) for path in sorted((HERE / "stories").glob("*.toml"))]
    originals = {f"{d.outlet}/{d.slug}": d for file in files for d in file.article}
    articles = (_article(draft, file, by_id, originals) for file in files for draft in file.article)
    return outlets, tuple(sorted(articles, key=lambda article: (article.published, article.key)))


def _read_outlets(path: Path) -> tuple[Outlet, ...]:
    tables = tomllib.loads(path.read_text("utf-8"))
    return msgspec.convert(tables["outlet"], tuple[Outlet, ...])


def _read_story(path: Path) -> StoryFile:
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), StoryFile)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ValueError(f"{path.name}: {error}") from error


def _article(
    draft: Draft, file: StoryFile, outlets: Mapping[str, Outlet], originals: Mapping[str, Draft]
) -> PressArticle:
    outlet = outlets[draft.outlet]
    text = _text(draft, originals)
    return PressArticle(
        outlet=draft.outlet,
        slug=draft.slug,
        title=draft.title,
        authors=draft.authors,
        published=draft.published,
        day=draft.day,
        kind=draft.kind,
        section=draft.section,
        text=text,
        story=draft.story or file.story,
        beat=file.beat,
        summary=draft.summary or DATELINE.sub("", text.split("\n\n")[0]),
        path=_path(outlet, draft, draft.slug),
        revised=_revision(draft, text),
        copy_of=draft.copy_of,
        repeats=draft.repeats,
        touches=draft.touches,
        behaviour=draft.behaviour,
        moved_path=_path(outlet, draft, draft.moved_to) if draft.moved_to else None,
        aliases=draft.aliases,
        guid=draft.guid,
        untitled=draft.untitled,
    )


def _text(draft: Draft, originals: Mapping[str, Draft]) -> str:
    if draft.copy_of is None:
        return draft.text.strip()
    paragraphs = originals[draft.copy_of].text.strip().split("\n\n")
    kept = paragraphs[: len(paragraphs) - draft.cut]
    return _swapped("\n\n".join([*kept, *filter(None, [draft.added])]), draft.swap, draft.slug)


def _revision(draft: Draft, text: str) -> Revision | None:
    if (new := draft.revised) is None:
        return None
    return Revision(
        day=new.day,
        title=new.title or draft.title,
        text=_swapped(text, new.swap, draft.slug),
        modified=new.modified,
    )


def _swapped(text: str, pairs: Iterable[tuple[str, str]], slug: str) -> str:
    for old, new in pairs:
        if text.count(old) != 1:
            raise ValueError(f"{slug}: {old!r} should occur once, not {text.count(old)} times")
        text = text.replace(old, new)
    return text


def _path(outlet: Outlet, draft: Draft, slug: str) -> str:
    at = draft.published
    return outlet.path.format(
        year=f"{at:%Y}",
        month=f"{at:%m}",
        day=f"{at:%d}",
        date=f"{at:%Y%m%d}",
        section=draft.section,
        slug=slug,
        # A content system's number: any stable one will do.
        number=10_000 + zlib.crc32(draft.slug.encode()) % 90_000,
    )
