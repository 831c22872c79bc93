"""Edits that change what a sentence says, by kind."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from nutgraf.evals.edit_patterns import (
    DAYS,
    MONTHS,
    NO_NAME,
    SAID,
    Maker,
    pick,
    put,
    swap_table,
    words,
)

__all__ = ["CHANGES"]

_SMALL = "two three four five six seven eight nine ten eleven twelve".split()
_NAME = r"(?<=[a-z,] )[A-Z][a-z]+(?: [A-Z][a-z]+)*"


def _number(text: str, _: Sequence[str], rng: random.Random) -> str | None:
    match = pick(rf"\b\d[\d,]*(?:\.\d+)?\b|\b(?:{'|'.join(_SMALL)})\b", text, rng)
    if not match:
        return None
    old = match.group()
    if old in _SMALL:
        return put(text, match, rng.choice([w for w in _SMALL if w != old]))
    value = float(old.replace(",", ""))
    new = value * rng.choice([2, 3, 10]) + rng.choice([0, 1])
    shown = f"{new:,.1f}" if "." in old else f"{new:,.0f}" if "," in old else f"{new:.0f}"
    return put(text, match, shown)


def _date(text: str, _: Sequence[str], rng: random.Random) -> str | None:
    match = pick(rf"\b(?:{'|'.join(DAYS + MONTHS)})\b|\b(?:19|20)\d\d\b", text, rng)
    if not match:
        return None
    old = match.group()
    if old.isdigit():
        return put(text, match, str(int(old) + rng.choice([-10, -2, -1, 1, 2])))
    return put(text, match, rng.choice([w for w in (DAYS if old in DAYS else MONTHS) if w != old]))


_unit = swap_table({
    "million": "billion", "miles": "kilometers", "hours": "minutes", "days": "weeks",
    "years": "months", "percent": "percentage points", "per cent": "points", "feet": "meters",
    "a.m.": "p.m.", "dollars": "euros", "pounds": "tons", "thousand": "hundred",
})  # fmt: skip


def _names(text: str, rng: random.Random) -> re.Match[str] | None:
    found = [m for m in re.finditer(_NAME, text) if m.group().split()[0] not in NO_NAME]
    return rng.choice(found) if found else None


def _name(text: str, pool: Sequence[str], rng: random.Random) -> str | None:
    match = _names(text, rng)
    others = [m.group() for s in pool for m in re.finditer(_NAME, s)]
    others = [o for o in others if not {*o.split()} & {*words(text), *NO_NAME}]
    return put(text, match, rng.choice(others)) if match and others else None


def _swapped_names(text: str, _: Sequence[str], __: random.Random) -> str | None:
    found = [m for m in re.finditer(_NAME, text) if m.group().split()[0] not in NO_NAME]
    if (
        len(found) < 2
        or found[0].group() in found[-1].group()
        or found[-1].group() in found[0].group()
    ):
        return None
    if re.search(r"\band\b", text[found[0].end() : found[-1].start()]):
        return None
    return put(put(text, found[-1], found[0].group()), found[0], found[-1].group())


_AUXILIARY = r"\b(is|are|was|were|has|have|had|will|would|can|could|should|did|does|may|might)\b"


def _negate(text: str, _: Sequence[str], rng: random.Random) -> str | None:
    match = pick(_AUXILIARY + r"(?! not|n't|n’t)", text, rng)
    return put(text, match, f"{match.group()} not") if match else None


def _unnegate(text: str, _: Sequence[str], rng: random.Random) -> str | None:
    match = pick(
        r"\b not\b|(?<=\w)n['’]t\b|\bnever |\bno longer |\bno (?=\w)|\bwithout\b", text, rng
    )
    if not match:
        return None
    return put(text, match, "with" if match.group() == "without" else "")


_modality = swap_table({
    "may": "will", "might": "will", "could": "will", "would": "will", "should": "will",
    "can": "must", "expected to": "certain to", "likely": "certain", "plans to": "has begun to",
    "will": "may", "possible": "certain", "is": "may be", "was": "may have been",
}, both=False)  # fmt: skip
_attribution = swap_table({
    "said": "denied", "says": "denies", "told": "warned", "announced": "denied",
    "confirmed": "denied", "claimed": "proved", "alleged": "proved", "according to": "contrary to",
    "believe": "doubt", "believes": "doubts", "argued": "disputed",
}, both=False)  # fmt: skip
_intensity = swap_table({
    "slightly": "sharply", "some": "all", "many": "all", "most": "all", "several": "all",
    "often": "always", "sometimes": "always", "rarely": "often", "nearly": "more than",
    "about": "more than", "almost": "more than", "at least": "at most", "up to": "more than",
    "few": "many", "half": "all", "more than": "less than", "at least one": "every",
}, both=False)  # fmt: skip
_predicate = swap_table({
    "killed": "rescued", "arrested": "released", "rose": "fell", "increased": "decreased",
    "won": "lost", "opened": "closed", "bought": "sold", "approved": "rejected",
    "accepted": "refused", "supported": "opposed", "began": "ended", "started": "stopped",
    "found": "lost", "injured": "cured", "shot": "hugged", "higher": "lower", "guilty": "innocent",
    "win": "lose", "support": "oppose", "entered": "left", "wounded": "healed", "dead": "alive",
})  # fmt: skip
_order = swap_table(
    {"before": "after", "earlier": "later", "until": "since", "following": "ahead of"}
)
_place = swap_table({
    "north": "south", "east": "west", "inside": "outside", "above": "below", "northern": "southern",
    "eastern": "western", "upstairs": "downstairs", "near": "far from", "first": "last",
})  # fmt: skip


def _intensify(text: str, _: Sequence[str], rng: random.Random) -> str | None:
    match = pick(r"\b(?:an?|the|his|her|their) (?=[a-z]{4,} [a-z])", text, rng)
    word = rng.choice(["record", "devastating", "massive", "illegal", "secret", "unprecedented"])
    return put(text, match, f"{match.group()}{word} ") if match else None


def _role(text: str, _: Sequence[str], rng: random.Random) -> str | None:
    roles = """police mayor spokesman spokeswoman officials officers detectives president senator
    governor prosecutors lawyer attorney judge victim suspect witnesses doctors neighbors brother
    father mother son daughter wife husband chief sheriff deputies driver teacher
    director""".split()
    match = pick(rf"\b(?:{'|'.join(roles)})\b", text, rng)
    return put(text, match, rng.choice([r for r in roles if r not in text])) if match else None


def _speaker(text: str, pool: Sequence[str], rng: random.Random) -> str | None:
    match = pick(
        r"(?:said|says|told) ((?:[A-Z][a-z]+ ?)+)|([A-Z][a-z]+) (?:said|says|told)\b", text, rng
    )
    others = [m.group() for s in pool for m in re.finditer(_NAME, s) if m.group() not in text]
    others = [o for o in others if not {*o.split()} & {*words(text), *NO_NAME}]
    if not match or not others:
        return None
    group = 1 if match.group(1) else 2
    return put(text, match, rng.choice(others) + " " * match.group(group).endswith(" "), group)


def _quotation(text: str, _: Sequence[str], rng: random.Random) -> str | None:
    match = pick(r"[“\"]([^”\"]{12,})[”\"]", text, rng)
    if not match:
        return None
    said = match.group(1).split()
    at = rng.randrange(1, len(said) - 1) if len(said) > 3 else 0
    del said[at]
    return put(text, match, " ".join(said), 1)


def _quoted(text: str, _: Sequence[str], rng: random.Random) -> str | None:
    """Words that nobody is quoted with."""
    if re.search(r"[“”\"]", text):
        return None
    match = pick(r"\b[a-z]+ [a-z]+ [a-z]{4,}(?= )", text, rng)
    return put(text, match, f"“{match.group()}”") if match else None


def _drop_attribution(text: str, _: Sequence[str], rng: random.Random) -> str | None:
    tail = rf",” [^,”]{{3,60}}\b(?:{SAID})\b[^,]*$"
    tail += rf"|, (?!wh|and |but )[^,]{{3,60}}\b(?:{SAID})\b[^,]{{0,30}}[.]?$"
    head = rf"^[^,]{{3,50}}\b(?:{SAID}) (?:that )?(?=[a-z])|^According to [^,]+, "
    source = r",? according to [^,]*(?=[,.]|$)"
    match = pick(f"{tail}|{head}|{source}", text, rng)
    rest = put(text, match, "") if match else ""
    return rest if len(rest.split()) > 4 else None


def _drop_condition(text: str, _: Sequence[str], rng: random.Random) -> str | None:
    words = "if|unless|until|provided that|as long as|except|only if"
    match = pick(rf",? \b(?:{words})\b [^,.;]*(?=[,.;]|$)|^(?:If|Unless|Until) [^,]*, ", text, rng)
    rest = put(text, match, "") if match else ""
    return rest if len(rest.split()) > 4 else None


def _drop_words(*phrases: str) -> Maker:
    def make(text: str, _: Sequence[str], rng: random.Random) -> str | None:
        match = pick(rf"\b(?:{'|'.join(phrases)}) (?=\w)", text, rng)
        return put(text, match, "") if match else None

    return make


_drop_modifier = _drop_words(
    "alleged", "allegedly", "suspected", "former", "attempted", "accused", "nearly", "almost",
    "about", "approximately", "at least", "more than", "up to", "reportedly", "apparently",
    "likely", "possible", "possibly", "potential", "proposed", "planned", "acting", "only", "some",
    "half", "partially", "would-be", "fake", "as many as", "initially", "deputy", "vice",
    "assistant",
)  # fmt: skip
_drop_modal = _drop_words(
    "may", "might", "could", "would", "should", "expected to", "trying to", "plans to"
)


def _drop_head(text: str, _: Sequence[str], rng: random.Random) -> str | None:
    """ "the wife of Bell" as "Bell": another one does it."""
    match = pick(
        r"\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir) (?:[a-z]+ ){1,3}of (?=[A-Z])", text, rng
    )
    return put(text, match, "") if match else None


def _drop_half(text: str, _: Sequence[str], rng: random.Random) -> str | None:
    """One of two who did it together with a number, or one side of an "or"."""
    match = pick(r"\b(?:both|between) ([\w ’']{2,30}) and (?=\w)| or \w+(?=[,.] |$)", text, rng)
    return put(text, match, " ") if match else None


def _capitals(text: str) -> set[str]:
    return set(re.findall(r"\b[A-Z]\w+", text)) or set(text.split())


def _conflate(text: str, pool: Sequence[str], rng: random.Random) -> str | None:
    """The subject of one sentence with the predicate of another."""
    verb = r"^(.{4,60}?) (was|were|is|are|has|had|will|said|told|went) "
    mine = re.match(verb, text)
    others = [m for s in pool if s != text and (m := re.match(verb, s))]
    others = [m for m in others if mine and not _capitals(m[1]) & _capitals(mine[1])]
    if not mine or not others or mine[1].split()[0] in ("He", "She", "It", "They", "There", "I"):
        return None
    other = rng.choice(others)
    if other[1] in ("He", "She", "It", "They"):
        return None
    return mine[1] + other.string[other.end(1) :]


CHANGES: dict[str, Maker] = {
    "number": _number, "date": _date, "unit": _unit, "name": _name, "swapped names": _swapped_names,
    "negated": _negate, "modality": _modality, "attribution": _attribution, "speaker": _speaker,
    "role": _role, "intensity": _intensity, "intensifier": _intensify, "predicate": _predicate,
    "order": _order, "place": _place, "quotation": _quotation, "quoted": _quoted,
    "conflation": _conflate, "negation dropped": _unnegate,
    "attribution dropped": _drop_attribution,
    "condition dropped": _drop_condition, "modifier dropped": _drop_modifier,
    "modal dropped": _drop_modal, "head dropped": _drop_head, "half dropped": _drop_half,
}  # fmt: skip
