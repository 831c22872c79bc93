"""Who else says it: claims that held, cited to every origin that says them by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from nutgraf.stages.verify.check import Judge
from nutgraf.stages.verify.prepare import Prepared, prepare
from nutgraf.text.tokens import Tokens, tokenise
from nutgraf.text.words import STOP
from nutgraf.types import Article, Checked, Citation, Claim

__all__ = ["corroborate"]

_NEW, _TELLING = 4, 1
"""Words, and words that carry meaning, that a passage may lack before it is not even judged: the
copy rule lets a claim have an article, or the rest of a name, more."""


def corroborate(
    checked: Checked, sources: Sequence[Article], first: Callable[[str], str], judge: Judge
) -> Checked:
    """Cite beside what a claim cites one passage of each other origin that carries it alone.

    `first` tells who first reported what an article (an id) says. Claims of which nobody else has
    the words come back as they are.
    """

    def backed(claim: Claim) -> Claim:
        return _backed(claim, sources, first, judge)

    return msgspec.structs.replace(
        checked,
        headline=checked.headline and backed(checked.headline),
        nut_graf=checked.nut_graf and backed(checked.nut_graf),
        sections=[
            msgspec.structs.replace(section, claims=[backed(c) for c in section.claims])
            for section in checked.sections
        ],
    )


def _backed(
    claim: Claim, sources: Sequence[Article], first: Callable[[str], str], judge: Judge
) -> Claim:
    cited = {first(citation.article) for citation in claim.citations}
    tokens = tokenise(claim.text)
    more: list[Citation] = []
    for article in sources:
        if first(article.id) in cited:
            continue
        found = _passage(tokens, article, judge)
        if found:
            more.append(found)
            cited.add(first(article.id))
    if not more:
        return claim
    return msgspec.structs.replace(claim, citations=[*claim.citations, *more], origins=len(cited))


def _passage(claim: Tokens, article: Article, judge: Judge) -> Citation | None:
    """The first passage of an article that by itself carries a claim."""
    source = prepare(article)
    for i in _likely(claim, source):
        span = source.evidence(i)
        alone = Article(id=article.id, text=span.quote, language=article.language)
        if judge(claim.text, [alone]).verdict == "supported":
            return article.cite(span.start, span.end)
    return None


def _likely(claim: Tokens, source: Prepared) -> list[int]:
    """The passages that have nearly all of a claim's words: no other could carry it."""
    words = frozenset(claim.norms)
    found = []
    for i, passage in enumerate(source.index.passages):
        new = words - passage.vocabulary
        if len(new) <= _NEW and len(new - STOP) <= _TELLING:
            found.append(i)
    return found
