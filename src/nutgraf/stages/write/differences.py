"""Where sources differ: each side's own sentence, side by side."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from nutgraf.stages.write.claims import make_claim
from nutgraf.stages.write.sentence import Sentence
from nutgraf.stages.write.shorten import shorten
from nutgraf.text.tokens import is_number, tokenise
from nutgraf.text.words import STOP, stem
from nutgraf.types import Claim, Reported, Slot

__all__ = ["differences", "disputed", "moved", "overtaken"]

_MOST = 3
"""Slots that are told: a reader keeps no more apart, and the ledger has all of them."""


def disputed(slots: Sequence[Slot]) -> list[tuple[str, int, int]]:
    """The spans (article, start, end) of values on which the sources differ."""
    return [(v.article, v.start, v.end) for s in slots if s.status == "conflict" for v in s.values]


def overtaken(slots: Sequence[Slot], sentences: Sequence[Sentence]) -> set[Sentence]:
    """Sentences with the old value of a figure that has moved, where one with the new is at hand.

    The newest value is the one that came up last: a late report may still give an older one.
    A sentence that gives both ("11, up from seven") is not among them.
    """
    found: set[Sentence] = set()
    for slot in slots:
        values = _numbers(slot, sentences) if slot.status == "update" else []
        if len(values) < 2:
            continue
        *old, newest = values
        about = _about(slot)
        found |= {
            s
            for s in sentences
            if newest not in s.tokens.norms
            and not set(old).isdisjoint(s.tokens.norms)
            and (not about.isdisjoint(s.stems) or _gives(s, slot))
        }
    return found


def moved(slots: Sequence[Slot], sentences: Sequence[Sentence]) -> dict[Sentence, tuple[int, int]]:
    """Sentences with the newest value of a figure that has moved, each with the value's span."""
    found: dict[Sentence, tuple[int, int]] = {}
    for slot in slots:
        values = _numbers(slot, sentences) if slot.status == "update" else []
        for value in slot.values if len(values) > 1 else ():
            sentence = _holding(value, sentences)
            if sentence and str(value.value) == values[-1]:
                found.setdefault(sentence, (value.start, value.end))
    return found


def _numbers(slot: Slot, sentences: Sequence[Sentence]) -> list[str]:
    """The values that the sentences give, as tokens, in the order they came up."""
    order: dict[str, int] = {}
    for value in slot.values:
        sentence = _holding(value, sentences)
        if sentence and isinstance(value.value, int | float):
            token = f"{value.value:.15g}"
            order[token] = min(order.get(token, sentence.order), sentence.order)
    return sorted(order, key=lambda token: order[token])


def _about(slot: Slot) -> set[str]:
    """Words that tell that a number is this slot's: those next to it in at least two quotes."""
    quotes = {value.quote for value in slot.values}
    stems = [
        {stem(norm) for norm in tokenise(quote).norms if norm not in STOP and not is_number(norm)}
        for quote in quotes
    ]
    common = {word for words in stems for word in words if sum(word in w for w in stems) > 1}
    return common - {"people", stem("people")} | {stem(w) for w in slot.slot.split()[1:]}


def _gives(sentence: Sentence, slot: Slot) -> bool:
    return any(_within(value, sentence) for value in slot.values)


def differences(
    slots: Sequence[Slot], sentences: Sequence[Sentence]
) -> list[tuple[Sentence, Claim]]:
    """For every value of a conflict or an update one sentence that says it, at most three slots.

    A slot is told whole or not at all: one side alone would be worse than silence.
    """
    found: dict[Sentence, Reported] = {}
    slots_told = 0
    for slot in sorted(slots, key=lambda slot: slot.status != "conflict"):
        if slot.status not in ("conflict", "update") or slots_told == _MOST:
            continue
        sides = _sides(slot, sentences, found)
        if len(sides) < 2:
            continue
        slots_told += 1
        for sentence, value in sides:
            found.setdefault(sentence, value)
    return [(s, _claim(s, value, sentences)) for s, value in found.items()]


def _sides(
    slot: Slot, sentences: Sequence[Sentence], told: Collection[Sentence]
) -> list[tuple[Sentence, Reported]]:
    """A sentence for each distinct value: one that is told anyway, else the earliest that stands
    alone, else the earliest."""
    best: dict[str, tuple[tuple[bool, bool, int], Sentence, Reported]] = {}
    for value in slot.values:
        sentence = _holding(value, sentences)
        if sentence is None:
            continue
        rank = (sentence not in told, sentence.dangling, sentence.order)
        had = best.get(str(value.value))
        if had is None or rank < had[0]:
            best[str(value.value)] = rank, sentence, value
    return [(sentence, value) for _, sentence, value in best.values()]


def _within(value: Reported, sentence: Sentence) -> bool:
    inside = sentence.start <= value.start and value.end <= sentence.end
    return inside and sentence.article.id == value.article


def _holding(value: Reported, sentences: Sequence[Sentence]) -> Sentence | None:
    return next((s for s in sentences if _within(value, s)), None)


def _claim(sentence: Sentence, value: Reported, sentences: Sequence[Sentence]) -> Claim:
    """A sentence that cannot stand alone comes with the one before it, if that is usable."""
    before = next(
        (s for s in sentences if s.article is sentence.article and s.index == sentence.index - 1),
        None,
    )
    whole = sentence.text == sentence.tokens.text
    if sentence.dangling and whole and before is not None and not before.dangling:
        text = f"{before.text} {sentence.text}"
        return make_claim(text, [before, sentence], sentences)
    short = shorten(sentence, lambda text: -len(text), (value.start, value.end))
    return make_claim(short, [sentence], sentences)
