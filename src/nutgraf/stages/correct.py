"""Corrections: the published sentences that an edited article no longer holds.

An edit that leaves the cited words in place corrects nothing. Otherwise the sentence is judged
again, against the new text of every article it cites.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from nutgraf.text.rewording import changed, respelled
from nutgraf.text.words import content_words, stem
from nutgraf.types import (
    Article,
    Brief,
    Citation,
    Claim,
    Correction,
    Edition,
    Evidence,
    Support,
)

__all__ = ["MADE_BY", "Judge", "Moves", "cited_in", "corrections"]

MADE_BY = "correct/1"

Judge = Callable[[str, Sequence[Article]], Support]
Moves = Callable[[str, str], bool]
"""Whether what differs between two wordings, an earlier and a later one, is a figure that moves."""

_NEAR = 0.5
"""Share of a sentence's words that a passage holds from which on it says what the article says."""
_STUB = 0.5
"""A page that lost more of its text than this was cut, by a paywall or by a reader that failed:
that words are missing in it says nothing."""


def cited_in(edition: Edition, article: Article) -> list[str]:
    """The ids of all articles cited by the sentences that rest on an earlier `article`."""
    claims = (claim for item in edition.stories for claim in _resting(item.brief, article))
    return list(dict.fromkeys(cited.article for claim in claims for cited in claim.citations))


def corrections(
    edition: Edition,
    article: Article,
    latest: Mapping[str, Article],
    known: Iterable[Correction],
    judge: Judge,
    now: datetime,
    moves: Moves = lambda *_: False,
) -> list[Correction]:
    """What of a frozen edition the new revision `article` does not hold any more.

    `latest` are the newest revisions of all that `cited_in` names, by id; `known` the corrections
    that the edition has, oldest first: what the last one of a sentence says is not said again, and
    an article that goes back to its first words is told too. Nobody can tell from the words alone
    whether a toll was wrong or has risen; the reason says so where `moves` does.
    """
    last = {(one.story, one.was): one.text for one in known if one.article == article.id}
    found = []
    for item in edition.stories:
        for claim in _resting(item.brief, article):
            said = last.get((item.brief.story, claim.text), "")
            fallen = _fallen(claim, item.brief, article, latest, judge)
            says = _says(claim, article, fallen, moves) if fallen else _back(claim, article, said)
            if says and says.text != said:
                found.append(
                    Correction(
                        at=now,
                        text=says.text,
                        was=claim.text,
                        article=article.id,
                        revision=article.revision,
                        outlet=_outlet(article),
                        reason=says.reason,
                        edition=edition.id,
                        issued_at=edition.issued_at,
                        story=item.brief.story,
                        citations=says.citations,
                    )
                )
    return found


class _Says(NamedTuple):
    """What an article says of a sentence now, where, and why that matters."""

    text: str
    citations: list[Citation]
    reason: str


def _says(claim: Claim, article: Article, fallen: Support, moves: Moves) -> _Says:
    """The words of the article that are about the same, or that it has none."""
    words = {stem(word) for word in content_words(claim.text)}
    for one in fallen.evidence:
        held = words & {stem(word) for word in content_words(one.quote)}
        if one.source == article.id and len(held) >= _NEAR * len(words):
            difference = changed(claim.text, one.quote)
            if difference and moves(claim.text, one.quote):
                difference += "; such a figure may have moved on since"
            cited = article.cite(one.start, one.end)
            return _Says(one.quote, [cited], difference or fallen.reason)
    gone = f"{_outlet(article)} has taken this out of its article."
    return _Says(gone, [], fallen.reason)


def _back(claim: Claim, article: Article, said: str) -> _Says | None:
    """That an article says again what it said at first, after a correction (`said`) of that."""
    cited = _earlier(claim, article)[0].quote
    start = article.text.find(cited)
    if not said or start < 0:
        return None
    again = article.cite(start, start + len(cited))
    return _Says(cited, [again], "the article has gone back to these words")


def _resting(brief: Brief, article: Article) -> list[Claim]:
    """The sentences, each once, that cite an earlier revision of the article."""
    claims = (brief.headline, brief.nut_graf, *(c for s in brief.sections for c in s.claims))
    found = {claim.text: claim for claim in claims if _earlier(claim, article)}
    return list(found.values())


def _earlier(claim: Claim, article: Article) -> list[Citation]:
    return [
        cited
        for cited in claim.citations
        if cited.article == article.id and cited.revision < article.revision
    ]


def _fallen(
    claim: Claim, brief: Brief, article: Article, latest: Mapping[str, Article], judge: Judge
) -> Support | None:
    """Why the sentence does not hold any more; None if it does, or if nobody can tell."""
    if all(cited.quote in article.text for cited in _earlier(claim, article)):
        return None
    cited = dict.fromkeys(cited.article for cited in claim.citations)
    sources = [latest[one] for one in cited if one in latest]
    support = judge(claim.text, sources)
    spelt = _respelled(claim, article, support.evidence)
    if support.verdict == "supported" or (
        spelt != claim.text and judge(spelt, sources).verdict == "supported"
    ):
        return None
    if support.verdict == "contradicted":
        return support
    return None if article.kind == "live" or _is_stub(article, brief) else support


def _respelled(claim: Claim, article: Article, evidence: Sequence[Evidence]) -> str:
    """The sentence with the misspellings put right that the article put right."""
    text = claim.text
    for now in [one.quote for one in evidence if one.source == article.id][:1]:
        for cited in _earlier(claim, article):
            text = respelled(text, cited.quote, now, article.language)
    return text


def _is_stub(article: Article, brief: Brief) -> bool:
    """Whether most of the text is gone that the brief was written from."""
    before = next((s.text for s in brief.sources if s.article == article.id), None)
    return before is not None and len(article.text) < (1 - _STUB) * len(before)


def _outlet(article: Article) -> str:
    return article.publisher or urlsplit(article.url or "").hostname or article.id
