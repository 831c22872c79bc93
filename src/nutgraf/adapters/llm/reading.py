"""What a model's server sent back: an answer of the shape asked for, or what is wrong with it."""

from __future__ import annotations

import re
from typing import Any

import msgspec
from msgspec import Struct, field

from nutgraf.errors import WriterError
from nutgraf.protocols import Prompt
from nutgraf.types import Usage

__all__ = ["Completion", "asked_for", "read_completion", "schema_of", "shaped"]

_AROUND = 16
_THOUGHT = re.compile(r"^\s*<think>.*?</think>", re.DOTALL)
_FENCED = re.compile(r"^\s*```\w*\s*\n(.*)\n\s*```\s*$", re.DOTALL)


class _Message(Struct):
    content: Any = None
    refusal: Any = None


class _Choice(Struct):
    message: _Message = field(default_factory=_Message)
    finish_reason: Any = None


class Completion(Struct):
    """What a server answers with, as far as it is read here."""

    choices: list[_Choice] = field(default_factory=list)
    usage: Any = None

    def words(self) -> str:
        """What the model said; raises `WriterError` if it said nothing, or only some of it."""
        if not self.choices:
            raise WriterError("the model gave an empty answer", passing=True)
        choice = self.choices[0]
        if choice.message.refusal:
            raise WriterError("the model refused to answer")
        if choice.finish_reason == "content_filter":
            raise WriterError("the model's server filtered its answer")
        if choice.finish_reason == "length":
            raise WriterError(
                "the model's answer was cut off",
                "the model's answer was cut off: raise [llm] max_tokens, or lower [llm] sentences",
            )
        text = choice.message.content
        if not isinstance(text, str) or not text.strip():
            raise WriterError("the model gave an empty answer", passing=True)
        return text

    def took(self, prompt: Prompt) -> Usage:
        """What it took; where the server did not count it is estimated."""
        counted = self.usage if isinstance(self.usage, dict) else {}
        read, written = (
            _count(counted.get("prompt_tokens")),
            _count(counted.get("completion_tokens")),
        )
        said = "".join(str(choice.message.content or "") for choice in self.choices)
        return Usage(
            calls=1,
            tokens_in=asked_for(prompt) if read is None else read,
            tokens_out=estimated(said) if written is None else written,
            estimated=read is None or written is None,
        )


def read_completion(body: bytes) -> Completion:
    """The completion in a server's answer; raises `WriterError` if it is none."""
    start = body[:200].lstrip()
    if start.startswith(b"data:"):
        raise WriterError(
            "the model's server sent a stream that was not asked for",
            "the model's server sent a stream that was not asked for: switch streaming off there",
            lasting=True,
        )
    if start.startswith(b"<"):
        raise WriterError(
            "the model's server sent a web page",
            "the model's server sent a web page: [llm] base_url is no address of an API; it "
            "usually ends in /v1",
            lasting=True,
        )
    try:
        return msgspec.json.decode(body, type=Completion)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise WriterError("the model's server sent no completion", passing=True) from None


def _count(value: object) -> int | None:
    return value if type(value) is int and value >= 0 else None


def shaped(text: str, shape: type[Struct]) -> str:
    """The JSON in a model's words, of the type asked for; a code fence around it is forgiven.

    Raises `WriterError` if it is none.
    """
    text = _THOUGHT.sub("", text)
    fenced = _FENCED.match(text)
    try:
        made = msgspec.json.decode(
            (fenced[1] if fenced else text).encode(), type=shape, strict=False
        )
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise WriterError("the model's answer is not of the form asked for", passing=True) from None
    return msgspec.json.encode(made).decode()


def schema_of(shape: type[Struct]) -> dict[str, Any]:
    """The JSON schema of a type as strict servers want it: in one piece, nothing optional."""
    (root,), parts = msgspec.json.schema_components([shape], ref_template="{name}")
    return _in_one_piece(root, parts)


def _in_one_piece(node: dict[str, Any], parts: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in node:
        return _in_one_piece(parts[node["$ref"]], parts)
    kept: dict[str, Any] = {name: node[name] for name in ("type", "enum") if name in node}
    if "items" in node:
        kept["items"] = _in_one_piece(node["items"], parts)
    if "properties" in node:
        found = node["properties"].items()
        kept["properties"] = {name: _in_one_piece(part, parts) for name, part in found}
        kept["required"] = list(kept["properties"])
        kept["additionalProperties"] = False
    return kept


def estimated(text: str) -> int:
    """Tokens of a text, rather too many than too few: a third of its ASCII, all of the rest."""
    plain = sum(map(str.isascii, text))
    return -(-plain // 3) + len(text) - plain


def asked_for(prompt: Prompt) -> int:
    """Tokens of a prompt, estimated, with what a chat template puts around each turn."""
    return sum(_AROUND + estimated(turn.text) for turn in prompt.turns)
