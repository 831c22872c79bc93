"""What a difference between sources is, in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from nutgraf.stages.figures.judge import versions
from nutgraf.stages.figures.mention import Mention
from nutgraf.types import Article, SlotStatus, Value

__all__ = ["note", "spoken"]


def _time(mention: Mention) -> str:
    """As of when: what the article says, else when it was published."""
    if mention.figure.as_of:
        return mention.figure.as_of
    return mention.at.isoformat() if mention.at else ""


def note(values: Sequence[Mention], state: SlotStatus, articles: Mapping[str, Article]) -> str:
    """The difference in plain words: who says what, or what it was and what it is."""
    if state in ("agree", "single"):
        return ""
    told = versions(values)
    if state == "update":
        told = sorted(told, key=lambda version: max(_time(m) for m in version))
        steps = [f"{spoken(v[-1].figure.value, v[-1].figure.unit)}{_dated(v[0])}" for v in told[:5]]
        return ", then ".join(steps)
    parts = [_side(version, articles) for version in told[:4]]
    return "; ".join(parts) if state == "scope" else ", ".join(parts)


def _side(version: Sequence[Mention], articles: Mapping[str, Article]) -> str:
    figure = version[0].figure
    value = spoken(figure.value, figure.unit)
    if figure.what == "prison sentence":
        value += f" {figure.unit}"
    return f"{value} {_credit(version, articles)}"


def _credit(version: Sequence[Mention], articles: Mapping[str, Article]) -> str:
    """ "says the ministry", or "in the Harbour Ledger and 2 others"."""
    speaker = next((m.figure.said_by for m in version if m.figure.said_by), None)
    if speaker:
        return f"according to {speaker}"
    names = list(dict.fromkeys(_outlet(articles[m.figure.article]) for m in version))
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return f"in {names[0]}{more}"


def _outlet(article: Article) -> str:
    return article.publisher or (f"“{article.title}”" if article.title else article.id)


def _dated(mention: Mention) -> str:
    day = _day(_time(mention))
    return f" on {day}" if day else ""


def _day(iso: str) -> str:
    try:
        day = datetime.fromisoformat(iso)
    except ValueError:
        return ""
    return f"{day.day} {day:%B}"


def spoken(value: Value, unit: str) -> str:
    """A value as a reader says it: "3,000", "5.7 billion", "40 to 60"."""
    if isinstance(value, str):
        if unit == "date":
            return _day(value) or value
        return value.replace("-", " to ") if unit == "votes" else value
    if isinstance(value, list):
        return " to ".join(spoken(end, unit) for end in value)
    for size, name in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")):
        if abs(value) >= size:
            return f"{value / size:.4g} {name}"
    return f"{value:,}" if value != int(value) else f"{int(value):,}"
