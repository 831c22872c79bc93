from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.demo.articles import load_press
from nutgraf.stages.figures import ledger, read
from nutgraf.types import Article, Slot, SlotStatus


def lined_up(*texts: str, days: tuple[str, ...] = ()) -> list[Slot]:
    dates = days or ("2026-11-17",) * len(texts)
    articles = [
        Article(id=str(i), text=text, published=day, publisher=f"Paper {i}")
        for i, (text, day) in enumerate(zip(texts, dates, strict=True))
    ]
    return ledger([figure for article in articles for figure in read(article)], articles)


def the(slots: list[Slot], name: str) -> Slot:
    found = [slot for slot in slots if slot.slot == name]
    assert len(found) == 1, [slot.slot for slot in slots]
    return found[0]


TOLL = "The flood killed {} people in Malin, the governor said."


def test_the_same_value_agrees() -> None:
    slot = the(lined_up(TOLL.format("14"), TOLL.format("fourteen")), "people killed")
    assert (slot.status, [v.value for v in slot.values]) == ("agree", [14, 14])


def test_a_toll_that_rises_is_an_update() -> None:
    slots = lined_up(TOLL.format(14), TOLL.format(19), days=("2026-11-17", "2026-11-18"))
    slot = the(slots, "people killed")
    assert (slot.status, slot.note) == ("update", "14 on 17 November, then 19 on 18 November")


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        ("Ada Quill, 18, was freed.", "Ada Quill, 19, was freed.", "conflict"),
        ("Ada Quill, 18, was freed.", "Ms. Quill and Tom Quill, 19, were freed.", "single"),
        ("The bus carried 41 boys. It was carrying 212 people.",
         "The bus was carrying 207 people.", "conflict"),
        ("The bus was carrying more than 200 people.",
         "The bus was carrying 212 people.", "agree"),
        ("The act was passed by 118 votes to 97.", "The act was passed 118 to 79.", "conflict"),
        ("The council voted 4 to 3 on it.", "The house voted 118 to 79 on it.", "single"),
        ("The yard spent $43,000 on a Tarn watch.", "The yard spent $43,350 on a Tarn watch.",
         "agree"),
        ("It was built in Castrin over 11 years.", "The fire burned for three hours.", "single"),
        ("Tom Brack, age 16 at the time of the fire, wept.", "Tom Brack, 17, wept.", "scope"),
        ("The bridge will cost 8 million marks, including a toll house.",
         "The bridge will cost 6 million marks.", "scope"),
    ],
)  # fmt: skip
def test_statuses(first: str, second: str, status: SlotStatus) -> None:
    slots = lined_up(first, second)
    assert slots[0].status == status if status != "single" else not _differing(slots)


def _differing(slots: list[Slot]) -> list[str]:
    return [slot.slot for slot in slots if slot.status in ("conflict", "update", "scope")]


SAME_DAY = ("2026-11-17", "2026-11-17")
DAYS_LATER = ("2026-11-14", "2026-11-17")


