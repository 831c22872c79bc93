"""What a story's sources list, and which of them name it: what all say and what only one says."""

from __future__ import annotations

import re

from nutgraf.text.lists import listed
from nutgraf.text.words import fold
from nutgraf.types import Coverage, Named

__all__ = ["named"]

_MOST = 12


def named(coverage: Coverage) -> list[Named]:
    """Things that some article lists, those that most origins name first; copies are not read.

    Empty for a story of one origin: there is nothing to compare.
    """
    if coverage.origins < 2:
        return []
    articles = [article for article in coverage.articles if not coverage.is_copy(article.id)]
    words = {article.id: f" {_plain(article.text)} " for article in articles}
    found: dict[str, Named] = {}
    for article in articles:
        for start, end in listed(article.text):
            what = article.text[start:end].removeprefix("the ")
            key = _plain(what)
            if key and key not in found:
                by = [one for one, text in words.items() if f" {key} " in text]
                found[key] = Named(what=what, articles=by, citation=article.cite(start, end))
    ranked = sorted(found.values(), key=lambda one: -_origins(one, coverage))
    return ranked[:_MOST]


def _origins(one: Named, coverage: Coverage) -> int:
    return len({coverage.first(article) for article in one.articles})


def _plain(text: str) -> str:
    """Words alone, "counter-terrorism" as "counterterrorism"."""
    return " ".join(re.findall(r"\w+", fold(text).replace("-", "")))
