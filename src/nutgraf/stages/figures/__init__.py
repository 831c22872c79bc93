"""Figures: the quantities each article states, and a story's ledger of them.

`read` takes one article and is pure; `ledger` lines up what it found across a story's articles.
What was measured, and why the rules are as they are: docs/decisions/figures.md.
"""

from nutgraf.stages.figures.ledger import ledger
from nutgraf.stages.figures.read import MADE_BY, read

__all__ = ["MADE_BY", "ledger", "read"]
