"""The bundled newsroom, asked over real HTTP, and the mixture of articles it promises."""

import http.client
import json
import re
import socket
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, timedelta
from email.message import Message
from itertools import combinations
from typing import NamedTuple
from urllib.parse import urlsplit

import feedparser
import pypdfium2
import pytest

from nutgraf.demo.articles import DATELINE
from nutgraf.demo.press import DAYS, Outlet, Press, PressArticle, load_press
from nutgraf.errors import NutgrafError

OUTLETS, ARTICLES = load_press()
OUTLET = {outlet.id: outlet for outlet in OUTLETS}
ARTICLE = {article.key: article for article in ARTICLES}


class Answer(NamedTuple):
    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        charset = re.search(r"charset=(\S+)", self.headers["content-type"])
        return self.body.decode(charset[1] if charset else "utf-8")


@pytest.fixture(scope="module")
def running() -> Iterator[Press]:
    with Press() as press:
        yield press


@pytest.fixture
def press(running: Press) -> Press:
    running.day = 1
    running.requests.clear()
    return running


def get(press: Press, url: str, method: str = "GET", **headers: str) -> Answer:
    """Ask the server on loopback, whatever this machine makes of `*.localhost`."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection("127.0.0.1", press.port, timeout=10)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    connection.request(method, target, headers={"Host": parts.netloc, **headers})
    response = connection.getresponse()
    answer = Answer(response.status, response.headers, response.read())
    connection.close()
    return answer


def at(press: Press, article: PressArticle, path: str | None = None) -> str:
    return f"http://{article.outlet}.localhost:{press.port}{path or article.path}"


def only(behaviour: str) -> PressArticle:
    [article] = [a for a in ARTICLES if a.behaviour == behaviour]
    return article


def feed_of(press: Press, outlet: str) -> str:
    [url] = [url for url in press.feeds() if f"//{outlet}.localhost" in url]
    return url


def parsed(press: Press, outlet: str) -> "feedparser.FeedParserDict":
    return feedparser.parse(get(press, feed_of(press, outlet)).body)


def folded(html: str) -> str:
    """A page's words without its tags, entities and line ends."""
    plain = re.sub(r"<[^>]+>", " ", html)
    for entity, letter in (("&#39;", "'"), ("&#34;", '"'), ("&amp;", "&")):
        plain = plain.replace(entity, letter)
    return " ".join(plain.split())


# What the newsroom holds


def test_there_are_enough_outlets_articles_and_stories() -> None:
    assert len(OUTLETS) >= 13
    assert len(ARTICLES) >= 90
    assert len({a.story for a in ARTICLES}) >= 22
    stories = {beat: {a.story for a in ARTICLES if a.beat == beat} for beat in ("world", "ai")}
    assert min(len(found) for found in stories.values()) >= 10
    assert len({a.story for a in ARTICLES if a.beat == "none"}) >= 6


def test_keys_and_addresses_are_unique_and_references_exist() -> None:
    assert len(ARTICLE) == len(ARTICLES)
    assert max(Counter((a.outlet, a.path) for a in ARTICLES).values()) == 1
    assert {a.outlet for a in ARTICLES} == set(OUTLET)
    for article in ARTICLES:
        for key in filter(None, (article.copy_of, article.repeats)):
            assert ARTICLE[key].published < article.published, f"{article.key} precedes {key}"
            assert ARTICLE[key].story == article.story
        assert set(article.touches) <= {a.story for a in ARTICLES}


@pytest.mark.parametrize("article", ARTICLES, ids=lambda a: a.key)
def test_article_is_of_a_newspaper_length_and_opens_with_one_short_sentence(
    article: PressArticle,
) -> None:
    assert 120 <= len(article.text.split()) <= 450
    opening = DATELINE.sub("", article.text.split("\n\n")[0])
    first = re.split(r'(?<=[.?!])"? (?=[A-Z"«])', opening)[0]
    assert len(first.split()) <= 24, first


@pytest.mark.parametrize("article", ARTICLES, ids=lambda a: a.key)
def test_article_is_published_on_its_day_and_before_the_now_of_that_day(
    article: PressArticle,
) -> None:
    assert article.published <= DAYS[article.day - 1]
    assert article.published > DAYS[article.day - 1] - timedelta(days=1)
    days = {1: {date(2026, 11, 16), date(2026, 11, 17)}, 2: {date(2026, 11, 18)}}
    assert article.published.astimezone(UTC).date() in days[article.day]


