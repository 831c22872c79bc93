"""Words that may go one by one: adverbs, adjectives, titles, ages, days."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from nutgraf.stages.verify.grammar import (
    ADVERBIAL,
    ARTICLES,
    AUXILIARIES,
    DANGLING,
    HEDGES,
    REPORTS,
    SPAN,
    TITLES,
    adjective,
    finite,
    restricts,
)
from nutgraf.stages.verify.phrases import LEAST, aside_ok, dangles, plain, word_after
from nutgraf.text.modifiers import PROTECTED, Modifier
from nutgraf.text.tokens import Tokens, is_number

__all__ = ["amounts", "compounds", "moments", "roles", "times", "titles", "words"]

_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_MONTHS = frozenset(
    """january february march april june july august september october november december""".split()
)
_NOW = frozenset("yesterday today tonight tomorrow".split())
_NO_ADVERBS = frozenset("family july early daily".split())
_JUST = frozenset("just only some shortly barely".split())
_AMOUNT = frozenset("a an one several many".split())
_FEW = frozenset("few couple".split())
_UNITS = frozenset(
    "minute minutes hour hours day days week weeks month months year years decade decades".split()
)
_VAGUE = frozenset("number series range variety handful host string".split())
_WHICH = frozenset("last this next earlier late early".split())


def words(sentence: Tokens, gaps: list[str]) -> Iterator[Modifier]:
    """Single words: an adverb, an adjective before its noun, a title, an age, one of a list."""
    norms, n = sentence.norms, len(sentence)
    for i in range(n):
        norm, closing = norms[i], gaps[i + 1].strip()
        start = i - 1 if i and norms[i - 1] == "then" else i
        aside = closing.startswith(",") and gaps[start].strip() == ","
        if aside and norm.isdigit() and len(norm) == 2:
            yield Modifier(start, i + 1, "age")
        free = norm not in PROTECTED and norm not in DANGLING
        if closing.startswith(",") and free and _listed(sentence, gaps, i):
            yield Modifier(i, i + 1, "item")
        if not closing or i == n - 1:
            yield from _adverb(sentence, i)
        if closing or i == n - 1:
            continue
        if norm in TITLES and sentence.raw(i + 1)[0].isupper():
            yield Modifier(i, i + 1, "title")
        bare = adjective(norm) and norms[i + 1] not in DANGLING and not gaps[i].strip()
        if bare and not restricts(sentence, i):
            yield Modifier(i, i + 1, "adjective")


def _listed(sentence: Tokens, gaps: list[str], i: int) -> bool:
    """Whether token `i` is one of several between commas before an "and"."""
    norms = sentence.norms
    return gaps[i].strip() == "," and "and" in norms[i + 1 : i + 12] and "or" not in norms[i:]


def _adverb(sentence: Tokens, i: int) -> Iterator[Modifier]:
    norm = sentence.norms[i]
    emphatic = norm in ADVERBIAL
    adverb = emphatic or (norm.endswith("ly") and len(norm) > 4 and norm not in _NO_ADVERBS)
    if i and adverb and norm not in HEDGES and (emphatic or not restricts(sentence, i)):
        yield Modifier(i, i + 1, "adverb")


def compounds(sentence: Tokens, gaps: list[str]) -> Iterator[Modifier]:
    """ "21-year-old", "title-chasing": a hyphenated modifier before its noun."""
    norms, n = sentence.norms, len(sentence)
    i = 1
    while i < n - 2:
        k = i + 1
        while k < n and gaps[k].strip() == "-" and k - i < 4:
            k += 1
        if k > i + 1 and k < n:
            free = PROTECTED.isdisjoint(norms[i:k]) and HEDGES.isdisjoint(norms[i:k])
            content = norms[k] not in DANGLING and not finite(sentence, k) and not gaps[k].strip()
            if free and content and not gaps[i].strip() and not restricts(sentence, i):
                yield Modifier(i, k, "adjective")
        i = k
    for i in range(1, n - 1):
        place = gaps[i + 1].strip() == "," and norms[i - 1] in ("in", "at", "of", "from", "near")
        month = norms[i] in _MONTHS and norms[i - 1] in ("in", "since") and norms[i + 1].isdigit()
        if month or (place and not gaps[i].strip() and sentence.raw(i + 1)[0].isalpha()):
            yield Modifier(i, i + 1, "place" if place else "month")


def times(sentence: Tokens, gaps: list[str]) -> Iterator[Modifier]:
    """A day without its "on", "last week", "today": up to the next word, or to the end."""
    norms, n = sentence.norms, len(sentence)
    for i in range(2, n):
        span = norms[i] in _WHICH and word_after(sentence, i) in SPAN
        if not (norms[i] in _DAYS or norms[i] in _NOW or span) or gaps[i].strip():
            continue
        if norms[i - 1] in DANGLING - AUXILIARIES or restricts(sentence, i, clause=True):
            continue
        end = i + 2 if span else i + 1
        end += end < n and norms[end] in ("morning", "afternoon", "evening", "night")
        if end < n and (norms[end] in ("'s", "and", "or", "to") or gaps[end].strip() in ("-", "'")):
            continue
        yield Modifier(i, end, "day")
        if (
            gaps[end].strip()[:1] in (",", "-", "–", "—")
            and end < n
            and aside_ok(sentence, gaps, end)
        ):
            yield Modifier(i, n, "rest")


def moments(sentence: Tokens, gaps: list[str]) -> Iterator[Modifier]:
    """ "just two days after the vote", to the end."""
    norms, n = sentence.norms, len(sentence)
    for i in range(LEAST, n - 3):
        k = i + (norms[i] in _JUST)
        if gaps[i].strip() not in ("", ",") or not (norms[k] in _AMOUNT or is_number(norms[k])):
            continue
        k += 1 + (norms[k + 1] in _FEW)
        told = k + 1 < n and norms[k] in _UNITS and norms[k + 1] in ("after", "before")
        free = told and not dangles(sentence, i - 1) and plain(sentence, k, n)
        if free and not restricts(sentence, i, clause=True):
            yield Modifier(i, n, "rest")


def roles(sentence: Tokens, gaps: list[str]) -> Iterator[Modifier]:
    """ "Harbour board chairman" before the name of who it is."""
    norms, n = sentence.norms, len(sentence)
    for end in range(1, n - 2):
        if norms[end - 1] not in TITLES or gaps[end].strip():
            continue
        verb = _named_until(sentence, end)
        if verb:
            yield Modifier(end, verb, "name")  # "Mayor Bell said", "the mayor said"
        if verb < end + 2:
            continue
        for start in range(end - 1, max(-1, end - 6), -1):
            word = norms[start]
            if (word in DANGLING and word not in ARTICLES) or word in PROTECTED | HEDGES:
                break
            if not start or gaps[start].strip() in (",", ":"):
                yield Modifier(start, end, "title")
            if gaps[start].strip():
                break


def _named_until(sentence: Tokens, i: int) -> int:
    """The verb right after a name of one to three words that begins at token `i`, 0 for none."""
    norms, n = sentence.norms, len(sentence)
    verb = next((k for k in range(i + 1, min(i + 4, n)) if finite(sentence, k)), 0)
    inner = range(i, verb)
    if not verb or any(sentence.gap(k).strip() for k in range(i + 1, verb + 1)):
        return 0
    if any(norms[k] in DANGLING or norms[k] in HEDGES for k in inner):
        return 0
    cased = all(sentence.raw(k)[0].isupper() for k in (i, verb - 1))
    return verb if cased or sentence.text[1:].islower() else 0


def amounts(sentence: Tokens) -> Iterator[Modifier]:
    """ "a number of [clubs]": there are some without it too."""
    norms = sentence.norms
    for i in range(1, len(sentence) - 3):
        vague = norms[i] == "a" and norms[i + 1] in _VAGUE and norms[i + 2] == "of"
        if vague and norms[i + 3] not in DANGLING and not restricts(sentence, i):
            yield Modifier(i, i + 3, "amount")


def titles(
    sentence: Tokens, gaps: list[str], known: Collection[tuple[str, str]]
) -> Iterator[Modifier]:
    """What stands before a name that is known without it."""
    norms, n = sentence.norms, len(sentence)
    if not known:
        return
    for end in range(1, n - 1):
        if gaps[end].strip() or (norms[end], norms[end + 1]) not in known:
            continue
        for start in range(end - 1, max(-1, end - 4), -1):
            word = norms[start]
            if word in DANGLING or word in PROTECTED or word in HEDGES or finite(sentence, start):
                break
            opened = not start or gaps[start].strip() or norms[start - 1] in DANGLING | REPORTS
            if opened and not restricts(sentence, start):
                yield Modifier(start, end, "title")
            if gaps[start].strip():
                break
