"""Whatever the model's server does, the edition comes out, and says how it was written."""

from __future__ import annotations

import json
import shutil
from email import message_from_bytes, policy
from pathlib import Path

import msgspec
import pytest
from model_desk import NOW, desk, issued, settings
from model_server import (
    Asked,
    ModelServer,
    Play,
    brief,
    cut,
    drip,
    hang,
    honest,
    raw,
    reply,
    says,
    sentences_of,
    serve,
    status,
)

from nutgraf.adapters.llm import client, patient
from nutgraf.newsroom import Newsroom
from nutgraf.stages.write.sections import HEADINGS
from nutgraf.types import Brief, Edition


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A newsroom that has read everything and issued nothing."""
    folder = tmp_path_factory.mktemp("ready")
    desk(folder, "").close()
    return folder


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patient, "FIRST_WAIT", 0.01)


def opened(ready: Path, folder: Path, server: ModelServer | None, **llm: object) -> Newsroom:
    shutil.copytree(ready, folder, dirs_exist_ok=True)
    (folder / "nutgraf.toml").write_text(settings(server.url, **llm) if server else "")
    return Newsroom.open(folder)


def published(newsroom: Newsroom) -> tuple[Edition, Brief]:
    """Today's edition and its one brief, true to its sources whoever wrote it."""
    edition = issued(newsroom)
    (told,) = edition.stories
    claims = [told.brief.headline, told.brief.nut_graf]
    claims += [claim for section in told.brief.sections for claim in section.claims]
    texts = {source.article: source.text or "" for source in told.brief.sources}
    for claim in claims:
        assert claim.verdict == "supported"
        assert claim.citations
        for cited in claim.citations:
            assert texts[cited.article][cited.start : cited.end] == cited.quote
    assert {section.heading for section in told.brief.sections} <= set(HEADINGS)
    assert (newsroom.out / edition.id / "index.html").exists()
    return edition, told.brief


@pytest.fixture
def plain(ready: Path, tmp_path: Path) -> Brief:
    with opened(ready, tmp_path / "plain", None) as newsroom:
        return published(newsroom)[1]


def _same_but_noted(one: Brief, other: Brief) -> bool:
    bare = msgspec.structs.replace(one, note="", usage=None)
    return bare == msgspec.structs.replace(other, note="", usage=None)


# --- nobody answers well ---------------------------------------------------------------------

GONE = "the model's server could not be reached"
FORM = "the model's answer is not of the form asked for"
NONE = "none of its sentences held"
WORDS = {"role": "assistant", "content": "{}"}


def _choice(**more: object) -> dict[str, object]:
    return {"choices": [{"index": 0, "message": WORDS, "finish_reason": "stop"} | more]}


def _unknown_number(asked: Asked) -> object:
    shown = sentences_of(asked)
    return brief(*((text, [n, 99]) for n, text in shown.items()))


def _no_number(asked: Asked) -> object:
    return brief(*((text, []) for text in sentences_of(asked).values()))


def _invented(asked: Asked) -> object:
    return brief(*((f"{text[:-1]}, and 7,000 cows drowned.", [n])
                   for n, text in sentences_of(asked).items()))  # fmt: skip


def _echo(asked: Asked) -> object:
    return "\n".join(message["content"] for message in asked["messages"])


def _wrong_numbers(asked: Asked) -> object:
    shown = sentences_of(asked)
    return brief(*((text, [n % len(shown) + 1]) for n, text in shown.items()))


