"""Origins of a whole story: names led to articles, chains to their beginning."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from nutgraf.stages.copies.minhash import retold
from nutgraf.stages.copies.outlets import (
    canonical,
    is_agency,
    is_outlet,
    is_station,
    same_outlet,
    same_publisher,
)
from nutgraf.text.words import content_words, fold
from nutgraf.types import Article, Origin

__all__ = ["settle"]

_COPIED = 0.5
"""Share of an article's words from which what tells again is a copy; with more of its own to say
it is called second-hand."""
_DATELINE = re.compile(r"\(.*\)\W*[-–—:]$")


def settle(articles: Iterable[Article], traces: Mapping[str, Origin]) -> dict[str, Origin]:
    """Origins of a story's articles: what each rests on (`via`), and where that ends (`first`).

    "The Harbour Ledger reported" and the Ledger's own article are one origin; so are a copy
    marked (MPA) and the agency's own text, and what one outlet reports by itself in two articles.
    Where an outlet has several, the one that shares the most words is meant. An article that
    tells much of another's text again, quotations apart, is its copy or leans on it: within a
    story less is needed to say so than among strangers. A name without an article here stays, in
    one spelling for all. Articles without a trace stay without.
    """
    texts = {article.id: article for article in articles}
    settled = {key: replace(origin, via=None) for key, origin in traces.items()}
    _own_initials(texts, settled)
    names: list[str] = []
    for key, article in texts.items():
        if key in settled and not _is_own(settled[key]):
            settled[key] = _led(article, settled, texts, names)
    _find_retold(texts, settled)
    heads = _heads(texts, settled)
    return {key: replace(trace, first=_root(key, settled, heads)) for key, trace in settled.items()}


def _own_initials(texts: Mapping[str, Article], settled: dict[str, Origin]) -> None:
    """Take a station's dateline as the publisher's own where nobody else here stands behind it.

    "(KDKA)" may stand on KDKA's own page, though that is named otherwise.
    """
    users: dict[str, set[str | None]] = defaultdict(set)
    signed: list[Origin] = []
    for key, article in texts.items():
        trace = settled.get(key)
        if trace and trace.how == "wire" and _is_station(trace.first):
            users[trace.first].add(article.publisher)
            if _DATELINE.search(trace.quote):
                signed.append(trace)
    for trace in signed:
        stands = any(same_publisher(trace.first, a.publisher, a.url) for a in texts.values())
        if len(users[trace.first]) == 1 and None not in users[trace.first] and not stands:
            settled[trace.article] = Origin(article=trace.article, first=trace.article)


def _is_station(name: str) -> bool:
    return not is_agency(name) and (is_station(name) or is_outlet(name))


def _find_retold(texts: Mapping[str, Article], settled: dict[str, Origin]) -> None:
    """Mark articles that report by themselves, it seemed, but tell another one again.

    That one came earlier, or it names an origin elsewhere: a wire text unmarked may be first.
    """
    ordered = sorted(
        (a for a in texts.values() if a.id in settled and settled[a.id].via is None),
        key=lambda a: (_is_own(settled[a.id]), a.published or "", a.id),
    )
    for found in retold([article.text for article in ordered]):
        later, earlier = ordered[found.later], ordered[found.earlier]
        if settled[later.id].how == "own" and not _one_outlet(later, earlier):
            copied = found.of_later >= _COPIED
            settled[later.id] = Origin(
                article=later.id,
                first=earlier.id,
                how="copy" if copied else "second-hand",
                copy_of=earlier.id if copied else None,
                similarity=round(found.share, 4),
                via=earlier.id,
            )


def _one_outlet(a: Article, b: Article) -> bool:
    return a.publisher is not None and a.publisher == b.publisher


def _is_own(origin: Origin) -> bool:
    return origin.first == origin.article


def _led(
    article: Article,
    settled: Mapping[str, Origin],
    texts: Mapping[str, Article],
    names: list[str],
) -> Origin:
    """An article's origin with the article that it rests on, or a name as all here spell it."""
    origin = settled[article.id]
    if origin.copy_of in texts:
        return replace(origin, via=origin.copy_of)
    if origin.first in texts:
        return replace(origin, via=origin.first)
    found = _article_of(origin.first, article, texts, settled)
    if found:
        return replace(origin, via=found)
    spelled = next((name for name in names if same_outlet(origin.first, name)), None)
    if spelled is None:
        names.append(spelled := origin.first)
    return replace(origin, first=spelled)


def _article_of(
    name: str, asking: Article, texts: Mapping[str, Article], settled: Mapping[str, Origin]
) -> str | None:
    """The article that an outlet's name means: its own report first, the most alike of several."""
    theirs = [
        a for a in texts.values() if a.id != asking.id and same_publisher(name, a.publisher, a.url)
    ]
    if len({a.publisher for a in theirs}) != 1:
        return None
    said = set(content_words(asking.text))

    def fits(article: Article) -> tuple[bool, int, str]:
        trace = settled.get(article.id)
        own = trace is None or _is_own(trace)
        return own, len(said & set(content_words(article.text))), article.id

    return max(theirs, key=fits).id


def _heads(texts: Mapping[str, Article], settled: Mapping[str, Origin]) -> dict[str, str]:
    """Each article that its outlet reports by itself, to the one of those that most rest on."""
    rest = Counter(trace.via for trace in settled.values())
    outlets: dict[str, list[str]] = defaultdict(list)
    for article in texts.values():
        outlet = fold(canonical(article.publisher)) if article.publisher else ""
        trace = settled.get(article.id)
        if outlet and (trace is None or _is_own(trace)):
            outlets[outlet].append(article.id)
    heads = [(max(own, key=lambda key: rest[key]), own) for own in outlets.values()]
    return {article: head for head, own in heads for article in own}


def _root(article: str, settled: Mapping[str, Origin], heads: Mapping[str, str]) -> str:
    """Where a chain of what rests on what ends: an article's id or a name."""
    seen: list[str] = []
    at = article
    while at not in seen:
        seen.append(at)
        trace = settled.get(at)
        if trace is None or trace.via is None:
            end = trace.first if trace else at
            return heads.get(end, end)
        at = trace.via
    return min(seen[seen.index(at) :])  # they name each other: one origin, whichever it is
