"""write: drafts a brief, with citations that code attaches.

`write` makes it out of the sources' own sentences, without a model, always the same: every claim
is a sentence of an article, or one less whole modifiers (`text.modifiers`). The other functions
are the two ends of a conversation with a model, which `pipeline.writing` leads: what it is shown
and asked, and the draft that its answer makes. docs/decisions/writer.md and model-writer.md say
what was measured.
"""

from __future__ import annotations

from nutgraf.stages.write.asking import Failed, Reworded, Written, ask, ask_again
from nutgraf.stages.write.draft import write
from nutgraf.stages.write.masking import masked
from nutgraf.stages.write.numbered import Material, material
from nutgraf.stages.write.sentence import main_language
from nutgraf.stages.write.wording import failures, held, replaced, reworded, worded

__all__ = [
    "Failed",
    "Material",
    "Reworded",
    "Written",
    "ask",
    "ask_again",
    "failures",
    "held",
    "main_language",
    "masked",
    "material",
    "replaced",
    "reworded",
    "worded",
    "write",
]
