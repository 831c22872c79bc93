"""Answers given once: a writer in front of which the store is asked."""

from __future__ import annotations

import hashlib

import msgspec

from nutgraf.adapters.llm.reading import schema_of, shaped
from nutgraf.errors import WriterError
from nutgraf.protocols import Answer, Prompt, Store, Writer
from nutgraf.types import Usage

__all__ = ["RememberedWriter"]


class RememberedWriter:
    """A `Writer` that asks another one only what it was not asked before.

    `identity` is all that an answer depends on beside the prompt: the server, the model, how it is
    set. Only answers of the right shape are kept.
    """

    def __init__(self, writer: Writer, identity: str, store: Store) -> None:
        self._writer, self._identity, self._store = writer, identity, store
        self.name = writer.name

    def ask(self, prompt: Prompt) -> Answer:
        """See `protocols.Writer`."""
        key = _key(prompt)
        kept = self._store.answer(self._identity, key)
        if kept is not None:
            try:
                return Answer(text=shaped(kept, prompt.shape), usage=Usage(remembered=1))
            except WriterError:
                pass  # kept by a version that asked for another shape
        answer = self._writer.ask(prompt)
        self._store.save_answer(self._identity, key, answer.text)
        return answer


def _key(prompt: Prompt) -> bytes:
    asked = msgspec.json.encode((prompt.turns, schema_of(prompt.shape)))
    return hashlib.blake2b(asked, digest_size=16).digest()
