"""Lines in which others write null where they have nothing are used all the same."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.newsroom.lines import (
    DroppedLine,
    SlotsLine,
    figure_lines,
    story_lines,
    support_lines,
)
from nutgraf.stages.cluster import StoryAnswer
from nutgraf.types import Support

TEXT = "A ferry capsized off Aurelle on Tuesday, killing 14 people, the coast guard said."
BARE = dict.fromkeys(("url", "title", "published", "publisher", "authors", "language", "kind"))


def test_an_article_of_nulls_has_a_story() -> None:
    [answer] = story_lines([json.dumps({"id": "a", "text": TEXT, **BARE})])
    assert isinstance(answer, StoryAnswer)
    assert answer.story


def test_a_story_with_an_untitled_article_has_its_figures() -> None:
    article = {"id": "a", "text": TEXT, **BARE}
    [answer] = figure_lines([json.dumps({"story": 7, "articles": [article]})])
    assert isinstance(answer, SlotsLine)
    assert answer.story == "7"
    assert [slot.values[0].value for slot in answer.slots if slot.slot == "people killed"] == [14]


def test_a_headline_without_text_has_a_story() -> None:
    [answer] = story_lines([json.dumps({"id": "a", "title": "Ferry capsizes", "text": None})])
    assert isinstance(answer, StoryAnswer)


def test_a_number_is_an_id_and_one_author_a_list() -> None:
    line = {"id": 3, "text": TEXT, "authors": "Ann Bell"}
    [answer] = story_lines([json.dumps(line)])
    assert isinstance(answer, StoryAnswer)
    assert answer.id == "3"


def test_a_claim_with_numbers_for_ids_is_judged() -> None:
    line = {"id": 1, "claim": TEXT, "sources": [{"id": 2, "text": TEXT, "title": None}]}
    [answer] = support_lines([json.dumps(line)])
    assert isinstance(answer, Support)
    assert (answer.id, answer.verdict) == ("1", "supported")


@pytest.mark.parametrize("line", ['{"id": "a"}', '{"id": "a", "text": null}', '{"text": "x"}', "3"])
def test_what_lacks_what_is_needed_is_answered_with_why(line: str) -> None:
    [answer] = story_lines([line])
    assert isinstance(answer, DroppedLine)
    assert answer.dropped.reason


_JSON = st.recursive(
    st.none() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(st.sampled_from(["id", "text", "title", "authors", "kind"]), inner)
    ),
)


@given(_JSON)
def test_any_json_is_answered_once(value: object) -> None:
    assert len(list(story_lines([json.dumps(value)]))) == 1
