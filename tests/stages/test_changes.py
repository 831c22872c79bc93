"""What is new between two tellings, and a story's memory of all of them."""

from __future__ import annotations

from msgspec.structs import replace
from telling_making import (
    DAY,
    FIRST,
    article,
    brief,
    cite,
    claim,
    edition,
    said,
    slot,
    source,
    value,
)

from nutgraf.stages import compose
from nutgraf.stages.compose.changes import between
from nutgraf.types import (
    Change,
    Checked,
    Correction,
    Coverage,
    Draft,
    Section,
    Story,
    Told,
    Withheld,
)

NEXT = FIRST + DAY
GULL = article("gull", "Seven people have died and 31 are missing. The dam at Ormuth held.")
TERN = article("tern", "Eleven people have died, 24 are missing. Boats came from Kelm.")
LATE = article("late", "On Tuesday 31 were missing. The mayor wept.")
DEAD = "Seven people have died and 31 are missing."
ON_DAY_ONE = [source(GULL, "2031-05-06T10:00:00Z")]
ON_DAY_TWO = [
    *ON_DAY_ONE,
    source(TERN, "2031-05-07T09:00:00Z"),
    source(LATE, "2031-05-07T12:00:00Z"),
]
OLD = brief(
    [said(GULL, DEAD), said(GULL, "The dam at Ormuth held.")],
    ON_DAY_ONE,
    figures=[
        slot("people killed", "single", value(GULL, DEAD, 7)),
        slot("people missing", "single", value(GULL, DEAD, 31)),
    ],
)
NEW = brief(
    [said(TERN, "Boats came from Kelm."), said(GULL, "The dam at Ormuth held.")],
    ON_DAY_TWO,
    figures=[
        slot("people killed", "update", value(GULL, DEAD, 7), value(TERN, "Eleven people", 11)),
        slot(
            "people missing",
            "update",
            value(GULL, DEAD, 31),
            value(TERN, "24 are missing", 24),
            value(LATE, "31 were missing", 31, as_of="2031-05-06"),
        ),
    ],
)


def of_kind(changes: list[Change], what: str) -> list[Change]:
    return [change for change in changes if change.what == what]


def test_a_figure_is_revised_to_the_value_that_holds_latest() -> None:
    """A late report gives the old number of missing, and one sentence gives two figures."""
    killed, missing = of_kind(between(OLD, NEW, NEXT), "figure")
    assert (killed.text, killed.was) == ("People killed: 11", "7")
    assert (missing.text, missing.was) == ("People missing: 24", "31")
    assert missing.citations[0].quote == "24 are missing"


def test_a_figure_whose_values_differ_from_the_start_has_not_moved() -> None:
    fixed = [replace(one, status="conflict") for one in NEW.figures]
    assert of_kind(between(OLD, replace(NEW, figures=fixed), NEXT), "figure") == []


def test_a_sentence_whose_figure_moved_on_is_withdrawn_once_it_is_told_no_more() -> None:
    [gone] = of_kind(between(OLD, NEW, NEXT), "withdrawn")
    assert gone.text == DEAD
    assert gone.citations[0].article == "tern"
    again = replace(NEW, sections=[Section(heading="Background", claims=[said(GULL, DEAD)])])
    assert of_kind(between(OLD, again, NEXT), "withdrawn") == []


def test_a_sentence_that_a_source_contradicts_by_now_is_withdrawn() -> None:
    held = "The dam at Ormuth held."
    doubted = replace(
        NEW,
        sections=NEW.sections[:0],
        nut_graf=NEW.headline,
        withheld=[Withheld(text=held, verdict="contradicted", reason="it broke")],
    )
    gone = of_kind(between(OLD, doubted, NEXT), "withdrawn")
    assert [change.text for change in gone] == [DEAD, held]
    assert gone[1].citations == []


def test_facts_rest_on_words_that_were_not_there() -> None:
    assert [c.text for c in of_kind(between(OLD, NEW, NEXT), "fact")] == ["Boats came from Kelm."]
    edited = article("gull", f"{GULL.text} Sirens did not sound.", revision=2)
    sources = [source(edited, "2031-05-06T10:00:00Z")]
    told = brief(
        [
            claim("The dam held.", cite(edited, "The dam at Ormuth held.")),
            said(edited, "Sirens did not sound."),
        ],
        sources,
    )
    assert [c.text for c in between(OLD, told, NEXT)] == ["Sirens did not sound."]


