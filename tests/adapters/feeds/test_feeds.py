"""Feeds as they are in the wild."""

from __future__ import annotations

import gzip
import json
import random
import tarfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.adapters.feeds import find_feeds, parse_feed
from nutgraf.errors import FeedUnreadable
from nutgraf.types import Entry, ParsedFeed

URL = "https://ledger.example/news/feed.xml"


def rss(items: str = "", channel: str = "", attributes: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" {attributes}><channel>'
        f"<title>Harbour Ledger</title><link>https://ledger.example/</link>{channel}{items}"
        "</channel></rss>"
    ).encode()


def atom(entries: str = "", feed: str = "", attributes: str = "") -> bytes:
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}><title>Harbour Ledger</title>'
        f'<link href="https://ledger.example/"/>{feed}{entries}</feed>'
    ).encode()


def one(body: bytes, content_type: str = "", url: str = URL) -> Entry:
    [entry] = parse_feed(body, content_type, url).entries
    return entry


# --- the formats -----------------------------------------------------------------------------


def test_rss() -> None:
    body = rss(
        """<item><guid isPermaLink="false">tag:1</guid><title>Ferry &amp;amp; tug collide</title>
        <link>https://ledger.example/ferry</link><pubDate>Mon, 02 Nov 2026 12:00:00 GMT</pubDate>
        <author>desk@ledger.example (Ana Lima)</author><description>Two &lt;b&gt;hurt&lt;/b&gt;.
        </description><content:encoded><![CDATA[<p>Two were hurt & taken ashore.</p>]]>
        </content:encoded></item>""",
        "<language>en-GB</language><ttl>60</ttl>",
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"',
    )
    feed = parse_feed(body, "text/xml", URL)
    assert (feed.title, feed.language, feed.link) == (
        "Harbour Ledger",
        "en",
        "https://ledger.example/",
    )
    assert feed.ttl == 3600
    assert feed.entries == [
        Entry(
            guid="tag:1",
            url="https://ledger.example/ferry",
            title="Ferry & tug collide",
            summary="Two <b>hurt</b>.",
            content="<p>Two were hurt & taken ashore.</p>",
            published="2026-11-02T12:00:00+00:00",
            authors=["Ana Lima"],
            language="en",
            outlet="Harbour Ledger",
        )
    ]


def test_atom() -> None:
    body = atom(
        """<entry xml:lang="pt-BR" xml:base="world/"><id>urn:1</id>
        <title type="html">Ferry &amp;amp; &lt;i&gt;tug&lt;/i&gt;</title>
        <link rel="enclosure" href="a.mp3"/>
        <link rel="alternate" type="application/pdf" href="a.pdf"/>
        <link href="ferry"/><published>2026-11-02</published><updated>2026-11-05T00:00:00Z</updated>
        <author><name>Ana Lima</name><email>a@ledger.example</email></author>
        <author><name>Rui Paz</name></author><summary>Short.</summary>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Two <b>hurt</b>.</p>
        </div></content></entry>""",
        attributes='xml:lang="en" xml:base="/news/"',
    )
    assert parse_feed(body, "", URL).language == "en"
    assert one(body) == Entry(
        guid="urn:1",
        url="https://ledger.example/news/world/ferry",
        title="Ferry & tug",
        summary="Short.",
        content="<div><p>Two <b>hurt</b>.</p>\n        </div>",
        published="2026-11-02",
        authors=["Ana Lima", "Rui Paz"],
        language="pt",
        outlet="Harbour Ledger",
    )


