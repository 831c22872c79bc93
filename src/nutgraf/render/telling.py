"""A story of an edition made ready for a template: what pages, mail and feed share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from nutgraf.render.ledger import Row, ledger
from nutgraf.render.links import ledger_path, story_path
from nutgraf.render.origins import Family, Line, families, reporter
from nutgraf.render.past import Past, past
from nutgraf.render.phrases import (
    KINDS,
    brief_line,
    direction,
    language_line,
    language_tag,
    news_line,
)
from nutgraf.render.picture import Picture, picture
from nutgraf.render.receipts import Notebook, Receipt, Sentence, own_corrections
from nutgraf.types import Brief, Change, Correction, Edition, EditionStory, Named, Remembered

__all__ = ["Telling", "tell"]

_AGREED = 4
"""Figures on which sources agree that stand beside a story; the ledger has all of them."""


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
    corrected: list[Correction]
    """Of its own sentences, found since; they stand beside these."""
    announced: list[Correction]
    """Of what earlier editions said."""
    headline: Sentence
    nut_graf: Sentence
    sections: list[tuple[str, list[Sentence]]]
    changes: list[tuple[Change, list[Receipt]]]
    receipts: list[Receipt]
    rows: list[Row]
    families: list[Family]
    origins: Picture | None
    past: list[Past]

    @property
    def updated(self) -> datetime:
        """When it last changed: with a correction, or when it was issued."""
        return max([self.issued, *(one.at for one in self.corrected)])

    @property
    def downloads(self) -> dict[str, str]:
        """Its ledger as files, by the name of their kind."""
        return {kind: ledger_path(self.id, kind) for kind in ("csv", "json")} if self.rows else {}

    @property
    def shared(self) -> list[str]:
        """What its sources list and all origins name."""
        return [one.what for one in self.brief.named if self._of(one) == self.brief.origins]

    @property
    def alone(self) -> list[tuple[str, list[str]]]:
        """Who alone names what of the things that sources list."""
        known = {source.article: source for source in self.brief.sources}
        found: dict[str, list[str]] = {}
        for one in self.brief.named:
            if self._of(one) == 1:
                source = known[one.citation.article]
                found.setdefault(reporter(source, known), []).append(one.what)
        return list(found.items())

    def _of(self, one: Named) -> int:
        origins = {source.article: source.origin for source in self.brief.sources}
        return len({origins.get(article, article) for article in one.articles})

    @property
    def agreed(self) -> list[tuple[Row, int]]:
        """Rows that several origins fill alike, with how many; the most told first."""
        several = [(row, row.origins) for row in self.rows if row.status == "agree"]
        return sorted((p for p in several if p[1] > 1), key=lambda pair: -pair[1])[:_AGREED]

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
    edition: Edition,
    place: EditionStory,
    language: str,
    claims: int | None = None,
    memory: Sequence[Remembered] = (),
) -> Telling:
    """The view of one story; its receipts are numbered from 1 in the order of its page.

    `language` is the edition's, an ISO 639-1 code. `claims` shortens it to its first sentences,
    without the changes: the letter's form. `memory` is what the editions up to this one said of it.
    """
    brief, issued = place.brief, edition.issued_at
    notes = Notebook(brief, issued, edition.id)
    own = own_corrections(brief, edition.id)
    trees = families(brief.sources, issued)
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
        news=news_line(brief, edition.id),
        tongue=language_line(brief.language, language),
        corrected=own,
        announced=[one for one in brief.corrections if one not in own],
        headline=headline,
        nut_graf=nut_graf,
        sections=_sections(brief, notes, claims),
        changes=changes,
        receipts=notes.receipts,
        rows=ledger(brief, issued),
        families=trees,
        origins=picture(trees),
        past=past(memory, edition),
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
    """What is told of what is new, without what the page says elsewhere.

    Corrections that `corrections` spells out stand with these, new facts that the body has are
    marked there.
    """
    spelled = {correction.text for correction in brief.corrections}
    marked = {claim.text for section in brief.sections for claim in section.claims}
    elsewhere = {"correction": spelled, "fact": marked}
    return [c for c in brief.changes if c.text not in elsewhere.get(c.what, ())]
