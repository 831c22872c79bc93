"""What the cluster stage remembers of an article: hashed terms with marks, packed.

Layout (little endian): a header, then four arrays of the same length: term hashes (uint32,
ascending), how often (uint8), where and of what sort (uint8), how rare in the language (uint8).
Seven bytes a term; a 400-word news article takes about 1.3 kB.
"""

from __future__ import annotations

import re
import struct
import zlib
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from nutgraf.text.kinds import of_several_events
from nutgraf.text.languages import detect_language
from nutgraf.text.rarity import zipf
from nutgraf.text.words import STOP, fold, stem, words
from nutgraf.types import Article

__all__ = [
    "AGE", "CLOCK", "COUNTED", "LEAD", "MADE_BY", "NAME", "NO_DAY", "NUMBER", "PHRASE", "PLACE",
    "TITLE", "Terms", "features", "pack", "unpack", "with_near",
]  # fmt: skip

MADE_BY = "cluster/3 learned pairs"
_VERSION = 2

TITLE, LEAD, NAME, PHRASE, NUMBER, PLACE, AGE, CLOCK = 1, 2, 4, 8, 16, 32, 64, 128
"""Marks of a term: where it stood, and what it is: a capitalised name (one word, or a phrase of
several), a number with the word that follows it, a name after a word of place, an age, a time."""

COUNTED = NUMBER | PHRASE
"""Mark of a noun that some number stands before: two texts may count it differently."""

NO_DAY = -(2**31)
_HEADER = struct.Struct("<BBiiiHHff")
HEADER = _HEADER.size
WIDTH = 7
"""Bytes of a header, and of a term."""
_NEAR = struct.Struct("<ff")
_MAX_CHARS = 6000
_MAX_TERMS = 240
_LEAD_CHARS = 500
_MAX_WORDS = 65_535

_UPPER = r"[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĪİŁŃŇŌŐŘŚŞŠŤŪŮŰŹŻŽΑ-ΩА-Я]"
_NAME = re.compile(
    rf"{_UPPER}[\w'’\-]*(?: (?:(?:of|de|da|del|van|von|bin|al) )?{_UPPER}[\w'’\-]*)*"
)
_SENTENCE_START = re.compile(r"(?:^|[.!?:\n][\"”’')]*|[\"“‘(—–-])\s*$")
_PLACE_BEFORE = re.compile(
    r"(?:^|\s)(?:in|at|near|outside|from|off|across|en|em|à|au|aus|bei|nahe|presso|в|из)"
    r"(?: the| la| el)? $",
    re.I,
)
_TOKEN = re.compile(r"\w{1,80}(?:['’\-.,]\w{1,80}){0,8}")
_NUMBER = re.compile(
    r"\b(\d[\d.,:]*\d|\d)(?:(?P<age>[ \-]+years?[ \-]olds?)|(?P<clock> ?[ap]\.?m\b\.?)"
    r"|[ \-]+([^\W\d_]{3,}))?"
)
_AGED = re.compile(r", (\d\d?), ")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WHEN = re.compile(
    r"\b(?:(" + "|".join(_WEEKDAYS) + r")|("
    r"jan(?:uary|\.)|feb(?:ruary|\.)|mar(?:ch|\.)|apr(?:il|\.)|may|june?|july?|aug(?:ust|\.)"
    r"|sept?(?:ember|\.)|oct(?:ober|\.)|nov(?:ember|\.)|dec(?:ember|\.)) (\d{1,2})(?:st|nd|rd|th)?"
    r"\b(?:,? ?,? (\d{4}))?|(today|tonight|this morning)|(yesterday|last night))",
    re.I,
)
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
"""Function words of German, Spanish, French, Portuguese and Italian, folded."""
_EPOCH = date(1970, 1, 1)


class Terms:
    """Features of one article, unpacked.

    `hashes` uint32[n] ascending, `counts`, `marks` and `rarity` uint8[n] (rarity: 30 times the
    zipf value, so less is rarer); `day` is the day of publication, `events` up to two days that
    the text says something happened on, in days since 1970; `words` is its length; `near` how alike
    its nearest was when it came, and its five nearest on average. A `bridge` (a
    roundup) may join a story but never draws others to it.
    """

    __slots__ = ("bridge", "counts", "day", "events", "hashes", "marks", "near", "rarity", "words")

    def __init__(
        self,
        hashes: NDArray[np.uint32],
        counts: NDArray[np.uint8],
        marks: NDArray[np.uint8],
        rarity: NDArray[np.uint8],
        day: int | None = None,
        events: tuple[int, ...] = (),
        words: int = 0,
        near: tuple[float, float] = (0.0, 0.0),
        *,
        bridge: bool = False,
    ) -> None:
        self.hashes, self.counts, self.marks, self.rarity = hashes, counts, marks, rarity
        self.day, self.events, self.words = day, events, words
        self.near, self.bridge = near, bridge


