from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.text.vocabulary import Vocabulary, terms_of


@pytest.mark.parametrize(
    ("term", "text", "there"),
    [
        ("AI", "What AI does", True),
        ("AI", "AIs and A.I.-made art", True),
        ("AI", "Parlo ai bambini, j'ai faim", False),
        ("WHO", "Nurses who strike", False),
        ("WHO", "The WHO strikes back", True),
        ("drone", "DRONES seized", True),
        ("coral", "CORAL reef", True),
        ("machine learning", "machine-learning tools", True),
        ("machine learning", "learning by machine", False),
        ("training data", "training and data", False),
        ("intelligence artificielle", "l’intelligence artificielle", True),
        ("IA", "L'IA générative", True),
        ("Iran", "Iran's talks", True),
        ("chief of staff", "the chief of staff", True),
        ("F-16", "Room 16 is free", False),
        ("F-16", "Two F-16s took off", False),
        ("F-16", "An F-16 took off", True),
        ("künstliche Intelligenz", "Kunstliche Intelligenz", True),
        ("人工智能", "中国的人工智能公司", True),
        ("AI", "生成AIの規制", True),
        ("LLM", "Two LLMs", True),
        ("US-led", "a U.S.-led force", True),
    ],
)
def test_what_a_term_matches(term: str, text: str, there: bool) -> None:
    assert bool(Vocabulary({term: 1.0}).find(text)) is there


def test_the_longest_term_takes_its_words() -> None:
    vocabulary = Vocabulary({"security": 1.0, "social security": 0.0, "social": 0.3})
    assert vocabulary.find("Social security and security are social") == [
        "social security",
        "security",
        "social",
    ]


def test_terms_of_a_description_can_be_found_again() -> None:
    text = "AI, coral reefs and the U.N. in the Pacific"
    terms = terms_of(text)
    assert terms == ["AI", "coral", "reefs", "UN", "pacific"]
    assert Vocabulary(dict.fromkeys(terms, 1.0)).find(text) == terms


@given(st.text(max_size=80), st.dictionaries(st.text(max_size=12), st.floats(-2, 2), max_size=6))
def test_any_text_and_any_terms_will_do(text: str, terms: dict[str, float]) -> None:
    vocabulary = Vocabulary(terms)
    assert set(vocabulary.find(text)) <= set(terms)
    assert set(Vocabulary(dict.fromkeys(terms_of(text), 1.0)).find(text)) <= set(terms_of(text))


@given(st.lists(st.sampled_from(["coral", "reef", "AI", "model", "train"]), min_size=1, max_size=4))
def test_a_phrase_is_found_in_itself(words: list[str]) -> None:
    phrase = " ".join(words)
    assert Vocabulary({phrase: 1.0}).find(f"Of {phrase}.") == [phrase]
