"""Sentences of a text as spans, in many languages."""

from __future__ import annotations

import re

__all__ = ["Span", "sentences"]

Span = tuple[int, int]
"""Start and end, in code points, such that `text[start:end]` is the sentence, unpadded."""

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BULLET = re.compile(r"(?<=\s)(?=[•‣▪●◦]\s)")
# A clock time or a title ends in a full stop that is not the sentence's: "2 a.m. Tuesday",
# "Gov. Smith", "M. Dupont", an initial ("Booker T. Washington").
_TIME = re.compile(r"\b[ap]\.m\.$")
_TITLE = re.compile(
    r"(?:\b(?:Gov|Sen|Rep|Reps|Sens|Lt|Col|Sgt|Gen|Capt|Cmdr|Adm|Rev|Hon|St|Ste|Mt|Ft|Pt|Jr|Sr|Dr|Prof"
    r"|Mr|Mrs|Ms|Mme|Mlle|Sra|Dra|Sig|Dott|Av|av|Fa|Supt|Det|Insp|Pvt|Cpl|Maj|Pres|Atty|Assn|Dept|vs)"
    r"|(?<![\w.])[A-Z]|\b(?:г|ул|им|д-р))\.$"
)
_NUMBER_FOLLOWS = re.compile(r"(?:\b(?:No|Nos|Nr|Art|art|n|núm|num|Sec|Fig|pp?|ca|approx|стр)\.)$")
# German counts with a full stop ("der 2. Weltkrieg"); an Arabic title is a letter ("د. أحمد").
_ORDINAL = re.compile(
    r"\b(?:[Dd](?:er|ie|as|em|en|es)|[Aa]m|[Ii]m|[Vv]om|[Zz]u[mr]|[Ss]ein\w*|[Ii]hr\w*) \d{1,3}\.$"
)
_LETTER_TITLE = re.compile(r"(?<!\w)[دأا]\.$")
_STARTS_SENTENCE = re.compile(
    r"(?:The|A|An|He|She|It|They|We|But|And|In|On|At|After|When|If|Its)\b"
)
_STARTS_GERMAN = re.compile(r"(?:Der|Die|Das|Er|Sie|Es|Wir|Ich|Dann|Danach|Und|Aber|In|Im|Am)\b")
_NO_START = re.compile(r"[.,;:!?)\]»”’、。，](?!\w)|\[\d+\]|-\w|[ºª°]")
_LIST_NUMBER = re.compile(r"\(?\d{1,2}[.)]$")
# What the library leaves in one piece: "said no. Prof.", "(This was odd.) He came".
_MISSED = re.compile(
    r"(?<=\bno\.)\s+(?=[A-Z]\w)|(?<=\bт\. [дп]\.)\s+(?=[А-ЯЁ«])|(?<=。)(?=[0-9０-９])"
    r"|(?<=[.!?]\))\s+(?=[A-Z\"“])|(?<=[.!?][”\"]\))\s+(?=[A-Z\"“])"
)
# A quotation in Chinese or Japanese ends in its own full stop before the words that say who spoke.
_QUOTE_CLOSED = re.compile(r"[。！？!?…][”」』’]$")
_SPEAKER = re.compile(r"と|[^，。！？]{0,14}(?:说|說|表示|指出|称|稱|强调|道)")


def sentences(text: str, language: str | None = "en") -> list[Span]:
    """Spans of the sentences, in order; together they hold every character that is not space.

    A line break always ends one. A quotation of several sentences on one line stays whole.
    `language` is an ISO 639-1 code; None or an unknown one falls back on English rules.
    Segmentation is sentencex's with the repairs of docs/decisions/sentences.md.
    """
    found: list[Span] = []
    for line in _LINE.finditer(text):
        cuts = [m.start() for m in _BULLET.finditer(text, line.start(), line.end())]
        for start, end in zip([line.start(), *cuts], [*cuts, line.end()], strict=True):
            found.extend(_of_line(text, start, end, language or "en"))
    return found


def _of_line(text: str, start: int, end: int, language: str) -> list[Span]:
    spans: list[Span] = []
    for begin, stop in _pieces(text, start, end, language.partition("-")[0].lower()):
        if spans and _joins(text[spans[-1][0] : spans[-1][1]], text[begin:stop]):
            spans[-1] = (spans[-1][0], stop)
        else:
            spans.append((begin, stop))
    return spans


def _pieces(text: str, start: int, end: int, language: str) -> list[Span]:
    """What the library cuts a line into, cut once more where it missed an end, without padding."""
    import sentencex

    pieces = list(sentencex.segment(language, text[start:end]))
    if sum(map(len, pieces)) != end - start:  # it left something out: keep the line whole
        pieces = [text[start:end]]
    found: list[Span] = []
    at = start
    for piece in pieces:
        inner = [m.end() for m in _MISSED.finditer(piece) if _balanced(piece[: m.start()])]
        for a, b in zip([0, *inner], [*inner, len(piece)], strict=True):
            part = piece[a:b]
            if part.strip():
                left = len(part) - len(part.lstrip())
                found.append((at + a + left, at + a + len(part.rstrip())))
        at += len(piece)
    return found


def _balanced(before: str) -> bool:
    """Whether no quotation is open at the end of `before`."""
    return before.count('"') % 2 == 0 and before.count("“") <= before.count("”")


def _joins(before: str, after: str) -> bool:
    """Whether the library cut inside a sentence."""
    if _NO_START.match(after) or _LIST_NUMBER.fullmatch(before):
        return True
    if _QUOTE_CLOSED.search(before) and _SPEAKER.match(after):
        return True
    if _NUMBER_FOLLOWS.search(before) and after[0].isdigit():
        return True
    if _LETTER_TITLE.search(before):
        return True
    if _ORDINAL.search(before):
        return after[0].isupper() and not _STARTS_GERMAN.match(after)
    if _TITLE.search(before):
        # "in the U.S. The army" ends; "Lt. Smith", "J. K. Rowling" and "U.S. Rep." do not.
        return after[0].isupper() and not _STARTS_SENTENCE.match(after)
    return bool(_TIME.search(before)) and not _STARTS_SENTENCE.match(after)