def test_every_kind_of_article_is_there() -> None:
    kinds = Counter(a.kind for a in ARTICLES)
    assert set(kinds) == set(
        "news analysis opinion research release press review live roundup sponsored".split()
    )


def test_wire_copies_run_edited_in_three_outlets_for_three_stories() -> None:
    copies: dict[str, set[str]] = defaultdict(set)
    for article in ARTICLES:
        if article.copy_of and OUTLET[ARTICLE[article.copy_of].outlet].wire:
            copies[article.story].add(article.outlet)
            original = ARTICLE[article.copy_of]
            assert article.title != original.title
            assert article.text != original.text
    assert sum(len(outlets) >= 3 for outlets in copies.values()) >= 3


def test_own_reports_share_no_paragraph() -> None:
    own = [a for a in ARTICLES if not a.copy_of]
    for one, two in combinations(own, 2):
        shared = set(one.text.split("\n\n")) & set(two.text.split("\n\n"))
        assert not shared, (one.key, two.key)


def test_second_hand_reports_name_the_one_they_repeat() -> None:
    repeats = [a for a in ARTICLES if a.repeats]
    assert len(repeats) >= 3
    for article in repeats:
        name = OUTLET[ARTICLE[article.repeats or ""].outlet].name.removeprefix("The ")
        opening = article.text.split("\n\n")[0]
        assert re.search(rf"{name} (newspaper )?reported on \w+day", opening), article.key
    kelm = ARTICLE["northern-signal/kelm-fever-cases"]
    assert "Kelm Evening Mail reported on Monday" in kelm.text
    assert all(outlet.name != "Kelm Evening Mail" for outlet in OUTLETS)


@pytest.mark.parametrize(
    ("story", "values"),
    [
        ("selm-ceasefire", ["3,000 prisoners", "5,000 prisoners"]),
        ("castrin-port-strike", ["Union said 9,000", "ministry said 5,500"]),
        ("patrol-boats", ["310 million crowns", "300 million crowns"]),
        ("novelists-settlement", ["640 million marks", "600 million marks"]),
        ("brightmere-fab", ["8.2 billion marks", "6.5 billion marks"]),
        ("cod-pact", ["applies from 1 January", "takes effect on 1 March"]),
        ("chip-controls", ["effect on 1 February", "from 15 February"]),
        ("hathmoor-ai-act", ["118 to 97", "118 to 79"]),
        ("hallow-bank-ruling", ["nine votes to six", "ten to five"]),
        ("almendria-runoff", ["41,208 votes", "42,108 votes"]),
        ("tamber-flood", ["12,000", "18,000"]),
        ("kittiwake-ferry", ["212 passengers", "207 people"]),
        ("larkspur-3", ["24,000 accelerators", "26,000 Brightmere"]),
    ],
)
def test_sources_of_a_story_differ_on_a_figure(story: str, values: list[str]) -> None:
    told = [a for a in ARTICLES if a.story == story]
    one, other = ({a.outlet for a in told if value in a.text} for value in values)
    assert one
    assert other
    assert one != other


def test_a_toll_rises_on_day_two_in_several_outlets() -> None:
    ferry = [a for a in ARTICLES if a.story == "kittiwake-ferry"]
    both = {a.outlet for a in ferry if a.day == 1} & {a.outlet for a in ferry if a.day == 2}
    assert len(both) >= 4
    said = {day: " ".join(a.text for a in ferry if a.day == day) for day in (1, 2)}
    assert "14" in said[1]
    assert "19 dead" not in said[1]
    assert "death toll to 19" in said[2]
    assert "31 were still missing" in said[1]
    assert "Twenty-four people remained missing" in said[2]


def test_look_alike_events_are_different_stories_on_one_day() -> None:
    for one, two in (("kittiwake-ferry", "dunmere-ferry"), ("larkspur-3", "fennel-2")):
        first, second = ([a for a in ARTICLES if a.story == s] for s in (one, two))
        assert {a.day for a in first} == {a.day for a in second} == {1, 2}
        assert len(first) >= 4
        assert len(second) >= 4


def test_a_story_has_one_source_only_and_one_release_has_news_leaning_on_it() -> None:
    assert [a.key for a in ARTICLES if a.story == "gannet-reef"] == [
        "pennick-post/gannet-reef-survey-foreign-ship"
    ]
    release = ARTICLE["corvane/introducing-larkspur-3"]
    quote = "It reads to the last page, and it says so when it has not understood one"
    assert OUTLET[release.outlet].press_office
    assert quote in release.text
    assert quote in ARTICLE["almerry-times/corvane-new-model-larkspur"].text


