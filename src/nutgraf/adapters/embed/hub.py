"""Models from the hub: downloaded when asked to, never by themselves."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from nutgraf.adapters.embed.files import ONNX, OPTIONAL, TOKENIZERS, HubModel, find_model, folded
from nutgraf.errors import ModelError

__all__ = ["HUB", "download"]

HUB = "https://huggingface.co"
_TIMEOUT = 60.0
_PIECE = 1 << 20


def download(
    model: str,
    home: Path = Path(),
    *,
    sha256: str = "",
    onnx: str = "",
    hub: str = HUB,
    tell: Callable[[str], None] = lambda _: None,
) -> Path:
    """Download `hub:OWNER/NAME@REVISION` to its folder under `home`, and name that folder.

    Taken are the first ONNX file of those that `files.ONNX` lists (or `onnx`), the tokenizer and
    how to pool. The folder is there whole or not at all, and not with another checksum than
    `sha256`, if that is given. `tell` is called with each file's name. Raises `ModelError`,
    `ConfigError`.
    """
    wanted = HubModel.parse(model)
    folder = wanted.folder(home)
    if folder.exists():
        raise ModelError(f"{folder} is there already; remove it to download {model} again")
    source = f"{hub.rstrip('/')}/{wanted.owner}/{wanted.name}/resolve/{wanted.revision}"
    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir(parents=True)
        _fetch(source, part, (onnx,) if onnx else ONNX, tell)
        _fetch(source, part, TOKENIZERS, tell)
        for name in OPTIONAL:
            _fetch(source, part, (name,), tell, needed=False)
        _check(model, part, sha256)
        part.rename(folder)
    except OSError as error:
        raise ModelError(f"{folder}: cannot be written: {error.strerror or error}") from None
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return folder


def _check(model: str, folder: Path, sha256: str) -> None:
    found = folded(find_model(str(folder.resolve())).checksums())
    if sha256 not in ("", found):
        raise ModelError(
            f"{model}: what the hub sent has the checksum {found}, not {sha256}; nothing was kept"
        )


def _fetch(
    source: str,
    folder: Path,
    names: Sequence[str],
    tell: Callable[[str], None],
    *,
    needed: bool = True,
) -> None:
    """Download the first of the names that the hub has."""
    opener = build_opener(_StaySafe)
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if _get(opener, f"{source}/{name}", path):
            tell(name)
            return
    if needed:
        raise ModelError(f"{source} has none of: {', '.join(names)}")


def _get(opener: OpenerDirector, url: str, path: Path) -> bool:
    """Write what the URL gives; false if there is nothing (404). Raises `ModelError`."""
    # The hub answers 401 for a repository that does not exist, so that nobody learns of private
    # ones: only 404 means that this file is missing.
    try:
        with opener.open(Request(url), timeout=_TIMEOUT) as answer:
            size = _save(answer, path)
            told = answer.headers.get("Content-Length")
    except HTTPError as error:
        error.close()
        if error.code == 404:
            return False
        raise ModelError(f"{url}: the hub answers {error.code} {error.reason}") from None
    except (OSError, HTTPException, ValueError) as error:
        raise ModelError(f"{url}: {getattr(error, 'reason', None) or error}") from None
    if told is not None and size != int(told):
        raise ModelError(f"{url}: broke off after {size:,} of {int(told):,} bytes; try again")
    return True


def _save(answer: IO[bytes], path: Path) -> int:
    size = 0
    with path.open("wb") as file:
        while piece := answer.read(_PIECE):
            size += file.write(piece)
    return size


class _StaySafe(HTTPRedirectHandler):
    """Follows the hub to where it keeps large files, but not out of HTTPS."""

    def redirect_request(
        self,
        req: Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> Request | None:
        if req.type == "https" and not newurl.startswith("https:"):
            raise ModelError(f"{req.full_url}: leads to {newurl}, which is not HTTPS")
        return super().redirect_request(req, fp, code, msg, headers, newurl)
