"""Who else tells a fact: by shared words, rare ones most."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nutgraf.text.agreement import Agreement, content

LINES = [
    ("gull", "The council of Orrin closed the bridge on Monday after divers found rust."),
    ("tern", "Divers found rust in the pillars, so Orrin has shut its bridge."),
    ("tern", "The mayor of Orrin will not stand again."),
    ("skua", "A choir of 40 sang in the harbour of Orrin."),
]
STORY = Agreement([(origin, content(text)) for origin, text in LINES], "en")


def test_other_words_for_a_fact_count_and_another_fact_does_not() -> None:
    assert STORY.tellers(content(LINES[0][1])) == {"gull", "tern"}
    assert STORY.tellers(content("Divers found rust in the bridge at Orrin.")) == {"gull", "tern"}
    assert STORY.tellers(content("The choir of 40 sang again in the harbour.")) == {"skua"}
    assert STORY.tellers(content("Orrin is a port.")) == set()


def test_a_number_that_is_another_one_weighs() -> None:
    seven = STORY.shares(content("A choir of 70 sang in Orrin's harbour."))["skua"]
    forty = STORY.shares(content("A choir of 40 sang in Orrin's harbour."))["skua"]
    assert seven < forty


@given(st.lists(st.sampled_from(sorted(set().union(*(content(t) for _, t in LINES)))), min_size=1))
def test_shares_are_shares(words: list[str]) -> None:
    found = STORY.shares(frozenset(words))
    assert all(0 < share <= 1.0000001 for share in found.values())
    assert set(found) <= {"gull", "tern", "skua"}


def test_nothing_is_told_by_nobody() -> None:
    assert Agreement([], "en").tellers(frozenset({"rust"})) == set()
    assert STORY.tellers(frozenset()) == set()