def test_who_joined_is_told_and_nothing_is_new_in_the_same_brief() -> None:
    joined = of_kind(between(OLD, NEW, NEXT), "source")
    assert [c.text for c in joined] == ["Tern joined the story", "Late joined the story"]
    assert between(OLD, OLD, NEXT) == []
    assert between(NEW, NEW, NEXT) == []


def coverage(**more: object) -> Coverage:
    story = Story(id="s", created_at=FIRST, updated_at=NEXT, articles=["gull"])
    return Coverage(story=story, articles=[GULL], traces={}, **more)


def told_again(given: Coverage) -> object:
    section = Section(heading="What happened", claims=[said(GULL, "The dam at Ormuth held.")])
    held = section.claims[0]
    draft = Draft(headline=[held], nut_graf=[held], sections=[section], written_by="test")
    checked = Checked(headline=held, nut_graf=held, sections=[section], withheld=[])
    return compose.brief(given, draft, checked, [], NEXT)


def test_a_story_does_not_return_without_news() -> None:
    dropped = told_again(coverage(previous=OLD, previous_at=FIRST))
    assert (dropped.stage, dropped.reason) == ("compose", "nothing new")
    assert told_again(coverage()).changes == []
    wrong = Correction(at=NEXT, text="Nine people have died.", was=DEAD, edition="sea-1", story="s")
    returned = told_again(coverage(previous=OLD, previous_at=FIRST, corrections=[wrong]))
    assert [c.what for c in returned.changes] == ["correction"]
    assert returned.corrections == [wrong]


def test_the_outlets_of_the_beat_that_have_nothing_on_it_are_silent() -> None:
    assert told_again(coverage(active=["Gull", "Heron"])).silent == ["Heron"]


# --- memory ----------------------------------------------------------------------------------


def told(id: str, beat: str, days: int) -> Told:
    at = FIRST + days * DAY
    return Told(edition=id, beat=beat, issued_at=at, story="s", rank=1, headline="Flood")


def test_memory_is_in_time_and_says_what_was_new_against_the_telling_before() -> None:
    tellings = [(told("sea-2", "sea", 1), NEW), (told("sea-1", "sea", 0), OLD)]
    first, second = compose.remember(tellings)
    assert (first.told.edition, first.changes) == ("sea-1", [])
    assert second.changes == between(OLD, NEW, NEXT)
    assert [c.text for c in first.claims] == [DEAD, "The dam at Ormuth held."]
    assert first.figures == OLD.figures


def test_two_beats_on_one_day_are_no_news_to_each_other() -> None:
    tellings = [
        (told(f"{beat}-{day}", beat, day), [OLD, NEW][day]) for day in (0, 1) for beat in "ab"
    ]
    memory = compose.remember(tellings)
    assert [len(one.changes) for one in memory[:2]] == [0, 0]
    assert memory[2].changes == memory[3].changes == between(OLD, NEW, NEXT)


def test_a_correction_stands_with_the_telling_whose_sentence_it_is() -> None:
    wrong = Correction(at=NEXT, text="now", was=DEAD, edition="sea-1", story="s")
    tellings = [(told("sea-1", "sea", 0), OLD), (told("sea-2", "sea", 1), NEW)]
    first, second = compose.remember(tellings, [wrong])
    assert (first.corrections, second.corrections) == ([wrong], [])


# --- beside the frozen edition ---------------------------------------------------------------


def test_corrections_stand_beside_words_that_do_not_change() -> None:
    frozen = edition(replace(OLD, corrections=[Correction(at=FIRST, text="a", was="b")]))
    wrong = Correction(at=NEXT, text="now", was=DEAD, edition="sea-1", story="s")
    other = replace(wrong, edition="sea-0")
    shown = compose.corrected(frozen, [wrong, other])
    [item] = shown.stories
    assert item.brief.corrections == [*frozen.stories[0].brief.corrections, wrong]
    bare = replace(item.brief, corrections=frozen.stories[0].brief.corrections)
    assert bare == frozen.stories[0].brief
    assert compose.corrected(shown, [wrong]) == shown
    assert compose.corrected(frozen, [other]) is frozen
