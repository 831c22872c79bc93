"""How well figures are read and lined up, on stories labelled by hand (figures/ledger_dev.jsonl).

Slots are aligned by their evidence (article, value, quoted words), never by name. The labels are
not exhaustive, so a value is wrong only where its quote lies on a labelled one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from nutgraf.stages import figures
from nutgraf.text.numbers import numbers
from nutgraf.types import Article, Slot

__all__ = ["NAME", "run"]

NAME = "figures"
_FILE = "figures/ledger_dev.jsonl"
_DIFFER = frozenset(("conflict", "update", "scope"))
_STATUSES = ("agree", *sorted(_DIFFER))


class _Told(NamedTuple):
    """A value with the span of its quote."""

    article: str
    value: object
    start: int
    end: int


class _Line(NamedTuple):
    """One slot, labelled or made."""

    status: str
    values: list[_Told]


def run(data: Path) -> dict[str, float]:
    """Measures in 0..1 on the labelled stories under `data`.

    `value_*`: a value counts if article and value agree and the quotes overlap.
    `disagreement_evidenced_*`: a slot whose sources differ is found with two of its differing
    values. `status_macro_recall`: mean recall of agree, conflict, update, scope.
    """
    counts: Counter[str] = Counter()
    for line in (data / _FILE).read_bytes().splitlines():
        _count(msgspec.json.decode(line), counts)
    measures = _rates("value", counts["value"], counts["value_told"], counts["value_gold"])
    measures |= _rates(
        "disagreement_evidenced",
        counts["evidenced"],
        counts["differ_found"] + counts["differ_false"],
        counts["differ_gold"],
    )
    recalls = [counts[f"{s}_right"] / counts[f"{s}_gold"] for s in _STATUSES if counts[f"{s}_gold"]]
    measures["status_macro_recall"] = round(sum(recalls) / max(1, len(recalls)), 4)
    return measures


def _rates(name: str, hits: int, told: int, gold: int) -> dict[str, float]:
    """Precision, recall and F1; `told` counts what could be judged."""
    precision, recall = hits / max(1, told), hits / max(1, gold)
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    found = {"precision": precision, "recall": recall, "f1": f1}
    return {f"{name}_{key}": round(value, 4) for key, value in found.items()}


def _count(story: Mapping[str, Any], counts: Counter[str]) -> None:
    articles = [
        Article(
            id=a["id"], title=a.get("title") or "", text=a["text"], published=a.get("published")
        )
        for a in story["articles"]
    ]
    read = [figure for article in articles for figure in figures.read(article)]
    made = [_made(slot) for slot in figures.ledger(read, articles)]
    texts = {article.id: article.text for article in articles}
    gold = [_labelled(slot, texts) for slot in story["slots"]]
    unclear = [_labelled(slot, texts) for slot in story.get("ignored", ())]
    _count_values(gold, made, unclear, counts)
    _count_slots(gold, made, counts)


def _made(slot: Slot) -> _Line:
    return _Line(slot.status, [_Told(v.article, v.value, v.start, v.end) for v in slot.values])


def _labelled(slot: Mapping[str, Any], texts: Mapping[str, str]) -> _Line:
    values = []
    for told in slot["values"]:
        start = max(0, texts[told["article"]].find(told["quote"]))
        span = (start, start + len(told["quote"]))
        values.append(_Told(told["article"], told["value"], *span))
    return _Line(str(slot.get("status", "")), values)


def _count_values(
    gold: Sequence[_Line], made: Sequence[_Line], unclear: Sequence[_Line], counts: Counter[str]
) -> None:
    wanted, found, open_ = (_values(lines) for lines in (gold, made, unclear))
    left = list(found)
    for value in wanted:
        hit = next((told for told in left if _same(value, told)), None)
        if hit is not None:
            left.remove(hit)
            counts["value"] += 1
            counts["value_told"] += 1
    counts["value_gold"] += len(wanted)
    for told in left:
        touched = [value for value in wanted if _overlap(value, told)]
        known = any(_equal(v.value, told.value) for v in wanted if v.article == told.article)
        if touched and not known and not any(_overlap(value, told) for value in open_):
            counts["value_told"] += 1


def _values(lines: Iterable[_Line]) -> list[_Told]:
    return list({str(told): told for line in lines for told in line.values}.values())


def _count_slots(gold: Sequence[_Line], made: Sequence[_Line], counts: Counter[str]) -> None:
    partner = _aligned(gold, made)
    for i, line in enumerate(gold):
        mine = made[partner[i]] if i in partner else None
        if line.status in _STATUSES:
            counts[f"{line.status}_gold"] += 1
            counts[f"{line.status}_right"] += mine is not None and mine.status == line.status
        differs = mine is not None and mine.status in _DIFFER
        if line.status in _DIFFER:
            counts["differ_gold"] += 1
            counts["differ_found"] += differs
            counts["evidenced"] += differs and mine is not None and _shown(line, mine) >= 2
        else:
            counts["differ_false"] += differs


def _shown(gold: _Line, made: _Line) -> int:
    """How many different values of `gold` the other line has too."""
    return len({str(v.value) for v in gold.values if any(_same(v, told) for told in made.values)})


def _aligned(gold: Sequence[_Line], made: Sequence[_Line]) -> dict[int, int]:
    """Lines with most evidence in common, one to one."""
    pairs = [
        (-shared, len(b.values), i, j)
        for i, a in enumerate(gold)
        for j, b in enumerate(made)
        if (shared := sum(any(_same(x, y) for y in b.values) for x in a.values))
    ]
    partner: dict[int, int] = {}
    for _, _, i, j in sorted(pairs):
        if i not in partner and j not in partner.values():
            partner[i] = j
    return partner


def _same(a: _Told, b: _Told) -> bool:
    return _overlap(a, b) and _equal(a.value, b.value)


def _overlap(a: _Told, b: _Told) -> bool:
    return a.article == b.article and a.start < b.end and b.start < a.end


def _equal(gold: object, told: object) -> bool:
    """Equal as numbers (within 1% from 1,000 up), times (5 minutes), days, or words."""
    a, b = _plain(gold), _plain(told)
    if isinstance(a, str) or isinstance(b, str):
        return _minutes(str(a)) is not None and _close(str(a), str(b)) if a != b else True
    tolerance = 0.01 * abs(a[0]) if abs(a[0]) >= 1000 and not 1900 <= a[0] <= 2100 else 1e-6
    if len(a) == len(b):
        return all(abs(x - y) <= tolerance for x, y in zip(a, b, strict=True))
    one, many = (a, b) if len(a) == 1 else (b, a)
    return one[0] in many or (many[1] - many[0] == 9 and many[0] <= one[0] <= many[1])


def _plain(value: object) -> list[float] | str:
    """A number as [n], a range as [low, high], a day or time as its text."""
    if isinstance(value, bool | int | float):
        return [float(value)]
    if isinstance(value, list):
        return [float(end) for end in value]
    text = str(value).strip()
    if re.fullmatch(r"\d{4}-\d\d(-\d\d)?|\d\d:\d\d", text):
        return text
    if match := re.fullmatch(r"(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)", text):
        return [float(match[1]), float(match[2])]
    found = numbers(text)
    return list(dict.fromkeys((found[0].low, found[0].high))) if len(found) == 1 else text


def _close(a: str, b: str) -> bool:
    x, y = _minutes(a), _minutes(b)
    return x is not None and y is not None and min(abs(x - y), 1440 - abs(x - y)) <= 5


def _minutes(text: str) -> int | None:
    match = re.fullmatch(r"(\d\d):(\d\d)", text)
    return int(match[1]) * 60 + int(match[2]) if match else None
