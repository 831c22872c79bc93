"""Citation marks: what a page says it rests on, in every format that has a way to say so."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.adapters.documents import load_document, load_marks, read_marks
from nutgraf.stages.audit.citing import place
from nutgraf.types import Mark

NOTES = """<section><h2>Sources</h2><ol>
<li id="n1">The Gull: <a href="https://gull.example/yard">Forty ferries</a>. <a href="#r">↩</a></li>
<li id="n2">The Tern, “Mayor of Kelm resigns”.</li></ol></section>"""
PAGE = f"""<html><head><title>Kelm</title></head><body><nav><a href="https://x.example/">World</a>
</nav><article><h1>What is known in Kelm</h1>
<p>The yard in Kelm has built 40 ferries since May.<sup><a id="r" href="#n1">1</a></sup> The mayor
resigned on Monday after the inquiry.<a href="#n2">[2]</a> Nobody was hurt when the pier gave way,
the harbour master said.[1][2] Milk is dear.</p>
<p>As <a href="https://gull.example/line">the Gull reported</a>, the ferry line hired 300 people,
who now live in the old barracks above the harbour.<sup>2</sup> The line runs four boats a day to
Tamber and back, and none on a Sunday, when the crews are at home and the quay is left to the gulls
and to those who fish there.</p></article>{NOTES}
</body></html>"""


def told(marks: list[Mark]) -> list[tuple[str, str | None, str]]:
    return [(m.label, m.url, m.before[-8:]) for m in marks if m.before]


def test_html_footnotes_brackets_raised_numbers_and_links() -> None:
    marks = read_marks(PAGE.encode(), "kelm.html")
    assert told(marks)[:7] == [
        ("1", "https://gull.example/yard", "sincemay"),
        ("2", None, "einquiry"),
        ("1", "https://gull.example/yard", "stersaid"),
        ("2", None, "stersaid"),
        ("the Gull reported", "https://gull.example/line", "reported"),
        ("2", None, "eharbour"),
        ("Forty ferries", "https://gull.example/yard", "yferries"),
    ]
    assert marks[1].reference == "The Tern, “Mayor of Kelm resigns”."


def test_every_mark_finds_its_place_in_the_text_that_is_read_and_leaves_it() -> None:
    (document,) = load_document(PAGE.encode(), "kelm.html")
    marks = read_marks(PAGE.encode(), "kelm.html")
    text, places = place(document.text, marks)
    assert [(text[at - 5 : at], marks[index].label) for at, index in places] == [
        ("e May", "1"), ("quiry", "2"), (" said", "1"), (" said", "2"),
        ("orted", "the Gull reported"), ("rbour", "2"),
    ]  # fmt: skip
    assert "since May. The mayor resigned on Monday after the inquiry. Nobody" in text
    assert "harbour." in text


MARKDOWN = """# Kelm

The yard has built 40 ferries.[^a] The mayor resigned on Monday [2]. As
[the Gull reported](https://gull.example/line "Gull"), the line hired 300 [people][t]. The pier gave
way [2]. Nobody was
hurt[^a].

## Sources
[^a]: The Gull: <https://gull.example/yard>,
    seen in May.
[t]: https://tern.example/people
2. The Tern, “Mayor of Kelm resigns”, https://tern.example/mayor.
"""
TEXT = """The yard has built 40 ferries [1]. The mayor resigned on Monday

2

.

The line hired 300 people,³ see https://gull.example/line.

Sources
[1] The Gull, https://gull.example/yard
2. The Tern, “Mayor of Kelm resigns”.
[3] A letter
"""


def test_markdown_footnotes_numbers_and_links() -> None:
    assert told(read_marks(MARKDOWN.encode(), "kelm.md")) == [
        ("a", "https://gull.example/yard", "0ferries"),
        ("2", "https://tern.example/mayor", "onmonday"),
        ("the Gull reported", "https://gull.example/line", "reported"),
        ("people", "https://tern.example/people", "00people"),
        ("2", "https://tern.example/mayor", "rgaveway"),
        ("a", "https://gull.example/yard", "ywashurt"),
    ]


@pytest.mark.parametrize("mail", [False, True])
def test_text_and_newsletters_with_numbers_and_addresses(tmp_path: Path, mail: bool) -> None:
    head = "From: desk@example.org\nSubject: Kelm\nContent-Type: text/plain; charset=utf-8\n\n"
    file = tmp_path / ("kelm.eml" if mail else "kelm.txt")
    file.write_text(head * mail + TEXT)
    found = load_marks(file)
    assert told(found)[:4] == [
        ("1", "https://gull.example/yard", "0ferries"),
        ("2", None, "onmonday"),
        ("3", None, "00people"),
        ("https://gull.example/line.", "https://gull.example/line", "mpleline"),
    ]
    assert found[1].reference == "The Tern, “Mayor of Kelm resigns”."


def test_a_newsletter_in_html(tmp_path: Path) -> None:
    file = tmp_path / "kelm.eml"
    head = "From: desk@example.org\nSubject: Kelm\nMIME-Version: 1.0\n"
    file.write_text(f"{head}Content-Type: text/html; charset=utf-8\n\n{PAGE}")
    assert told(load_marks(file))[:2] == told(read_marks(PAGE.encode(), "kelm.html"))[:2]


def test_formats_without_marks_have_none() -> None:
    assert read_marks(b'{"id": "a", "text": "One [1]."}', "a.json") == []


@given(st.text(alphabet="ab1[]()^:# \n<>*.-²", max_size=80), st.sampled_from(["md", "txt", "html"]))
def test_whatever_a_page_holds_it_is_read(source: str, ending: str) -> None:
    marks = read_marks(source.encode(), f"a.{ending}")
    text, places = place(source, marks)
    assert all(0 < at <= len(text) for at, _ in places)
