"""Counts of people by what happened to them: killed, injured, missing, arrested, aboard..."""

from __future__ import annotations

import re

from nutgraf.stages.figures.place import Noun, Place, Stated, noun_after

__all__ = ["PERSONS", "fate_after", "fate_before", "person_noun", "read_people"]

_GENERIC = frozenset(
    """people person persons others individuals man men woman women victims males females
    male female residents them other victim bodies souls lives men's adults""".split()
)
"""Nouns that say nothing of whom: "two others", "three men" and "three people" are one thing."""
PERSONS = _GENERIC | frozenset(
    """children child boys girls boy girl teens teenagers students pupils teachers officers
    soldiers civilians passengers workers employees suspects troops brothers sisters
    relatives members officials personnel staff crew migrants refugees protesters
    demonstrators prisoners hostages captives patients doctors nurses observers voters
    families builders divers police firefighters survivors guests spectators fans players
    tourists customers users witnesses senators lawmakers deputies councillors journalists
    experts scientists researchers engineers volunteers households candidates women's sons
    daughters kids youths gunmen attackers militants fighters rebels professionals agents
    guards inmates detainees immigrants citizens bystanders testers dockers drivers
    sailors seafarers fishermen farmers novelists authors writers parents lawyers judges
    freshmen infants babies toddlers couples homeowners tenants""".split()
)
"""Nouns that are people."""

_CATEGORIES = {
    "killed": r"kill(?:ed|ing|s)?|dead|died|dies|die|dying|drown(?:ed|ing)|slain"
    r"|murder(?:ed|ing)|fatally"
    r"|lost (?:their|his|her) li(?:fe|ves)|deaths?|bodies",
    "injured": r"injur(?:ed|ing|es)|wound(?:ed|ing|s)|hurt(?:ing)?|injuries",
    "missing": r"missing|unaccounted",
    "rescued": r"rescu(?:ed|ing)|pulled (?:alive|from)|saved|found alive",
    "arrested": r"arrest(?:ed|ing|s)?|detain(?:ed|ing)|(?:in|into) custody",
    "charged": r"charged|indicted",
    "shot": r"shot(?! (?:at|dead|and killed))|hit by gunfire|struck by (?:bullets|gunfire)|gunned",
    "aboard": r"aboard|on board|passengers and crew",
    "evacuated": r"evacuat(?:ed|ing)|displac(?:ed|ing)|homeless",
    "hospitalised": r"hospitali[sz]ed|admitted|taken to (?:a |the )?hospitals?|rushed to",
    "infected": r"infected|fallen ill|sickened",
    "released": r"released|freed|to be freed",
}
_DEEDS = frozenset("death deaths killing murder arrests arrest".split())
"""What people may be connected with without having suffered it."""
_ANY = re.compile(
    r"\b(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _CATEGORIES.items()) + r")\b",
    re.IGNORECASE,
)
_BOUNDS = (
    r"(?:at least|more than|as many as|up to|about|around|some|nearly|almost|an estimated|over|the|"
    r"another|a further|all|roughly|approximately|only|just|off|out)"
)
_ACTIVE = re.compile(
    r"\b(?:(?P<killed>kill(?:ing|ed|s)|murder(?:ing|ed)|drown(?:ing|ed)|claim(?:ing|ed)|deaths?"
    r" of|fatally "
    r"(?:shot|shooting|wounding|wounded))"
    r"|(?P<injured>injur(?:ing|ed|es)|wound(?:ing|ed|s)|hurt(?:ing)?)"
    r"|(?P<arrested>arrest(?:ing|ed|s|s of|\b of)?|detain(?:ing|ed))|(?P<rescued>rescu(?:ing"
    r"|ed)|pulled)"
    r"|(?P<shot>shooting|shot)|(?P<charged>charg(?:ed|ing))"
    r"|(?P<evacuated>displac(?:ing|ed)|evacuat(?:ing|ed))"
    rf")(?: {_BOUNDS})*[ ]$",
    re.IGNORECASE,
)
_TOLL = re.compile(
    r"\b(?:(?P<toll>death toll|toll|number of (?:the )?(?:dead|deaths))|(?P<of>number of"
    r" (?P<noun>[a-z]+)\b[^,;]{0,50}?))"
    r"(?: [a-z]+)?(?: at least)? (?:(?:has |had |have |now |that day )*"
    r"(?:rose|rises|risen|stands|stood|climbed|climbs|reached|reaches|jumped|was|is|fell|falls"
    r"|grew|passed|put)"
    r"(?: by \w+)?(?: up| now)?(?: to| at)?|to|at)"
    rf"(?: {_BOUNDS})*[ ]$",
    re.IGNORECASE,
)
_CARRYING = re.compile(rf"\bcarrying(?: {_BOUNDS})*[ ]$")
_ADJECTIVE = re.compile(
    r"[ ](?:(?:other|others|more|people|men|women|persons?)[ ])*"
    r"(?P<word>dead|killed|wounded|injured|hurt|missing|shot|arrested|rescued|detained|aboard"
    r"|on board)\b",
    re.IGNORECASE,
)
_OF_THEM = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|[0-9]+|some|most|none|several|half)"
    r" of (?:the|those|these|its|his|her|their) $",
    re.IGNORECASE,
)
_GUN_SHOT = re.compile(r"\b(?:fir(?:ed|es|ing)|heard|took|with|a|the)(?: \w+)?[ ]$", re.IGNORECASE)
_PASSIVE = re.compile(
    r"^(?:[^,]|,(?=[^,]*,)){0,60}?\b(?:was|were|are|is|been|be|being|had|has|have|remain(?:ed|s)?|"
    r"died|drowned|dead|killed|wounded|injured|hurt|missing|arrested|aboard|shot)\b",
)
_INCREMENT = re.compile(r"\b(?:another|a further|an additional)[ ]$", re.IGNORECASE)
_ONE_DEAD = re.compile(
    r"[ ](?:(?:person|man|woman|child|boy|girl|other)[ ])?(?:was |is |has been )?$"
)


