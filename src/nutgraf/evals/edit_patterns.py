"""How a real sentence is edited: patterns, and putting what they find into other words."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

__all__ = ["DAYS", "MONTHS", "NO_NAME", "SAID", "Maker", "pick", "put", "swap_table", "words"]

Maker = Callable[[str, Sequence[str], random.Random], str | None]
"""(sentence, the article's sentences, draws) -> the sentence edited, None if it doesn't fit."""

DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = """January February March April June July August September October November
December""".split()
NO_NAME = {*DAYS, *MONTHS, "I", "The", "He", "She", "It", "They", "We", "But", "And", "In"}
SAID = r"said|says|told [\w ]{2,20}|announced|reported|confirmed|alleged|claimed|believes?|added"


def words(text: str) -> list[str]:
    """Words and numbers, in order."""
    return re.findall(r"\w+", text)


def pick(pattern: str, text: str, rng: random.Random, flags: int = 0) -> re.Match[str] | None:
    """One of the places where the pattern fits, None if there is none."""
    found = list(re.finditer(pattern, text, flags))
    return rng.choice(found) if found else None


def put(text: str, match: re.Match[str], new: str, group: int = 0) -> str:
    """The text with something else where the pattern, or a group of it, fitted."""
    return text[: match.start(group)] + new + text[match.end(group) :]


def swap_table(pairs: dict[str, str], *, both: bool = True) -> Maker:
    """An edit that puts one word for another, `both` ways or only as written."""
    table = pairs | ({new: old for old, new in pairs.items()} if both else {})
    pattern = rf"\b(?<![$\d.:,])(?:{'|'.join(map(re.escape, table))})(?![\w:]|[.,]\d)"

    def make(text: str, _: Sequence[str], rng: random.Random) -> str | None:
        match = pick(pattern, text, rng)
        return put(text, match, table[match.group()]) if match else None

    return make
