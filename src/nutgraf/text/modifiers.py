"""What may be left out of an English sentence without changing what the rest of it says.

Both the writer (to shorten) and the verifier (to judge a shortened sentence) ask here. The rule is
narrow on purpose: only whole modifiers set off by punctuation, datelines and days go; a subject, a
head noun or one half of a coordination never does. docs/decisions/verifier.md has the measurement,
by kind of modifier, on deletions that summarisers made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nutgraf.text.tokens import Tokens
from nutgraf.text.words import STOP

__all__ = ["ATTRIBUTION", "NEGATION", "PROTECTED", "Modifier", "modifiers"]

NEGATION = frozenset(
    """not no never none nobody nothing nor neither without hardly barely scarcely deny denies
    denied denying refuse refused refuses fail failed fails false untrue hoax unable""".split()
)
ATTRIBUTION = frozenset(
    """said say says saying told tells according reported reports reportedly claimed claims claim
    announced announces alleged alleges allege allegedly believed believes believe thought argue
    argued argues suggested suggests suggest stated states described called calls accused accuses
    accusing estimated estimates wrote writes added adds confirmed confirms insisted insists warned
    warns testified claiming alleging reporting arguing suggesting warning insisting citing quoting
    stating confirming announcing""".split()
)
PROTECTED = (
    NEGATION
    | ATTRIBUTION
    | frozenset(
        # modality and hedges
        """may might could would should can must will likely unlikely possible possibly probably
        perhaps maybe apparently seemingly seems seem appear appears appeared expected planned
        plans proposed potential potentially suspected presumed purported purportedly supposed
        supposedly rumoured rumored so-called attempted attempting former formerly ex acting
        would-be hypothetical unconfirmed preliminary
        about around approximately roughly nearly almost some several few many most much all every
        each both half only just least over under than more less fewer up exactly
        if unless until till except excluding besides but although though despite whether
        first last second next previous previously ever once again already still yet""".split()
    )
)
"""Words that change what a sentence claims: none of them may be among the words left out."""

_CONDITIONS = frozenset("if unless until till except excluding".split())
_COMMENT = frozenset("move step bid effort sign".split())
_COMMENTS_ON = frozenset("that to aimed meant intended seen likely".split())

_RELATIVE = frozenset("which who whose where whom".split())
_ARTICLES = frozenset("a an the his her its their".split())
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_PARTS = frozenset("morning afternoon evening night".split())
_EARLY = frozenset("early late".split())
_COMPARED = frozenset("earlier later".split())
_MOMENT = r"(?:dawn|daybreak|sunrise|noon|midday|dusk|sunset|nightfall|midnight)"
_CLOCK_BEFORE = re.compile(rf"(?i)(?:\d\s?[ap]\.?m\.?|\d[:.]\d\d|o['’]clock|\b{_MOMENT}),?\s*$")
_CLOCK_AFTER = re.compile(
    rf"(?i),?\s*(?:(?:at|around|about|between|from)\s+\d|(?:\w+\s+){{1,2}}{_MOMENT}\b"
    r"|\d{1,2}\b|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s+\d)"
)
"""The rest of a time ("before dawn on Tuesday", "on Tuesday at 8 a.m.", "on Friday, 20 May"): a
day that would leave it behind stays."""
_SAID = frozenset("said told announced reported confirmed says".split())
_CONNECTIVES = frozenset("but and".split())
_SENTENCE_ADVERBS = frozenset(
    "meanwhile however also moreover furthermore additionally separately".split()
)
# A sentence that opens with one of these has a comma after an adverbial, which a pair of commas
# must not be mistaken for: "In Syria, the army, backed by Russia, ...".
_OPENERS = frozenset(
    """in on at by for from with without when while if as after before since because although
    though despite during under over to of into until unless once like unlike among amid
    according""".split()
)
_FINITE = frozenset(
    """was were is are has have had will would can could may might must should did does do said
    says told went came took made got gave began became won lost left led met ran rose fell
    found kept put saw sent set shot sold stood struck thought wrote died""".split()
)
_AFTER_PARTICIPLE = frozenset("by of in with as from on at to for against".split())
_NOT_GERUNDS = frozenset(
    """including according pending during following excluding barring regarding concerning being
    assuming depending providing supposing considering lacking
    nothing anything something everything king spring morning evening""".split()
)
_SUBORDINATE = frozenset("after as while".split())
_NO_CLAUSE = frozenset("far long if though well part soon".split())  # "as far as anyone knows"
_MODAL = frozenset("will would may might could can shall should must".split())
_COPULA = frozenset("is are was were be been being due set scheduled slated falls fell".split())
_DATELINE = re.compile(
    r"""(?x)\s*(?:
    (?:[A-Z][A-Z.'’]+,?\s+|\([A-Z][\w\ ./&]*\)\s*|[A-Z][a-z]{1,5}\.,?\s*|[A-Z][a-z]+,?\s+
      |(?:\d{1,2}|(?:19|20)\d\d),?\s+){1,6}
    (?:(?:--|[—–_])\s*|-\s+)
    |\((?:AP|Reuters|AFP|CNN|UPI|dpa|EFE|ANSA|TASS|Xinhua|Bloomberg|IANS|PTI)(?:\s[A-Z]\w+)?\)
    \s*(?:(?:--|[-—–])\s*)?
    |[A-Z][\w.,'’\ ]{2,40}\s\([A-Z][\w\ ./&]*\)\s*(?:--|[-—–])\s*
    |(?:[A-Z][\w.'’]+,?\s){1,3}\([A-Z]{2,}\)(?=[A-Z][a-z]*\s))"""
)
"""Where a report was filed from, up to its dash: capitals, agencies in brackets, states, dates."""
_DASH = re.compile(r"--|[—–]|\s-\s")
_SHOUTS = re.compile(r"[A-Z]{3,}|\(")


class Modifier(NamedTuple):
    """Tokens `start` to `end` (exclusive) that may go as a whole."""

    start: int
    end: int
    kind: str


def modifiers(sentence: Tokens) -> list[Modifier]:
    """The modifiers of one sentence that may be left out, in order; they may nest."""
    gaps = [sentence.gap(i) for i in range(len(sentence) + 1)]
    found = [*_opening(sentence, gaps), *_days(sentence, gaps)]
    for kind, units in (
        ("parenthesis", _bracketed(sentence, gaps)),
        ("relative", _relatives(sentence, gaps)),
        ("apposition", _appositions(sentence, gaps)),
        ("participle", _participles(sentence, gaps)),
        ("clause", _clauses(sentence, gaps)),
    ):
        found += [Modifier(a, b, kind) for a, b in units if _harmless(sentence, a, b, PROTECTED)]
    found += [
        Modifier(a, b, "comment")
        for a, b in _comments(sentence, gaps)
        if _harmless(sentence, a, b, NEGATION | ATTRIBUTION | _CONDITIONS)
    ]
    return sorted({m for m in found if m.end - m.start < len(sentence)})


def _harmless(sentence: Tokens, start: int, end: int, protected: frozenset[str]) -> bool:
    """Whether nothing protected is among the tokens, and no quotation is cut."""
    quoted = sentence.quoted
    return (
        protected.isdisjoint(sentence.norms[start:end])
        and len(set(quoted[start:end])) == 1
        and len(sentence) - (end - start) >= 4
    )


def _opening(sentence: Tokens, gaps: list[str]) -> Iterator[Modifier]:
    match = _DATELINE.match(sentence.text)
    if match and _SHOUTS.search(match.group()):
        end = sum(1 for start, _ in sentence.spans if start < match.end())
        if 0 < end <= 10:
            yield Modifier(0, end, "dateline")
    first = sentence.norms[0] if len(sentence) else ""
    if first in _CONNECTIVES and not gaps[0].strip():
        yield Modifier(0, 1, "connective")
    if first in _SENTENCE_ADVERBS and len(sentence) > 1 and gaps[1].startswith(","):
        yield Modifier(0, 1, "connective")


def _days(sentence: Tokens, gaps: list[str]) -> Iterator[Modifier]:
    """ "on Tuesday", "said Tuesday", "On Tuesday night," """
    norms = sentence.norms
    for i, norm in enumerate(norms):
        if norm not in _DAYS:
            continue
        end = i + 2 if i + 1 < len(norms) and norms[i + 1] in _PARTS else i + 1
        after = gaps[end][:1]
        if end < len(norms) and (norms[end] in ("'s", "and", "or", "to") or after == "-"):
            continue
        if gaps[end].startswith((" -", "'", "’", "/")):
            continue
        start = _day_starts(norms, gaps, i)
        if start is None or not _ends_phrase(sentence, gaps, end):
            continue
        if not _leaves_a_time(sentence, start, end):
            yield Modifier(start, end, "day")


def _day_starts(norms: Sequence[str], gaps: Sequence[str], i: int) -> int | None:
    """Where the phrase starts that the day `norms[i]` ends ("early on Tuesday"), if it may go."""
    dated = bool(i) and norms[i - 1] == "on"
    start = i - 1 if dated else i
    if start and norms[start - 1] in _EARLY and not gaps[start].strip():
        start -= 1
    before = norms[start - 1] if start else ""
    if not dated:
        return start if before in _SAID else None
    bound = before in PROTECTED - ATTRIBUTION or before in _COPULA or before in _COMPARED
    return None if bound else start


def _leaves_a_time(sentence: Tokens, start: int, end: int) -> bool:
    """Whether a day belongs to a time of day or a date beside it, which would be left behind."""
    text, spans = sentence.text, sentence.spans
    return bool(
        _CLOCK_BEFORE.search(text[: spans[start][0]]) or _CLOCK_AFTER.match(text, spans[end - 1][1])
    )


def _ends_phrase(sentence: Tokens, gaps: list[str], end: int) -> bool:
    """Whether what follows a day is not a noun that the day belongs to ("on Tuesday flights")."""
    if end >= len(sentence) or gaps[end].strip(" ") or sentence.norms[end] in _FINITE:
        return True
    return sentence.norms[end] in _OPENERS or sentence.norms[end] in ("that", "he", "she", "they")


def _bracketed(sentence: Tokens, gaps: list[str]) -> Iterator[tuple[int, int]]:
    """(...) after what it explains, and — ... — in pairs."""
    for i in range(1, len(sentence)):
        if sentence.norms[i - 1] in STOP:  # "said (Bell) had": it stands for the subject
            continue
        if "(" in gaps[i] and not gaps[i].rstrip().endswith(")"):
            for j in range(i + 1, min(i + 30, len(sentence) + 1)):
                if ")" in gaps[j]:
                    if not (j < 8 and _DASH.search(gaps[j])):  # the agency of a dateline
                        yield i, j
                    break
    dashes = [
        i for i, gap in enumerate(gaps) if gap.strip() in ("—", "–", "--", "-") and gap != "-" and i
    ]
    if len(dashes) == 2 and dashes[1] < len(sentence) and not _names_source(sentence, dashes[1]):
        yield dashes[0], dashes[1]


def _names_source(sentence: Tokens, i: int) -> bool:
    """Whether what follows a dash only says who says so: without the dash it would run on."""
    tail = sentence.norms[i:]
    return len(tail) <= 10 and not ATTRIBUTION.isdisjoint(tail) and not _resumes(sentence, i)


def _next_comma(gaps: list[str], start: int) -> int | None:
    for j in range(start + 1, len(gaps) - 1):
        if gaps[j].startswith(","):
            return j
        if gaps[j].strip():
            return None
    return None


def _resumes(sentence: Tokens, i: int) -> bool:
    """Whether the main clause goes on with its verb at token `i`."""
    norm = sentence.norms[i]
    following = sentence.norms[i + 1] if i + 1 < len(sentence) else ""
    if norm in _FINITE:
        return True
    return norm.endswith("ed") and len(norm) > 4 and following not in _AFTER_PARTICIPLE


def _relatives(sentence: Tokens, gaps: list[str]) -> Iterator[tuple[int, int]]:
    """ ", who was 34," before the verb, and ", which ..." that ends the sentence."""
    n = len(sentence)
    for i in range(2, n):
        if sentence.norms[i] not in _RELATIVE or gaps[i].strip() != ",":
            continue
        comma = _next_comma(gaps, i)
        if comma is None:
            if not any(gap.strip() for gap in gaps[i + 1 : n]):
                yield i, n
        elif _resumes(sentence, comma):
            yield i, comma


def _appositions(sentence: Tokens, gaps: list[str]) -> Iterator[tuple[int, int]]:
    """ ", the mayor," and ", 34," between a name and its verb."""
    if not len(sentence) or sentence.norms[0] in _OPENERS:
        return
    for i in range(1, len(sentence)):
        if gaps[i].strip() != "," or not sentence.raw(i - 1)[0].isupper():
            continue
        age = sentence.raw(i).isdigit()
        comma = _next_comma(gaps, i)
        if comma is None or not (age or sentence.norms[i] in _ARTICLES):
            continue
        if (comma == i + 1 if age else comma - i <= 14) and _resumes(sentence, comma):
            yield i, comma


def _participles(sentence: Tokens, gaps: list[str]) -> Iterator[tuple[int, int]]:
    """ ", signalling ..." to the end of the sentence."""
    for i in range(4, len(sentence)):
        norm = sentence.norms[i]
        if gaps[i].strip() != "," or not norm.endswith("ing") or len(norm) < 6:
            continue
        if norm not in _NOT_GERUNDS and not any(";" in g or ":" in g for g in gaps[i:-1]):
            yield i, len(sentence)


def _clauses(sentence: Tokens, gaps: list[str]) -> Iterator[tuple[int, int]]:
    """ ", after ..." to the end of the sentence."""
    for i in range(4, len(sentence)):
        if sentence.norms[i] not in _SUBORDINATE or gaps[i].strip() != ",":
            continue
        if i + 1 == len(sentence) or sentence.norms[i + 1] in _NO_CLAUSE:
            continue
        if not _MODAL.isdisjoint(sentence.norms[:i]):  # then it may be a condition
            continue
        if not any(gap.strip() for gap in gaps[i + 1 : -1]):
            yield i, len(sentence)


def _comments(sentence: Tokens, gaps: list[str]) -> Iterator[tuple[int, int]]:
    """ "in a move that is expected to ...": a remark on the whole, up to a comma or the end.

    What hedges stand in it belong to the remark, so they may go with it.
    """
    norms = sentence.norms
    for i in range(4, len(sentence) - 4):
        opens = norms[i : i + 2] == ("in", "a") and norms[i + 2] in _COMMENT
        if not opens or norms[i + 3] not in _COMMENTS_ON:
            continue
        comma = _next_comma(gaps, i)
        if comma is None and not any(gap.strip() for gap in gaps[i + 1 : -1]):
            yield i, len(sentence)
        elif comma is not None and not ATTRIBUTION.isdisjoint(norms[comma:]):
            yield i, comma
