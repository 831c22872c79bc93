"""Edits that leave what a sentence says: as it is, in other figures, shorter, joined."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from nutgraf.evals.edit_patterns import NO_NAME, SAID, Maker, pick, put, swap_table

__all__ = ["KEEPS"]


def _verbatim(text: str, _: Sequence[str], __: random.Random) -> str:
    return text


_format = swap_table({
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10", "did not": "didn't", "was not": "wasn't", "is not": "isn't",
    "do not": "don't", "has not": "hasn't", "will not": "won't", "percent": "%", "U.S.": "US",
    "per cent": "percent", "don’t": "do not", "didn’t": "did not", "it’s": "it is",
})  # fmt: skip


def _reformatted(text: str, pool: Sequence[str], rng: random.Random) -> str | None:
    match = pick(r"(?<![\d,.$])\d{1,3},\d{3}(?![\d,])", text, rng)
    if match:
        return put(text, match, match.group().replace(",", ""))
    return _format(text, pool, rng)


_BOUND = re.compile(
    rf"\b(?:not|no|never|only|if|unless|until|{SAID}|may|might|could|would|alleged\w*|according"
    r"|former|about|nearly|almost|first|last|most|all|every|least|than)\b|n['’]t\b|[“”\"]"
)


def _cut(pattern: str) -> Maker:
    """Leaves out what the pattern finds, if nothing that bears on the rest is in it."""

    def make(text: str, _: Sequence[str], rng: random.Random) -> str | None:
        found = [m for m in re.finditer(pattern, text) if not _BOUND.search(m.group())]
        found = [
            m for m in found if not re.search(r"[“\"][^”\"]*$|n['’]t$|\bnot$", text[: m.start()])
        ]
        if not found:
            return None
        rest = put(text, rng.choice(found), " ")
        return rest if len(rest.split()) >= 6 else None

    return make


_CUTS: dict[str, Maker] = {
    "parenthesis": _cut(r" \([^()]{2,60}\)"),
    "relative": _cut(
        r", (?:who|which) [^,]{5,80}(?:,(?= (?:is|was|has|had|were|will|said) )|(?=\.$))"
    ),
    "apposition": _cut(
        r"(?<=[A-Z][a-z]{2}), (?:an?|the|his|her) [^,]{3,60}, (?=(?:was|is|has|had|said|will) )"
    ),
    "age": _cut(r"(?<=[a-z]), \d\d, (?=[a-z])"),
    "day": _cut(r" on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?=[,.]|$)"),
    "adverb": _cut(
        r" (?:quickly|also|very|really|quietly|eventually|immediately|recently|finally) (?=[a-z])"
    ),
    "opening": _cut(
        r"^(?:In|On|At|During|After|Since) [^,]{3,40}, (?=(?:the|he|she|they|a|[A-Z])[a-z]* )"
    ),
    "participle": _cut(r", [a-z]{3,}ing [^,]{5,80}(?=\.$)"),
    "adjective": _cut(
        r"(?<= (?:the|her|his)) (?:new|local|large|small|young|popular|public|nearby|old) (?=[a-z])"
    ),
    "second clause": _cut(r", (?:and|but) (?:he|she|they|it|the) [^,]{8,120}(?=\.$)"),
    "second predicate": _cut(r" and (?:was|were|is|are|has|had) [^,]{8,80}(?=\.$)"),
    "reason": _cut(r" (?:because|after|while|as) (?:he|she|they|it|the) [^,]{8,80}(?=\.$)"),
    "place": _cut(r" (?:in|at|near) (?:the )?[A-Z][a-z]+(?: [A-Z][a-z]+)?(?=\.$)"),
    "connective": _cut(r"^(?:But|And|However,|Meanwhile,) "),
}


def _compressed(text: str, pool: Sequence[str], rng: random.Random) -> str | None:
    """One or two cuts that leave a whole sentence."""
    makers = list(_CUTS.values())
    rng.shuffle(makers)
    for cut in makers:
        short = cut(text, pool, rng)
        if short:
            more = (again(short, pool, rng) for again in makers) if rng.random() < 0.3 else iter(())
            return next((m for m in more if m), short)
    return None


def _fused(text: str, pool: Sequence[str], rng: random.Random) -> str | None:
    """This sentence and another, joined by an "and"."""
    other = rng.choice(pool)
    if (
        other == text
        or not (text + other).isascii()
        or any(s[-1] != "." or re.search(r"[“”\"?!]", s) for s in (text, other))
    ):
        return None
    first = other[0].lower() if other.split()[0] in NO_NAME else other[0]
    return f"{text[:-1]}, and {first}{other[1:]}"


KEEPS: dict[str, Maker] = {
    "verbatim": _verbatim, "reformatted": _reformatted, "compressed": _compressed, "fused": _fused,
}  # fmt: skip
