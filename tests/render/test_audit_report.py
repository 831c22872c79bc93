"""The report of an audit: one page by itself that says everything in words."""

from __future__ import annotations

from markup import Page

from nutgraf.config import SiteConfig
from nutgraf.render import render_audit
from nutgraf.stages.audit import audit
from nutgraf.stages.verify import judge
from nutgraf.types import Article, Mark

HOSTILE = '<script>alert(1)</script> "& </style>'
SOURCE = Article(
    id="s", url="https://gull.example/yard", title=f"Ferries {HOSTILE}",
    text="The yard in Kelm has built 40 ferries since May. The mayor resigned.",
)  # fmt: skip
OTHER = Article(id="o", text="The pier in Kelm is closed.")
TEXT = f"""The yard in Kelm has built 90 ferries since May. The mayor resigned.
The pier in Kelm is closed. Bread is dear in Kelm {HOSTILE}."""
MARKS = [
    Mark(label="1", before="built90ferriessincemay", url=SOURCE.url),
    Mark(label="2", before="themayorresigned"),
    Mark(label="the Gull", before="thepierinkelmisclosed", url=SOURCE.url),
]


def report() -> tuple[str, Page]:
    done = audit(Article(id="p", title=HOSTILE, text=TEXT), [SOURCE, OTHER], judge, MARKS)
    assert (done.supported, done.contradicted, done.unsupported, done.miscited) == (2, 1, 1, 1)
    html = render_audit(done, SiteConfig()).decode()
    return html, Page(html)


def test_it_is_sound_html_that_needs_nothing_beside_it() -> None:
    html, page = report()
    assert page.faults == []
    assert page.all("script") == page.all("link") == page.all("img") == []
    assert html.count("<style>") == html.count("</style>") == 1
    assert "@import" not in html
    assert "url(" not in html


def test_each_verdict_is_said_in_words_with_the_words_of_the_source() -> None:
    _, page = report()
    said = " ".join(" ".join(page.text).split())
    for words in ("Contradicted", "Not found", "Supported", "the source says 40, not 90"):
        assert words in said
    assert "another source than the one it cites" in said
    assert "What [2] leads to is not among the documents given." in said
    assert "The yard in Kelm has built 40 ferries since May." in said
    assert sum("open" in attributes for attributes in page.all("details")) == 1


def test_marks_lead_to_the_list_of_documents() -> None:
    _, page = report()
    ids = {attributes.get("id") for _, attributes in page.tags}
    inner = [href for href in page.hrefs if href.startswith("#source")]
    assert inner == ["#source-1", "#source-1"]
    assert {href[1:] for href in inner} <= ids