FAILING: dict[str, tuple[list[Play], str]] = {
    "429 without end": ([status(429, "slow down", Retry_After="0")], "is busy"),
    "429 for an hour": ([status(429, Retry_After="3600")], "is busy"),
    "429 until a date": ([status(429, Retry_After="Wed, 01 Jan 2098 00:00:00 GMT")], "is busy"),
    "429 until never": ([status(429, Retry_After="later, perhaps")], "is busy"),
    "429, no credit": ([status(429, "You exceeded your current quota")], "is used up"),
    "402": ([status(402, "pay")], "is used up"),
    "500": ([status(500)], "server failed"),
    "502 in HTML": ([raw(b"<html>Bad Gateway</html>", 502, "text/html")], "server failed"),
    "503": ([status(503, "loading the model")], "server failed"),
    "400 to everything": ([status(400, "I do not like it")], "refused the request"),
    "413": ([status(413)], "too long for the model"),
    "400, context": ([status(400, "maximum context length is 4096")], "too long for the model"),
    "401": ([status(401, "bad key sk-secret")], "refused the key"),
    "403": ([status(403)], "refused the key"),
    "404": ([status(404, "model 'small' not found")], "does not know the model"),
    "a redirect": ([raw(b"", 307, Location="https://elsewhere.example/v1")], "has moved"),
    "hangs": ([hang], "took too long"),
    "drips": ([drip], "took too long"),
    "hangs up at once": ([lambda handler, asked: None], GONE),
    "hangs up half way": ([cut], GONE),
    "not HTTP": (
        [lambda handler, asked: handler.wfile.write(b"\x16\x03\x01 what?") and None],
        GONE,
    ),
    "no JSON": ([raw(b'{"choices": [')], "sent no completion"),
    "nothing": ([raw(b"")], "sent no completion"),
    "no UTF-8": ([raw(b'{"choices": "\xff\xfe\x00"}')], "sent no completion"),
    "another shape": ([reply({"choices": "none"})], "sent no completion"),
    "a list": ([reply([1, 2, 3])], "sent no completion"),
    "deep": ([raw(b"[" * 100_000)], "sent no completion"),
    "an error with status 200": ([reply({"error": {"message": "out of memory"}})], "empty answer"),
    "no choices": ([reply({"choices": []})], "empty answer"),
    "no words": ([says("")], "empty answer"),
    "null": ([says(None)], "empty answer"),
    "parts": ([says([{"type": "text", "text": "{}"}])], "empty answer"),
    "a page of HTML": (
        [raw(b"<!doctype html><title>Log in</title>", 200, "text/html")],
        "web page",
    ),
    "a stream": ([raw(b'data: {"choices": []}\n\n', 200, "text/event-stream")], "a stream"),
    "cut at max_tokens": ([says('{"headline": {"te', "length")], "was cut off"),
    "filtered": ([says("", "content_filter")], "filtered"),
    "refusal": ([reply(_choice(message={"refusal": "I must not."}))], "refused to answer"),
    "prose": ([says("Here is your brief: a dam broke.")], FORM),
    "an empty object": ([says("{}")], FORM),
    "a list as words": ([says("[1]")], FORM),
    "deep words": ([says('{"headline": ' * 90_000)], FORM),
    "wrong types": ([says(brief(("A", [1]), ("B", [1])) | {"sections": {"a": 1}})], FORM),
    "the prompt": ([says(_echo)], FORM),
    "huge": ([says("x" * (client.LARGEST + 1))], "far too long"),
    "torn gzip": ([raw(b"\x1f\x8b no", Content_Encoding="gzip")], GONE),
    "an endless header": ([raw(b"{}", 200, X="y" * 200_000)], GONE),
    "numbers that are not there": ([says(_unknown_number)], NONE),
    "no numbers": ([says(_no_number)], NONE),
    "the wrong sentences": ([says(_wrong_numbers)], NONE),
    "invented facts": ([says(_invented)], NONE),
    "no sections": ([says(brief(("It rained cats.", [1]), ("And dogs.", [1])))], NONE),
}


@pytest.mark.parametrize("name", FAILING)
def test_the_edition_comes_out_and_says_why(
    name: str, ready: Path, tmp_path: Path, plain: Brief
) -> None:
    plays, why = FAILING[name]
    wait = 0.3 if name in ("hangs", "drips") else 5
    with serve(*plays) as server, opened(ready, tmp_path / "m", server, timeout=wait) as newsroom:
        edition, told = published(newsroom)
        assert _same_but_noted(told, plain)
        assert told.note.startswith("Written without the model: ")
        assert why in told.note
        assert told.written_by == plain.written_by
        assert server.asked
        assert len(server.asked) <= 6
        assert NONE in told.note or len(newsroom.troubles) == 1
        for trouble in newsroom.troubles:
            assert "\n" not in trouble
            assert len(trouble) < 400
        front = (newsroom.out / edition.id / "index.html").read_text()
        assert "1 of 1 story: Written without the model" in front
        letter = message_from_bytes(
            (newsroom.out / edition.id / "edition.eml").read_bytes(), policy=policy.default
        )
        for part in ("plain", "html"):
            body = letter.get_body((part,))
            assert body is not None
            assert "Written without the model" in " ".join(body.get_content().split())


