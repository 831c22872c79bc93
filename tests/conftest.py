"""What every test may ask for."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]
ON_CI = bool(os.environ.get("CI"))

# No deadline: machines are shared. On CI the same examples every time, so that a change is judged
# by what it changed; new ones are looked for on developers' machines.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if ON_CI else "here")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """On CI a test that would skip fails: everything it may need is installed there."""
    report = yield
    if ON_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped on CI: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of labelled data; a test that needs it skips where there is none."""
    folder = Path(os.environ.get("NUTGRAF_DATA", ROOT / "../shared/data")).resolve()
    if not folder.is_dir():
        pytest.skip(f"no labelled data in {folder} (set NUTGRAF_DATA)")
    return folder


@pytest.fixture(scope="session")
def seeds(data: Path) -> Path:
    """The folder of the two documents that started the project."""
    folder = data.parent / "seeds"
    if not folder.is_dir():
        pytest.skip(f"no seed documents in {folder}")
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of a Chromium that can be run headless."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.skip("Chromium is not installed (apt install chromium)")
    return found
