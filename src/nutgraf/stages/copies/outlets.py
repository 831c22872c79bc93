"""Which names are outlets, and when two names are one outlet.

Ministries, police and people are not: "the ministry said" is a source speaking, "the Post
reported" is another newsroom's work.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlsplit

from nutgraf.text.words import fold

__all__ = [
    "canonical", "is_agency", "is_outlet", "is_station", "known", "same_outlet", "same_publisher",
]  # fmt: skip

_AGENCIES = {
    "ap": "Associated Press", "afp": "Agence France-Presse", "upi": "United Press International",
    "dpa": "dpa", "apa": "APA", "efe": "EFE", "ansa": "ANSA", "reuters": "Reuters",
    "xinhua": "Xinhua", "tass": "TASS", "kyodo": "Kyodo News", "kyodo news": "Kyodo News",
    "yonhap": "Yonhap", "pti": "Press Trust of India", "ani": "ANI", "ians": "IANS",
    "aap": "AAP", "bloomberg": "Bloomberg", "anadolu": "Anadolu", "anadolu agency": "Anadolu",
    "interfax": "Interfax", "ritzau": "Ritzau", "lusa": "Lusa", "belga": "Belga", "sid": "SID",
    "canadian press": "Canadian Press", "press association": "PA Media", "pa media": "PA Media",
    "europa press": "Europa Press", "keystone-sda": "Keystone-SDA",
}  # fmt: skip
_FULL_NAMES = {fold(full): full for full in _AGENCIES.values()}
_OTHERS = frozenset(
    """bbc cnn npr cbs nbc abc pbs cbc rfi rte nhk ard zdf axios politico propublica semafor vox
    wired techcrunch nikkei caixin spiegel bild figaro monde liberation pais mundo vanguardia
    newsweek economist al-jazeera aljazeera huffpost buzzfeed handelsblatt stern focus msnbc cnbc
    espn tmz haaretz ynet meduza kommersant hurriyet asahi yomiuri mainichi folha globo clarin
    mediapart corriere repubblica stampa faz taz nzz tagesspiegel itv wsj nyt""".split()
)
_SURE = frozenset(
    """post times news ledger gazette tribune herald courier chronicle guardian telegraph inquirer
    examiner dispatch bulletin newspaper radio broadcasting tv television newswire weekly daily
    magazine diario periodico noticias zeitung nachrichten rundfunk tagesschau fernsehen
    jornal giornale gazzetta dagblad""".split()
)
_LIKELY = frozenset(
    """press agency journal mail standard star sun globe mirror express independent observer
    monitor review record register today sentinel wire signal echo argus advertiser mercury
    prensa presse agencia agence spiegel monde figaro allgemeine blatt voice reporter""".split()
)
_PAPERS = frozenset(
    "sun globe star mirror journal sentinel observer advertiser argus mercury republic "
    "enquirer picayune reporter echo".split()
)
"""Names of papers, if another word stands before: the Imrik Sun, but not the sun."""
_WHOLE = frozenset(
    {"variety", "deadline", "fortune", "rolling stone", "vanity fair", "us weekly", "page six",
     "daily beast", "national review", "rt", "e! news"}
)  # fmt: skip
_SUPPORT = frozenset(
    "news press daily evening morning sunday free city street hollywood usa".split()
)
_NOT = re.compile(
    r"(?i)\b(?:ministry|department|police|court|office|bureau|council|commission|committee|army|"
    r"navy|university|institute|bank|airlines?|royal mail|american express|journal of|"
    r"fire|secretary|president|minister|conference|medical examiner|times square|"
    r"facebook|twitter|youtube|instagram|tiktok|telegram|reddit|google|wikipedia|"
    r"group|corp|corporation|inc|llc|ltd|company|communications|media,? inc)\b"
)
_SITE = re.compile(r"[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|news|info|ai|io|tv|co\.uk|de|fr|es)")
_SUFFIX = re.compile(r"\.(?:co\.\w\w|com\.\w\w|[a-z]{2,6})$")
_LEADING = re.compile(r"(?i)^(?:the|el|la|le|les|der|die|das|l['’])\s*(?=\S)")
_TRAILING = re.compile(r"(?i)\s+(?:newspaper|news agency|magazine|website|staff)$")
_STATION = re.compile(r"(?:^|\s)([WK][A-Z]{2,3})(?=$|[\s\d-])")
_NO_STATION = frozenset("WHO WTO WWF WFP WMO KGB KKK KFC WADA WNBA WIPO WWE WBA WBC WBO".split())
"""Bodies whose initials look like those of an American station."""
_ON_AIR = re.compile(r"(?:\d.*|tv|news|radio|fm|am|live|action|now)?")
_SHORTEST_START = 5


def canonical(name: str) -> str:
    """The name to show: an agency's full one, any other without its article."""
    bare = _LEADING.sub("", name.strip(" .,;:'’\"")) if " " in name.strip() else name.strip(" .,;:")
    bare = _TRAILING.sub("", bare)
    return _AGENCIES.get(fold(bare), _FULL_NAMES.get(fold(bare), bare))


