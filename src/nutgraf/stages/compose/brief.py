"""What was verified becomes a brief."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from msgspec import structs

from nutgraf.stages.compose.changes import between
from nutgraf.stages.compose.naming import named
from nutgraf.text.addressed import is_addressed
from nutgraf.text.agreement import Agreement, content
from nutgraf.text.sentences import sentences
from nutgraf.types import (
    Brief,
    Checked,
    Claim,
    Coverage,
    Draft,
    Drop,
    Kind,
    Section,
    Slot,
    Source,
)

__all__ = ["brief"]


def brief(
    coverage: Coverage, draft: Draft, checked: Checked, slots: Sequence[Slot], now: datetime
) -> Brief | Drop:
    """The brief of a story out of the claims that held.

    A `Drop` if it has no headline, or if it was told before and nothing in it is new.
    """
    if checked.headline is None or checked.nut_graf is None:
        return Drop(
            stage="verify",
            subject=coverage.story.id,
            reason="no sentence held",
            detail=f"{len(checked.withheld)} sentences withheld, no headline among what is left",
            at=now,
        )
    headline = _with_origins(checked.headline, coverage)
    nut_graf = _with_origins(checked.nut_graf, coverage)
    sections = [
        Section(heading=s.heading, claims=[_with_origins(c, coverage) for c in s.claims])
        for s in checked.sections
        if s.claims
    ]
    body = [claim for section in sections for claim in section.claims]
    told = Brief(
        story=coverage.story.id,
        language=draft.language or _language(coverage),
        kind=_kind(coverage),
        written_by=draft.written_by,
        headline=headline,
        nut_graf=nut_graf,
        sections=sections,
        figures=list(slots),
        sources=_sources(coverage),
        origins=coverage.origins,
        withheld=[*checked.withheld, *draft.kept_out],
        only_one=_only_one([headline, nut_graf, *body], coverage),
        named=named(coverage),
        silent=_silent(coverage),
        corrections=coverage.corrections,
        follows=coverage.follows,
        note=draft.note,
        usage=draft.usage,
    )
    if coverage.previous is None:
        return told
    changes = between(coverage.previous, told, now)
    if not changes:
        return _drop(coverage, "nothing new", "what came says nothing that was not told", now)
    return structs.replace(told, changes=changes)


def _drop(coverage: Coverage, reason: str, detail: str, now: datetime) -> Drop:
    return Drop(stage="compose", subject=coverage.story.id, reason=reason, detail=detail, at=now)


def _silent(coverage: Coverage) -> list[str]:
    """Outlets that cover the beat in these days and have nothing in the story."""
    heard = {article.publisher for article in coverage.articles}
    heard |= {trace.first for trace in coverage.traces.values()}
    return [outlet for outlet in coverage.active if outlet not in heard]


def _with_origins(claim: Claim, coverage: Coverage) -> Claim:
    """The claim with the number of independent reports that its citations come from."""
    firsts = {coverage.first(citation.article) for citation in claim.citations}
    return Claim(
        text=claim.text, verdict=claim.verdict, citations=claim.citations, origins=len(firsts)
    )


def _only_one(claims: Sequence[Claim], coverage: Coverage) -> list[Claim]:
    """Claims that one origin alone tells: no other has a sentence that says nearly the same.

    A claim cites those that say it in its words; who says it in others is not cited, but "only"
    would be false then.
    """
    single = [claim for claim in claims if claim.origins == 1]
    if coverage.origins < 2 or not single:
        return []
    told = [
        (coverage.first(article.id), content(article.text[start:end]))
        for article in coverage.articles
        for start, end in sentences(article.text, article.language)
    ]
    agreement = Agreement(told, _language(coverage))
    return [claim for claim in single if len(agreement.tellers(content(claim.text))) < 2]


def _sources(coverage: Coverage) -> list[Source]:
    sources = []
    for article in coverage.articles:
        trace = coverage.traces.get(article.id)
        sources.append(
            Source(
                article=article.id,
                revision=article.revision,
                title="" if is_addressed(article.title) else article.title,
                publisher=article.publisher,
                url=article.url,
                published=article.published,
                origin=trace.first if trace else article.id,
                how=trace.how if trace else "own",
                copy_of=trace.copy_of if trace else None,
                via=trace.via if trace else None,
                kind=article.kind,
                text=article.text,
            )
        )
    return sources


def _kind(coverage: Coverage) -> Kind:
    """The kind of most of the story's articles, copies left out; news if they are tied."""
    kinds: list[Kind] = [a.kind for a in coverage.articles if not coverage.is_copy(a.id)]
    counted = Counter(kinds or [a.kind for a in coverage.articles])
    most = max(counted.values())
    return "news" if counted["news"] == most else counted.most_common(1)[0][0]


def _language(coverage: Coverage) -> str | None:
    """The language of most of the story's articles."""
    known = [article.language for article in coverage.articles if article.language]
    return Counter(known).most_common(1)[0][0] if known else None
