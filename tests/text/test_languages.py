"""Which language a text is in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.text.languages import detect_language, language_of

TEXTS = {
    "en": "The harbour council has agreed to keep the old lighthouse open through the winter.",
    "de": "Der Hafenrat hat beschlossen, den alten Leuchtturm auch im Winter offen zu halten.",
    "fr": "Le conseil du port a décidé de garder le vieux phare ouvert pendant tout l'hiver.",
    "es": "El consejo del puerto ha decidido mantener abierto el viejo faro durante el invierno.",
    "ru": "Совет порта решил оставить старый маяк открытым на всю зиму, сообщили в пятницу.",
    "zh": "港口委员会决定在整个冬季保持旧灯塔开放，周五发布的声明说。",
    "ja": "港湾委員会は金曜日、古い灯台を冬の間も開けておくことを決めたと発表した。",
}


@pytest.mark.parametrize(("code", "text"), TEXTS.items())
def test_detects(code: str, text: str) -> None:
    assert detect_language(text) == code


@pytest.mark.parametrize("text", ["", "Ok", "12345 67890 " * 20, "!?" * 50])
def test_too_little_is_unknown(text: str) -> None:
    assert detect_language(text) is None


@pytest.mark.parametrize(("code", "text"), TEXTS.items())
def test_a_template_that_says_english_is_not_believed(code: str, text: str) -> None:
    assert language_of("en-US", text) == code


def test_a_plausible_declaration_is_kept() -> None:
    assert language_of("gl-ES", TEXTS["es"]) == "gl"
    assert language_of("zh-Hant", TEXTS["zh"]) == "zh"
    assert language_of("ru", TEXTS["en"]) == "en"
    assert language_of("de", "") == "de"
    assert language_of(None, "") is None


@given(st.none() | st.text(max_size=12), st.text(max_size=200))
def test_never_raises(declared: str | None, text: str) -> None:
    found = language_of(declared, text)
    assert found is None or (found.islower() and 2 <= len(found) <= 3)
