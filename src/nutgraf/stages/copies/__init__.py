"""Mark near-duplicates and trace who first reported.

`signature` and `bands` find articles that repeat each other, `trace` says where one article comes
from, `settle` joins what a story's articles say of their origins.
"""

from __future__ import annotations

from nutgraf.stages.copies.minhash import MADE_BY, bands, is_copy, overlap, shingles, signature
from nutgraf.stages.copies.settle import settle
from nutgraf.stages.copies.trace import Candidate, trace

__all__ = [
    "CANDIDATES", "MADE_BY", "Candidate", "bands", "is_copy", "overlap", "settle", "shingles",
    "signature", "trace",
]  # fmt: skip

CANDIDATES = 20
"""Near-duplicates that an article is held against."""
