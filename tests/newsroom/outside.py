"""A web server that misbehaves in every way a feed reader has to live with."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.sax.saxutils import escape

__all__ = ["Item", "Outside", "prose", "rss", "serve"]

MEGABYTE = b"x" * 1_000_000


def prose(topic: str, sentences: int = 12) -> str:
    """Invented paragraphs, enough for an article."""
    return "\n".join(
        f"The {topic} committee met for the {number}th time at the old customs house, where "
        f"its chair read out {number * 7} letters from residents of ward {number}."
        for number in range(1, sentences + 1)
    )


def page(title: str, text: str) -> bytes:
    body = "".join(f"<p>{escape(line)}</p>" for line in text.split("\n"))
    return (
        f"<html><head><meta charset='utf-8'><title>{escape(title)}</title></head>"
        f"<body><article><h1>{escape(title)}</h1>{body}</article></body></html>"
    ).encode("utf-8", "surrogatepass")


class Item:
    """An item of the feed that `rss` writes."""

    def __init__(self, path: str, title: str | None = "A title", **fields: str) -> None:
        self.path, self.title, self.fields = path, title, fields


def rss(base: str, items: list[Item]) -> bytes:
    parts = []
    for item in items:
        fields = {"link": f"{base}{item.path}", "guid": f"{base}{item.path}", **item.fields}
        if item.title is not None:
            fields["title"] = item.title
        parts.append(
            "<item>" + "".join(f"<{k}>{escape(v)}</{k}>" for k, v in fields.items()) + "</item>"
        )
    return (
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>Ward News</title>"
        f"<link>{base}/</link>{''.join(parts)}</channel></rss>"
    ).encode()


class Outside:
    """What each path answers with: bytes, (status, headers, bytes) or the length of a flood."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.pages: dict[str, bytes | tuple[int, dict[str, str], bytes] | int] = {}


@contextmanager
def serve() -> Iterator[Outside]:
    """The server on a free loopback port, with its pages to be filled in."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = outside.pages.get(self.path.partition("?")[0], (404, {}, b"nothing here"))
            if isinstance(answer, int):
                self._flood(answer)
                return
            status, headers, body = answer if isinstance(answer, tuple) else (200, {}, answer)
            self.send_response(status)
            for name, value in {"Content-Type": "text/html", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def _flood(self, megabytes: int) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            try:
                for _ in range(megabytes):
                    self.wfile.write(MEGABYTE)
            except OSError:
                return  # the reader has had enough, which is the point

        def log_message(self, *_: object) -> None:
            return None

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        outside = Outside(f"http://127.0.0.1:{server.server_address[1]}")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield outside
        server.shutdown()
