"""What one article states in figures."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence

from nutgraf.stages.figures.ages import Names, read_age
from nutgraf.stages.figures.arrests import told_arrests
from nutgraf.stages.figures.events import main_event, read_date, read_time
from nutgraf.stages.figures.measures import read_count, read_measure, read_votes
from nutgraf.stages.figures.money import read_money, read_percent
from nutgraf.stages.figures.people import read_people
from nutgraf.stages.figures.place import Place, Stated
from nutgraf.stages.figures.speakers import as_of, said_by
from nutgraf.text.numbers import Number, numbers
from nutgraf.text.sentences import sentences
from nutgraf.types import Article, Figure

__all__ = ["MADE_BY", "read"]

MADE_BY = "figures/1"

QUOTE = 120
"""Most characters of a quote."""
REACH = 600
"""How much of a sentence around a number is looked at: bounds the work on endless ones."""
_AMOUNTS = frozenset(("count", "money", "percent"))
_BACK, _ON = 40, 45
"""How much of the sentence a quote shows before and after the number."""

_NAME_BEFORE = re.compile(r"(?:^|[\s(“\"‘'])((?:[A-Z][\w’'.&-]*[ ])*)([A-Z][\w’'&-]*)[ -]$")
_CUE_BEFORE = re.compile(
    r"(?:[#№§]|\b(?:(?i:no|nos|article|section|chapter|phase|level|grade|gate|figure|table|step|part"
    r"|page|pages|clause|stage|scale|act|title|class|image|photo)|Route|Highway|Interstate|Flight"
    r"|Room|Suite|Apt|Unit|Channel|p|District|Boeing|Airbus|Pier|Box|Vol))\.?[ ]?$"
)
_STREET_AFTER = re.compile(
    r"(?:[ ][NSEW]\.?)?(?:[ ][A-Z0-9][\w.'’]*){1,4}[ ](?:St|Street|Ave|Avenue|Rd|Road|Blvd"
    r"|Boulevard|Dr|Drive|Ln|Lane|"
    r"Way|Pl|Place|Ct|Court|Pkwy|Parkway|Hwy|Highway|Terrace|Ter|Circle|Cir|Square)\b|[ ]block\b|"
    r"[ ](?:de|of)[ ]/|[ ]?/"
)
_OPENERS = frozenset(
    """the a an in on at about around some another police officers nearly almost over more
    than least up as of by after before when with for from his her their its our these
    those all only just and but or authorities officials investigators other monday
    tuesday wednesday thursday friday saturday sunday between under he she they we it who
    there while if since during killing left killed roughly approximately had has have was
    were found including says said where what that this""".split()
)


def read(article: Article) -> list[Figure]:
    """The figures an article states, in the order of its text.

    Each `quote` is at most 120 characters of one sentence and holds the number's words;
    `article.text[start:end] == quote`. A number that is part of a name, an address, a telephone
    number or a list is no figure. English is read fully, other languages where the noun is known.
    """
    text = article.text
    language = (article.language or "en").partition("-")[0].lower()
    names = Names(text)
    main: str | None = None
    found: list[Figure] = []
    for place, following in _places(text, language):
        if place.number.kind in ("date", "time") and main is None:
            main = main_event(article.title, text)
        stated = _stated(place, language, names, main or "", article.published)
        if stated is None:
            continue
        start, end = _quote(place)
        found.append(
            Figure(
                article=article.id,
                what=stated.what,
                value=stated.value,
                unit=stated.unit,
                quote=text[start:end],
                start=start,
                end=end,
                as_of=as_of(place.sentence, article.published),
                said_by=said_by(place.sentence, len(place.before), following),
            )
        )
    if language == "en":
        found.extend(_arrests(article))
    return sorted(found, key=lambda figure: figure.start)


def _arrests(article: Article) -> Iterator[Figure]:
    for count, start, end in told_arrests(article.text):
        yield Figure(
            article=article.id,
            what="people arrested",
            value=count,
            unit="people",
            quote=article.text[start:end],
            start=start,
            end=end,
        )


def _places(text: str, language: str) -> Iterator[tuple[Place, str]]:
    """Each number in its sentence, with the sentence that follows."""
    found = numbers(text, language)
    at = 0
    for match in _PARAGRAPH.finditer(text):
        line: deque[Number] = deque()
        while at < len(found) and found[at].start < match.end():
            line.append(found[at])
            at += 1
        if line:
            yield from _in_line(text, match.start(), match.end(), line, language)


_PARAGRAPH = re.compile(r"[^\n]+")


def _in_line(
    text: str, start: int, end: int, line: deque[Number], language: str
) -> Iterator[tuple[Place, str]]:
    spans = [(start + a, start + b) for a, b in sentences(text[start:end], language)]
    for index, (begin, stop) in enumerate(spans):
        following = (
            text[slice(*spans[index + 1])]
            if index + 1 < len(spans)
            else text[stop : stop + 160].lstrip()
        )
        inside = []
        while line and line[0].start < stop:
            number = line.popleft()
            if begin <= number.start and number.end <= stop:
                inside.append(number)
        for number, previous, next_ in _neighbours(inside, begin, stop):
            left, right = max(begin, number.start - REACH), min(stop, number.end + REACH)
            yield Place(text, left, right, number, previous, next_), following


def _neighbours(
    inside: Sequence[Number], begin: int, stop: int
) -> Iterator[tuple[Number, int, int]]:
    """Each number with the end of the amount before it and the start of the one after it."""
    starts = [stop] * len(inside)
    after = stop
    for i in range(len(inside) - 1, -1, -1):
        starts[i] = after
        if inside[i].kind in _AMOUNTS:
            after = inside[i].start
    before = begin
    for number, start in zip(inside, starts, strict=True):
        yield number, before, start
        if number.kind in _AMOUNTS:
            before = number.end


def _stated(
    place: Place, language: str, names: Names, main: str, published: str | None
) -> Stated | None:
    """What the number of `place` measures; None if it is no figure."""
    kind = place.number.kind
    if kind in ("ordinal", "year"):
        return None
    if kind == "time":
        return read_time(place, main) if language == "en" else None
    if kind == "date":
        return read_date(place, main, published) if language == "en" else None
    if kind in ("money", "percent"):
        if _was_before(place):
            return None
        return read_money(place) if kind == "money" else read_percent(place)
    if kind == "fraction":
        return None
    if kind == "decade":
        return read_age(place, names) if language == "en" else None
    return _counted(place, language, names)


def _counted(place: Place, language: str, names: Names) -> Stated | None:
    if _alone(place) or _is_address(place):
        return None
    if language != "en":
        return read_votes(place) or read_count(place, language)
    if age := read_age(place, names):
        return age
    if _is_name(place) or _was_before(place):
        return None
    return (
        read_votes(place)
        or read_people(place)
        or read_measure(place)
        or read_count(place, language)
    )


def _alone(place: Place) -> bool:
    """A footnote mark, a list number, a page count under a picture."""
    return not place.before.strip(" ([") and bool(re.match(r"[.)\]:]|\s*$", place.after))


def _is_address(place: Place) -> bool:
    digits = place.text[place.number.start].isdigit()
    return digits and bool(_STREET_AFTER.match(place.after))


def _is_name(place: Place) -> bool:
    """ "Larkspur 3", "Gate Four", "page 12", "KSLA News 12"."""
    before = place.before[-40:]
    if _CUE_BEFORE.search(before):
        return True
    match = _NAME_BEFORE.search(before)
    if not match or match.group(2).lower() in _OPENERS:
        return False
    return not re.match(r"[ ](?:people|others|men|women|votes)\b", place.after)


def _was_before(place: Place) -> bool:
    """ "Down from 31 on Tuesday": what it was, not what it is."""
    return (
        bool(
            re.search(
                r"\b(?:up|down|rose|fell|raised|rising|compared with|instead of|higher than"
                r" the)(?: \w+)? (?:from )?$",
                place.before,
            )
        )
        and "from" in place.before[-12:]
    )


def _quote(place: Place) -> tuple[int, int]:
    """At most QUOTE characters around the number, cut between words inside the sentence."""
    text, number = place.text, place.number
    start = max(place.start, number.start - _BACK)
    end = min(place.end, max(number.end + _ON, number.end))
    if start > place.start:
        space = text.find(" ", start, number.start)
        start = space + 1 if space >= 0 else number.start
    if end < place.end:
        space = text.rfind(" ", number.end, end + 1)
        end = space if space >= 0 else number.end
    end = min(end, start + QUOTE)
    while text[end - 1 : end] in (" ", ",", ";") and end > number.end:
        end -= 1
    return start, end
