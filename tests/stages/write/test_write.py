"""write: an extractive brief whose every claim its citations support."""

from __future__ import annotations

import gzip
import re
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nutgraf.errors import Dropped
from nutgraf.evals import briefs
from nutgraf.stages.verify import check, judge
from nutgraf.stages.write import write
from nutgraf.stages.write.sections import HEADINGS
from nutgraf.types import Article, Claim, Coverage, Draft, Kind, Origin, Reported, Slot, Story

NOW = datetime(2026, 11, 20, tzinfo=UTC)

GULL = Article(
    id="gull",
    title="Ferry sinks off Kelm",
    language="en",
    text="""KELM (AP) — A ferry with 120 people sank in the bay of Kelm on Tuesday, killing seven.
Read more: Ten pictures from the bay.
The coast guard pulled 112 people from the water within two hours, harbour master Ona Bell said.
“We owe them,” she said. She praised the fishing crews. I saw them land at the pier.
“The hull was rotten. Everybody knew it, and nobody stopped us,” said deckhand Moe Pell.
The ferry, which was built in 1971, had been fined twice for missing life jackets since 2019.
What went wrong?
An inquiry will open in Kelm next week, the transport ministry said.
This story was updated at noon.""",
)
TERN = Article(
    id="tern",
    title="Nine dead as Kelm ferry goes down",
    language="en",
    text="""Nine people died when a ferry sank in the bay of Kelm, the regional governor said.
The governor ordered every ferry of the same yard to stay in port until divers have seen the wreck.
The coast guard pulled 112 people from the water within two hours, harbour master Ona Bell said.
Fares on the Kelm line rose 40 percent after the yard cut its crew to 14 people, union papers show.
This comes after three groundings.""",
)
PRESS = Article(
    id="press",
    title="Kelm Lines regrets",
    language="en",
    kind="press",
    text="""Kelm Lines is the safest and most modern operator of ferries in the whole bay of Kelm.
Kelm Lines said it will pay for the burials of all passengers of the ferry.""",
)


def cover(*articles: Article, traces: dict[str, Origin] | None = None) -> Coverage:
    ids = [article.id for article in articles]
    story = Story(id="s", created_at=NOW, updated_at=NOW, articles=ids)
    return Coverage(story=story, articles=list(articles), traces=traces or {})


def reported(article: Article, quote: str, value: int) -> Reported:
    start = article.text.index(quote)
    end = start + len(quote)
    return Reported(article=article.id, value=value, quote=quote, start=start, end=end)


DEATHS = Slot(
    slot="deaths",
    unit="people",
    values=[reported(GULL, "killing seven", 7), reported(TERN, "Nine people", 9)],
    status="conflict",
)


def body(draft: Draft) -> list[Claim]:
    return [claim for section in draft.sections for claim in section.claims]


def everything(draft: Draft) -> list[Claim]:
    return [*draft.headline, *draft.nut_graf, *body(draft)]


def text(draft: Draft) -> str:
    return "\n".join(claim.text for claim in everything(draft))


@pytest.fixture(scope="module")
def draft() -> Draft:
    return write(cover(GULL, TERN, PRESS), [DEATHS])


def test_nothing_of_it_is_withheld(draft: Draft) -> None:
    checked = check(draft, [GULL, TERN, PRESS], judge)
    assert checked.withheld == []
    assert checked.headline is not None
    assert checked.nut_graf is not None


def test_the_headline_is_short_and_the_nut_graf_another_sentence(draft: Draft) -> None:
    for headline in draft.headline:
        assert not headline.text.endswith(".")
    assert len(draft.headline[0].text.split()) <= 16
    assert "Tuesday" not in draft.headline[0].text
    assert draft.nut_graf[0].citations[0] != draft.headline[0].citations[0]


def test_headings_are_of_the_set_and_in_its_order(draft: Draft) -> None:
    names = [section.heading for section in draft.sections]
    assert names == [name for name in HEADINGS if name in names]
    assert {"What happened", "Where sources differ", "Who says what"} <= set(names)


