"""What one article states in figures."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence

from nutgraf.stages.figures.ages import Names, read_age
from nutgraf.stages.figures.asides import (
    is_address,
    is_name,
    is_stamp,
    stands_alone,
    was_before,
)
from nutgraf.stages.figures.events import main_event, read_date, read_time
from nutgraf.stages.figures.key import MOVING
from nutgraf.stages.figures.measures import read_count, read_measure, read_votes
from nutgraf.stages.figures.money import read_fraction, read_money, read_percent
from nutgraf.stages.figures.people import read_people
from nutgraf.stages.figures.place import Place, Stated
from nutgraf.stages.figures.speakers import as_of, said_by
from nutgraf.stages.figures.tally import Tally, tallies
from nutgraf.stages.figures.told import told_arrests, told_deaths
from nutgraf.stages.figures.years import read_year
from nutgraf.text.numbers import Number, numbers
from nutgraf.text.sentences import sentences
from nutgraf.text.weekdays import weekdays
from nutgraf.types import Article, Figure

__all__ = ["MADE_BY", "read"]

MADE_BY = "figures/2"

QUOTE = 120
"""Most characters of a quote."""
REACH = 600
"""How much of a sentence around a number is looked at: bounds the work on endless ones."""
_AMOUNTS = frozenset(("count", "money", "percent"))
_BACK, _ON = 40, 45
"""How much of the sentence a quote shows before and after the number."""


def read(article: Article) -> list[Figure]:
    """The figures an article states, in the order of its text.

    Each `quote` is at most 120 characters of one sentence and holds the number's words;
    `article.text[start:end] == quote`. A number that is part of a name, an address, a telephone
    number or a list is no figure. English is read fully, other languages where the noun is known.
    """
    text = article.text
    language = (article.language or "en").partition("-")[0].lower()
    names = Names(text)
    lists = list(tallies(text)) if language == "en" else []
    main: str | None = None
    found: list[Figure] = []
    for place, following in _places(article, language):
        if place.number.kind in ("date", "time") and main is None:
            main = main_event(article.title, text)
        stated = _stated(place, language, names, main or "", article.published)
        if stated is None or _listed(place.number, stated, lists):
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
                as_of=as_of(place.sentence, article.published, moving=_moves(stated)),
                said_by=said_by(place.sentence, len(place.before), following),
            )
        )
    if language == "en":
        found.extend(_told(article, lists, deadly=any(f.what == "people killed" for f in found)))
    return sorted(found, key=lambda figure: figure.start)


def _moves(stated: Stated) -> bool:
    return not MOVING.isdisjoint(stated.what.split())


def _listed(number: Number, stated: Stated, lists: Sequence[Tally]) -> bool:
    """Whether a count of people is one item of a list that is counted as a whole."""
    if not stated.what.startswith("people "):
        return False
    return any(tally.start <= number.start < tally.end for tally in lists)


def _told(article: Article, lists: Sequence[Tally], *, deadly: bool) -> Iterator[Figure]:
    """Counts of people that no single number gives; deaths, where a number does not."""
    arrests = (("people arrested", *told) for told in told_arrests(article.text))
    silent = deadly or any(tally.what == "people killed" for tally in lists)
    deaths = (("people killed", *told) for told in (() if silent else told_deaths(article.text)))
    for what, count, start, end in (*arrests, *deaths, *lists):
        if end - start <= QUOTE and "\n" not in article.text[start:end]:
            yield Figure(
                article=article.id,
                what=what,
                value=count,
                unit="people",
                quote=article.text[start:end],
                start=start,
                end=end,
            )


def _places(article: Article, language: str) -> Iterator[tuple[Place, str]]:
    """Each number, and each day told by its name, in its sentence, with the one that follows."""
    text = article.text
    shown = [match.span() for match in _GALLERY.finditer(text)]
    found = [
        number
        for number in numbers(text, language)
        if not any(start <= number.start < end for start, end in shown)
    ]
    if language == "en":
        named = weekdays(text, article.published)
        found += [Number(start, end, "date", 0, 0, iso=iso) for start, end, iso in named]
        found.sort(key=lambda number: number.start)
    at = 0
    for match in _PARAGRAPH.finditer(text):
        line: deque[Number] = deque()
        while at < len(found) and found[at].start < match.end():
            line.append(found[at])
            at += 1
        if line:
            yield from _in_line(text, match.start(), match.end(), line, language)


_PARAGRAPH = re.compile(r"[^\n]+")
_GALLERY = re.compile(r"\b(?:Image|Photo|Picture|Slide|Page|Video) \d+ (?:of|/) \d+\b")
"""The counter of a gallery or a list of pages: no figure of the story."""


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
    if kind == "ordinal" or (kind in ("time", "date") and is_stamp(place)):
        return None
    if kind == "time":
        return read_time(place, main) if language == "en" else None
    if kind == "date":
        return read_date(place, main, published) if language == "en" else None
    if kind == "year":
        return read_year(place) if language == "en" and not is_address(place) else None
    if kind in ("money", "percent"):
        if was_before(place):
            return None
        return read_money(place) if kind == "money" else read_percent(place)
    if kind == "fraction":
        return read_fraction(place) if language == "en" else None
    if kind == "decade":
        return read_age(place, names) if language == "en" else None
    return _counted(place, language, names)


def _counted(place: Place, language: str, names: Names) -> Stated | None:
    if stands_alone(place) or is_address(place):
        return None
    if language != "en":
        return read_votes(place) or read_count(place, language)
    if age := read_age(place, names):
        return age
    if is_name(place) or was_before(place):
        return None
    return (
        read_votes(place)
        or read_people(place)
        or read_measure(place)
        or read_count(place, language)
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