def test_rdf() -> None:
    body = b"""<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
      xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
      xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
      xmlns:c="http://purl.org/rss/1.0/modules/content/">
      <channel rdf:about="https://ledger.example/"><title>Harbour Ledger</title>
      <link>https://ledger.example/</link><sy:updatePeriod>daily</sy:updatePeriod>
      <sy:updateFrequency>4</sy:updateFrequency><dc:language>nl</dc:language></channel>
      <item rdf:about="https://ledger.example/ferry"><title>Ferry</title>
      <dc:creator>Ana Lima</dc:creator><dc:creator>Rui Paz</dc:creator>
      <dc:date>2026-11-02T12:00:00Z</dc:date><description>Short.</description>
      <c:encoded><![CDATA[<p>Two hurt.</p>]]></c:encoded></item></rdf:RDF>"""
    feed = parse_feed(body, "", URL)
    assert (feed.title, feed.ttl, feed.language) == ("Harbour Ledger", 21600, "nl")
    [entry] = feed.entries
    assert entry.guid == entry.url == "https://ledger.example/ferry"
    assert entry.authors == ["Ana Lima", "Rui Paz"]
    assert (entry.summary, entry.content) == ("Short.", "<p>Two hurt.</p>")
    assert entry.published == "2026-11-02T12:00:00+00:00"


@pytest.mark.parametrize(
    "version", ["https://jsonfeed.org/version/1", "https://jsonfeed.org/version/1.1"]
)
def test_json_feed(version: str) -> None:
    item = {"id": 7, "url": "/ferry", "title": "Ferry", "content_html": "<p>Two hurt.</p>"}
    item |= {"date_published": "2026-11-02T12:00:00Z", "summary": "Short."}
    person = {"name": "Ana Lima"}
    item |= {"authors": [person, 3]} if version.endswith("1.1") else {"author": person}
    data = {"version": version, "title": "Harbour Ledger", "items": [item, "junk", None]}
    data |= {"home_page_url": "https://ledger.example/", "language": "en-US", "expired": False}
    entry = one(b"\xef\xbb\xbf" + json.dumps(data).encode(), "application/feed+json")
    assert (entry.guid, entry.url) == ("7", "https://ledger.example/ferry")
    assert (entry.content, entry.summary) == ("<p>Two hurt.</p>", "Short.")
    assert (entry.authors, entry.language) == (["Ana Lima"], "en")
    assert entry.published == "2026-11-02T12:00:00+00:00"


def test_an_aggregator_names_the_outlet_of_each_item() -> None:
    body = rss(
        """<item><title>Ferry sinks - Quay Post</title><link>https://news.example/rss/articles/x</link>
        <source url="https://quay.example">Quay Post</source></item>
        <item><title>Storm</title><link>https://ledger.example/storm</link></item>"""
    )
    first, second = parse_feed(body, "", URL).entries
    assert (first.title, first.outlet) == ("Ferry sinks", "Quay Post")
    assert (second.title, second.outlet) == ("Storm", "Harbour Ledger")


def test_a_video_channel() -> None:
    entry = one(
        atom(
            """<entry><id>yt:video:1</id><title>Launch</title><link rel="alternate"
            href="https://video.example/watch?v=1"/><media:group><media:title>Launch</media:title>
            <media:description>The ferry is launched.</media:description></media:group></entry>""",
            attributes='xmlns:media="http://search.yahoo.com/mrss/"',
        )
    )
    assert (entry.url, entry.summary) == (
        "https://video.example/watch?v=1",
        "The ferry is launched.",
    )


# --- what is wrong with them -----------------------------------------------------------------

ACCENTS = "Café à Zürich — “señor”"


