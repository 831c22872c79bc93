"""The two documents that started it: one brief, and one audited against the other."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
FURNITURE = (
    "Share",
    "Instagram",
    "LinkedIn",
    "Daily Dose",
    "drown",
    "Sources",
    "©",
    "Private Limited",
)


@pytest.fixture
def documents(seeds: Path) -> list[str]:
    page, article = sorted(str(file) for file in seeds.glob("*.txt"))
    return [page, article]


@pytest.fixture
def brief(run: Run, documents: list[str]) -> dict[str, Any]:
    done = run("brief", *documents, "--json")
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def claims(brief: dict[str, Any]) -> list[dict[str, Any]]:
    body = [claim for section in brief["sections"] for claim in section["claims"]]
    return [brief["headline"], brief["nut_graf"], *body]


def test_every_sentence_is_cited_to_exact_words(brief: dict[str, Any]) -> None:
    texts = {source["article"]: source["text"] for source in brief["sources"]}
    for claim in claims(brief):
        assert claim["verdict"] == "supported"
        assert claim["citations"]
        for cited in claim["citations"]:
            assert texts[cited["article"]][cited["start"] : cited["end"]] == cited["quote"]


def test_menus_and_pitches_are_not_the_article(brief: dict[str, Any]) -> None:
    for source in brief["sources"]:
        assert not [word for word in FURNITURE if word in source["text"]]


def test_both_figures_stand_in_it_each_with_its_source(brief: dict[str, Any]) -> None:
    page, article = (source["article"] for source in brief["sources"])
    for number, source in (("3,000", page), ("5,000", article)):
        said = [claim for claim in claims(brief) if number in claim["text"]]
        assert said
        assert {cited["article"] for claim in said for cited in claim["citations"]} == {source}
    (slot,) = [slot for slot in brief["figures"] if slot["status"] == "conflict"]
    assert {(value["article"], value["value"]) for value in slot["values"]} == {
        (page, 3000), (article, 5000),
    }  # fmt: skip


def test_two_sources_two_origins_one_at_second_hand(brief: dict[str, Any]) -> None:
    page, article = brief["sources"]
    assert brief["origins"] == 2
    assert page["origin"] == page["article"]
    assert (article["origin"], article["how"]) == ("South China Morning Post", "second-hand")


def test_the_page_is_contradicted_by_the_other_document(run: Run, documents: list[str]) -> None:
    page, article = documents
    done = run("audit", page, "--against", article, "--json")
    assert done.returncode == 0, done.stderr
    sentences = json.loads(done.stdout)["sentences"]
    verdicts = {
        word: {s["verdict"] for s in sentences if word in s["text"]}
        for word in ("3,000", "Djibouti", "narcotics", "surveillance")
    }
    assert verdicts.pop("3,000") == {"contradicted"}
    assert set().union(*verdicts.values()) == {"unsupported"}
    told = next(s for s in sentences if s["verdict"] == "contradicted")
    assert "5,000" in told["evidence"][0]["quote"]


def test_what_both_name_is_told_from_what_one_names(brief: dict[str, Any]) -> None:
    page, article = (source["article"] for source in brief["sources"])
    named = {one["what"]: set(one["articles"]) for one in brief["named"]}
    assert named == {
        "counterterrorism": {page, article},
        "cybersecurity": {page, article},
        "narcotics control": {page},
        "biosecurity": {article},
        "emerging technologies": {article},
    }


def test_the_two_figures_are_one_slot_with_who_says_each(brief: dict[str, Any]) -> None:
    [slot] = [slot for slot in brief["figures"] if slot["status"] == "conflict"]
    assert slot["slot"].endswith("officials to be trained over the next five years")
    said = {one["value"]: one["said_by"] for one in slot["values"]}
    assert "Ministry of Public Security" in said[3000]
    assert "Global Security Initiative" in said[5000]


def test_the_text_says_who_names_what(run: Run, documents: list[str]) -> None:
    done = run("brief", *documents)
    assert "  counterterrorism, cybersecurity [1][2]\n" in done.stdout
    assert "  narcotics control [1]\n" in done.stdout
    assert "2 sources, 2 origins" in done.stdout
