"""Headings: a fixed set, and which of them a sentence belongs under."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nutgraf.stages.write.sentence import Sentence
from nutgraf.text.tokens import is_number

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
ROOM = {HAPPENED: 6, FIGURES: 3, VOICES: 3, MATTERS: 2, BACKGROUND: 3, NEXT: 2}
"""The most sentences a heading is given."""

_NEXT = re.compile(
    r"""(?ix)\b(?:will\ (?!not\ )|(?:is|are)\ (?:expected|due|set|scheduled|likely|slated)
    |next\ (?:week|month|year|(?:mon|tues|wednes|thurs|fri|satur|sun)day)
    |later\ this\ (?:week|month|year)|in\ the\ coming|tomorrow|upcoming|expected\ to)"""
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
    if sentence.quoted_words >= 5 or (sentence.attributed and _VOICE.search(text)):
        return VOICES
    if sentence.position == 0:
        return HAPPENED
    if _NEXT.search(text):
        return NEXT
    if _BACK.search(text):
        return BACKGROUND
    figures = sum(is_number(norm) for norm in sentence.tokens.norms)
    if figures >= 2 or (figures and any(mark in text for mark in "%$€£")):
        return FIGURES
    return MATTERS if _WHY.search(text) else HAPPENED


def arrange(chosen: Sequence[Sentence], most: int) -> list[tuple[str, list[Sentence]]]:
    """The chosen sentences under at most `most` headings, in the order of `HEADINGS`.

    Under a heading they stand by article (oldest first) and place. Headings that would make it
    too many are folded into "What happened", the smallest first; old facts stay apart.
    """
    groups: dict[str, list[Sentence]] = {}
    for sentence in chosen:
        groups.setdefault(heading(sentence), []).append(sentence)
    kept = {HAPPENED} if all(s.new for s in chosen) else {HAPPENED, BACKGROUND}
    while len(groups) > max(most, len(kept)):
        smallest = min(
            (name for name in groups if name not in kept),
            key=lambda name: (len(groups[name]), -HEADINGS.index(name)),
        )
        groups.setdefault(HAPPENED, []).extend(groups.pop(smallest))
    return [
        (name, sorted(groups[name], key=lambda s: (s.position > 5, s.order, s.position)))
        for name in HEADINGS
        if name in groups
    ]