@pytest.mark.parametrize(
    ("encoding", "declared", "content_type"),
    [
        ("utf-8", "", ""),
        ("utf-8", "utf-16", ""),
        ("utf-8", "iso-8859-1", "text/xml; charset=us-ascii"),
        ("utf-8-sig", "utf-8", ""),
        ("utf-16", "utf-16", ""),
        ("utf-16-le", "utf-8", ""),
        ("utf-16-be", "", ""),
        ("utf-32", "", ""),
        ("cp1252", "windows-1252", ""),
        ("cp1252", "iso-8859-1", ""),
        ("cp1252", "utf-8", ""),
        ("cp1252", "no-such-encoding", ""),
        ("cp1252", "", "text/xml; charset=windows-1252"),
        ("cp1252", "", ""),
    ],
)
def test_encodings_true_and_lying(encoding: str, declared: str, content_type: str) -> None:
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    item = f"<item><title>{ACCENTS}</title></item>"
    text = f"{declaration}<rss><channel><title>x</title>{item}</channel></rss>"
    assert one(text.encode(encoding), content_type).title == ACCENTS


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("shift_jis", "港で衝突事故がありました"),
        ("gb2312", "港口发生碰撞事故"),
        ("euc-kr", "항구에서 충돌 사고"),
        ("koi8-r", "Столкновение в порту"),
        ("iso-2022-jp", "港で衝突事故がありました"),
        ("big5", "港口發生碰撞事故"),
    ],
)
def test_other_scripts(encoding: str, text: str) -> None:
    declaration = f'<?xml version="1.0" encoding="{encoding}"?>'
    body = f"{declaration}<rss><channel><item><title>{text}</title></item></channel></rss>"
    assert one(body.encode(encoding)).title == text


def test_a_little_damage_does_not_change_the_encoding() -> None:
    assert one(
        rss(f"<item><title>{ACCENTS} x</title></item>").replace(b" x<", b" \xff<")
    ).title == (f"{ACCENTS} \ufffd")


def test_junk_before_and_characters_that_xml_does_not_allow() -> None:
    body = rss("<item><title>a\0b\x0cc &#0;&#x1f;&#147;d&#148; e\x7f</title></item>")
    assert one(b"\n\r <br />Warning: on line 3\n" + body).title == "abc “d” e"


def test_entities_that_xml_does_not_know() -> None:
    body = rss(
        "<item><title>Caf&eacute; &nbsp;AT&T &bogus; R&D</title><link>/x?a=1&b=2</link></item>"
    )
    entry = one(body)
    assert entry.title == "Café AT&T &bogus; R&D"
    assert entry.url == "https://ledger.example/x?a=1&b=2"


