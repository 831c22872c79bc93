"""Who says a figure, and as of when."""

from __future__ import annotations

import re
from datetime import timedelta

from nutgraf.stages.figures.events import with_year
from nutgraf.text.moments import DAY, day
from nutgraf.text.weekdays import published_on

__all__ = ["as_of", "said_by"]

_SAYS = (
    r"(?:said|says|told|reported|announced|confirmed|estimated|estimates|warned|stated|added"
    r"|put the|puts the|"
    r"counted|listed|wrote|testified|reports|gave|informó|dijo|explicó)"
)
_BEFORE = re.compile(
    rf"(?:^|[,;:“”\"—]\s*|\b(?:that|but|while|and|as|by)\s)(?P<who>[^,;:“”\"—]{{3,70}}?)(?:,[^,]{{3,60}},)?\s+"
    rf"(?:also |later |has |had |have |earlier |is |are |on \w+ )*{_SAYS}\b"
)
_AFTER = re.compile(
    r"[,”\"]\s*(?:said|says|according to)\s+(?P<who>[^,;:“”\".]{3,70}?(?:(?:Sgt|Lt|Mr|Ms|Mrs|Dr"
    r"|Capt|Col|Maj|Cpl|Det|Gov|Sen|Rep|[A-Z])\.[^,;:“”\".]{0,40})*)(?=[,.;”\"]|\s+(?:on|in|at|who|as)\s|$)"
)
_ACCORDING = re.compile(
    r"\b[Aa]ccording to\s+(?P<who>[^,;:“”\".]{3,80}?)(?=[,.;]|\s+(?:which|who|on|said|has|have"
    r"|was|is)\s|$)"
)
_AGENCY = re.compile(
    r"\b(?:police|authorities|officials?|officers?|deputies|investigators|prosecutors|coast guard|"
    r"ministry|army|council|company|government|doctors|hospital|witnesses|mayor|governor|minister|president|spokes\w+|chief|director|judge|union|residents|sheriff|coroner|department|agency|report|survey|paper)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"(?:he|she|it|they|we|we['’]re|i|i['’]m|you|who|which|that|this|the report|the article"
    r"|(?:he|she|they) said\b.*)$",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(
    r"(?:This|That|The|These|Those)[ ](?:\w+[ ])?(?:initiative|announcement|plan|plans|figure"
    r"|number|estimate|count|pledge|programme|program),?"
    r"[ ](?:(?:was|were)[ ])?(?:which[ ])?(?:first[ ])?(?:announced|released|revealed|unveiled"
    r"|given|made|appeared|published|contained|outlined)[ ](?:by|in)[ ]"
    r"(?P<who>[^,;.]{3,80}?)(?=,|\.| published| released| on (?:Mon|Tues|Wednes|Thurs|Fri|Satur"
    r"|Sun)day)"
)
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_AS_OF = re.compile(
    rf"\b(?:as of|by)[ ](?:\w+[ ])?({'|'.join(_DAYS)})\b|"
    rf"^(?:on|by)[ ]({'|'.join(_DAYS)})\b(?=[^.]*\bhad\b)",
    re.IGNORECASE,
)
_SAID_ON = re.compile(
    rf"\b(?:said|told[ ]\w+|announced|confirmed|reported)"
    rf"[ ](?:on |late |early )?({'|'.join(_DAYS)})\b",
    re.IGNORECASE,
)
_AS_OF_DATE = re.compile(rf"\b[Aa]s of[ ](?:[\w:.]+[ ]){{0,3}}?({DAY})")


def said_by(sentence: str, at: int, following: str = "") -> str | None:
    """The speaker that a sentence names for what stands at `at`; else the one named right after.

    `following` is the next sentence: "This initiative, announced by the ministry, ..." names the
    speaker of the one before it.
    """
    if match := _ANNOUNCED.match(following):
        return _tidy(match["who"])
    found = [m for pattern in (_ACCORDING, _AFTER, _BEFORE) for m in pattern.finditer(sentence)]
    best = None
    for match in found:
        who = _tidy(match["who"])
        if who and (best is None or abs(match.start("who") - at) < best[0]):
            best = (abs(match.start("who") - at), who)
    return best[1] if best else None


def _tidy(words: str) -> str | None:
    """A speaker's name without what leads up to it; None for a pronoun or a whole clause."""
    who = re.sub(r"^(?:and|but|while|as|that|when|because|where)\s+", "", words.strip())
    who = re.sub(r"\s+(?:earlier|later|also|on \w+day|reporters)$", "", who)
    who = re.split(r" on \w+day\b", who)[0]
    who = re.split(r"\b(?:after|when|because|since|if|before) ", who)[-1]
    if re.match(r"(?:that|\w+day|in|on|at|for|with|from|of|to|an? \w+ day)\b", who):
        return None
    if len(who.split()) > 9 or _PRONOUN.fullmatch(who):
        return None
    if re.search(r"[0-9]|\b(?:was|were|is|are|had|has|have|been|will|would|into|the man)\b", who):
        return None
    if not (
        re.search(r"\b[A-Z]", who[1:])
        or (who[:1].isupper() and " " not in who)
        or _AGENCY.search(who)
    ):
        return None
    return (
        who[:1].lower() + who[1:]
        if who.startswith(
            (
                "The ",
                "A ",
                "An ",
                "Police",
                "Officials",
                "Authorities",
                "Investigators",
                "Prosecutors",
                "Residents",
                "Witnesses",
                "Officers",
                "Deputies",
            )
        )
        else who
    )


def as_of(sentence: str, published: str | None, *, moving: bool = False) -> str | None:
    """The day that a figure is said to hold for ("as of Nov. 2", "on Tuesday it had"), ISO.

    Of a `moving` quantity, a toll or a reward, the day on which somebody said it counts too.
    """
    if dated := _AS_OF_DATE.search(sentence):
        return with_year(day(dated.group(1)) or "", published, -20) or None
    match = _AS_OF.search(sentence) or (_SAID_ON.search(sentence) if moving else None)
    base = published_on(published)
    if not match or not base:
        return None
    wanted = _DAYS.index(next(filter(None, match.groups())).lower())
    return (base - timedelta(days=(base.weekday() - wanted) % 7)).isoformat()
