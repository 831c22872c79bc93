"""Which language a text is in, as an ISO 639-1 code."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from typing import Any

from nutgraf.text.words import STOP

__all__ = ["detect_language", "language_name", "language_of"]

_LOOK_AT = 1_000
_ENOUGH = 40
"""Letters below which a guess is no better than the declaration (CJK: a quarter of it)."""
_SURE = 0.9
"""Least probability; among news texts of over 200 characters it is practically always 1."""
_TAG = re.compile(r"[a-z]{2,3}(?=$|[-_])")
_WORD = re.compile(r"[^\W\d_]+")

# Languages not written in Latin letters, by the script that tells them.
_SCRIPTS = {
    "CYRILLIC": "ru uk bg sr mk be kk ky mn tg",
    "ARABIC": "ar fa ur ps ku ug sd",
    "HEBREW": "he yi",
    "GREEK": "el",
    "CJK": "zh ja",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "DEVANAGARI": "hi mr ne",
    "BENGALI": "bn as",
    "THAI": "th",
    "TAMIL": "ta",
    "TELUGU": "te",
    "GUJARATI": "gu",
    "GURMUKHI": "pa",
    "KANNADA": "kn",
    "MALAYALAM": "ml",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
    "ETHIOPIC": "am ti",
    "KHMER": "km",
    "SINHALA": "si",
}
# Scripts that tell the language; Japanese without any kana is not written.
_ALONE = {"CJK": "zh", "HIRAGANA": "ja", "HANGUL": "ko", "GREEK": "el", "THAI": "th"}
_NOT_LATIN = frozenset(" ".join(_SCRIPTS.values()).split())
_ALSO_LATIN = frozenset("sr kk ku mn ug".split())


_NAMES = dict(
    pair.split("=")
    for pair in """
    ar=Arabic bg=Bulgarian bn=Bengali ca=Catalan cs=Czech da=Danish de=German el=Greek en=English
    es=Spanish et=Estonian fa=Persian fi=Finnish fr=French he=Hebrew hi=Hindi hr=Croatian
    hu=Hungarian id=Indonesian it=Italian ja=Japanese ko=Korean lt=Lithuanian lv=Latvian nl=Dutch
    no=Norwegian pl=Polish pt=Portuguese ro=Romanian ru=Russian sk=Slovak sl=Slovenian sr=Serbian
    sv=Swedish sw=Swahili th=Thai tr=Turkish uk=Ukrainian ur=Urdu vi=Vietnamese zh=Chinese
    """.split()
)


def language_name(code: str) -> str:
    """The English name of a language ("French"), or its code if it is none of the common ones."""
    return _NAMES.get(code.lower().replace("_", "-").partition("-")[0], code)


def detect_language(text: str) -> str | None:
    """The language of the first thousand characters; None if they are too few or it is unsure."""
    sample = text[:_LOOK_AT]
    letters = sum(c.isalpha() for c in sample)
    wide = sum(c > "\u2e80" for c in sample)
    if letters + 3 * wide < _ENOUGH:
        return None
    if alone := _ALONE.get(_script(sample) or ""):
        return alone
    code, probability = _identifier().classify(sample)
    return str(code) if probability >= _SURE else None


def language_of(declared: str | None, text: str) -> str | None:
    """The declared language if the text may be in it, else the detected one, else the declared.

    `declared` is an HTML `lang` or a feed's tag ("en-US"). Templates often say "en" over a text
    in another language, so English is believed only where English function words occur.
    """
    code = _primary(declared)
    if code and _plausible(code, text[:_LOOK_AT]):
        return code
    return detect_language(text) or code


def _primary(declared: str | None) -> str | None:
    match = _TAG.match((declared or "").strip().lower())
    code = match.group() if match else None
    return {"iw": "he", "in": "id", "ji": "yi", "nb": "no", "nn": "no"}.get(code or "", code)


def _plausible(code: str, sample: str) -> bool:
    script = _script(sample)
    if script is None:
        return True
    if script != "LATIN":
        return code in _SCRIPTS.get(script, "").split()
    if code in _NOT_LATIN - _ALSO_LATIN:
        return False
    if code != "en":
        return True
    found = _WORD.findall(sample.lower())
    # English news has 35-50 % function words; other languages share few of them ("in", "a").
    return len(found) < 8 or sum(w in STOP for w in found) >= 0.2 * len(found)


def _script(sample: str) -> str | None:
    """The script of most letters: "LATIN", "CYRILLIC", "CJK"..."""
    if sample.isascii():
        return "LATIN"
    names = Counter(unicodedata.name(c, "").partition(" ")[0] for c in sample[:300] if c.isalpha())
    if names["HIRAGANA"] + names["KATAKANA"] > names["CJK"] / 10 and "CJK" in names:
        return "HIRAGANA"
    return names.most_common(1)[0][0] if names else None


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