def test_an_outlet_writes_another_language_about_two_shared_stories() -> None:
    stories = {a.story for a in ARTICLES if OUTLET[a.outlet].language == "es"}
    shared = {a.story for a in ARTICLES if OUTLET[a.outlet].language == "en"}
    assert len(stories & shared) >= 2


def test_edits_between_the_days_are_one_figure_and_one_typo() -> None:
    revised = {a.key: a for a in ARTICLES if a.revised}
    flood = revised["imrik-standard/tamber-breaks-banks"]
    assert ("34 villages" in flood.on(1).text, "43 villages" in flood.on(2).text) == (True, True)
    assert "43" not in flood.on(1).text
    assert flood.on(2).modified > flood.on(1).modified
    worm = revised["backplane/paperwasp-worm-mail-assistants"]
    pairs = zip(worm.on(1).text.split(), worm.on(2).text.split(), strict=True)
    assert [pair for pair in pairs if pair[0] != pair[1]] == [("belives", "believes")]


def test_layouts_and_feed_formats_vary() -> None:
    assert len({outlet.template for outlet in OUTLETS}) >= 6
    assert {outlet.feed for outlet in OUTLETS} == {"rss", "atom", "json", "rdf"}
    assert {outlet.full for outlet in OUTLETS} == {True, False}


# What the server sends


# Those that are refused, moved, gone or a PDF have tests of their own.
READABLE = [a for a in ARTICLES if a.behaviour in ("ok", "slow")]


@pytest.mark.parametrize("article", READABLE, ids=lambda a: a.key)
def test_page_carries_title_and_every_paragraph(press: Press, article: PressArticle) -> None:
    press.day = 2
    answer = get(press, at(press, article))
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/html; charset=")
    words = folded(answer.text)
    live = article.kind == "live"
    assert article.on(2).title in words
    for paragraph in article.on(2).paragraphs:
        assert (paragraph[6:] if live else paragraph) in words


def test_pages_carry_furniture_and_headlines_of_other_articles(press: Press) -> None:
    article = ARTICLE["harbour-ledger/dockers-strike-castrin-port"]
    words = folded(get(press, at(press, article)).text)
    for furniture in ("cookies", "Sign up", "All rights reserved", "Join the conversation"):
        assert furniture in words
    others = [a.title for a in ARTICLES if a.outlet == article.outlet and a != article]
    assert sum(title in words for title in others) >= 3


@pytest.mark.parametrize(
    ("key", "mark"),
    [
        ("harbour-ledger/vessin-resigns", 'property="article:published_time"'),
        ("harbour-ledger/vessin-resigns", "<time datetime="),
        ("almerry-times/corvane-settles-with-novelists", '"datePublished": "2026-11-18T08:40'),
        ("loss-curve/larkspur-3-review", '<meta name="author" content="Ines'),
        ("imrik-standard/paperwasp-reaches-imrik", "18 November 2026, 16:45"),
        ("correo-almendria/recuento-parcial-mezquital", "18 de noviembre de 2026"),
        ("northern-signal/sea-tribunal-hallow-bank", 'itemprop="articleBody"'),
    ],
)
def test_metadata_varies_by_outlet(press: Press, key: str, mark: str) -> None:
    press.day = 2
    assert mark in get(press, at(press, ARTICLE[key])).text


def test_visible_dates_are_all_that_some_outlets_give(press: Press) -> None:
    page = get(press, at(press, ARTICLE["castrin-courier/computer-says-wait"])).text
    assert "17 November 2026" in page
    assert "2026-11-17" not in page


def test_old_pages_come_in_their_own_charset(press: Press) -> None:
    article = ARTICLE["imrik-standard/ceasefire-5000-to-return"]
    assert get(press, at(press, article)).headers["content-type"].endswith("windows-1252")


def test_day_two_is_not_out_on_day_one(press: Press) -> None:
    later = ARTICLE["harbour-ledger/vessin-resigns"]
    assert get(press, at(press, later)).status == 404
    links = {entry.link for entry in parsed(press, "harbour-ledger").entries}
    press.day = 2
    assert get(press, at(press, later)).status == 200
    later_links = {entry.link for entry in parsed(press, "harbour-ledger").entries}
    assert links < later_links
    assert at(press, later) in later_links - links


