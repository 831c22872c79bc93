"""What is to happen to what is counted, and by when: "officers to be trained by 2030"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nutgraf.stages.figures.mention import Mention

__all__ = ["planned"]

_SPAN = re.compile(
    r"[^.;]{0,80}?\b(?P<span>(?:over|within|in|during) the (?:next|coming) (?:[\w-]+ )?"
    r"(?:days|weeks|months|years|decade|year|month|week)|by (?:the end of )?20[0-9]{2})\b"
)
_BOUNDS = (
    r"(?:(?:about|around|some|up|to|as|many|more|than|at|least|nearly|almost|another|over|an|"
    r"additional|further|the|remaining|roughly) )*"
)
_IRREGULAR = {
    "send": "sent", "build": "built", "buy": "bought", "sell": "sold", "give": "given",
    "bring": "brought", "cut": "cut", "put": "put", "take": "taken", "teach": "taught",
    "let": "let", "make": "made", "pay": "paid", "lend": "lent", "hold": "held", "find": "found",
}  # fmt: skip
_NO_DEEDS = frozenset("have be include see need face get become hit leave lose about".split())
"""Verbs that say nothing of what is done to what they count."""


def planned(values: Iterable[Mention]) -> str:
    """ " to be trained over the next five years", if the words of some article say so, or ""."""
    for mention in values:
        found = _plan(mention)
        if found:
            return found
    return ""


def _plan(mention: Mention) -> str:
    figure = mention.figure
    if mention.strong or (figure.unit != "people" and mention.key[0] != "counts"):
        return ""
    counted = " ".join(map(re.escape, figure.what.split(" ")[:2]))
    match = re.search(
        rf"\b(?:to|will|would) (?P<verb>[a-z]{{2,}}) {_BOUNDS}[\w.,]+ {counted}",
        mention.around,
    )
    if match is None or match["verb"] in _NO_DEEDS:
        return ""
    span = _SPAN.match(mention.around, match.end())
    return f" to be {_participle(match['verb'])}" + (f" {span['span']}" if span else "")


def _participle(verb: str) -> str:
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith("e"):
        return verb + "d"
    if re.search(r"[^aeiou]y$", verb):
        return verb[:-1] + "ied"
    if re.fullmatch(r"[^aeiou]{1,3}[aeiou][bdgmnpt]|equip", verb):
        return verb + verb[-1] + "ed"
    return verb + "ed"
