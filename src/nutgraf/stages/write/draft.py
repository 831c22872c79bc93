"""A story to a draft: size by weight, headline, nut graf, disagreements, then the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from nutgraf.errors import Dropped
from nutgraf.stages.write.choose import RIDDLE, Weights, choose, similarity
from nutgraf.stages.write.claims import Introductions, make_claim
from nutgraf.stages.write.differences import differences, disputed, moved, overtaken
from nutgraf.stages.write.headline import Marks, favour, headlines, rank
from nutgraf.stages.write.kept_out import kept_out
from nutgraf.stages.write.sections import DIFFER, HEADINGS, ROOM, arrange, heading
from nutgraf.stages.write.sentence import Sentence, gather
from nutgraf.text.agreement import content
from nutgraf.types import Claim, Coverage, Draft, Section, Slot

__all__ = ["write"]

_MADE_BY = "extractive/1"
_NUT_GRAFS = 4
_FULL = 11
"""Words that a nut graf has at least, if another one will do."""
_AGAIN = 0.6
"""Factor for a nut graf that tells little, or what the headline or the last brief has told."""
_BACKED = 0.3
"""How much more a nut graf is worth that all origins tell."""
_SIDED = 0.65
"""Factor for a nut graf that takes a side: the other follows under "Where sources differ"."""
_WEAK = 0.5
"""Share of the best one's worth below which a nut graf does not come first merely for being new."""
_SAME = 0.8
"""Similarity from which on a sentence would only say the headline again."""
_BACKGROUND = 3
"""Sentences of what was known before, in the brief of a story that returns."""
_WORTH_TELLING = 0.2
"""Share of its sentence that a headline left out before it is told whole as well."""


class _Size(NamedTuple):
    claims: int
    sections: int


Holds = Callable[[Claim], bool]
"""Whether a claim's citations support it."""


def _unsure(claim: Claim) -> bool:  # noqa: ARG001
    return False


def write(coverage: Coverage, slots: Sequence[Slot], holds: Holds = _unsure) -> Draft:
    """Draft a brief of a story. `slots` are its figures lined up across the sources.

    `holds` tells whether a claim would pass verification: what is more than a source's own words
    less some, a first name put to a surname, is written only if it would.

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
    about = _most_telling(sentences, weights, marks)[0]
    tops = headlines(sentences, weights, marks, about) or _fallback(sentences, weights)
    headline, lead = tops[0]
    grafs = [s for s in _most_telling(sentences, weights, marks, lead) if s is not lead]
    nut = (grafs or [lead])[0]
    differing = differences(slots, sentences)
    taken = [nut, *(s for s, _ in differing)]
    body = [s for s in sentences if _tells(s) and s is not lead and s not in stale]
    chosen = _body(body, [lead, *taken], weights, size.claims - len(differing))
    if lead not in (*stale, *taken) and _left_out(headline, lead, taken, weights):
        chosen.insert(0, lead)  # the headline was cut from it: here it stands whole
    sections = [
        Section(heading=name, claims=[make_claim(s.text, [s], sentences) for s in group])
        for name, group in arrange(chosen, size.sections - bool(differing))
    ]
    if differing:
        claims = [claim for _, claim in differing]
        sections.append(Section(heading=DIFFER, claims=claims))
        sections.sort(key=lambda section: HEADINGS.index(section.heading))
    told = [_with_next(s, sentences) for s in (grafs or [lead])[:_NUT_GRAFS]]
    known = Introductions(sentences, holds)
    known.of([headline, *told[:1]])
    return Draft(
        headline=[_alone(claim, sentences, holds) for claim, _ in tops],
        nut_graf=[_alone(claim, sentences, holds) for claim in told],
        sections=[Section(heading=s.heading, claims=known.of(s.claims)) for s in sections],
        written_by=_MADE_BY,
        kept_out=kept_out(coverage),
    )


def _alone(claim: Claim, sentences: Sequence[Sentence], holds: Holds) -> Claim:
    """A claim that is understood by itself."""
    return Introductions(sentences, holds).of([claim])[0]


def _left_out(headline: Claim, lead: Sentence, taken: Sequence[Sentence], weights: Weights) -> bool:
    """Whether a good part of the headline's sentence stands neither in it nor in what is taken."""
    told = content(headline.text).union(*(s.stems for s in taken))
    weigh = weights.agreement.weigh
    return weigh(lead.stems - told) >= _WORTH_TELLING * weigh(lead.stems)


def _size(sentences: Sequence[Sentence]) -> _Size:
    """How many claims and headings a story is worth: by origins, and by how much they wrote."""
    origins = len({s.origin for s in sentences})
    words = sum(s.words for s in sentences)
    claims = min(3 + 2 * (origins - 1) + words // 150, 14)
    if origins == 1:
        claims = min(claims, 6)
    claims = max(2, min(claims, len(sentences) - 1))
    return _Size(claims, min(3 + max(0, claims - 5) // 2, 7))


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


def _most_telling(
    sentences: Sequence[Sentence], weights: Weights, marks: Marks, lead: Sentence | None = None
) -> list[Sentence]:
    """Sentences that say what happened and why, best first: for a nut graf.

    Beside the sentence of the headline, `lead`, those that speak of the same, but add something.
    """

    def worth(s: Sentence) -> float:
        base = weights.centrality(s) * (1 + _BACKED * weights.backing(s)) / (1 + 0.25 * s.position)
        again = (s.words < _FULL) + (not s.new) * (1 if lead is None else 2)
        told = lead.stems if lead is not None else frozenset()
        base *= RIDDLE ** len(s.leans_on - told)
        if lead is not None:
            base *= weights.together(s, lead)
            again += similarity(s, lead, weights) >= _SAME
        return base * max(favour(s, marks), _SIDED) * _AGAIN**again

    usable = [s for s in sentences if not s.dangling and s.leads and s.quoted_words < 8]
    values = {s: worth(s) for s in usable}
    least = _WEAK * max(values.values(), default=0.0)
    usable.sort(
        key=lambda s: (rank(s, marks, weak=values[s] < least), -values[s], s.order, s.position)
    )
    return usable or [max(sentences, key=weights.centrality)]


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
