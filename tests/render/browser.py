"""A headless Chromium driven over its debugging protocol, for tests that need a real page."""

from __future__ import annotations

import asyncio
import itertools
import subprocess
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

START = 30.0
"""Seconds that a loaded machine may take to start a browser."""


class Tab:
    """One page; `call` is any method of https://chromedevtools.github.io/devtools-protocol/."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._ids = itertools.count(1)

    async def call(self, method: str, **params: Any) -> dict[str, Any]:
        number = next(self._ids)
        await self._socket.send_json({"id": number, "method": method, "params": params})
        while True:
            answer = await self._socket.receive_json(timeout=START)
            if answer.get("id") == number:
                assert "error" not in answer, answer
                result: dict[str, Any] = answer["result"]
                return result

    async def open(self, url: str, width: int = 1280, height: int = 800) -> None:
        await self.call("Page.enable")
        await self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
        await self.call("Page.navigate", url=url)
        while True:
            event = await self._socket.receive_json(timeout=START)
            if event.get("method") == "Page.loadEventFired":
                return

    async def value(self, expression: str) -> Any:
        answer = await self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    async def press(self, key: str, code: int) -> None:
        text = {"text": "\r"} if key == "Enter" else {}
        for kind in ("keyDown", "keyUp"):
            await self.call(
                "Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code, **text
            )


@asynccontextmanager
async def _tab(chromium: str, profile: Path) -> AsyncIterator[Tab]:
    command = [
        chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
        "--remote-debugging-port=0", f"--user-data-dir={profile}", "about:blank",
    ]  # fmt: skip
    browser = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        port = await asyncio.wait_for(_port(profile / "DevToolsActivePort"), START)
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://127.0.0.1:{port}/json/list") as answer:
                pages = [page for page in await answer.json() if page["type"] == "page"]
            async with session.ws_connect(pages[0]["webSocketDebuggerUrl"], max_msg_size=0) as ws:
                yield Tab(ws)
    finally:
        browser.terminate()
        browser.wait(START)


async def _port(file: Path) -> int:
    while not (file.exists() and file.read_text().strip()):
        await asyncio.sleep(0.05)
    return int(file.read_text().split()[0])


def in_tab(chromium: str, look: Callable[[Tab], Awaitable[None]]) -> None:
    """Run `look` on a page of a fresh browser."""

    async def run(profile: Path) -> None:
        async with _tab(chromium, profile) as tab:
            await look(tab)

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        asyncio.run(run(Path(profile)))
