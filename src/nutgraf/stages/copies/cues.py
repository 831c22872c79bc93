"""The words by which an article says that somebody else reported first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from nutgraf.stages.copies.outlets import canonical, is_agency, is_outlet, known, same_publisher
from nutgraf.text.sentences import sentences
from nutgraf.types import Article

__all__ = ["Cue", "second_hand", "wire_mark"]


class Cue(NamedTuple):
    """An outlet that an article names as its origin, and the exact words that do."""

    name: str
    quote: str


_UP = r"[^\W\d_a-zà-öø-ÿ]"
_SITE = r"\b[\w-]{1,40}(?:\.[\w-]{1,40}){0,2}\.(?:com|org|net|news|info|ai|io|tv|co\.uk|de|fr|es)\b"
_LINK = r"(?:of|and|&|de|du|des|del|la|le|el|der|die|das|für)"
_NAME = (
    rf"(?P<name>{_SITE}|(?:dpa|ansa)\b|\b{_UP}[\w'’&\-]{{0,40}}(?:\.(?:com|ai))?"
    rf"(?: (?:{_LINK} )?{_UP}[\w&\-]{{0,40}}(?:['’](?!s\b)\w{{1,20}})?){{0,6}})"
)
_MEDIUM = (
    r"(?:newspaper|news agency|newswire|news site|news website|magazine|broadcaster|daily|weekly|"
    r"tabloid|periódico|diario|agencia|quotidien|agence|Zeitung|Nachrichtenagentur)"
)
_KIND = rf"(?P<kind> {_MEDIUM})?(?:['’]s\b)?"
_THE = (
    rf"(?:(?:[Tt]he|[Aa]n?|[Ee]l|[Ll]a|[Ll]e|[Dd]er|[Dd]ie|[Dd]as|[Dd]em) |[Ll]['’])?"
    rf"(?P<before>(?:\b[\w-]{{1,30}} ){{0,3}}?{_MEDIUM} )?"
)
_WHO = _THE + _NAME + _KIND
# "The Times reported that", "the Post reported." but not "Royal Mail reported losses of".
_THAT = (
    r"(?=\s*(?:[.,;:\"”’)]|$|(?:that|on|in|late|early|earlier|last|this|yesterday|today|citing|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|que|dass)\b))"
)
_REPORT = (
    r"(?:(?:an?|the) (?:[\w-]+ )?(?:report|story|article) "
    r"(?:in|by|from|published (?:in|by)) )?"
)
# Each pattern is tried only where its trigger is: nine sentences in ten have none.
_TOLD = [
    (
        r"told|interview|seen by|obtained|a report",
        rf"\b(?:told|interview (?:with|to|in)|seen by|obtained by|a report (?:in|by|from)) {_WHO}",
    ),
]
_LEAD = [
    (
        r"report|reveal|wrote|writes",
        rf"{_WHO} (?:first |has |had )*(?:reported|reports|revealed|reveals|wrote|writes)\b{_THAT}",
    ),
    (r"ccording to", rf"\b[Aa]ccording to {_REPORT}{_WHO}"),
    (
        r" by ",
        rf"\b(?:first |originally )?(?:reported|published|disclosed|revealed|broken) by {_WHO}",
    ),
    (r"citing|eport", rf"\b(?:citing|[Rr]eported|[Rr]eports) {_WHO}"),
    (
        r"egún|inform|public|revel|adelant",
        rf"\b(?:[Ss]egún(?: \w+ó)?|informó|informa|publicó|reveló|adelantó) {_WHO}",
    ),
    (r"inform|publicó|reveló|adelantó", rf"{_WHO} (?:informó|informa|publicó|reveló|adelantó)\b"),
    (
        r"elon|après|rapport|révèl|révél",
        rf"\b(?:[Ss]elon|[Dd]['’]après|rapporte|rapporté par|a rapporté|révèle|a révélé) {_WHO}",
    ),
    (r"rapport|révèl|révél", rf"{_WHO} (?:a rapporté|rapporte|a révélé|révèle)\b"),
    (
        r"aut |ie |bericht|meldet",
        rf"\b(?:[Ll]aut|[Ww]ie|berichtete?|meldete?) (?:(?:die|der|das) )?{_WHO}",
    ),
    (r"bericht|meldet", rf"{_WHO} (?:berichtete?|meldete?)\b"),
]
_REPEATS = re.compile(
    r"\b(?:(?:[Tt]his|[Tt]he) (?:article|story|report|piece|post) (?:was |is |has been )?"
    r"(?:first |originally )*(?:published|appeared|reported|produced)|"
    r"(?:[Oo]riginally|[Ff]irst) (?:published|appeared)|[Rr]epublished(?: with permission)?) "
    rf"(?P<by>by|in|on|at|from) {_WHO}"
)
_FIRST_ONLY = [(re.compile(trigger), re.compile(pattern)) for trigger, pattern in _TOLD]
_EITHER = [(re.compile(trigger), re.compile(pattern)) for trigger, pattern in _LEAD]
_CALENDAR = re.compile(
    r"^(?:(?:On|In|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun|January|February|March|April|May|June|July|"
    r"August|September|October|November|December)(?:day)?\b,? ?)+"
)
_LEAD_CHARS = 1500

_AGENCY = r"(?P<name>[^\W\d_][\w.&'’\- ]{1,40}?)"
_WIRE_OPENINGS = [
    re.compile(rf"\A(?P<city>[^\n()]{{0,80}}?)\({_AGENCY}\)(?: |\.)*[-–—:]"),
    re.compile(rf"\A(?P<city>){_AGENCY}(?: |\.)*[-–—] "),
    re.compile(rf"\A(?P<city>)(?:By |Von |Por |Par )(?:[Tt]he )?{_AGENCY}\s*\n"),
]
_WIRE_ENDINGS = re.compile(
    r"(?:(?:[Tt]he )?(?P<a>[A-Z][\w.&'’\- ]{1,60}?) contributed\b"
    r"|[Ww]ith (?:reporting|files|material|additional reporting) (?:by|from) (?:[Tt]he )?"
    r"(?P<b>[A-Z][\w&'’\- ]{1,60}?)(?=[.,\n)]|\Z)"
    r"|\((?P<c>[A-Za-z][\w&'’\- ]{1,40})\)\s*\Z"
    r"|(?:©|Copyright|\([Cc]\))(?: \d{4})? (?:[Tt]he )?(?P<d>[A-Z][\w&'’\- ]{1,60}?)(?=[.,\n]|\Z))"
)
_ENDING_CHARS = 400


def second_hand(article: Article, outlets: Iterable[str] = ()) -> Cue | None:
    """The outlet on whose report the article rests, if its lead or a notice says so.

    The lead is the first two sentences; what one person told an outlet counts in the first only.
    A mention deeper in the text speaks of one fact, not of the article.
    """
    outlets = list(outlets)
    opening = article.text[:_LEAD_CHARS]
    spans = sentences(opening, article.language)[:2]
    for index, (start, end) in enumerate(spans):
        sentence = opening[start:end]
        for trigger, pattern in _EITHER if index else _EITHER + _FIRST_ONLY:
            if not trigger.search(sentence):
                continue
            cue = _named(pattern.finditer(sentence), article, outlets)
            if cue:
                return cue
    return _named(_REPEATS.finditer(article.text), article, outlets)


def _named(matches: Iterator[re.Match[str]], article: Article, outlets: list[str]) -> Cue | None:
    for match in matches:
        raw = match["name"]
        name = _CALENDAR.sub("", raw).removesuffix("'s").removesuffix("’s").strip()
        medium = bool(match["kind"] or match["before"] or match.groupdict().get("by") == "by")
        if not name or same_publisher(name, article.publisher, article.url):
            continue
        if medium or is_outlet(name, outlets):
            return Cue(known(name, outlets) or canonical(name), match.group().strip())
    return None


def wire_mark(article: Article, outlets: Iterable[str] = ()) -> Cue | None:
    """The agency whose copy this is, by a dateline, a closing line or the byline."""
    outlets = list(outlets)
    for found in (_opening(article), _ending(article), _byline(article)):
        for name, quote in found:
            agency = _agency(name, outlets, dateline="(" in quote)
            if agency and not same_publisher(agency, article.publisher, article.url):
                return Cue(agency, quote)
    return None


def _agency(name: str, outlets: list[str], *, dateline: bool) -> str | None:
    if is_agency(name):
        return known(name, outlets) or canonical(name)
    mine = known(name, outlets)
    if mine and (is_agency(mine) or name.isupper()):
        return mine
    return canonical(name) if dateline and name.isupper() and 2 <= len(name) <= 6 else None


def _opening(article: Article) -> Iterator[tuple[str, str]]:
    text = article.text.lstrip()
    for pattern in _WIRE_OPENINGS:
        match = pattern.match(text)
        if match is None:
            continue
        name, city = match["name"], match["city"].split()
        # "The World Health Organization (WHO) - which": not a dateline.
        if is_agency(name) or (city and city[0].strip(",").isupper() and len(city[0]) > 2):
            yield name, match.group().strip()


def _ending(article: Article) -> Iterator[tuple[str, str]]:
    for match in _WIRE_ENDINGS.finditer(article.text[-_ENDING_CHARS:]):
        name = next(value for value in match.groups() if value)
        for part in re.split(r",| and ", name):
            if is_agency(part):
                yield part.strip(), match.group().strip(" ()\n")


def _byline(article: Article) -> Iterator[tuple[str, str]]:
    for author in article.authors:
        for part in re.split(r"[,/;]| and ", author):
            if part.strip():
                yield part.strip(), author
