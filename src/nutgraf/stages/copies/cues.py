"""The words by which an article says that somebody else reported first."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple, TypeAlias

from nutgraf.stages.copies.outlets import canonical, is_agency, is_outlet, known, same_publisher
from nutgraf.text.sentences import sentences
from nutgraf.text.words import fold
from nutgraf.types import Article

__all__ = ["Cue", "second_hand"]


class Cue(NamedTuple):
    """An outlet that an article names as its origin, and the exact words that do."""

    name: str
    quote: str


_UP = r"[^\W\d_a-zà-öø-ÿ]"
_SITE = r"\b[\w-]{1,40}(?:\.[\w-]{1,40}){0,2}\.(?:com|org|net|news|info|ai|io|tv|co\.uk|de|fr|es)\b"
_LINK = r"(?:of|and|&|de|du|des|del|la|le|el|der|die|das|für|d[ao]|della|van)"
_NAME = (
    rf"(?P<name>{_SITE}|(?:dpa|ansa)\b|\b{_UP}[\w'’&\-]{{0,40}}(?:\.(?:com|ai))?"
    rf"(?: (?:{_LINK} )?{_UP}[\w&\-]{{0,40}}(?:['’](?!s\b)\w{{1,20}})?){{0,6}})"
)
_MEDIUM = (
    r"(?:newspaper|news agency|newswire|news site|news website|magazine|broadcaster|daily|weekly|"
    r"tabloid|periódico|diario|agencia|quotidien|agence|Zeitung|Nachrichtenagentur|jornal|revista|"
    r"giornale|quotidiano|agenzia|krant|dagblad)"
)
_KIND = rf"(?P<kind> {_MEDIUM})?(?:['’]s\b)?"
_THE = (
    r"(?:(?:[Tt]he|[Aa]n?|[Ee]l|[Ll][ae]|[Dd](?:er|ie|as|em?)|[Oo]|[Ii]l|[Hh]et) |[Ll]['’])?"
    rf"(?P<before>(?:\b[\w-]{{1,30}} ){{0,3}}?{_MEDIUM} )?"
)
_WHO = _THE + _NAME + _KIND
# "The Times reported that", "the Post reported." but not "Royal Mail reported losses of".
_THAT = (
    r"(?=\s*(?:[.,;:\"”’()]|$|(?:that|on|in|late|early|earlier|last|this|yesterday|today|citing|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|que|dass)\b))"
)
_REPORT = (
    r"(?:(?:an?|the) (?:[\w-]+ )?(?:report|story|article) "
    r"(?:in|by|from|published (?:in|by)) )?"
)
_WHEN = r"(?:(?:[Tt]his (?:morning|week|evening)|[Tt]oday|[A-Z]\w+day) ?['’] ?s )?"
_TO = r"(?:told|tells|confirm(?:s|ed) to|interview (?:with|to|in|on)|(?:seen|obtained) by)"
_REPORTS = r"(?:report(?:ed|s|ing)|reveal(?:ed|s)|wrote|writes)"
_DONE = r"(?:reported|published|disclosed|revealed|broken|cited|quoted)"
_SOMEBODY = rf"{_UP}[\w-]{{1,30}} {_UP}[\w-]{{1,30}}"
# Each pattern is tried only where its trigger is: nine sentences in ten have none.
_TOLD = [
    (
        r"told|tells|interview|seen by|obtained|confirm",
        rf"\b{_TO} {_WHO}",
    ),
]
_REPORTED = [
    (
        r"report|reveal|wrote|writes",
        rf"{_WHO} (?:first |has |had |is )*{_REPORTS}\b{_THAT}",
    ),
    (
        r"report|reveal|wrote|writes",
        rf"{_WHO} {_UP}[\w-]+ {_UP}[\w-]+ (?:first |has )*{_REPORTS}\b",
    ),
    (r"ccording to", rf"\b[Aa]ccording to {_UP}[\w-]+ {_UP}[\w-]+ (?:of|at|from|with) {_WHO}"),
    (r" says ", rf"{_WHO} says\b(?! (?:it|its)\b)"),
    (r"ccording to", rf"\b[Aa]ccording to {_REPORT}{_WHO}"),
    (
        r" by ",
        rf"\b(?:first |originally )?{_DONE} by {_WHO}",
    ),
    (r" report ", rf"\b[Aa] report (?:in|by|from) {_WHO}"),
    (r"citing|eport", rf"\b(?:citing|[Rr]eported|[Rr]eports) {_WHEN}{_WHO}"),
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
    (
        r"egundo|cordo|econdo|olgens|inform|noti|riporta|rifer|meldt",
        rf"\b(?:[Ss]egundo|[Dd]e acordo com|[Ss]econdo|[Vv]olgens|[Cc]ome riporta) {_WHO}",
    ),
    (
        r"informou|noticiou|riporta|riferisce|meldt",
        rf"{_WHO} (?:informou|noticiou|riporta|riferisce|meldt)\b",
    ),
]
_REPEATS = re.compile(
    r"\b(?:(?:[Tt]his|[Tt]he) (?:article|story|report|piece|post) (?:was |is |has been )?"
    r"(?:first |originally )*(?:published|appeared|reported|produced)|"
    r"(?:[Oo]riginally|[Ff]irst) (?:published|appeared)|[Rr]epublished(?: with permission)?) "
    rf"(?P<by>by|in|on|at|from) {_WHO}"
)
_NOTICE = re.compile(
    r"(?m)^\W*(?:(?P<by>Information from)|Source|Via|Vía|Fuente|Quelle|Fonte): ?"
    rf"{_WHO}(?=[ \t]*(?:$|[,.(]))"
)
_SURELY = ("by", "Information from")
_Patterns: TypeAlias = list[tuple[re.Pattern[str], re.Pattern[str]]]
_FIRST_ONLY = [(re.compile(trigger), re.compile(pattern)) for trigger, pattern in _TOLD]
_EITHER = [(re.compile(trigger), re.compile(pattern)) for trigger, pattern in _REPORTED]
_ANY = re.compile("|".join(trigger for trigger, _ in _TOLD + _REPORTED))
_ROUGHLY = re.compile(r"(?<=[.!?])\s+|\n+")
_CALENDAR = re.compile(
    r"^(?:(?:On|In|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun|January|February|March|April|May|June|July|"
    r"August|September|October|November|December)(?:day)?\b,? ?)+"
)
_LEAD_CHARS = 1500
_LEAD = 2
_LEANT, _CHARS_A_CREDIT = 2, 660
"""Credits that an article rests on, one for each 110 words: of 1,030 stories three articles more
came out as second-hand, all rightly (2026-11-22)."""
_LONGEST_LEANT = 3000
_SHORT_LINE = 15
"""Words below which a line without a full stop is no sentence: a date, a caption, a heading."""
_ENDS = re.compile(r"[.!?…。！？][\"”’»')\]]*$")


def second_hand(article: Article, outlets: Iterable[str] = ()) -> Cue | None:
    """The outlet on whose report the article rests, if its lead or a notice says so.

    The lead is the first two sentences; what one person told an outlet counts in the first only.
    A mention deeper in the text speaks of one fact, not of the article, unless a short text has
    hardly a sentence without one.
    """
    outlets = list(outlets)
    for index, sentence in enumerate(islice(_sentences(article), _LEAD)):
        patterns = _EITHER if index else _EITHER + _FIRST_ONLY
        for cue in _cues(sentence, patterns, article, outlets):
            return cue
    for notice in (_REPEATS, _NOTICE):
        said = _named(notice.finditer(article.text), article, outlets)
        if said:
            return said
    return _leant_on(article, outlets)


def _leant_on(article: Article, outlets: list[str]) -> Cue | None:
    """An agency or a known outlet that a short article credits again and again."""
    if len(article.text) > _LONGEST_LEANT:
        return None
    found: dict[str, list[Cue]] = defaultdict(list)
    for sentence in _ROUGHLY.split(article.text):
        cue = next(_cues(sentence, _EITHER + _FIRST_ONLY, article, outlets), None)
        if cue and (is_agency(cue.name) or cue.name in outlets):
            found[cue.name].append(cue)
    often = max(found.values(), key=len, default=[])
    enough = len(often) >= _LEANT and len(article.text) <= len(often) * _CHARS_A_CREDIT
    return often[0] if enough else None


def _cues(
    sentence: str, patterns: _Patterns, article: Article, outlets: list[str]
) -> Iterator[Cue]:
    if not _ANY.search(sentence):
        return
    for trigger, pattern in patterns:
        if trigger.search(sentence):
            cue = _named(pattern.finditer(sentence), article, outlets)
            if cue:
                yield cue


def _sentences(article: Article) -> Iterator[str]:
    """The first sentences, without the title, dates and captions that a page puts above them."""
    title = "" if _ENDS.search(article.title) else fold(article.title).strip()
    lines = article.text[:_LEAD_CHARS].split("\n")
    full = [line for line in lines if _ENDS.search(line.rstrip()) or _is_long(line)]
    for line in full or lines:
        if len(full) > 1 and fold(line).strip() == title:
            continue
        for start, end in sentences(line, article.language):
            yield line[start:end]


def _is_long(line: str) -> bool:
    return len(line.split()) >= _SHORT_LINE


def _named(matches: Iterator[re.Match[str]], article: Article, outlets: list[str]) -> Cue | None:
    for match in matches:
        raw = match["name"]
        name = _CALENDAR.sub("", raw).removesuffix("'s").removesuffix("’s").strip()
        medium = bool(match["kind"] or match["before"] or match.groupdict().get("by") in _SURELY)
        if not name or same_publisher(name, article.publisher, article.url):
            continue
        if medium or is_outlet(name, outlets):
            return Cue(known(name, outlets) or canonical(name), match.group().strip())
    return None
