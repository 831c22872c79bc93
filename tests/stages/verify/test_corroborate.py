"""corroborate: every origin that says a claim by itself is cited, and no other."""

from __future__ import annotations

from nutgraf.stages.verify import check, corroborate, holds, judge
from nutgraf.types import Article, Checked, Citation, Claim, Draft, Section

SAID = "The council of Orrin closed the old bridge on Monday."
FULL = (
    "The council of Orrin closed the old bridge on Monday, ending a long quarrel. "
    "The mayor, Ona Bell, wept."
)
OTHER = "Orrin's council shut its ageing bridge this week."
ONE = Article(id="one", text=f"{SAID} It rained.", language="en")
TWO = Article(id="two", text=f"A crowd came. {FULL}", language="en", revision=3)
THREE = Article(id="three", text=OTHER, language="en")
COPY = Article(id="copy", text=f"{SAID} It rained.", language="en")
ARTICLES = [ONE, TWO, THREE, COPY]


def first(article: str) -> str:
    return "one" if article == "copy" else article


def cite(article: Article, quote: str) -> Citation:
    start = article.text.index(quote)
    end = start + len(quote)
    return Citation(
        article=article.id, revision=article.revision, start=start, end=end, quote=quote
    )


def held(text: str, quote: str = SAID) -> Checked:
    claim = Claim(text=text, citations=[cite(ONE, quote)], origins=1)
    draft = Draft(
        headline=[claim],
        nut_graf=[claim],
        sections=[Section(heading="What happened", claims=[claim])],
        written_by="test",
    )
    return corroborate(check(draft, ARTICLES, judge), ARTICLES, first, judge)


def test_another_origin_with_the_same_words_is_cited_exactly() -> None:
    checked = held("The council of Orrin closed the old bridge.")
    for claim in (checked.headline, checked.nut_graf, checked.sections[0].claims[0]):
        assert claim is not None
        assert [c.article for c in claim.citations] == ["one", "two"]
        assert claim.origins == 2
        second = claim.citations[1]
        assert second.revision == 3
        assert TWO.text[second.start : second.end] == second.quote
        assert judge(claim.text, [Article(id="x", text=second.quote)]).verdict == "supported"


def test_nobody_is_cited_for_other_words_or_for_a_copy() -> None:
    checked = held("It rained.", "It rained.")
    claim = checked.sections[0].claims[0]
    assert [c.article for c in claim.citations] == ["one"]
    assert claim.origins == 1


def test_two_quotes_of_one_article_may_carry_a_claim_together() -> None:
    text = "Ona Bell wept over the bridge. It was the mayor who signed. Bell said the rust won."
    source = Article(id="s", text=text, language="en")
    claim = Claim(
        text="Ona Bell said the rust won.",
        citations=[cite(source, "Bell said the rust won."), cite(source, text.split(".")[0] + ".")],
        origins=1,
    )
    assert holds(claim, [source], judge)
    alone = Claim(text=claim.text, citations=claim.citations[:1], origins=1)
    assert not holds(alone, [source], judge)


def test_a_pronoun_does_not_reach_across_what_is_not_cited() -> None:
    text = "Ona Bell resigned. A driver, Moe Pell, crashed. He was jailed."
    source = Article(id="s", text=text, language="en")
    claim = Claim(
        text="Ona Bell resigned. He was jailed.",
        citations=[cite(source, "Ona Bell resigned."), cite(source, "He was jailed.")],
        origins=1,
    )
    assert not holds(claim, [source], judge)
