"""The demo, end to end: two days over real HTTP, four frozen editions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest

from nutgraf.demo.press import DAYS, PressArticle, load_press
from nutgraf.demo.run import run_demo
from nutgraf.errors import NutgrafError
from nutgraf.newsroom import Newsroom, audit_documents
from nutgraf.pipeline import Tell, silent
from nutgraf.types import Article, Brief, Edition

ARTICLES = {article.key: article for article in load_press()[1]}
CEASEFIRE = "mpa/velmara-dresk-sign-selm-ceasefire"
FILES = {"edition.json", "index.html", "edition.eml", "feed.atom", "style.css"}


@contextmanager
def quiet(label: str) -> Iterator[Tell]:
    yield silent


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "out"
    run_demo(folder, quiet, lambda _: None)
    return folder


@pytest.fixture(scope="module")
def newsroom(out: Path) -> Iterator[Newsroom]:
    with Newsroom.open(out) as opened:
        yield opened


def at(key: str, article: Article) -> bool:
    """Whether an article stands at an address of this article of the press."""
    told = ARTICLES[key]
    paths = [path.strip("/") for path in (told.path, told.moved_path) if path]
    url = article.url or ""
    return f"{told.outlet}.localhost" in url and any(path in url for path in paths)


def read(newsroom: Newsroom, key: str) -> Article:
    """The one article that the newsroom made of an article of the press."""
    (found,) = [article for article in newsroom.store.all_articles() if at(key, article)]
    return found


def edition(newsroom: Newsroom, beat: str, day: int) -> Edition:
    return newsroom.edition(f"{beat}-{DAYS[day - 1]:%Y-%m-%d}")


def brief_of(newsroom: Newsroom, edition: Edition, key: str) -> Brief:
    article = read(newsroom, key).id
    told = [i.brief for i in edition.stories if article in {s.article for s in i.brief.sources}]
    assert len(told) == 1, key
    return told[0]


def test_two_beats_on_two_days(newsroom: Newsroom, out: Path) -> None:
    for beat in ("world", "ai"):
        for number in (1, 2):
            issued = edition(newsroom, beat, number)
            assert issued.number == number
            assert len(issued.stories) >= 4
            folder = out / "editions" / issued.id
            assert {path.name for path in folder.iterdir()} >= FILES
            stories = {path.stem for path in (folder / "stories").iterdir()}
            assert stories == {item.brief.story for item in issued.stories}
            decoded = msgspec.json.decode((folder / "edition.json").read_bytes(), type=Edition)
            assert decoded == issued


def test_every_published_sentence_is_supported_by_its_words(newsroom: Newsroom, out: Path) -> None:
    for issued in newsroom.editions():
        audit = audit_documents(str(out / "editions" / issued.id), [], newsroom.fetcher)
        assert audit.supported >= 20
        assert (audit.contradicted, audit.unsupported) == (0, 0)


def test_every_article_is_placed_or_dropped_with_a_reason(newsroom: Newsroom) -> None:
    articles = list(newsroom.store.all_articles())
    missing = {key for key in ARTICLES if not any(at(key, article) for article in articles)}
    assert missing == set()
    assert newsroom.store.counts()["placements"] == len(articles) == len(ARTICLES)


def test_noise_stays_out_of_both_beats(newsroom: Newsroom) -> None:
    noise = {read(newsroom, key).id for key, a in ARTICLES.items() if a.beat == "none"}
    for issued in newsroom.editions():
        lead = issued.stories[0].brief
        assert not noise & {source.article for source in lead.sources}


def test_a_wire_copy_is_no_second_origin(newsroom: Newsroom) -> None:
    brief = brief_of(newsroom, edition(newsroom, "world", 1), CEASEFIRE)
    wire = read(newsroom, CEASEFIRE).id
    copies = [read(newsroom, key).id for key, a in ARTICLES.items() if a.copy_of == CEASEFIRE]
    assert len(copies) == 3
    origins = {source.article: source.origin for source in brief.sources}
    assert {origins[copy] for copy in copies} == {wire}
    assert brief.origins < len(brief.sources)


def test_the_toll_rises_on_day_two(newsroom: Newsroom) -> None:
    key = "mpa/ferry-capsizes-sorrel-isles"
    first = brief_of(newsroom, edition(newsroom, "world", 1), key)
    second = brief_of(newsroom, edition(newsroom, "world", 2), key)
    assert first.story == second.story
    assert not first.changes
    assert {change.what for change in second.changes} >= {"fact", "figure"}
    assert "19" in " ".join(c.text for s in second.sections for c in s.claims)
    assert any(slot.status == "update" for slot in second.figures)


def test_sources_that_differ_are_shown_side_by_side(newsroom: Newsroom) -> None:
    brief = brief_of(newsroom, edition(newsroom, "world", 1), CEASEFIRE)
    conflicts = [slot for slot in brief.figures if slot.status == "conflict"]
    values = [[value.value for value in slot.values] for slot in conflicts]
    assert any(3000 in differing and 5000 in differing for differing in values)
    said = " ".join(claim.text for section in brief.sections for claim in section.claims)
    assert "3,000" in said
    assert "5,000" in said


def test_an_edit_between_the_days_is_a_revision(newsroom: Newsroom) -> None:
    article = read(newsroom, "imrik-standard/tamber-breaks-banks")
    first, second = newsroom.store.revisions(article.id)
    assert "34 villages" in first.text
    assert "43 villages" in second.text


def test_a_sentence_that_the_edit_made_wrong_is_corrected(newsroom: Newsroom, out: Path) -> None:
    first, second = edition(newsroom, "world", 1), edition(newsroom, "world", 2)
    wrong = [one for item in first.stories for one in item.brief.corrections]
    assert len(wrong) == 1
    assert (wrong[0].reason, wrong[0].outlet) == ("“34” is “43” now", "The Imrik Standard")
    assert [one.was for one in second.corrections] == [wrong[0].was]
    page = out / "editions" / first.id / "stories" / f"{wrong[0].story}.html"
    assert "now says" in page.read_text("utf-8")
    memory = newsroom.story(wrong[0].story).memory
    assert memory[0].corrections == wrong
    assert "Corrections" in (out / "editions" / second.id / "edition.eml").read_text("utf-8")
    assert "Corrected 18 November" in (out / "editions" / "world.atom").read_text("utf-8")


def test_who_covers_the_beat_and_has_nothing_on_a_story_is_silent(newsroom: Newsroom) -> None:
    issued = edition(newsroom, "world", 2)
    briefs = [item.brief for item in issued.stories]
    outlets = {source.publisher for brief in briefs for source in brief.sources}
    for brief in briefs:
        assert brief.silent
        assert not {source.publisher for source in brief.sources} & set(brief.silent)
    assert outlets & set(briefs[0].silent)
    assert "Bargain Lantern" not in {name for brief in briefs for name in brief.silent}


def test_a_spelling_put_right_corrects_nothing(newsroom: Newsroom) -> None:
    article = read(newsroom, "backplane/paperwasp-worm-mail-assistants")
    first, second = newsroom.store.revisions(article.id)
    assert ("belives" in first.text, "believes" in second.text) == (True, True)
    assert newsroom.store.corrections([edition(newsroom, "ai", 1).id]) == []


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("backplane/corvane-larkspur-3-launch", "feed "),
        ("almerry-times/inside-the-weather-chip-trail", "feed "),
        ("hollin/report-2026-14.pdf", "page "),
        ("northern-signal/lake-dunmere-collision", "page "),
    ],
)
def test_where_an_article_was_read(newsroom: Newsroom, key: str, words: str) -> None:
    """A page that is refused or forbidden gives way to the feed's text; a PDF or a slow one not."""
    made = newsroom.store.made(read(newsroom, key))
    assert made is not None
    assert made.source.startswith(words)


def test_a_page_that_vanished_is_told_by_why(newsroom: Newsroom) -> None:
    article = read(newsroom, "castrin-courier/shoe-shop-navy-scandal")
    why = newsroom.why(article.id)
    assert [drop.reason for drop in why.dropped if drop.stage == "fetch"] == ["gone"]
    assert why.placed[0].article == article


def test_one_address_under_several_guises_is_one_article(newsroom: Newsroom) -> None:
    for key, article in ARTICLES.items():
        if article.aliases or article.moved_path:
            assert read(newsroom, key).title in {article.on(1).title, article.on(2).title}


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(NutgrafError, match="give another --out"):
        run_demo(tmp_path, quiet, lambda _: None)
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def test_the_press_is_what_the_tests_take_it_for() -> None:
    assert all(isinstance(article, PressArticle) for article in ARTICLES.values())
    assert len(ARTICLES) >= 80
