"""A page read as a document."""

from __future__ import annotations

import json
import pickle

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nutgraf.adapters.html import read_html

URL = "https://www.tamberpost.example/news/2026/11/20/flood-gate?utm_source=feed"
BODY = [
    "The town of Tamber opened its second flood gate on Friday, four months ahead of the plan.",
    "Engineers expect it to hold back tides of up to 6.2 metres, the council said in a statement.",
    "“It buys us thirty years,” said Ann Pell, the harbour master, at the opening ceremony.",
    "Fishing crews complained that the gate closes the inner harbour for about six hours a day.",
]
LD = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "Tamber Post"},
        {
            "@type": ["NewsArticle"],
            "headline": "Tamber opens second flood gate",
            "datePublished": "2026-11-20T16:05:00+01:00",
            "dateModified": "2026-11-20T18:00:00+01:00",
            "author": [{"@type": "Person", "name": "Orla Finch"}, {"@id": "#sam"}],
            "publisher": {"@type": "NewsMediaOrganization", "name": "Tamber Post"},
            "articleSection": "Local",
        },
        {"@type": "Person", "@id": "#sam", "name": "Sam Reed"},
    ],
}


def page(
    *,
    head: str = "",
    title: str = "Tamber opens second flood gate",
    inside: str = "",
    body: list[str] = BODY,
) -> str:
    paragraphs = "".join(f"<p>{line}</p>" for line in body)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">{head}</head><body>'
        f'<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>'
        f"<main><article><h1>{title}</h1>{inside}{paragraphs}</article></main>"
        f"<footer>© 2026 Tamber Post</footer></body></html>"
    )


def ld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def test_everything_a_good_page_says() -> None:
    head = (
        "<title>Tamber opens second flood gate | Tamber Post</title>"
        '<link rel="canonical" href="/news/2026/11/20/flood-gate">' + ld(LD)
    )
    found = read_html(page(head=head), URL)
    assert found.text.split("\n") == BODY
    assert found.title == "Tamber opens second flood gate"
    assert found.url == "https://www.tamberpost.example/news/2026/11/20/flood-gate"
    assert found.published == "2026-11-20T16:05:00+01:00"
    assert found.modified == "2026-11-20T18:00:00+01:00"
    assert found.publisher == "Tamber Post"
    assert found.authors == ["Orla Finch", "Sam Reed"]
    assert found.language == "en"
    assert "newsarticle" in found.hints
    assert "Local" in found.hints
    assert found.reader.startswith("trafilatura/")
    assert pickle.loads(pickle.dumps(found)) == found


def test_bytes_and_text_read_alike() -> None:
    source = page()
    assert read_html(source.encode(), URL) == read_html(source, URL)


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("cp1252", "iso-8859-1"),
        ("cp1251", "windows-1251"),
        ("shift_jis", "shift_jis"),
        ("utf-16", ""),
    ],
)
def test_encodings(encoding: str, declared: str) -> None:
    line = {
        "cp1252": "Der Bürgermeister öffnete am Freitag das „Fluttor“, das größte der Küste.",
        "cp1251": "Мэр города в пятницу открыл новые ворота, которые защитят порт от наводнений.",
        "shift_jis": "市長は金曜日に新しい水門を開き、今後三十年間は洪水から港を守れると述べた。",
        "utf-16": "Der Bürgermeister öffnete am Freitag das „Fluttor“, das größte der Küste.",
    }[encoding]
    source = page(body=[line] * 3).replace('charset="utf-8"', f'charset="{declared}"')
    assert line in read_html(source.encode(encoding, "xmlcharrefreplace"), URL).text
    by_header = source.replace(f'<meta charset="{declared}">', "").encode(
        encoding, "xmlcharrefreplace"
    )
    assert line in read_html(by_header, URL, f"text/html; charset={declared or encoding}").text


@pytest.mark.parametrize(
    ("head", "title", "wanted"),
    [
        ("<title>Gate opens - Tamber Post</title>", "Gate opens", "Gate opens"),
        (
            '<meta property="og:title" content="Gate opens | Tamber Post">',
            "Tamber Post",
            "Gate opens",
        ),
        (
            "<title>Gate opens after flood | News | Tamber Post</title>",
            "Blog",
            "Gate opens after flood",
        ),
        (
            '<meta property="og:title" content="Gate: opens &amp;amp; shuts">',
            "",
            "Gate: opens & shuts",
        ),
        ("<title>x</title>", "Gate <br>opens<span> wide</span>", "Gate opens wide"),
    ],
)
def test_titles(head: str, title: str, wanted: str) -> None:
    assert read_html(page(head=head, title=title), URL).title == wanted


@pytest.mark.parametrize(
    ("inside", "authors"),
    [
        ('<p class="byline">By Orla Finch and Sam Reed</p>', ["Orla Finch", "Sam Reed"]),
        (
            '<span class="author">By <a href="/o">Orla Finch</a>, Harbour Reporter</span>',
            ["Orla Finch"],
        ),
        ('<a rel="author" href="/o">Orla Finch</a>', ["Orla Finch"]),
        ('<div class="byline">Von Orla Finch | 20. November 2026</div>', ["Orla Finch"]),
        ('<div class="byline">By Orla Finch, MD</div>', ["Orla Finch, MD"]),
        ('<div class="comment-author">By Nosy Parker</div>', []),
    ],
)
def test_bylines(inside: str, authors: list[str]) -> None:
    assert read_html(page(inside=inside), URL).authors == authors