def person_noun(noun: str) -> str:
    """The noun for a slot's name: whom it is about, or just "people"."""
    return "people" if noun in _GENERIC else noun


def read_people(place: Place) -> Stated | None:
    """A count of people whose fate or act the clause states; None if it is not one."""
    one = place.number.low == 1
    noun = noun_after(place.after, one=one)
    if noun is not None and noun.head == "bodies":
        return Stated("bodies found", place.value, "bodies")
    if _INCREMENT.search(place.left) or (noun and "more" in noun.qualifiers):
        return None
    if noun is not None and noun.head not in PERSONS:
        return None
    if (
        noun is None
        and one
        and not re.match(
            r"[ ](?:other|dead|killed|wounded|injured|missing|shot|arrested|boy|girl|victim"
            r"|teen|officer)\b",
            place.after,
        )
    ):
        return None
    found = _toll(place) or _happened(place, noun)
    if found is None:
        return None
    category, of = found
    if category == "shot" and noun and (noun.head == "others" or "other" in noun.qualifiers):
        category = "injured"  # others shot, besides the dead, are the wounded
    whom = person_noun(of or (noun.head if noun else "people"))
    if category == "arrested" and whom == "suspects":
        whom = "people"
    if category == "aboard" and whom == "passengers":
        whom = "people"
    return Stated(f"{whom} {category}", place.value, "people")


def _toll(place: Place) -> tuple[str, str] | None:
    """ "The death toll rose to 19", "the number of people rescued stands at 169"."""
    match = _TOLL.search(place.left)
    if not match:
        return None
    if match["toll"]:
        return "killed", ""
    noun = match["noun"].lower()
    inner = _ANY.search(match["of"])
    return (str(inner.lastgroup), noun if noun in PERSONS else "") if inner else None


def _happened(place: Place, noun: Noun | None) -> tuple[str, str] | None:
    """What happened to them: the verb before the number, or what follows it in the clause."""
    left, right = place.left, place.right
    adjective = _ADJECTIVE.match(place.after)
    if adjective and adjective["word"] == "shot" and _GUN_SHOT.search(left):
        return None
    headline = adjective and place.after[adjective.end() : adjective.end() + 2].strip().isupper()
    if adjective and (noun is None or headline or noun.head in _GENERIC or noun.head == "dead"):
        word = adjective["word"]
        return _category(word), ""
    if noun is None:
        active = _ACTIVE.search(left)
        elliptic = re.match(
            r"(?:[ ](?:other|others|more|of them))?(?:[.,;]|$| and | in | at | on )", place.after
        )
        return (str(active.lastgroup), "") if active and elliptic else None
    for qualifier in noun.qualifiers:
        if (match := _ANY.fullmatch(qualifier)) and match.lastgroup:
            return match.lastgroup, ""
    if _CARRYING.search(left):
        return "aboard", ""
    active = _ACTIVE.search(left)
    if active:
        category = str(active.lastgroup)
        if category == "shot" and re.match(r".{0,40}\bdead\b", noun.rest):
            category = "killed"
        return category, ""
    if _OF_THEM.search(place.before):
        return None  # "two of the four victims died": not the four
    return _suffered(noun, right)


def _suffered(noun: Noun, right: str) -> tuple[str, str] | None:
    """ "people were shot and killed", "men died", "people, including two boys, were hurt"."""
    at = right.find(noun.head)
    rest = noun.rest[: max(0, len(right) - max(at, 0) - len(noun.head))] if at >= 0 else ""
    if not _PASSIVE.match(rest):
        return None
    rest = _ASIDE.split(rest, maxsplit=1)[0]
    match = next((m for m in _ANY.finditer(rest[:90]) if m.group().lower() not in _DEEDS), None)
    if not match or not match.lastgroup:
        return None
    category = match.lastgroup
    if category == "shot" and re.match(
        r"\W+(?:and )?(?:killed|dead|to death)\b", rest[match.end() :]
    ):
        category = "killed"
    if re.search(r"\b(?:not|n't|never|no)\b|\b(?:that|which) $", rest[: match.start()]):
        return None
    return category, ""


def _category(word: str) -> str:
    match = _ANY.fullmatch(word.lower())
    return str(match.lastgroup) if match else "killed"


_ASIDE = re.compile(r", (?:where|who|which|when)\b")
_FATE_NEXT = re.compile(
    r"(?:,[^,.;]{0,30},)?[ ](?:(?:were|was|are|is|have been|had been|had|has been|have|all|both"
    r"|also|were found|was found|in a shooting|each) ){0,3}"
    r"(?P<fate>[a-z-]+(?: and killed| to death| dead| ill| to (?:a |the )?hospitals?)?)\b"
)


def fate_after(words: str) -> tuple[str, int] | None:
    """The fate that the words right after people tell ("were shot and killed"), and its end."""
    match = _FATE_NEXT.match(words)
    if not match:
        return None
    fate = match["fate"]
    if fate.startswith("shot") and re.search(r"killed|death|dead", fate):
        return "killed", match.end()
    found = _ANY.match(fate)
    return (str(found.lastgroup), match.end()) if found and found.lastgroup else None


def fate_before(words: str) -> str:
    """The fate that the words right before people tell ("killed", "the deaths of")."""
    match = _ACTIVE.search(words)
    return str(match.lastgroup) if match else ""
