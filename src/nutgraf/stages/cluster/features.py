"""What the cluster stage remembers of an article: hashed terms with weights, packed.

Layout (little endian): a header (version, bridge, day of publication, event day, number of
terms), then three arrays of that length: term hashes (uint32, ascending), term frequencies
(uint8), marks (uint8). Six bytes a term; a 400-word news article takes 1 to 1.5 kB.
"""

from __future__ import annotations

import re
import struct
import zlib
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from nutgraf.text.words import STOP, content_words, fold
from nutgraf.types import Article

__all__ = [
    "LEAD", "MADE_BY", "NAME", "NUMBER", "PHRASE", "TITLE", "Terms", "features", "pack", "unpack",
]  # fmt: skip

MADE_BY = "cluster/2 tf-idf, two looks"
_VERSION = 1

TITLE, LEAD, NAME, PHRASE, NUMBER = 1, 2, 4, 8, 16
"""Marks of a term: where it stood, and whether it is a capitalised name (one word, or a phrase
of several) or a number with the word that follows it."""

_NO_DAY = -(2**31)
_HEADER = struct.Struct("<BBiiH")
_MAX_CHARS = 8000
_MAX_TERMS = 384
_LEAD_CHARS = 500

_UPPER = r"[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĪİŁŃŇŌŐŘŚŞŠŤŪŮŰŹŻŽΑ-ΩА-Я]"
_NAME = re.compile(
    rf"{_UPPER}[\w'’\-]*(?: (?:(?:of|de|da|del|van|von|bin|al) )?{_UPPER}[\w'’\-]*)*"
)
_SENTENCE_START = re.compile(r"(?:^|[.!?:\n][\"”’')]*|[\"“‘(—–-])\s*$")
_TOKEN = re.compile(r"\w{1,80}(?:['’\-.,]\w{1,80}){0,8}")
_NUMBER = re.compile(r"\b(\d[\d.,]*\d|\d)(?:[ \-]+(?:years?[ \-]old|([^\W\d_]{3,})))?")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = re.compile(r"\b(" + "|".join(_WEEKDAYS) + r")\b", re.I)
_FUNCTION_WORDS = frozenset(
    """aber als auch auf aus bei bis das dass dem den der des die ein eine einem einen einer eines
    er es fur habe haben hat hatte ich im ist mit nach nicht noch nur oder sei seine sich sie sind
    sowie uber um und uns von vor war was wenn werden wie wird wurde wurden zu zum zur
    al ante como con contra cual cuando de del desde donde dos durante el ella en entre era esta
    estan este esto fue fueron ha habia han hasta hay la las le les lo los mas muy ni no otra otro
    para pero por porque que se segun ser si sin sobre son su sus tambien tras un una uno unos ya
    alors au aussi autre aux avait avec avoir ce ces cette ceux chez comme dans depuis deux dont du
    elle elles entre est et etait ete etre eux fait font ici il ils je leur leurs lors lui mais meme
    ne nous on ont ou par pas plus pour qu quand qui sans selon ses soit sont sous sur tout tous
    toute tres une vers vous
    ao aos com da das do dos ele ela foi mais mas nao nas nos num numa os ou pela pelo quem sao sem
    seu sua tem uma
    alla anche che chi ci cui da dal dalla degli dei del della delle di gli ha hanno il io nel nella
    non per piu quando questa questo sono stato sua suo""".split()
)
"""Function words of German, Spanish, French, Portuguese and Italian, folded: rare in a window of
mostly English articles, they would bind every two articles in one of these languages."""
_EPOCH = date(1970, 1, 1)


class Terms:
    """Features of one article, unpacked.

    `hashes` uint32[n] ascending, `counts` uint8[n], `marks` uint8[n]; `day` is the day of
    publication and `event_day` that of the first weekday named, in days since 1970, or None.
    A `bridge` (a roundup) may join a story but never draws others to it.
    """

    __slots__ = ("bridge", "counts", "day", "event_day", "hashes", "marks")

    def __init__(
        self,
        hashes: NDArray[np.uint32],
        counts: NDArray[np.uint8],
        marks: NDArray[np.uint8],
        day: int | None = None,
        event_day: int | None = None,
        *,
        bridge: bool = False,
    ) -> None:
        self.hashes, self.counts, self.marks = hashes, counts, marks
        self.day, self.event_day, self.bridge = day, event_day, bridge


def features(article: Article) -> bytes:
    """What `place` needs of an article. Depends on nothing but the article itself."""
    title, body = article.title, article.text[:_MAX_CHARS]
    lead = body[:_LEAD_CHARS]
    found: dict[int, list[int]] = {}
    for text, mark in ((title, TITLE), (lead, LEAD), (body[_LEAD_CHARS:], 0)):
        _words(text, mark, found)
        _names(text, mark, found)
        _numbers(text, mark, found)
    day = _day(article.published)
    event = _event_day(lead, day)
    terms = _arrays(found, day, event, bridge=article.kind == "roundup")
    return pack(terms)


