"""Serving a newsroom on a web address until it is stopped."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from nutgraf.errors import NutgrafError

if TYPE_CHECKING:
    from nutgraf.newsroom import Newsroom

__all__ = ["serve_newsroom"]


def serve_newsroom(newsroom: Newsroom, host: str, port: int, say: Callable[[str], None]) -> None:
    """Serve pages and API at `host:port` (0 takes any free port) until interrupted.

    `say` gets one line with the address. Raises `NutgrafError` if the port is taken.
    """
    import uvicorn

    from nutgraf.web.app import create_app

    with listening(host, port) as bound:
        shown = f"[{host}]" if ":" in host else host
        say(f"Serving on http://{shown}:{bound.getsockname()[1]}/ (stop with Ctrl-C)")
        config = uvicorn.Config(create_app(newsroom), log_level="warning", server_header=False)
        # uvicorn shuts down in order, then hands the interrupt on; to stop is no failure.
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[bound])


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens; raises `NutgrafError` that names the address and what to do."""
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        bound = socket.socket(family, socket.SOCK_STREAM)
    except OSError as error:
        raise NutgrafError(f"cannot serve on {host}:{port}: {error.strerror}") from None
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
        bound.listen()
    except OSError as error:
        bound.close()
        raise NutgrafError(
            f"cannot serve on {host}:{port}: {error.strerror}; give another --port"
        ) from None
    return bound
