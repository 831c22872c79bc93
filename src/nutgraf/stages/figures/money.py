"""What an amount of money is for, and of what a percentage is a share."""

from __future__ import annotations

import re
from fractions import Fraction

from nutgraf.stages.figures.place import Place, Stated

__all__ = ["read_fraction", "read_money", "read_percent"]

_PURPOSES = {
    "bail": r"bail|bonds?",
    "reward": r"rewards?",
    "fine": r"fines?|fined|penalty",
    "settlement": r"settlements?|settled",
    "price": r"prices?|priced|per unit",
    "cost": r"costs?|costing",
    "damage": r"damages?",
    "debt": r"debts?|loans?|borrow\w*",
    "budget": r"budgets?",
    "salary": r"salary|salaries|wages?",
    "revenue": r"revenues?|sales|turnover",
    "profit": r"profits?",
    "loss": r"loss(?:es)?|lost",
    "investment": r"invest\w*",
    "fund": r"funds?|funding|donat\w+|grants?|aid|fundraising",
    "fees": r"fees?",
    "tax": r"tax(?:es)?",
    "value": r"worth|valued?|valuation",
    "ransom": r"ransom",
    "compensation": r"compensation",
    "deal": r"deal|contract",
    "theft": r"stole|stolen",
}
_PURPOSE = re.compile(
    r"\b(?:" + "|".join(f"({words})" for words in _PURPOSES.values()) + r")\b", re.IGNORECASE
)
_PURPOSE_NAMES = tuple(_PURPOSES)
_DEEDS = {
    "paid": r"pa(?:y|ys|id|ying)",
    "spent": r"spen[dt]s?|spending",
    "raised": r"rais(?:e|ed|ing)",
    "sought": r"seek(?:s|ing)?|sought|demand\w*|ask(?:ed|ing)? for",
    "promised": r"promis\w+|pledg\w+",
    "repaid": r"repa(?:y|id)",
    "received": r"receiv\w+",
    "earned": r"earn\w*",
    "given": r"g[ia]ves?|giving",
}
_DEED = re.compile(
    r"\b(?:" + "|".join(f"({words})" for words in _DEEDS.values()) + r")\b[^,;]{0,30}$"
)
_DEED_NAMES = tuple(_DEEDS)
_EACH = re.compile(r"[ ](?:(?:per|a|an|for every|for each|each)[ ]|apiece)")
_NOUN = re.compile(
    r"[ -](?:(?:in|of|worth of)[ ])?(?:the |its |a |an |his |her |their )?"
    r"((?:[a-zA-Z][\w-]+[ ]){0,2}?[a-z][a-z-]{3,})\b"
)
_NO_NOUN = re.compile(
    r"(?:and|or|to|for|from|by|with|that|which|per|more|less|this|last|earlier|later)\b"
)

_OF = re.compile(
    r"[ ](?:of|in|de|del|des)[ ](?:(?:all|the|its|their|his|her|la|los)[ ])*"
    r"((?:[\w-]+[ ])?[a-z-]{3,})"
)
_CHANCE = re.compile(r"[ ](chance|odds|probability|likelihood|risk)\b")
_CHANGE = re.compile(
    r"\b(?:rose|fell|up(?! to)|down|rise|fall|increase[sd]?|dropped|climbed|jumped|gained|lost"
    r"|grew|cut)\b[^,;]{0,16}$"
)
_WHOSE = re.compile(
    r"\b((?!The|In|At|On|But)[A-Z]\w+) (?:\($|(?:took|won|earned|garnered|got|received|has|had"
    r"|obtuvo|drew|at|with) (?:about |just |only )?(?:el )?$)"
)
_SUBJECT = re.compile(
    r"\b([a-z-]{4,}) (?:was|is|were|stood at|reached|of|at|fue del) (?:about |only |just )?$",
    re.IGNORECASE,
)


def read_money(place: Place) -> Stated | None:
    """Money and what it is for."""
    return Stated(_purpose(place), place.value, place.number.unit)


def _purpose(place: Place) -> str:
    """The nearest word that says what the money is; else what is done with it; else the noun."""
    if _EACH.match(place.after):
        return "price"
    left = place.left[-60:]
    if named := _nearest(left, place.right[:50]):
        return named
    if deed := _DEED.search(left):
        return f"amount {_DEED_NAMES[(deed.lastindex or 1) - 1]}"
    noun = _NOUN.match(place.after)
    if noun and not _NO_NOUN.match(noun.group(1)):
        return f"money: {noun.group(1).lower()}"
    return "amount"


def _nearest(left: str, right: str) -> str:
    best, name = 1000.0, ""
    for words, from_left in ((left, True), (right, False)):
        for match in _PURPOSE.finditer(words):
            gap = len(words) - match.end() if from_left else match.start() * 1.2
            if gap < best:
                best, name = gap, _PURPOSE_NAMES[(match.lastindex or 1) - 1]
    return name


def read_percent(place: Place) -> Stated | None:
    """A share or a change, and of what."""
    return Stated(_share(place), place.value, place.number.unit)


def read_fraction(place: Place) -> Stated | None:
    """ "A one-in-three chance", "two-thirds of voters", as "1/3", "2/3"."""
    part = Fraction(place.number.low).limit_denominator(100)
    value = f"{part.numerator}/{part.denominator}"
    if match := _CHANCE.match(place.after):
        return Stated(match.group(1), value, "fraction")
    of = _OF.match(place.after)
    return Stated(f"share of {of.group(1).lower()}", value, "fraction") if of else None


def _share(place: Place) -> str:
    if whose := _WHOSE.search(place.left):
        return f"share of {whose.group(1)}"
    if _CHANGE.search(place.left):
        return "change"
    if of := _OF.match(place.after):
        return f"share of {of.group(1).lower()}"
    subject = _SUBJECT.search(place.left)
    return subject.group(1).lower() if subject else "share"
