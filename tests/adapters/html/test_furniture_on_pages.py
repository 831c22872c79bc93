"""What stands around an article stays out of it, whatever the layout."""

from __future__ import annotations

import pytest
from lxml import html

from nutgraf.adapters.html import read_html
from nutgraf.adapters.html.prune import flatten_tables, prune

URL = "https://www.tamberpost.example/news/flood-gate"
TITLE = "Tamber opens second flood gate early"
BODY = [
    "The town of Tamber opened its second flood gate on Friday, four months ahead of the plan.",
    "Engineers expect it to hold back tides of up to 6.2 metres, the council said in a statement.",
    "“It buys us thirty years,” said Ann Pell, the harbour master, at the opening ceremony.",
    "Fishing crews complained that the gate closes the inner harbour for about six hours a day.",
    "The council will decide in May whether to dig a second basin outside the wall for them.",
    "A first gate, built in 1994, failed twice in the storms of last winter and was repaired.",
]
OTHERS = [
    ("Harriers lose at home again", "The coach blamed the wind and a referee from the islands."),
    ("Ferry fares rise by a tenth", "Islanders will pay 43 crowns for a return from Monday."),
    ("Swan bites the mayor at opening", "Mayor Quill needed two stitches and a clean shirt."),
    ("Baker finds ring in rye loaf", "It had been missing since the harvest of 1987, she said."),
]
AD = "Larch & Sons: the boots that outlast the road. From 89 crowns a pair."


def link(at: int) -> str:
    return f'<a href="/news/{at}">{OTHERS[at][0]}</a>'


def whole(body: str) -> str:
    head = (
        f'<title>{TITLE} | Tamber Post</title><meta property="og:site_name" content="Tamber Post">'
    )
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


