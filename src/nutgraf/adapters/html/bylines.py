"""Who wrote a page: names of people, as a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from nutgraf.adapters.html.marks import Marks, Node, line_of, strings, types_of
from nutgraf.adapters.html.titles import site_names
from nutgraf.text.words import fold

__all__ = ["authors_of", "names_in"]

_META = (
    "author", "article:author", "citation_author", "dc.creator", "dcterms.creator",
    "parsely-author", "sailthru.author", "byl", "authors", "og:article:author", "rbauthors",
    "article:author_name", "article.author", "cxenseparse:author", "dc:creator",
)  # fmt: skip
_BY = re.compile(
    r"^\W*(?:(?:(?:story|words|text|report|article|review|opinion|analysis|posted|published|"
    r"written|authored|contributed|reported|added|submitted|guest post)\s*(?:and \w+ )?by|by|"
    r"authors?(?:\(s\))?|written|contributors?|von|par|por|di|door|av|af|autor(?:in|en)?|"
    r"auteure?s?|texto?|redacci[oó]n|de)\b\s*:?|作者|文|记者|記者)\s*:?\s*",
    re.IGNORECASE,
)
_END = re.compile(
    r"\s*(?:[|•·–—\n]|\s-\s|\b(?:on|in|at|for|is a|was a|has been)\b\s|\bupdated?\b|\bpublished\b|"
    r"\bposted\b|\blast\b|\breviewed\b|\bedited\b|\bfact[- ]check|\bfollow\b|\bshare\b|\bread more|"
    r"\bview (?:all|profile)|\bfull bio|\bmedically|\babout the|\bstaff writer|\(?@\w|"
    r"\d{1,2}[:/.]\d|\d{4}|\d+\s*min|"
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|ember|"
    r"ober)?\.?\s+\d|\b\d{1,2}(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|"
    r"dec)|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day)",
    re.IGNORECASE,
)
_BY_START = re.compile(
    r"\W*(?:by|written by|words by|story by|author|von|par|por)\b", re.IGNORECASE
)
_AND = re.compile(r"\s*;\s*|\s+(?:and|&|und|et|y|e|och|og|en)\s+|,\s*(?:and|&)\s+", re.IGNORECASE)
_SPLIT = re.compile(r"\s*,\s*")
_NAME = re.compile(
    r"(?:(?:Dr|Prof|Mr|Ms|Mrs|Sir)\.?\s)?"
    r"[^\W\d_a-z][\w'’.-]*(?:\s(?:[^\W\d_a-z][\w'’.-]*|van|von|de|der|den|del|di|da|la|le|bin|al|"
    r"ten|ter|dos|du|el|y)){1,4}"
)
_NOT_A_NAME = re.compile(
    r"https?:|www\.|[<>{}\[\]@=]|\.(?:com|org|net)\b|^\W*$|^\d+$|^(?:admin(?:istrator)?|author|"
    r"authors|editor|user|root|guest|name|null|none|undefined|unknown|n/?a|anonymous|webmaster|"
    r"by|posted|share|wordpress|the author|about the author|advertisement|comments?|contact|"
    r"written by|subscribe|follow)\W*$|^(?:learn|read|view|sign|log|privacy|cookie|terms|use|case|"
    r"company|contact|home|menu|search|get|see|show|all|our|your|click|download|share|more)\s",
    re.IGNORECASE,
)
_JOB = re.compile(
    r"^((?!the )\S+ (?:\S+ ){0,2}?\S*[a-z.])\s+(?:senior|staff|contributing|chief|"
    r"managing|associate|assistant|executive|freelance|guest|special|lead|digital|content|marketing|political|sports|"
    r"writer|editor|reporter|correspondent|columnist|journalist|contributor|founder|director|"
    r"producer|photographer|view)\b(?!.*,).*",
    re.IGNORECASE,
)
_INVERTED = re.compile(r"([^\W\d_]+), ([^\W\d_]+(?: [^\W\d_]\.?)?)")
_AGENCY = re.compile(r"[A-Z]{2,6}")
_TEAM = re.compile(r"(?:the )?(?:\w+ ){1,3}(?:team|staff|desk)", re.IGNORECASE)
_LONGEST = 100
_ASIDE = re.compile(
    r"comment|related|recent|recommend|sidebar|footer|teaser|testimonial|avatar|image|img|photo|"
    r"social|desc|more-|quote|popular|trending|latest|reply",
    re.IGNORECASE,
)
_IN_ASIDE = re.compile(r"comment|related|sidebar|recommend|testimonial", re.IGNORECASE)
_SURE = re.compile(r"(?:^|[\s_-])author(?:[_-]+(?:name|link))?(?=$|\s)|\bvcard\b", re.IGNORECASE)
_MARKED_PATH = (
    "//*[not(self::script or self::style or self::meta or self::link or self::body)]"
    "[contains(@class,'author') or contains(@class,'yline') or contains(@class,'Author')"
    " or contains(@class,'writer') or contains(@itemprop,'author') or @rel='author']"
)
_MOST_MARKED = 40
_MAY_SIGN = (
    "p", "span", "div", "a", "h4", "h5", "h6", "em", "strong", "li", "font", "td", "small",
)  # fmt: skip


def authors_of(marks: Marks, tree: Any, host: str) -> list[str]:
    """Names from JSON-LD, else from meta elements, else from a byline on the page.

    An outlet, a URL or an account name posing as an author is left out while there is a person;
    a page signed by its newsroom alone ("Staff") keeps that.
    """
    sites = site_names(marks, host)
    signed = _json_names(marks)
    meta = _unique(_meta_names(marks))
    for found in (signed, meta):
        people = [name for name in found if _NAME.fullmatch(name.partition(",")[0])]
        people = [name for name in people if _is_person(name, sites, marks)]
        if people:
            return people
    byline = [name for name in _byline(tree) if _is_person(name, sites, marks)]
    return byline or _person_nodes(marks) or (signed or meta)[:1]


def names_in(line: str) -> list[str]:
    """The names in a byline ("By A. Writer and B. Reporter, Staff") as a list."""
    line = _BY.sub("", " ".join(line.split()))
    end = _END.search(line)
    line = line[: end.start()] if end and end.start() > 0 else "" if end else line
    if not line or len(line) > 3 * _LONGEST:
        return []
    return _unique(name for part in _AND.split(line) for name in _by_commas(part))


def _by_commas(part: str) -> list[str]:
    """Apart at commas if each piece is a name; else one name with its titles ("A B, MD")."""
    pieces = [p for p in _SPLIT.split(_JOB.sub(r"\1", part.strip(" ,:-"))) if p]
    if len(pieces) > 1 and all(_NAME.fullmatch(p) or _TEAM.fullmatch(p) for p in pieces):
        return pieces
    return [", ".join(pieces)] if pieces else []


def _json_names(marks: Marks) -> list[str]:
    given = marks.article.get("author") or marks.article.get("creator")
    found: list[str] = []
    for author in given if isinstance(given, list) else [given]:
        if isinstance(author, dict):
            author = _named(author, marks)
        for name in strings(author):
            found += names_in(name)
    return _unique(found)


def _named(author: Node, marks: Marks) -> Node:
    """The author with its name: a bare reference is followed."""
    if not author.get("name"):
        other = marks.ids.get(str(author.get("@id")), {})
        if "person" in types_of(other) or "organization" in types_of(other):
            return other
        given = [author.get(k) for k in ("givenName", "familyName")]
        return {"name": " ".join(n for n in given if isinstance(n, str))}
    return author


def _meta_names(marks: Marks) -> Iterator[str]:
    for key in _META:
        found = [name for value in marks.meta.get(key, ()) for name in names_in(value)]
        if found:
            # The same author may be given by name and by account.
            yield from (_turned(name) for name in found)
            return


def _turned(name: str) -> str:
    """ "Writer, Ann" of library catalogues is Ann Writer."""
    match = _INVERTED.fullmatch(name)
    return f"{match[2]} {match[1]}" if match and not _capitals(match) else name


def _capitals(match: re.Match[str]) -> bool:
    """Degrees and agencies stand in capitals: "Ann Writer, MD", "AFP, Paris"."""
    return match[1].isupper() or match[2].isupper()


def _byline(tree: Any) -> list[str]:
    """Names in the first short element that is marked as a byline and holds one.

    A name that is a link of its own there is the surest: the rest is often a job title.
    """
    for element in tree.xpath(_MARKED_PATH)[:_MOST_MARKED]:
        if _ASIDE.search(element.get("class") or "") or _in_aside(element):
            continue
        line = line_of(element)
        if not 3 <= len(line) <= 3 * _LONGEST:
            continue
        linked = _names_only(n for link in element.iter("a") for n in names_in(line_of(link)))
        if found := linked or _names_only(names_in(line)) or _account(element, line):
            return found
    return _signed_line(tree)


def _account(element: Any, line: str) -> list[str]:
    """A single word or a team, if the page leaves no doubt that it is who wrote."""
    sure = element.get("rel") == "author" or element.get("itemprop") == "author"
    if not sure and not _SURE.search(element.get("class") or ""):
        return []
    return _unique(name for name in names_in(line) if len(name.split()) <= 4)


def _signed_line(tree: Any) -> list[str]:
    """Names in the first short line of the page that starts with "By" or a word like it."""
    for element in tree.iter(*_MAY_SIGN):
        start = (element.text or "").strip()
        if not start or len(start) > 2 * _LONGEST or not _BY_START.match(start):
            continue
        line = line_of(element)
        if len(line) > 2 * _LONGEST or _in_aside(element):
            continue
        if _ASIDE.search(element.get("class") or ""):
            continue
        if found := _names_only(names_in(line)) or _newsroom(names_in(line)):
            return found
    return []


def _newsroom(names: Iterable[str]) -> list[str]:
    """ "Herald staff", "AFP": who signs where no person does."""
    return [name for name in names if _TEAM.fullmatch(name) or _AGENCY.fullmatch(name)]


def _names_only(names: Iterable[str]) -> list[str]:
    return _unique(n for n in names if _NAME.fullmatch(n.partition(",")[0]))


def _person_nodes(marks: Marks) -> list[str]:
    """The one person that the JSON-LD knows, if it is one."""
    people = {
        name for n in marks.nodes if "person" in types_of(n) for name in strings(n.get("name"))
    }
    return names_in(people.pop()) if len(people) == 1 else []


def _in_aside(element: Any) -> bool:
    for level, ancestor in enumerate(element.iterancestors()):
        if level > 7:
            return False
        if ancestor.tag in ("aside", "footer", "nav"):
            return True
        if _IN_ASIDE.search(ancestor.get("class") or ""):
            return True
    return False


def _is_person(name: str, sites: set[str], marks: Marks) -> bool:
    """Not the outlet, unless it is a person's own site that JSON-LD calls a person."""
    if re.sub(r"\W+", "", fold(name)) not in sites:
        return True
    return any("person" in types_of(n) and name in strings(n.get("name")) for n in marks.nodes)


def _unique(names: Iterable[str]) -> list[str]:
    kept: dict[str, str] = {}
    for name in names:
        name = name.strip(' ,.;:|-–—"“”')
        if 1 < len(name) <= _LONGEST and not _NOT_A_NAME.search(name):
            kept.setdefault(fold(name), name)
    return list(kept.values())
