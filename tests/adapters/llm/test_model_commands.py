"""What the commands say of a model: well, down, or not set up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from model_desk import HERON, NOW, PLOVER, desk, page, settings
from model_server import honest, says, serve, status

from nutgraf.cli import nutgraf
from nutgraf.errors import ConfigError, NutgrafError
from nutgraf.newsroom import Newsroom


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(nutgraf, arguments, catch_exceptions=False)


def issue(folder: Path, *more: str) -> Result:
    return run("issue", "-C", str(folder), "--now", NOW.isoformat(), *more)


def test_issue_tells_what_the_model_took(tmp_path: Path) -> None:
    with serve(says(honest)) as server:
        desk(tmp_path, settings(server.url, price_in=2.0)).close()
        said = issue(tmp_path)
    assert said.exit_code == 0
    assert "1 answer of a model; 1,000 tokens read, 200 written, at a cost of 0.002" in said.stdout


def test_issue_tells_what_went_wrong_on_standard_error(tmp_path: Path) -> None:
    with serve(status(401)) as server:
        desk(tmp_path, settings(server.url)).close()
        said = issue(tmp_path, "--json")
        assert f"{server.url} answered 401: mend [llm] api_key" in said.stderr
    assert said.exit_code == 0
    (edition,) = map(json.loads, said.stdout.splitlines())
    assert edition["stories"][0]["brief"]["note"].endswith("the model's server refused the key.")


def test_the_doctor_says_that_the_server_is_down(tmp_path: Path) -> None:
    with serve(says(honest)) as server:
        desk(tmp_path, settings(server.url)).close()
        assert run("doctor", "-C", str(tmp_path)).exit_code == 0
    with pytest.raises(NutgrafError, match="1 problems found"):
        run("doctor", "-C", str(tmp_path))


def test_a_model_without_an_address_is_a_setting_to_mend(tmp_path: Path) -> None:
    desk(tmp_path, "[llm]\nmodel = 'small'\n").close()
    with pytest.raises(ConfigError, match=r"\[llm\] base_url is ''"):
        issue(tmp_path)
    with Newsroom.open(tmp_path) as newsroom:
        assert "[llm] base_url is ''" in newsroom.doctor()[0]


def test_a_brief_of_documents_by_the_settings_at_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, told in (("heron", HERON), ("plover", PLOVER)):
        Path(f"{name}.html").write_bytes(page(*told))
    plain = json.loads(run("brief", "heron.html", "plover.html", "--json").stdout)
    assert plain["written_by"].startswith("extractive")
    assert (plain["note"], plain["usage"]) == ("", None)
    with serve(says(honest)) as server:
        monkeypatch.setenv("NUTGRAF_LLM__MODEL", "small")
        monkeypatch.setenv("NUTGRAF_LLM__BASE_URL", server.url)
        told = json.loads(run("brief", "heron.html", "plover.html", "--json").stdout)
    assert told["written_by"] == "model small"
    assert told["usage"]["tokens_in"] == 1000
    down = run("brief", "heron.html", "plover.html")
    assert down.exit_code == 0
    assert "Written without the model" in down.stdout
    assert "could not be reached" in down.stderr
    assert not Path("news.db").exists()
