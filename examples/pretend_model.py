"""A server that pretends to be a model: to try `[llm]` out without one, or to write your own.

It speaks as much of OpenAI's chat protocol as Nutgraf asks for, and answers each request for a
brief with the sentences it was shown, cut at the first comma. What the verifier makes of that is
the point: some hold, some go back and are then replaced by the source's own words.

    python pretend_model.py 8099
    NUTGRAF_LLM__MODEL=pretend NUTGRAF_LLM__BASE_URL=http://127.0.0.1:8099/v1 \
        nutgraf brief one.html two.html

Needs nothing but Python.
"""

from __future__ import annotations

import json
import re
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SHOWN = re.compile(r"^\((\d+)\) source \d+[^:\n]*: (.*)$", re.MULTILINE)
FAILED = re.compile(r"^\((\d+)\) (.*?) — withheld: ", re.MULTILINE)


def answer(messages: list[dict[str, str]]) -> dict[str, Any]:
    """A brief over the numbered sentences, or other words for what was withheld of it."""
    shown = {int(number): text for number, text in SHOWN.findall(messages[1]["content"])}
    if len(messages) > 2:
        return {"claims": [_whole(int(n), text, shown) for n, text in
                           FAILED.findall(messages[-1]["content"])]}  # fmt: skip
    claims = [{"text": _short(text), "sentences": [n]} for n, text in shown.items()]
    return {
        "plan": [{"heading": "What happened", "sentences": list(shown)}],
        "headline": claims[0],
        "nut_graf": {"text": shown[1], "sentences": [1]},
        "sections": [{"heading": "What happened", "claims": claims[1:8]}],
    }


def _short(text: str) -> str:
    return text.partition(",")[0].rstrip(".") + "."


def _whole(number: int, failed: str, shown: dict[int, str]) -> dict[str, Any]:
    """The sentence that a claim which failed was cut from."""
    found = next((n for n, text in shown.items() if _short(text).startswith(failed.rstrip("."))), 1)
    return {"number": number, "text": shown[found], "sentences": [found]}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self._send({"object": "list", "data": [{"id": "pretend", "object": "model"}]})

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        said = json.dumps(answer(asked["messages"]), ensure_ascii=False)
        message = {"role": "assistant", "content": said}
        self._send({"choices": [{"index": 0, "message": message, "finish_reason": "stop"}]})

    def _send(self, document: dict[str, Any]) -> None:
        body = json.dumps(document).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8099
    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    sys.stdout.write(f"http://127.0.0.1:{server.server_port}/v1\n")
    sys.stdout.flush()
    server.serve_forever()
