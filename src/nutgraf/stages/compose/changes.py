"""What is new between two tellings of a story: sources, figures, facts, and what fell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from nutgraf.text.dates import when_key
from nutgraf.types import Brief, Change, Citation, Claim, Reported, Slot, Source, Value

__all__ = ["between", "claims_of"]

_UNDATED = datetime.min.replace(tzinfo=UTC)


def claims_of(brief: Brief) -> Iterator[Claim]:
    """Every published sentence of a brief, in reading order."""
    yield brief.headline
    yield brief.nut_graf
    for section in brief.sections:
        yield from section.claims


def between(before: Brief, after: Brief, at: datetime) -> list[Change]:
    """What a reader of `before` finds new in `after`; empty if that is nothing.

    Corrections come first, then figures that moved, what was withdrawn, new facts, new sources.
    Its citations are of sources of `after`.
    """
    figures = list(_figures(before, after, at))
    return [
        *_corrected(after, at),
        *(change for change, _ in figures),
        *_withdrawn(before, after, figures, at),
        *_facts(before, after, at),
        *_joined(before, after, at),
    ]


def _corrected(after: Brief, at: datetime) -> Iterator[Change]:
    for one in after.corrections:
        held = [c for c in one.citations if _is_true(c, after.sources)]
        yield Change(at=at, what="correction", text=one.text, was=one.was, citations=held)


def _is_true(citation: Citation, sources: Sequence[Source]) -> bool:
    return any((citation.article, citation.revision) == (s.article, s.revision) for s in sources)


def _joined(before: Brief, after: Brief, at: datetime) -> Iterator[Change]:
    known = {source.publisher for source in before.sources}
    for outlet in dict.fromkeys(s.publisher for s in after.sources if s.publisher not in known):
        if outlet:
            yield Change(at=at, what="source", text=f"{outlet} joined the story")


def _facts(before: Brief, after: Brief, at: datetime) -> Iterator[Change]:
    """Sentences that were not told and rest on words that were not there to be told."""
    told = {claim.text for claim in claims_of(before)}
    read = {source.article: source.text for source in before.sources}
    revisions = {(source.article, source.revision) for source in before.sources}
    corrected = {(c.article, c.quote) for one in after.corrections for c in one.citations}

    def is_new(citation: Citation) -> bool:
        text = read.get(citation.article)
        if text is None:
            return (citation.article, citation.revision) not in revisions
        return citation.quote not in text and (citation.article, citation.quote) not in corrected

    for claim in (claim for section in after.sections for claim in section.claims):
        if claim.text not in told and any(is_new(citation) for citation in claim.citations):
            yield Change(at=at, what="fact", text=claim.text, citations=claim.citations)


# --- figures ---------------------------------------------------------------------------------


def _figures(before: Brief, after: Brief, at: datetime) -> Iterator[tuple[Change, Slot]]:
    """Moving figures whose newest value was not known before, each with the slot it was in."""
    for slot in after.figures:
        was = _same(slot, before.figures) if slot.status == "update" else None
        if was is None:
            continue  # of a fixed fact two versions differ, but nothing has moved
        new, old = _newest(slot, after.sources), _newest(was, before.sources)
        if any(new.value == value.value for value in was.values):
            continue
        change = Change(
            at=at,
            what="figure",
            text=f"{slot.slot[:1].upper()}{slot.slot[1:]}: {_words(new.value, slot)}",
            was=_words(old.value, was),
            citations=_cited(new, after.sources),
        )
        yield change, was


def _same(slot: Slot, slots: Sequence[Slot]) -> Slot | None:
    """The slot that holds one of the values of `slot`, else the one of its name and unit."""
    # One sentence may give several figures: "14 dead and 31 missing".
    held = {(one.article, one.start, one.end, repr(one.value)) for one in slot.values}
    filled = [one for one in slots if one.values and one.unit == slot.unit]
    for one in filled:
        if any((v.article, v.start, v.end, repr(v.value)) in held for v in one.values):
            return one
    return next((one for one in filled if one.slot == slot.slot), None)


def _newest(slot: Slot, sources: Sequence[Source]) -> Reported:
    """The value that holds of the latest time: a late report may give an old figure."""
    published = {source.article: source.published for source in sources}

    def when(value: Reported) -> datetime:
        return when_key(value.as_of or published.get(value.article)) or _UNDATED

    return max(slot.values, key=when)


def _words(value: Value, slot: Slot) -> str:
    """`14,500 people`; the unit is left out where the slot's name has it."""
    ends = value if isinstance(value, list) else [value]
    number = "–".join(f"{end:,}" if isinstance(end, int | float) else end for end in ends)
    unit = "" if slot.unit in slot.slot else slot.unit
    return f"{number} {unit}".strip()


def _cited(value: Reported, sources: Sequence[Source]) -> list[Citation]:
    return [
        Citation(
            article=value.article,
            revision=source.revision,
            start=value.start,
            end=value.end,
            quote=value.quote,
        )
        for source in sources
        if source.article == value.article
    ]


# --- what fell -------------------------------------------------------------------------------


def _withdrawn(
    before: Brief, after: Brief, moved: Sequence[tuple[Change, Slot]], at: datetime
) -> Iterator[Change]:
    """Sentences that were told and are not: their figure moved on, or a source contradicts them.

    Where the figure moved on, the newer one is cited.
    """
    told = {claim.text for claim in claims_of(after)}
    gone = {one.was for one in after.corrections}
    contradicted = {w.text for w in after.withheld if w.verdict == "contradicted"}
    for claim in {c.text: c for c in claims_of(before)}.values():
        if claim.text in told or claim.text in gone:
            continue
        newer = next((change for change, was in moved if _rests_on(claim, was)), None)
        if newer:
            yield Change(at=at, what="withdrawn", text=claim.text, citations=newer.citations)
        elif claim.text in contradicted:
            yield Change(at=at, what="withdrawn", text=claim.text)


def _rests_on(claim: Claim, slot: Slot) -> bool:
    """Whether a citation of the claim covers a value of the slot."""
    return any(
        cited.article == value.article and cited.start <= value.start and value.end <= cited.end
        for cited in claim.citations
        for value in slot.values
    )
