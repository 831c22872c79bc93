"""The flow, in two verbs.

    update   gather -> extract -> correct -> trace -> place -> measure   often; ends in stories
    issue    select -> rank -> write -> verify -> compose       once per edition; ends frozen

Each step asks the store what is not done yet, runs a stage over it and saves every result in one
transaction with the mark that its item is done. That is what makes a run that was killed at any
moment safe to repeat: nothing is lost, nothing is done twice.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import structs

from nutgraf.pipeline import corrections, intake, memory
from nutgraf.pipeline.desk import Desk, Tell, silent
from nutgraf.pipeline.edition import active, covered, since_last, tell_story
from nutgraf.pipeline.writing import Writing
from nutgraf.stages import compose, rank, select
from nutgraf.types import Beat, Drop, Edition

__all__ = ["Desk", "Tell", "Writing", "issue", "silent", "tell_story", "update"]


def update(desk: Desk, now: datetime, tell: Tell = silent) -> None:
    """Bring the newsroom up to date: from the feeds due to lasting stories.

    `now` is an aware datetime. Raises `StoreError` only: what goes wrong with one feed or one
    page becomes a stored `Drop`.
    """
    intake.gather_entries(desk, now, tell)
    intake.extract_articles(desk, now, tell)
    corrections.check_edited(desk, now, tell)
    memory.trace_origins(desk, tell)
    memory.place_articles(desk, now, tell)
    memory.read_figures(desk, tell)


def issue(desk: Desk, beat: Beat, now: datetime, tell: Tell = silent) -> Edition | None:
    """Freeze the edition of `beat` for the day of `now`.

    An edition that is frozen already comes back as it is. One without a story is not issued:
    None, and what was dropped is stored; corrections wait for the next one that is.
    """
    edition_id = compose.edition_id(beat.name, now)
    frozen = desk.store.edition(edition_id)
    if frozen:
        return frozen

    last = next(iter(desk.store.editions(beat.name, 1)), None)
    wrong = since_last(desk, last)
    drops: list[Drop] = []
    relevant = []
    for coverage in covered(desk, beat, now, wrong):
        tell("select", done=1)
        relevance = select.select(coverage, beat, now)
        if isinstance(relevance, Drop):
            drops.append(relevance)
        else:
            relevant.append((coverage, relevance))

    ranked, unranked = rank.rank(relevant, beat, now)
    drops += unranked
    outlets = active(coverage for coverage, _ in relevant)
    stories = {coverage.story.id: coverage for coverage, _ in relevant}

    told = []
    config = desk.config
    writing = Writing(desk.writer, config.site.language, config.llm.sentences, desk.verifier)
    tell("write", more=len(ranked))
    for place in ranked:
        coverage = structs.replace(stories[place.story], active=outlets)
        brief = tell_story(coverage, now, writing)
        tell("write", done=1)
        if isinstance(brief, Drop):
            drops.append(brief)
        else:
            told.append((place, brief))

    if not told:
        desk.store.save_drops(drops)
        return None
    number = last.number + 1 if last else 1
    edition = compose.edition(beat, number, told, drops, now, wrong)
    return desk.store.save_edition(edition, compose.made(edition))