Found = dict[int, int]
"""By hash: how often, from bit 16; how rare, from bit 8; marks."""
_ONCE = 1 << 16


def features(article: Article) -> bytes:
    """What `place` needs of an article. Depends on nothing but the article itself."""
    title, body = article.title or "", article.text[:_MAX_CHARS]
    language = _language(article.language, body or title)
    lead = body[:_LEAD_CHARS]
    found: Found = {}
    count = 0
    for text, mark in ((title, TITLE), (lead, LEAD), (body[_LEAD_CHARS:], 0)):
        count += _words(text, mark, language, found)
        _names(text, mark, language, found)
        _numbers(text, mark, found)
    day = _day(article.published)
    events = _event_days(title + "\n" + body[:1500], day)
    terms = _arrays(found, day, events, count, bridge=of_several_events(article.kind, title))
    return pack(terms)


def _language(declared: str | None, text: str) -> str:
    if declared:
        return declared[:2].lower()
    sample = text[:400].lower().split()
    if sum(word in STOP for word in sample) >= 0.25 * len(sample):
        return "en"
    return detect_language(text) or "en"


def _words(text: str, mark: int, language: str, found: Found) -> int:
    tokens = _TOKEN.findall(text)
    get = found.get
    for token in tokens:
        for term, rarity in _word_terms(token, language):
            seen = get(term)
            found[term] = (rarity | mark) + _ONCE if seen is None else (seen + _ONCE) | mark
    return len(tokens)


@lru_cache(maxsize=200_000)
def _word_terms(token: str, language: str) -> tuple[tuple[int, int], ...]:
    """Hash and rarity of the words in a token: several in a script without spaces."""
    kept = (w for w in words(token) if w not in STOP and (len(w) > 1 or w.isdigit()))
    return tuple(
        (_hash(stem(w.removesuffix("'s"))), _rarity(zipf(w, language)))
        for w in kept
        if w not in _FUNCTION_WORDS
    )


def _names(text: str, mark: int, language: str, found: Found) -> None:
    for match in _NAME.finditer(text):
        parts = match.group().split()
        at = match.start()
        before = text[max(0, at - 14) : at]
        if _SENTENCE_START.search(before[-4:]) and (len(parts) == 1 or fold(parts[0]) in STOP):
            parts = parts[1:]
        if parts:
            sort = mark | (PLACE if _PLACE_BEFORE.search(before) else 0)
            for term, kind, rarity in _name_terms(tuple(parts), language):
                _add(found, term, sort | kind, rarity)


@lru_cache(maxsize=100_000)
def _name_terms(parts: tuple[str, ...], language: str) -> tuple[tuple[int, int, int], ...]:
    folded = [fold(part).removesuffix("'s") for part in parts]
    kept = [part for part in folded if len(part) > 1 and part not in STOP]
    # A capital makes a common word rarer: "White" is seldom a name.
    rare = [max(1.5, zipf(part, language) - 1.0) for part in kept]
    terms = [(_hash("@" + p), NAME, _rarity(z)) for p, z in zip(kept, rare, strict=True)]
    if len(folded) > 1 and kept:
        terms.append((_hash("@ " + " ".join(folded[-2:])), PHRASE, _rarity(min(rare) - 0.5)))
    return tuple(terms)


def _numbers(text: str, mark: int, found: Found) -> None:
    for match in _NUMBER.finditer(text):
        number = match[1].strip(".,:")
        if match["age"]:
            _add(found, _hash(f"#age {number}"), mark | NUMBER | AGE, _rarity(3.3))
        elif match["clock"]:
            term = f"#at {number}{match['clock'].strip()[0].lower()}"
            _add(found, _hash(term), mark | NUMBER | CLOCK, _rarity(3.3))
        else:
            noun = fold(match[4])[:5] if match[4] else ""
            rarity = 4.0 if len(number) < 3 and not noun else 3.0
            _add(found, _hash(f"#{number}:{noun}"), mark | NUMBER, _rarity(rarity))
            if noun:
                _add(found, _hash(f"#?:{noun}"), mark | COUNTED, _rarity(4.0))
    for match in _AGED.finditer(text):
        _add(found, _hash(f"#age {match[1]}"), mark | NUMBER | AGE, _rarity(3.3))