@pytest.mark.parametrize("outlet", OUTLETS, ids=lambda o: o.id)
def test_feed_lists_every_article_with_its_text_or_summary(press: Press, outlet: Outlet) -> None:
    press.day = 2
    answer = get(press, feed_of(press, outlet.id))
    word = {"json": "feed+json"}.get(outlet.feed, f"{outlet.feed}+xml")
    assert answer.headers["content-type"] == f"application/{word}; charset=utf-8"
    words = folded(answer.text.replace("&lt;", "<").replace("&gt;", ">").replace('\\"', '"'))
    for article in (a for a in ARTICLES if a.outlet == outlet.id):
        assert (article.moved_path or article.path) in answer.text
        assert article.summary in words
        last = article.on(2).paragraphs[-1]
        assert (last in words) is outlet.full, article.key


@pytest.mark.parametrize("outlet", [o for o in OUTLETS if o.feed != "json"], ids=lambda o: o.id)
def test_only_the_broken_feed_is_ill_formed(press: Press, outlet: Outlet) -> None:
    feed = parsed(press, outlet.id)
    assert bool(feed.bozo) is outlet.broken
    assert len(feed.entries) >= sum(a.outlet == outlet.id and a.day == 1 for a in ARTICLES)
    assert feed.feed.title == outlet.name


def test_the_broken_feed_can_be_recovered(press: Press) -> None:
    [broken] = [outlet for outlet in OUTLETS if outlet.broken]
    press.day = 2
    entries = parsed(press, broken.id).entries
    own = sorted((a for a in ARTICLES if a.outlet == broken.id), key=lambda a: a.published)
    assert [entry.title for entry in entries] == [a.title for a in reversed(own)]


def test_a_json_feed_is_json(press: Press) -> None:
    feed = json.loads(get(press, feed_of(press, "backplane")).body)
    assert feed["version"].startswith("https://jsonfeed.org/version/")
    assert all(item["content_html"].startswith("<p>") for item in feed["items"])


def test_one_article_stands_twice_in_feeds_under_other_addresses(press: Press) -> None:
    expected = {
        "almerry-times": ("tracking", "utm_source="),
        "pennick-post": ("amp", "/amp/news/"),
        "northern-signal": ("mobile", "//m.northern-signal.localhost"),
    }
    for outlet, (alias, mark) in expected.items():
        assert any(a.outlet == outlet and alias in a.aliases for a in ARTICLES)
        entries = parsed(press, outlet).entries
        [(title, count)] = [p for p in Counter(e.title for e in entries).items() if p[1] > 1]
        links = [entry.link for entry in entries if entry.title == title]
        assert count == len(set(links)) == 2
        assert any(mark in link for link in links)
        canonical = {
            re.search(r'rel="canonical" href="([^"]+)"', get(press, link).text)[1]  # type: ignore[index]
            for link in links
        }
        assert len(canonical) == 1


def test_amp_addresses_exist_only_where_promised(press: Press) -> None:
    plain = ARTICLE["pennick-post/velmara-dresk-truce"]
    assert get(press, at(press, plain, f"/amp{plain.path}")).status == 404


def test_two_articles_share_a_guid_and_an_entry_has_no_title(press: Press) -> None:
    ids = Counter(entry.id for entry in parsed(press, "castrin-courier").entries)
    assert sorted(ids.values())[-2:] == [1, 2]
    assert [entry.get("title") for entry in parsed(press, "loss-curve").entries] == [None]


def test_unchanged_feeds_and_pages_answer_304(press: Press) -> None:
    for url in (feed_of(press, "mpa"), at(press, ARTICLE["mpa/castrin-dock-strike"])):
        first = get(press, url)
        by_tag = get(press, url, **{"If-None-Match": first.headers["etag"]})
        by_date = get(press, url, **{"If-Modified-Since": first.headers["last-modified"]})
        assert (first.status, by_tag.status, by_date.status) == (200, 304, 304)
        assert by_tag.body == b""
        assert first.headers["last-modified"].endswith(" GMT")
        stale = get(press, url, **{"If-None-Match": '"other"'})
        old = get(press, url, **{"If-Modified-Since": "Mon, 16 Nov 2026 00:00:00 GMT"})
        assert (stale.status, old.status) == (200, 200)


def test_on_day_two_only_edited_pages_have_changed(press: Press) -> None:
    early = [a for a in ARTICLES if a.day == 1 and a.behaviour == "ok"]
    before = {a.key: get(press, at(press, a)).headers["etag"] for a in early}
    press.day = 2
    after = {a.key: get(press, at(press, a)).headers["etag"] for a in early}
    assert {k for k in before if before[k] != after[k]} == {a.key for a in early if a.revised}


