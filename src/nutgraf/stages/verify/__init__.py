"""verify: keeps the claims that their citations support and withholds the rest, one by one."""

from __future__ import annotations

from nutgraf.stages.verify.asking import Asked, Judged
from nutgraf.stages.verify.check import check, holds
from nutgraf.stages.verify.corroborate import corroborate
from nutgraf.stages.verify.judge import judge
from nutgraf.stages.verify.prepare import Prepared, prepare
from nutgraf.stages.verify.second import Second

__all__ = [
    "Asked", "Judged", "Prepared", "Second", "check", "corroborate", "holds", "judge", "prepare",
]  # fmt: skip
