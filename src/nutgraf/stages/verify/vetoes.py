"""What no model may overrule: a figure, a name, a "not", a speaker that the sources don't have so.

For claims in other words than the sources', which the rules withhold and a second verifier may be
allowed to pass. Each veto compares words, so it errs on the side of withholding.
"""

from __future__ import annotations

from collections.abc import Sequence

from nutgraf.stages.verify.grammar import CONDITIONS, HEDGES, REPORTS
from nutgraf.text.modifiers import NEGATION
from nutgraf.text.tokens import Tokens, is_number
from nutgraf.text.words import STOP, stem

__all__ = ["veto"]

_DATES = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december yesterday today tomorrow""".split()
)
_UNITS = frozenset(
    """% $ € £ ¥ dollar euro pound yen mile kilometre kilometer metre meter foot feet inch ton tonne
    kilo gram litre liter gallon hour minute second day week month year decade point percentage
    degree hectare acre barrel""".split()
)
_MODALS = frozenset("may might could would should must can".split())
_ORDER = frozenset("before after until since earlier later".split())
_EXTREMES = frozenset(
    """all every always never only first last best worst most least none both entire record
    unprecedented more less fewer""".split()
)


def veto(claim: Tokens, passages: Sequence[Tokens]) -> str:
    """The reason why a claim may not pass beside its closest `passages`, best first, or ""."""
    if not passages:
        return "not found in the sources"
    had = {norm for passage in passages for norm in passage.norms}
    roots = {stem(norm) for norm in had}
    return (
        _unknown(claim, had, roots)
        or _misquoted(claim, passages)
        or _turned(claim, passages[0], had)
        or _unattributed(claim, passages[0])
    )


def _unknown(claim: Tokens, had: set[str], roots: set[str]) -> str:
    """A figure, unit, date or name that the passages don't have."""
    for i, norm in enumerate(claim.norms):
        if norm in had or stem(norm) in roots:
            continue
        name = claim.raw(i)[0].isupper() and norm not in STOP
        figure = is_number(norm) or norm[0].isdigit() or stem(norm) in _MEASURES
        if figure or name or norm in _DATES:
            return f"not found in the sources: “{claim.raw(i)}”"
    return ""


_MEASURES = frozenset(map(stem, _UNITS)) | _UNITS


def _misquoted(claim: Tokens, passages: Sequence[Tokens]) -> str:
    """Words in quotation marks must stand so, in a row, in one passage."""
    quoted = [i for i in range(len(claim)) if claim.quoted[i]]
    runs: list[list[int]] = []
    for i in quoted:
        if runs and runs[-1][-1] == i - 1 and not claim.gap(i).strip(" ,.;'’-"):
            runs[-1].append(i)
        else:
            runs.append([i])
    for run in runs:
        words = tuple(claim.norms[i] for i in run)
        if not any(_holds(passage.norms, words) for passage in passages):
            return f"nobody is quoted with “{claim.raw(run[0])} …”"
    return ""


def _holds(norms: Sequence[str], words: Sequence[str]) -> bool:
    n = len(words)
    return any(tuple(norms[i : i + n]) == words for i in range(len(norms) - n + 1))


def _turned(claim: Tokens, best: Tokens, had: set[str]) -> str:
    """A negation, hedge, condition or order that one side has and the other lacks."""
    mine, theirs = set(claim.norms), set(best.norms)
    if len(mine & NEGATION) % 2 != len(theirs & NEGATION) % 2:
        return "one of the two says “not”"
    for kind in (HEDGES | _MODALS, CONDITIONS):
        lost = sorted((theirs & kind) - mine)
        if lost:
            return f"“{lost[0]}” was dropped"
    for kind in (_EXTREMES, _MODALS, _ORDER):
        new = sorted((mine & kind) - had)
        if new:
            return f"the source has no “{new[0]}”"
    return ""


def _unattributed(claim: Tokens, best: Tokens) -> str:
    """Who says so, where the source leaves it to somebody."""
    said = [i for i, norm in enumerate(best.norms) if norm in REPORTS]
    if said and REPORTS.isdisjoint(claim.norms):
        return f"who says so was dropped: “{best.raw(said[0])}”"
    if not said and not REPORTS.isdisjoint(claim.norms):
        return "nobody is named as saying this"
    return ""
