"""A model's server, on loopback, that follows a script: it answers well, badly, or not at all."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

__all__ = [
    "ModelServer", "Play", "brief", "cut", "drip", "hang", "honest", "raw", "reply", "says",
    "sentences_of", "serve", "status",
]  # fmt: skip

Asked = dict[str, Any]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: ModelServer

    def do_GET(self) -> None:
        self.server.asked.append({"path": self.path})
        self.server.listing(self, {})

    def do_POST(self) -> None:
        size = int(self.headers.get("Content-Length", 0))
        asked = json.loads(self.rfile.read(size))
        with self.server.turn:
            self.server.asked.append(asked | {"path": self.path, "headers": dict(self.headers)})
            plays = self.server.plays
            play = plays.pop(0) if len(plays) > 1 else plays[0]
        self.close_connection = True
        with suppress(BrokenPipeError, ConnectionResetError):  # the client has had enough
            play(self, asked)

    def log_message(self, *_: object) -> None:
        pass


Play = Callable[[Handler, Asked], None]


class ModelServer(ThreadingHTTPServer):
    """Plays its script request by request; the last play is repeated."""

    daemon_threads = True

    def __init__(self, plays: Sequence[Play]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.plays = list(plays)
        self.asked: list[Asked] = []
        self.turn = threading.Lock()
        self.over = threading.Event()
        self.listing: Play = reply({"data": [{"id": "small"}]})

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def handle_error(self, *_: object) -> None:
        pass


@contextmanager
def serve(*plays: Play) -> Iterator[ModelServer]:
    server = ModelServer(plays)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


# --- plays -----------------------------------------------------------------------------------


def raw(body: bytes, code: int = 200, kind: str = "application/json", **headers: str) -> Play:
    def play(handler: Handler, asked: Asked) -> None:
        handler.send_response(code)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return play


def reply(document: object, code: int = 200, **headers: str) -> Play:
    return raw(json.dumps(document).encode(), code, **headers)


def status(code: int, message: str = "no", **headers: str) -> Play:
    return reply({"error": {"message": message}}, code, **headers)


def says(content: object | Callable[[Asked], object], finish: str = "stop", **more: object) -> Play:
    """A completion whose words are `content`, or what `content` makes of the request."""

    def play(handler: Handler, asked: Asked) -> None:
        words = content(asked) if callable(content) else content
        if isinstance(words, dict):
            words = json.dumps(words, ensure_ascii=False)
        document = {
            "id": "c1",
            "object": "chat.completion",
            "model": asked.get("model"),
            "choices": [
                {
                    "index": 0,
                    "finish_reason": finish,
                    "message": {"role": "assistant", "content": words},
                }
            ],
            "usage": {"prompt_tokens": 1000, "completion_tokens": 200, "total_tokens": 1200},
        } | more
        reply(document)(handler, asked)

    return play


def hang(handler: Handler, asked: Asked) -> None:
    """Take the request and say nothing."""
    handler.server.over.wait(20)


def cut(handler: Handler, asked: Asked) -> None:
    """Begin an answer and hang up."""
    handler.wfile.write(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n"
        b'{"choices": [{"message": {"content": "{'
    )
    handler.wfile.flush()


def drip(handler: Handler, asked: Asked) -> None:
    """Send a byte now and then, for ever."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n")
    while not handler.server.over.wait(0.02):
        handler.wfile.write(b" ")
        handler.wfile.flush()


# --- what a model says -----------------------------------------------------------------------


def sentences_of(asked: Asked) -> dict[int, str]:
    """The numbered sentences that a model is shown, as it reads them."""
    shown = next(m["content"] for m in asked["messages"] if m["role"] == "user")
    lines = re.findall(r"^\((\d+)\) source \d+(?:, told before)?: (.*)$", shown, re.MULTILINE)
    return {int(number): text for number, text in lines}


def brief(*claims: tuple[str, Sequence[int]], heading: str = "What happened") -> dict[str, Any]:
    """A brief whose headline and nut graf are the first two claims."""
    made = [{"text": text, "sentences": list(numbers)} for text, numbers in claims]
    return {
        "plan": [{"heading": heading, "sentences": [n for c in made for n in c["sentences"]]}],
        "headline": made[0],
        "nut_graf": made[1],
        "sections": [{"heading": heading, "claims": made[2:]}],
    }


def honest(asked: Asked) -> dict[str, Any]:
    """The shown sentences themselves, last first, so that it is no extractive brief."""
    shown = sentences_of(asked)
    told = [(shown[n], [n]) for n in sorted(shown, reverse=True)]
    return brief(*told[:7]) if len(told) > 1 else brief(told[0], told[0], told[0])
