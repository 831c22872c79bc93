"""Plain text saved from a page, taken apart into title, sentences and the rest."""

from __future__ import annotations

import re

from msgspec import Struct, field

from nutgraf.text.furniture import is_furniture, is_sentence_like

__all__ = ["Reading", "read_page_text"]

_ENDED = re.compile(r"[.!?。！？…।؟][\"”»’')\]]*$")
_CITATION = re.compile(
    r"\[?\(?\d{1,3}\)?\]?|[\[({]?(?:[a-z]|\d{1,3}(?:\s?[,–-]\s?\d{1,3})*)[\])}]|[¹²³⁰-⁹]+"
)
_PUNCTUATION = re.compile(r"[.,;:!?…。、)\]»”\"']+")
_MARK_INSIDE = re.compile(r"(?<=[\w.,\"”])\s?\[(?:\d{1,3}|citation needed|note \d+)\](?=\W|$)")
_DOMAIN = re.compile(r"(?:www\.)?(?:[\w-]+\.)+(?:[a-z]{2,12})", re.IGNORECASE)
_DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d+\s(?:hours?|days?|minutes?)\sago\b|\b\d{1,2}:\d\d\b", re.IGNORECASE
)
_BYLINE = re.compile(
    r"(?:by|written by|words by|story by|von|par|por|di|door|av|od|автор:?)\s+\S+(?:\s+\S+){0,8}",
    re.IGNORECASE,
)
# Kind labels that sites print over an article.
_LABEL = re.compile(
    r"(?:news(?: article)?|breaking(?: news)?|opinion|analysis|commentary|editorial|review|feature|"
    r"interview|explainer|live|sponsored(?: content)?|paid post|advertorial|press release|"
    r"partner content|research|column|nachrichten|meinung|kommentar|analyse|anzeige|"
    r"actualités?|opinion|tribune|análisis|opinión|noticias?|opinione|analisi|notizie|"
    r"publicidad|pubblicità|publicité|мнение|аналитика|новости)s?",
    re.IGNORECASE,
)
_SHORT = 90
"""Characters of a line that may be a title or a label."""


class Reading(Struct, frozen=True, kw_only=True):
    """What a plain text saved from a page holds."""

    title: str = ""
    text: str = ""
    """Sentences only, a paragraph a line."""
    publisher: str | None = None
    published_line: str | None = None
    """The line that holds a date, as it stands."""
    authors_line: str | None = None
    labels: list[str] = field(default_factory=list)
    """Lines that name a kind ("Opinion", "News article")."""


def read_page_text(text: str) -> Reading:
    """Take a text saved from a page apart: title, sentences, and what the rest tells.

    Lines come back joined where a citation mark stood between a sentence and its full stop.
    """
    lines = _without_citations([" ".join(line.split()) for line in text.splitlines()])
    body = _body(lines)
    title, rest = _title(lines, body)
    kept = [lines[i] for i in body if i in rest]
    outside = [line for i, line in enumerate(lines) if i not in rest and line != title]
    return Reading(
        title=title,
        text="\n".join(kept),
        publisher=_publisher(outside),
        published_line=next((x for x in outside if len(x) < 80 and _is_dated(x)), None),
        authors_line=next((x for x in outside if _BYLINE.fullmatch(x) and len(x) < 100), None),
        labels=[line for line in outside if _LABEL.fullmatch(line)],
    )


def _without_citations(lines: list[str]) -> list[str]:
    """Drop lone citation numbers; give the punctuation they cut off back to its sentence."""
    kept: list[str] = []
    for line in lines:
        if not line:
            continue
        if kept and _PUNCTUATION.fullmatch(line):
            kept[-1] = kept[-1] if _ENDED.search(kept[-1]) else kept[-1] + line
        elif not (kept and _CITATION.fullmatch(line)):
            kept.append(_MARK_INSIDE.sub("", line))
    return kept


def _body(lines: list[str]) -> list[int]:
    """Indices of the lines that are sentences of the article."""
    found = [i for i, line in enumerate(lines) if is_sentence_like(line) and not is_furniture(line)]
    return found if not found else _without_tail(lines, found)


def _without_tail(lines: list[str], found: list[int]) -> list[int]:
    """Cut what comes after the article: short sentences among three or more other lines."""
    end = len(found)
    while end > 1:
        before, last = found[end - 2], found[end - 1]
        gap = lines[before + 1 : last]
        strange = sum(is_furniture(line) for line in gap)
        if strange and len(lines[last]) < 2 * _SHORT and len(gap) >= 2:
            end -= 1
        else:
            break
    return found[:end]


def _title(lines: list[str], body: list[int]) -> tuple[str, set[int]]:
    """The title, and the indices of the body without it.

    The last heading-like line before the body that is no label, byline or menu item; where
    several stand there, the longest, for menus are short. A first line that ends like a sentence
    but is short and followed by a longer one may be a title too ("Is it over?").
    """
    kept = set(body)
    first = body[0] if body else len(lines)
    heads = [line for line in lines[:first] if _may_be_title(line)]
    if heads:
        return max(heads[:8], key=lambda line: min(len(line.split()), 12)), kept
    if len(body) > 1 and lines[first].endswith(("?", "!")) and len(lines[first]) < _SHORT:
        return lines[first], kept - {first}
    return "", kept


def _may_be_title(line: str) -> bool:
    if is_furniture(line) or _LABEL.fullmatch(line) or _DOMAIN.fullmatch(line):
        return False
    if _BYLINE.fullmatch(line) and len(line) < 60:
        return False
    if _is_dated(line) and len(line.split()) < 7:
        return False
    wide = sum(c > "\u2e80" for c in line)
    return len(line.split()) + wide // 2 >= 3 and len(line) <= 250


def _is_dated(line: str) -> bool:
    return bool(_DATE.search(line)) and not is_furniture(line)


def _publisher(lines: list[str]) -> str | None:
    """The line that looks like a domain, which is how a page's footer names its outlet."""
    domains = [x for x in lines if _DOMAIN.fullmatch(x) and not x[0].isdigit()]
    return domains[-1] if domains else None
