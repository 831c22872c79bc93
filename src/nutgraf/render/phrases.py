"""How counts, times, kinds and values are worded, alike on pages, in mail and in the feed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from nutgraf.text.languages import language_name
from nutgraf.types import Brief, Change, Correction, Drop, Edition, Usage, Value

__all__ = [
    "KINDS",
    "brief_line",
    "change_label",
    "changes_line",
    "counts_line",
    "day",
    "direction",
    "dropped_counts",
    "figure_words",
    "language_line",
    "language_tag",
    "listed",
    "moment",
    "news_line",
    "plural",
    "says_now",
    "unwritten",
    "updated",
    "usage_line",
]

KINDS = {
    "analysis": "Analysis",
    "opinion": "Opinion",
    "research": "Research",
    "release": "Release",
    "press": "Press release",
    "review": "Review",
    "live": "Live",
    "roundup": "Roundup",
    "sponsored": "Sponsored",
}
"""Label of a kind; news, the ordinary case, has none."""

_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he iw ps sd ug ur yi".split())
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_CURRENCY = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹"}
_CURRENCY_CODE = re.compile(r"[A-Z]{3}")
_BARE = frozenset(("date", "time", "clock time", "year", "number", "mixed", "count", ""))
"""Units that say nothing a reader doesn't see in the value."""

_CHANGES = {
    "fact": ("new fact", "new facts"),
    "figure": ("figure revised", "figures revised"),
    "source": ("new source", "new sources"),
    "overtaken": ("sentence overtaken", "sentences overtaken"),
    "withdrawn": ("sentence withdrawn", "sentences withdrawn"),
    "correction": ("correction", "corrections"),
}

_LABELS = {
    "fact": "Added",
    "figure": "Revised",
    "source": "New source",
    "overtaken": "Overtaken",
    "withdrawn": "Withdrawn",
    "correction": "Corrected",
}


def plural(count: int, one: str, many: str = "") -> str:
    """`1 story`, `1,204 stories`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(names: list[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def counts_line(edition: Edition) -> str:
    """The one line that counts the work behind an edition: `14 stories from 312 articles by...`."""
    counts = edition.counts
    line = (
        f"{plural(counts.stories, 'story', 'stories')} from {plural(counts.articles, 'article')} "
        f"by {plural(counts.outlets, 'outlet')}"
    )
    work = []
    if counts.copies:
        work.append(f"{plural(counts.copies, 'copy', 'copies')} folded")
    if counts.withheld:
        work.append(f"{plural(counts.withheld, 'sentence')} withheld")
    return "; ".join([line, ", ".join(work)]) if work else line


def unwritten(edition: Edition) -> list[str]:
    """That stories were told without the model that was asked for, and why, a line each reason."""
    told = [item.brief for item in edition.stories]
    why = Counter(
        brief.note for brief in told if brief.usage and not brief.written_by.startswith("model ")
    )
    return [f"{count:,} of {plural(len(told), 'story', 'stories')}: {note}"
            for note, count in why.most_common()]  # fmt: skip


def usage_line(usage: Usage) -> str:
    """What a model took: `12 answers of a model, 9 of them known; 40,100 tokens read, ...`."""
    answers = usage.calls + usage.remembered
    line = plural(answers, "answer of a model", "answers of a model")
    if usage.remembered:
        line += f", {usage.remembered:,} known from before"
    if usage.calls:
        about = "about " if usage.estimated else ""
        line += f"; {about}{usage.tokens_in:,} tokens read, {usage.tokens_out:,} written"
    return f"{line}, at a cost of {usage.cost:.4g}" if usage.cost else line


def language_tag(language: str | None) -> str:
    """A valid value for a `lang` attribute; empty means unknown."""
    tag = (language or "").replace("_", "-")
    return tag if _LANGUAGE_TAG.fullmatch(tag) else ""


def language_line(language: str | None, edition: str) -> str:
    """That a brief is in another language than its edition's, and why; empty if it is not."""
    code = language_tag(language).lower().split("-")[0]
    if not code or code == language_tag(edition).lower().split("-")[0]:
        return ""
    name = language_name(code)
    name = f"another language ({code})" if name == code else name
    return f"In {name}: these are the sources’ own words, not translated."


def direction(language: str | None) -> str:
    """`rtl`, `ltr`, or `auto` for an unknown language."""
    tag = language_tag(language).lower()
    if not tag:
        return "auto"
    return "rtl" if tag.split("-")[0] in _RIGHT_TO_LEFT else "ltr"


def day(at: date, *, weekday: bool = False) -> str:
    """`17 November 2026`, in English whatever the machine's locale."""
    words = f"{at.day} {_MONTHS[at.month - 1]} {at.year}"
    return f"{_DAYS[at.weekday()]}, {words}" if weekday else words


def _read(text: str | None) -> date | datetime | None:
    """A publication time as an outlet gave it; None if it is not ISO 8601."""
    try:
        return date.fromisoformat(text or "") if len(text or "") == 10 else _full(text or "")
    except ValueError:
        return None


