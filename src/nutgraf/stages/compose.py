"""Compose: what was verified becomes a brief, and the briefs of a day a frozen edition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from nutgraf import __version__
from nutgraf.text.addressed import is_addressed
from nutgraf.text.agreement import Agreement, content
from nutgraf.text.sentences import sentences
from nutgraf.types import (
    Beat,
    Brief,
    Change,
    Checked,
    Citation,
    Claim,
    Counts,
    Coverage,
    Draft,
    Drop,
    Edition,
    EditionStory,
    Kind,
    Made,
    Ranked,
    Section,
    Slot,
    Source,
    Usage,
)

__all__ = ["brief", "claims_of", "edition", "edition_id", "made"]


def edition_id(beat: str, now: datetime) -> str:
    """One edition a beat and day (UTC): `"ai-2026-11-17"`."""
    return f"{beat}-{now.astimezone(UTC):%Y-%m-%d}"


def made(edition: Edition) -> Made:
    """What made an edition and from which stories."""
    return Made(
        by=f"compose/1 nutgraf/{__version__}",
        source=" ".join(item.brief.story for item in edition.stories),
    )


def claims_of(brief: Brief) -> Iterator[Claim]:
    """Every published sentence of a brief, in reading order."""
    yield brief.headline
    yield brief.nut_graf
    for section in brief.sections:
        yield from section.claims


def brief(
    coverage: Coverage, draft: Draft, checked: Checked, slots: Sequence[Slot], now: datetime
) -> Brief | Drop:
    """The brief of a story out of the claims that held, or a `Drop` if it has no headline."""
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
    return Brief(
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
        changes=_changes(coverage, slots, body, now),
        only_one=_only_one([headline, nut_graf, *body], coverage),
        follows=coverage.follows,
        note=draft.note,
        usage=draft.usage,
    )


def edition(
    beat: Beat,
    number: int,
    told: Sequence[tuple[Ranked, Brief]],
    drops: Sequence[Drop],
    now: datetime,
) -> Edition:
    """Put the briefs of one issue together. `number` counts the editions of the beat from 1."""
    stories = [
        EditionStory(rank=rank, score=place.score, reasons=place.reasons, brief=brief)
        for rank, (place, brief) in enumerate(told, start=1)
    ]
    return Edition(
        id=edition_id(beat.name, now),
        beat=beat.name,
        title=beat.title or beat.name,
        number=number,
        issued_at=now,
        stories=stories,
        dropped=sorted(drops, key=lambda drop: (drop.stage, drop.reason, drop.subject)),
        counts=_counts([item.brief for item in stories]),
        usage=_usage([item.brief for item in stories]),
    )


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


def _changes(
    coverage: Coverage, slots: Sequence[Slot], claims: Sequence[Claim], now: datetime
) -> list[Change]:
    """What is new since the last edition that told this story: sources, figures, facts."""
    before = coverage.previous
    if before is None:
        return []
    known = {(source.article, source.revision) for source in before.sources}
    outlets = {source.publisher for source in before.sources}
    joined = dict.fromkeys(a.publisher for a in coverage.articles if a.publisher not in outlets)
    changes = [
        Change(at=now, what="source", text=f"{outlet} joined the story")
        for outlet in joined
        if outlet
    ]
    revisions = {article.id: article.revision for article in coverage.articles}
    changes += _revised_figures(before, slots, revisions, now)
    told = {claim.text for claim in claims_of(before)}
    changes += [
        Change(at=now, what="fact", text=claim.text, citations=claim.citations)
        for claim in claims
        if claim.text not in told
        and any((c.article, c.revision) not in known for c in claim.citations)
    ]
    return changes


def _revised_figures(
    before: Brief, slots: Sequence[Slot], revisions: Mapping[str, int], now: datetime
) -> list[Change]:
    """Moving figures of the same name and unit whose latest value was not known before."""
    old = {(slot.slot, slot.unit): slot for slot in before.figures}
    changes = []
    for slot in slots:
        was = old.get((slot.slot, slot.unit))
        if was is None or slot.status != "update" or not was.values:
            continue  # of a fixed fact two versions differ, but nothing has moved
        latest = slot.values[-1]
        if latest.value in [value.value for value in was.values]:
            continue
        citation = Citation(
            article=latest.article,
            revision=revisions[latest.article],
            start=latest.start,
            end=latest.end,
            quote=latest.quote,
        )
        changes.append(
            Change(
                at=now,
                what="figure",
                text=f"{slot.slot}: {latest.value} {slot.unit}".rstrip(),
                was=f"{was.values[-1].value}",
                citations=[citation],
            )
        )
    return changes


def _usage(briefs: Sequence[Brief]) -> Usage | None:
    """What a model took for all the briefs; None if none was asked."""
    used = [brief.usage for brief in briefs if brief.usage]
    return sum(used, Usage()) if used else None


def _counts(briefs: Sequence[Brief]) -> Counts:
    sources = [source for brief in briefs for source in brief.sources]
    return Counts(
        stories=len(briefs),
        articles=len({source.article for source in sources}),
        outlets=len({source.publisher or source.article for source in sources}),
        copies=len({source.article for source in sources if source.copy_of}),
        withheld=sum(len(brief.withheld) for brief in briefs),
    )
