"""Running the command as a person does: arguments in; exit code, output and messages out."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
MAIN = [sys.executable, "-c", "from nutgraf.cli import main; main()"]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """`run("feeds", "--check", input="...")` in a folder of its own."""

    def call(*arguments: str, input: str | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*MAIN, *arguments],
            cwd=tmp_path, input=input, capture_output=True, text=True, check=False, timeout=240,
        )  # fmt: skip

    return call