def _full(text: str) -> datetime:
    return datetime.fromisoformat(text)


def moment(text: str | None, issued: datetime, *, whole: bool = False) -> str:
    """A publication time in the edition's zone: `14:05` on its day, else `17 November, 14:05`.

    `whole` gives the day in any case. A date known only to the day stays a date; what is not
    ISO 8601 comes back as it is.
    """
    at = _read(text)
    if not isinstance(at, datetime):
        return _short(at, issued) if at else (text or "")
    at = at.astimezone(issued.tzinfo) if at.tzinfo else at
    clock = f"{at:%H:%M}"
    if at.date() == issued.date() and not whole:
        return clock
    return f"{_short(at, issued)}, {clock}"


def _short(at: date, issued: datetime) -> str:
    """A day, with its year only if it is not the edition's."""
    words = day(at)
    return words if at.year != issued.year else words.removesuffix(f" {at.year}")


def updated(brief: Brief, issued: datetime) -> str:
    """When the latest source of a brief was published, in words; empty if none tells."""
    dated = [(at, s.published) for s in brief.sources if (at := _read(s.published))]
    times = [(at, text) for at, text in dated if isinstance(at, datetime) and at.tzinfo is not None]
    if times:
        return moment(max(times, key=lambda pair: pair[0])[1], issued)
    days = [text for at, text in dated if not isinstance(at, datetime)]
    return moment(max(days, key=lambda text: text or ""), issued) if days else ""


def brief_line(brief: Brief, issued: datetime) -> list[tuple[str, str]]:
    """The source line under a headline, as (role, words): `7 sources`, `3 origins`...

    The role is `conflict` for disagreements, else the word that is counted.
    """
    conflicts = sum(slot.status == "conflict" for slot in brief.figures)
    line = [("sources", plural(len(brief.sources), "source"))]
    line.append(("origins", plural(brief.origins, "origin")))
    if conflicts:
        line.append(("conflict", plural(conflicts, "disagreement")))
    if at := updated(brief, issued):
        line.append(("updated", f"updated {at}"))
    return line


def news_line(brief: Brief, edition: str = "") -> str:
    """What is new in a story that comes back: `2 new facts, 1 correction`; empty for a new one.

    Corrections of what `edition` itself said came after it, and are no news in it.
    """
    own = sum(bool(edition) and one.edition == edition for one in brief.corrections)
    return changes_line(brief.changes, len(brief.corrections) - own)


def kind_of(change: Change) -> str:
    """What a change is; a sentence is overtaken, not withdrawn, if its figure has moved on."""
    return "overtaken" if change.what == "withdrawn" and change.citations else change.what


def change_label(change: Change) -> str:
    """What a change is, in a word before its text."""
    return _LABELS[kind_of(change)]


def says_now(one: Correction) -> str:
    """What an article says now, in its words or in ours."""
    return f"{one.outlet} now says: “{one.text}”" if one.citations else one.text


def changes_line(changes: Iterable[Change], corrections: int = 0) -> str:
    """Changes counted by what they are: `2 new facts, 1 figure revised`."""
    found: Counter[str] = Counter(map(kind_of, changes))
    found["correction"] = max(found["correction"], corrections)
    return ", ".join(plural(found[what], *words) for what, words in _CHANGES.items() if found[what])


def dropped_counts(dropped: list[Drop]) -> list[tuple[str, str, int]]:
    """(stage, reason, how many), most first."""
    found = Counter((drop.stage, drop.reason) for drop in dropped)
    ordered = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(stage, reason, count) for (stage, reason), count in ordered]


def figure_words(value: Value, unit: str) -> tuple[str, str]:
    """A value as it is set in large figures, and the unit that goes beside it in small ones."""
    if isinstance(value, str):
        at = _read(value)
        return (day(at) if at and not isinstance(at, datetime) else value), _beside(unit)
    if isinstance(value, list):
        ends = [_number(end, unit) for end in value]
        return "–".join(dict.fromkeys(ends)), _beside(unit)
    return _number(value, unit), _beside(unit)


def _beside(unit: str) -> str:
    shown = unit in _BARE or unit == "percent" or unit == "%" or _CURRENCY_CODE.fullmatch(unit)
    return "" if shown else unit


def _number(value: float, unit: str) -> str:
    if unit == "year":
        return f"{value:g}"
    words = _grouped(value)
    if unit in ("percent", "%"):
        return f"{words}%"
    if _CURRENCY_CODE.fullmatch(unit):
        sign = _CURRENCY.get(unit, f"{unit} ")
        return f"−{sign}{words[1:]}" if value < 0 else f"{sign}{words}"
    return words


def _grouped(value: float) -> str:
    """`12,000`; `3.2 million` where that says it exactly."""
    for size, name in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")):
        if abs(value) >= size and value % (size // 100) == 0:
            return f"{value / size:,.2f}".rstrip("0").rstrip(".").replace("-", "−") + f" {name}"
    text = f"{value:,}" if value != int(value) else f"{int(value):,}"
    return text.replace("-", "−")
