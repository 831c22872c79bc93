"""An audit as one page that carries all it needs: each sentence, its verdict, the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nutgraf.config import SiteConfig
from nutgraf.render.environment import asset, page
from nutgraf.render.links import at_words, safe_url
from nutgraf.render.phrases import plural
from nutgraf.render.receipts import Excerpt, excerpts
from nutgraf.types import Article, Audit, AuditMark, AuditSentence, Evidence, Verdict

__all__ = ["SIGNS", "WORDS", "against", "reason_of", "render_audit", "source_name"]

SIGNS: dict[Verdict, str] = {"supported": "✓", "contradicted": "✗", "unsupported": "?"}
WORDS: dict[Verdict, str] = {
    "supported": "supported",
    "contradicted": "contradicted",
    "unsupported": "not found",
}
_ORDER: tuple[Verdict, ...] = ("contradicted", "unsupported", "supported")
_NUMBER = 3
"""Characters of a mark that is a number or a letter."""
_NOT_FOUND = "not found in the sources"


@dataclass(frozen=True, slots=True)
class _Count:
    verdict: Verdict
    number: int
    words: str


@dataclass(frozen=True, slots=True)
class _Source:
    number: int
    name: str
    outlet: str
    url: str


@dataclass(frozen=True, slots=True)
class _Mark:
    """A citation mark; `number` is that of the source it leads to, 0 for none given."""

    label: str
    number: int


@dataclass(frozen=True, slots=True)
class _Slip:
    """What one source says near a sentence."""

    number: int
    name: str
    url: str
    excerpts: list[Excerpt]


@dataclass(frozen=True, slots=True)
class _Line:
    """One sentence of the page as the report shows it."""

    text: str
    verdict: Verdict
    sign: str
    words: str
    reason: str
    marks: list[_Mark]
    absent: str
    """The marks that lead to no document given."""
    shown: str
    open: bool
    slips: list[_Slip]


@dataclass(frozen=True, slots=True)
class _Report:
    title: str
    against: str
    miscited: int
    counts: list[_Count]
    lines: list[_Line]
    sources: list[_Source]


def render_audit(audit: Audit, site: SiteConfig) -> bytes:
    """The report as HTML, in the look of the site, without anything beside it."""
    from markupsafe import Markup

    style = Markup(asset("style.css").decode())  # our own file, no text of a page
    return page("audit.html", root="", site=site, style=style, report=_report(audit)).encode()


def against(audit: Audit) -> str:
    """`18 sentences against 2 documents`."""
    count = plural(len(audit.sentences), "sentence")
    return f"{count} against {plural(len(audit.sources), 'document')}"


def source_name(source: Article) -> str:
    """What a source is called: its title, else its outlet, its address, its first words."""
    named = source.title or source.publisher or source.url
    return named or f"“{source.text[:60].strip()}…”"


def reason_of(sentence: AuditSentence) -> str:
    """Why, in plain words, for a place where the verdict itself stands before it."""
    reason = sentence.reason
    if not reason.startswith(_NOT_FOUND):
        return reason
    rest = reason.removeprefix(_NOT_FOUND).removeprefix(": ")
    return f"no source has {rest}" if rest.startswith("“") else rest


def _report(audit: Audit) -> _Report:
    numbers = {source.id: number for number, source in enumerate(audit.sources, start=1)}
    counts = {"supported": audit.supported, "contradicted": audit.contradicted,
              "unsupported": audit.unsupported}  # fmt: skip
    texts = {source.id: source for source in audit.sources}
    return _Report(
        title=audit.title or "A page",
        against=against(audit),
        miscited=audit.miscited,
        counts=[_Count(verdict, counts[verdict], WORDS[verdict]) for verdict in _ORDER],
        lines=[_line(sentence, texts, numbers) for sentence in audit.sentences],
        sources=[
            _Source(number, source_name(s), _outlet(s), safe_url(s.url))
            for number, s in enumerate(audit.sources, start=1)
        ],
    )


def _outlet(source: Article) -> str:
    return source.publisher or "" if source.title else ""


def _line(sentence: AuditSentence, sources: dict[str, Article], numbers: dict[str, int]) -> _Line:
    found = {"supported": "The words", "contradicted": "What the source says"}
    return _Line(
        text=sentence.text,
        verdict=sentence.verdict,
        sign=SIGNS[sentence.verdict],
        words=WORDS[sentence.verdict].capitalize(),
        reason=reason_of(sentence),
        marks=[_Mark(_label(mark), numbers.get(mark.source, 0)) for mark in sentence.marks],
        absent=", ".join(_label(mark) for mark in sentence.marks if not mark.source),
        shown=found.get(sentence.verdict, "The closest words"),
        open=sentence.verdict == "contradicted",
        slips=_slips(
            sentence.evidence, sources, numbers, most=1 + (sentence.verdict == "unsupported")
        ),
    )


def _label(mark: AuditMark) -> str:
    """A number as it stands on the page; linked words stand in the sentence already."""
    return f"[{mark.label}]" if len(mark.label) <= _NUMBER else "[link]"


def _slips(
    evidence: Sequence[Evidence], sources: dict[str, Article], numbers: dict[str, int], most: int
) -> list[_Slip]:
    grouped: dict[str, list[Evidence]] = {}
    for found in evidence:
        grouped.setdefault(found.source, []).append(found)
    return [
        _slip(found[:most], sources.get(name), numbers.get(name, 0))
        for name, found in grouped.items()
    ]


def _slip(found: Sequence[Evidence], source: Article | None, number: int) -> _Slip:
    spans = [(e.start, e.end) for e in found]
    exact = source and all(source.text[e.start : e.end] == e.quote for e in found)
    return _Slip(
        number=number,
        name=source_name(source) if source else found[0].source,
        url=at_words(source.url, found[0].quote) if source else "",
        excerpts=(
            excerpts(source.text, spans) if source and exact else [[(e.quote, True)] for e in found]
        ),
    )
