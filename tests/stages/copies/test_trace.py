"""Copies lead back to one origin, whatever the order and the number of steps."""

from __future__ import annotations

from msgspec.structs import replace

from nutgraf.stages import copies
from nutgraf.types import Article, Origin

BODY = "\n".join(
    f"Sentence {n} of the harbour report tells of {n * 7} boats and a quay in ward {n * 3}."
    for n in range(30)
)


def make(id: str, text: str = BODY, **more: object) -> Article:
    return Article(id=id, title="Boats", text=text, **more)  # type: ignore[arg-type]


def trace_all(*articles: Article) -> dict[str, Origin]:
    """Each against those before it, as the pipeline does."""
    found: dict[str, Origin] = {}
    seen: list[copies.Candidate] = []
    for article in articles:
        signature = copies.signature(article.text)
        found[article.id] = copies.trace(article, signature, seen)
        seen.append(copies.Candidate(article, signature, found[article.id]))
    return found


def test_a_chain_of_copies_resolves_to_the_first() -> None:
    half = BODY[: len(BODY) * 3 // 5]
    found = trace_all(make("a"), make("b", half), make("c", half[200:]))
    assert found["a"] == Origin(article="a", first="a")
    assert {origin.first for origin in found.values()} == {"a"}
    assert [found[x].how for x in "bc"] == ["copy", "copy"]
    assert found["b"].similarity > 0.9


def test_what_came_later_is_no_original() -> None:
    later = make("later", published="2026-11-18T09:00:00Z")
    early = make("early", published="2026-11-18T09:30:00+02:00")
    assert trace_all(later, early)["early"].how == "own"
    assert trace_all(early, later)["later"].copy_of == "early"


def test_a_day_is_not_before_an_hour_of_it() -> None:
    known, copy = make("known", published="2026-11-18"), make("copy", published="2026-11-18T01:00Z")
    assert trace_all(known, copy)["copy"].copy_of == "known"


def test_a_new_revision_of_the_original_is_no_copy_of_its_copy() -> None:
    original, copy = make("a"), make("b")
    found = trace_all(original, copy)
    near = [copies.Candidate(a, copies.signature(a.text), found[a.id]) for a in (original, copy)]
    edit = replace(original, text=BODY + "\nA correction was added.", revision=2)
    again = copies.trace(edit, copies.signature(edit.text), near)
    assert again == Origin(article="a", first="a")


def test_two_wire_copies_without_their_original_share_an_origin() -> None:
    short = "PENNICK (MPA) — A quay fell in the night, the harbour office said. Nobody was hurt."
    found = trace_all(make("a", f"PENNICK, Nov 17 (MPA) — {BODY}"), make("b", short))
    assert [found[x].how for x in "ab"] == ["wire", "wire"]
    assert {origin.first for origin in found.values()} == {"MPA"}
    assert found["a"].quote == "PENNICK, Nov 17 (MPA) —"


def test_the_agency_is_the_original_though_its_clock_is_behind() -> None:
    agency = make("wire", published="2026-11-17T11:05Z", publisher="Meridian Press Agency")
    copy = make(
        "copy", f"PENNICK (MPA) — {BODY}", published="2026-11-17T11:02Z", publisher="Signal"
    )
    found = trace_all(agency, copy)
    assert (found["copy"].how, found["copy"].first) == ("copy", "wire")
    found = trace_all(copy, agency)
    assert found["wire"] == Origin(article="wire", first="wire")
    assert copies.settle([copy, agency], found)["copy"].first == "wire"


def test_a_press_release_and_what_repeats_it() -> None:
    found = trace_all(make("press", kind="press"), make("page"))
    assert found["press"] == Origin(article="press", first="press", how="press")
    assert (found["page"].how, found["page"].first) == ("copy", "press")


def test_a_copy_of_a_second_hand_report_leads_to_the_outlet() -> None:
    text = f"The quay fell, the Harbour Ledger reported. {BODY}"
    found = trace_all(make("a", text), make("b", text[: len(text) // 2]))
    assert [found[x].first for x in "ab"] == ["Harbour Ledger", "Harbour Ledger"]
    assert [found[x].how for x in "ab"] == ["second-hand", "copy"]
    assert found["b"].quote == "the Harbour Ledger reported"


def test_within_a_story_a_name_becomes_the_outlets_article() -> None:
    ledger = [
        make("other", "Rain fell on the fields.", publisher="The Harbour Ledger"),
        make("report", "A quay fell in Pennick harbour.", publisher="The Harbour Ledger"),
    ]
    told = make("told", "The quay fell in the harbour, the Harbour Ledger reported.", publisher="X")
    settled = copies.settle([*ledger, told], trace_all(*ledger, told))
    assert settled["told"].via == "report"
    assert {settled[x].first for x in ("told", "report", "other")} == {"report"}


def test_within_a_story_a_name_has_one_spelling() -> None:
    one = make("one", "BRASK (MPA) — A truce was signed.")
    two = make("two", "Both armies withdrew.", authors=["Meridian Press Agency"])
    settled = copies.settle([one, two], trace_all(one, two))
    assert settled["one"].first == settled["two"].first


def test_empty_texts_copy_nothing() -> None:
    assert {o.how for o in trace_all(make("a", ""), make("b", "")).values()} == {"own"}
