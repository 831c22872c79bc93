"""A model's answer becomes a draft: code attaches the citations, to the sentences it named."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

import msgspec

from nutgraf.stages.write.asking import Failed, Reworded, Worded, Written
from nutgraf.stages.write.choose import REPEATS, Weights, similarity
from nutgraf.stages.write.claims import make_claim
from nutgraf.stages.write.numbered import Material, inert
from nutgraf.stages.write.sections import BACKGROUND, DIFFER, HEADINGS, heading
from nutgraf.stages.write.sentence import Sentence
from nutgraf.text.addressed import is_addressed
from nutgraf.text.copying import copied
from nutgraf.text.tokens import tokenise
from nutgraf.types import Checked, Citation, Claim, Draft, Section

__all__ = ["failures", "held", "replaced", "reworded", "worded"]

_MOST = 24
"""Claims of an answer that are looked at; what a model says beyond that is not read."""
_LONGEST = 400
"""Characters of a claim."""
_HEADLINE = 160
"""Characters of a headline; a longer one fails."""
_NAMED = 8
"""Sentences that one claim may rest on."""
_LINK = re.compile(r"(?i)\b(?:https?:|www\.|mailto:)|\b[\w-]+\.(?:com|net|org|example|io|ru|cn)\b/")


def worded(answer: str, material: Material, plain: Draft, name: str) -> Draft:
    """The draft in a model's `answer` (JSON of `Written`) over the sentences shown.

    `plain` is the extractive draft: its headlines and nut grafs stand behind the model's, and
    where sources differ it speaks. A heading that is none of ours gives way to the one that fits.
    """
    written = msgspec.json.decode(answer, type=Written)
    groups: dict[str, list[Claim]] = {}
    pairs = ((s.heading, c) for s in written.sections for c in s.claims)
    told = {written.headline.text, written.nut_graf.text}
    for _, (title, claim) in zip(range(_MOST), pairs, strict=False):
        made = _claim(claim, material)
        if made.text and made.text not in told:
            told.add(made.text)
            groups.setdefault(_heading(title, claim, material.shown), []).append(made)
    groups |= {s.heading: list(s.claims) for s in plain.sections if s.heading == DIFFER}
    headline = _claim(written.headline, material)
    cited = headline.citations if len(headline.text) <= _HEADLINE else []
    headline = msgspec.structs.replace(
        headline, text=headline.text.removesuffix("."), citations=cited
    )
    return msgspec.structs.replace(
        plain,
        headline=[headline, *plain.headline],
        nut_graf=[_claim(written.nut_graf, material), *plain.nut_graf],
        sections=[Section(heading=h, claims=groups[h]) for h in HEADINGS if h in groups],
        written_by=f"model {name}",
    )


def failures(draft: Draft, checked: Checked) -> list[Failed]:
    """The model's claims that were withheld, numbered by their places in the draft."""
    reasons = {withheld.text: withheld.reason for withheld in checked.withheld}
    return [
        Failed(number, claim.text, reasons[claim.text])
        for number, claim in enumerate(_own(draft))
        if claim.text in reasons
    ]


def held(draft: Draft, checked: Checked) -> list[Claim]:
    """The model's claims that are published."""
    lost = {withheld.text for withheld in checked.withheld}
    body = [claim for section in checked.sections for claim in section.claims]
    told = {claim.text for claim in (checked.headline, checked.nut_graf, *body) if claim} - lost
    return [claim for claim in _own(draft) if claim.text in told]


def reworded(draft: Draft, answer: str, failed: Sequence[Failed], material: Material) -> Draft:
    """The draft with claims that failed in the new words of `answer` (JSON of `Reworded`)."""
    numbers = {one.number for one in failed}
    anew: dict[int, Claim] = {}
    for again in msgspec.json.decode(answer, type=Reworded).claims[:_MOST]:
        made = _claim(Worded(again.text, again.sentences), material)
        if again.number in numbers and made.text:
            anew.setdefault(again.number, made)
    places = {claim.text: anew[n] for n, claim in enumerate(_own(draft)) if n in anew}
    (headline, *headlines), (graf, *grafs) = draft.headline, draft.nut_graf
    changed = msgspec.structs.replace(
        draft,
        headline=[places.get(headline.text, headline), *headlines],
        nut_graf=[places.get(graf.text, graf), *grafs],
    )
    return _with(changed, lambda claim: [places.get(claim.text, claim)])


