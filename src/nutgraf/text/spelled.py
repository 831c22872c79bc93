"""Numbers written in words: "twenty-one", "two dozen", "three hundred and five", "a third"."""

from __future__ import annotations

import re

__all__ = ["FRACTION", "ORDINAL", "SCALES", "SPELLED", "TENS", "UNITS"]
__all__ += ["fraction", "rank", "spelled"]

UNITS = dict(
    zip(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen""".split(),
        range(20),
        strict=True,
    )
)
TENS = dict(
    zip(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(),
        range(20, 100, 10),
        strict=True,
    )
)
SCALES = {
    "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "bn": 10**9, "tn": 10**12,
    "mil": 10**3, "millón": 10**6, "millones": 10**6, "millions": 10**6, "mio": 10**6,
    "millionen": 10**6, "milliard": 10**9, "milliards": 10**9, "milliarden": 10**9,
    "milhões": 10**6, "milioni": 10**6, "miliardi": 10**9, "万": 10**4, "萬": 10**4,
    "亿": 10**8, "億": 10**8,
}  # fmt: skip
"""What a number in digits may be multiplied with, by the word after it."""

_WRITTEN = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6,
    "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip

_RANKS = {
    word: place
    for place, word in enumerate(
        """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
        thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth
        twentieth""".split(),
        start=1,
    )
} | {"thirtieth": 30, "hundredth": 100}

_ATOM = "|".join(sorted((*UNITS, *TENS), key=len, reverse=True))
_BIG = "hundred|thousand|million|billion|trillion|dozen"
_AND = r"(?:(?<=hundred)|(?<=thousand)|(?<=million)|(?<=billion)),?[ \u00a0]and[ \u00a0]"
SPELLED = (
    rf"(?:(?:half[ ])?an?[ ](?=(?:{_BIG})\b)(?:{_BIG})|(?:{_ATOM}))\b"
    rf"(?:(?:{_AND}|[ \u00a0]|-)(?:{_ATOM}|{_BIG})\b)*"
)
"""Pattern of a run of number words; `spelled` says how much of it is one number."""

FRACTION = (
    r"(?:(?:one|two|three|four|five|six|seven|eight|nine)[ -](?:halves|thirds|quarters|fourths"
    r"|fifths|sixths|sevenths|eighths|ninths|tenths)"
    r"|one-(?:half|third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth)"
    r"|(?:an?|one)[ ](?:third|quarter|fifth|sixth|tenth)(?=[ ](?:of|more|less|fewer)\b)"
    r"|half(?=[ ](?:of|the|its|their|all)\b)"
    r"|(?:one|\d{1,3})[ -]in[ -](?:two|three|four|five|six|seven|eight|nine|ten|\d{1,5}))\b"
)
"""Pattern of a part of a whole: "two-thirds", "a third of", "one in three"."""

ORDINAL = (
    r"(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-)?(?:first|second|third|fourth"
    r"|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth"
    r"|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth|hundredth)\b"
)

_WORD = re.compile(r"[a-z]+")


def spelled(run: str) -> tuple[int, int] | None:
    """The first number in a run of number words, and how many characters it takes of it.

    "four two" is (4, 4): two numbers side by side are not one. None if the run begins with none.
    """
    total = current = end = 0
    last = 10**15
    half = begun = False
    for match in _WORD.finditer(run.lower()):
        word = match.group()
        if word in ("a", "an", "half") and not begun:
            current, half = 1, half or word == "half"
            continue
        if word == "and":
            continue
        step = _step(word, total, current, last, begun=begun)
        if step is None:
            break
        total, current, last = step
        begun, end = True, match.end()
        if word in ("dozen", "zero"):
            break
    value = total + current
    return (value // 2 if half else value, end) if begun else None


def _step(
    word: str, total: int, current: int, last: int, *, begun: bool
) -> tuple[int, int, int] | None:
    """The sum so far after one more word; None if the word begins another number."""
    if word in UNITS:
        value = UNITS[word]
        free = current % 100 == 0 or (value < 10 and current % 100 >= 20 and current % 10 == 0)
        return (total, current + value, last) if free and (value or not begun) else None
    if word in TENS:
        return (total, current + TENS[word], last) if current % 100 == 0 else None
    if word == "dozen":
        return (total, current * 12, last) if 0 < current < 100 and not total else None
    if word == "hundred":
        return (total, current * 100, last) if 0 < current < 100 else None
    scale = _WRITTEN[word]
    return (total + current * scale, 0, scale) if current and scale < last else None


def fraction(words: str) -> float:
    """The value of what FRACTION matched, in 0..1 (or above: "three halves")."""
    parts = [part for part in re.split(r"[ -]", words.lower()) if part]
    if "in" in parts:
        over, under = _whole(parts[0]), _whole(parts[-1])
        return over / under if under else 0.0
    if len(parts) == 1:
        return 0.5
    under = _PARTS.get(parts[-1]) or _PARTS.get(parts[-1].removesuffix("s"), 1)
    return _whole(parts[0]) / under


def rank(words: str) -> int:
    """The place that an ordinal names: "21st", "twenty-first"."""
    digits = re.match(r"[0-9]{1,15}", words)
    if digits:
        return int(digits.group())
    tens, _, last = words.lower().rpartition("-")
    return TENS.get(tens, 0) + _RANKS.get(last, 0)


def _whole(word: str) -> int:
    return int(word) if word.isdigit() else UNITS.get(word, 1)
