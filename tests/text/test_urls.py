"""Canonical URLs: one form for the many addresses of one page."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.text.urls import article_id, canonical_url, host_of

PAGE = "https://ledger.example/2026/11/ferry-sinks"

SAME = [
    "https://ledger.example/2026/11/ferry-sinks",
    "http://ledger.example/2026/11/ferry-sinks",
    "  https://LEDGER.example:443/2026/11/ferry-sinks/ ",
    "http://ledger.example:80/2026/11/ferry-sinks#comments",
    "https://www.ledger.example./2026/11/ferry-sinks",
    "https://m.ledger.example/2026/11/ferry-sinks",
    "https://mobile.ledger.example/2026/11/ferry-sinks",
    "https://www.m.ledger.example/2026/11/ferry-sinks",
    "https://amp.ledger.example/2026/11/ferry-sinks",
    "https://ledger.example/2026/11/ferry-sinks/amp",
    "https://ledger.example/2026/11/ferry-sinks/amp/",
    "https://ledger.example/2026/11/ferry-sinks.amp",
    "https://ledger.example/amp/2026/11/ferry-sinks",
    "https://ledger.example/2026/11/ferry-sinks?amp",
    "https://ledger.example/2026/11/ferry-sinks?amp=1",
    "https://ledger.example/2026/11/ferry-sinks?outputType=amp",
    "https://ledger-example.cdn.ampproject.org/c/s/ledger.example/2026/11/ferry-sinks",
    "https://ledger-example.cdn.ampproject.org/v/s/ledger.example/2026/11/ferry-sinks?amp_js_v=0.1",
    "https://www.google.com/amp/s/ledger.example/2026/11/ferry-sinks",
    "https://www.google.co.uk/amp/ledger.example/2026/11/ferry-sinks",
    "https://www.google.com/url?rct=j&url=https://ledger.example/2026/11/ferry-sinks&ct=ga",
    "https://www.google.com/url?q=https%3A%2F%2Fledger.example%2F2026%2F11%2Fferry-sinks",
    "https://l.facebook.com/l.php?u=https%3A%2F%2Fledger.example%2F2026%2F11%2Fferry-sinks",
    "https://ledger.example/2026/11/ferry-sinks?utm_source=rss&utm_medium=feed&fbclid=Iw1",
    "https://ledger.example/2026/11/ferry-sinks?UTM_Source=x&gclid=1&mc_cid=2&cmpid=rss",
    "https://ledger.example/2026/11/ferry-sinks?source=rss&ref=twitter",
    "https://ledger.example/2026/11/ferry-sinks;jsessionid=0A?",
    "https://ledger.example/2026/./10/../11/ferry%2dsinks?&",
    "https://reader:secret@ledger.example/2026/11/ferry-sinks",
]


@pytest.mark.parametrize("url", SAME)
def test_addresses_of_one_page_are_one(url: str) -> None:
    assert canonical_url(url) == PAGE
    assert article_id(url) == article_id(PAGE)
    assert host_of(url) == "ledger.example"


DIFFERENT = [
    ("https://ledger.example/story?id=1", "https://ledger.example/story?id=2"),
    ("https://ledger.example/story?page=2", "https://ledger.example/story"),
    ("https://ledger.example/Story", "https://ledger.example/story"),
    ("https://ledger.example:8750/", "https://ledger.example:8751/"),
    ("https://harbour.ledger.example/", "https://ledger.example/"),
    ("https://ledger.example/amplify", "https://ledger.example/lify"),
    ("https://ledger.example/camp", "https://ledger.example/c"),
    ("https://ledger.example/?source=treasury", "https://ledger.example/"),
    ("https://ledger.example/?output=json", "https://ledger.example/"),
    ("https://ledger.example/a%2Fb", "https://ledger.example/a/b"),
    ("https://m.co.uk/a", "https://co.uk/a"),
    ("https://amp.example/", "https://example/"),
    ("https://ledger.example/?a=1&a=2", "https://ledger.example/?a=2&a=1"),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_pages_stay_different(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


def test_parameters_are_sorted_and_escapes_normal() -> None:
    assert (
        canonical_url("http://ledger.example/caf\u00e9?b=2&a=%c3%a9&c=x%41")
        == "https://ledger.example/caf%C3%A9?a=%C3%A9&b=2&c=xA"
    )


def test_hosts_in_other_scripts_and_mobile_editions() -> None:
    assert canonical_url("https://B\u00fccher.example/") == "https://xn--bcher-kva.example/"
    assert canonical_url("https://en.m.ledger.example/x") == "https://en.ledger.example/x"
    assert canonical_url("http://[2001:DB8::1]:80/x") == "https://[2001:db8::1]/x"
    assert canonical_url("http://harbour-ledger.localhost:8750/a/") == (
        "https://harbour-ledger.localhost:8750/a"
    )


@pytest.mark.parametrize(
    "garbage",
    ["", "   ", "not a url", "mailto:desk@ledger.example", "http://", "http://[::1", "//x"],
)
def test_what_is_no_web_address_comes_back_stripped(garbage: str) -> None:
    assert canonical_url(garbage) == garbage.strip()
    assert host_of(garbage) == ""
    assert len(article_id(garbage)) == 16


_PIECE = st.sampled_from(
    """http https :// : / // ? & = # % %2 %41 %2f %E9 ; . .. ./ @ [ ] \\ www. m. amp. mobile. amp
    /amp .amp .html a b ledger.example google.com/amp/s/ /url?q=
    www.google.com cdn.ampproject.org/c/s/
    utm_source= ref=rss amp=1 80 443 8750 0 xn-- ü ß İ 。 ＡＭＰ \u0130 \ud800 \x00 \t + ~ '
    " |""".split()
)
_URLISH = st.builds(
    lambda host, rest: f"https://{host}/{rest}",
    st.lists(_PIECE, max_size=4).map("".join),
    st.lists(_PIECE, max_size=9).map("".join),
)


@settings(max_examples=600)
@given(st.one_of(_URLISH, st.lists(_PIECE, max_size=12).map("".join), st.text()))
def test_canonical_form_is_stable_and_nothing_raises(url: str) -> None:
    once = canonical_url(url)
    assert canonical_url(once) == once
    assert article_id(once) == article_id(url)
    assert host_of(once) == host_of(url)


@given(st.permutations(["a=1", "b=2", "c=", "utm_x=3", "d"]), st.booleans())
def test_order_of_parameters_does_not_matter(pairs: list[str], slash: bool) -> None:
    url = "http://ledger.example/x" + "/" * slash + "?" + "&".join(pairs)
    assert canonical_url(url) == "https://ledger.example/x?a=1&b=2&c=&d"
