"""Claims with their citations: code attaches them, from the sentences a claim is made of."""

from __future__ import annotations

from collections.abc import Sequence

from nutgraf.stages.write.sentence import Sentence
from nutgraf.text.copying import copied
from nutgraf.text.tokens import tokenise
from nutgraf.types import Claim

__all__ = ["make_claim"]


def make_claim(text: str, made_of: Sequence[Sentence], sentences: Sequence[Sentence]) -> Claim:
    """A claim citing the sentences it is made of, and others that say it in the same words.

    `made_of` is a sentence, or neighbours of one article. `sentences` are all of the story's; one
    of another article is cited beside them only if it says the claim by the copy rule itself.
    """
    first, last = made_of[0], made_of[-1]
    citations = [first.citation(last)]
    origins = {first.origin}
    tokens = tokenise(text)
    words = set(tokens.norms)
    seen = {first.article.id}
    for other in sentences:
        if len(made_of) > 1 or other.article.id in seen or not words.issubset(other.tokens.norms):
            continue
        copy = copied(tokens, other.tokens, other.removable)
        if copy and not copy.fault:
            citations.append(other.citation())
            origins.add(other.origin)
            seen.add(other.article.id)
    return Claim(text=text, citations=citations, origins=len(origins))