def is_agency(name: str) -> bool:
    """Whether a name is that of a news agency."""
    bare = fold(canonical(name))
    if bare in _FULL_NAMES:
        return True
    found = r"\b(?:press|news) (?:agency|association|service)$|newswire$|media wire$"
    return bool(re.search(found, bare))


def is_station(name: str) -> bool:
    """Whether a name has the initials of an American station: WAVE 3, KXII-TV.

    Initials say so only where an outlet's name is due: in a dateline or a credit.
    """
    return _station(name) is not None


def is_outlet(name: str, outlets: Iterable[str] = ()) -> bool:
    """Whether a capitalised name is an outlet's, by itself or because it is one of `outlets`."""
    bare = canonical(name)
    parts = fold(bare).split()
    if not parts or _NOT.search(bare):
        return False
    if is_agency(bare) or _SITE.fullmatch(bare) or _OTHERS.intersection((parts[0], parts[-1])):
        return True
    if _SURE.intersection(parts) or fold(bare) in _WHOLE:
        return True
    if parts[-1] in _PAPERS and len(parts) > 1:
        return True
    if parts[-1] in _LIKELY and _SUPPORT.intersection(parts[:-1]):
        return True
    return known(bare, outlets) is not None


def known(name: str, outlets: Iterable[str]) -> str | None:
    """The one of `outlets` that `name` means."""
    return next((outlet for outlet in outlets if same_outlet(name, outlet)), None)


def same_outlet(a: str | None, b: str | None) -> bool:
    """Whether two names are one outlet.

    They are if equal but for an article, spaces and ".com", if one is the other's initials, or if
    both are one station: KXII-TV and kxii.com.
    """
    if not a or not b:
        return False
    if _key(a) == _key(b):
        return bool(_key(a))
    return _initials(a, b) or _initials(b, a) or _on_air(a, b) or _on_air(b, a)


@lru_cache(maxsize=16384)
def _key(name: str) -> str:
    """What is left of a name without article, spaces, punctuation and the ending of a site."""
    bare = fold(canonical(name))
    if _SITE.fullmatch(bare):
        bare = _SUFFIX.sub("", bare.removeprefix("www.")).rsplit(".", 1)[-1]
    return "".join(character for character in bare if character.isalnum())


def _initials(short: str, long: str) -> bool:
    """MPA and Meridian Press Agency, THR and The Harbour Record."""
    short = canonical(short)
    if not (short.isupper() and 2 <= len(short) <= 6):
        return False
    return any(
        short == "".join(part[0] for part in name.replace("-", " ").split() if part[:1].isupper())
        for name in (canonical(long), long)
    )


@lru_cache(maxsize=16384)
def _station(name: str) -> str | None:
    match = _STATION.search(name.strip())
    return match[1] if match and match[1] not in _NO_STATION else None


def _on_air(a: str, b: str) -> bool:
    """Whether `a` has a station's initials and `b` the same or a site that begins with them."""
    station = _station(a)
    if station is None:
        return False
    if station == _station(b):
        return True
    key = _key(b)
    rest = key.removeprefix(station.lower())
    return rest != key and _ON_AIR.fullmatch(rest) is not None


def same_publisher(name: str, publisher: str | None, url: str | None = None) -> bool:
    """Whether a name is the publisher's own: the Post at the Washington Post, WATE at wate.com."""
    bare = canonical(name)
    hosts = (urlsplit(url).hostname or "").split(".")[:-1] if url else []
    if any(_heads(bare, label) for label in hosts):
        return True
    if not publisher:
        return False
    return same_outlet(bare, publisher) or canonical(publisher).split()[-1:] == bare.split()


def _heads(name: str, label: str) -> bool:
    """Whether a host's label is a name, or one is the other and more: harbourledgeronline, PIX11
    News at pix11.com."""
    key, label = _key(name), label.replace("-", "")
    if key == label or _on_air(name, label):
        return True
    if len(label) >= _SHORTEST_START and key.startswith(label):
        return _ON_AIR.fullmatch(key.removeprefix(label)) is not None
    return len(key) >= _SHORTEST_START and label.startswith(key)