def test_entity_bombs_and_external_entities(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    dtd = (
        f'<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY x SYSTEM "file://{secret}">]>'
    )
    body = rss("<item><title>Ferry &x; &b; sinks</title></item>").replace(
        b"<rss", dtd.encode() + b"<rss"
    )
    entry = one(body)
    assert "secret" not in entry.title
    assert entry.title.startswith("Ferry")


TITLES = {
    "&lt;b&gt;Ferry&lt;/b&gt; sinks": "Ferry sinks",
    "<![CDATA[<b>Ferry</b> sinks &amp; burns]]>": "Ferry sinks & burns",
    "Ferry &amp;amp;amp; tug": "Ferry &amp; tug",
    "Ferry &amp;lt;i&amp;gt;sinks&amp;lt;/i&amp;gt;": "Ferry sinks",
    "List&lt;String&gt; in 3 &lt; 5": "List<String> in 3 < 5",
    "  Ferry\n\t sinks ": "Ferry sinks",
    "&lt;script&gt;alert(1)&lt;/script&gt;Ferry": "Ferry",
    "&lt;img src=x onerror=alert(1)&gt;Ferry": "Ferry",
    "It&amp;#8217;s &amp;quot;over&amp;quot;": 'It’s "over"',
    "": "",
}


@pytest.mark.parametrize("markup", TITLES)
def test_titles(markup: str) -> None:
    assert one(rss(f"<item><title>{markup}</title><link>/a</link></item>")).title == TITLES[markup]


def test_links() -> None:
    def url(item: str) -> str:
        return one(rss(f"<item>{item}</item>")).url

    assert url("<link>ferry</link>") == "https://ledger.example/ferry"
    assert url("<link> //quay.example/f </link>") == "https://quay.example/f"
    assert url("<guid>https://ledger.example/g</guid>") == "https://ledger.example/g"
    assert url('<guid isPermaLink="false">https://ledger.example/g</guid>') == ""
    assert url("<link>javascript:alert(1)</link><title>x</title>") == ""
    assert url("<link/><guid>not a url</guid>") == ""
    assert (
        url("<link>http://[</link><guid>https://ledger.example/g</guid>")
        == "https://ledger.example/g"
    )
    burnt = "<f:origLink xmlns:f='http://feedburner.org/ext'>https://a.example/b</f:origLink>"
    assert url(f"<link>https://feeds.example/~r/x</link>{burnt}") == "https://a.example/b"


def test_guids() -> None:
    same = "<item><guid>1</guid><title>{}</title><link>/{}</link></item>"
    body = rss(same.format("A", "a") + same.format("B", "b") + same.format("A", "a"))
    first, second = parse_feed(body, "", URL).entries
    assert first.guid == "1"
    assert second.guid.startswith("1#")
    assert parse_feed(body, "", URL).entries[1].guid == second.guid
    nameless = rss(
        "<item><title>A</title></item><item><title>B</title></item><item><link>/c</link></item>"
    )
    guids = [entry.guid for entry in parse_feed(nameless, "", URL).entries]
    assert len(set(guids)) == 3
    assert all(guids)
    assert guids[2] == "https://ledger.example/c"


@given(st.lists(st.sampled_from(["", "1", "2"]), max_size=8), st.randoms())
def test_guids_are_unique_and_distinct_items_live(guids: list[str], chance: random.Random) -> None:
    titles = [chance.choice("ABC") for _ in guids]
    items = "".join(
        f"<item><guid>{guid}</guid><title>{title}</title></item>"
        for guid, title in zip(guids, titles, strict=True)
    )
    entries = parse_feed(rss(items), "", URL).entries
    assert len({entry.guid for entry in entries}) == len(entries)
    assert Counter(e.title for e in entries).keys() == set(titles)
    assert len(entries) == len(set(zip(guids, titles, strict=True)))


OUTLETS = {
    "Harbour Ledger": "Harbour Ledger",
    "Harbour Ledger RSS Feed": "Harbour Ledger",
    "Harbour Ledger » Feed": "Harbour Ledger",
    "World - Harbour Ledger": "Harbour Ledger",
    "Harbour Ledger | World news | RSS": "Harbour Ledger",
    "The Harbour Ledger: World": "The Harbour Ledger",
    "Ships: a diary": "Ships: a diary",
    "": "harbourledger.example",
    "RSS": "RSS",
}


@pytest.mark.parametrize("title", OUTLETS)
def test_outlets(title: str) -> None:
    body = f"<rss><channel><title>{title}</title><item><title>x</title></item></channel></rss>"
    assert one(body.encode(), url="https://www.harbourledger.example/feed").outlet == OUTLETS[title]


def test_authors() -> None:
    def authors(item: str) -> list[str]:
        space = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
        return one(rss(f"<item><title>x</title>{item}</item>", attributes=space)).authors

    assert authors("<author>By Ana Lima</author>") == ["Ana Lima"]
    assert authors("<author>desk@ledger.example</author><dc:creator>Rui</dc:creator>") == []
    assert authors("<dc:creator>Rui</dc:creator><dc:creator>Rui</dc:creator>") == ["Rui"]
    assert authors("<author>Ana Lima &lt;ana@ledger.example&gt;</author>") == ["Ana Lima"]
    inherited = atom("<entry><id>1</id></entry>", "<author><name>Ana Lima</name></author>")
    assert one(inherited).authors == ["Ana Lima"]


def test_undeclared_prefixes_and_strays() -> None:
    entry = one(
        rss(
            "<item><title>x</title><dc:creator>Ana</dc:creator><content:encoded>y</content:encoded></item>"
        )
    )
    assert (entry.authors, entry.content) == (["Ana"], "y")
    unquoted = b"<rss version=2.0><channel><item><title>x</title></item></channel></rss>"
    assert one(unquoted).title == "x"


def test_what_the_fast_library_would_bend() -> None:
    entry = one(rss("<item><guid>2024</guid><title>x</title></item>"))
    assert (entry.guid, entry.published) == ("2024", None)
    assert one(rss("<item><title>x</title><pubDate>12</pubDate></item>")).published is None
    late = "<item><title>x</title><pubDate>2 Nov 2026 23:00 -0500</pubDate></item>"
    assert one(rss(late)).published == "2026-11-02T23:00:00-05:00"
    clash = """<item><media:title>A picture</media:title><title>Ferry <i>Ana</i> sinks</title>
        </item>"""
    assert one(rss(clash, attributes='xmlns:media="http://search.yahoo.com/mrss/"')).title == (
        "Ferry Ana sinks"
    )
    assert one(rss("<item><description>Two hurt.</description></item>")).content == ""


def test_old_and_odd_dialects_go_to_feedparser() -> None:
    bare = b"<feed><entry><id>1</id><title>x</title><issued>2026-11-02</issued></entry></feed>"
    assert (one(bare).guid, one(bare).published) == ("1", "2026-11-02")


@pytest.mark.parametrize("address", ["https://ledger.example/a b/é/feed?q=[1]", "feed.xml", ""])
def test_links_of_a_feed_at_an_odd_address(address: str) -> None:
    [entry] = parse_feed(rss("<item><link>ferry</link></item>"), "", address).entries
    assert entry.url == "https://ledger.example/ferry"


def many(count: int) -> bytes:
    item = (
        "<item><guid>{0}</guid><title>Item {0}</title><description>Text {0}.</description></item>\n"
    )
    return rss("".join(item.format(n) for n in range(count)))


def test_cut_anywhere_the_items_before_are_read() -> None:
    body = many(20)
    for end in range(150, len(body), 37):
        complete = body[:end].count(b"</item>")
        try:
            found = len(parse_feed(body[:end], "", URL).entries)
        except FeedUnreadable:
            found = 0
        assert complete <= found <= complete + 1


@pytest.mark.parametrize("stray", ["</channel>", "<!--", "<b>", "&", "<", "</item>", '"', "]]>"])
def test_a_stray_mark_costs_two_items_at_most(stray: str) -> None:
    body = many(20)
    at = body.index(b"Text 9.")
    assert len(parse_feed(body[:at] + stray.encode() + body[at:], "", URL).entries) >= 18


def test_items_beside_the_channel() -> None:
    body = many(3).replace(b"</channel>", b"").replace(b"<item><guid>1", b"</channel><item><guid>1")
    assert [entry.guid for entry in parse_feed(body, "", URL).entries] == ["0", "1", "2"]


def test_valid_and_empty() -> None:
    for body in (rss(), atom(), b'{"version":"https://jsonfeed.org/version/1","items":[]}'):
        assert parse_feed(body, "", URL).entries == []


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty answer"),
        (b" \n\0", "empty answer"),
        (b"hello", "not a feed"),
        (b"{}", "not a feed"),
        (b'{"items": 3}', "not a feed"),
        (b"{" * 100_000, "not a feed"),
        (b'<?xml version="1.0"?><urlset><url/></urlset>', "not a feed"),
        (b"%PDF-1.7 \xff\xfe", "not a feed"),
        (b"<!doctype html><title>Ledger</title>", "HTML, not a feed"),
        (b"<!-- x --><html><body>404", "HTML, not a feed"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', "HTML, not a feed"),
    ],
)
def test_what_is_no_feed(body: bytes, reason: str) -> None:
    with pytest.raises(FeedUnreadable) as caught:
        parse_feed(body, "text/html", URL)
    assert caught.value.reason == reason


