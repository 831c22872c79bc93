"""A sentence as comparable tokens: one form for what can be written in several ways.

"3,000" is "3000", "three million" is "3000000", "per cent" is "%", "don't" is "do not", "U.S." is
"US". Punctuation makes no token, but the gaps between tokens keep it, and quotation is marked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from nutgraf.text.spelled import TENS, UNITS
from nutgraf.text.words import fold

__all__ = ["Tokens", "is_number", "number", "tokenise"]

_UNSPACED = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f"
_TOKEN = re.compile(
    rf"(?<![\w.])(?:[A-Za-z]\.)+[A-Za-z](?!\w)\.?|(?<![\w.])[-−]?\d++(?:[.,:]\d++)*+(?:st|nd|rd|th|s|m|bn|mn|tn|million|billion|trillion)?+(?![^\W\d_{_UNSPACED}])"
    rf"|[{_UNSPACED}]|[^\W_{_UNSPACED}]+(?:['’][^\W\d_]+)*|[%$€£¥<>~≈±]"
)
_SCALES = {
    "hundred": 100, "thousand": 1_000, "million": 10**6, "mn": 10**6, "m": 10**6,
    "billion": 10**9, "bn": 10**9, "trillion": 10**12, "tn": 10**12,
}  # fmt: skip
_SHORT = re.compile(r"(-?\d[\d.,]*)(m|bn|mn|tn|million|billion|trillion)")
_ENDINGS = {"re": "are", "ve": "have", "ll": "will", "m": "am"}
_IS = frozenset("it he she that there what who where here how this".split())
_OPEN, _CLOSE = "“«„「『‘", "”»」』’"


@dataclass(frozen=True, slots=False)
class Tokens:
    """Normalised tokens of a stretch of text.

    `spans[i]` are the code points of `text` that `norms[i]` stands for.
    """

    text: str
    norms: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    def __len__(self) -> int:
        return len(self.norms)

    def gap(self, i: int) -> str:
        """What stands before token `i`; `gap(len(self))` is what stands after the last."""
        before = self.spans[i - 1][1] if i else 0
        return self.text[before : self.spans[i][0] if i < len(self) else len(self.text)]

    def raw(self, i: int) -> str:
        start, end = self.spans[i]
        return self.text[start:end]

    @cached_property
    def quoted(self) -> tuple[bool, ...]:
        """For each token, whether it stands inside quotation marks opened in this text."""
        inside, flags = "", [False] * len(self)
        for i in range(len(self)):
            for character in self.gap(i):
                if not inside and character in "”»」』":  # it was open before this text began
                    flags[:i] = [True] * i
                inside = _after_mark(inside, character)
            flags[i] = bool(inside)
        return tuple(flags)


def _after_mark(inside: str, character: str) -> str:
    """The mark that is open after `character`, empty for none."""
    if character == '"':
        return "" if inside == '"' else inside or '"'
    if character in _OPEN and not (inside == "„" and character == "“"):
        return inside or character
    if inside and inside != '"' and (character in _CLOSE or character == "“"):
        # ’ closes only what ‘ opened: elsewhere it is an apostrophe
        return inside if (character == "’") != (inside == "‘") else ""
    return inside


def tokenise(text: str) -> Tokens:
    """The tokens of `text`."""
    norms: list[str] = []
    spans: list[tuple[int, int]] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        _add(text, norms, spans, start, end)
    return Tokens(text, tuple(norms), tuple(spans))


def _add(text: str, norms: list[str], spans: list[tuple[int, int]], start: int, end: int) -> None:
    """Append the forms of `text[start:end]`, or join it to the number or word before it."""
    for norm in filter(None, _forms(text[start:end])):
        if norm in _SCALES and norms and is_number(norms[-1]) and _may_scale(norm, norms):
            norms[-1] = _format(float(norms[-1]) * _SCALES[norm])
            spans[-1] = (spans[-1][0], end)
        elif norm == "cent" and norms and norms[-1] == "per":
            norms[-1], spans[-1] = "%", (spans[-1][0], end)
        elif norms and _adds_up(text, spans[-1], start, norm):
            norms[-1], spans[-1] = str(int(norms[-1]) + UNITS[norm]), (spans[-1][0], end)
        else:
            norms.append(str(UNITS.get(norm, TENS.get(norm, norm))))
            spans.append((start, end))


def _may_scale(scale: str, norms: list[str]) -> bool:
    """Whether it is a scale here: "m" is metres unless money stands before the number."""
    return scale != "m" or (len(norms) > 1 and norms[-2] in "$€£¥")


def _adds_up(text: str, before: tuple[int, int], start: int, norm: str) -> bool:
    """Whether "twenty" and "five" are one number."""
    small = 0 < UNITS.get(norm, 0) < 10
    return small and before[1] == start - 1 and text[slice(*before)].lower() in TENS


def _forms(raw: str) -> tuple[str, ...]:
    """The normalised token or tokens of one word or number as written."""
    if raw[0].isdigit() or raw[0] in "-−":
        big = _SHORT.fullmatch(raw)
        return (number(big[1]), big[2]) if big else (number(fold(raw)),)
    letters = raw.replace(".", "")
    if letters in ("US", "USA"):  # capitals tell it from the pronoun
        return ("u.s.",)
    if letters != raw:
        return (letters.lower(),)
    word = fold(raw) or raw  # a letter that is all accent folds to nothing
    if word in ("percent", "pct"):
        return ("%",)
    return _contraction(word) if "'" in word or word == "cannot" else (word,)


def _contraction(word: str) -> tuple[str, ...]:
    if word == "cannot":
        return ("can", "not")
    if word.endswith("n't"):
        base = {"won't": "will", "can't": "can", "shan't": "shall"}.get(word, word[:-3])
        return (base, "not")
    base, _, ending = word.rpartition("'")
    if ending in _ENDINGS:
        return (base, _ENDINGS[ending])
    if ending == "s":
        return (base, "is") if base in _IS else (base, "'s")
    return (base, "'d") if ending == "d" else (word.replace("'", ""),)


def number(raw: str) -> str:
    """One form for a number in digits: "3,000" and "3000", "4.50" and "4.5" are the same."""
    raw = raw.replace("−", "-")
    if re.fullmatch(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?", raw):
        raw = raw.replace(",", "")
    if re.fullmatch(r"-?\d+\.\d+", raw):
        raw = raw.rstrip("0").rstrip(".")
    return raw


def is_number(norm: str) -> bool:
    """Whether a token is a plain number (not a clock time or an ordinal)."""
    return norm.lstrip("-").replace(".", "", 1).isdecimal() and norm.isascii()


def _format(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:.10g}"
