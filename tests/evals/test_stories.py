"""The measures of the story evaluation are the published ones."""

from __future__ import annotations

import gzip
import importlib.util
import json
import random
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.demo.press import PressArticle, load_press
from nutgraf.evals import stories
from nutgraf.evals.streams import events, read, shuffled
from nutgraf.stages import cluster
from nutgraf.types import Article

labels = st.dictionaries(st.text(max_size=3), st.sampled_from("xyz"), min_size=1, max_size=12)


@given(labels)
def test_the_gold_itself_scores_one_or_has_nothing_to_score(gold: dict[str, str]) -> None:
    found = stories.measures(gold, gold)
    has_pairs = len(set(gold.values())) < len(gold)
    assert set(found.values()) == ({1.0} if has_pairs else {0.0})


@given(labels, st.randoms())
def test_measures_do_not_depend_on_the_names_of_stories(
    gold: dict[str, str], chance: random.Random
) -> None:
    found = {article: chance.choice("abc") for article in gold}
    renamed = {article: f"story {story}" for article, story in found.items()}
    assert stories.measures(gold, found) == stories.measures(gold, renamed)


def test_a_case_counted_by_hand() -> None:
    gold = {"a": "1", "b": "1", "c": "1", "d": "2"}
    found = stories.measures(gold, {"a": "x", "b": "x", "c": "y", "d": "y"})
    assert found["pair_precision"] == 1 / 2
    assert found["pair_recall"] == 1 / 3
    assert found["pair_f1"] == pytest.approx(0.4)
    # a and b: precision 1, recall 2/3; c: precision 1/2, recall 1/3
    assert found["bcubed_multi"] == pytest.approx(2 * (5 / 6) * (5 / 9) / (5 / 6 + 5 / 9))


def test_measures_equal_the_scorer_of_the_data(data: Path) -> None:
    path = data.parent / "score/stories.py"
    spec = importlib.util.spec_from_file_location("scorer", path)
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    with gzip.open(data / "stories/ecbplus_dev.jsonl.gz") as lines:
        gold = {row["id"]: row["story"] for row in map(json.loads, lines)}
    chance = random.Random(3)
    found = {article: chance.choice([story, "mixed"]) for article, story in gold.items()}
    theirs, ours = scorer.score(gold, found), stories.measures(gold, found)
    for mine, name in (
        ("pair_precision", "pair_p"), ("pair_recall", "pair_r"), ("pair_f1", "pair_f1"),
        ("bcubed_multi", "b3_multi"),
    ):  # fmt: skip
        assert ours[mine] == pytest.approx(theirs[name])


def test_quality_does_not_fall(data: Path) -> None:
    """Floors a little under what was measured on 2026-11-22."""
    ecb = read(data / "stories/ecbplus_dev.jsonl.gz")
    orders = [stories.clustered(shuffled(ecb, n)) for n in range(2)]
    found = {name: sum(order[name] for order in orders) / 2 for name in orders[0]}
    incidents = read(data / "stories/incidents_dev.jsonl.gz")
    found |= stories.copied(incidents, events(data / "briefs/allsides_val.jsonl.gz"))
    floors = {
        "pair_f1": 0.87, "first_pair_f1": 0.75,
        "copies_light_recall": 0.98, "copies_light_precision": 0.98,
        "copies_wire_recall": 0.95, "copies_wire_precision": 0.98,
    }  # fmt: skip
    assert {name: found[name] for name, floor in floors.items() if found[name] < floor} == {}


@pytest.fixture(scope="module")
def press() -> dict[str, str]:
    """Story that each article of the bundled newsroom is put into, by key."""
    answers = cluster.stream(_article(printed) for printed in load_press()[1])
    return {answer.id: answer.story for answer in answers}


def test_the_bundled_newsroom_falls_into_its_stories(press: dict[str, str]) -> None:
    gold = {printed.key: printed.story for printed in load_press()[1]}
    found = stories.measures(gold, press)
    assert found["pair_precision"] >= 0.93
    assert found["pair_f1"] >= 0.90


def test_the_ferry_of_day_two_is_that_of_day_one(press: dict[str, str]) -> None:
    """The lead story goes on overnight: most of what either day prints of it is in one story."""
    ferry = [a for a in load_press()[1] if a.story == "kittiwake-ferry"]
    days = {day: Counter(press[a.key] for a in ferry if a.day == day) for day in (1, 2)}
    (first, _), (second, _) = (days[day].most_common(1)[0] for day in (1, 2))
    assert first == second
    english = [a for a in ferry if a.outlet != "correo-almendria"]
    assert sum(press[a.key] == first for a in english) >= len(english) - 1


def _article(printed: PressArticle) -> Article:
    published = printed.published.isoformat()
    return Article(
        id=printed.key, title=printed.title, text=printed.text, published=published,
        kind=printed.kind,
    )  # fmt: skip
