"""The title of a page: the heading that readers see, or the page's name without its outlet."""

from __future__ import annotations

import re

from nutgraf.adapters.html.marks import Marks, strings
from nutgraf.text.words import fold, words

__all__ = ["outlet_in_title", "site_names", "title_of", "without_outlet"]

_SEPARATOR = re.compile(r"\s+[|–—•·»«›:/~-]{1,3}\s+|\s*[|»]\s*|(?<=\w)\s?::\s?")
_WORDS = re.compile(r"\w+")
_AGREES = 0.3
"""Common words of an h1 and a name of the page, as a share of the longer one, from which it is
that page's heading. On wcxb_articles_dev titles are right at .3 in .884, .4 .879, .7 .871."""
_AGREES_ALONE = 0.2
"""The same for a page's only h1 of `_TELLING` words; .1 to .3 give the same .879 (beside .4)."""
_TELLING = 4
"""Words from which a heading can be no section's name."""
_SECTION = 3
"""Words up to which what follows a separator is a section or an outlet, no part of a title."""
_LONGEST = 300


def title_of(marks: Marks, host: str) -> str:
    """The h1 that agrees with the page's own names for itself, else the best of these names."""
    names = _names(marks, host)
    bare = [name for name in (_fold_words(name) for name in names) if name]
    best, score = "", 0.0
    for heading in marks.headings:
        likeness = max((_likeness(_fold_words(heading), name) for name in bare), default=0.0)
        if likeness > score and len(heading) <= _LONGEST:
            best, score = heading, likeness
    # The only long heading of a page may be worded quite differently from its name.
    alone = len(marks.headings) == 1 and len(words(best)) >= _TELLING
    if best and score >= (_AGREES_ALONE if alone else _AGREES):
        return without_outlet(best, site_names(marks, host))
    if names and (len(words(names[0])) > 1 or not marks.headings):
        return names[0]
    return max(marks.headings, key=lambda h: len(words(h)))[:_LONGEST] if marks.headings else ""


def site_names(marks: Marks, host: str) -> set[str]:
    """Folded, joined-up names of the outlet: "thedailyplanet" for The Daily Planet."""
    given = marks.meta.get("og:site_name", []) + marks.meta.get("application-name", [])
    given += strings(marks.article.get("publisher"))
    labels = host.removeprefix("www.").split(".")
    joined = {_join(name) for name in given}
    joined |= {_join(host.removeprefix("www.")), _join(max(labels, key=len, default=""))}
    return {name for name in joined if len(name) > 1}


def without_outlet(title: str, sites: set[str]) -> str:
    """`title` without the parts at its ends that name the outlet."""
    while True:
        pieces = list(_SEPARATOR.finditer(title))
        if not pieces:
            return title.strip()
        head, tail = title[: pieces[-1].start()], title[pieces[-1].end() :]
        first, rest = title[: pieces[0].start()], title[pieces[0].end() :]
        if _names_site(tail, sites) and head.strip():
            title = head
        elif _names_site(first, sites) and rest.strip():
            title = rest
        else:
            return title.strip()


def outlet_in_title(marks: Marks, host: str) -> str:
    """The part of the head's title that names the outlet ("Daily Planet"), or ""."""
    pieces = [p.strip() for p in _SEPARATOR.split(marks.head_title) if p]
    sites = {_join(max(host.removeprefix("www.").split("."), key=len, default=""))}
    return next((p for p in reversed(pieces[1:]) if _names_site(p, sites)), "")


def _names(marks: Marks, host: str) -> list[str]:
    """What the page calls itself, the likeliest first, without the outlet."""
    sites = site_names(marks, host)
    found = [marks.first("og:title"), *strings(marks.article.get("headline"))[:1]]
    found += [marks.first("twitter:title", "citation_title", "dc.title", "parsely-title")]
    bare = [without_outlet(name, sites) for name in found if name]
    head = _head_title(marks.head_title, sites, bare)
    bare += [head] if head else []
    return [name for name in bare if name and _join(name) not in sites]


def _head_title(title: str, sites: set[str], others: list[str]) -> str:
    """The head's title without its suffix: where another name ends, else at the outlet's name."""
    for other in others:
        if other and title.startswith(other):
            return other
    bare = without_outlet(title, sites)
    pieces = [p for p in re.split(r"\s+[|–—•·»]\s+|\s+-\s+", bare) if p]
    # What is left after the last separator is a section or an unknown form of the outlet.
    section = len(pieces) > 1 and len(words(pieces[-1])) <= _SECTION
    if section and len(words(pieces[0])) >= 3:
        return pieces[0].strip()
    return bare


def _names_site(piece: str, sites: set[str]) -> bool:
    joined = _join(piece)
    if not joined:
        return True
    if joined in sites:
        return True
    # "Opinion | The Daily Planet Online", "dailyplanet" of dailyplanet.com
    close = (s for s in sites if len(s) >= 4 and (s in joined or joined in s))
    return any(min(len(s), len(joined)) / max(len(s), len(joined)) >= 0.5 for s in close)


def _join(name: str) -> str:
    # A host spells "&" out: Gull & Daughters is at gull-and-daughters.example.
    return "".join(_WORDS.findall(fold(name).replace("&", " and ")))


def _fold_words(name: str) -> frozenset[str]:
    return frozenset(words(name))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of common words in the smaller set, if the sizes are comparable."""
    common = len(one & other)
    return common / max(len(one), len(other)) if common else 0.0
