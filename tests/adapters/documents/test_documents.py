"""Files as articles."""

from __future__ import annotations

import json
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nutgraf.adapters.documents import load_document, load_file
from nutgraf.adapters.documents.pdf import lines_to_paragraphs, without_running_lines
from nutgraf.adapters.documents.text import unwrap
from nutgraf.errors import DocumentError, Dropped
from nutgraf.types import Document

ONE = "The town of Tamber opened its second flood gate on Friday, four months ahead of the plan."
TWO = "Engineers expect it to hold back tides of up to 6.2 metres, the council said on Friday."


def pdf(pages: list[list[str]], info: str = "") -> bytes:
    """A PDF of these lines, written by hand: one Helvetica, a line every 14 points."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids = []
    for page in pages:
        shown = "".join(
            f"BT /F1 10 Tf 50 {780 - 14 * n} Td ({line.replace('(', '[')}) Tj ET\n"
            for n, line in enumerate(page)
        )
        objects.append(f"<< /Length {len(shown)} >>\nstream\n{shown}endstream")
        kids.append(len(objects) + 1)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
    objects[1] = (
        f"<< /Type /Pages /Kids [{' '.join(f'{k} 0 R' for k in kids)}] /Count {len(kids)} >>"
    )
    objects.append(f"<< {info} >>")
    out, offsets = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    out += "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\n"
    out += f"startxref\n{start}\n%%EOF"
    return out.encode("latin-1")


PDF_PAGES = [
    ["Tamber Town Council    Report 7", "Second Flood Gate Opens Early",
     "The town of Tamber opened its second flood gate on Friday, four months ahead of the",
     "plan. Engineers expect it to hold back tides of up to 6.2 metres, and the coun-",
     "cil said so.", "Page 1 of 3"],
    ["Tamber Town Council    Report 8",
     "Fishing crews complained that the gate closes the inner harbour for about six hours",
     "a day, and they asked for a second basin outside the wall before the next winter is", "2"],
    ["Tamber Town Council    Report 9", "over.", "3"],
]  # fmt: skip


PLAN = (
    "The town of Tamber opened its second flood gate on Friday, four months ahead of the plan."
    " Engineers expect it to hold back tides of up to 6.2 metres, and the council said so."
)
CREWS = (
    "Fishing crews complained that the gate closes the inner harbour for about six hours a day,"
    " and they asked for a second basin outside the wall before the next winter is over."
)


def test_pdf() -> None:
    [article] = load_document(pdf(PDF_PAGES, "/CreationDate (D:20261120093000+01'00')"), "gate.pdf")
    assert article.title == "Second Flood Gate Opens Early"
    assert article.text.split("\n") == [
        PLAN,
        CREWS,
    ]
    assert article.published == "2026-11-20T09:30:00+01:00"


def test_pdf_of_pictures_is_dropped() -> None:
    with pytest.raises(Dropped, match="no text in PDF"):
        load_document(pdf([[]]), "scan.pdf")


@pytest.mark.parametrize(
    "data", [b"%PDF-1.4", b"%PDF-1.7\nnonsense\n%%EOF", b"<html>no</html>", b""]
)
def test_broken_pdf(data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"gate\.pdf"):
        load_document(data, "gate.pdf")


def test_running_lines_go_and_text_stays() -> None:
    words = "abcd"
    pages = [
        [f"Report {n}", f"Of {word}.", f"More {word}.", f"And {word}.", f"- {n} -"]
        for n, word in enumerate(words)
    ]
    left = [[f"Of {word}.", f"More {word}.", f"And {word}."] for word in words]
    assert without_running_lines(pages) == left
    assert without_running_lines([["Only", "page", "1"]]) == [["Only", "page"]]


def test_compound_words_keep_their_hyphen() -> None:
    lines = [
        "The well-",
        "known gate at Saint-",
        "Malo, a town of some size on the coast, opened on Friday.",
    ]
    assert "Saint-Malo" in " ".join(lines_to_paragraphs(lines)).replace("- ", "-")


def test_text_saved_from_a_page() -> None:
    head = "Menu\nShare\nGate Opens in Tamber Early\nBy Orla Finch"
    source = f"{head}\n\n{ONE}\n\n{TWO}\n\n© 2026 Tamber Post"
    [article] = load_document(source.encode(), "gate.txt")
    assert (article.title, article.text, article.authors) == (
        "Gate Opens in Tamber Early",
        f"{ONE}\n{TWO}",
        ["Orla Finch"],
    )
    assert isinstance(article, Document)


def test_hard_wrapped_text_is_unwrapped() -> None:
    source = (
        "The town of Tamber opened its second flood gate on Friday, and\n"
        "four months ahead of the plan that the council had agreed on in\n"
        "2019.\n\nShort line.\nAnother."
    )
    assert unwrap(source).split("\n")[0].endswith("agreed on in 2019.")
    assert "Short line.\nAnother." in unwrap(source)


def test_markdown() -> None:
    source = (
        '---\ntitle: "Gate opens"\ndate: 2026-11-20\nauthor: Orla Finch\n---\n\n# Ignored\n\n'
        f"![a gate](gate.png)\n\n{ONE.replace('second', '**second**')}\n\n"
        f"## Background\n\n> {TWO}\n\n"
        "```\ncode()\n```\n\nThe [council](https://t.example/c) meets in May.[^1]\n\n"
        "[^1]: A note.\n"
    )
    [article] = load_document(source.encode(), "gate.md")
    assert article.text == f"{ONE}\n{TWO}\nThe council meets in May."
    assert (article.title, article.published, article.authors) == (
        "Gate opens",
        "2026-11-20",
        ["Orla Finch"],
    )


@pytest.mark.parametrize("subtype", ["plain", "html"])
def test_mail(subtype: str) -> None:
    mail = EmailMessage()
    mail["From"] = "Tamber Post <news@tamberpost.example>"
    mail["Subject"] = "Gate opens früh"
    mail["Date"] = "Fri, 20 Nov 2026 09:30:00 +0100"
    body = (
        f"<html><body><p>{ONE}</p><p>{TWO}</p></body></html>"
        if subtype == "html"
        else f"{ONE}\n\n{TWO}\n"
    )
    mail.set_content(body, subtype=subtype)
    for name in ("gate.eml", "unknown"):
        [article] = load_document(mail.as_bytes(), name)
        assert article.text == f"{ONE}\n{TWO}"
        assert (article.title, article.publisher) == ("Gate opens früh", "Tamber Post")
        assert article.published == "2026-11-20T09:30:00+01:00"


def test_json_articles_stay_as_they_are() -> None:
    given_ = {"id": "a1", "text": "  Gate\n\nopens. ", "title": None, "kind": "press", "extra": 1}
    [article] = load_document(json.dumps(given_).encode(), "a.json")
    assert (article.id, article.text, article.kind, article.title) == (
        "a1",
        "  Gate\n\nopens. ",
        "press",
        "",
    )
    assert load_document(json.dumps([given_, given_]).encode(), "a.json") == [article, article]
    lines = "\n".join([json.dumps(given_), "", json.dumps(given_)]).encode()
    assert load_document(lines, "a.jsonl") == load_document(lines, "unknown") == [article, article]
    assert load_document(msgspec.json.encode(article), "b.json") == [article]


def test_edition_is_its_briefs() -> None:
    claim = {"text": ONE, "verdict": "supported", "citations": [], "origins": 1}
    brief = {"story": "s1", "language": "en", "nut_graf": claim,
             "headline": {**claim, "text": "Gate opens"},
             "sections": [{"heading": "x", "claims": [claim, {**claim, "text": TWO}]}]}  # fmt: skip
    edition = {"id": "e", "stories": [{"rank": 1, "brief": brief}]}
    [article] = load_document(json.dumps(edition).encode(), "edition.json")
    assert (article.id, article.title, article.text) == ("s1", "Gate opens", f"{ONE}\n{TWO}")
    assert load_document(json.dumps(brief).encode(), "brief.json") == [article]


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"{", "a.json", "a.json: not JSON"),
        (b"3", "a.json", "expected an article"),
        (b'{"id": "x"}', "a.json", "no `text`"),
        (b'{"text": "x y", "kind": "novel"}', "a.json", "not an article"),
        (b'{"text": "x"}\n{', "a.jsonl", "line 2"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a.png", "not a document"),
    ],
)
def test_unusable_documents_say_why(data: bytes, name: str, says: str) -> None:
    with pytest.raises(DocumentError, match=says):
        load_document(data, name)


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.md", "a.eml", "a.json", "a.jsonl"])
def test_empty_documents(name: str) -> None:
    with pytest.raises((DocumentError, Dropped)):
        load_document(b"", name)


def test_files(tmp_path: Path) -> None:
    path = tmp_path / "gate.html"
    path.write_text(f"<html><body><h1>Gate opens</h1><p>{ONE}</p><p>{TWO}</p></body></html>")
    [article] = load_file(path, "https://t.example/gate")
    assert article.text == f"{ONE}\n{TWO}"
    assert article.url == "https://t.example/gate"
    for missing in (tmp_path, tmp_path / "none.txt", tmp_path / "nul\0.txt"):
        with pytest.raises(DocumentError, match="cannot be read"):
            load_file(missing)


NAMES = st.sampled_from(
    ["x", "x.html", "x.txt", "x.md", "x.eml", "x.json", "x.jsonl", "x.pdf", "http://["]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.binary(max_size=300)
    | st.text(max_size=200).map(lambda s: s.encode("utf-8", "surrogatepass")),
    NAMES,
)
def test_arbitrary_documents(data: bytes, name: str) -> None:
    with suppress(DocumentError, Dropped):
        for found in load_document(data, name):
            assert found.text.strip() if isinstance(found, Document) else found.id


HEADERS = st.lists(
    st.sampled_from(["From: a", "From: =?x?q?=", "Date: never", "Subject: =?utf-8?b?4pyT?=",
                     "MIME-Version: 1.0", "Content-Type: text/html; charset=zz",
                     "Content-Type: multipart/mixed; boundary=b",
                     "Content-Transfer-Encoding: base64",
                     "Content-Transfer-Encoding: quoted-printable"]),
    max_size=6,
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(HEADERS, st.text(max_size=80), st.booleans())
def test_mangled_mail(headers: list[str], body: str, parts: bool) -> None:
    inner = f"--b\nContent-Type: text/plain\n\n{body}\n--b--" if parts else body
    source = "\n".join([*headers, "", inner]).encode("utf-8", "surrogatepass")
    with suppress(DocumentError, Dropped):
        load_document(source, "x.eml")


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 1_000), st.binary(min_size=1, max_size=20))
def test_mangled_pdf(at: int, junk: bytes) -> None:
    data = pdf(PDF_PAGES)
    with suppress(DocumentError, Dropped):
        load_document(data[:at] + junk + data[at + len(junk) :], "x.pdf")
