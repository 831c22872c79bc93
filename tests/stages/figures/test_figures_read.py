from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.stages.figures import MADE_BY, read
from nutgraf.types import Article, Figure


def figures(text: str, published: str | None = "2026-11-17", title: str = "") -> list[Figure]:
    return read(Article(id="a", title=title, text=text, published=published))


def stated(text: str, title: str = "") -> list[tuple[str, object, str]]:
    return [(f.what, f.value, f.unit) for f in figures(text, title=title)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The quake killed at least 14 people.", ("people killed", 14, "people")),
        ("The death toll rose to 19.", ("people killed", 19, "people")),
        ("Two men were shot and killed.", ("people killed", 2, "people")),
        ("Three others were wounded.", ("people injured", 3, "people")),
        ("About 30 people are still missing.", ("people missing", 30, "people")),
        ("The bus was carrying 41 passengers.", ("people aboard", 41, "people")),
        ("Police arrested four suspects.", ("people arrested", 4, "people")),
        ("No arrests have been made.", ("people arrested", 0, "people")),
        ("Ada Quill, 18, ran home.", ("age of Ada Quill", 18, "years")),
        ("They met 25-year-old Tom Brack there.", ("age of Tom Brack", 25, "years")),
        ("A woman in her 30s was seen.", ("age of a woman", [30, 39], "years")),
        ("The 32-year-old vessel sank.", ("age of the vessel", 32, "years")),
        ("Bail was set at $10,000.", ("bail", 10_000, "USD")),
        ("He offered a $5,000 reward.", ("reward", 5_000, "USD")),
        ("The bridge will cost 6.5 billion marks.", ("cost", 6.5e9, "marks")),
        ("Turnout was 71 percent.", ("turnout", 71, "percent")),
        ("The house passed it, 97-1, in a vote.", ("vote", "97-1", "votes")),
        ("The chamber voted 118 to 97.", ("vote", "118-97", "votes")),
        ("Mara Dow won by 41,208 votes.", ("margin of votes", 41_208, "votes")),
        ("They signed a 60-day ceasefire.", ("length of ceasefire", 60, "days")),
        ("It is a 48-page indictment.", ("pages of indictment", 48, "pages")),
        ("He was sentenced to 15 to 40 years.", ("prison sentence", [15, 40], "years")),
        ("Guards fired 18 shots.", ("shots fired", 18, "shots")),
        ("He faces five counts of arson.", ("counts of arson", 5, "counts")),
        ("It needs 24,000 new valves.", ("new valves", 24_000, "valves")),
        ("They train 3,000 foreign security officials.",
         ("foreign security officials", 3_000, "people")),
    ],
)  # fmt: skip
def test_what_a_sentence_states(text: str, expected: tuple[str, object, str]) -> None:
    assert expected in stated(text)


@pytest.mark.parametrize(
    "text",
    [
        "She lives in the 6300 block of Quay Street.",
        "Call 318-673-6955 for help.",
        "Osprey 3 is the newest model.",
        "He drove along Highway 61 for a while.",
        "It stood at 1067 Harrow Ave. for years.",
        "See page 12 and Gate Four.",
        "3. Stir well.",
        "The 21st street fair began.",
        "The toll was up from 31 people.",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    assert stated(text) == []


def test_times_and_days_name_what_happened() -> None:
    text = "The shooting happened about 9:20 p.m. on Nov. 15, police said."
    found = stated(text, title="Two hurt in harbour shooting after shooting")
    assert found == [
        ("time of shooting", "21:20", "clock time"),
        ("date of shooting", "2026-11-15", "date"),
    ]


def test_a_day_without_year_is_near_the_publication() -> None:
    coming = figures("The election is set for June 25.", published="2026-01-30")
    gone = figures("The election on June 25 was calm.", published="2026-08-30")
    assert [f.value for f in coming + gone] == ["2026-06-25", "2026-06-25"]


def test_the_speaker_of_the_sentence() -> None:
    (figure,) = figures("The Sorrel coast guard said 24 people were missing.")
    assert figure.said_by == "the Sorrel coast guard"
    (figure,) = figures("Some 40 people died, according to Mayor Ida Lund.")
    assert figure.said_by == "Mayor Ida Lund"
    (figure,) = figures("He said 24 people were missing.")
    assert figure.said_by is None


def test_the_speaker_named_in_the_next_sentence() -> None:
    text = "It will train 300 officials. This plan, announced by the Ministry of Tides, is new."
    assert figures(text)[0].said_by == "the Ministry of Tides"


def test_as_of_a_weekday() -> None:
    (figure,) = figures("As of Monday 12 people were missing.", published="2026-11-17")
    assert figure.as_of == "2026-11-16"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("As of Nov. 12, 30 people were missing.", "2026-11-12"),
        ("Police said Monday that 12 people were injured.", "2026-11-16"),
        ("Police said Monday that the 12 barns burned.", None),
        ("Some 12 people were injured.", None),
    ],
)
def test_as_of_the_day_it_was_said(text: str, day: str | None) -> None:
    assert [f.as_of for f in figures(text, published="2026-11-17")] == [day]


def test_the_surname_stands_for_the_full_name() -> None:
    found = stated("Ilse Tarn came home. Ms. Tarn, 47, said little.")
    assert ("age of Ilse Tarn", 47, "years") in found


def test_other_languages_where_the_noun_is_known() -> None:
    article = Article(id="a", text="Al menos 14 personas murieron el martes.", language="es")
    assert [(f.what, f.value) for f in read(article)] == [("people killed", 14)]


_WORDS = st.sampled_from(
    """3 12 1,400 two people were killed wounded The Ada Quill , 18 -year-old $5 million bail about
    9:20 p.m. Nov. 15 percent of the votes 118-97 said police . years in prison \n ( ) " 25 shots"""
    .split(" ")
)  # fmt: skip


@given(st.one_of(st.text(max_size=400), st.lists(_WORDS, max_size=40).map(" ".join)))
def test_quotes_are_exact_and_short(text: str) -> None:
    for figure in figures(text):
        assert text[figure.start : figure.end] == figure.quote
        assert 0 < len(figure.quote) <= 120
        assert "\n" not in figure.quote
        assert figure.what.strip()


def test_it_runs_in_a_pool() -> None:
    found = figures("Two men were killed.")
    assert pickle.loads(pickle.dumps(found)) == found
    assert pickle.loads(pickle.dumps(read)) is read
    assert MADE_BY.startswith("figures/")
