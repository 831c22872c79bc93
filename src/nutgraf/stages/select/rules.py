"""What a beat asks for besides its subject."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

from nutgraf.text.sentences import sentences
from nutgraf.text.vocabulary import Vocabulary
from nutgraf.types import Article, Beat, Coverage, Kind

__all__ = ["Refusal", "refusal"]

Refusal = tuple[str, str]
"""The stable reason of a drop, and its particulars."""


def refusal(coverage: Coverage, own: Sequence[Article], beat: Beat) -> Refusal | None:
    """Why `beat` doesn't take the story, or None. `own` are its articles that aren't copies."""
    return (
        _wrong_kind(own, beat)
        or _wrong_language(own, beat)
        or _wrong_feeds(coverage, beat)
        or _nothing_new(coverage)
        or _forbidden(own, beat)
        or _missing(own, beat)
    )


def _wrong_kind(articles: Sequence[Article], beat: Beat) -> Refusal | None:
    """A story is of the kind of most of its articles, of the first of them if two are level."""
    kinds = Counter[Kind](article.kind for article in articles)
    kind, count = kinds.most_common(1)[0]
    taken = kind in beat.kinds if beat.kinds else kind != "sponsored"
    if taken:
        return None
    return "kind not taken", f"{count} of {len(articles)} articles are {kind}"


def _wrong_language(articles: Sequence[Article], beat: Beat) -> Refusal | None:
    wanted = {_base(language) for language in beat.languages}
    found = {_base(article.language) for article in articles if article.language}
    known = len([article for article in articles if article.language]) == len(articles)
    if not wanted or not known or wanted & found:
        return None
    return "language not taken", f"its articles are in {', '.join(sorted(found))}"


def _base(language: str) -> str:
    return language.lower().replace("_", "-").split("-")[0]


def _wrong_feeds(coverage: Coverage, beat: Beat) -> Refusal | None:
    carried = {feed for feeds in coverage.feeds.values() for feed in feeds}
    if not beat.feeds or carried & set(beat.feeds):
        return None
    return "not from its feeds", f"none of the beat's {len(beat.feeds)} feeds carried it"


def _nothing_new(coverage: Coverage) -> Refusal | None:
    """A story that was told comes back only with an article of its own since then."""
    if coverage.previous is None:
        return None
    told = {source.article for source in coverage.previous.sources}
    came = [a.id for a in coverage.articles if _came_since(coverage, a.id, told)]
    if any(not coverage.is_copy(article) for article in came):
        return None
    since = f" since {coverage.previous_at:%Y-%m-%d %H:%M}" if coverage.previous_at else ""
    copies = "1 copy" if len(came) == 1 else f"{len(came)} copies"
    what = f"only {copies} came" if came else "no article came"
    return "nothing new", what + since


def _came_since(coverage: Coverage, article: str, told: set[str]) -> bool:
    seen = coverage.seen_at.get(article)
    if seen is None or coverage.previous_at is None:
        return article not in told
    return _aware(seen) > _aware(coverage.previous_at)


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _forbidden(articles: Sequence[Article], beat: Beat) -> Refusal | None:
    if not beat.must_not:
        return None
    words = Vocabulary(dict.fromkeys(beat.must_not, 1.0))
    for article in articles:
        found = words.find(f"{article.title}\n{_lead(article)}")
        if found:
            name = article.publisher or article.id
            return "must-not word", f"“{found[0]}” in the headline or lead of {name}"
    return None


def _lead(article: Article) -> str:
    """The first two sentences."""
    spans = sentences(article.text[:4000], article.language)[:2]
    return "\n".join(article.text[start:end] for start, end in spans)


def _missing(articles: Sequence[Article], beat: Beat) -> Refusal | None:
    if not beat.must:
        return None
    words = Vocabulary(dict.fromkeys(beat.must, 1.0))
    if any(words.find(f"{article.title}\n{article.text}") for article in articles):
        return None
    return "must word missing", f"none of: {', '.join(beat.must)}"
