"""Adjuncts and clauses of an English sentence, and which of them may go without a trace."""

from __future__ import annotations

from nutgraf.stages.verify.grammar import (
    ARTICLES,
    AUXILIARIES,
    CONDITIONS,
    DANGLING,
    HEDGES,
    PREPOSITIONS,
    REPORTS,
    finite,
    opens_clause,
    restricts,
)
from nutgraf.text.modifiers import ATTRIBUTION, NEGATION
from nutgraf.text.tokens import Tokens, is_number

__all__ = [
    "CLAUSES",
    "COORDINATORS",
    "LEAST",
    "MODAL",
    "OPENERS",
    "PAIRS",
    "RELATIVE",
    "adjunct_ok",
    "aside_ok",
    "clause_ok",
    "coordinates",
    "dangles",
    "opens_adjunct",
    "past",
    "plain",
    "word_after",
]

LEAST = 4
"""Tokens that must be left of a sentence."""
COORDINATORS = frozenset("and but".split())
_ASIDE = frozenset("and but while although though whereas which who where with".split())
"""What opens a remark beside the main clause, also under a word that restricts."""
RELATIVE = frozenset("which who whose where whom".split())
CLAUSES = RELATIVE | frozenset(
    "and but while although though whereas because as after before so when since despite".split()
)
_EVENTS = frozenset("following amid".split())
"""What these open tells when or why it happened, seldom which one is meant."""
_REASONS = frozenset("because while although though whereas as despite".split())
OPENERS = CLAUSES | PREPOSITIONS
PAIRS = frozenset("both between either neither whether".split())
MODAL = frozenset("will would may might could can shall should must".split())
_BAD_AS = frozenset("long if though far soon much many well of to early late".split())
_VERBAL = frozenset(
    "stop start begin avoid continue enjoy risk keep consider resume finish quit is was".split()
)


def word_after(sentence: Tokens, i: int) -> str:
    return sentence.norms[i + 1] if i + 1 < len(sentence) else ""


def dangles(sentence: Tokens, i: int) -> bool:
    """Whether a phrase can't end with token `i`; "last May" can."""
    norm = sentence.norms[i]
    return norm in DANGLING and not (norm == "may" and not finite(sentence, i))


def opens_adjunct(sentence: Tokens, i: int) -> bool:
    """Whether an adjunct begins at token `i` that is not set off by punctuation."""
    norms = sentence.norms
    before, norm, after = norms[i - 1], norms[i], word_after(sentence, i)
    if dangles(sentence, i - 1) or before in REPORTS or before in HEDGES:
        return False
    if norm.endswith("ing") and len(norm) > 5:
        return before not in _VERBAL and not finite(sentence, i - 1) and after not in ("", "of")
    if norm == "that":
        return after in AUXILIARIES
    if norm == "when":
        return past(sentence, i)
    if norm == "as":
        likened = {"as", "such", "so", "same"}.intersection(norms[max(0, i - 4) : i])
        return after not in _BAD_AS and not likened
    if norm == "from":
        return not after.endswith("ing")
    if norm in ("over", "under", "around", "before"):
        return not is_number(after) and after not in ("$", "€", "£", "¥")
    if norm in COORDINATORS:
        return coordinates(sentence, i)
    return norm in OPENERS


def past(sentence: Tokens, i: int) -> bool:
    """Whether the clause that "when" opens at `i` tells of what happened, not of a condition."""
    clause = [k for k in range(i + 1, min(i + 9, len(sentence))) if finite(sentence, k)]
    told = {sentence.norms[k] for k in clause}
    now = told & (MODAL | {"is", "are", "has", "have", "do", "does"})
    return bool(clause) and not now and MODAL.isdisjoint(sentence.norms[:i])


def coordinates(sentence: Tokens, i: int) -> bool:
    """Whether what the "and" at `i` adds can be left off: not one half of a pair or of a count."""
    norms = sentence.norms
    if not PAIRS.isdisjoint(norms[:i]) or ("not" in norms[:i] and "only" in norms[:i]):
        return False
    if i + 1 == len(norms):
        return False
    counted = any(is_number(norm) for norm in norms[max(0, i - 4) : i])
    following = norms[i + 1]
    separate = following in PREPOSITIONS | ARTICLES or is_number(following)
    return not counted or separate or finite(sentence, i + 1) or opens_clause(sentence, i + 1)


def adjunct_ok(sentence: Tokens, gaps: list[str], i: int) -> bool:
    norm = sentence.norms[i]
    if norm in COORDINATORS:
        return clause_ok(sentence, gaps, i)
    told = norm in CLAUSES - RELATIVE and opens_clause(sentence, i + 1)
    clause = told or norm in _REASONS | _EVENTS
    if restricts(sentence, i, clause=clause):
        return False
    return clause_ok(sentence, gaps, i) if norm in CLAUSES else plain(sentence, i, len(sentence))


def aside_ok(sentence: Tokens, gaps: list[str], i: int, *, comma: bool = True) -> bool:
    """Whether what stands behind a comma or a dash may go; behind a dash nothing restricts."""
    norm = sentence.norms[i]
    if norm in _ASIDE:
        if norm in COORDINATORS and not coordinates(sentence, i):
            return False
        return clause_ok(sentence, gaps, i)
    if norm in ("or", "nor", "not", "to", "of"):
        return False
    if norm == "as" and not opens_clause(sentence, i + 1):
        return False
    participle = norm.endswith("ing") or (
        norm.endswith("ly") and word_after(sentence, i).endswith("ing")
    )
    free = not comma or participle or norm in _REASONS | {"when"}
    if not free and restricts(sentence, i):
        return False
    if norm == "when" and not past(sentence, i):
        return False
    if norm in CLAUSES:
        return clause_ok(sentence, gaps, i)
    return plain(sentence, i, len(sentence))


def clause_ok(sentence: Tokens, gaps: list[str], i: int) -> bool:
    """Whether a clause from `i` to the end speaks for itself alone: what it denies or hedges too.

    It may not hold who says all of it (", police said"), nor a condition.
    """
    norms, n = sentence.norms, len(sentence)
    tail = norms[i:]
    denied = not NEGATION.isdisjoint(tail[1:2]) and norms[i] != "with"
    if denied or not CONDITIONS.isdisjoint(tail):
        return False
    hedged = len(tail) > 1 and tail[1] in HEDGES and norms[i] not in RELATIVE | {"with"}
    if tail[-1] in HEDGES or hedged or "according" in tail:
        return False
    if norms[i] == "as" and not REPORTS.isdisjoint(tail):
        return False
    said = [k for k in range(i, n) if norms[k] in ATTRIBUTION]
    if said and norms[i] in COORDINATORS and said[0] != i + 1:  # "... and the yard too, Bell said"
        says_more = opens_clause(sentence, i + 1) and n - said[-1] >= LEAST
        if not says_more:
            return False
    return not said or not any(gaps[k].strip() for k in range(i + 1, said[-1] + 1))


def plain(sentence: Tokens, start: int, end: int) -> bool:
    """Whether nothing in a phrase reaches beyond it."""
    gone = sentence.norms[start:end]
    if not CONDITIONS.isdisjoint(gone) or not NEGATION.isdisjoint(gone):
        return False
    return REPORTS.isdisjoint(gone) and gone[0] not in HEDGES and gone[-1] not in HEDGES