def replaced(
    draft: Draft, failed: Sequence[Failed], checked: Checked, material: Material
) -> tuple[Draft, set[str]]:
    """The draft without what failed, in its place the source's own sentence that it named.

    A sentence that is told already is not told again. Also the texts that were so replaced.
    """
    lost = {one.text for one in failed}
    weights = Weights(material.shown)
    spans = {(s.article.id, s.start, s.end): s for s in material.shown}
    held = [claim for section in checked.sections for claim in section.claims]
    shown = [claim for claim in (checked.headline, checked.nut_graf, *held) if claim]
    told = _named(spans, [citation for claim in shown for citation in claim.citations])
    found = {claim.text for claim in (draft.headline[0], draft.nut_graf[0])} & lost

    def instead(claim: Claim) -> list[Claim]:
        if claim.text not in lost:
            return [claim]
        for sentence in _named(spans, claim.citations):
            if all(s is not sentence and similarity(s, sentence, weights) <= REPEATS for s in told):
                told.append(sentence)
                found.add(claim.text)
                return [make_claim(sentence.text, [sentence], material.usable)]
        return []

    kept = msgspec.structs.replace(
        draft,
        headline=draft.headline[draft.headline[0].text in lost :],
        nut_graf=draft.nut_graf[draft.nut_graf[0].text in lost :],
    )
    return _with(kept, instead), found


def _named(
    spans: dict[tuple[str, int, int], Sentence], citations: Iterable[Citation]
) -> list[Sentence]:
    keys = ((c.article, c.start, c.end) for c in citations)
    return [spans[key] for key in keys if key in spans]


def _with(draft: Draft, change: Callable[[Claim], list[Claim]]) -> Draft:
    """The draft with each of the model's claims changed into others, or none."""
    sections = [
        Section(heading=s.heading, claims=[made for claim in s.claims for made in change(claim)])
        if s.heading != DIFFER
        else s
        for s in draft.sections
    ]
    return msgspec.structs.replace(draft, sections=[s for s in sections if s.claims])


def _own(draft: Draft) -> list[Claim]:
    """The model's claims in a draft of `worded`, by number."""
    body = [c for s in draft.sections if s.heading != DIFFER for c in s.claims]
    return [draft.headline[0], draft.nut_graf[0], *body]


def _claim(said: Worded, material: Material) -> Claim:
    """A claim citing the sentences it names, and others if they say it in the same words as one.

    It cites nothing, and so fails, if it names none, or one that is not there, if it is endless,
    carries a link, or gives orders.
    """
    sentences = material.shown
    text = inert(said.text)[: _LONGEST + 1]
    numbers = list(dict.fromkeys(said.sentences))
    known = all(0 < number <= len(sentences) for number in numbers)
    if not (text and numbers and known and len(numbers) <= _NAMED and len(text) <= _LONGEST):
        return Claim(text=text)
    if _LINK.search(text) or is_addressed(text):
        return Claim(text=text)
    cited = [sentences[number - 1] for number in numbers]
    named = {(s.article.id, s.start): s.citation() for s in cited}
    copied_from = next((s for s in cited if _copies(text, s)), None)
    if copied_from:
        same = make_claim(text, [copied_from], material.usable).citations
        named |= {(c.article, c.start): c for c in same}
    origins = {s.origin for s in material.usable if (s.article.id, s.start) in named}
    return Claim(text=text, citations=list(named.values()), origins=len(origins))


def _copies(text: str, sentence: Sentence) -> bool:
    copy = copied(tokenise(text), sentence.tokens, sentence.removable)
    return bool(copy and not copy.fault)


def _heading(title: str, claim: Worded, sentences: Sequence[Sentence]) -> str:
    cited = [sentences[n - 1] for n in claim.sentences if 0 < n <= len(sentences)]
    if cited and not any(sentence.new for sentence in cited):
        return BACKGROUND
    if title in HEADINGS and title != DIFFER:
        return title
    return heading(cited[0]) if cited else HEADINGS[0]
