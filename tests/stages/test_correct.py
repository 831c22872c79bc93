"""correct: which edits of an article make a published sentence wrong."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from telling_making import DAY, FIRST, article, brief, cite, claim, edition, said, source

from nutgraf.stages import correct, verify
from nutgraf.types import Article, Correction

NOW = FIRST + DAY
VILLAGES = "The river Tamber flooded 34 villages in eastern Dresk on Tuesday, the ministry said."
DAM = "Engineers opened the spillway of the dam at two in the morning."
BELIEF = "The mayor belives that the siren had no power, she told the council."
TEXT = f"{VILLAGES} {DAM} {BELIEF} The army sent 60 boats and 1,800 soldiers to Malin."
BEFORE = article("gull", TEXT, language="en")
OTHER = article("tern", f"It is the third flood in a year. {VILLAGES}")
TOLD = edition(
    brief(
        [said(BEFORE, VILLAGES), said(BEFORE, DAM), said(BEFORE, BELIEF)],
        [source(BEFORE, "2031-05-06T10:00:00Z")],
    )
)


def edited(old: str, new: str, **more: object) -> Article:
    assert old in TEXT
    return replace(BEFORE, text=TEXT.replace(old, new), revision=2, **more)


def check(after: Article, *others: Article, known: tuple[Correction, ...] = ()) -> list[Correction]:
    latest = {one.id: one for one in (after, *others)}
    return correct.corrections(TOLD, after, latest, known, verify.judge, NOW)


def test_a_number_put_right_is_a_correction_with_the_words_of_now() -> None:
    [wrong] = check(edited("34 villages", "43 villages"))
    assert wrong.was == VILLAGES
    assert wrong.text == VILLAGES.replace("34", "43")
    assert wrong.reason == "“34” is “43” now"
    assert (wrong.edition, wrong.story, wrong.issued_at) == ("sea-1", "s", FIRST)
    assert (wrong.article, wrong.revision, wrong.outlet, wrong.at) == ("gull", 2, "Gull", NOW)
    [cited] = wrong.citations
    assert edited("34", "43").text[cited.start : cited.end] == cited.quote == wrong.text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The army sent", "Update: it rains. The army sent"),
        (" The army sent 60 boats and 1,800 soldiers to Malin.", ""),
        ("60 boats", "80 boats"),
        ("belives", "believes"),
        (f"{VILLAGES} {DAM}", f"{DAM} {VILLAGES}"),
    ],
    ids=["a paragraph more", "a paragraph less", "words nobody cited", "a spelling", "the order"],
)
def test_edits_that_leave_the_sentences_standing_correct_nothing(old: str, new: str) -> None:
    assert check(edited(old, new)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("flooded 34", "did not flood 34"),
        ("eastern Dresk", "western Dresk"),
        ("the ministry said", "a farmer said"),
        ("The mayor", "The deputy mayor"),
        ("Tamber", "Vessa"),
    ],
)
def test_edits_that_say_something_else_correct_one_sentence(old: str, new: str) -> None:
    assert len(check(edited(old, new))) == 1


def test_a_figure_that_moves_may_have_moved_on() -> None:
    after = edited("34 villages", "43 villages")
    latest = {"gull": after}
    [wrong] = correct.corrections(
        TOLD, after, latest, (), verify.judge, NOW, lambda was, now: "34" in was and "43" in now
    )
    assert wrong.reason == "“34” is “43” now; such a figure may have moved on since"


def test_what_was_taken_out_is_said_so() -> None:
    [wrong] = check(edited(f"{DAM} ", ""))
    assert (wrong.was, wrong.citations) == (DAM, [])
    assert wrong.text == "Gull has taken this out of its article."


def test_a_sentence_that_another_cited_article_still_holds_stands() -> None:
    both = claim(VILLAGES, cite(BEFORE, VILLAGES), cite(OTHER, VILLAGES))
    told = edition(brief([both], [source(one, "") for one in (BEFORE, OTHER)]))
    after = edited("34", "43")
    assert correct.cited_in(told, after) == ["gull", "tern"]
    latest = {"gull": after, "tern": OTHER}
    assert correct.corrections(told, after, latest, (), verify.judge, NOW) == []
    gone = replace(OTHER, text="It is the third flood in a year.", revision=2)
    latest = {"gull": after, "tern": gone}
    assert len(correct.corrections(told, after, latest, (), verify.judge, NOW)) == 1


def test_a_live_page_and_a_stub_may_lose_words() -> None:
    """What scrolled away, or stands behind a paywall now, was not taken back."""
    assert check(edited(f"{DAM} ", "", kind="live")) == []
    assert check(replace(BEFORE, text="Subscribe to read on.", revision=2)) == []


def test_what_is_known_is_not_said_again_and_old_revisions_say_nothing() -> None:
    after = edited("34", "43")
    found = check(after)
    assert check(replace(after, revision=3), known=tuple(found)) == []
    assert check(replace(after, revision=1)) == []


def test_an_article_that_goes_back_to_its_words_is_told_once() -> None:
    found = check(edited("34", "43"))
    again = replace(BEFORE, revision=3)
    [back] = check(again, known=tuple(found))
    assert (back.was, back.text, back.revision) == (VILLAGES, VILLAGES, 3)
    assert back.reason == "the article has gone back to these words"
    assert check(replace(again, revision=4), known=(*found, back)) == []
    [third] = check(replace(edited("34", "43"), revision=5), known=(*found, back))
    assert third.text == found[0].text


@settings(max_examples=60, deadline=None)
@given(before=st.text(max_size=40), after=st.text(max_size=40))
def test_words_that_are_in_place_hold_whatever_is_put_around_them(before: str, after: str) -> None:
    text = f"{before}\n{TEXT}\n{after}"
    assert check(replace(BEFORE, text=text, revision=2)) == []


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=300))
def test_any_text_can_be_checked(text: str) -> None:
    for wrong in check(replace(BEFORE, text=text * 3, revision=2)):
        for cited in wrong.citations:
            assert (text * 3)[cited.start : cited.end] == cited.quote
