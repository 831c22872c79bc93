"""The gate: every claim of a draft, whoever wrote it, against the words that it cites."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from nutgraf.types import (
    Article,
    Checked,
    Citation,
    Claim,
    Draft,
    Evidence,
    Section,
    Support,
    Withheld,
)

__all__ = ["Judge", "check", "holds"]

_APART = "\n±\n"
"""Between words that do not follow each other: a token that keeps "he" from the wrong sentence."""

_POINTERS = frozenset("he she it they his her its their".split())

Judge = Callable[[str, Sequence[Article]], Support]


def check(draft: Draft, sources: Sequence[Article], judge: Judge) -> Checked:
    """Keep the claims that their citations support; withhold the others, each with its reason.

    A citation must be the exact words of its source and say the claim by itself (or a sentence of
    it); citations that don't are taken off. The headline and the nut graf fall back on the next
    candidate, at last on a claim of the sections; they are None only when nothing at all holds.
    """
    gate = _Gate({article.id: article for article in sources}, judge)
    sections = gate.sections(draft.sections)
    held = [claim for section in sections for claim in section.claims]
    headline = gate.first(draft.headline) or _shortest(held)
    others = [claim for claim in draft.nut_graf if not _repeats(claim, headline)]
    nut_graf = gate.first(others) or gate.first(draft.nut_graf) or next(iter(held), headline)
    return Checked(headline=headline, nut_graf=nut_graf, sections=sections, withheld=gate.withheld)


def holds(claim: Claim, sources: Sequence[Article], judge: Judge) -> bool:
    """Whether a claim's citations support it: it would be kept."""
    return _Gate({article.id: article for article in sources}, judge).claim(claim) is not None


def _repeats(claim: Claim, headline: Claim | None) -> bool:
    """Whether a claim rests on the very words that the headline rests on."""
    rests_on = {(c.article, c.start) for c in headline.citations} if headline else set()
    return any((c.article, c.start) in rests_on for c in claim.citations)


def _shortest(claims: Sequence[Claim]) -> Claim | None:
    return min(claims, key=lambda claim: len(claim.text), default=None)


class _Gate:
    """Judges claims and collects what it withholds, each text once."""

    def __init__(self, sources: dict[str, Article], judge: Judge) -> None:
        self._sources = sources
        self._judge = judge
        self.withheld: list[Withheld] = []

    def sections(self, sections: Sequence[Section]) -> list[Section]:
        kept: list[Section] = []
        for section in sections:
            claims = [held for claim in section.claims if (held := self.claim(claim))]
            if claims:
                kept.append(Section(heading=section.heading, claims=claims))
        return kept

    def first(self, candidates: Sequence[Claim]) -> Claim | None:
        return next((held for claim in candidates if (held := self.claim(claim))), None)

    def claim(self, claim: Claim) -> Claim | None:
        """The claim with the citations that hold, or None and a line among the withheld."""
        true = [c for c in claim.citations if _is_true(c, self._sources.get(c.article))]
        groups: dict[str, list[Citation]] = {}
        for citation in true:
            groups.setdefault(citation.article, []).append(citation)
        cited = {name: self._quoted(group) for name, group in groups.items()}
        support = self._judge(claim.text, list(cited.values()))
        if support.verdict != "supported" or _points(claim.text, support):
            self._withhold(claim, misquotes=len(true) < len(claim.citations))
            return None
        citations = [c for group in groups.values() for c in self._needed(claim, group)]
        if not citations:  # a sentence of the claim each: together they hold it
            used = {evidence.source for evidence in support.evidence}
            citations = [c for name, group in groups.items() if name in used for c in group]
        articles = {citation.article for citation in citations}
        return msgspec.structs.replace(
            claim,
            verdict="supported",
            citations=citations,
            origins=max(1, min(claim.origins, len(articles))),
        )

    def _needed(self, claim: Claim, group: Sequence[Citation]) -> list[Citation]:
        """The citations of one article that carry a claim: each alone, else all together."""
        alone = [c for c in group if self._carries(claim, [c])]
        if alone or len(group) < 2:
            return alone
        return list(group) if self._carries(claim, group) else []

    def _carries(self, claim: Claim, group: Sequence[Citation]) -> bool:
        return self._judge(claim.text, [self._quoted(group)]).verdict == "supported"

    def _quoted(self, group: Sequence[Citation]) -> Article:
        """The cited words of one article alone, in its order, as a source."""
        source = self._sources[group[0].article]
        text, end = "", 0
        for citation in sorted(group, key=lambda c: (c.start, c.end)):
            apart = text and source.text[end : citation.start].strip()
            text += (_APART if apart else "\n" if text else "") + citation.quote
            end = citation.end
        return Article(id=source.id, text=text, language=source.language)

    def _withhold(self, claim: Claim, *, misquotes: bool) -> None:
        if any(claim.text == withheld.text for withheld in self.withheld):
            return
        support = self._judge(claim.text, list(self._sources.values()))
        reason, evidence = support.reason, list[Evidence](support.evidence)
        if support.verdict == "supported":
            reason = (
                "a citation is not in its source" if misquotes else "not said where it is cited"
            )
            if _points(claim.text, support):
                reason = f"it doesn't say who “{claim.text.split()[0]}” is"
        self.withheld.append(
            Withheld(
                text=claim.text,
                verdict="unsupported" if support.verdict == "supported" else support.verdict,
                reason=reason,
                evidence=evidence,
            )
        )


def _points(text: str, support: Support) -> bool:
    """Whether a claim begins with a "he" that its source doesn't begin with: who it is hangs on
    what stands before it on the page."""
    words = text.lower().split()
    quotes = (set(evidence.quote.lower().split()) for evidence in support.evidence)
    return words[0] in _POINTERS and not any(words[0] in quote for quote in quotes)


def _is_true(citation: Citation, source: Article | None) -> bool:
    """Whether a citation is the exact words of the article revision it names."""
    return (
        source is not None
        and citation.revision == source.revision
        and 0 <= citation.start < citation.end
        and source.text[citation.start : citation.end] == citation.quote
    )