def test_outlets_and_addresses_are_no_authors() -> None:
    told = {
        **LD["@graph"][1],
        "author": [{"@type": "Organization", "name": "Tamber Post"}, "https://x.example/o"],
    }  # type: ignore[dict-item]
    head = (
        ld({"@context": "https://schema.org", **told}) + '<meta name="author" content="Orla Finch">'
    )
    assert read_html(page(head=head), URL).authors == ["Orla Finch"]


@pytest.mark.parametrize(
    ("canonical", "wanted"),
    [
        ("https://tamberpost.example/gate", "https://tamberpost.example/gate"),
        ("https://amp.tamberpost.example/gate", "https://amp.tamberpost.example/gate"),
        ("https://elsewhere.example/gate", URL),
        ("https://www.tamberpost.example/", URL),
        ("javascript:alert(1)", URL),
        ("http://[broken", URL),
    ],
)
def test_canonical_address_only_of_the_same_site(canonical: str, wanted: str) -> None:
    assert read_html(page(head=f'<link rel="canonical" href="{canonical}">'), URL).url == wanted


@pytest.mark.parametrize(
    ("markup", "url", "wanted"),
    [
        (
            '<time datetime="2026-11-19T09:00:00Z">Nov 19</time>',
            "https://t.example/a",
            "2026-11-19T09:00:00+00:00",
        ),
        ('<p class="date">19 November 2026</p>', "https://t.example/a", "2026-11-19"),
        ("", "https://t.example/2026/11/18/gate", "2026-11-18"),
        (
            '<div class="related"><time datetime="2020-01-01">x</time></div>',
            "https://t.example/2026/11/18/a",
            "2026-11-18",
        ),
    ],
)
def test_dates(markup: str, url: str, wanted: str) -> None:
    assert read_html(page(inside=markup), url).published == wanted


def test_the_page_around_the_article_stays_out() -> None:
    traps = [
        "Read more: How the gate was built",
        "Sign up for our newsletter and get the day's stories in your inbox.",
        "Photo: Orla Finch / Tamber Post",
        "Share this article",
    ]
    text = read_html(
        page(body=[BODY[0], traps[0], BODY[1], traps[1], BODY[2], *traps[2:], BODY[3]]), URL
    ).text
    assert text.split("\n") == BODY


def test_equal_containers_are_read_to_the_end() -> None:
    long = [[f"{line} Part {part}, said number {part}." for line in BODY] for part in range(4)]
    parts = "<aside><p>Advert</p></aside>".join(
        '<div class="chunk"><div class="inner">'
        + "".join(f"<p>{x}</p>" for x in part)
        + "</div></div>"
        for part in long
    )
    found = read_html(f"<html><body><div id='a'>{parts}</div></body></html>", URL)
    assert all(line in found.text for part in long for line in part)


def test_text_is_clean() -> None:
    found = read_html(
        page(body=[f"Cafe\u0301\u200b \x00\x1b opened&#146;s \ud800door. {x}" for x in BODY]), URL
    )
    assert "Café opened’s" in found.text
    assert not any(c in found.text for c in "\x00\x1b\u200b\ud800\u0301")
    found.text.encode()


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"\x00" * 100,
        b"<html></html>",
        b"<?xml version='1.0' encoding='nonsense'?><p>x",
        b"<div>" * 20_000 + b"deep",
        b"<p>" + b"x" * 1_000_000,
        ("<p>" + "word " * 200_000).encode(),
        b"<script type='application/ld+json'>" + b"[" * 5_000,
        b'<script type=\'application/ld+json\'>{"@type": 3, "author": [[{}]]}</script><p>x',
        "<p dir=rtl>وقالت الوزارة إن الميناء سيفتح يوم الجمعة المقبل.</p>".encode(),
        b"%PDF-1.4 not html",
    ],
)
def test_odd_pages_are_documents_too(source: bytes) -> None:
    found = read_html(source, None)
    found.text.encode()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.binary(max_size=600), st.sampled_from(["", "text/html; charset=koi8-r", "x; charset=rot13"])
)
def test_arbitrary_bytes(source: bytes, content_type: str) -> None:
    read_html(source, URL, content_type).text.encode()


PIECES = st.sampled_from(
    ["<div>", "</div>", "<p>", "</p>", "<table><tr><td>", "<time datetime='", "'>", "<h1>",
     "<!--", "-->", "</script>", "<link rel=canonical href='",
     "<script type='application/ld+json'>", '{"@type":"NewsArticle","author":', "[", "]}",
     "<meta property='article:published_time' content='", "&#0;", "&#xD800;", "\ud83d", "By ",
     *BODY]
)  # fmt: skip


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES | st.text(max_size=12), max_size=40))
def test_mangled_pages(pieces: list[str]) -> None:
    found = read_html("".join(pieces), URL)
    found.text.encode()
    found.title.encode()
