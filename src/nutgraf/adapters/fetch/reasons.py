"""What a status, an exception or a header means, in our words."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

import aiohttp

from nutgraf.adapters.fetch.address import PRIVATE
from nutgraf.errors import FetchFailed

__all__ = ["for_error", "for_status", "refuse_type", "retry_after"]

_STATUS = {
    401: "forbidden",
    402: "forbidden",
    403: "forbidden",
    404: "not found",
    407: "forbidden",
    408: "timed out",
    410: "gone",
    429: "too many requests",
    451: "forbidden",
}
_PASSING = frozenset({408, 425, 429})
_LONGEST_RETRY = 30 * 86400.0

# Never a document. Types that feeds and pages are wrongly served as (application/octet-stream,
# text/plain, binary/*) pass: what the body is shows when it is read.
_NO_DOCUMENT = ("image/", "audio/", "video/", "font/", "model/")
_ARCHIVES = frozenset(
    "application/" + kind
    for kind in ("zip", "x-rar-compressed", "x-7z-compressed", "x-tar", "java-archive", "wasm")
)


def for_status(status: int, host: str, headers: Mapping[str, str]) -> FetchFailed:
    """The failure that an HTTP status other than 2xx, 304 and a redirect means."""
    server = status >= 500 or status == 304  # unchanged, although we had nothing
    reason = _STATUS.get(status) or ("server error" if server else "refused by the server")
    wait = retry_after(headers) if status in (429, 503) else None
    return FetchFailed(
        reason,
        f"{host} answered {status}",
        status=status,
        retry_after=wait,
        passing=server or status in _PASSING,
    )


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that a Retry-After header asks for, as a number or a date; None without one.

    A date is measured against the server's own Date, whose clock may differ from ours.
    """
    value = headers.get("Retry-After", "").strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:12]), _LONGEST_RETRY)
    until = _moment(value)
    if until is None:
        return None
    now = _moment(headers.get("Date", ""))
    return min(max(0.0, until - (time.time() if now is None else now)), _LONGEST_RETRY)


def _moment(date: str) -> float | None:
    try:
        return parsedate_to_datetime(date).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def refuse_type(content_type: str, host: str) -> None:
    """Raise `FetchFailed` "not a document" for a media type that can't be one."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind.startswith(_NO_DOCUMENT) or kind in _ARCHIVES:
        raise FetchFailed("not a document", f"{host} sent {kind[:80]}", status=200)


def for_error(error: Exception, host: str) -> FetchFailed:
    """The failure that an exception of the HTTP client means."""
    found = (meaning for kind, meaning in _ERRORS if isinstance(error, kind))
    name, passing = next(found, ("broken answer", False))
    if isinstance(error, aiohttp.ClientConnectorError):
        if PRIVATE in str(error.os_error):
            name, passing = PRIVATE, False
        elif isinstance(error.os_error, ConnectionRefusedError):
            name = "refused connection"
    if name in _SAID_BY_NAME:
        return FetchFailed(name, host, passing=passing)
    words = " ".join(str(error).split())[:200]
    return FetchFailed(name, f"{host}: {words}" if words else host, passing=passing)


_SAID_BY_NAME = frozenset({"name not found", "refused connection", "timed out", PRIVATE})
"""Reasons to which the library's own words add nothing but its name for the socket."""

# The first that fits counts.
_ERRORS: tuple[tuple[type[Exception], tuple[str, bool]], ...] = (
    (asyncio.TimeoutError, ("timed out", True)),
    (aiohttp.ClientConnectorDNSError, ("name not found", True)),
    (aiohttp.ClientConnectorCertificateError, ("bad certificate", False)),
    (aiohttp.ClientSSLError, ("no secure connection", True)),
    (aiohttp.ClientConnectorError, ("no connection", True)),
    (aiohttp.InvalidURL, ("not a web address", False)),
    (aiohttp.ClientPayloadError, ("cut short", True)),
    (aiohttp.ServerDisconnectedError, ("connection lost", True)),
    (aiohttp.ClientOSError, ("connection lost", True)),
    (aiohttp.ClientError, ("broken answer", True)),
)
