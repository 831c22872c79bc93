"""write: a story that returns leads with what is new, and with the figure as it now stands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from nutgraf.stages.verify import check, judge
from nutgraf.stages.write import write
from nutgraf.types import (
    Article,
    Brief,
    Claim,
    Coverage,
    Draft,
    Kind,
    Reported,
    Slot,
    Story,
)

FIRST = datetime(2026, 11, 17, 18, tzinfo=UTC)


def article(name: str, text: str, kind: Kind = "news") -> Article:
    return Article(id=name, title=name, text=text, language="en", kind=kind)


GULL = article(
    "gull",
    """A ferry capsized off Kelm early on Tuesday, killing at least seven people, the port said.
The coast guard pulled 112 people from the water within two hours, harbour master Ona Bell said.
The ferry had been fined twice for missing life jackets since 2019, papers of the port show.
Fishing boats from Kelm reached the wreck ahead of every tug of the coast guard.""",
)
TERN = article(
    "tern",
    """Divers took three more dead from the ferry off Kelm on Wednesday, raising the toll to ten.
The coast guard pulled 112 people from the water within two hours, harbour master Ona Bell said.
Seven people were known to have been killed when the ferry capsized off Kelm.
Judge Ida Holt ordered the operator, Kelm Lines, to hand over its maintenance books by Friday.
Every sister ship of the ferry stays in port until its car door has been inspected.""",
)


def reported(of: Article, quote: str, value: int) -> Reported:
    start = of.text.index(quote)
    return Reported(article=of.id, value=value, quote=quote, start=start, end=start + len(quote))


KILLED = Slot(
    slot="people killed",
    unit="people",
    values=[
        reported(GULL, "killing at least seven people", 7),
        reported(TERN, "raising the toll to ten", 10),
    ],
    status="update",
)


def cover(*articles: Article, previous: Brief | None = None, new: str = "tern") -> Coverage:
    ids = [a.id for a in articles]
    late = FIRST + timedelta(hours=20)
    return Coverage(
        story=Story(id="s", created_at=FIRST, updated_at=late, articles=ids),
        articles=list(articles),
        traces={},
        seen_at={i: late if i == new else FIRST - timedelta(hours=2) for i in ids},
        previous=previous,
        previous_at=FIRST if previous else None,
    )


def told(draft: Draft) -> Brief:
    return Brief(
        story="s",
        language="en",
        kind="news",
        written_by="test",
        headline=draft.headline[0],
        nut_graf=draft.nut_graf[0],
        sections=draft.sections,
    )


def under(draft: Draft, *names: str) -> list[str]:
    return [c.text for s in draft.sections if s.heading in names for c in s.claims]


def cites(claim: Claim, name: str) -> bool:
    return claim.citations[0].article == name


@pytest.fixture(scope="module")
def before() -> Brief:
    return told(write(cover(GULL), []))


@pytest.fixture(scope="module")
def second(before: Brief) -> Draft:
    return write(cover(GULL, TERN, previous=before), [KILLED])


def test_the_new_toll_leads(second: Draft) -> None:
    assert cites(second.headline[0], "tern")
    assert "toll to ten" in second.headline[0].text
    assert cites(second.nut_graf[0], "tern")


def test_the_first_day_is_no_different() -> None:
    draft = write(cover(GULL), [])
    assert "killing at least seven" in draft.headline[0].text
    assert "early," not in draft.headline[0].text


def test_old_facts_are_background(second: Draft) -> None:
    old = [c for s in second.sections if s.heading == "Background" for c in s.claims]
    assert old
    for section in second.sections:
        if section.heading not in ("Background", "Where sources differ"):
            assert not any(cites(claim, "gull") for claim in section.claims)


def test_what_was_told_is_not_news_again(second: Draft) -> None:
    assert not any("112 people" in t for t in under(second, "What happened", "The figures"))
    assert "112 people" not in second.headline[0].text + second.nut_graf[0].text


def test_an_overtaken_figure_stands_only_beside_the_new_one(second: Draft) -> None:
    heads = second.headline[0].text, second.nut_graf[0].text
    elsewhere = under(second, "What happened", "The figures", "Background")
    assert not any("even people" in t for t in [*heads, *elsewhere])
    differ = under(second, "Where sources differ")
    assert len(differ) == 2
    assert any("seven" in t for t in differ)
    assert any("ten" in t for t in differ)


def test_an_overtaken_figure_without_a_newer_sentence_stays() -> None:
    slot = Slot(slot="people killed", unit="people", values=KILLED.values[:1], status="update")
    assert "seven" in write(cover(GULL), [slot]).headline[0].text


def test_a_returning_story_passes_the_gate(second: Draft) -> None:
    assert check(second, [GULL, TERN], judge).withheld == []


def test_nothing_new_is_written_as_ever(before: Brief) -> None:
    again = write(cover(GULL, previous=before, new=""), [])
    assert again.headline == write(cover(GULL), []).headline


@pytest.mark.parametrize("kind", ["live", "roundup", "opinion"])
def test_who_only_follows_heads_no_brief(kind: Kind) -> None:
    text = """Good morning from Kelm, where the harbour is quiet and the ferry rests on the sand.
