"""Who first reported what an article says."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

from nutgraf.stages.copies.credits import wire_mark
from nutgraf.stages.copies.cues import second_hand
from nutgraf.stages.copies.minhash import is_copy, overlap, shingles
from nutgraf.stages.copies.outlets import same_outlet
from nutgraf.types import Article, Origin

__all__ = ["Candidate", "trace"]


class Candidate(NamedTuple):
    """An article that may be what another copies, as it was traced (None: reports by itself)."""

    article: Article
    signature: bytes
    origin: Origin | None = None


def trace(
    article: Article,
    signature: bytes,
    near: Sequence[Candidate],
    outlets: Collection[str] = (),
) -> Origin:
    """Origin of one revision of an article, held against its near-duplicates.

    A copy has the origin of what it copies; else the outlet that its lead, its dateline or its
    byline names; a press release is the sender's; anything else reports by itself. `outlets` are
    names known to be outlets, beside the publishers of the candidates.
    """
    names = sorted({*outlets, *(c.article.publisher for c in near if c.article.publisher)})
    wire = wire_mark(article, names)
    found = _original(article, near, wire.name if wire else None) if signature else None
    if found:
        candidate, likeness = found
        known = candidate.origin
        return Origin(
            article=article.id,
            first=known.first if known else candidate.article.id,
            how="copy",
            copy_of=candidate.article.id,
            similarity=round(likeness, 4),
            quote=wire.quote if wire else known.quote if known else "",
        )
    told = second_hand(article, names)
    if told:
        return Origin(article=article.id, first=told.name, how="second-hand", quote=told.quote)
    if wire:
        return Origin(article=article.id, first=wire.name, how="wire", quote=wire.quote)
    if article.kind == "press":
        return Origin(article=article.id, first=article.id, how="press")
    return Origin(article=article.id, first=article.id)


def _original(
    article: Article, near: Sequence[Candidate], wire: str | None
) -> tuple[Candidate, float] | None:
    """The near-duplicate that came first, and how much of the shorter text they share.

    One that reports by itself comes before one that copies it in turn.
    """
    near = [candidate for candidate in near if _may_copy(article, candidate, wire)]
    if not near:
        return None
    mine = shingles(article.text)
    found: list[tuple[bool, float, Candidate]] = []
    for candidate in near:
        theirs = shingles(candidate.article.text)
        if is_copy(mine, theirs, article.title, candidate.article.title):
            own = candidate.origin is None or candidate.origin.how in ("own", "press")
            found.append((own, overlap(mine, theirs)[0], candidate))
    if not found:
        return None
    _, likeness, candidate = max(found, key=lambda f: f[:2])
    return candidate, likeness


def _may_copy(article: Article, candidate: Candidate, wire: str | None) -> bool:
    """Whether a candidate can be the original: it came earlier and is no copy of the article."""
    other, origin = candidate.article, candidate.origin
    if other.id == article.id:
        return False
    if origin and (
        article.id in (origin.first, origin.copy_of)
        or (origin.how == "wire" and same_outlet(origin.first, article.publisher))
    ):
        return False
    if wire and same_outlet(wire, other.publisher):
        return True  # whatever the clocks say, it names the other as its agency
    return not _later(other.published, article.published)


def _later(a: str | None, b: str | None) -> bool:
    """Whether `a` is certainly later than `b`; days are compared where one is only a day."""
    one, two = _moment(a), _moment(b)
    if one is None or two is None:
        return False
    if isinstance(one, datetime) and isinstance(two, datetime):
        return one > two
    return _as_day(one) > _as_day(two)


def _as_day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _moment(published: str | None) -> date | None:
    """A datetime in UTC, or a date where no more is known."""
    if not published:
        return None
    try:
        if len(published) <= 10:
            return date.fromisoformat(published)
        moment = datetime.fromisoformat(published)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
