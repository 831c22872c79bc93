"""How near briefs come to an editor's neutral summary, and how many shared facts they have.

Beside what each outlet leads with, and LexRank.
"""

from __future__ import annotations

import gzip
import logging
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from nutgraf.evals.lexrank import available, lexrank
from nutgraf.evals.shared_facts import shared_facts
from nutgraf.stages.verify import check, holds, judge
from nutgraf.stages.write import write
from nutgraf.text.words import words
from nutgraf.types import Article, Checked, Coverage, Story

__all__ = ["NAME", "rouge", "run", "write_checked"]

NAME = "briefs"
_log = logging.getLogger(__name__)
_EVERY, _MOST = 6, 8
"""Of the stories of incidents with three articles or more every sixth, eight articles at most."""
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
Scores = tuple[float, float, float]


def run(data: Path) -> dict[str, float]:
    """ROUGE-1, -2 and -L F1 (0..1) beside an editor's neutral summary, and coverage (0..1).

    On `data`/briefs/allsides_val.jsonl.gz, everything cut to the words of the summary: `brief_*`
    the verified brief (`headed_*` with its headline first), `lead_*` the mean over the outlets of
    their articles, `top_lead_*` the outlet that does best in each place of a row (the rows don't
    name them), `best_lead_*` whichever comes nearest, chosen knowing the summary, `lexrank_*` the
    library's (left out where it is not installed). The articles are short excerpts.

    `coverage` is the share of facts that two outlets share (`evals.shared_facts`) which the whole
    brief has, there and on stories of `data`/stories/incidents_dev.jsonl.gz, beside LexRank and the
    outlets' leads of as many words. `withheld` is the share of a draft's claims that were, `claims`
    how many sentences a brief's sections have.
    """
    if not available():
        _log.warning("LexRank is left out: it is in `pip install nutgraf[train]`")
    measures = _beside_editors(data / "briefs" / "allsides_val.jsonl.gz")
    return measures | _on_clusters(data / "stories" / "incidents_dev.jsonl.gz")


def _beside_editors(path: Path) -> dict[str, float]:
    rouges: dict[str, list[Scores]] = {}
    leads: list[list[Scores]] = []
    counts = _Counts()
    with gzip.open(path, "rb") as file:
        for line in file:
            row = msgspec.json.decode(line)
            gold = words(row["summary"]["text"])
            articles = [_article(a) for a in row["articles"]]
            checked = write_checked(articles)
            texts = [article.text for article in articles]
            others = [lexrank(texts, len(gold))] if available() else []
            for name, text in zip(
                ("brief", "headed", "lexrank"),
                [_text(checked), _text(checked, headed=True), *others],
                strict=False,
            ):
                rouges.setdefault(name, []).append(rouge(words(text)[: len(gold)], gold))
            leads.append([rouge(words(text)[: len(gold)], gold) for text in texts])
            counts.add(checked, texts)
    places = zip(*leads, strict=False)
    found = {name: _mean(scores) for name, scores in rouges.items()}
    found["lead"] = _mean([_mean(scores) for scores in leads])
    found["top_lead"] = max(map(_mean, places))
    found["best_lead"] = _mean([max(scores) for scores in leads])
    named = {k: v for name, scores in found.items() for k, v in _named(name, scores).items()}
    return named | counts.measures("")


def _on_clusters(path: Path) -> dict[str, float]:
    stories: dict[str, list[Article]] = {}
    with gzip.open(path, "rb") as file:
        for line in file:
            row = msgspec.json.decode(line)
            stories.setdefault(row["story"], []).append(_article(row))
    counts = _Counts()
    for articles in [group for group in stories.values() if len(group) > 2][::_EVERY]:
        counts.add(write_checked(articles[:_MOST]), [a.text for a in articles[:_MOST]])
    return counts.measures("incidents_")


class _Counts:
    """Facts shared and told, claims kept and withheld, over some briefs."""

    def __init__(self) -> None:
        self._facts = self._withheld = self._claims = self._briefs = self._outlets = 0
        self._told = {"": 0, "lexrank_": 0, "lead_": 0}

    def add(self, checked: Checked, texts: Sequence[str]) -> None:
        shared = shared_facts(texts)
        body = _text(checked)
        size = len(words(body))
        self._briefs += 1
        self._facts += len(shared.facts)
        self._outlets += len(texts) * len(shared.facts)
        self._told[""] += len(shared.told(_text(checked, headed=True)))
        for text in texts:
            self._told["lead_"] += len(shared.told(" ".join(text.split()[:size])))
        if available():
            self._told["lexrank_"] += len(shared.told(lexrank(texts, size)))
        self._withheld += len(checked.withheld)
        self._claims += sum(len(section.claims) for section in checked.sections)

    def measures(self, name: str) -> dict[str, float]:
        facts = self._facts or 1
        covered = {
            f"{name}coverage": self._told[""] / facts,
            f"{name}lead_coverage": self._told["lead_"] / (self._outlets or 1),
        }
        if available():
            covered[f"{name}lexrank_coverage"] = self._told["lexrank_"] / facts
        return covered | {
            f"{name}facts": float(self._facts),
            f"{name}withheld": self._withheld / (self._withheld + self._claims or 1),
            f"{name}claims": self._claims / (self._briefs or 1),
        }


def _article(row: dict[str, Any]) -> Article:
    return Article(id=row["id"], title=row.get("title") or "", text=row["text"], language="en")


def write_checked(articles: Sequence[Article]) -> Checked:
    """The verified brief of a story of these articles, each of another origin."""
    ids = [article.id for article in articles]
    story = Story(id="story", created_at=_EPOCH, updated_at=_EPOCH, articles=ids)
    coverage = Coverage(story=story, articles=list(articles), traces={})
    draft = write(coverage, (), lambda claim: holds(claim, articles, judge))
    return check(draft, articles, judge)


def _text(checked: Checked, *, headed: bool = False) -> str:
    """A brief as it is read: nut graf first, then the sections; the headline repeats them."""
    claims = [checked.nut_graf, *(c for section in checked.sections for c in section.claims)]
    if headed:
        claims.insert(0, checked.headline)
    return "\n".join(dict.fromkeys(claim.text for claim in claims if claim))


def _named(name: str, scores: Scores) -> dict[str, float]:
    return dict(zip((f"{name}_rouge1", f"{name}_rouge2", f"{name}_rougeL"), scores, strict=True))


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
