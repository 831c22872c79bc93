"""Sentences: exact spans, and the places where a full stop ends nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.text.sentences import sentences

LANGUAGES = ["en", "es", "fr", "de", "pt", "it", "ar", "ru", "zh", "ja", None, "xx", "en-GB"]


def split(text: str, language: str | None = "en") -> list[str]:
    return [text[start:end] for start, end in sentences(text, language)]


WHOLE = [
    "Talks with U.S. Rep. Ann Mott ended on Monday.",
    "J. K. Marsh wrote the report for the harbour board.",
    "The tide rose at 2 p.m. Tuesday and fell by night.",
    "Lt. Gov. Ines Pell and Dr. Moe signed it.",
    "It grew by 3.5 percent, i.e. less than in Jan. 2020.",
    "“We saw it. We ran. Nobody helped,” said Ona Bell.",
    '"We saw it. We ran," said Ona Bell.',
    "He waited ... and waited.",
    "He waited… and waited.",
    "Acme Inc. said sales of George W. Marsh rose to $1.5 bn.",
    "Police in Washington, D.C., said so.",
    "Ferry No. 5 left the quay.",
    "See example.com for the tables.",
]


@pytest.mark.parametrize("sentence", WHOLE)
def test_a_sentence_with_stops_in_it_stays_whole(sentence: str) -> None:
    assert split(sentence) == [sentence]
    assert split(f"{sentence} The gates closed.") == [sentence, "The gates closed."]


@pytest.mark.parametrize(
    "pieces",
    [
        ["The pier stands in the U.S.", "The army left."],
        ["It opened at 3 p.m.", "The doors were shut by dusk."],
        ["(This was odd.)", "Then he came back."],
        ["The mayor said no.", "Prof. Hall agreed."],
        ["He said “stop.”", "Then he left."],
        ["Is it so?", "Yes!", "Really?!", "Nobody knows"],
        ["The claim rests on the U.S. [5].", "Another rests on it too.[3]", "None does."],
        ["1. Boats sink.", "2. Nets tear."],
        ["• Boats sink.", "• Nets tear"],
    ],
)
def test_neighbours_are_cut_apart(pieces: list[str]) -> None:
    assert split(" ".join(pieces)) == pieces


@pytest.mark.parametrize(
    ("language", "pieces"),
    [
        ("es", ["El Sr. Lobo llegó a EE. UU. ayer.", "«No quiero. Me voy», dijo.", "¿Y ella?"]),
        ("fr", ["M. Petit est arrivé.", "« Je pars. Adieu », a-t-il dit."]),
        ("de", ["Am 3. Oktober kam Dr. Voss z. B. nach Kiel.", "„Ich gehe. Ja“, sagte er."]),
        ("pt", ["O Sr. Lima chegou.", "A Dra. Rosa saiu."]),
        ("it", ["Il sig. Neri è arrivato.", "«Non so. Vado», ha detto."]),
        ("ar", ["وصل الوزير أمس.", "هل هذا صحيح؟", "نعم."]),
        ("fr", ["Le Dr. Petit vit av. Foch, n° 5.", "J.-P. Roux aussi."]),
        (
            "de",
            [
                "Der 2. Weltkrieg endete.",
                "Die Fa. Möwe baut Nr. 5.",
                "Er kam am 3.",
                "Es war kalt.",
            ],
        ),
        ("pt", ["Mora na Av. Azul, n.º 5.", "O prof. Lima veio."]),
        ("it", ["L'art. 5 della legge n. 10 vale.", "Basta."]),
        ("es", ["Subió un 3,5 %.", "Vive en la Av. Sol núm. 5.", "¡Nada!"]),
        ("ar", ["قال د. أحمد ذلك.", "ثم غادر."]),
        ("ru", ["Это стоило 3,5 млн руб. и т. д.", "«Иду. Пока», — сказал он."]),
        ("ru", ["В 2020 г. он приехал в г. Тверь.", "А. С. Орлов умер."]),
    ],
)
def test_other_languages(language: str, pieces: list[str]) -> None:
    assert split(" ".join(pieces), language) == pieces


@pytest.mark.parametrize(
    ("language", "pieces"),
    [
        ("zh", ["船昨天来了。", "“我要走了。再见。”他说。", "真的吗？"]),
        ("zh", ["他等了……然后走了。", "增长5.2%。"]),
        ("ja", ["彼は待った……そして去った。", "3.5％だ。"]),
        ("ja", ["船は来た。", "「行きます。」と彼は言った。", "本当？"]),
    ],
)
def test_scripts_without_spaces(language: str, pieces: list[str]) -> None:
    assert split("".join(pieces), language) == pieces


def test_a_line_break_ends_a_sentence() -> None:
    assert split("A heading\nThe ferry\r\nleft.") == ["A heading", "The ferry", "left."]


words = st.sampled_from(
    ["Mr.", "U.S.", "left", "The", "“We", "go.”", "p.m.", "3.", "[5]", "…", "—"]
)
prose = st.lists(words | st.text(max_size=6), max_size=30).map(" ".join)


@given(text=st.text() | prose, language=st.sampled_from(LANGUAGES))
def test_spans_are_ordered_unpadded_and_hold_all_that_is_no_space(
    text: str, language: str | None
) -> None:
    at = 0
    for start, end in sentences(text, language):
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()
