"""A story's origins: chains end where they began, one outlet is one origin."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from nutgraf.stages import copies
from nutgraf.types import Article, Coverage, Origin

FACTS = [
    f"Diver {n} lifted crate {n * 7} from the wreck off quay {n * 3} before the tide turned."
    for n in range(24)
]
OTHERS = [
    f"The council of ward {n} heard {n * 5} witnesses and asked who had moored barge {n * 11}."
    for n in range(24)
]

MORE = [
    f"Snow on pass {n} kept {n * 13} lorries waiting until ploughs from depot {n * 2} came."
    for n in range(24)
]


def make(id: str, text: str, publisher: str | None = None, **more: object) -> Article:
    return Article(id=id, title=id, text=text, publisher=publisher, **more)  # type: ignore[arg-type]


def settled(*articles: Article) -> dict[str, Origin]:
    traces = {a.id: copies.trace(a, b"", []) for a in articles}
    return copies.settle(articles, traces)


def test_second_hand_of_second_hand_leads_to_the_first() -> None:
    a = make("a", "A quay fell in the night. Twelve boats sank.", "Harbour Ledger")
    b = make("b", "A quay fell, the Harbour Ledger reported.", "Pennick Post")
    c = make("c", "A quay is down, according to the Pennick Post.", "Imrik Tribune")
    found = settled(c, b, a)
    assert [found[x].first for x in "abc"] == ["a", "a", "a"]
    assert [found[x].via for x in "abc"] == [None, "a", "b"]


def test_two_that_name_each_other_are_one_origin() -> None:
    a = make("a", "A quay fell, the Pennick Post reported.", "Harbour Ledger")
    b = make("b", "A quay fell, the Harbour Ledger reported.", "Pennick Post")
    found = settled(a, b)
    assert found["a"].first == found["b"].first


def test_what_one_outlet_reports_itself_is_one_origin() -> None:
    first = make("first", "A quay fell in the night.", "The Harbour Ledger")
    second = make("second", "The mayor spoke of the quay.", "Harbour Ledger")
    wire = make("wire", "PENNICK (MPA) — Boats sank at the quay.", "Harbour Ledger")
    other = make("other", "Divers searched the harbour.", "Pennick Post")
    found = settled(first, second, wire, other)
    assert found["first"].first == found["second"].first
    assert len({origin.first for origin in found.values()}) == 2 + 1
    assert found["second"].how == "own"


def test_outlets_without_a_name_stay_apart() -> None:
    found = settled(make("a", "A quay fell."), make("b", "The mayor spoke."))
    assert [found[x].first for x in "ab"] == ["a", "b"]


def test_a_text_told_again_leans_on_the_earlier_one() -> None:
    early = make("early", "\n".join(FACTS[:14]), "Harbour Ledger", published="2026-11-17")
    late = make("late", "\n".join(FACTS[:7] + OTHERS[:8]), "Pennick Post", published="2026-11-18")
    found = settled(late, early)
    assert (found["late"].first, found["late"].how) == ("early", "second-hand")
    cut = make("late", "\n".join(FACTS[:7] + OTHERS[:3]), "Pennick Post", published="2026-11-18")
    assert settled(cut, early)["late"].copy_of == "early"
    own = replace(late, publisher="Harbour Ledger")
    assert settled(own, early)["late"].how == "own"


def test_the_same_statement_quoted_is_no_text_told_again() -> None:
    quoted = "\n".join(f"“{fact}”" for fact in FACTS[:6])
    a = make("a", quoted + "\n" + "\n".join(OTHERS[:9]), "Harbour Ledger")
    b = make("b", quoted + "\n" + "\n".join(MORE[:9]), "Pennick Post")
    found = settled(a, b)
    assert found["a"].first != found["b"].first


def test_an_unmarked_wire_text_has_the_origin_of_a_marked_one() -> None:
    body = "\n".join(FACTS)
    bare = make("bare", body, "Harbour Ledger", published="2026-11-17")
    wire = make("wire", "PENNICK (AP) — " + body, "Pennick Post", published="2026-11-18")
    found = settled(bare, wire)
    assert {origin.first for origin in found.values()} == {"Associated Press"}


def test_initials_that_nobody_else_uses_are_the_publishers_own() -> None:
    text = "PENNICK (WQZX) — A quay fell."
    mine, more = make("mine", text, "Channel Nine"), make("more", "Boats sank.", "Channel Nine")
    assert settled(mine, more)["mine"].how == "own"
    assert len({o.first for o in settled(mine, more).values()}) == 1
    other = make("other", "PENNICK (WQZX) — Divers searched.", "Pennick Post")
    assert settled(mine, other)["mine"].first == settled(mine, other)["other"].first == "WQZX"


_TEXTS = st.sampled_from(
    ["A quay fell.", "A quay fell, the Harbour Ledger reported.", "PENNICK (MPA) — A quay fell.",
     "A quay fell, according to the Pennick Post.", "\n".join(FACTS), "\n".join(FACTS[:15])]
)  # fmt: skip
_OUTLETS = st.sampled_from([None, "Harbour Ledger", "Pennick Post", "MPA", "Imrik Tribune"])


@given(st.lists(st.tuples(_TEXTS, _OUTLETS), max_size=8), st.randoms())
def test_every_chain_ends_and_the_order_of_articles_does_not_count(
    made: list[tuple[str, str | None]], chance: object
) -> None:
    articles = [make(f"a{n}", text, outlet) for n, (text, outlet) in enumerate(made)]
    found = settled(*articles)
    for origin in found.values():
        assert origin.first not in found or found[origin.first].first == origin.first
        assert origin.via is None or found[origin.via].first == origin.first
    turned = settled(*articles[::-1])
    count = len({origin.first for origin in found.values()})
    assert count == len({origin.first for origin in turned.values()})


def test_coverage_counts_what_is_settled() -> None:
    from datetime import UTC, datetime

    from nutgraf.types import Story

    articles = [
        make("a", "A quay fell.", "Harbour Ledger"),
        make("b", "The mayor spoke.", "Harbour Ledger"),
        make("c", "A quay fell, the Harbour Ledger reported.", "Pennick Post"),
    ]
    now = datetime(2026, 11, 18, tzinfo=UTC)
    story = Story(id="s", created_at=now, updated_at=now, articles=["a", "b", "c"])
    assert Coverage(story=story, articles=articles, traces=settled(*articles)).origins == 1