PAGE = """<!doctype html><head><base href="/news/"><link rel="stylesheet" href="x.css">
<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments.xml">
<link rel="alternate" type="application/rss+xml" href="feed.xml">
<link rel="ALTERNATE nofollow" type="application/atom+xml; x=1" href="https://quay.example/atom">
<link rel="alternate" type="application/feed+json" href="feed.xml">
<link rel="alternate" hreflang="de" href="/de"><link rel="alternate" type="application/rss+xml">
</head>"""


def test_the_feeds_of_a_page() -> None:
    found = [
        "https://ledger.example/news/feed.xml",
        "https://quay.example/atom",
        "https://ledger.example/comments.xml",
    ]
    assert find_feeds(PAGE, "https://ledger.example/") == found
    assert find_feeds(PAGE.encode("utf-16"), "https://ledger.example/") == found
    with pytest.raises(FeedUnreadable) as caught:
        parse_feed(PAGE.encode(), "text/html", "https://ledger.example/")
    assert found[0] in caught.value.detail
    assert find_feeds("") == find_feeds(b"\0") == []


# --- fuzz ------------------------------------------------------------------------------------

_SCRAP = st.sampled_from(
    """<rss> <channel> <item> </item> <feed> <entry> </entry> <title> </title> <link> <link/> <guid>
    <html> <![CDATA[ ]]> <!-- --> <!DOCTYPE <?xml encoding="utf-7"?> & &amp; &#0; &#x110000;
    &lt;b&gt; <rdf:RDF> { } "items":[ ] <pubDate> xml:base="http://[" href=" " <a:b xmlns:a="x">
    \0 \ufeff é 港 http://[ ://""".split()
)


