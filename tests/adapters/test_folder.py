"""Folders appear whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from nutgraf.adapters.folder import write_files, write_folder
from nutgraf.errors import DeliveryError


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_replaces_the_whole_folder(tmp_path: Path) -> None:
    target = tmp_path / "editions" / "ai-2026-11-17"
    write_folder(target, {"index.html": b"old", "stories/a.html": b"a"})
    write_folder(target, {"index.html": b"new", "stories/b.html": b"b"})
    assert tree(target) == {"index.html": b"new", "stories/b.html": b"b"}
    assert [path.name for path in target.parent.iterdir()] == ["ai-2026-11-17"]


def test_others_can_read_it(tmp_path: Path) -> None:
    write_folder(tmp_path / "site", {"index.html": b"x"})
    assert (tmp_path / "site").stat().st_mode & 0o055 == 0o055


def test_files_are_laid_beside_what_is_there(tmp_path: Path) -> None:
    write_files(tmp_path, {"index.html": b"1", "style.css": b"s"})
    write_files(tmp_path, {"index.html": b"2"})
    assert tree(tmp_path) == {"index.html": b"2", "style.css": b"s"}


@pytest.mark.parametrize("write", [write_folder, write_files])
def test_an_unwritable_place_is_one_clear_line(tmp_path: Path, write: object) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DeliveryError, match="cannot write") as caught:
        write(tmp_path / "file" / "editions", {"index.html": b"x"})  # type: ignore[operator]
    assert "\n" not in str(caught.value)