@pytest.mark.parametrize(
    ("first", "second", "days", "name", "status"),
    [
        # clock times: the day they speak of, the stage, what words leave open
        ("The shooting happened at 1:30 a.m. Sunday.", "The shooting happened at 1:30 p.m. Sunday.",
         SAME_DAY, "time of shooting", "conflict"),
        ("The shooting happened about 1:30 p.m. Sunday.",
         "The shooting happened shortly after 1:15 p.m. Sunday.", SAME_DAY, "time of shooting",
         "agree"),
        ("The shooting happened about 9 o’clock.", "The shooting happened at 9 p.m.", SAME_DAY,
         "time of shooting", "agree"),
        ("The shooting happened at 1:30 p.m.", "Deputies were called at 1:55 p.m. to the shooting.",
         SAME_DAY, "time of shooting", "scope"),
        # days, by name or date
        ("The shooting happened early Sunday.", "The shooting happened on Nov. 15.", SAME_DAY,
         "date of shooting", "agree"),
        ("Three people were shot July 17 on Quay Street.",
         "Three people were shot July 18 on Quay Street.", SAME_DAY, "date of shooting",
         "conflict"),
        # tolls
        ("No arrests have been made.", "Police arrested two men.", DAYS_LATER, "people arrested",
         "update"),
        ("All of them are expected to survive.", "A man hurt on Quay Street has died.", DAYS_LATER,
         "people killed", "update"),
        ("Two men and two women were injured.", "Four people were injured.", SAME_DAY,
         "people injured", "agree"),
        ("Two men were hurt at first sight. Three people were injured in all.",
         "Three people were injured.", SAME_DAY, "people injured", "agree"),
        ("The gunman killed two people and then himself.", "Three people were killed.", SAME_DAY,
         "people killed", "scope"),
        ("Residents heard nine shots.", "The guards fired 14 shots.", SAME_DAY, "shots fired",
         "scope"),
        ("At least 30 shots were fired.", "The guards fired 40 shots.", DAYS_LATER, "shots fired",
         "update"),
        # ages of people without a name, and of misspelt ones
        ("A 16-year-old boy was killed on the quay.", "A 15-year-old boy was killed on the quay.",
         SAME_DAY, "age of a boy", "conflict"),
        ("Roland Fischer, 41, left.", "Roland Fisher, 44, left.", SAME_DAY, "age of Roland Fischer",
         "conflict"),
        # sums, terms, spans of years
        ("He spent $5,687.75 on a Tarn holiday.", "There was a $5,587.75 holiday in Tarn.",
         SAME_DAY, "money: holiday", "conflict"),
        ("Her bail was set at $310,000.", "Her bail was set at $130,000.", SAME_DAY, "bail",
         "conflict"),
        ("Brack was sentenced to five years in prison for arson.",
         "Brack was sentenced to 60 months in prison for arson.", SAME_DAY, "prison sentence",
         "agree"),
        ("Quill was senator of Tarn from 1967 to 1979.",
         "Quill was senator of Tarn from 1966 to 1978.", SAME_DAY, "years", "conflict"),
        ("Dow sees a one-in-three chance of losing.", "Dow sees a 1 in 3 chance of losing.",
         SAME_DAY, "chance", "agree"),
    ],
)  # fmt: skip
def test_what_is_set_against_what(
    first: str, second: str, days: tuple[str, ...], name: str, status: SlotStatus
) -> None:
    assert the(lined_up(first, second, days=days), name).status == status


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The shooting happened at 9:30 p.m. Sunday.",
         "The shooting made them plan a walk that begins at 6:30 p.m. Wednesday."),
        ("The shooting happened at 1 p.m.", "Shaken by the shooting, he was arrested at 6 p.m."),
        ("Two people were injured. One is in critical condition, three others were hurt slightly.",
         "Police said two people were injured."),
        ("Three men were arrested.", "No one has been arrested in the fire of last year."),
        ("Nine people were shot in separate shootings across Tarn.", "Two people were shot."),
        ("One person was killed in an accident on Highway 9.",
         "Three people were killed in the shooting at a shop."),
        ("Ada Quill, 47, wept for the boy.", "A man in his 30s was seen near the boy’s house."),
        ("A teenager under age 10 was hurt.", "An 8-year-old girl was hurt."),
        ("Posted: Sunday, Nov. 15, 2026 5:33 PM The shooting was told again.",
         "The shooting was at 2 p.m. on Nov. 16."),
        ("Copyright 2014 Tarn Times. All rights reserved.",
         "Copyright 2015 Tarn Times. All rights reserved."),
    ],
)  # fmt: skip
def test_what_is_not_set_against_each_other(first: str, second: str) -> None:
    assert not _differing(lined_up(first, second, days=("2026-11-16", "2026-11-17")))


def test_a_caption_left_above_a_newer_text() -> None:
    old = "Two people were injured at the mill on Quay Street. (Photo: Tarn Times)"
    new = "Three people were injured at the mill on Quay Street."
    slot = the(lined_up(f"{old}\n\n{new}", new), "people injured")
    assert (slot.status, [v.value for v in slot.values]) == ("update", [2, 3, 3])


def test_one_of_a_list_whose_age_differs() -> None:
    rest = "Tom Tarn, 29, Ida Lund, 47, and Emil Ganz, 34, were hurt."
    unnamed = "A 29-year-old man, a woman, 47, a man, 34, and an 18-year-old man were hurt."
    slot = the(lined_up(unnamed, f"Roy Gill, 19, came too. {rest}"), "age of Roy Gill")
    assert (slot.status, {v.value for v in slot.values}) == ("conflict", {18, 19})


def test_a_birthday_is_an_update() -> None:
    slots = lined_up(
        "Ada Quill, 18, was freed.",
        "Ada Quill, 19, was freed.",
        days=("2026-01-10", "2026-11-17"),
    )
    assert slots[0].status == "update"


def test_bail_lowered_within_one_article() -> None:
    (slot,) = lined_up("She was initially held on $1 million bail, lowered to $300,000 bail later.")
    assert (slot.status, [v.value for v in slot.values]) == ("update", [1_000_000, 300_000])


def test_two_values_of_one_article_are_two_things() -> None:
    text = "Orlane will free 300 prisoners from Karst. Dorsh will free 500 prisoners from Karst."
    assert not _differing(lined_up(text, text))


