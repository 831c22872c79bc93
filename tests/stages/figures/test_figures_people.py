from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.stages.figures.naming import one_person
from nutgraf.stages.figures.tally import tallies
from nutgraf.stages.figures.told import told_arrests, told_deaths


@pytest.mark.parametrize(
    ("text", "what", "count"),
    [
        ("Two men and a woman were shot and killed.", "people killed", 3),
        ("The gunman killed two men and a woman.", "people killed", 3),
        ("A man, two boys and a 4-month-old baby were injured.", "people injured", 4),
        ("Police said he and four others were wounded.", "people injured", 5),
        ("Ada Quill and two others were arrested.", "people arrested", 3),
    ],
)
def test_people_told_as_a_list(text: str, what: str, count: int) -> None:
    assert [(tally.what, tally.people) for tally in tallies(text)] == [(what, count)]


@pytest.mark.parametrize(
    "text",
    [
        "One person was killed and five others were hurt.",
        "Two men and a woman walked home.",
        "A man and his dog were hurt.",
    ],
)
def test_what_is_no_list(text: str) -> None:
    assert list(tallies(text)) == []


@given(st.text(max_size=300))
def test_lists_and_tellings_have_spans(text: str) -> None:
    for tally in tallies(text):
        assert 0 <= tally.start < tally.end <= len(text)
    for _, start, end in (*told_arrests(text), *told_deaths(text)):
        assert 0 <= start < end <= len(text)


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("No arrests have been made.", [0]),
        ("The suspects remain at large.", [0]),
        ("It is unclear whether suspects are at large.", []),
        ("Police have arrested a 19-year-old man.", [1]),
        ("A second arrest has been made.", [2]),
    ],
)
def test_arrests_told_without_a_number(text: str, counts: list[int]) -> None:
    assert [count for count, _, _ in told_arrests(text)] == counts


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("All five victims are expected to survive.", [0]),
        ("A man hurt in the brawl on Quay Street has died.", [1]),
        ("The hope of a quick repair has died.", []),
    ],
)
def test_deaths_told_without_a_number(text: str, counts: list[int]) -> None:
    assert [count for count, _, _ in told_deaths(text)] == counts


def test_names_of_one_person() -> None:
    full, middle, bare = ("gill", "roy"), ("gill", "roy lee"), ("gill", "")
    misspelt, other = ("gyll", "roy"), ("brack", "ada")
    assert one_person([bare, full, middle, other])[bare] == one_person([full, middle])[full]
    assert len(set(one_person([full, middle, bare, other]).values())) == 2
    assert len(set(one_person([("fischer", "roland"), ("fisher", "roland")]).values())) == 1
    assert one_person([misspelt, full])[misspelt] == misspelt  # too short to be a slip
    assert len(set(one_person([("gill", "ada"), ("gill", "roy"), bare]).values())) == 3


_NAMES = st.tuples(
    st.sampled_from("gill brack fischer fisher".split()),
    st.sampled_from(["", "ada", "roy", "roy lee", "r", "roland"]),
)


@given(st.lists(_NAMES, max_size=8))
def test_who_stands_for_a_name_stands_for_itself(names: list[tuple[str, str]]) -> None:
    stands = one_person(names)
    assert stands.keys() == set(names)
    assert all(stands[name] == name for name in stands.values())
