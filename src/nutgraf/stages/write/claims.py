"""Claims with their citations: code attaches them, from the sentences a claim is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from nutgraf.stages.write.names import named
from nutgraf.stages.write.sentence import Sentence
from nutgraf.text.copying import copied
from nutgraf.text.tokens import tokenise
from nutgraf.types import Citation, Claim

__all__ = ["Introductions", "make_claim"]


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


class Introductions:
    """Names people in full where a brief first speaks of them, as their article does elsewhere.

    A name is put in only if the claim `holds` with it, which the caller finds out.
    """

    def __init__(self, sentences: Sequence[Sentence], holds: Callable[[Claim], bool]) -> None:
        self._sentences = sentences
        self._holds = holds
        self._met: set[str] = set()

    def of(self, claims: Iterable[Claim]) -> list[Claim]:
        """Claims in the order they are read: whom one of them has named, the next need not."""
        return [self._introduced(claim) for claim in claims]

    def _introduced(self, claim: Claim) -> Claim:
        told = {c.article for c in claim.citations}
        for sentence in self._made_of(claim) if len(told) == 1 else ():
            for person, where in sentence.people:
                if person.surname not in self._met:
                    full = _named(claim, person.surname, person.full, where)
                    claim = full if full is not claim and self._holds(full) else claim
        self._met |= named(tokenise(claim.text))
        return claim

    def _made_of(self, claim: Claim) -> list[Sentence]:
        cited = claim.citations[0]
        return [
            s
            for s in self._sentences
            if s.article.id == cited.article and cited.start <= s.start and s.end <= cited.end
        ]


def _named(claim: Claim, surname: str, full: str, where: Citation) -> Claim:
    """The claim with a surname's first name where it comes first, citing who gives it."""
    tokens = tokenise(claim.text)
    at = next((i for i in range(len(tokens)) if tokens.raw(i) == surname), None)
    if at is None or tokens.quoted[at] or surname in named(tokens):
        return claim
    start, end = tokens.spans[at]
    return msgspec.structs.replace(
        claim,
        text=f"{claim.text[:start]}{full}{claim.text[end:]}",
        citations=[*claim.citations, where],
    )