def test_conflicts_come_first_and_name_who_says_what() -> None:
    slots = lined_up(
        "The mayor said 212 people were aboard. Turnout was 71 percent.",
        "Turnout was 71 percent. Sorrel Lines said 207 people were aboard.",
    )
    assert [slot.status for slot in slots] == ["conflict", "agree"]
    assert slots[0].note == "212 according to the mayor, 207 according to Sorrel Lines"


def test_a_value_an_article() -> None:
    slot = the(
        lined_up(TOLL.format(14) + "\n\n" + TOLL.format(14), TOLL.format(14)), "people killed"
    )
    assert [v.article for v in slot.values] == ["0", "1"]


def test_figures_of_absent_articles_are_left_out() -> None:
    article = Article(id="a", text=TOLL.format(14))
    assert ledger(read(article), []) == []


_TEXTS = st.lists(
    st.sampled_from(
        [TOLL.format(n) for n in (2, 14, 19)]
        + ["Ada Quill, 18, left.", "Ada Quill, 19, left.", "Ada Brack, 18, left."]
        + ["Bail was set at $500.", "It needs 24,000 valves.", "It needs 26,000 valves.", ""]
    ),
    max_size=6,
)


@given(st.lists(_TEXTS, max_size=5))
def test_every_value_is_quoted_exactly(stories: list[list[str]]) -> None:
    articles = [Article(id=str(i), text="\n".join(texts)) for i, texts in enumerate(stories)]
    texts = {article.id: article.text for article in articles}
    slots = ledger([figure for article in articles for figure in read(article)], articles)
    order: list[SlotStatus] = ["conflict", "update", "scope", "agree", "single"]
    assert [s.status for s in slots] == sorted((s.status for s in slots), key=order.index)
    for slot in slots:
        assert slot.values
        for value in slot.values:
            assert texts[value.article][value.start : value.end] == value.quote
        sources = {value.article for value in slot.values}
        assert (slot.status == "single") == (len(sources) == 1)


def demo(story: str) -> list[Slot]:
    outlets, press = load_press()
    names = {outlet.id: outlet for outlet in outlets}
    articles = [
        Article(
            id=a.key,
            title=a.on(2).title,
            text=a.on(2).text,
            published=a.published.isoformat(),
            publisher=names[a.outlet].name,
            language=names[a.outlet].language,
        )
        for a in press
        if a.story == story
    ]
    return ledger([figure for article in articles for figure in read(article)], articles)


@pytest.mark.parametrize(
    ("story", "name", "status", "values"),
    [
        ("kittiwake-ferry", "people aboard", "conflict", {212, 207}),
        ("kittiwake-ferry", "people killed", "update", {14, 19}),
        ("kittiwake-ferry", "people missing", "update", {31, 24}),
        ("selm-ceasefire", "prisoners to be exchanged", "conflict", {3000, 5000}),
        ("almendria-runoff", "margin of votes", "conflict", {41208, 42108}),
        ("brightmere-fab", "cost", "scope", {8.2e9, 6.5e9}),
        ("hathmoor-ai-act", "vote", "conflict", {"118-97", "118-79"}),
        ("larkspur-3", "accelerators", "conflict", {24000, 26000}),
        ("dunmere-ferry", "people injured", "update", {26, 28}),
    ],
)
def test_the_demo_newsroom(
    story: str, name: str, status: SlotStatus, values: set[float | str]
) -> None:
    differing = [slot for slot in demo(story) if slot.status in ("conflict", "update", "scope")]
    slot = the(differing, name)
    assert slot.status == status
    assert values <= {v.value for v in slot.values if not isinstance(v.value, list)}
    assert len(differing) <= 4


def test_the_seeds_disagree(seeds: Path) -> None:
    articles = [
        Article(id=path.stem, text=path.read_text("utf-8")) for path in sorted(seeds.glob("*.txt"))
    ]
    slot = ledger([figure for article in articles for figure in read(article)], articles)[0]
    assert slot.status == "conflict"
    assert [value.value for value in slot.values] == [3000, 5000]
    assert next(value.said_by for value in slot.values) == "the Ministry of Public Security"


def test_a_thing_described_by_what_befell_it_befalls_it_no_second_time() -> None:
    """The day is that of the divers' work, not of the capsizing that the ferry is known by."""
    slots = lined_up(
        "The ferry Kittiwake capsized off Aurelle on Tuesday, killing 14 people.",
        "Divers recovered five more bodies from a capsized ferry off Aurelle on Wednesday.",
        days=("2026-11-17", "2026-11-18"),
    )
    assert "2026-11-18" not in [
        value.value for slot in slots if slot.slot == "date of sinking" for value in slot.values
    ]
