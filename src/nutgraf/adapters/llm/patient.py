"""Patience and thrift: a prompt is tried again, a budget is kept, a dead server is left alone."""

from __future__ import annotations

import time
from collections.abc import Callable

from nutgraf.adapters.llm.reading import asked_for
from nutgraf.config import LlmConfig
from nutgraf.errors import WriterError
from nutgraf.protocols import Answer, Prompt, Writer
from nutgraf.types import Usage

__all__ = ["PatientWriter"]

FIRST_WAIT = 1.0
"""Seconds before the second try where the server names none; doubled by each that follows."""
LONGEST_WAIT = 60.0
"""A server that asks for more is left alone for the whole edition."""
_GIVE_UP = 2
"""Prompts in a row that a failing server leaves unanswered before it is left alone."""


class PatientWriter:
    """A `Writer` that tries another one again; one is made for each edition.

    `troubles` are what went wrong, a line each, for whoever runs the desk.
    """

    def __init__(
        self, writer: Writer, setting: LlmConfig, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._writer, self._setting, self._sleep = writer, setting, sleep
        self._over: WriterError | None = None
        self._failed = 0
        self.name = writer.name
        self.spent = self._used = Usage()
        self.troubles: list[str] = []

    def ask(self, prompt: Prompt) -> Answer:
        """See `protocols.Writer`."""
        self._used = Usage()
        try:
            answer = self._tried(prompt)
        except WriterError as error:
            self._note(error)
            error.usage = self._used
            raise
        finally:
            self.spent += self._used
        self._failed = 0
        return Answer(text=answer.text, usage=self._used)

    def _tried(self, prompt: Prompt) -> Answer:
        if self._over:
            raise WriterError(self._over.reason, str(self._over), lasting=True)
        for attempt in range(1, self._setting.tries + 1):
            self._afford(prompt)
            try:
                answer = self._writer.ask(prompt)
            except WriterError as error:
                self._used += error.usage or Usage()
                wait = FIRST_WAIT * 2 ** (attempt - 1) if error.wait is None else error.wait
                if wait > LONGEST_WAIT:
                    error.lasting = True
                if error.lasting or not error.passing or attempt == self._setting.tries:
                    raise
                self._sleep(wait)
            else:
                self._used += answer.usage
                return answer
        raise AssertionError("a try either answers or raises")

    def _afford(self, prompt: Prompt) -> None:
        """Raise if the answer might take more than is left of the budget."""
        setting = self._setting
        read, written = asked_for(prompt), setting.max_tokens
        cost = (read * setting.price_in + written * setting.price_out) / 1e6
        spent = self.spent + self._used
        tokens = spent.tokens_in + spent.tokens_out + read + written
        if 0 < setting.budget_tokens < tokens or 0 < setting.budget < spent.cost + cost:
            raise WriterError(
                "the edition's budget for the model is used up",
                f"the edition's budget for the model is used up ({spent.tokens_in:,} tokens "
                f"read, {spent.tokens_out:,} written, {spent.cost:.4g} spent): raise "
                "[llm] budget_tokens or budget",
            )

    def _note(self, error: WriterError) -> None:
        if str(error) not in self.troubles:
            self.troubles.append(str(error))
        self._failed = self._failed + 1 if error.passing else 0
        if error.lasting or self._failed == _GIVE_UP:
            self._over = self._over or error
