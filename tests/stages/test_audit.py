"""audit: somebody's page, sentence by sentence."""

from __future__ import annotations

from pathlib import Path

from nutgraf.stages.audit import audit
from nutgraf.stages.audit.citing import lead
from nutgraf.stages.verify import judge
from nutgraf.types import Article, AuditSentence, Mark

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


GULL = Article(
    id="gull", url="https://www.gull.example/yard?utm_source=x", title="Forty ferries of Kelm",
    text="The yard in Kelm has built 40 ferries since May. The mayor stays, he said.",
)  # fmt: skip
TERN = Article(id="tern", title="Mayor of Kelm resigns", text="The mayor resigned on Monday.")
CITING = (
    "The mayor resigned on Monday.[1] The yard in Kelm has built 40 ferries since May.1 The milk is"
)
CITING += " dear in Kelm.\nForty ferries of Kelm, 3 May."


def mark(label: str, before: str, url: str | None = None, reference: str = "") -> Mark:
    return Mark(label=label, before=before, url=url, reference=reference)


def test_a_sentence_is_judged_by_what_it_cites_first() -> None:
    note = "The Gull, Forty ferries of Kelm, 3 May."
    marks = [
        mark("1", "themayorresignedonmonday", "https://gull.example/yard", note),
        mark("1", "theyardinkelmhasbuilt40ferriessincemay", None, note),
    ]
    found = audit(Article(id="p", text=CITING), [GULL, TERN], judge, marks)
    assert [(s.text, s.verdict, s.miscited) for s in found.sentences] == [
        ("The mayor resigned on Monday.", "supported", True),
        ("The yard in Kelm has built 40 ferries since May.", "supported", False),
        ("The milk is dear in Kelm.", "unsupported", False),
    ]
    assert [[m.source for m in s.marks] for s in found.sentences] == [["gull"], ["gull"], []]
    assert found.miscited == 1
    assert "another source" in found.sentences[0].reason
    assert found.sentences[0].evidence[0].source == "tern"


def test_the_cited_source_contradicts_where_another_is_silent() -> None:
    page = Article(id="p", text="The yard in Kelm has built 90 ferries since May.[1]")
    marks = [mark("1", "builtninety"), mark("1", "built90ferriessincemay", GULL.url)]
    (sentence,) = audit(page, [TERN, GULL], judge, marks).sentences
    assert sentence.verdict == "contradicted"
    assert sentence.evidence[0].source == "gull"


def test_numbers_stand_for_the_order_only_where_nothing_else_tells() -> None:
    marks = [mark("1", "x"), mark("2", "x")]
    assert [m.source for m in lead(marks, [TERN, GULL])] == ["tern", "gull"]
    assert [m.source for m in lead(marks, [TERN])] == ["", ""]
    by_title = [mark("1", "x"), mark("2", "x", reference="“Mayor of Kelm resigns”, The Tern")]
    assert [m.source for m in lead(by_title, [TERN, GULL])] == ["", "tern"]
    elsewhere = [mark("1", "x", "https://egret.example/")]
    assert [m.source for m in lead(elsewhere, [GULL])] == [""]
