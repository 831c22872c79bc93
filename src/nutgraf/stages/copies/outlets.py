"""Which names are outlets, and when two names are one outlet.

Ministries, police and people are not: "the ministry said" is a source speaking, "the Post
reported" is another newsroom's work.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from nutgraf.text.words import fold

__all__ = ["canonical", "is_agency", "is_outlet", "known", "same_outlet", "same_publisher"]

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
    newsweek economist al-jazeera aljazeera huffpost buzzfeed handelsblatt stern focus""".split()
)
_SURE = frozenset(
    """post times news ledger gazette tribune herald courier chronicle guardian telegraph inquirer
    examiner dispatch bulletin newspaper radio broadcasting tv television newswire weekly daily
    magazine diario periodico noticias zeitung nachrichten rundfunk tagesschau fernsehen""".split()
)
_LIKELY = frozenset(
    """press agency journal mail standard star sun globe mirror express independent observer
    monitor review record register today sentinel wire signal echo argus advertiser mercury
    prensa presse agencia agence spiegel monde figaro allgemeine blatt voice""".split()
)
_SUPPORT = frozenset("news press daily evening morning sunday free city".split())
_NOT = re.compile(
    r"(?i)\b(?:ministry|department|police|court|office|bureau|council|commission|committee|army|"
    r"navy|university|institute|bank|airlines?|royal mail|american express|journal of|"
    r"fire|secretary|president|minister|conference|medical examiner|times square)\b"
)
_SITE = re.compile(r"[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|news|info|ai|io|tv|co\.uk|de|fr|es)")
_LEADING = re.compile(r"(?i)^(?:the|el|la|le|les|der|die|das|l['’])\s*(?=\S)")
_TRAILING = re.compile(r"(?i)\s+(?:newspaper|news agency|magazine|website|staff)$")


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
    return bool(re.search(r"\b(?:press|news) (?:agency|association|service)$|newswire$", bare))


def is_outlet(name: str, outlets: Iterable[str] = ()) -> bool:
    """Whether a capitalised name is an outlet's, by itself or because it is one of `outlets`."""
    bare = canonical(name)
    parts = fold(bare).split()
    if not parts or _NOT.search(bare):
        return False
    if is_agency(bare) or _SITE.fullmatch(bare) or _OTHERS.intersection((parts[0], parts[-1])):
        return True
    if _SURE.intersection(parts):
        return True
    if parts[-1] in _LIKELY and _SUPPORT.intersection(parts[:-1]):
        return True
    return known(bare, outlets) is not None


def known(name: str, outlets: Iterable[str]) -> str | None:
    """The one of `outlets` that `name` means."""
    return next((outlet for outlet in outlets if same_outlet(name, outlet)), None)


def same_outlet(a: str | None, b: str | None) -> bool:
    """Whether two names are one outlet: equal but for an article, or one the other's initials."""
    if not a or not b:
        return False
    one, two = canonical(a), canonical(b)
    if fold(one) == fold(two):
        return True
    return _initials(one, two) or _initials(two, one)


def _initials(short: str, long: str) -> bool:
    """MPA and Meridian Press Agency."""
    letters = "".join(part[0] for part in long.replace("-", " ").split() if part[:1].isupper())
    return short.isupper() and 2 <= len(short) <= 6 and letters == short


def same_publisher(name: str, publisher: str | None, url: str | None = None) -> bool:
    """Whether a name is the publisher's own: the Post at the Washington Post, WATE at wate.com."""
    bare = canonical(name)
    if url and fold(bare).replace(" ", "") in (urlsplit(url).hostname or "").split("."):
        return True
    if not publisher:
        return False
    return same_outlet(bare, publisher) or canonical(publisher).split()[-1:] == bare.split()