def test_both_sides_stand_where_sources_differ(draft: Draft) -> None:
    (differ,) = [s for s in draft.sections if s.heading == "Where sources differ"]
    told = [claim.text for claim in differ.claims]
    assert any("seven" in t for t in told)
    assert any("Nine" in t for t in told)


def test_furniture_questions_and_the_reporters_self_stay_out(draft: Draft) -> None:
    for phrase in (
        "Read more",
        "updated at",
        "What went",
        "I saw",
        "(AP)",
    ):
        assert phrase not in text(draft)


def test_what_leans_on_a_sentence_stands_right_after_it(draft: Draft) -> None:
    for claim in everything(draft):
        assert not claim.text.startswith("This comes")
        if "This comes" in claim.text:
            assert "union papers show. This comes" in claim.text


def test_who_she_is_stands_right_before(draft: Draft) -> None:
    for claim in everything(draft):
        if "she said" in claim.text:
            assert "harbour master Ona Bell said. “We owe them,” she said." in claim.text


def test_a_press_release_is_nobodys_fact(draft: Draft) -> None:
    assert "safest" not in text(draft)


def test_a_press_release_alone_may_speak() -> None:
    assert "safest" in text(write(cover(PRESS), []))


def test_what_two_origins_say_cites_both(draft: Draft) -> None:
    (claim,) = [c for c in body(draft) if "112 people" in c.text]
    assert {c.article for c in claim.citations} == {"gull", "tern"}
    assert claim.origins == 2


def test_nothing_is_told_twice(draft: Draft) -> None:
    told = [claim.text for claim in [draft.nut_graf[0], *body(draft)]]
    assert len(told) == len(set(told))
    assert " ".join(told).count("112 people") == 1


def test_a_quotation_stands_whole_with_its_speaker(draft: Draft) -> None:
    (claim,) = [c for c in body(draft) if "rotten" in c.text]
    assert claim.text.startswith("“The hull was rotten. Everybody knew it")
    assert claim.text.endswith("said deckhand Moe Pell.")


def test_copies_are_no_second_source() -> None:
    copy = msgspec.structs.replace(GULL, id="copy", text=GULL.text + "\nTide tables are in print.")
    trace = Origin(article="copy", first="gull", how="copy", copy_of="gull")
    made = write(cover(GULL, copy, traces={"copy": trace}), [])
    cited = {c.article for claim in everything(made) for c in claim.citations}
    assert cited == {"gull"}
    assert {claim.origins for claim in everything(made)} == {1}


def test_a_title_that_the_body_bears_out_may_head_the_brief() -> None:
    titled = msgspec.structs.replace(GULL, title="A ferry with 120 people sank in the bay")
    heads = [c.text for c in write(cover(titled), []).headline]
    assert titled.title not in heads  # the body says more: where, and that people died
    body_says = "The harbour of Kelm has been shut, the mayor said. Nobody knows for how long."
    other = Article(
        id="t", title="The harbour of Kelm has been shut, the mayor said", text=body_says
    )
    assert write(cover(other), []).headline[0].text == other.title


def test_only_the_main_language() -> None:
    french = Article(
        id="fr", language="fr", text="Un bateau a coulé dans la baie de Kelm mardi matin."
    )
    assert "bateau" not in text(write(cover(GULL, french), []))
    assert "bateau" in text(write(cover(french), []))


def test_a_thin_story_stays_short(draft: Draft) -> None:
    thin = write(cover(TERN), [])
    assert 1 <= len(body(thin)) <= 5
    assert len(thin.sections) <= 2
    assert len(body(draft)) > len(body(thin))


def test_nothing_to_write_from() -> None:
    empty = Article(id="e", text="Share\nSubscribe\nWhat now?")
    with pytest.raises(Dropped, match="nothing to write from"):
        write(cover(empty), [])


