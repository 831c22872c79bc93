"""The client by itself: what it asks for, how long it waits, what it remembers, what it needs."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from model_server import raw, reply, says, serve, status
from msgspec import Struct

from nutgraf.adapters.llm import HttpWriter, PatientWriter, RememberedWriter, open_writer
from nutgraf.adapters.llm.reading import read_completion, schema_of, shaped
from nutgraf.adapters.store import SqlStore, open_store
from nutgraf.config import LlmConfig
from nutgraf.errors import ConfigError, MissingExtra, WriterError
from nutgraf.protocols import Answer, Prompt, Turn, Writer
from nutgraf.stages.write import Reworded, Written
from nutgraf.types import Usage


class Word(Struct):
    word: str


PROMPT = Prompt(turns=[Turn("user", "Say a word.")], shape=Word)
GOOD = says({"word": "ferry"})


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def writer(url: str, **more: object) -> HttpWriter:
    told = {"model": "small", "base_url": url, "timeout": 5.0} | more
    return open_writer(LlmConfig(**told), {})  # type: ignore[arg-type]


def _implements(one: HttpWriter, two: PatientWriter, three: RememberedWriter) -> list[Writer]:
    return [one, two, three]  # mypy reads this


# --- settings --------------------------------------------------------------------------------


def test_the_key_may_come_from_the_environment() -> None:
    setting = LlmConfig(model="m", base_url="http://h/v1", api_key_env="MY_KEY")
    assert open_writer(setting, {"MY_KEY": "k"})._key == "k"
    with pytest.raises(ConfigError, match="MY_KEY is not set"):
        open_writer(setting, {})


@pytest.mark.parametrize(
    "wrong", [{"base_url": ""}, {"base_url": "localhost:8080"}, {"tries": 0}, {"timeout": 0.0}]
)
def test_settings_that_cannot_be(wrong: dict[str, object]) -> None:
    told = {"model": "m", "base_url": "http://h/v1"} | wrong
    with pytest.raises(ConfigError, match=r"\[llm\]"):
        open_writer(LlmConfig(**told))  # type: ignore[arg-type]


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openai", None)
    with pytest.raises(MissingExtra, match=r"pip install 'nutgraf\[llm\]'"):
        writer("http://h/v1")


def test_nothing_heavy_is_imported_before_it_is_asked() -> None:
    import subprocess

    code = (
        "import sys; from nutgraf.newsroom import Newsroom; from nutgraf.adapters.llm import "
        "open_writer; from nutgraf.config import LlmConfig; "
        "open_writer(LlmConfig(model='m', base_url='http://h/v1')); "
        "print({'openai', 'httpx2'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


# --- one request -----------------------------------------------------------------------------


def test_what_is_asked_for() -> None:
    with serve(GOOD) as server:
        answer = writer(server.url, max_tokens=77, temperature=0.5).ask(PROMPT)
        (asked,) = server.asked
    assert json.loads(answer.text) == {"word": "ferry"}
    assert answer.usage == Usage(calls=1, tokens_in=1000, tokens_out=200)
    assert asked["path"] == "/v1/chat/completions"
    assert (asked["model"], asked["max_tokens"], asked["temperature"]) == ("small", 77, 0.5)
    assert asked["messages"] == [{"role": "user", "content": "Say a word."}]
    assert asked["response_format"]["json_schema"]["schema"] == {
        "type": "object",
        "properties": {"word": {"type": "string"}},
        "required": ["word"],
        "additionalProperties": False,
    }


def test_what_a_server_refuses_it_is_not_asked_again() -> None:
    refusals = [status(400, "response_format: json_schema"), status(400, "temperature")]
    with serve(*refusals, GOOD) as server:
        one = writer(server.url)
        one.ask(PROMPT)
        one.ask(PROMPT)
        first, second, third, fourth = server.asked
    assert "json_schema" in first["response_format"]
    assert second["response_format"] == {"type": "json_object"}
    assert "temperature" in second
    assert "temperature" not in third
    assert "The JSON schema of the answer" in third["messages"][-1]["content"]
    assert fourth["messages"] == third["messages"]


def test_schemas_are_of_one_piece_with_nothing_optional() -> None:
    for shape in (Written, Reworded):
        schema = json.dumps(schema_of(shape))
        assert "$ref" not in schema
        assert schema.count('"properties"') == schema.count('"additionalProperties": false')
    assert schema_of(Written)["required"] == ["plan", "headline", "nut_graf", "sections"]


def test_it_may_be_asked_from_within_an_event_loop() -> None:
    async def asked(one: HttpWriter) -> Answer:
        return one.ask(PROMPT)

    with serve(GOOD) as server:
        assert json.loads(asyncio.run(asked(writer(server.url))).text) == {"word": "ferry"}


@pytest.mark.parametrize(
    ("listing", "problem"),
    [
        (reply({"data": [{"id": "small"}]}), ""),
        (reply({"data": [{"id": "small:latest"}]}), ""),
        (reply({"data": [{"id": "large"}, {"id": "vast"}]}), "no model small; it lists: large"),
        (reply({"data": []}), "lists: none"),
        (reply([]), "not with a list of models"),
        (raw(b"<html>"), "not with a list of models"),
        (status(401), "mend [llm] api_key"),
        (status(503), "answered 503"),
    ],
)  # fmt: skip
def test_the_doctor_asks_the_server(listing: Callable[..., None], problem: str) -> None:
    with serve(GOOD) as server:
        server.listing = listing
        said = writer(server.url).check()
        assert [one["path"] for one in server.asked] == ["/v1/models"]
    assert problem in said
    assert bool(said) == bool(problem)


@given(st.binary(max_size=400) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_a_completion_or_an_error(body: bytes) -> None:
    with suppress(WriterError):
        read_completion(body).words()


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from("choices message content finish_reason usage word plan headline".split()),
        inner, max_size=4),
    max_leaves=20,
)  # fmt: skip


@given(_JSON)
def test_any_json_is_a_completion_or_an_error(document: object) -> None:
    text = json.dumps(document)
    for read in (lambda: read_completion(text.encode()).words(), lambda: shaped(text, Written)):
        with suppress(WriterError):
            read()


@pytest.mark.parametrize("play", [says("{", "length"), says("", "content_filter"), says("no")])
def test_an_answer_of_no_use_is_counted(play: Callable[..., None]) -> None:
    with serve(play) as server, pytest.raises(WriterError) as caught:
        writer(server.url, price_in=1.0).ask(PROMPT)
    assert caught.value.usage == Usage(calls=1, tokens_in=1000, tokens_out=200, cost=0.001)


# --- patience --------------------------------------------------------------------------------


class Scripted:
    """A writer that fails as told; None stands for an answer."""

    name = "small"

    def __init__(self, *script: WriterError | None) -> None:
        self.script = list(script)
        self.asked = 0

    def ask(self, prompt: Prompt) -> Answer:
        self.asked += 1
        error = self.script.pop(0) if self.script else None
        if error:
            raise error
        return Answer(text='{"word": "ferry"}', usage=Usage(calls=1, tokens_in=10, tokens_out=5))


def passing(wait: float | None = None) -> WriterError:
    return WriterError("busy", "it is busy", passing=True, wait=wait)


def patient(script: Scripted, **more: object) -> tuple[PatientWriter, list[float]]:
    waits: list[float] = []
    setting = LlmConfig(model="m", **({"tries": 3} | more))  # type: ignore[arg-type]
    return PatientWriter(script, setting, waits.append), waits


def test_waits_grow_unless_the_server_names_them() -> None:
    one, waits = patient(Scripted(passing(), passing(7.5), passing()), tries=4)
    assert one.ask(PROMPT).usage.tokens_in == 10
    assert waits == [1.0, 7.5, 4.0]
    assert one.troubles == []


def test_a_server_that_asks_for_an_hour_is_left_alone() -> None:
    script = Scripted(passing(3600.0))
    one, waits = patient(script)
    for _ in range(3):
        with pytest.raises(WriterError, match="busy"):
            one.ask(PROMPT)
    assert (script.asked, waits, one.troubles) == (1, [], ["it is busy"])


def test_a_server_that_fails_twice_in_a_row_is_left_alone() -> None:
    script = Scripted(*(passing() for _ in range(20)))
    one, _ = patient(script)
    for _ in range(5):
        with pytest.raises(WriterError, match="busy"):
            one.ask(PROMPT)
    assert script.asked == 6


def test_one_story_that_it_refuses_does_not_end_it() -> None:
    script = Scripted(*(WriterError("refused") for _ in range(5)))
    one, _ = patient(script)
    for _ in range(5):
        with pytest.raises(WriterError, match="refused"):
            one.ask(PROMPT)
    assert json.loads(one.ask(PROMPT).text) == {"word": "ferry"}
    assert script.asked == 6
    assert one.troubles == ["refused"]


def test_a_lasting_trouble_ends_it_at_once() -> None:
    script = Scripted(WriterError("no key", "mend it", lasting=True))
    one, waits = patient(script)
    for _ in range(2):
        with pytest.raises(WriterError, match="mend it") as caught:
            one.ask(PROMPT)
        assert caught.value.reason == "no key"
    assert (script.asked, waits) == (1, [])


def test_what_useless_answers_took_is_counted() -> None:
    useless = passing()
    useless.usage = Usage(calls=1, tokens_in=100, tokens_out=50, cost=0.5)
    one, _ = patient(Scripted(useless))
    used = one.ask(PROMPT).usage
    assert (used.calls, used.tokens_in, used.tokens_out, used.cost) == (2, 110, 55, 0.5)


@given(st.integers(0, 400), st.integers(1, 60))
def test_a_budget_of_tokens_is_never_passed(budget: int, longest: int) -> None:
    """As long as the server keeps to the length it is asked for, and no letter is three tokens."""
    one, _ = patient(Scripted(), budget_tokens=budget, max_tokens=max(longest, 5))
    for _ in range(40):
        with suppress(WriterError):
            one.ask(PROMPT)
    assert not one.troubles or "used up" in one.troubles[0]
    spent = one.spent.tokens_in + one.spent.tokens_out
    assert spent <= budget or (budget == 0 and spent == 600)


@pytest.mark.parametrize(
    ("header", "low", "high"),
    [("5", 5, 5), ("0", 0, 0), ("-3", 0, 0), ("soon", None, None), ("", None, None)],
)
def test_how_long_a_server_asks_to_wait(header: str, low: float | None, high: float | None) -> None:
    with serve(status(503, Retry_After=header)) as server, pytest.raises(WriterError) as caught:
        writer(server.url).ask(PROMPT)
    assert caught.value.wait == low == high
    assert caught.value.passing


def test_a_server_may_name_a_time() -> None:
    at = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    with serve(status(429, Retry_After=at)) as server, pytest.raises(WriterError) as caught:
        writer(server.url).ask(PROMPT)
    assert caught.value.wait is not None
    assert 3500 < caught.value.wait <= 3600


# --- memory ----------------------------------------------------------------------------------


@pytest.fixture
def store() -> Iterator[SqlStore]:
    opened = open_store(":memory:")
    yield opened
    opened.close()


def test_the_same_prompt_is_asked_once(store: SqlStore) -> None:
    script = Scripted()
    one = RememberedWriter(script, "at home small", store)
    first, second = one.ask(PROMPT), one.ask(PROMPT)
    assert json.loads(first.text) == json.loads(second.text)
    assert second.usage == Usage(remembered=1)
    assert script.asked == 1


@pytest.mark.parametrize("what", ["words", "role", "model", "shape"])
def test_another_prompt_or_model_is_asked_anew(what: str, store: SqlStore) -> None:
    class Other(Struct):
        word: str = ""
        size: int = 0

    script = Scripted()
    RememberedWriter(script, "a", store).ask(PROMPT)
    role, words = (
        ("system" if what == "role" else "user"),
        ("?" if what == "words" else "Say a word."),
    )
    prompt = Prompt(turns=[Turn(role, words)], shape=Other if what == "shape" else Word)
    RememberedWriter(script, "b" if what == "model" else "a", store).ask(prompt)
    assert script.asked == 2


def test_a_failure_is_not_remembered(store: SqlStore) -> None:
    script = Scripted(WriterError("refused"))
    one = RememberedWriter(script, "a", store)
    with pytest.raises(WriterError):
        one.ask(PROMPT)
    assert json.loads(one.ask(PROMPT).text) == {"word": "ferry"}


def test_an_answer_that_another_version_kept_is_asked_anew(store: SqlStore) -> None:
    one = RememberedWriter(Scripted(), "a", store)
    one.ask(PROMPT)
    with store._engine.connect() as connection:
        connection.exec_driver_sql("BEGIN")
        connection.exec_driver_sql("UPDATE answers SET text = '{\"noun\": 1}'")
        connection.exec_driver_sql("COMMIT")
    assert json.loads(one.ask(PROMPT).text) == {"word": "ferry"}