@settings(max_examples=300)
@given(st.one_of(st.binary(), st.lists(_SCRAP, max_size=25).map(lambda s: " ".join(s).encode())))
def test_any_bytes_are_a_feed_or_feed_unreadable(body: bytes) -> None:
    check(body)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([many(4), atom("<entry><id>1</id><title>x</title></entry>" * 3)]), st.data())
def test_mutated_feeds(body: bytes, data: st.DataObject) -> None:
    mutated = bytearray(body)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(mutated)))
        length = data.draw(st.integers(0, 12))
        mutated[at : at + length] = data.draw(st.binary(max_size=6))
    check(bytes(mutated))


@given(st.text() | st.binary())
def test_any_page_can_be_asked_for_feeds(page: str | bytes) -> None:
    assert isinstance(find_feeds(page, "https://ledger.example/"), list)


def check(body: bytes) -> ParsedFeed | None:
    """What holds for every feed."""
    try:
        feed = parse_feed(body, "", URL)
    except FeedUnreadable as failed:
        assert failed.reason  # noqa: PT017 - either outcome is right
        return None
    assert len({entry.guid for entry in feed.entries}) == len(feed.entries)
    for entry in feed.entries:
        assert entry.guid
        assert not entry.url or entry.url.startswith(("http://", "https://"))
        assert "\0" not in entry.title + entry.summary + entry.content
        assert "\n" not in entry.title
    return feed


# --- real feeds ------------------------------------------------------------------------------


def test_snapshot_of_real_feeds(data: Path) -> None:
    """141 real feeds: all read, the entries that are there have what the stages need."""
    entries = []
    for path in sorted((data / "feeds/snapshot").glob("*.gz")):
        feed = check(gzip.decompress(path.read_bytes()))
        assert feed is not None, path.name
        assert feed.entries, path.name
        entries += feed.entries
    assert len(entries) >= 4_115
    assert sum(not entry.title for entry in entries) <= 4
    assert sum(entry.published is None for entry in entries) <= 7
    # One feed of game statuses has 1,045 entries without any address.
    assert sum(not entry.url for entry in entries) <= 1_045


def test_a_library_of_broken_feeds(data: Path) -> None:
    """Some 2,090 well- and ill-formed feeds: nothing but feeds and `FeedUnreadable`."""
    read: Counter[bool] = Counter()
    with tarfile.open(data / "feeds/feedparser_cases.tar.gz") as archive:
        for member in archive:
            file = archive.extractfile(member)
            if file and member.name.endswith((".xml", ".json")):
                read[check(file.read()) is not None] += 1
    assert read.total() > 2_000
    assert read[False] <= 1
