"""What a claim may leave out of an English sentence and still say nothing else than it.

Wider than `text.modifiers` (what the writer leaves out by itself): a summariser cuts a sentence
short at an adjunct, opens it after one, takes one of two clauses. A cut is allowed where grammar
makes the rest follow: never a head or a subject, never who says so, a condition, a negation or a
hedge, and no restriction under a word that turns entailment round ("no", "only", "first", "most").
"""

from __future__ import annotations

from collections.abc import Collection

from nutgraf.stages.verify.edges import leading, trailing
from nutgraf.stages.verify.loose import loose
from nutgraf.stages.verify.middle import auxiliaries, phrases
from nutgraf.stages.verify.phrases import LEAST
from nutgraf.stages.verify.single import amounts, compounds, moments, roles, times, titles, words
from nutgraf.text.modifiers import Modifier, modifiers
from nutgraf.text.tokens import Tokens

__all__ = ["deletions"]


def deletions(sentence: Tokens, known: Collection[tuple[str, str]] = ()) -> list[Modifier]:
    """The stretches of one sentence that a claim may lack, in order; they may nest.

    `known` are pairs of words that open a name or a phrase elsewhere in the source: what stands
    before them here ("striker Ona Bell", where "Ona Bell" is known) may go.
    """
    gaps = [sentence.gap(i) for i in range(len(sentence) + 1)]
    found = {
        *modifiers(sentence),
        *trailing(sentence, gaps),
        *leading(sentence, gaps),
        *phrases(sentence, gaps),
        *auxiliaries(sentence, gaps),
        *words(sentence, gaps),
        *compounds(sentence, gaps),
        *times(sentence, gaps),
        *amounts(sentence),
        *moments(sentence, gaps),
        *roles(sentence, gaps),
        *titles(sentence, gaps, known),
        *loose(sentence),
    }
    return sorted(m for m in found if _whole(sentence, m))


def _whole(sentence: Tokens, unit: Modifier) -> bool:
    """Whether enough is left, and no quotation or hyphenated word is cut."""
    start, end, n = unit.start, unit.end, len(sentence)
    if n - (end - start) < LEAST:
        return False
    quoted = sentence.quoted
    if start and quoted[start] and quoted[start - 1]:
        return False
    if end < n and quoted[end - 1] and quoted[end]:
        return False
    return not (
        (start and sentence.gap(start) == "-") or (end < n and sentence.gap(end) in ("-", "'"))
    )
