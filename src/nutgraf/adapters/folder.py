"""Folders on disk, written so that a reader never sees half of one."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from nutgraf.errors import DeliveryError

__all__ = ["write_files", "write_folder"]


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put `files` (relative path to bytes) into `folder`, replacing what was there as a whole.

    The new folder is written beside the old one and renamed into its place, so half of one is
    never seen under the name; what a crash left beside it goes with the next call. Raises
    `DeliveryError`.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        for left in folder.parent.glob(f".{folder.name}-*"):
            shutil.rmtree(left, ignore_errors=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            _write(fresh, files)
            fresh.chmod(0o755)  # mkdtemp keeps others out; a site is for everybody
            _swap(fresh, folder)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    except OSError as error:
        raise DeliveryError(f"cannot write {folder}: {error.strerror or error}") from None


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put `files` into `folder` beside what is there, each file replaced in one step."""
    try:
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = path.with_name(f".{path.name}.new")
            fresh.write_bytes(content)
            fresh.replace(path)
    except OSError as error:
        raise DeliveryError(f"cannot write to {folder}: {error.strerror or error}") from None


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _swap(fresh: Path, folder: Path) -> None:
    """Rename `fresh` to `folder`; a folder cannot be renamed onto one that has files."""
    if not folder.exists():
        fresh.rename(folder)
        return
    old = folder.with_name(f".{folder.name}-old-{os.getpid()}")
    folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
