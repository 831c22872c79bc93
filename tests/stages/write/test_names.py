"""A bare surname gets its first name where the brief has not named the person."""

from __future__ import annotations

from datetime import UTC, datetime

from nutgraf.stages.verify import check, holds, judge
from nutgraf.stages.write import write
from nutgraf.stages.write.names import Names, named, speakers, unnamed
from nutgraf.text.tokens import tokenise
from nutgraf.types import Article, Claim, Coverage, Draft, Story

NOW = datetime(2026, 11, 20, tzinfo=UTC)
GULL = Article(
    id="gull",
    title="Quarry slides",
    language="en",
    text="""A slope of the Orrin quarry slid on Tuesday and buried two diggers.
The quarry inspector, Ona Tervik, visited the slope in March.
It rained.
Tervik said the slope of the quarry had moved four centimetres in the week before it slid.""",
)
TERN = Article(
    id="tern",
    title="Two diggers buried in Orrin",
    language="en",
    text="""Two diggers were buried when a slope of the Orrin quarry slid on Tuesday.
Halvard said the diggers had been parked under the slope of the quarry overnight.
“We had warned of that slope of the quarry all week,” said Halvard.""",
)


def told(*articles: Article, knowing: bool) -> tuple[Draft, list[Claim]]:
    ids = [article.id for article in articles]
    story = Story(id="s", created_at=NOW, updated_at=NOW, articles=ids)
    coverage = Coverage(story=story, articles=list(articles), traces={})
    draft = (
        write(coverage, [], lambda claim: holds(claim, articles, judge))
        if knowing
        else write(coverage, [])
    )
    return draft, [
        *draft.headline,
        *draft.nut_graf,
        *(claim for section in draft.sections for claim in section.claims),
    ]


def test_a_speaker_is_named_in_full_and_where_that_is_said_is_cited() -> None:
    draft, claims = told(GULL, knowing=True)
    moved = next(claim for claim in claims if "four centimetres" in claim.text)
    assert moved.text.startswith("Ona Tervik said the slope")
    assert [c.quote.split()[0] for c in moved.citations] == ["Tervik", "The"]
    checked = check(draft, [GULL], judge)
    assert checked.withheld == []
    kept = [checked.headline, checked.nut_graf, *(c for s in checked.sections for c in s.claims)]
    (full,) = [c for c in kept if c and "four centimetres" in c.text]
    assert len(full.citations) == 2
    assert full.origins == 1


def test_no_name_is_put_in_that_nobody_has_checked() -> None:
    _, claims = told(GULL, knowing=False)
    assert not any("Ona Tervik said" in claim.text for claim in claims)


def test_a_speaker_whom_nobody_introduces_is_not_quoted() -> None:
    _, claims = told(GULL, TERN, knowing=True)
    assert claims
    assert not any("Halvard" in claim.text for claim in claims)


def test_a_name_that_two_people_share_tells_nothing() -> None:
    sentences = ["Ona Tervik came.", "Her brother Moe Tervik stayed.", "Tervik said no."]
    assert Names([tokenise(s) for s in sentences]).person("Tervik") is None
    one = Names([tokenise(s) for s in sentences[::2]]).person("Tervik")
    assert one is not None
    assert (one.full, one.at) == ("Ona Tervik", 0)


def test_who_is_bare_and_who_is_named() -> None:
    assert unnamed(tokenise("Tervik walked away.")) == ["Tervik"]
    assert speakers(tokenise("The slope moved, according to Tervik.")) == ["Tervik"]
    assert speakers(tokenise("The slope moved, security firm Nettlewort said.")) == []
    assert speakers(tokenise("Inspector Ona Tervik said no.")) == []
    assert speakers(tokenise("Police said no.")) == []
    assert named(tokenise("Inspector Ona Tervik said no.")) == {"Tervik"}
    assert named(tokenise("On Monday Tervik said no.")) == set()
