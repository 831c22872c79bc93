"""Whatever an address answers with becomes a document, if it has text."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from nutgraf.adapters.documents import read_answer
from nutgraf.demo.pdf import report_pdf

WORDS = "The Hollin Institute tested twelve models in Almerry and found nine of them wanting."
DAY = datetime(2026, 11, 17, tzinfo=UTC)
PDF = report_pdf("A report", ["Ottoline Marsh"], [WORDS] * 9, "Hollin", DAY)


def test_a_pdf_is_read_as_one_whatever_the_server_calls_it() -> None:
    for content_type in ("application/pdf", "text/html", "application/octet-stream", ""):
        document = read_answer(PDF, "http://hollin.example/report", content_type)
        assert "found nine of them" in document.text
        assert "endobj" not in document.text


def test_a_page_under_a_pdf_address_is_a_page() -> None:
    page = f"<html><body><article><p>{WORDS}</p></article></body></html>".encode()
    assert WORDS in read_answer(page, "http://hollin.example/report.pdf", "text/html").text


def test_json_is_no_article_page() -> None:
    article = b'{"id": "a", "text": "b"}'
    assert read_answer(article, "http://a.example/x", "application/json").text == ""


@given(st.binary(max_size=300), st.sampled_from(["", "application/pdf", "text/html", "x"]))
def test_never_raises(body: bytes, content_type: str) -> None:
    read_answer(b"%PDF-1.4 " + body, "http://a.example/x.pdf", content_type)
    read_answer(body, "http://a.example/x.pdf", content_type)
