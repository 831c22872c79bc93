"""Whose text an article is: datelines, closing credits, notices of copyright, bylines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from nutgraf.stages.copies.cues import Cue
from nutgraf.stages.copies.outlets import (
    canonical,
    is_agency,
    is_outlet,
    is_station,
    known,
    same_publisher,
)
from nutgraf.types import Article

__all__ = ["wire_mark"]

_TOP_CHARS, _END_CHARS = 700, 500
_TOP_LINES = re.compile(r"\A\s*(?:[^\n]*\n\s*){0,4}")
_DASH = r"(?: |\.)*[-–—:]"
_BRACKETED = re.compile(
    rf"(?m)^(?P<city>[^\n()]{{0,80}}?)\((?P<names>[^\W\d_][\w.&'’/\- ]{{1,40}}?)\){_DASH}"
)
_BARE = re.compile(r"\A\s*(?P<names>[^\W\d_][\w.&'’\- ]{1,40}?)(?: |\.)*[-–—] ")
_ALONE = re.compile(
    r"(?m)^(?:By |Von |Por |Par )?(?:[Tt]he )?(?P<names>[^\W\d_][\w.&'’\- ]{1,40}?)[ \t]*$"
)
_WRITERS = re.compile(
    r"(?P<names>(?:[A-Z]\w+ ){1,3}?)(?:staff )?"
    r"(?:writer|reporter|correspondent|journalist|photographer)s?\b"
)
_CONTRIBUTED = re.compile(r"(?P<names>[A-Z][^\n.;:()]{1,160}?) (?:also )?contributed\b")
_HELPED = re.compile(
    r"\b[Ww]ith (?:additional |some )?(?:reporting|files|material|information|agencies)"
    r"(?: by| from)? (?P<with>[A-Za-z][^\n.;:()]{1,120})"
    r"|\bContributing: (?P<list>[^\n]{2,200})"
    r"|(?:\b[Mm]it (?:Material|Informationen) (?:von|der)|\b[Cc]on información de|"
    r"\b[Cc]om informações d[aeo]|\(?\b[Aa]vec) (?P<also>[A-Za-z][^\n.;:()]{1,60})"
)
_SIGNED = re.compile(r"\((?P<names>[A-Za-z][\w&'’/\- ]{1,40})\)\s*\Z")
_RIGHTS = re.compile(
    r"(?:©|\b[Cc]opyright|\([Cc]\))[\s©]*(?:\d{4}(?:[-–]\d{4})?)?,?\s*(?:by )?(?:[Tt]he )?"
    r"(?P<names>[A-Z][\w&'’/\- ]{1,60}?)(?=[.,\n|)(]| modified| [Aa]ll [Rr]ights| via |\Z)"
)
_STORY_BY = re.compile(
    r"\(?(?:[Ss]tory|[Rr]eport) (?:by|from|courtesy of) (?P<names>[A-Z][\w&'’\- ]{1,40})"
)
_DESK = re.compile(r"\(Reporting by [^()\n]{3,240}?; ?(?:Additional|Writing|Editing)\b")
"""How Reuters signs its reports, and nobody else."""
_AND = re.compile(r"\s*[,;/]\s*(?:and )?|\s+(?:and|&|y|et|und)\s+")
_PERSON = re.compile(
    r"['’]s \w|(?i:\b(?:staff|writer|reporter|photographer|correspondent|editor|producer)s?\b)"
)
_OTHER_WORDS = re.compile(r"\b(?:Photo|Image|Video|Picture|Getty)\b")


def wire_mark(article: Article, outlets: Iterable[str] = ()) -> Cue | None:
    """The agency or newsroom whose text this is, by a dateline, a closing credit or the byline.

    A credit shared with somebody else ("KXII/AP", "Jo Hale and AP contributed") marks the
    publisher's own work with help, a photographer's credit nothing.
    """
    outlets = list(outlets)
    for names, quote in (*_opening(article), *_ending(article), *_byline(article, outlets)):
        found = [_newsroom(name, outlets, initials="(" in quote) for name in names]
        if len(names) > 1 and not all(is_agency(name) for name in names):
            return None  # own work with help
        if any(same_publisher(name, article.publisher, article.url) for name in names):
            return None
        if found and found[0]:
            return Cue(found[0], quote)
    return None


def _newsroom(name: str, outlets: list[str], *, initials: bool) -> str | None:
    """The name to show of an agency, an outlet or a station; None for anybody else."""
    name = name.strip().removeprefix("The ").removeprefix("the ")
    if _PERSON.search(name):
        return None
    mine = known(name, outlets)
    if mine or is_agency(name):
        return mine or canonical(name)
    if is_station(name) or is_outlet(name):
        return canonical(name)
    return canonical(name) if initials and name.isupper() and 2 <= len(name) <= 6 else None


def _split(names: str) -> list[str]:
    return [part.strip() for part in _AND.split(names) if part and part.strip()]


def _opening(article: Article) -> Iterator[tuple[list[str], str]]:
    top = article.text[:_TOP_CHARS]
    for match in _BRACKETED.finditer(top):
        names, city = _split(match["names"]), match["city"].split()
        # "The World Health Organization (WHO) - which": not a dateline.
        placed = bool(city) and city[0].strip(",").isupper() and len(city[0]) > 2
        if placed or all(is_agency(name) for name in names):
            yield names, match.group().strip()
            return
    for pattern in (_BARE, _ALONE):
        for match in pattern.finditer(top):
            if is_agency(match["names"]):
                yield [match["names"]], match.group().strip()
                return


def _ending(article: Article) -> Iterator[tuple[list[str], str]]:
    end = article.text[-_END_CHARS:]
    for match in _DESK.finditer(end):
        yield ["Reuters"], match.group().strip()
    contributed = _CONTRIBUTED.finditer(end) if "contributed" in end else ()
    for match in (*contributed, *_HELPED.finditer(end)):
        names = next(value for value in match.groups() if value)
        writers = _WRITERS.match(names.removeprefix("The "))
        if writers and is_agency(writers["names"].strip()):
            yield [writers["names"].strip()], match.group().strip()
        else:  # beside a named author it is help
            yield [*_split(names), *article.authors], match.group().strip()
    for pattern in (_SIGNED, _STORY_BY):
        for match in pattern.finditer(end):
            names = _split(match["names"])
            if all(is_agency(name) or is_station(name) for name in names):
                yield names, match.group().strip(" ()\n")
    for match in _RIGHTS.finditer(end):
        if not _OTHER_WORDS.search(end[: match.start()].rsplit("\n", 1)[-1]):
            names = _split(match["names"])
            if all(is_agency(n) or is_station(n) or is_outlet(n) for n in names):
                yield names, match.group().strip()


def _byline(article: Article, outlets: list[str]) -> Iterator[tuple[list[str], str]]:
    for author in article.authors:
        for part in re.split(r"[,/;]| and ", author):
            name = part.strip()
            if is_agency(name) or (name.isupper() and known(name, outlets)):
                yield [name], author
