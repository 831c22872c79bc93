from __future__ import annotations

from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from nutgraf.beats import (
    feeds_page,
    starter_beat,
    starter_feeds,
    starter_list,
    starter_names,
)
from nutgraf.errors import NotFound
from nutgraf.text.vocabulary import Vocabulary
from nutgraf.text.words import STOP
from nutgraf.types import Beat

PAGE = Path(__file__).parents[2] / "docs" / "feeds.md"
ALL = starter_names()


def test_an_unknown_name_says_which_there_are() -> None:
    with pytest.raises(NotFound, match=r"'sport'.*ai, security, world"):
        starter_beat("sport")


@pytest.mark.parametrize("name", ALL)
def test_every_term_finds_itself_and_not_another(name: str) -> None:
    """Two terms that come to the same words would hide one another's weight."""
    terms = starter_beat(name).terms
    vocabulary = Vocabulary(terms)
    hidden = {t: vocabulary.find(t) for t in terms if vocabulary.find(t) != [t]}
    assert hidden == {}


@pytest.mark.parametrize("name", ALL)
def test_words_that_every_text_has_are_no_terms(name: str) -> None:
    common = f"{' '.join(sorted(STOP))} 1 2 3 4 16 35 400 said people time good first a, b; c."
    assert Vocabulary(starter_beat(name).terms).find(common) == []


@pytest.mark.parametrize("name", ALL)
def test_a_vocabulary_has_words_of_every_weight_and_language(name: str) -> None:
    terms = starter_beat(name).terms
    weights = Counter(
        "against" if w < 0 else "out" if w == 0 else "weak" if w < 0.5 else "strong"
        for w in terms.values()
    )
    assert len(terms) > 400
    assert set(weights) == {"against", "out", "weak", "strong"}
    for word in {"ai": ["inteligencia artificial", "Sprachmodell", "IA générative"]}.get(name, []):
        assert terms[word] > 0


@pytest.mark.parametrize("name", ALL)
def test_a_starter_reads_all_that_is_followed(name: str) -> None:
    beat = starter_beat(name)
    assert beat.name == name
    assert beat.feeds == []
    assert beat.title
    assert beat.description


def test_settings_are_laid_over_a_starter() -> None:
    over = Beat(name="mine", starter="ai", terms={"quantum": 1.0, "robotaxi": 0.0}, size=5)
    beat = starter_beat("ai", over)
    assert (beat.name, beat.size) == ("mine", 5)
    assert beat.terms["quantum"] == 1.0
    assert beat.terms["robotaxi"] == 0.0
    assert beat.terms["ChatGPT"] == starter_beat("ai").terms["ChatGPT"]
    assert beat.description == starter_beat("ai").description


def test_no_feed_is_listed_twice() -> None:
    urls = [feed.url for name in ALL for feed in starter_feeds(name)]
    bare = [url.removeprefix("https://").removeprefix("http://").rstrip("/") for url in urls]
    assert [url for url, n in Counter(bare).items() if n > 1] == []


@pytest.mark.parametrize(("name", "least"), [("ai", 40), ("world", 60), ("security", 25)])
def test_lists_are_long_enough_and_well_formed(name: str, least: int) -> None:
    feeds = starter_list(name)
    assert len(feeds) >= least
    for feed in feeds:
        assert urlsplit(feed.url).scheme in ("http", "https")
        assert len(feed.language) == 2
        assert feed.place == "int" or (len(feed.place) == 2 and feed.place.isupper())


def test_world_is_read_from_many_places() -> None:
    feeds = starter_list("world")
    assert len({feed.place for feed in feeds}) >= 35
    assert len({feed.language for feed in feeds}) >= 8
    assert max(Counter(feed.place for feed in feeds).values()) <= len(feeds) / 8


def test_the_outlet_is_not_the_section() -> None:
    outlets = {feed.title: feed.outlet for feed in starter_feeds("world")}
    assert outlets["BBC News: world"] == "BBC News"
    assert outlets["Al Jazeera"] == "Al Jazeera"


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == feeds_page(), "run `make docs`"
