"""Near-duplicates are found by bands and told by overlap."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.evals.stories import Edit, edited
from nutgraf.stages import copies

_WORDS = (
    "harbour ferry council rope lantern verdict orchard signal minister tide copper bridge valley "
    "engine ledger paper winter salt mayor glass river stone market pilot timber school".split()
)


def text(seed: int, sentences: int = 14) -> str:
    """Invented prose: sentences of random words, different for each seed."""
    chance = random.Random(seed)
    return "\n".join(
        " ".join(chance.choices(_WORDS, k=18)).capitalize() + "." for _ in range(sentences)
    )


def shared(a: str, b: str) -> int:
    bands = [set(copies.bands(copies.signature(t))) for t in (a, b)]
    return len(bands[0] & bands[1])


@given(st.text())
def test_any_text_has_a_signature_and_the_same_one_twice(some: str) -> None:
    signature = copies.signature(some)
    assert signature == copies.signature(some)
    keys = copies.bands(signature)
    assert len(keys) == (42 if signature else 0)
    assert all(-(2**63) <= key < 2**63 for key in keys)


def test_a_lone_surrogate_does_not_stop_it() -> None:
    assert copies.signature("torn \ud800 page of words") != b""


def test_signatures_do_not_change_between_runs() -> None:
    # A stored signature is compared with those of later runs; a change needs a new MADE_BY.
    assert copies.bands(copies.signature("one small boat left the harbour"))[:2] == [
        -1162392283620527572,
        -936896594672584456,
    ]


def test_an_empty_text_is_near_to_nothing() -> None:
    assert copies.signature(" \n") == b""
    assert copies.bands(b"") == []
    assert copies.overlap(set(), set()) == (0.0, 0.0)


@settings(max_examples=40)
@given(st.integers(0, 10_000))
def test_a_trimmed_copy_with_a_local_paragraph_is_found(seed: int) -> None:
    original = text(seed)
    copy = edited(original, text(seed + 1), Edit(0.4, 0.0, 0.01, 0.1), random.Random(seed))
    assert shared(original, copy)
    assert copies.is_copy(copies.shingles(original), copies.shingles(copy), "One", "Two")


@settings(max_examples=40)
@given(st.integers(0, 10_000))
def test_other_texts_are_not_copies(seed: int) -> None:
    one, two = text(seed), text(seed + 1)
    assert not copies.is_copy(copies.shingles(one), copies.shingles(two), "Same", "Same")


def test_a_sign_in_form_under_two_titles_is_no_copy() -> None:
    form = copies.shingles("Please sign in to read on. " + text(3, sentences=2))
    assert not copies.is_copy(form, form, "Mayor of Pennick resigns", "Floods close the harbour")
    assert copies.is_copy(form, form, "Mayor of Pennick resigns", "Pennick's mayor resigns")


def test_a_brief_quoted_in_a_long_page_is_not_its_original() -> None:
    brief = text(5, sentences=3)
    page = copies.shingles(text(6, sentences=40) + "\n" + brief)
    assert not copies.is_copy(copies.shingles(brief), page, "Ferry", "Ferry")
