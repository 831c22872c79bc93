"""OPML in and out."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.adapters.opml import read_opml, write_opml
from nutgraf.errors import DocumentError
from nutgraf.types import Feed

NESTED = b"""<?xml version="1.0" encoding="iso-8859-1"?>
<opml version="1.1"><head><title>Mine</title></head><body>
<outline text="Harbours"><outline text="North"><outline text="Caf\xe9 Ledger" type="rss"
 xmlUrl="https://ledger.example/feed?a=1&amp;b=2" htmlUrl="https://ledger.example/"/></outline>
<outline title="Quay" text="quay" XMLURL=" http://quay.example/rss "/></outline>
<outline text="again" xmlUrl="http://quay.example/rss"/>
<outline text="old" xmlUrl="feed://old.example/rss"/>
<outline text="older" xmlUrl="feed:https://older.example/rss"/>
<outline text="bad" xmlUrl="file:///etc/passwd"/><outline text="empty" xmlUrl=""/>
<outline text="http://bare.example/rss" xmlUrl="http://bare.example/rss"/></body></opml>"""


def test_outlines_at_any_depth() -> None:
    assert [(feed.url, feed.title) for feed in read_opml(NESTED)] == [
        ("https://ledger.example/feed?a=1&b=2", "Café Ledger"),
        ("http://quay.example/rss", "Quay"),
        ("http://old.example/rss", "old"),
        ("https://older.example/rss", "older"),
        ("http://bare.example/rss", ""),
    ]


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"<opml><body>", b"<rss/>", b"<html/>", b"<opml>&x;</opml>", b"\0\xff"]
)
def test_what_is_no_opml(data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"mine\.opml is not OPML"):
        read_opml(data, "mine.opml")


def test_no_outside_entities(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("http://secret.example/")
    entity = f'<!DOCTYPE opml [<!ENTITY x SYSTEM "file://{secret}">]>'
    data = f'{entity}<opml><body><outline text="a" xmlUrl="http://a.example/"/>&x;</body></opml>'
    assert [feed.url for feed in read_opml(data.encode())] == ["http://a.example/"]


@given(
    st.dictionaries(
        st.text("abcz09-&?=é<\"'", min_size=1).map(lambda s: f"https://ledger.example/{s}"),
        st.text(max_size=20),
        max_size=5,
    )
)
def test_written_and_read_back(feeds: dict[str, str]) -> None:
    back = read_opml(write_opml([Feed(url=u, title=t) for u, t in feeds.items()]))
    assert [feed.url for feed in back] == list(feeds)


def test_titles_survive() -> None:
    back = read_opml(write_opml([Feed(url="https://a.example/", title='Café & <"Quay">\0')], "x\0"))
    assert [feed.title for feed in back] == ['Café & <"Quay">']


@given(st.binary())
def test_any_bytes(data: bytes) -> None:
    for document in (data, b"<opml><body>" + data + b"</body></opml>"):
        with contextlib.suppress(DocumentError):
            assert isinstance(read_opml(document), list)
