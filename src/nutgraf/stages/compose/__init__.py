"""Compose: what was verified becomes a brief, and the briefs of a day a frozen edition.

`changes` says what is new in a story that was told before, `memory` puts all its tellings in a row.
"""

from __future__ import annotations

from nutgraf.stages.compose.brief import brief
from nutgraf.stages.compose.changes import claims_of
from nutgraf.stages.compose.edition import corrected, distinct, edition, edition_id, made
from nutgraf.stages.compose.memory import remember

__all__ = [
    "brief",
    "claims_of",
    "corrected",
    "distinct",
    "edition",
    "edition_id",
    "made",
    "remember",
]
