"""Excerpts, addresses, figures and origins: the parts under the pages."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import unquote, urlsplit

import msgspec
import pytest
from hostile import URLS
from hypothesis import given
from hypothesis import strategies as st
from sample import COPY_A, FLOOD, MODEL, SECOND, WIRE

from nutgraf.render.ledger import ledger
from nutgraf.render.links import at_words, entry_id, file_name, mail_link, page_url, safe_url
from nutgraf.render.origins import families, outlet, provenance
from nutgraf.render.phrases import direction, figure_words, listed, moment, plural, updated
from nutgraf.render.receipts import AROUND, Notebook, excerpts
from nutgraf.types import Citation, Claim, Source, Value

NOW = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)


@st.composite
def cited_texts(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    letters = st.characters(
        codec="utf-8", exclude_characters="\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
    )
    text = " ".join(draw(st.lists(st.text(letters, min_size=1), min_size=1, max_size=120)))
    ends = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(ends, ends), min_size=1, max_size=4))
    return text, [(min(a, b), max(a, b)) for a, b in spans if a != b]


@given(cited_texts())
def test_excerpts_mark_every_cited_character_and_nothing_else(
    sample: tuple[str, list[tuple[int, int]]],
) -> None:
    text, spans = sample
    cited = {i for start, end in spans for i in range(start, end)}
    shown = excerpts(text, spans)
    marked = "".join(words for excerpt in shown for words, mark in excerpt if mark)
    assert marked == "".join(text[i] for i in sorted(cited))
    for excerpt in shown:
        inside = "".join(words for words, _ in excerpt)
        assert inside.removeprefix("… ").removesuffix(" …") in text or "…" in text
    assert sum(len(w) for e in shown for w, _ in e) <= len(cited) + len(spans) * (2 * AROUND + 4)


def test_excerpts_begin_and_end_at_sentences_where_they_can() -> None:
    text = "First it rained for a week. " * 20 + "Then the dam broke. " + "Later it was dry. " * 20
    start = text.index("Then")
    (shown,) = excerpts(text, [(start, start + 19)])
    assert shown[0] == ("… ", False)
    assert shown[1][0].startswith("First it rained")
    assert shown[2] == ("Then the dam broke.", True)
    assert shown[3][0].endswith("Later it was dry.")
    assert shown[4] == (" …", False)


def test_citations_that_lie_apart_get_excerpts_of_their_own() -> None:
    text = "alpha " + "filler words " * 100 + "omega"
    shown = excerpts(text, [(0, 5), (len(text) - 5, len(text))])
    assert len(shown) == 2


@pytest.mark.parametrize("url", [*URLS, "", None, "mailto:a@b.example", "ftp://a.example/"])
def test_only_web_addresses_are_linked(url: str | None) -> None:
    assert safe_url(url) == ""
    assert at_words(url, "words") == ""


@given(st.text(min_size=1))
def test_text_fragments_survive_any_words(words: str) -> None:
    address = at_words("https://a.example/p?x=1", words)
    assert address.startswith("https://a.example/p?x=1")
    directive = address.partition(":~:text=")[2]
    assert "&" not in directive
    assert "-" not in directive
    if directive and len(words.split()) <= 10 and "\ufffd" not in words:
        assert unquote(directive) == " ".join(words.split())


def test_a_fragment_of_the_page_itself_is_kept() -> None:
    assert at_words("https://a.example/p#top", "now") == "https://a.example/p#top:~:text=now"


@given(st.text(), st.text())
def test_file_names_are_safe_and_tell_ids_apart(one: str, two: str) -> None:
    names = [file_name(one), file_name(two)]
    for name in names:
        assert name not in ("", ".", "..")
        assert set("/\\:\0") & set(name) == set()
    assert (one == two) == (names[0] == names[1])


def test_feed_ids_depend_on_edition_and_story_only() -> None:
    ids = {entry_id("e", "s"), entry_id("e", "t"), entry_id("f", "s"), entry_id("e")}
    assert len(ids) == 4
    assert entry_id("e", "s") == entry_id("e", "s")


@given(st.text(), st.text())
def test_mail_links_hold_nothing_but_subject_and_body(subject: str, body: str) -> None:
    link = mail_link(subject, body)
    assert link.count("&") == 1
    assert link.startswith("mailto:?subject=")
    assert not set(link) & set("\r\n \"'<>")


def test_page_urls_need_a_usable_base() -> None:
    from nutgraf.config import SiteConfig

    assert page_url(SiteConfig(base_url="javascript:x"), "e") == ""
    assert page_url(SiteConfig(base_url="https://a.example"), "e", "x") == "https://a.example/e/x"


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (12000, "people", ("12,000", "people")),
        (12000.0, "people", ("12,000", "people")),
        (3.25, "percent", ("3.25%", "")),
        (5687.75, "USD", ("$5,687.75", "")),
        (3_200_000, "USD", ("$3.2 million", "")),
        (3_150_001, "USD", ("$3,150,001", "")),
        (9.5e12, "tokens", ("9.5 trillion", "tokens")),
        (1_000_000, "CHF", ("CHF 1 million", "")),
        (-14, "USD", ("−$14", "")),
        (-2, "degrees", ("−2", "degrees")),
        ([3, 5], "years", ("3–5", "years")),
        ([3, 3], "years", ("3", "years")),
        ("2026-11-17", "date", ("17 November 2026", "")),
        ("01:30", "clock time", ("01:30", "")),
        ("97-1", "votes", ("97-1", "votes")),
        (1995, "year", ("1995", "")),
        (0, "", ("0", "")),
    ],
)
def test_figures_read_like_a_newspaper(value: Value, unit: str, words: tuple[str, str]) -> None:
    assert figure_words(value, unit) == words


@given(st.integers(-(10**15), 10**15))
def test_large_numbers_are_never_rounded(number: int) -> None:
    words = figure_words(number, "people")[0].replace(",", "").replace("−", "-")
    scale = {"million": 10**6, "billion": 10**9, "trillion": 10**12}
    figure, _, name = words.partition(" ")
    from decimal import Decimal

    assert Decimal(figure) * scale.get(name, 1) == number


@pytest.mark.parametrize(
    ("published", "words"),
    [
        ("2026-11-22T14:05:00+00:00", "14:05"),
        ("2026-11-22T15:05:00+02:00", "13:05"),
        ("2026-11-21T23:30:00Z", "21 November, 23:30"),
        ("2025-11-21T23:30:00Z", "21 November 2025, 23:30"),
        ("2026-11-17", "17 November"),
        ("2025-11-17", "17 November 2025"),
        ("last Tuesday", "last Tuesday"),
        (None, ""),
        ("", ""),
    ],
)
def test_times_are_told_in_the_editions_zone(published: str | None, words: str) -> None:
    assert moment(published, NOW) == words


@given(st.text())
def test_any_publication_time_can_be_told(published: str) -> None:
    assert isinstance(moment(published, NOW), str)


def test_counts_and_lists_read_well() -> None:
    assert plural(1, "story", "stories") == "1 story"
    assert plural(1204, "story", "stories") == "1,204 stories"
    assert [listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == [
        "a",
        "a and b",
        "a, b and c",
    ]
    assert listed([]) == ""
    assert updated(FLOOD, NOW) == "14:05"
    assert [direction(x) for x in ("ar", "fa-IR", "he_IL", "en", "xx'><", None)] == [
        "rtl", "rtl", "rtl", "ltr", "auto", "auto",
    ]  # fmt: skip


def test_origins_are_told_in_words() -> None:
    known = {s.article: s for s in FLOOD.sources}
    assert provenance(WIRE, known) == "its own report"
    assert provenance(COPY_A, known) == "repeats Meridian Wire nearly word for word"
    assert provenance(SECOND, known) == "reported by Capital Courier, at second hand"
    away = Source(
        article="x", revision=1, title="", publisher=None, url="https://www.a.example/1",
        published=None, origin="3f9a0c55d1", how="copy",
    )  # fmt: skip
    assert provenance(away, known) == "repeats an article outside this brief nearly word for word"
    assert outlet(away) == "a.example"


def test_every_source_is_in_one_family_and_the_wire_feeds_two() -> None:
    trees = families(FLOOD.sources, NOW)
    assert (trees[0].name, len(trees[0].members)) == ("Meridian Wire", 2)
    shown = sum((tree.head is not None) + len(tree.members) for tree in trees)
    assert shown == len(FLOOD.sources)
    courier = next(tree for tree in trees if tree.name == "Capital Courier")
    assert courier.head is None
    assert len(trees) == FLOOD.origins


def test_one_report_on_several_pages_is_told_as_one() -> None:
    cited = [
        Citation(article=s.article, revision=1, start=0, end=1, quote="x") for s in (WIRE, COPY_A)
    ]
    alone = Claim(text="x", citations=cited[:1], origins=1)
    carried = Claim(text="y", citations=cited, origins=1)
    book = Notebook(msgspec.structs.replace(FLOOD, only_one=[alone, carried]), NOW)
    one, two = book.sentence(alone), book.sentence(carried)
    both = book.sentence(Claim(text="z", citations=cited, origins=2))
    assert (one.only, two.only) == ("Meridian Wire", "Meridian Wire, on 2 pages")
    assert both.only == ""


def test_a_chain_shows_as_a_chain() -> None:
    first, middle, last = (
        Source(
            article=key, revision=1, title=key, publisher=f"Paper {key}", url=None, published=None,
            origin="a", how=how, via=via,
        )
        for key, how, via in (("a", "own", None), ("b", "second-hand", "a"), ("c", "copy", "b"))
    )  # fmt: skip
    (tree,) = families([last, middle, first], NOW)
    assert tree.head is not None
    assert [line.outlet for line in tree.members] == ["Paper b"]
    assert [line.outlet for line in tree.members[0].members] == ["Paper c"]
    assert [line.outlet for line in tree.lines] == ["Paper a", "Paper b", "Paper c"]
    known = {source.article: source for source in (first, middle, last)}
    assert provenance(last, known) == "repeats Paper b nearly word for word"
    assert provenance(middle, known) == "reported by Paper a, at second hand"


@given(st.lists(st.tuples(st.sampled_from("abcx"), st.sampled_from([None, *"abcdex"])), max_size=5))
def test_no_source_is_lost_whatever_rests_on_what(made: list[tuple[str, str | None]]) -> None:
    sources = [
        Source(
            article="abcde"[n], revision=1, title="", publisher=None, url=None, published=None,
            origin=origin, how="second-hand", via=via,
        )
        for n, (origin, via) in enumerate(made)
    ]  # fmt: skip
    trees = families(sources, NOW)
    assert sum(len(tree.lines) for tree in trees) == len(sources)
    assert len(trees) == len({origin for origin, _ in made})


def test_equal_values_share_a_column_and_updates_run_in_time() -> None:
    rows = {row.what: row for row in ledger(FLOOD, NOW)}
    assert [v.figure for v in rows["People killed"].versions] == ["7", "9", "11"]
    assert rows["People killed"].chart is not None
    assert [point.label for point in rows["People killed"].chart.points] == ["7", "9", "11"]
    assert len(rows["Army boats"].versions) == 1
    # The very same words are quoted once, with everybody who has them.
    [boats] = rows["Army boats"].versions[0].told
    assert (boats.outlet, boats.also) == ("Orlen Standard", ["Meridian Wire"])
    assert rows["Army boats"].versions[0].outlets == ["Orlen Standard", "Meridian Wire"]
    assert rows["People displaced"].spelled == "12,000 against 18,000 people"
    assert urlsplit(rows["People displaced"].versions[0].told[0].url).scheme == "https"
    assert MODEL.how == "own"
