"""A model behind HTTP, on any server that speaks OpenAI's chat protocol.

The library `openai` knows that protocol and its transport. What it leaves to its callers is here:
one time limit for a whole answer (its own bounds each read alone), a bound on its size, no
redirect that would carry the key elsewhere, and servers that know only part of the protocol.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from nutgraf.adapters.llm.answering import Form
from nutgraf.adapters.llm.reading import read_completion, shaped
from nutgraf.adapters.llm.refusals import refused, unreachable
from nutgraf.config import LlmConfig
from nutgraf.errors import WriterError
from nutgraf.protocols import Answer, Prompt
from nutgraf.types import Usage

if TYPE_CHECKING:
    import httpx2
    import openai

__all__ = ["HttpWriter"]

T = TypeVar("T")

LARGEST = 2_000_000
"""Bytes of an answer; a brief has some ten thousand."""


class HttpWriter:
    """A `Writer` that asks the server once for each prompt, and once more for each thing that the
    server turns out not to know."""

    def __init__(self, setting: LlmConfig, key: str = "") -> None:
        self._setting = setting
        self._key = key
        self._form = Form(setting)
        self.name = setting.model
        self.identity = f"{setting.base_url} {setting.model} {setting.temperature:g}"
        """What an answer depends on, beside the prompt."""

    def ask(self, prompt: Prompt) -> Answer:
        """See `protocols.Writer`."""
        return _run(self._ask(prompt))

    def check(self) -> str:
        """What is wrong with the server, in one line; empty if it answers and has the model."""
        try:
            return _run(self._check())
        except WriterError as error:
            return f"[llm] {error}"

    async def _ask(self, prompt: Prompt) -> Answer:
        while True:
            request = self._form.request(prompt)
            try:
                body = await self._sent("/chat/completions", request)
                break
            except _RefusedError as error:
                if not self._form.without(error.said):
                    raise error.meant from None
        done = read_completion(body)
        took = self._priced(done.took(prompt))
        try:
            return Answer(text=shaped(done.words(), prompt.shape), usage=took)
        except WriterError as error:
            error.usage = took  # of no use, and paid for all the same
            raise

    def _priced(self, took: Usage) -> Usage:
        price_in, price_out = self._setting.price_in, self._setting.price_out
        cost = (took.tokens_in * price_in + took.tokens_out * price_out) / 1e6
        return msgspec.structs.replace(took, cost=cost)

    async def _check(self) -> str:
        body = await self._sent("/models", None)
        try:
            listed = msgspec.json.decode(body)["data"]
            names = [entry["id"] for entry in listed]
        except (msgspec.DecodeError, KeyError, TypeError):
            return f"[llm] {self._setting.base_url} answers, but not with a list of models"
        if self.name in names or f"{self.name}:latest" in names:
            return ""
        known = ", ".join(map(str, names[:5])) or "none"
        return f"[llm] {self._setting.base_url} has no model {self.name}; it lists: {known}"

    async def _sent(self, path: str, request: dict[str, Any] | None) -> bytes:
        """The bytes that come back, all within the time limit."""
        import httpx2
        import openai

        seconds = self._setting.timeout
        try:
            async with asyncio.timeout(seconds), self._client() as client:
                response = (
                    await client.get(path, cast_to=httpx2.Response)
                    if request is None
                    else await client.post(path, cast_to=httpx2.Response, body=request)
                )
                return response.content
        except (TimeoutError, openai.APITimeoutError):
            raise WriterError(
                "the model's server took too long",
                f"{self._setting.base_url} took longer than {seconds:g} s: raise [llm] timeout, or "
                "take a smaller model",
                passing=True,
            ) from None
        except openai.APIStatusError as error:
            raise self._meaning(error) from None
        except openai.APIError as error:
            raise unreachable(self._setting.base_url, error) from None

    def _meaning(self, error: openai.APIStatusError) -> Exception:
        meant = refused(self._setting, error.status_code, error.message, error.response.headers)
        if error.status_code in (400, 422):
            return _RefusedError(meant, error.message)
        return meant

    @asynccontextmanager
    async def _client(self) -> AsyncIterator[openai.AsyncOpenAI]:
        import httpx2
        import openai

        transport = httpx2.AsyncClient(
            follow_redirects=False,
            timeout=self._setting.timeout,
            event_hooks={"response": [_bounded]},
        )
        async with openai.AsyncOpenAI(
            base_url=self._setting.base_url,
            api_key=self._key or "none",
            max_retries=0,
            http_client=transport,
        ) as client:
            # The library takes these from its own environment; they are another server's business.
            client.organization = client.project = None
            yield client


class _RefusedError(Exception):
    """The server takes the request for wrong (400, 422): perhaps it knows a simpler one."""

    def __init__(self, meant: WriterError, said: str) -> None:
        super().__init__(said)
        self.meant, self.said = meant, said


async def _bounded(response: httpx2.Response) -> None:
    """Let no more of a response be read than `LARGEST`."""
    import httpx2

    assert isinstance(response.stream, httpx2.AsyncByteStream)
    stream: httpx2.AsyncByteStream = response.stream

    class Bounded(httpx2.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            size = 0
            async for chunk in stream:
                size += len(chunk)
                if size > LARGEST:
                    raise WriterError("the model's answer is far too long")
                yield chunk

        async def aclose(self) -> None:
            await stream.aclose()

    response.stream = Bounded()


def _run(work: Coroutine[Any, Any, T]) -> T:
    """Run to the end, in a thread of its own if this one has an event loop already."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()
