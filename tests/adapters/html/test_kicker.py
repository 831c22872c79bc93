"""The label over a headline tells the kind."""

from __future__ import annotations

import pytest

from nutgraf.adapters.html import read_html
from nutgraf.stages.extract import from_document

WORDS = "The harbour office in Marram closed the old ferry berth for repairs on Monday. " * 8


@pytest.mark.parametrize(
    ("over", "kind"),
    [
        ("<p class='k'>Opinion</p>", "opinion"),
        ("<div><span>REVIEW</span></div>", "review"),
        ("<p>FOR IMMEDIATE RELEASE</p>", "press"),
        ("<!-- label --><p>Analysis</p><!-- headline -->", "analysis"),
        ("<p>World</p>", "news"),
        (
            "<p>In the opinion of the harbour office this is no review</p>",
            "news",
        ),
        ("", "news"),
    ],
)
@pytest.mark.parametrize("box", ["{}<h1>{}</h1>", "{}<header><h1>{}</h1></header>"])
def test_label_over_the_headline(over: str, kind: str, box: str) -> None:
    head = box.format(over, "Ferry berth closed in Marram")
    page = f"<html><body><article>{head}<p>{WORDS}</p><p>{WORDS}</p></article></body></html>"
    assert from_document(read_html(page, "https://marram.example/a/berth")).kind == kind
