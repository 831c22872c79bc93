"""Days told by their name: "Sunday night", "last Monday", "yesterday", as days of the calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

__all__ = ["WEEKDAYS", "published_on", "weekdays"]

WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()

_NAMED = re.compile(
    rf"\b(?:(?P<lead>[Tt]his|[Ll]ast|[Nn]ext|[Cc]oming|[Pp]ast|[Ee]very|[Ee]ach|[Aa]|[Bb]lack|Super"
    rf"|Good|Easter)[ ])?(?P<day>{'|'.join(WEEKDAYS)})\b(?!s\b)"
    r"|\b(?P<today>this (?:morning|afternoon)|earlier today|tonight)\b"
    r"|\b(?P<yesterday>[Yy]esterday|last night)\b"
)
_NO_DAY = frozenset("every each a black super good easter".split())
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_DATED = re.compile(
    r"(?:[ ](?:morning|afternoon|evening|night))?,?[ ]\(?"
    rf"(?:{_MONTHS})[a-z]*\.?[ ][0-9]|,?[ ][0-9]{{1,2}}[ ](?:{_MONTHS})"
)
_SAID = re.compile(
    r"\b(?:said|says|told \w+|announced|reported|confirmed|identified|released"
    r"|according to [\w ]{3,30})"
    r"[ ](?:(?:on|late|early)[ ])?$"
)
_SAYS = re.compile(r"(?:[ ](?:morning|afternoon|evening|night))?[ ](?:that|said)\b")
_TO_COME = re.compile(
    r"\b(?:will|to be|until|by|scheduled|set|due|planned|plans|expected|is to|are to|would"
    r"|begins?|starts?|opens?)\b[^.;]{0,40}$"
)


def published_on(published: str | None) -> date | None:
    """The day of an ISO 8601 time; None if there is none."""
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def weekdays(text: str, published: str | None) -> Iterator[tuple[int, int, str]]:
    """Each day told by its name, as start, end and ISO day, seen from the day of publication.

    A weekday is the last such day up to that of the publication, or the next one where the words
    before it speak of what is to come. One that stands beside its date is left to the date.
    """
    base = published_on(published)
    if base is None:
        return
    for match in _NAMED.finditer(text):
        days = _distance(text, match, base)
        if days is not None and 1 <= base.toordinal() + days <= date.max.toordinal():
            yield match.start(), match.end(), (base + timedelta(days=days)).isoformat()


def _distance(text: str, match: re.Match[str], base: date) -> int | None:
    """Days from the publication to the day that is meant."""
    if _SAID.search(text, max(0, match.start() - 50), match.start()) or _SAYS.match(
        text, match.end()
    ):
        return None
    if match["today"]:
        return 0
    if match["yesterday"]:
        return -1
    lead = (match["lead"] or "").lower()
    if lead in _NO_DAY or _DATED.match(text, match.end()):
        return None
    back = (base.weekday() - WEEKDAYS.index(match["day"])) % 7
    if lead in ("next", "coming"):
        return (-back) % 7 or 7
    if lead in ("last", "past"):
        return -(back or 7)
    ahead = lead != "" or _TO_COME.search(text, max(0, match.start() - 60), match.start())
    return (-back) % 7 if lead != "this" and ahead else -back
