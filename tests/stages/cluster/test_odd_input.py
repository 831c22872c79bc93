"""Whatever comes, every article gets its answer and no story swallows the stream."""

from __future__ import annotations

from collections import Counter

import pytest

from nutgraf.evals.languages import labelled
from nutgraf.stages import cluster
from nutgraf.stages.cluster.terms import NAME, unpack
from nutgraf.text.rarity import UNLISTED, zipf
from nutgraf.types import Article

ARTICLES = [article for article, _ in labelled()]


def answered(articles: list[Article]) -> dict[str, str | None]:
    return {answer.id: answer.story for answer in cluster.stream(articles)}


ODD = {
    "empty": "",
    "blank": " \n\t",
    "one word": "ferry " * 150_000,
    "one token": "a" * 1_000_000,
    "mixed scripts": "Ferry паром 渡轮 عبارة " * 20_000,
    "no text": "\x00\ufffe",
    "numbers": "1 2 3 4 5 6 7 8 9 " * 5_000,
    "capitals": "A B C D E F G H " * 5_000,
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_an_odd_text_is_remembered_in_little_and_answered(text: str) -> None:
    odd = Article(id="odd", text=text)
    assert len(cluster.features(odd)) <= 2400
    found = answered([*ARTICLES[:3], odd, ARTICLES[3]])
    assert len(found) == 5
    assert Counter(found.values())[found["odd"]] == 1


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31T23:59:59Z", "soon", "", None])
def test_a_date_that_is_wrong_by_years_or_missing_is_no_obstacle(published: str | None) -> None:
    first = ARTICLES[0]
    wrong = Article(id="wrong", title=first.title, text=first.text, published=published)
    found = answered([first, wrong, *ARTICLES[1:4]])
    assert found["wrong"] == found[first.id], "one text is one event, whatever its date"


def test_a_stream_of_look_alikes_is_not_one_story() -> None:
    """The same form filled in for hundreds of events."""
    form = (
        "The council of {0} met on Monday to discuss item {1}. Chair {2} {0} said the item would "
        "cost {3} crowns and that the vote on item {1} was postponed."
    )
    ends = "den wick stead ford ham by ton mere dale combe".split()
    names = [f"{a}{b}".title() for a in ("bra", "kel", "mor", "sin", "tul") for b in ends]
    forms = [
        Article(id=f"{n}", text=form.format(names[n % 50], n * 37 % 911, names[n * 7 % 50], n * 13))
        for n in range(400)
    ]
    largest = Counter(answered(forms).values()).most_common(1)[0][1]
    assert largest <= 100


@pytest.mark.parametrize("language", sorted({a.language or "" for a in ARTICLES}))
def test_every_language_gives_words_of_differing_rarity(language: str) -> None:
    texts = [article for article in ARTICLES if article.language == language]
    for article in texts:
        terms = unpack(cluster.features(article))
        plain = terms.rarity[(terms.marks & NAME) == 0]
        assert len(plain) >= 15
        assert len(set(plain.tolist())) >= 8


def test_rarity_comes_from_the_list_of_the_language() -> None:
    assert zipf("school", "en") > zipf("ferry", "en") > UNLISTED
    assert zipf("schule", "de") > 4 > zipf("schule", "en")
    assert zipf("kittiwake", "en") == UNLISTED
    assert zipf("school", "xx") == zipf("school", "en")
