"""judge: nothing passes but what a source says; and its reasons name what is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nutgraf.evals import support
from nutgraf.stages.verify import judge, prepare
from nutgraf.text.sentences import sentences
from nutgraf.text.tokens import tokenise
from nutgraf.types import Article, Support

TEXT = """KELM (Reuters) — The harbour board plans to buy 12 tugs, its chair Ona Bell said Tuesday.
The alleged smuggler, a former deckhand, was not held overnight. He had denied the charge.
“We have no money. We have no crew. We want both,” Bell told the council.
The yard, which opened in 1990, has built 40 ferries.
Dues rose 4.5 percent in March, and the tariff for cod fell by a third.
Nearly 300 people may lose their jobs if the Kelm yard closes before June."""
SOURCE = Article(id="a", title="Board of Kelm sacks its chair", text=TEXT, language="en")
OTHER = Article(
    id="b", text="Gulls ate the bread. The council met at 10:30 in Tamber.", language="en"
)


def verdict(claim: str) -> Support:
    return judge(claim, [OTHER, SOURCE])


SUPPORTED = [
    "The harbour board plans to buy 12 tugs, its chair Ona Bell said.",
    "The alleged smuggler, a former deckhand, was not held overnight.",
    "The alleged smuggler, a former deckhand, wasn't held overnight. He had denied the charge.",
    "The yard has built 40 ferries.",
    "The yard has built forty ferries.",
    "Dues rose 4.50% in March, and the tariff for cod fell by a third.",
    "Nearly three hundred people may lose their jobs if the Kelm yard closes before June.",
    "“We have no money. We have no crew. We want both,” Bell told the council.",
    "He had denied the charge. The yard has built 40 ferries.",
]


@pytest.mark.parametrize("claim", SUPPORTED)
def test_copies_pass(claim: str) -> None:
    found = verdict(claim)
    assert (found.verdict, found.evidence[0].source) == ("supported", "a"), found.reason


WITHHELD = [
    ("The yard has built 50 ferries.", "contradicted", "the source says 40, not 50"),
    ("Dues rose 6 percent in March at the port.", "contradicted", "says 4.5 percent"),
    ("The council of Tamber met at 11:30 in Tamber.", "contradicted", "says 10:30"),
    ("The alleged smuggler, a former deckhand, was held overnight.", "contradicted", "“not”"),
    ("The smuggler, a former deckhand, was not held overnight.", "unsupported", "“alleged”"),
    ("Nearly 300 people will lose their jobs.", "unsupported", "not found"),
    ("People may lose their jobs if the Kelm yard closes.", "unsupported", "“Nearly”"),
    ("Nearly 300 people may lose their jobs.", "unsupported", "“if”"),
    ("Dues rose 4.5 percent.", "unsupported", "was left out"),
    ("We have no crew.", "unsupported", "quotation marks"),
    ("The yard in Djibouti has built 40 ferries.", "unsupported", "“Djibouti”"),
    ("Board of Kelm sacks its chair.", "unsupported", "“sacks”"),
    ("The yard has built 40 ferries. He had denied the charge.", "unsupported", "“He”"),
    ("", "unsupported", "nothing"),
    ("…", "unsupported", "nothing"),
]


@pytest.mark.parametrize(("claim", "expected", "reason"), WITHHELD)
def test_what_no_source_says_is_withheld_with_its_reason(
    claim: str, expected: str, reason: str
) -> None:
    found = verdict(claim)
    assert found.verdict == expected, found.reason
    assert reason in found.reason
    assert found.score <= 0.9


def test_a_value_that_another_source_has_is_no_contradiction() -> None:
    other = Article(id="c", text="The tiny yard of Tamber built 50 ferries.", language="en")
    assert judge("The yard has built 50 ferries.", [SOURCE, other]).verdict == "unsupported"


def test_rounding_is_no_contradiction() -> None:
    source = Article(id="c", text="Exactly 15,299 people of Kelm tested positive on Sunday.")
    assert judge("About 15,000 people of Kelm tested positive.", [source]).verdict != "contradicted"
    assert judge("About 19,000 people of Kelm tested positive.", [source]).verdict == "contradicted"


def test_no_sources_no_support() -> None:
    assert judge("The yard has built 40 ferries.", []).verdict == "unsupported"


def test_prepared_sources_give_the_same() -> None:
    prepared = [prepare(OTHER), prepare(SOURCE)]
    for claim, *_ in WITHHELD:
        assert judge(claim, prepared) == judge(claim, [OTHER, SOURCE])


def test_other_languages_pass_word_for_word_only() -> None:
    source = Article(id="z", text="船昨天来了。市长说，没有人受伤。", language="zh")
    assert judge("市长说，没有人受伤。", [source]).verdict == "supported"
    assert judge("市长说，有人受伤。", [source]).verdict != "supported"
    french = Article(id="f", text="Le port, qui dort, est fermé. Il a plu.", language="fr")
    assert judge("Le port, qui dort, est fermé.", [french]).verdict == "supported"
    assert judge("Le port est fermé.", [french]).verdict != "supported"


# --- properties ------------------------------------------------------------------------------

names = st.sampled_from("Kelm Tamber Bell Moe Ona harbour yard ferry tug crew council".split())
verbs = st.sampled_from("sold built raised bought closed said may will".split())
rest = st.sampled_from(
    ["on Tuesday", "in May", "(see map)", "for 40 days", "“at last”", "by 7 percent", "if asked"]
)


@st.composite
def statements(draw: st.DrawFn) -> str:
    parts = ["The", draw(names), "did not" if draw(st.booleans()) else "has", draw(verbs)]
    parts += [str(draw(st.integers(2, 9999))), draw(names), *draw(st.lists(rest, max_size=3))]
    if draw(st.booleans()):
        parts[1] += ", which " + draw(verbs) + " " + draw(names) + ","
    return " ".join(parts) + "."


articles = st.lists(statements(), min_size=1, max_size=6).map(" ".join) | st.text(max_size=200)


@given(articles, articles)
def test_a_sentence_of_a_source_is_always_supported_and_spans_are_exact(
    text: str, other: str
) -> None:
    sources = [Article(id="o", text=other), Article(id="s", text=text)]
    texts = {"o": other, "s": text}
    for start, end in sentences(text):
        claim = text[start:end]
        if not len(tokenise(claim)):
            continue
        found = judge(claim, sources)
        assert found.verdict == "supported", found.reason
        assert all(texts[e.source][e.start : e.end] == e.quote for e in found.evidence)


@given(statements(), st.data())
def test_a_changed_number_is_never_supported(text: str, data: st.DataObject) -> None:
    number = data.draw(st.sampled_from(list(re.finditer(r"\d+", text))))
    other = data.draw(st.integers(2, 99_999))
    assume(str(other) not in re.findall(r"\d+", text))
    claim = text[: number.start()] + str(other) + text[number.end() :]
    assert judge(claim, [Article(id="s", text=text)]).verdict != "supported"


@given(statements())
def test_a_dropped_negation_is_never_supported(text: str) -> None:
    assume(" not " in text)
    claim = text.replace(" not ", " ", 1)
    assert judge(claim, [Article(id="s", text=text)]).verdict != "supported"


openers = st.sampled_from(["", "She ", "Her ", "Bell, 20, ", "U.S. ", "He said "])


tongues = st.sampled_from(["en", "zh", "ar", None])


@given(openers, st.text(max_size=80), st.text(max_size=200), tongues)
def test_anything_at_all_gets_an_answer_with_exact_spans(
    opener: str, claim: str, text: str, language: str | None
) -> None:
    found = judge(opener + claim, [Article(id="s", text=text, language=language)])
    assert 0 <= found.score <= 1
    assert found.reason
    assert all(text[e.start : e.end] == e.quote for e in found.evidence)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("A teacher of Kelm, 43 years old, was found.", "A Kelm teacher, 44 years old, was found."),
        (
            "Bell was found guilty of 21 counts of theft and six counts of fraud in Kelm.",
            "Bell was found guilty of 27 counts of theft and fraud in Kelm.",
        ),
    ],
)  # fmt: skip
def test_what_can_both_be_true_is_no_contradiction(text: str, claim: str) -> None:
    assert judge(claim, [Article(id="s", text=text)]).verdict == "unsupported"


def test_the_contradicting_words_come_first() -> None:
    source = Article(id="s", text="The pier is closed. It rained. The yard has built 40 ferries.")
    found = judge("The pier is closed. The yard has built 90 ferries.", [source])
    assert found.verdict == "contradicted"
    assert found.evidence[0].quote == "The yard has built 40 ferries."


def test_floors_on_labelled_data(data: Path) -> None:
    """What docs/decisions/verifier.md claims; slack for other data of the kind, none for leaks."""
    figures = support.run(data, sets=("qags", "wice"))
    assert figures["verbatim_passed"] == 1
    assert figures["qags_cnndm_leaked"] <= 0.035
    assert figures["qags_cnndm_passed"] >= 0.54
    assert figures["qags_cnndm_balanced"] >= 0.65
    assert figures["qags_contradicted_wrongly"] <= 0.01
    assert figures["wice_leaked"] <= 0.01
    assert figures["wice_hit1"] >= 0.87
    assert figures["wice_hit3"] >= 0.96
