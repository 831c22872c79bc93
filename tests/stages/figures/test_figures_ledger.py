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
        ("selm-ceasefire", "prisoners", "conflict", {3000, 5000}),
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
