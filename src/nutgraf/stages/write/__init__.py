"""write: drafts a brief out of the sources' own sentences, without a model, always the same.

Every claim comes with its citations by construction: it is a sentence of an article, or one less
whole modifiers (`text.modifiers`). docs/decisions/writer.md says what was measured.
"""

from __future__ import annotations

from nutgraf.stages.write.draft import write

__all__ = ["write"]
