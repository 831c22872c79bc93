"""The request that a server understands: the most it knows of the protocol, found out by asking."""

from __future__ import annotations

import json
from typing import Any

from nutgraf.adapters.llm.reading import schema_of
from nutgraf.config import LlmConfig
from nutgraf.protocols import Prompt

__all__ = ["Form"]


class Form:
    """How to ask one server. What it refuses is left out from then on."""

    def __init__(self, setting: LlmConfig) -> None:
        self._setting = setting
        self._limit = "max_tokens"
        self._temperature = True
        self._formats = ["json_schema", "json_object", "text"]
        """Ways to ask for JSON, best first: the first is in use."""

    def request(self, prompt: Prompt) -> dict[str, Any]:
        """The body of a request for a completion."""
        schema = schema_of(prompt.shape)
        messages = [{"role": turn.role, "content": turn.text} for turn in prompt.turns]
        body: dict[str, Any] = {"model": self._setting.model, "messages": messages, "stream": False}
        body[self._limit] = self._setting.max_tokens
        if self._temperature:
            body["temperature"] = self._setting.temperature
        form = self._formats[0]
        if form == "json_schema":
            named = {"name": "answer", "strict": True, "schema": schema}
            body["response_format"] = {"type": form, "json_schema": named}
        else:
            messages[-1]["content"] += f"\n\nThe JSON schema of the answer: {json.dumps(schema)}"
            if form == "json_object":
                body["response_format"] = {"type": form}
        return body

    def without(self, said: str) -> bool:
        """Leave out what the server's refusal `said` is about; False if nothing is left to."""
        said = said.casefold()
        if "max_completion_tokens" in said and self._limit == "max_tokens":
            self._limit = "max_completion_tokens"
        elif "temperature" in said and self._temperature:
            self._temperature = False
        elif len(self._formats) > 1 and "context" not in said:
            self._formats.pop(0)
        else:
            return False
        return True
