"""The verifier that the settings name, with a chat model behind the rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from nutgraf.config import Config, LlmConfig, VerifyConfig
from nutgraf.errors import ConfigError, WriterError
from nutgraf.newsroom.verifying import verifier_by
from nutgraf.protocols import Answer, Prompt
from nutgraf.types import Article

HERE = Path()
SOURCE = Article(
    id="a", title="", language="en",
    text="The harbour of Imrik, which froze twice last winter, will close for 14 days in March.",
)  # fmt: skip
SHORTER = "The harbour of Imrik will close for 14 days in March."
ASKED = Config(llm=LlmConfig(model="m"), verify=VerifyConfig(judge=True))


class Chat:
    """A model that always gives one answer, or none."""

    name = "chat"

    def __init__(self, answer: str | None) -> None:
        self.answer = answer
        self.asked: list[Prompt] = []

    def ask(self, prompt: Prompt) -> Answer:
        self.asked.append(prompt)
        if self.answer is None:
            raise WriterError("the server is down")
        return Answer(text=self.answer)


def test_without_settings_the_rules_stand_alone_and_nobody_is_asked() -> None:
    chat = Chat('{"verdict": "not found"}')
    assert verifier_by(Config(), HERE, chat)(SHORTER, [SOURCE]).verdict == "supported"
    assert not chat.asked


def test_a_chat_model_withholds_what_it_doubts() -> None:
    chat = Chat('{"verdict": "not found"}')
    support = verifier_by(ASKED, HERE, chat)(SHORTER, [SOURCE])
    assert support.verdict == "unsupported"
    assert "chat" in support.reason
    assert SHORTER in chat.asked[0].turns[0].text


def test_whole_sentences_need_no_second_opinion() -> None:
    chat = Chat('{"verdict": "not found"}')
    assert verifier_by(ASKED, HERE, chat)(SOURCE.text, [SOURCE]).verdict == "supported"
    assert not chat.asked


def test_while_its_server_is_down_the_rules_stand_alone() -> None:
    judge = verifier_by(ASKED, HERE, Chat(None))
    assert judge(SHORTER, [SOURCE]).verdict == "supported"
    assert judge("The harbour of Imrik will close for 40 days.", [SOURCE]).verdict != "supported"


def test_it_raises_nothing_while_its_server_is_down() -> None:
    raising = Config(llm=LlmConfig(model="m"), verify=VerifyConfig(judge=True, raises=True))
    judge = verifier_by(raising, HERE, Chat(None))
    assert judge("Imrik shuts its port.", [SOURCE]).verdict == "unsupported"


def test_a_judge_without_a_model_is_an_error_that_says_so() -> None:
    with pytest.raises(ConfigError, match="judge needs a chat model"):
        verifier_by(Config(verify=VerifyConfig(judge=True)), HERE, None)