@pytest.mark.parametrize(
    ("name", "mend"),
    [
        ("401", "mend [llm] api_key"),
        ("404", "no model small"),
        ("a redirect", "to https://elsewhere.example/v1: mend [llm] base_url"),
        ("a page of HTML", "usually ends in /v1"),
        ("cut at max_tokens", "raise [llm] max_tokens"),
        ("hangs", "raise [llm] timeout"),
        ("413", "lower [llm] sentences"),
        ("402", "402: "),
    ],
)
def test_the_line_names_what_to_mend(name: str, mend: str, ready: Path, tmp_path: Path) -> None:
    with serve(*FAILING[name][0]) as server:
        newsroom = opened(ready, tmp_path / "m", server, timeout=0.3, tries=1)
        with newsroom:
            newsroom.issue(now=NOW)
            (trouble,) = newsroom.troubles
    assert mend in trouble
    assert "sk-secret" not in trouble


def test_nobody_is_there(ready: Path, tmp_path: Path, plain: Brief) -> None:
    with serve(status(500)) as server:
        url = server
    with opened(ready, tmp_path / "m", url) as newsroom:
        _, told = published(newsroom)
        assert _same_but_noted(told, plain)
        assert GONE in told.note
        assert "start it, or mend [llm] base_url" in newsroom.troubles[0]
        (problem,) = newsroom.doctor()
        assert "could not be reached" in problem


# --- it answers well, in the end -------------------------------------------------------------


def _fenced(asked: Asked) -> str:
    return f"```json\n{json.dumps(honest(asked))}\n```"


def _thought(asked: Asked) -> str:
    return f"<think>The user wants {{a brief}}.</think>\n\n{json.dumps(honest(asked))}"


def _as_text(asked: Asked) -> object:
    made = honest(asked)
    for section in made["sections"]:
        for claim in section["claims"]:
            claim["sentences"] = [str(number) for number in claim["sentences"]]
    return made | {"confidence": 0.9}


def _twice(asked: Asked) -> str:
    return '{"plan": [], ' + json.dumps(honest(asked))[1:]


def _repeats(asked: Asked) -> object:
    made = honest(asked)
    made["sections"][0]["claims"] *= 40
    return made


def _thousands(asked: Asked) -> object:
    made = honest(asked)
    lies = [{"text": f"Cow {n} drowned in Orlow.", "sentences": [1]} for n in range(3000)]
    made["sections"][0]["claims"] += lies
    return made


def _own_heading(asked: Asked) -> object:
    made = honest(asked)
    made["sections"][0]["heading"] = "BUY NOW"
    return made


def _takes_the_ledger(asked: Asked) -> object:
    made = honest(asked)
    made["sections"][0]["heading"] = "Where sources differ"
    return made


ANSWERING: dict[str, list[Play]] = {
    "well": [says(honest)],
    "429, then well": [status(429, Retry_After="0"), says(honest)],
    "503, then well": [status(503), says(honest)],
    "cut, then well": [cut, says(honest)],
    "no JSON, then well": [says("no"), says(honest)],
    "no schema": [status(400, "response_format is not supported"), says(honest)],
    "no format at all": [status(400, "unknown field"), status(422, "unknown"), says(honest)],
    "max_completion_tokens": [status(400, "use 'max_completion_tokens'"), says(honest)],
    "no temperature": [status(400, "temperature: only 1 is supported"), says(honest)],
    "fenced": [says(_fenced)],
    "aloud": [says(_thought)],
    "numbers as text": [says(_as_text)],
    "keys twice": [says(_twice)],
    "text/plain": [
        lambda h, a: raw(json.dumps(_choice(message={"content": json.dumps(honest(a))})).encode(),
                         200, "text/plain")(h, a)
    ],
    "no usage": [says(honest, usage=None)],
    "odd usage": [says(honest, usage={"prompt_tokens": "many", "completion_tokens": -4})],
    "one claim forty times": [says(_repeats)],
    "a heading of its own": [says(_own_heading)],
    "a heading of ours": [says(_takes_the_ledger)],
}  # fmt: skip


