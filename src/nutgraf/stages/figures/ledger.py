"""A story's ledger: what its articles measure, lined up, and where they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nutgraf.stages.figures.align import groups
from nutgraf.stages.figures.compare import agree
from nutgraf.stages.figures.group import Group
from nutgraf.stages.figures.judge import status
from nutgraf.stages.figures.mention import Mention, mentions
from nutgraf.stages.figures.note import note
from nutgraf.stages.figures.planned import planned
from nutgraf.types import Article, Figure, Reported, Slot

__all__ = ["ledger"]

SINGLES = 20
"""Most slots of a story that only one article fills."""
SMALL = 5
"""A count below this that one article alone gives is left out."""
_TELLING = frozenset(("money", "age", "counts", "percent"))
_ORDER = ("conflict", "update", "scope", "agree", "single")


def ledger(figures: Sequence[Figure], articles: Sequence[Article]) -> list[Slot]:
    """Line up a story's figures across its articles.

    What differs comes first: conflicts, updates, other scopes, then agreement, then what one
    article alone states; of that only what a reader may want, at most SINGLES. A slot holds one
    value an article, oldest article first.
    """
    by_id = {article.id: article for article in articles}
    found = groups(mentions(figures, articles))
    slots = [_slot(group, by_id) for group in found if _worth_telling(group, len(by_id))]
    ordered = sorted(slots, key=lambda slot: (_ORDER.index(slot.status), -len(slot.values)))
    singles = [slot for slot in ordered if slot.status == "single"]
    return ordered[: len(ordered) - max(0, len(singles) - SINGLES)]


def _worth_telling(group: Group, articles: int) -> bool:
    """Leave out what one article of several says by the way: "two trips", "for nine days"."""
    first = group.first
    if len(group.articles) == 1 and (first.figure.unit in ("year", "fraction") or first.named_day):
        return False
    if len(group.articles) > 1 or group.revised or first.strong or articles == 1:
        return True
    if first.vague or first.figure.unit == "clock time":
        return False
    value = first.value
    return first.key[0] in _TELLING or not isinstance(value, int | float) or value >= SMALL


def _slot(group: Group, articles: Mapping[str, Article]) -> Slot:
    values = _dated(group.values)
    state = status(values)
    return Slot(
        slot=_name(values) + planned(values) + _long_ago(group.first),
        unit=values[0].figure.unit,
        values=[_reported(mention.figure) for mention in values],
        status=state,
        note=note(values, state, articles),
    )


def _dated(values: Sequence[Mention]) -> list[Mention]:
    """ "Monday" in a later article is the Monday of the first one, or the day told by its date."""
    known = [m for m in values if not m.named_day] or values[:1]
    return [next((m.on(k.value) for k in known if m.named_day and agree(m, k)), m) for m in values]


def _name(values: Sequence[Mention]) -> str:
    """The name most of its articles give it; the longer of two as common."""
    names = [mention.figure.what for mention in values]
    return max(dict.fromkeys(names), key=lambda name: (names.count(name), len(name)))


def _long_ago(mention: Mention) -> str:
    """ ", in 1978" for what happened then."""
    year = mention.key[-1] if mention.key[0] == "~" else ""
    return f", in {year}" if year.isdigit() else ", earlier" if year else ""


def _reported(figure: Figure) -> Reported:
    return Reported(
        article=figure.article,
        value=figure.value,
        quote=figure.quote,
        start=figure.start,
        end=figure.end,
        as_of=figure.as_of,
        said_by=figure.said_by,
    )