PARAGRAPHS = "".join(f"<p>{line}</p>" for line in BODY)
CARDS = "".join(
    f"<div class='x9'>{link(at)}<p>{teaser}</p></div>" for at, (_, teaser) in enumerate(OTHERS)
)
NUMBERED = "".join(
    f"<div>{at + 1}. {link(at)}<div>{teaser}</div></div>" for at, (_, teaser) in enumerate(OTHERS)
)
ITEMS = "<ul>" + "".join(f"<li>{link(at)}</li>" for at in range(4)) + "</ul>"
SECTIONS = "".join(f"<section class='q1'><p>{line}</p></section>" for line in BODY)
DIVS = "".join(f"<div class='q1'>{line}</div>" for line in BODY)
BREAKS = "<br><br>".join(BODY)
LAYOUTS = {
    "cards after sections": (
        f"<div class=w><h1>{TITLE}</h1>{SECTIONS}</div><div class=z>{CARDS}</div>"
    ),
    "a numbered list beside divs": (
        f"<div class=a><div class=t><h1>{TITLE}</h1></div><div class=b>{DIVS}</div></div>"
        f"<div class=c><div><b>Most read</b>{NUMBERED}</div><div>{AD}</div></div>"
    ),
    "an advertisement between divs": (
        f"<h1>{TITLE}</h1><div class=b><div class=q1>{BODY[0]}</div>"
        f"<div class=k3><div>Advertisement</div><div>{AD}</div></div>"
        + "".join(f"<div class=q1>{line}</div>" for line in BODY[1:])
        + "</div>"
    ),
    "columns of a table": (
        f"<table><tr><td colspan=3><b>Tamber Post</b><br>Since 1871</td></tr><tr>"
        f"<td><b>Archive</b><br>2026<br>2025<br>{AD}</td>"
        f"<td><table><tr><td>TOWN<br><b>{TITLE}</b><br>By Orla Finch<br>20 November 2026, 09:30"
        f"</td></tr></table><font size=3>{BREAKS}</font><hr>"
        f"[ <a href=/>Print this page</a> | <a href=/>Send to a friend</a> | <a href=/>Top</a> ]"
        f"</td>"
        f"<td><b>MOST READ</b><br>{'<br><br>'.join(link(at) for at in range(4))}<br>{AD}</td>"
        f"</tr><tr><td colspan=3>&copy; 1999-2026 Tamber Post. All rights reserved.</td></tr>"
        f"</table>"
    ),
    "a list under a label": (
        f"<h1>{TITLE}</h1><div>{PARAGRAPHS}</div><div><b>More releases</b>{ITEMS}</div>"
    ),
    "blocks with roles": (
        f"<div role=banner>Tamber Post <span>Subscribe for 3 crowns a week.</span></div>"
        f"<h1>{TITLE}</h1><div>{PARAGRAPHS}</div>"
        f"<div role=contentinfo>{AD}</div><div role=complementary>{AD}</div>"
    ),
    "a block named for readers' comments": (
        f"<h1>{TITLE}</h1><div>{PARAGRAPHS}</div><div class='comments'><p>“I was there and "
        f"saw nothing of the kind, nor did my brother.” — reader L. Moss</p></div>"
    ),
    "marks above and below the text": (
        f"<article><p>town</p><h1>{TITLE}</h1><p>By Orla Finch | 20 November 2026 | 09:30</p>"
        f"<p>Share E-mail Print Save 12 comments</p>{PARAGRAPHS}<p>Topics: harbour, Ann Pell</p>"
        f"<p>Pictures follow. (c) Tamber Post 2026</p></article>"
    ),
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_only_the_article_is_read(layout: str) -> None:
    found = read_html(whole(LAYOUTS[layout]), URL)
    assert found.text.split("\n") == BODY
    assert found.title == TITLE


def test_a_page_that_is_a_list_keeps_its_list() -> None:
    """A round-up's own items are linked headlines with a text each: they are the article."""
    items = "".join(
        f"<h2>{link(at)}</h2><p>{teaser} {BODY[at]}</p>" for at, (_, teaser) in enumerate(OTHERS)
    )
    text = read_html(whole(f"<article><h1>{TITLE}</h1><p>{BODY[5]}</p>{items}</article>"), URL).text
    assert all(teaser in text for _, teaser in OTHERS)
    assert all(title in text for title, _ in OTHERS)


def test_links_to_other_sites_and_within_the_page_are_no_cards() -> None:
    targets = ("#one", "https://x.example/a", "#two", "mailto:a@b.example")
    sources = "".join(
        f"<li><a href='{to}'>{title} in the official record</a></li>"
        for to, (title, _) in zip(targets, OTHERS, strict=True)
    )
    tree = html.fromstring(whole(f"<div>{PARAGRAPHS}<div><ul>{sources}</ul></div></div>"))
    prune(tree, "www.tamberpost.example")
    assert all(title in tree.text_content() for title, _ in OTHERS)


def test_a_named_block_that_holds_the_article_stays() -> None:
    tree = html.fromstring(whole(f"<div class='promo'><h2>Related</h2>{PARAGRAPHS}</div>"))
    prune(tree, "")
    assert BODY[0] in tree.text_content()


def test_a_table_of_data_stays_a_table() -> None:
    table = "<table><tr><th>Gate</th><th>Year</th></tr><tr><td>First</td><td>1994</td></tr></table>"
    tree = html.fromstring(whole(PARAGRAPHS + table))
    flatten_tables(tree)
    assert len(list(tree.iter("td"))) == 2


def test_an_outlet_before_the_title_goes_though_it_is_spelled_with_an_ampersand() -> None:
    source = f"<title>Gull &amp; Tide :: {TITLE}</title><body>{PARAGRAPHS}</body>"
    assert read_html(source, "https://gull-and-tide.example/a").title == TITLE


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("<font size=1>By Orla Finch<br>20 November 2026</font>", ["Orla Finch"]),
        ("<div>By Herald staff | 20 November 2026</div>", ["Herald staff"]),
        ("<div>By AFP | 20 November 2026</div>", ["AFP"]),
        (
            "<div>By Orla Finch, Bram de Vries and Sam Reed</div>",
            ["Orla Finch", "Bram de Vries", "Sam Reed"],
        ),
        ("<meta name=author content='MPA, Brask'>", ["MPA, Brask"]),
        ("<meta name=author content='Finch, Orla'>", ["Orla Finch"]),
    ],
)
def test_who_signed(byline: str, authors: list[str]) -> None:
    assert read_html(whole(f"<h1>{TITLE}</h1>{byline}{PARAGRAPHS}"), URL).authors == authors