def test_a_changed_feed_is_sent_again(press: Press) -> None:
    etag = get(press, feed_of(press, "mpa")).headers["etag"]
    press.day = 2
    assert get(press, feed_of(press, "mpa"), **{"If-None-Match": etag}).status == 200


def test_a_forbidden_page_answers_403_and_its_feed_has_the_text(press: Press) -> None:
    article = only("forbidden")
    answer = get(press, at(press, article))
    assert answer.status == 403
    assert article.title not in answer.text
    assert article.on(1).paragraphs[-1] in get(press, feed_of(press, article.outlet)).text


def test_a_slow_page_takes_its_time_without_holding_up_others(press: Press) -> None:
    start = time.monotonic()
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(get, press, at(press, only("slow")))
        assert get(press, feed_of(press, "mpa")).status == 200
        assert not slow.done()
        assert slow.result().status == 200
    assert 1.4 <= time.monotonic() - start < 5


def test_a_moved_page_answers_301_and_its_new_address_has_it(press: Press) -> None:
    article = only("moved")
    answer = get(press, at(press, article))
    assert answer.status == 301
    assert answer.headers["location"] == at(press, article, article.moved_path)
    assert article.title in get(press, answer.headers["location"]).text
    assert at(press, article) in get(press, feed_of(press, article.outlet)).text


def test_a_withdrawn_page_answers_410_on_day_two(press: Press) -> None:
    article = only("gone")
    assert get(press, at(press, article)).status == 200
    press.day = 2
    assert get(press, at(press, article)).status == 410


def test_the_report_is_a_pdf_of_several_pages_whose_text_can_be_read(press: Press) -> None:
    article = only("pdf")
    answer = get(press, at(press, article))
    assert answer.headers["content-type"] == "application/pdf"
    document = pypdfium2.PdfDocument(answer.body)
    pages = [page.get_textpage().get_text_range() for page in document]
    assert len(pages) >= 2
    for number, page in enumerate(pages, 1):
        assert "Hollin Institute Report 2026/14" in page
        assert f"Page {number} of {len(pages)}" in page
    words = " ".join(" ".join(pages).split())
    assert article.on(1).paragraphs[0] in words
    assert "10.9 points" in words
    assert document.get_metadata_dict()["Title"] == article.title


def test_robots_close_the_members_pages_and_the_feed_carries_the_summary(press: Press) -> None:
    [closed] = [a for a in ARTICLES if a.path.startswith("/members/")]
    robots = {o.id: get(press, f"http://{o.id}.localhost:{press.port}/robots.txt") for o in OUTLETS}
    assert [key for key, answer in robots.items() if "Disallow: /" in answer.text] == [
        closed.outlet
    ]
    assert "Disallow: /members/" in robots[closed.outlet].text
    assert closed.summary in get(press, feed_of(press, closed.outlet)).text


def test_front_pages_lead_to_feeds_and_articles(press: Press) -> None:
    for outlet in OUTLETS:
        page = get(press, f"http://{outlet.id}.localhost:{press.port}/").text
        assert f'href="{feed_of(press, outlet.id)}"' in page
        [first, *_] = [a for a in ARTICLES if a.outlet == outlet.id]
        assert at(press, first, first.moved_path) in page


def test_requests_are_recorded(press: Press) -> None:
    get(press, feed_of(press, "mpa"))
    get(press, f"http://mpa.localhost:{press.port}/nothing?x=1", method="HEAD")
    assert press.requests == [
        ("GET", feed_of(press, "mpa"), 200),
        ("HEAD", f"http://mpa.localhost:{press.port}/nothing?x=1", 404),
    ]


def test_strange_hosts_get_the_list_of_outlets(press: Press) -> None:
    assert get(press, f"http://nobody.localhost:{press.port}/").status == 404
    bare = get(press, f"http://127.0.0.1:{press.port}/")
    assert bare.status == 200
    assert "Harbour Ledger: http://harbour-ledger.localhost:" in bare.text


def test_a_taken_port_is_said_plainly() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(NutgrafError, match=rf"127\.0\.0\.1:{port}.*another port"), Press(port):
            pass


def test_there_is_no_day_three(press: Press) -> None:
    with pytest.raises(ValueError, match="not 3"):
        press.day = 3


def test_the_port_is_free_again_afterwards() -> None:
    with Press() as first:
        port = first.port
    with Press(port) as second:
        assert get(second, feed_of(second, "mpa")).status == 200
