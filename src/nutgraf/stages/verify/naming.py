"""How a source names whom it speaks of: in full, in short, with an age."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from nutgraf.stages.verify.grammar import DANGLING, HEDGES, REPORTS, SPAN
from nutgraf.text.modifiers import PROTECTED
from nutgraf.text.tokens import Tokens

__all__ = ["KEPT", "Naming", "is_age", "naming"]

KEPT = DANGLING | REPORTS | HEDGES | PROTECTED | SPAN
"""No words of a name."""
_CASED = 0.02
"""Share of capitals within sentences below which a text tells nothing by its capitals."""


class Naming(NamedTuple):
    """How a source names whom and what it speaks of."""

    openers: frozenset[tuple[str, str]]
    """Pairs of words that open a phrase somewhere."""
    before: Mapping[str, frozenset[str]]
    """Word to the words of a name that stand before it somewhere."""
    after: Mapping[str, frozenset[str]]
    """Word to the words of a name that stand after it somewhere."""
    ages: Mapping[str, str]
    """Word to the one figure that stands beside it as in "Bell, 42," somewhere."""


def naming(sentences: Sequence[Tokens]) -> Naming:
    """Read from a source's sentences which names it uses in full and which in short."""
    openers: set[tuple[str, str]] = set()
    ages: set[tuple[str, str]] = set()
    pairs: Counter[tuple[str, str]] = Counter()  # the second may be two words: "van Dyke"
    inner = [t.raw(i)[0].isupper() for t in sentences for i in range(1, len(t))]
    cased = sum(inner) > _CASED * len(inner)
    for tokens in sentences:
        norms = tokens.norms
        ages.update((norms[i - 1], norms[i]) for i in range(1, len(norms)) if is_age(tokens, i))
        for i in range(1, len(norms)):
            if not _beside(tokens, i):
                continue
            if i == 1 or norms[i - 2] in KEPT or tokens.gap(i - 1).strip():
                openers.add((norms[i - 1], norms[i]))
            if not cased or (tokens.raw(i - 1)[0].isupper() and tokens.raw(i)[0].isupper()):
                pairs[norms[i - 1], norms[i]] += 1
                if i + 1 < len(norms) and _beside(tokens, i + 1):
                    pairs[norms[i - 1], f"{norms[i]} {norms[i + 1]}"] += 1
    before: dict[str, set[str]] = {}
    after: dict[str, set[str]] = {}
    for (one, other), count in pairs.items():
        if cased or count > 1:  # without capitals, what is said but once is seldom a name
            before.setdefault(other, set()).add(one)
            if " " not in other:
                after.setdefault(one, set()).add(other)
    shared = {name for name, n in Counter(name for name, _ in ages).items() if n > 1}
    shared |= {name for name, firsts in before.items() if len(firsts) > 1}  # two of one surname
    return Naming(
        openers=frozenset(openers),
        before={word: frozenset(words) for word, words in before.items()},
        after={word: frozenset(words) for word, words in after.items()},
        ages={name: age for name, age in ages if name not in shared},
    )


def is_age(tokens: Tokens, i: int) -> bool:
    """Whether token `i` is the age in "Bell, 42, ..."."""
    norm = tokens.norms[i]
    bare = norm.isdigit() and 0 < len(norm) < 3 and tokens.norms[i - 1].isalpha()
    return bare and tokens.gap(i).strip() == "," and tokens.gap(i + 1).strip()[:1] in (",", ".")


def _beside(tokens: Tokens, i: int) -> bool:
    """Whether tokens `i - 1` and `i` may be two words of a name."""
    norms = tokens.norms
    return not tokens.gap(i).strip() and norms[i] not in KEPT and norms[i - 1] not in KEPT
