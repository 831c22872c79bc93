"""audit: anybody's page, sentence by sentence, against its sources."""

from __future__ import annotations

from nutgraf.stages.audit.page import audit, tally

__all__ = ["audit", "tally"]
