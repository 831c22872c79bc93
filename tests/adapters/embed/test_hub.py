"""Downloads, from a hub on loopback."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import tiny

from nutgraf.adapters.embed import open_embedder
from nutgraf.adapters.embed.hub import download
from nutgraf.config import EmbedConfig
from nutgraf.errors import ConfigError, ModelError

MODEL = "hub:gull/tiny@main"
AT = "/gull/tiny/resolve/main/"


class Hub:
    """Answers by path: a body, a status, or a path to go to."""

    def __init__(self) -> None:
        self.answers: dict[str, bytes | int | str] = {}
        self.cut = 0
        self.asked: list[str] = []
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                hub.asked.append(self.path)
                answer = hub.answers.get(self.path, 404)
                if isinstance(answer, bytes):
                    self.send_response(200)
                    self.send_header("Content-Length", str(len(answer)))
                    self.end_headers()
                    self.wfile.write(answer[: len(answer) - hub.cut])
                    return
                self.send_response(answer if isinstance(answer, int) else 302)
                if isinstance(answer, str):
                    self.send_header("Location", answer)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def keep(self) -> None:
        """Hold a whole model."""
        self.answers[f"{AT}onnx/model_quantized.onnx"] = "/elsewhere/large"
        self.answers["/elsewhere/large"] = tiny.onnx(tiny.table())
        self.answers[f"{AT}tokenizer.json"] = tiny.tokenizer()


@pytest.fixture
def hub() -> Iterator[Hub]:
    made = Hub()
    made.keep()
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_a_model_is_downloaded_once_and_opens_without_the_hub(hub: Hub, tmp_path: Path) -> None:
    told: list[str] = []
    folder = download(MODEL, tmp_path, hub=hub.url, tell=told.append)
    assert folder == tmp_path / "models/gull--tiny@main"
    assert told == ["onnx/model_quantized.onnx", "tokenizer.json"]
    asked = len(hub.asked)
    embedder = open_embedder(EmbedConfig(model=MODEL), tmp_path)
    assert embedder.embed(["ship"]).any()
    assert embedder.name.startswith("gull/tiny@main ")
    with pytest.raises(ModelError, match="is there already"):
        download(MODEL, tmp_path, hub=hub.url)
    assert len(hub.asked) == asked


def test_a_file_may_be_chosen_and_how_to_pool_comes_along(hub: Hub, tmp_path: Path) -> None:
    hub.answers[f"{AT}onnx/model_O4.onnx"] = tiny.onnx(tiny.table(seed=1))
    hub.answers[f"{AT}1_Pooling/config.json"] = b'{"pooling_mode_cls_token": true}'
    folder = download(MODEL, tmp_path, onnx="onnx/model_O4.onnx", hub=hub.url)
    assert [path.name for path in (folder / "onnx").iterdir()] == ["model_O4.onnx"]
    assert (folder / "1_Pooling/config.json").exists()
    assert open_embedder(EmbedConfig(model=MODEL), tmp_path).embed(["ship"]).any()


def test_the_checksum_decides(hub: Hub, tmp_path: Path) -> None:
    download(MODEL, tmp_path / "a", hub=hub.url)
    right = open_embedder(EmbedConfig(model=MODEL), tmp_path / "a").sha256
    download(MODEL, tmp_path / "b", sha256=right, hub=hub.url)
    hub.answers["/elsewhere/large"] = tiny.onnx(tiny.table(seed=1))
    with pytest.raises(ModelError, match=f"not {right}; nothing was kept"):
        download(MODEL, tmp_path / "c", sha256=right, hub=hub.url)
    assert list((tmp_path / "c/models").iterdir()) == []


def _breaks_off(hub: Hub) -> None:
    hub.cut = 5


def _answers(path: str, answer: bytes | int | str) -> Callable[[Hub], None]:
    return lambda hub: hub.answers.update({path: answer})


TROUBLE = {
    "broke off after|IncompleteRead": _breaks_off,
    "has none of: onnx/": _answers(f"{AT}onnx/model_quantized.onnx", 404),
    "has none of: tokenizer.json": _answers(f"{AT}tokenizer.json", 404),
    "the hub answers 401": _answers(f"{AT}onnx/model_quantized.onnx", 401),
    "the hub answers 503": _answers("/elsewhere/large", 503),
    "infinite loop": _answers("/elsewhere/large", "/elsewhere/large"),
}


@pytest.mark.parametrize("complaint", TROUBLE)
def test_trouble_is_named_and_nothing_is_kept(hub: Hub, tmp_path: Path, complaint: str) -> None:
    TROUBLE[complaint](hub)
    with pytest.raises(ModelError, match=complaint):
        download(MODEL, tmp_path, hub=hub.url)
    assert list((tmp_path / "models").iterdir()) == []


def test_nobody_answers(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="refused"):
        download(MODEL, tmp_path, hub="http://127.0.0.1:9")


def test_a_name_cannot_leave_the_folder(tmp_path: Path) -> None:
    for name in ("hub:../x@main", "hub:a/..@main", "hub:a/b@../x", "hub:a/b", "a/b@main"):
        with pytest.raises(ConfigError):
            download(name, tmp_path, hub="http://127.0.0.1:9")


def test_the_command_prints_settings_that_work(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from click.testing import CliRunner

    from nutgraf.cli import nutgraf
    from nutgraf.config import load_config

    monkeypatch.chdir(tmp_path)
    command = ["model", MODEL, "--prefix", "query: ", "--hub", hub.url]
    done = CliRunner().invoke(nutgraf, command, catch_exceptions=False)
    assert done.exit_code == 0
    assert done.stderr.splitlines() == ["got onnx/model_quantized.onnx", "got tokenizer.json"]
    (tmp_path / "nutgraf.toml").write_text(done.stdout)
    setting = load_config(tmp_path / "nutgraf.toml", {}).embed
    assert len(setting.sha256) == 64
    assert open_embedder(setting).embed(["ship"]).any()
    again = CliRunner().invoke(nutgraf, command, catch_exceptions=False)
    assert (again.stdout, again.stderr) == (done.stdout, "")