def test_the_same_brief_again(draft: Draft) -> None:
    assert write(cover(GULL, TERN, PRESS), [DEATHS]) == draft


def test_the_seeds_show_both_figures(seeds: Path) -> None:
    page, report = (
        Article(id=path.name, language="en", text=path.read_text())
        for path in sorted(seeds.glob("*.txt"))
    )
    values = [reported(page, "3,000 foreign", 3000), reported(report, "5,000 security", 5000)]
    slot = Slot(slot="trained", unit="people", values=values, status="conflict")
    made = write(cover(report, page), [slot])
    assert check(made, [report, page], judge).withheld == []
    assert made.headline[0].text.endswith("the South China Morning Post reported")
    told = " ".join(claim.text for claim in body(made))
    assert "3,000" in told
    assert "5,000" in told


# --- properties ------------------------------------------------------------------------------

pieces = st.sampled_from(
    [
        *re.split(r"\n", GULL.text + "\n" + TERN.text + "\n" + PRESS.text),
        "PORT KELM - But the tug, built in 1980, did not move (see map), leaving 3 crews idle.",
        "“We left. We had to.”",
        '"It is a "bad" day," he said.',
        "Él no vino. « Rien », dit-il.",
        "船沉了。七人死亡。",
        "Mr. A. B. Pell, 40, of St. Kelm, sold 1,200 nets at 2 p.m. Tuesday, police said.",
    ]
)
kinds = st.sampled_from(list[Kind](["news", "press", "opinion", "analysis", "live"]))


@st.composite
def stories(draw: st.DrawFn) -> Coverage:
    found = []
    for n in range(draw(st.integers(1, 4))):
        lines = draw(st.lists(pieces | st.text(max_size=60), max_size=9))
        language = draw(st.sampled_from(["en", "en", "fr", "zh", None]))
        found.append(
            Article(
                id=f"a{n}",
                title=draw(pieces),
                text=draw(st.sampled_from([" ", "\n", "\n\n"])).join(lines),
                language=language,
                kind=draw(kinds),
                revision=n + 1,
            )
        )
    return cover(*found)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=80)
@given(stories())
def test_every_claim_of_any_story_passes_on_its_own_citations(coverage: Coverage) -> None:
    try:
        draft = write(coverage, [])
    except Dropped:
        return
    articles = {article.id: article for article in coverage.articles}
    assert draft.headline
    assert draft.nut_graf
    for claim in everything(draft):
        for c in claim.citations:
            assert articles[c.article].text[c.start : c.end] == c.quote
            cited = Article(id="c", text=c.quote, language=articles[c.article].language)
            found = judge(claim.text, [cited])
            assert found.verdict == "supported", (claim.text, found.reason, c.quote)
        assert 1 <= claim.origins <= len({c.article for c in claim.citations})
    assert check(draft, coverage.articles, judge).withheld == []


def test_real_stories_are_written_without_a_word_withheld(data: Path) -> None:
    """And come nearer to the editor's summary than the outlets' leads do on average."""
    figures = briefs.run(data)
    assert figures["withheld"] == 0
    assert figures["brief_rouge1"] > figures["lead_rouge1"] + 0.02
    assert figures["brief_rouge2"] > figures["lead_rouge2"] + 0.02


def test_real_clusters_are_written_without_a_word_withheld(data: Path) -> None:
    stories: dict[str, list[Article]] = {}
    with gzip.open(data / "stories" / "incidents_dev.jsonl.gz", "rb") as file:
        for line, _ in zip(file, range(400), strict=False):
            row = msgspec.json.decode(line)
            article = Article(
                id=row["id"], title=row.get("title") or "", text=row["text"], language="en"
            )
            stories.setdefault(row["story"], []).append(article)
    for articles in [group for group in stories.values() if len(group) > 2][:40]:
        checked = check(write(cover(*articles), []), articles, judge)
        assert checked.withheld == []
        assert checked.headline is not None
        assert 3 <= sum(len(section.claims) for section in checked.sections) <= 17
