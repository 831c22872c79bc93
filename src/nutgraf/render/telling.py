"""A story of an edition made ready for a template: what pages, mail and feed share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from nutgraf.render.ledger import Row, ledger
from nutgraf.render.links import story_path
from nutgraf.render.origins import Family, Line, families
from nutgraf.render.phrases import (
    KINDS,
    brief_line,
    direction,
    language_line,
    language_tag,
    news_line,
)
from nutgraf.render.receipts import Notebook, Receipt, Sentence
from nutgraf.types import Brief, Change, Edition, EditionStory

__all__ = ["Telling", "tell"]


@dataclass(frozen=True, slots=True)
class Telling:
    """What a template needs of one story, in the order of its page."""

    id: str
    path: str
    rank: int
    score: float
    reasons: list[tuple[str, float]]
    issued: datetime
    brief: Brief
    lang: str
    dir: str
    label: str
    line: list[tuple[str, str]]
    news: str
    tongue: str
    """What to say of a brief in another language than the edition's; empty of any other."""
    headline: Sentence
    nut_graf: Sentence
    sections: list[tuple[str, list[Sentence]]]
    changes: list[tuple[Change, list[Receipt]]]
    receipts: list[Receipt]
    rows: list[Row]
    families: list[Family]

    @property
    def disputed(self) -> list[Row]:
        """Rows on which sources differ or which moved: what a reader should see first."""
        return [row for row in self.rows if row.status in ("conflict", "update", "scope")]

    @property
    def settled(self) -> list[Row]:
        return [row for row in self.rows if row.status in ("agree", "single")]

    @property
    def sources(self) -> list[Line]:
        """All sources, each origin before what leads back to it."""
        return [line for tree in self.families for line in tree.lines]

    @property
    def claims(self) -> list[Sentence]:
        """The sentences of all sections, in order."""
        return [sentence for _, sentences in self.sections for sentence in sentences]


def tell(
    edition: Edition, place: EditionStory, language: str, claims: int | None = None
) -> Telling:
    """The view of one story; its receipts are numbered from 1 in the order of its page.

    `language` is the edition's, an ISO 639-1 code.
    `claims` shortens it to its first sentences, without the changes: the letter's form.
    """
    brief, issued = place.brief, edition.issued_at
    notes = Notebook(brief, issued)
    headline, nut_graf = notes.sentence(brief.headline), notes.sentence(brief.nut_graf)
    changes = [
        (change, notes.cited(change.citations))
        for change in (_changes(brief) if claims is None else [])
    ]
    return Telling(
        id=brief.story,
        path=story_path(brief.story),
        rank=place.rank,
        score=place.score,
        reasons=sorted(place.reasons.items(), key=lambda pair: (-pair[1], pair[0])),
        issued=issued,
        brief=brief,
        lang=language_tag(brief.language),
        dir=direction(brief.language),
        label=KINDS.get(brief.kind, ""),
        line=brief_line(brief, issued),
        news=news_line(brief),
        tongue=language_line(brief.language, language),
        headline=headline,
        nut_graf=nut_graf,
        sections=_sections(brief, notes, claims),
        changes=changes,
        receipts=notes.receipts,
        rows=ledger(brief, issued),
        families=families(brief.sources, issued),
    )


def _sections(
    brief: Brief, notes: Notebook, claims: int | None
) -> list[tuple[str, list[Sentence]]]:
    """Headings with their sentences, the first `claims` of them; no heading stands alone."""
    left = claims
    sections = []
    for section in brief.sections:
        shown = section.claims[:left]
        if shown:
            told = [notes.sentence(claim) for claim in shown]
            sections.append((section.heading, told))
        left = None if left is None else left - len(shown)
    return sections


def _changes(brief: Brief) -> list[Change]:
    """The changes in time order, without corrections that `corrections` spells out."""
    spelled = {correction.text for correction in brief.corrections}
    kept = (c for c in brief.changes if c.what != "correction" or c.text not in spelled)
    return sorted(kept, key=lambda change: change.at)
