"""From edited articles to corrections of what was published: the correct step of `update`."""

from __future__ import annotations

from datetime import datetime

from nutgraf.pipeline.desk import BATCH, Desk, Tell
from nutgraf.stages import correct, figures
from nutgraf.types import Article, Correction, Made

__all__ = ["check_edited"]


def check_edited(desk: Desk, now: datetime, tell: Tell) -> None:
    """Check the published sentences again that rest on an earlier text of an edited article.

    What is found is saved with the mark that the edit was looked at, one article at a time.
    """
    store = desk.store
    while batch := store.edited(correct.MADE_BY, BATCH):
        tell("correct", more=len(batch))
        for article in batch:
            made = Made(by=correct.MADE_BY, source=f"{article.id}@{article.revision}")
            store.save_corrections(article, _found(desk, article, now), made)
            tell("correct", done=1)


def _found(desk: Desk, article: Article, now: datetime) -> list[Correction]:
    found: list[Correction] = []
    for edition in desk.store.citing(article.id, article.revision):
        cited = desk.store.articles(correct.cited_in(edition, article))
        latest = {one.id: one for one in cited}
        known = desk.store.corrections([edition.id])
        found += correct.corrections(edition, article, latest, known, desk.verifier, now, _moves)
    return found


def _moves(earlier: str, later: str) -> bool:
    """Whether a ledger of two reports a day apart, in these words, would call a figure updated."""
    reports = [
        Article(id=day, text=text, published=f"{day}T12:00:00Z", language="en")
        for day, text in (("2000-01-01", earlier), ("2000-01-02", later))
    ]
    read = [figure for report in reports for figure in figures.read(report)]
    return any(slot.status == "update" for slot in figures.ledger(read, reports))
