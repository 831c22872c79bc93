"""check: the gate judges every claim on its own cited words and withholds one by one."""

from __future__ import annotations

from nutgraf.stages.verify import check, judge
from nutgraf.types import Article, Citation, Claim, Draft, Section

TEXT = "The yard in Kelm has built 40 ferries. The mayor sold the pier. Nobody was hurt in May."
SOURCE = Article(id="a", text=TEXT, language="en", revision=2)
COPY = Article(id="b", text="The yard in Kelm has built 40 ferries. It rained.", language="en")


def cite(quote: str, article: Article = SOURCE) -> Citation:
    start = article.text.index(quote)
    return Citation(
        article=article.id,
        revision=article.revision,
        start=start,
        end=start + len(quote),
        quote=quote,
    )


def claim(text: str, *citations: Citation, origins: int = 1) -> Claim:
    return Claim(text=text, citations=list(citations), origins=origins)


FERRIES, PIER, HURT = (s + "." for s in TEXT.rstrip(".").split(". "))
GOOD = claim(PIER, cite(PIER))


def draft(*claims: Claim, headline: list[Claim] | None = None) -> Draft:
    return Draft(
        headline=headline or [GOOD],
        nut_graf=[GOOD],
        sections=[Section(heading="What happened", claims=list(claims))],
        written_by="test",
    )


def test_each_claim_is_withheld_by_itself() -> None:
    bad = claim("The yard in Kelm has built 90 ferries.", cite(FERRIES))
    checked = check(draft(claim(FERRIES, cite(FERRIES)), bad), [SOURCE], judge)
    assert [c.text for c in checked.sections[0].claims] == [FERRIES]
    assert checked.sections[0].claims[0].verdict == "supported"
    (withheld,) = checked.withheld
    assert (withheld.text, withheld.verdict) == (bad.text, "contradicted")
    assert withheld.reason == "the source says 40, not 90"
    assert withheld.evidence[0].quote == FERRIES
    assert TEXT[withheld.evidence[0].start : withheld.evidence[0].end] == FERRIES


def test_the_words_cited_count_and_nothing_else() -> None:
    checked = check(draft(claim(HURT, cite(PIER))), [SOURCE], judge)
    assert checked.sections == []
    assert checked.withheld[0].reason == "not said where it is cited"


def test_a_citation_that_is_not_in_its_source_holds_nothing() -> None:
    wrong = [
        Citation(article="a", revision=2, start=0, end=len(HURT), quote=HURT),
        Citation(article="a", revision=1, start=TEXT.index(HURT), end=len(TEXT), quote=HURT),
        Citation(article="none", revision=2, start=TEXT.index(HURT), end=len(TEXT), quote=HURT),
    ]
    for citation in wrong:
        checked = check(draft(claim(HURT, citation)), [SOURCE], judge)
        assert checked.withheld[0].reason == "a citation is not in its source"


def test_citations_beside_the_point_are_taken_off_and_origins_with_them() -> None:
    both = claim(FERRIES, cite(FERRIES), cite("It rained.", COPY), origins=2)
    checked = check(draft(both), [SOURCE, COPY], judge)
    kept = checked.sections[0].claims[0]
    assert [c.article for c in kept.citations] == ["a"]
    assert kept.origins == 1


def test_two_sentences_may_rest_on_a_citation_each() -> None:
    both = claim(f"{FERRIES} {PIER}", cite(PIER), cite(FERRIES, COPY), origins=2)
    checked = check(draft(both), [SOURCE, COPY], judge)
    assert len(checked.sections[0].claims[0].citations) == 2


def test_the_headline_falls_back() -> None:
    bad, good = claim("The yard burns", cite(FERRIES)), claim(PIER[:-1], cite(PIER))
    checked = check(draft(headline=[bad, good]), [SOURCE], judge)
    assert checked.headline is not None
    assert checked.headline.text == "The mayor sold the pier"
    assert [w.text for w in checked.withheld] == [bad.text]
    only = check(draft(claim(HURT, cite(HURT)), headline=[bad]), [SOURCE], judge)
    assert only.headline is not None
    assert only.headline.text == HURT


def test_nothing_holds() -> None:
    bad = claim("The yard burns", cite(FERRIES))
    empty = Draft(headline=[bad], nut_graf=[bad], sections=[], written_by="test")
    checked = check(empty, [SOURCE], judge)
    assert checked.headline is None
    assert checked.nut_graf is None
    assert len(checked.withheld) == 1


def test_the_nut_graf_does_not_say_the_headline_over_again() -> None:
    ferries = claim(FERRIES, cite(FERRIES))
    offered = Draft(headline=[GOOD], nut_graf=[GOOD, ferries], sections=[], written_by="test")
    nut_graf = check(offered, [SOURCE], judge).nut_graf
    assert nut_graf is not None
    assert nut_graf.text == FERRIES
    alone = Draft(headline=[GOOD], nut_graf=[GOOD], sections=[], written_by="test")
    nut_graf = check(alone, [SOURCE], judge).nut_graf
    assert nut_graf is not None
    assert nut_graf.text == PIER


def test_a_pronoun_must_stand_in_the_words_that_are_cited() -> None:
    checked = check(draft(claim("She sold the pier.", cite(PIER))), [SOURCE], judge)
    assert judge("She sold the pier.", [SOURCE]).verdict == "supported"
    assert checked.sections == []
    assert checked.withheld[0].reason == "it doesn't say who “She” is"
