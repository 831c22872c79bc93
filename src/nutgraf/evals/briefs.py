"""How near a brief comes to an editor's neutral summary, beside what each outlet leads with."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from nutgraf.stages.verify import check, judge
from nutgraf.stages.write import write
from nutgraf.text.words import words
from nutgraf.types import Article, Checked, Coverage, Story

__all__ = ["NAME", "rouge", "run"]

NAME = "briefs"
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
Scores = tuple[float, float, float]


def run(data: Path) -> dict[str, float]:
    """Mean ROUGE-1, -2 and -L F1 (0..1) on `data`/briefs/allsides_val.jsonl.gz.

    `brief_*` is the verified brief cut to the words of the editor's summary, `lead_*` the mean over
    the outlets of their articles cut alike, `best_lead_*` the outlet that comes nearest.
    `withheld` is the share of a draft's claims that verify withheld.
    """
    path = data / "briefs" / "allsides_val.jsonl.gz"
    ours: list[Scores] = []
    leads: list[list[Scores]] = []
    withheld = claims = 0
    with gzip.open(path, "rb") as file:
        for line in file:
            row = msgspec.json.decode(line)
            gold = words(row["summary"]["text"])
            checked = _brief(row)
            ours.append(rouge(words(_text(checked))[: len(gold)], gold))
            leads.append([rouge(words(a["text"])[: len(gold)], gold) for a in row["articles"]])
            withheld += len(checked.withheld)
            claims += sum(len(section.claims) for section in checked.sections)
    return {
        **_means("brief", ours),
        **_means("lead", [_mean(scores) for scores in leads]),
        **_means("best_lead", [max(scores) for scores in leads]),
        "withheld": withheld / (withheld + claims or 1),
        "claims": claims / (len(ours) or 1),
    }


def _brief(row: dict[str, Any]) -> Checked:
    articles = [
        Article(id=a["id"], title=a["title"], text=a["text"], language="en")
        for a in row["articles"]
    ]
    ids = [article.id for article in articles]
    story = Story(id=row["story"], created_at=_EPOCH, updated_at=_EPOCH, articles=ids)
    draft = write(Coverage(story=story, articles=articles, traces={}), ())
    return check(draft, articles, judge)


def _text(checked: Checked) -> str:
    """A brief as it is read: nut graf first, then the sections; the headline repeats them."""
    claims = [checked.nut_graf, *(c for section in checked.sections for c in section.claims)]
    return " ".join(dict.fromkeys(claim.text for claim in claims if claim))


def _means(name: str, scores: Sequence[Scores]) -> dict[str, float]:
    one, two, longest = _mean(scores)
    return {f"{name}_rouge1": one, f"{name}_rouge2": two, f"{name}_rougeL": longest}


def _mean(scores: Sequence[Scores]) -> Scores:
    n = len(scores) or 1
    return (
        sum(s[0] for s in scores) / n,
        sum(s[1] for s in scores) / n,
        sum(s[2] for s in scores) / n,
    )


def rouge(found: Sequence[str], gold: Sequence[str]) -> Scores:
    """ROUGE-1, -2 and -L F1 of two word lists, without stemming (Lin, 2004)."""
    return (_overlap(found, gold, 1), _overlap(found, gold, 2), _longest(found, gold))


def _overlap(found: Sequence[str], gold: Sequence[str], n: int) -> float:
    one = Counter(tuple(found[i : i + n]) for i in range(len(found) - n + 1))
    two = Counter(tuple(gold[i : i + n]) for i in range(len(gold) - n + 1))
    return _f1(sum((one & two).values()), sum(one.values()), sum(two.values()))


def _longest(found: Sequence[str], gold: Sequence[str]) -> float:
    """F1 of the longest common subsequence."""
    row = [0] * (len(gold) + 1)
    for word in found:
        before = 0
        for j, other in enumerate(gold, 1):
            before, row[j] = row[j], before + 1 if word == other else max(row[j], row[j - 1])
    return _f1(row[-1], len(found), len(gold))


def _f1(shared: int, found: int, gold: int) -> float:
    return 2 * shared / (found + gold) if found and gold else 0.0
