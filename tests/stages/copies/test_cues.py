"""Words that name an origin, and words that only look like it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.stages.copies.credits import wire_mark
from nutgraf.stages.copies.cues import second_hand
from nutgraf.stages.copies.outlets import is_outlet, same_outlet
from nutgraf.types import Article


def article(text: str, **more: object) -> Article:
    return Article(id="a", text=text, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "name", "quote"),
    [
        (
            "The navy overpaid for six boats, the Harbour Ledger reported on Tuesday.",
            "Harbour Ledger", "the Harbour Ledger reported",
        ),
        (
            "The bank will close 40 branches, according to Reuters.",
            "Reuters", "according to Reuters",
        ),
        (
            "A leak first reported by the Kelm Evening Mail has widened.",
            "Kelm Evening Mail", "first reported by the Kelm Evening Mail",
        ),
        (
            "Dresk will shut its border, local media said, citing the Imrik newspaper.",
            "Imrik", "citing the Imrik newspaper",
        ),
        (
            "The minister will go, she told the Brask Financial Daily.",
            "Brask Financial Daily", "told the Brask Financial Daily",
        ),
        (
            "Rain fell. More rain is due, according to a report in the Pennick Post.",
            "Pennick Post", "according to a report in the Pennick Post",
        ),
        (
            "The plant will close, tidewater.com reported.",
            "tidewater.com", "tidewater.com reported",
        ),
        (
            "Tests began.\nMore.\nMore.\nThis article was first published by Quillon Notebook.",
            "Quillon Notebook", "This article was first published by Quillon Notebook",
        ),
    ],
)  # fmt: skip
def test_an_outlet_that_governs_the_lead_is_the_origin(text: str, name: str, quote: str) -> None:
    cue = second_hand(article(text))
    assert cue is not None
    assert (cue.name, cue.quote) == (name, quote)
    assert quote in text


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("El puerto cerrará en mayo, según informó el Diario de Almendria.", "es",
         "Diario de Almendria"),
        ("Le ministre va démissionner, a rapporté l'Agence France-Presse.", "fr",
         "Agence France-Presse"),
        ("Der Hafen schließt im Mai, berichtete die Brasker Zeitung.", "de", "Brasker Zeitung"),
    ],
)  # fmt: skip
def test_other_languages(text: str, language: str, name: str) -> None:
    cue = second_hand(article(text, language=language))
    assert cue is not None
    assert cue.name == name


@pytest.mark.parametrize(
    "text",
    [
        "Nine people died, the Health Ministry reported on Tuesday.",
        "Nine people died, according to the Interior Ministry.",
        "Nine people died, police said. The National Weather Agency reported on Tuesday rain.",
        "The mayor will resign, she told Orla Finnick.",
        "Royal Mail reported on Tuesday that letters were late.",
        "A study in the New Harbour Journal of Medicine found so, according to the authors.",
        "The plan was announced by the Ministry of Public Security.",
        "Fire spread.\nA roof fell.\nNobody was hurt.\nA guard slept, the Pennick Post reported.",
        "",
    ],
)
def test_ministries_people_and_deep_mentions_are_no_origin(text: str) -> None:
    assert second_hand(article(text)) is None


def test_an_outlet_that_cites_itself_reports_by_itself() -> None:
    text = "The minister will go, she told the Post."
    assert second_hand(article(text)) is not None
    assert second_hand(article(text, publisher="The Pennick Post")) is None


def test_a_known_outlet_needs_no_telling_name() -> None:
    text = "The chip is late, Backplane reported on Monday."
    assert second_hand(article(text)) is None
    cue = second_hand(article(text), ["Backplane"])
    assert cue is not None
    assert cue.name == "Backplane"


@pytest.mark.parametrize(
    ("text", "authors", "name"),
    [
        ("PENNICK, Sorrel Isles, Nov 17 (MPA) — A ferry capsized.", [], "MPA"),
        ("LONDON (Reuters) - Shares fell.", [], "Reuters"),
        ("AP - Shares fell.", [], "Associated Press"),
        ("Madrid, 17 nov (EFE).- El puerto cierra.", [], "EFE"),
        ("Berlin (dpa) - Der Hafen schließt.", [], "dpa"),
        ("Shares fell.\n\nAgence France-Presse contributed to this report.", [],
         "Agence France-Presse"),
        ("Shares fell.", ["Jo Hale", "The Associated Press"], "Associated Press"),
        ("Shares fell.", ["Meridian Press Agency"], "Meridian Press Agency"),
    ],
)  # fmt: skip
def test_wire_marks(text: str, authors: list[str], name: str) -> None:
    cue = wire_mark(article(text, authors=authors))
    assert cue is not None
    assert cue.name == name
    assert cue.quote in text or cue.quote in authors


@pytest.mark.parametrize(
    "text",
    [
        "The World Harbour Organisation (WHO) - which meets today - is late.",
        "A ferry capsized. The agency (MPA) was told - at noon.",
        "Police contributed to this report.",
    ],
)
def test_brackets_and_thanks_are_no_wire_mark(text: str) -> None:
    assert wire_mark(article(text)) is None


def test_an_agency_marks_its_own_text_as_everybody_does() -> None:
    text = "BRASK, Nov 17 (MPA) — A truce was signed."
    assert wire_mark(article(text, publisher="Meridian Press Agency")) is None
    assert wire_mark(article(text, url="https://www.mpa.example/truce")) is None
    cue = wire_mark(article(text, publisher="Courier"), ["Meridian Press Agency"])
    assert cue is not None
    assert cue.name == "Meridian Press Agency"


def test_names_of_one_outlet() -> None:
    assert same_outlet("MPA", "Meridian Press Agency")
    assert same_outlet("The Harbour Ledger", "Harbour Ledger newspaper")
    assert same_outlet("AP", "The Associated Press")
    assert not same_outlet("Harbour Ledger", "Harbour Post")
    assert not is_outlet("Ministry of Public Security")


@given(st.text(), st.lists(st.text(), max_size=3), st.one_of(st.none(), st.text(max_size=20)))
def test_no_text_breaks_it_and_quotes_are_its_words(
    text: str, authors: list[str], publisher: str | None
) -> None:
    some = article(text, authors=authors, publisher=publisher)
    told, wire = second_hand(some), wire_mark(some)
    assert told is None or (told.quote in text and told.name)
    assert wire is None or wire.quote in text or wire.quote in authors


_PIECES = st.sampled_from(
    ["The ", "Post ", "A" * 50, "reported ", "according to ", "(", "MPA)", " - ", "told ", "of ",
     "newspaper ", "a-b", ".com ", "\n", "Originally published by ", "citing ", ", "]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=400).map("".join))
def test_texts_made_of_cues_are_read_in_time(text: str) -> None:
    some = article(text)
    told = second_hand(some)
    assert told is None or told.quote in text
    wire_mark(some)


def test_the_documents_that_started_the_project(seeds: Path) -> None:
    first = (seeds / "000_1bddf78f6e11bcaf.txt").read_text("utf-8")
    second = (seeds / "003_4d2ac2197ac89ae8.txt").read_text("utf-8")
    assert second_hand(article(first)) is None
    cue = second_hand(article(second))
    assert cue is not None
    assert cue.name == "South China Morning Post"
