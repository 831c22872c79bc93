"""verify: keeps the claims that their citations support and withholds the rest, one by one."""

from __future__ import annotations

from nutgraf.stages.verify.check import check, holds
from nutgraf.stages.verify.corroborate import corroborate
from nutgraf.stages.verify.judge import judge
from nutgraf.stages.verify.prepare import Prepared, prepare

__all__ = ["Prepared", "check", "corroborate", "holds", "judge", "prepare"]