@pytest.mark.parametrize("name", ANSWERING)
def test_what_it_says_well_is_published(name: str, ready: Path, tmp_path: Path) -> None:
    with (
        serve(*ANSWERING[name]) as server,
        opened(ready, tmp_path / "m", server, price_in=1.0, price_out=2.0) as newsroom,
    ):
        edition, told = published(newsroom)
        assert told.written_by == "model small"
        assert told.note == ""
        assert told.usage is not None
        assert edition.usage == told.usage
        assert newsroom.troubles == []
        texts = [claim.text for section in told.sections for claim in section.claims]
        assert len(texts) == len(set(texts)) >= 3
        assert told.usage.estimated == ("usage" in name or name == "text/plain")
        assert told.usage.cost > 0
        page = (newsroom.out / edition.id / "stories" / f"{told.story}.html").read_text()
        assert "Written by model small" in page
        assert not newsroom.doctor()


def test_thousands_of_claims_are_not_read(ready: Path, tmp_path: Path) -> None:
    with (
        serve(says(_thousands), says({"claims": []})) as server,
        opened(ready, tmp_path / "m", server) as newsroom,
    ):
        _, told = published(newsroom)
        assert told.written_by == "model small"
        assert len(told.withheld) < 30
        assert "Cow" not in json.dumps([w.text for w in told.withheld])


def test_tokens_and_cost_are_recorded(ready: Path, tmp_path: Path) -> None:
    with (
        serve(says("what?"), says(honest)) as server,
        opened(ready, tmp_path / "m", server, price_in=3.0, price_out=10.0) as newsroom,
    ):
        edition, told = published(newsroom)
    assert told.usage is not None
    # The first answer was of no use, and paid for all the same.
    assert (told.usage.calls, told.usage.tokens_in, told.usage.tokens_out) == (2, 2000, 400)
    assert told.usage.cost == pytest.approx(0.01)
    assert edition.usage == told.usage


def test_nothing_is_written_twice(ready: Path, tmp_path: Path) -> None:
    with serve(says(honest)) as server:
        with opened(ready, tmp_path / "m", server) as newsroom:
            (first,) = newsroom.issue(now=NOW)
        asked = len(server.asked)
        shutil.copy(tmp_path / "m" / "news.db", tmp_path / "kept.db")
        with opened(ready, tmp_path / "again", server) as newsroom:
            store = Newsroom.open(tmp_path / "kept.db").store
            kept = store._engine.connect().exec_driver_sql("SELECT * FROM answers").all()  # type: ignore[attr-defined]
            store.close()
            for model, key, text in kept:
                newsroom.store.save_answer(model, key, text)
            (second,) = newsroom.issue(now=NOW)
    assert len(server.asked) == asked
    one, two = first.stories[0].brief, second.stories[0].brief
    assert one.sections == two.sections
    assert two.usage is not None
    assert (two.usage.calls, two.usage.remembered, two.usage.cost) == (0, 1, 0.0)


def test_useless_answers_are_not_kept(ready: Path, tmp_path: Path) -> None:
    with serve(says("no")) as server, opened(ready, tmp_path / "m", server) as newsroom:
        newsroom.issue(now=NOW)
        with newsroom.store._engine.connect() as connection:
            count = connection.exec_driver_sql("SELECT count(*) FROM answers").scalar()
    assert count == 0


@pytest.mark.parametrize("limit", [{"budget_tokens": 500}, {"budget": 0.0001, "price_out": 9.0}])
def test_a_budget_is_kept(
    limit: dict[str, float], ready: Path, tmp_path: Path, plain: Brief
) -> None:
    with serve(says(honest)) as server, opened(ready, tmp_path / "m", server, **limit) as newsroom:
        _, told = published(newsroom)
        assert server.asked == []
        assert "budget for the model is used up" in told.note
        assert _same_but_noted(told, plain)


def test_the_key_goes_to_the_server_and_nowhere_else(ready: Path, tmp_path: Path) -> None:
    with (
        serve(says(honest)) as server,
        opened(ready, tmp_path / "m", server, api_key="sk-12345") as newsroom,
    ):
        edition, _ = published(newsroom)
        headers = {name.lower(): value for name, value in server.asked[0]["headers"].items()}
        assert headers["authorization"] == "Bearer sk-12345"
        for path in (newsroom.out / edition.id).rglob("*"):
            assert path.is_dir() or b"sk-12345" not in path.read_bytes()


# --- what fails goes back once ---------------------------------------------------------------


def _half_wrong(asked: Asked) -> dict[str, object]:
    """True sentences, but for the third claim and the fourth."""
    shown = sentences_of(asked)
    told = [(text, [n]) for n, text in shown.items()]
    told[2] = (told[2][0].replace(".", " by mistake."), told[2][1])
    told[3] = (told[3][0].replace(".", " in secret."), told[3][1])
    return brief(*told[:7])


