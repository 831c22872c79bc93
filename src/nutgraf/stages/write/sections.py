"""Headings: a fixed set, and which of them a sentence belongs under."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nutgraf.stages.write.sentence import Sentence
from nutgraf.text.tokens import Tokens, is_number

__all__ = ["DIFFER", "HEADINGS", "ROOM", "arrange", "heading"]

HAPPENED, FIGURES, DIFFER, VOICES, MATTERS, BACKGROUND, NEXT = HEADINGS = (
    "What happened",
    "The figures",
    "Where sources differ",
    "Who says what",
    "Why it matters",
    "Background",
    "What is next",
)
"""All headings there are, in the order a reader expects them."""
ROOM = {HAPPENED: 8, FIGURES: 3, VOICES: 3, MATTERS: 2, BACKGROUND: 3, NEXT: 2}
"""The most sentences a heading is given."""

_NEXT = re.compile(
    r"""(?ix)\b(?:will\ (?!not\ )|(?:is|are)\ (?:expected|due|set|scheduled|likely|slated)
    |next\ (?:week|month|year|(?:mon|tues|wednes|thurs|fri|satur|sun)day)
    |later\ this\ (?:week|month|year)|in\ the\ coming|tomorrow|upcoming|expected\ to)
    (?!\W+(?:to\ )?(?:survive|recover|live\b|be\ (?:ok|fine|all\ right)))"""
)
_BACK = re.compile(
    r"""(?ix)\b(?:last\ (?:year|month|decade|spring|summer|autumn|fall|winter)
    |in\ recent\ (?:years|months)|(?:years|decades|months)\ (?:ago|earlier)|previously
    |(?:since|in)\ (?:19|20)\d\d|had\ (?:been|already|previously|earlier|long)
    |first\ (?:proposed|announced|reported|introduced|elected|opened)|was\ founded|historically
    |for\ (?:years|decades)|so\ far\ this\ year|in\ the\ past|once\ |formerly|dates\ back
    |traditionally|earlier\ this\ year)"""
)
_WHY = re.compile(
    r"""(?ix)\b(?:significan\w+|could\ (?:lead|affect|threaten|boost|mean|help|become)
    |rais(?:es|ed?|ing)\ (?:concern|fears|questions)|impact|implications?|the\ move\ comes
    |at\ a\ (?:sensitive|critical|crucial|difficult)|amid\ (?:growing|rising|fears|concern)
    |seen\ as|biggest|largest|worst|deadliest|first\ time|unprecedented|record|underscores?
    |highlights?|worr(?:y|ies|ied)|fear(?:s|ed)?|risk(?:s|ed)?|means\ that|because)\b"""
)
_LEAST, _FIRST = 3, 2
"""Headings that a brief has if its sentences allow; how many stay under the first of them."""
_MONEY = frozenset("$ € £ ¥".split())
_NO_UNITS = frozenset(
    """year years month week day days hours minutes am pm block a and in on at of or to for from by
    when while after before was were is are has have had""".split()
)
"""What follows a number that tells no amount: an age, a time, a place, or nothing of its own."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_VOICE = re.compile(
    r"""(?ix)\b(?:argu|critici[sz]|condemn|urg(?:ed|es)|warn|prais|welcom|accus|den(?:ied|ies)|defend
    |insist|blam|call(?:ed|s)\ (?:on|for|it)|oppos|reject|vow|pledg|hail|express)\w*"""
)


def heading(sentence: Sentence) -> str:
    """The heading that fits a sentence by its own words. English cues; else by what is plain.

    What readers of the last brief could know stands under "Background".
    """
    text = sentence.text
    if not sentence.new:
        return BACKGROUND
    if sentence.quoted_words >= 5:
        return VOICES
    if sentence.position == 0:
        return HAPPENED
    if sentence.attributed and _VOICE.search(text):
        return VOICES
    if _NEXT.search(text):
        return NEXT
    if _BACK.search(text):
        return BACKGROUND
    if measures(sentence.tokens) >= 2:
        return FIGURES
    weighs = sentence.article.kind in ("analysis", "review", "opinion")
    return MATTERS if weighs or _WHY.search(text) else HAPPENED


def measures(tokens: Tokens) -> int:
    """How many amounts a sentence gives; money and shares count twice.

    Ages, dates, addresses and the numbers of names are none: an amount stands before a lower-case
    word ("640 flats", "4.2 metres"), and is no year.
    """
    found = 0
    for i, norm in enumerate(tokens.norms):
        if not is_number(norm):
            continue
        before = tokens.norms[i - 1] if i else ""
        after = tokens.norms[i + 1] if i + 1 < len(tokens) else ""
        gap = tokens.gap(i + 1)
        if before in _MONEY or after == "%":
            found += 2
        elif gap == " " and after.isalpha() and tokens.raw(i + 1).islower():
            named = bool(i) and tokens.raw(i - 1)[0].isupper() and not tokens.gap(i).strip()
            spelled = tokens.raw(i).isalpha() and len(norm) == 1
            found += not (named or spelled or after in _NO_UNITS or _YEAR.fullmatch(norm))
    return found


def arrange(chosen: Sequence[Sentence], most: int) -> list[tuple[str, list[Sentence]]]:
    """The chosen sentences under at most `most` headings, in the order of `HEADINGS`.

    Under a heading they stand as they were chosen, those of one article in its order.
    Headings that would make it too many are folded into "What happened", the smallest first; old
    facts stay apart.
    """
    groups: dict[str, list[Sentence]] = {}
    for sentence in chosen:
        groups.setdefault(heading(sentence), []).append(sentence)
    if len(groups) < min(_LEAST, most):
        _spread(groups)
    kept = {HAPPENED} if all(s.new for s in chosen) else {HAPPENED, BACKGROUND}
    while len(groups) > max(most, len(kept)):
        smallest = min(
            (name for name in groups if name not in kept),
            key=lambda name: (len(groups[name]), -HEADINGS.index(name)),
        )
        groups.setdefault(HAPPENED, []).extend(groups.pop(smallest))
    return [(name, _in_order(groups[name])) for name in HEADINGS if name in groups]


def _spread(groups: dict[str, list[Sentence]]) -> None:
    """Break up a long "What happened" by weaker cues: a single amount, a speaker."""
    happened = groups.get(HAPPENED, [])
    for name, fits in (
        (FIGURES, lambda s: measures(s.tokens) > 0),
        (VOICES, lambda s: s.attributed),
    ):
        for sentence in [s for s in happened[_FIRST:] if fits(s)]:
            if len(happened) > _FIRST and len(groups.get(name, ())) < ROOM[name]:
                happened.remove(sentence)
                groups.setdefault(name, []).append(sentence)


def _in_order(chosen: Sequence[Sentence]) -> list[Sentence]:
    """As chosen, but that sentences of one article take their places in the article's order."""
    left: dict[str, list[Sentence]] = {}
    for sentence in sorted(chosen, key=lambda s: s.index, reverse=True):
        left.setdefault(sentence.article.id, []).append(sentence)
    return [left[sentence.article.id].pop() for sentence in chosen]
