"""Quality and speed measured on real data: the scorecard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

from nutgraf.errors import NotFound
from nutgraf.protocols import Verifier

__all__ = ["NAMES", "scorecard"]

NAMES = (
    "extraction", "feeds", "beats", "stories", "languages", "origins", "figures", "support",
    "briefs", "corrections",
)  # fmt: skip


def scorecard(
    names: Sequence[str], data: Path, verifier: Verifier | None = None
) -> Iterator[tuple[str, dict[str, float]]]:
    """Run evaluations (all if none is named), each as it is done: (name, measures).

    `support` measures the `verifier`, if one is given, in place of the rules alone.

    Raises `NotFound` for an unknown name.
    """
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        raise NotFound(f"no evaluation `{unknown[0]}`; there are: {', '.join(NAMES)}")
    for name in names or NAMES:
        run = import_module(f"nutgraf.evals.{name}").run
        yield name, run(data, verifier) if verifier and name == "support" else run(data)