def _words(text: str, mark: int, found: dict[int, list[int]]) -> None:
    for token in _TOKEN.findall(text):
        for term in _word_terms(token):
            _add(found, term, mark)


@lru_cache(maxsize=100_000)
def _word_terms(token: str) -> tuple[int, ...]:
    """Hashes of the words in a token: none, one, or several in a script without spaces."""
    return tuple(_hash(word) for word in content_words(token) if word not in _FUNCTION_WORDS)


def _names(text: str, mark: int, found: dict[int, list[int]]) -> None:
    for match in _NAME.finditer(text):
        parts = match.group().split()
        at = match.start()
        if _SENTENCE_START.search(text[max(0, at - 4) : at]) and (
            len(parts) == 1 or fold(parts[0]) in STOP
        ):
            parts = parts[1:]
        folded = [fold(part).removesuffix("'s") for part in parts]
        for part in folded:
            if len(part) > 1 and part not in STOP:
                _add(found, _hash("@" + part), mark | NAME)
        if len(folded) > 1:
            _add(found, _hash("@ " + " ".join(folded[-2:])), mark | PHRASE)


def _numbers(text: str, mark: int, found: dict[int, list[int]]) -> None:
    for match in _NUMBER.finditer(text):
        number, noun = match.group(1).strip(".,"), match.group(2)
        _add(found, _hash(f"#{number}:{fold(noun)[:5] if noun else ''}"), mark | NUMBER)


def _add(found: dict[int, list[int]], term: int, mark: int) -> None:
    seen = found.get(term)
    if seen is None:
        found[term] = [1, mark]
    else:
        seen[0] += 1
        seen[1] |= mark


@lru_cache(maxsize=200_000)
def _hash(term: str) -> int:
    return zlib.crc32(term.encode("utf-8", "surrogatepass"))


def _day(published: str | None) -> int | None:
    """Days since 1970, in UTC; None for a date that is missing or unreadable."""
    if not published:
        return None
    try:
        moment = datetime.fromisoformat(published)
        return ((moment.astimezone(UTC) if moment.tzinfo else moment).date() - _EPOCH).days
    except (ValueError, OverflowError):
        return None


def _event_day(lead: str, day: int | None) -> int | None:
    """The latest day, up to the publication's, with the first weekday that the lead names."""
    match = _WEEKDAY.search(lead)
    if match is None or day is None:
        return None
    back = ((_EPOCH + timedelta(days=day)).weekday() - _WEEKDAYS.index(match[1].lower())) % 7
    return day - back


def _arrays(
    found: dict[int, list[int]], day: int | None, event_day: int | None, *, bridge: bool
) -> Terms:
    """Keep what fits: title and lead first, then names and numbers, then frequent words."""
    items = list(found.items())
    if len(items) > _MAX_TERMS:
        items.sort(key=lambda kv: (not kv[1][1] & (TITLE | LEAD), not kv[1][1], -kv[1][0]))
        items = items[:_MAX_TERMS]
    items.sort()
    return Terms(
        np.array([term for term, _ in items], np.uint32),
        np.array([min(255, seen[0]) for _, seen in items], np.uint8),
        np.array([seen[1] for _, seen in items], np.uint8),
        day,
        event_day,
        bridge=bridge,
    )


def pack(terms: Terms) -> bytes:
    """Bytes of features; `unpack` gives them back."""
    days = [_NO_DAY if d is None else d for d in (terms.day, terms.event_day)]
    header = _HEADER.pack(_VERSION, int(terms.bridge), *days, len(terms.hashes))
    return header + terms.hashes.tobytes() + terms.counts.tobytes() + terms.marks.tobytes()


def unpack(data: bytes) -> Terms:
    """Read what `features` packed. Raises `ValueError` for another version or a torn value."""
    if len(data) < _HEADER.size or data[0] != _VERSION:
        raise ValueError("features of another version: recompute them")
    _, bridge, day, event_day, n = _HEADER.unpack_from(data)
    if len(data) != _HEADER.size + 6 * n:
        raise ValueError("features are torn: recompute them")
    at = _HEADER.size
    return Terms(
        np.frombuffer(data, np.uint32, n, at),
        np.frombuffer(data, np.uint8, n, at + 4 * n),
        np.frombuffer(data, np.uint8, n, at + 5 * n),
        None if day == _NO_DAY else day,
        None if event_day == _NO_DAY else event_day,
        bridge=bool(bridge),
    )
