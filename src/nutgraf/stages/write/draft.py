"""A story to a draft: size by weight, headline, nut graf, disagreements, then the rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from nutgraf.errors import Dropped
from nutgraf.stages.write.choose import REPEATS, Weights, choose, similarity
from nutgraf.stages.write.claims import make_claim
from nutgraf.stages.write.differences import differences, disputed, moved, overtaken
from nutgraf.stages.write.headline import Marks, favour, headlines, rank
from nutgraf.stages.write.kept_out import kept_out
from nutgraf.stages.write.sections import DIFFER, HEADINGS, ROOM, arrange, heading
from nutgraf.stages.write.sentence import Sentence, gather
from nutgraf.types import Claim, Coverage, Draft, Section, Slot

__all__ = ["write"]

_MADE_BY = "extractive/1"
_NUT_GRAFS = 4
_FULL = 11
"""Words that a nut graf has at least, if another one will do."""
_AGAIN = 0.6
"""Factor for a nut graf that tells little, or what the headline or the last brief has told."""
_SIDED = 0.65
"""Factor for a nut graf that takes a side: the other follows under "Where sources differ"."""
_WEAK = 0.5
"""Share of the best one's worth below which a nut graf does not come first merely for being new."""
_SAME = 0.8
"""Similarity from which on a sentence would only say the headline again."""
_BACKGROUND = 3
"""Sentences of what was known before, in the brief of a story that returns."""
_WORTH_TELLING = 6
"""Words that a headline left out before its sentence is told whole as well."""


class _Size(NamedTuple):
    claims: int
    sections: int


def write(coverage: Coverage, slots: Sequence[Slot]) -> Draft:
    """Draft a brief of a story. `slots` are its figures lined up across the sources.

    Raises `Dropped` when no article has a sentence that could be used.
    """
    sentences = gather(coverage)
    if not sentences:
        raise Dropped("nothing to write from", f"{len(coverage.articles)} articles")
    weights = Weights(sentences)
    size = _size(sentences)
    stale = overtaken(slots, sentences)
    returning = not all(s.new for s in sentences)
    marks = Marks(disputed(slots), stale, moved(slots, sentences), returning)
    tops = headlines(sentences, weights, marks) or _fallback(sentences, weights)
    lead = tops[0][1]
    grafs = _nut_grafs(sentences, weights, lead, marks)
    nut = grafs[0][1]
    differing = differences(slots, sentences)
    taken = [nut, *(s for s, _ in differing)]
    body = [s for s in sentences if _tells(s) and s is not lead and s not in stale]
    chosen = _body(body, [lead, *taken], weights, size.claims - len(differing))
    longer = lead.words >= len(tops[0][0].text.split()) + _WORTH_TELLING
    if (
        longer
        and lead not in stale
        and not any(similarity(lead, s, weights) > REPEATS for s in taken)
    ):
        chosen.insert(0, lead)  # the headline was cut from it: here it stands whole
    sections = [
        Section(heading=name, claims=[make_claim(s.text, [s], sentences) for s in group])
        for name, group in arrange(chosen, size.sections - bool(differing))
    ]
    if differing:
        claims = [claim for _, claim in differing]
        sections.append(Section(heading=DIFFER, claims=claims))
        sections.sort(key=lambda section: HEADINGS.index(section.heading))
    return Draft(
        headline=[claim for claim, _ in tops],
        nut_graf=[claim for claim, _ in grafs],
        sections=sections,
        written_by=_MADE_BY,
        kept_out=kept_out(coverage),
    )


def _longer(headline: Claim, lead: Sentence) -> bool:
    """Whether the headline left so much of its sentence out that this is worth telling whole."""
    return lead.words >= len(headline.text.split()) + _WORTH_TELLING


def _size(sentences: Sequence[Sentence]) -> _Size:
    """How many claims and headings a story is worth: by origins, and by how much they wrote."""
    origins = len({s.origin for s in sentences})
    words = sum(s.words for s in sentences)
    claims = min(3 + 2 * (origins - 1) + words // 150, 14)
    if origins == 1:
        claims = min(claims, 6)
    claims = max(2, min(claims, len(sentences) - 1))
    return _Size(claims, 2 if claims <= 5 else min(3 + (claims - 5) // 2, 7))


def _body(
    body: Sequence[Sentence], taken: Sequence[Sentence], weights: Weights, size: int
) -> list[Sentence]:
    """What is new first; of what a returning story told before, a few sentences of background."""
    old = [s for s in body if not s.new]
    background = min(_BACKGROUND, size // 3) if old else 0
    fresh = [s for s in body if s.new]
    chosen = choose(fresh, taken, weights, size - background, heading, ROOM)
    return chosen + choose(old, [*taken, *chosen], weights, background, heading, ROOM)


def _tells(sentence: Sentence) -> bool:
    return not sentence.dangling and _citable(sentence)


def _citable(sentence: Sentence) -> bool:
    """A press release's or a columnist's words are used only as somebody's, never as bare fact."""
    return not sentence.second_hand or sentence.attributed or sentence.quoted_words >= 5


def _fallback(sentences: Sequence[Sentence], weights: Weights) -> list[tuple[Claim, Sentence]]:
    """The most central sentence, where no lead will do for a headline."""
    usable = [s for s in sentences if not s.dangling] or list(sentences)
    best = max(usable, key=lambda s: (s.leads, weights.centrality(s), -s.order, -s.position))
    return [(make_claim(best.text, [best], sentences), best)]


def _nut_grafs(
    sentences: Sequence[Sentence], weights: Weights, lead: Sentence, marks: Marks
) -> list[tuple[Claim, Sentence]]:
    """Candidates that say what happened and why, other than the headline's sentence if possible."""

    def worth(s: Sentence) -> float:
        base = weights.centrality(s) / (1 + 0.5 * s.position) * max(favour(s, marks), _SIDED)
        return base * _AGAIN ** ((s is lead) + (s.words < _FULL) + (not s.new))

    usable = [s for s in sentences if not s.dangling and s.leads and s.quoted_words < 8]
    least = _WEAK * max(map(worth, usable), default=0.0)
    usable.sort(
        key=lambda s: (rank(s, marks, weak=worth(s) < least), -worth(s), s.order, s.position)
    )
    best = [s for s in usable if s is lead or similarity(s, lead, weights) < _SAME][:_NUT_GRAFS]
    return [(_with_next(s, sentences), s) for s in best or [lead]]


def _with_next(sentence: Sentence, sentences: Sequence[Sentence]) -> Claim:
    """A short nut graf takes along the sentence right after it that only it can introduce."""
    following = next(
        (s for s in sentences if s.article is sentence.article and s.index == sentence.index + 1),
        None,
    )
    if (
        following is not None
        and following.dangling
        and following.text == following.tokens.text
        and sentence.words + following.words <= 45
    ):
        return make_claim(f"{sentence.text} {following.text}", [sentence, following], sentences)
    return make_claim(sentence.text, [sentence], sentences)