def _mends_one(asked: Asked) -> dict[str, object]:
    shown = sentences_of(asked)
    again = asked["messages"][-1]["content"]
    assert "by mistake" in again
    assert "in secret" in again
    assert asked["messages"][-2]["role"] == "assistant"
    return {"claims": [{"number": 2, "text": shown[3], "sentences": [3]},
                       {"number": 77, "text": shown[1], "sentences": [1]}]}  # fmt: skip


def test_what_fails_goes_back_once_and_then_gives_way(ready: Path, tmp_path: Path) -> None:
    with (
        serve(says(_half_wrong), says(_mends_one)) as server,
        opened(ready, tmp_path / "m", server) as newsroom,
    ):
        _, told = published(newsroom)
        shown = sentences_of(server.asked[0])
    assert len(server.asked) == 2
    texts = [claim.text for section in told.sections for claim in section.claims]
    assert shown[3] in texts  # mended
    assert shown[4] in texts  # the source's own sentence in its place
    assert told.written_by == "model small"
    assert told.note == "Of 7 sentences that the model worded, 1 gave way to the sources' own."
    assert told.withheld == []
    assert told.usage is not None
    assert told.usage.calls == 2


def _only_wrong_once(asked: Asked) -> dict[str, object]:
    made = _half_wrong(asked)
    sections = made["sections"]
    assert isinstance(sections, list)
    shown = sentences_of(asked)
    # A second claim on a sentence that is told already: nothing can take its place.
    sections[0]["claims"] = [
        {"text": shown[1].replace("Monday", "Sunday"), "sentences": [1]},
        {"text": shown[5], "sentences": [5]},
    ]
    return made


@pytest.mark.parametrize("second", [status(500), says("?"), says({"claims": []}), hang])
def test_what_nothing_can_replace_is_withheld(second: Play, ready: Path, tmp_path: Path) -> None:
    with (
        serve(says(_only_wrong_once), second) as server,
        opened(ready, tmp_path / "m", server, timeout=0.5, tries=1) as newsroom,
    ):
        edition, told = published(newsroom)
        page = (newsroom.out / edition.id / "stories" / f"{told.story}.html").read_text()
    (withheld,) = told.withheld
    assert "…" in withheld.text  # no source says Sunday
    assert "Sunday" not in page
    assert "1 sentence withheld" in page
    assert "1 withheld" in told.note
    assert told.written_by == "model small"


# --- other languages -------------------------------------------------------------------------


def _german(asked: Asked) -> object:
    assert "in German" in asked["messages"][1]["content"]
    return brief(
        ("Damm über Orlow gebrochen", [1]),
        ("Der Damm über Orlow brach am Montag und überflutete 340 Häuser.", [1]),
        ("Elf Menschen kamen in Orlow ins Krankenhaus.", [2]),
    )


def test_another_language_is_asked_for_and_not_published_unchecked(
    ready: Path, tmp_path: Path, plain: Brief
) -> None:
    with serve(says(_german)) as server:
        newsroom = opened(ready, tmp_path / "m", server)
        newsroom.close()
        text = (tmp_path / "m" / "nutgraf.toml").read_text()
        (tmp_path / "m" / "nutgraf.toml").write_text(
            text.replace("[site]", "[site]\nlanguage='de'")
        )
        with Newsroom.open(tmp_path / "m") as newsroom:
            _, told = published(newsroom)
    assert len(server.asked) == 1  # no verifier of ours reads two languages: nothing to mend
    assert _same_but_noted(told, plain)
    assert told.language == "en"
    assert told.note == (
        "Written without the model: what it wrote in German could not be checked against sources "
        "in another language."
    )


def test_without_a_model_a_brief_keeps_its_sources_language_and_says_so(
    ready: Path, tmp_path: Path
) -> None:
    opened(ready, tmp_path / "m", None).close()
    (tmp_path / "m" / "nutgraf.toml").write_text("[site]\nlanguage = 'fr'\n")
    with Newsroom.open(tmp_path / "m") as newsroom:
        edition, told = published(newsroom)
        page = (newsroom.out / edition.id / "stories" / f"{told.story}.html").read_text()
    assert "In English: these are the sources’ own words, not translated." in page
    assert told.usage is None


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy and no key of the machine's."""
    for name in (
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
        "http_proxy",
        "https_proxy",
        "all_proxy",
    ):
        monkeypatch.delenv(name, raising=False)
