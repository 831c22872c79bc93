"""Which edits of real articles correct a sentence that was published from them."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from nutgraf.evals.edits import edits
from nutgraf.evals.support_edits import texts
from nutgraf.stages import correct, verify
from nutgraf.types import Article, Brief, Citation, Claim, Edition, EditionStory, Source

__all__ = ["NAME", "run"]

NAME = "corrections"
_THEN = datetime(2026, 1, 1, tzinfo=UTC)
_WORD = re.compile(r"\b[a-z]{6,}\b")
_SPELLED = 4
"""Sentences of an article in which a letter goes wrong."""


class Case(NamedTuple):
    """An article before and after an edit, and the sentence that was published from it."""

    kind: str
    sentence: str
    before: str
    after: str


def run(data: Path, articles: int = 25, seed: int = 7) -> dict[str, float]:
    """Shares (0..1) of edits that make a correction, of `articles` of each of three sets.

    `changed` are edits of one sentence that change what it says (it should be corrected),
    `changed_<kind>` each kind of them; `longer`: the article says the same in more words, and
    `spelled`: a letter put right (neither should be).
    """
    found: dict[str, list[bool]] = defaultdict(list)
    for case in _cases(data, articles, seed):
        found[case.kind].append(_is_corrected(case))
    changed = [one for kind, all_ in found.items() if kind.startswith("changed_") for one in all_]
    whole = {"changed": changed, "longer": found["longer"], "spelled": found["spelled"]}
    kinds = {kind: found[kind] for kind in sorted(found) if kind not in whole}
    return {kind: round(sum(all_) / max(1, len(all_)), 4) for kind, all_ in (whole | kinds).items()}


def _cases(data: Path, articles: int, seed: int) -> Iterator[Case]:
    rng = random.Random(seed)
    for n, (text, usable) in enumerate(texts(data, articles)):
        for i, edit in edits(usable, seed + n):
            told = usable[i]
            if text.count(told) != 1:
                continue
            edited = text.replace(told, edit.claim)
            if not edit.supported:
                kind = f"changed_{edit.kind.replace(' ', '_')}"
                yield Case(kind, told, text, edited)
            elif edited.count(edit.claim) == 1:
                yield Case("longer", edit.claim, edited, text)
        for right in usable[:_SPELLED]:
            wrong = _misspelt(right, rng)
            if wrong != right and text.count(right) == 1:
                yield Case("spelled", wrong, text.replace(right, wrong), text)


def _misspelt(sentence: str, rng: random.Random) -> str:
    """A letter left out, doubled, or two in the other order, inside a lower-case word."""
    words = list(_WORD.finditer(sentence))
    if not words:
        return sentence
    found = rng.choice(words)
    word = found[0]
    at = rng.randrange(1, len(word) - 1)
    pair = word[at : at + 2]
    wrong = rng.choice([pair[1], pair[0] + pair, pair[::-1]])
    return sentence[: found.start() + at] + wrong + sentence[found.start() + at + 2 :]


def _is_corrected(case: Case) -> bool:
    at = case.before.index(case.sentence)
    cited = Citation(
        article="a", revision=1, start=at, end=at + len(case.sentence), quote=case.sentence
    )
    claim = Claim(text=case.sentence, verdict="supported", citations=[cited], origins=1)
    source = Source(
        article="a", revision=1, title="", publisher=None, url=None, published=None, origin="a",
        text=case.before,
    )  # fmt: skip
    brief = Brief(
        story="s", language="en", kind="news", written_by="", headline=claim, nut_graf=claim,
        sections=[], sources=[source],
    )  # fmt: skip
    told = EditionStory(rank=1, score=1.0, reasons={}, brief=brief)
    edition = Edition(id="e", beat="b", issued_at=_THEN, stories=[told])
    after = Article(id="a", text=case.after, language="en", revision=2)
    return bool(correct.corrections(edition, after, {"a": after}, (), verify.judge, _THEN))