The ferry that capsized in the bay of Kelm early on Tuesday is a coffin with a timetable.
A ferry capsized in the bay of Kelm on Tuesday and the coast guard pulled 112 people out."""
    draft = write(cover(article("other", text, kind), GULL), [])
    assert all(cites(c, "gull") for c in [*draft.headline, *draft.nut_graf])
    assert not any("Good morning" in c.text for s in draft.sections for c in s.claims)


def test_alone_a_live_page_may_speak() -> None:
    assert write(cover(article("live", GULL.text, "live")), []).headline


@pytest.mark.parametrize(
    "leaning",
    [
        "Corin Vael, its leader, said that the bay of Kelm and the ferry were a disgrace to all.",
        "The Castrin daily said it had seen papers on the ferry and the coast guard of Kelm.",
        "Thirty-one of them had boarded the ferry in the bay of Kelm without any ticket.",
        "Hours earlier the ferry in the bay of Kelm had passed the coast guard with its lights on.",
        "Some reports have given another name for the ferry that capsized in the bay of Kelm.",
        "Three fishermen left the bay of Kelm with the ferry's bell, the newspaper reported.",
    ],
)
def test_what_leans_on_another_sentence_never_stands_alone(leaning: str) -> None:
    lines = GULL.text.splitlines()
    draft = write(cover(article("gull", "\n".join([lines[0], *lines[2:], leaning]))), [])
    claims = [*draft.headline, *draft.nut_graf, *(c for s in draft.sections for c in s.claims)]
    assert not any(c.text.startswith(leaning[:30]) for c in claims)


def test_at_most_three_slots_and_one_sentence_a_value() -> None:
    counts = ["boats", "tugs", "divers", "cranes", "trucks"]
    lines = ["The port of {} keeps {} {} on the western quay, its harbour master said."]

    def side(name: str, first: int) -> Article:
        text = "\n".join(lines[0].format(name, first + n, c) for n, c in enumerate(counts))
        return article(name, text)

    sides = [side("Kelm", 20), side("Osk", 40), side("Kelm", 20)]
    named = [Article(id=f"a{i}", title="", text=s.text, language="en") for i, s in enumerate(sides)]
    slots = [
        Slot(
            slot=c,
            unit="",
            values=[
                reported(a, f"{first + n} {c}", first + n)
                for a, first in zip(named, (20, 40, 20), strict=True)
            ],
            status="conflict",
        )
        for n, c in enumerate(counts)
    ]
    draft = write(cover(*named), slots)
    differ = [c for s in draft.sections if s.heading == "Where sources differ" for c in s.claims]
    assert len(differ) == 6
    assert {c.citations[0].article for c in differ} == {"a0", "a1"}
