"""A number in its sentence, and the noun it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from nutgraf.text.numbers import Number
from nutgraf.types import Value

__all__ = ["Noun", "Place", "Stated", "noun_after", "plain"]


class Stated(NamedTuple):
    """What a number measures, in plain words, with its value and unit."""

    what: str
    value: Value
    unit: str


@dataclass(frozen=True)
class Place:
    """A number in its sentence `text[start:end]`; `before` and `after` are the words around it.

    `left` and `right` stop at the neighbouring numbers and at the end of the clause.
    """

    text: str
    start: int
    end: int
    number: Number
    previous: int = 0
    """Where the number before it in the sentence ends, else the sentence's start."""
    following: int = 0
    """Where the next number begins, else the sentence's end."""
    before: str = field(init=False)
    after: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "before", self.text[self.start : self.number.start])
        object.__setattr__(self, "after", self.text[self.number.end : self.end])

    @property
    def sentence(self) -> str:
        return self.text[self.start : self.end]

    @property
    def left(self) -> str:
        words = self.text[max(self.previous, self.start) : self.number.start]
        return _CLAUSE_START.split(words)[-1]

    @property
    def right(self) -> str:
        words = self.text[self.number.end : min(self.following, self.end)]
        return _CLAUSE_END.split(words, maxsplit=1)[0]

    @property
    def value(self) -> Value:
        """As the ledger carries it: a number, or both ends of a range in order."""
        low, high = plain(self.number.low), plain(self.number.high)
        return low if low == high else [float(v) for v in sorted((low, high))]


_CLAUSE_START = re.compile(r"[;:—]|\.\s|, (?:and|but|while|which|who|as) | but | while ")
_CLAUSE_END = re.compile(r"[;:—]|\.\s|, (?:and|but|while|as) | but | while ")


def plain(value: float) -> int | float:
    """5.0 as 5: a whole number is written as one."""
    return int(value) if value == int(value) else value


class Noun(NamedTuple):
    """The noun a number counts: qualifiers, head, and what follows it in the clause."""

    qualifiers: tuple[str, ...]
    head: str
    rest: str
    part: bool = False
    """Whether the number is a part of them: "28 of the 340 faults"."""


_WORD = re.compile(r"[ \u00a0]([^\W\d_][\w'’.-]*)")
_OF = re.compile(
    r"[ ]of[ ](?:(?:the|its|his|her|their|our|my|these|those|all)[ ])?"
    r"(?:[0-9][0-9,]*[ ]|(?:two|three|four|five|six|seven|eight|nine|ten)[ ])?"
)
_STOP = frozenset(
    """a an the and or but nor of in on at to for from by with without about after before
    over under between during since until than that which who whom whose when where while
    as if is are was were be been being am has have had do does did will would can could
    may might must shall should not it its he she they them him his her their our your my
    we you i this these those there here so then into out up down off across near inside
    outside against among per via said says say told voted vote took take drive leave went
    go came come made make showed escaped fled found according also still yet now just
    only each every all both either neither because although though despite amid including
    include de la el los las en y""".split()
)
_NUMBERS = frozenset("two three four five six seven eight nine ten eleven twelve dozen".split())
_PLURALS = frozenset(
    """people men women children personnel staff crew cattle sheep feet police youths
    aircraft troops others bacteria mice geese media fish them""".split()
)
_NOT_PLURAL = re.compile(r"(?:ss|us|is|ous|as|['’]s)$")
_ADVERB = re.compile(r"ly$")


def noun_after(after: str, *, one: bool = False) -> Noun | None:
    """The noun that the words after a number begin with, if it is a plural (or `one`)."""
    part = _OF.match(after)
    at = part.end() - 1 if part else 0
    words: list[str] = []
    while (match := _WORD.match(after, at)) and len(words) < 6:
        word = match.group(1).rstrip(".")
        lowered = word.lower()
        if lowered in _STOP or lowered in _NUMBERS or word.endswith(("'s", "’s")):
            break
        at = match.start(1) + len(word)
        words.append(word)
        if _is_head(word, one=one) and not _goes_on(after, at):
            return Noun(tuple(words[:-1]), lowered, after[at:], bool(part))
        if after[at : at + 1] == "." or _ADVERB.search(lowered):
            break
    return None


def _is_head(word: str, *, one: bool) -> bool:
    lowered = word.lower()
    if lowered in _PLURALS or (one and lowered in ("person", "man", "woman", "child", "count")):
        return True
    if word[0].isupper() and not word.isupper():
        return False
    return len(lowered) > 3 and lowered.endswith("s") and not _NOT_PLURAL.search(lowered)


def _goes_on(after: str, at: int) -> bool:
    """Whether another plural noun follows at once: "sports fans", "arms dealers"."""
    match = _WORD.match(after, at)
    if not match or after[at : at + 1] != " ":
        return False
    word = match.group(1).rstrip(".")
    return word.lower() not in _STOP and word.lower() in _PLURALS - {"others", "them"}