def _add(found: Found, term: int, mark: int, rarity: int) -> None:
    seen = found.get(term)
    found[term] = (rarity | mark) + _ONCE if seen is None else (seen + _ONCE) | mark


def _rarity(value: float) -> int:
    return max(0, min(240, round(30 * value))) << 8


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


def _event_days(text: str, day: int | None) -> tuple[int, ...]:
    """The first two days that a text names; weekdays are the latest up to the publication."""
    found: list[int] = []
    for match in _WHEN.finditer(text):
        named = _named_day(match, day)
        if named is not None and named not in found:
            found.append(named)
            if len(found) == 2:
                break
    return tuple(found)


def _named_day(match: re.Match[str], day: int | None) -> int | None:
    weekday, month, date_, year, today, _ = match.groups()
    if month:
        return _dated(month, int(date_), int(year) if year else None, day)
    if day is None:
        return None
    if weekday:
        today_ = (_EPOCH + timedelta(days=day)).weekday()
        return day - (today_ - _WEEKDAYS.index(weekday.lower())) % 7
    return day if today else day - 1


def _dated(month: str, date_: int, year: int | None, day: int | None) -> int | None:
    if year is None:
        if day is None:
            return None
        year = (_EPOCH + timedelta(days=day)).year
    try:
        named = (date(year, _MONTHS.index(month[:3].lower()) + 1, date_) - _EPOCH).days
    except ValueError:
        return None
    # A date without a year that lies far ahead is last year's.
    return named - 365 if day is not None and named > day + 60 else named


def _arrays(
    found: Found, day: int | None, events: tuple[int, ...], count: int, *, bridge: bool
) -> Terms:
    """Keep what fits: title and lead first, then the rarest and the most frequent."""
    hashes = np.fromiter(found, np.uint32, len(found))
    packed = np.fromiter(found.values(), np.int64, len(found))
    counts, rarity, marks = packed >> 16, (packed >> 8) & 255, packed & 255
    order = np.argsort(hashes)
    if len(hashes) > _MAX_TERMS:
        worth = 20 * np.minimum(counts, 3) - rarity + 1000 * ((marks & (TITLE | LEAD)) > 0)
        order = np.sort(np.argsort(-worth, kind="stable")[:_MAX_TERMS])
        order = order[np.argsort(hashes[order])]
    return Terms(
        hashes[order],
        np.minimum(counts[order], 255).astype(np.uint8),
        marks[order].astype(np.uint8),
        rarity[order].astype(np.uint8),
        day,
        events,
        min(count, _MAX_WORDS),
        bridge=bridge,
    )


def pack(terms: Terms) -> bytes:
    """Bytes of features; `unpack` gives them back."""
    header = _HEADER.pack(
        _VERSION, int(terms.bridge), *days_of(terms), terms.words, len(terms.hashes), *terms.near
    )
    arrays = (terms.hashes, terms.counts, terms.marks, terms.rarity)
    return header + b"".join(array.tobytes() for array in arrays)


def unpack(data: bytes) -> Terms:
    """Read what `features` packed. Raises `ValueError` for another version or a torn value."""
    if len(data) < _HEADER.size or data[0] != _VERSION:
        raise ValueError("features of another version: recompute them")
    _, bridge, day, first, second, count, n, *near = _HEADER.unpack_from(data)
    if len(data) != _HEADER.size + 7 * n:
        raise ValueError("features are torn: recompute them")
    at = _HEADER.size
    return Terms(
        np.frombuffer(data, np.uint32, n, at),
        np.frombuffer(data, np.uint8, n, at + 4 * n),
        np.frombuffer(data, np.uint8, n, at + 5 * n),
        np.frombuffer(data, np.uint8, n, at + 6 * n),
        None if day == NO_DAY else day,
        tuple(d for d in (first, second) if d != NO_DAY),
        count,
        (near[0], near[1]),
        bridge=bool(bridge),
    )


def with_near(data: bytes, best: float, mean: float) -> bytes:
    """The features of an article once it is known how alike its nearest were when it came."""
    at = HEADER - _NEAR.size
    return data[:at] + _NEAR.pack(best, mean) + data[HEADER:]


def days_of(terms: Terms) -> tuple[int, int, int]:
    """Day of publication and two days the text names, `NO_DAY` where not known."""
    first, second, *_ = (*terms.events, NO_DAY, NO_DAY)
    return NO_DAY if terms.day is None else terms.day, first, second
