"""audit: somebody's page, sentence by sentence."""

from __future__ import annotations

from pathlib import Path

from nutgraf.stages.audit import audit
from nutgraf.stages.verify import judge
from nutgraf.types import Article, AuditSentence

SOURCE = Article(
    id="s", text="The yard in Kelm has built 40 ferries since May. The mayor resigned."
)
PAGE = """Kelm And Its Ferries
Share
The yard in Kelm has built 90 ferries since May. The mayor resigned.
1
Bread and milk are dear in Kelm
© 2026 The Gull"""


def test_each_sentence_gets_its_verdict_and_headings_none() -> None:
    found = audit(Article(id="p", text=PAGE), [SOURCE], judge)
    assert [(s.verdict, s.text) for s in found.sentences] == [
        ("contradicted", "The yard in Kelm has built 90 ferries since May."),
        ("supported", "The mayor resigned."),
        ("unsupported", "Bread and milk are dear in Kelm"),
    ]
    assert (found.supported, found.contradicted, found.unsupported) == (1, 1, 1)
    assert "40" in found.sentences[0].reason
    assert (
        found.sentences[0].evidence[0].quote == "The yard in Kelm has built 40 ferries since May."
    )


def test_the_seed_page_against_the_seed_document(seeds: Path) -> None:
    page, source = (
        Article(id=path.name, text=path.read_text()) for path in sorted(seeds.glob("*.txt"))
    )
    found = audit(page, [source], judge)

    def about(word: str) -> list[AuditSentence]:
        return [s for s in found.sentences if word in s.text and s.text.endswith((".", "years"))]

    for sentence in [s for s in about("3,000") if "over the next five years" in s.text]:
        assert sentence.verdict == "contradicted"
        assert "5,000" in sentence.reason
    assert len(about("3,000")) == 2
    for word in ("Djibouti", "narcotics", "surveillance"):
        assert [s.verdict for s in about(word)] == ["unsupported"]
    assert found.supported == 0
