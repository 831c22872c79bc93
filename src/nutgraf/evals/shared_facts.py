"""Coverage: which facts two outlets share, and whether a brief has them.

A fact is what a sentence of one outlet and a sentence of another have in common, where the one has
nearly half of what the other says (`text.agreement.SAME`): their shared words of content, four at
least. Facts of mostly the same words are one. A brief has a fact if one of its sentences has most
of its words. Of 30 facts drawn at random and read by hand, 25 are something that both outlets
report, 3 only a name that both have, 2 a line of the page. What two outlets say
in other words altogether is not seen, so the share is of what can be found, not of all there is.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from nutgraf.text.agreement import SAME, Agreement, content
from nutgraf.text.sentences import sentences

__all__ = ["Facts", "shared_facts"]

_WORDS = 4
"""Content words of a fact, at least: who did what to whom."""
_MOST = 0.7
"""Share of a fact's weight that a sentence must have to tell it, and that makes two facts one."""


class Facts(NamedTuple):
    """The facts that at least two of some texts share, and what their words weigh."""

    facts: list[frozenset[str]]
    agreement: Agreement

    def told(self, text: str) -> list[frozenset[str]]:
        """Those of the facts that one sentence of an English text tells."""
        told = [content(text[a:b]) for a, b in sentences(text)]
        return [fact for fact in self.facts if self._any_has(told, fact)]

    def _any_has(self, told: Sequence[Collection[str]], fact: frozenset[str]) -> bool:
        whole = self.agreement.weigh(fact)
        return any(self.agreement.weigh(fact & set(s)) >= _MOST * whole for s in told)


def shared_facts(texts: Sequence[str]) -> Facts:
    """Find the facts that English texts, each of another outlet, share."""
    lines = [
        (str(n), content(text[a:b])) for n, text in enumerate(texts) for a, b in sentences(text)
    ]
    agreement = Agreement(lines, "en")
    found: set[frozenset[str]] = set()
    for i, (outlet, mine) in enumerate(lines):
        for other, theirs in lines[:i]:
            both = mine & theirs
            if outlet != other and len(both) >= _WORDS:
                lighter = min(agreement.weigh(mine), agreement.weigh(theirs))
                if agreement.weigh(both) >= SAME * lighter:
                    found.add(both)
    kept: list[frozenset[str]] = []
    for fact in sorted(found, key=lambda fact: (-agreement.weigh(fact), sorted(fact))):
        weight = agreement.weigh(fact)
        if all(agreement.weigh(fact & other) < _MOST * weight for other in kept):
            kept.append(fact)
    return Facts(kept, agreement)
