"""compose: what one origin alone tells is listed; what another says in other words is not."""

from __future__ import annotations

from datetime import UTC, datetime

from nutgraf.stages import compose
from nutgraf.types import (
    Article,
    Brief,
    Checked,
    Citation,
    Claim,
    Coverage,
    Draft,
    Origin,
    Section,
    Story,
)

NOW = datetime(2026, 11, 20, tzinfo=UTC)
CLOSED = "The council of Orrin closed the old bridge on Monday."
CHOIR = "A choir of 40 sang at the harbour gate."
GULL = Article(id="gull", text=f"{CLOSED} {CHOIR}", language="en")
TERN = Article(id="tern", text="Orrin's old bridge has been closed by its council.", language="en")


def brief(*articles: Article, traces: dict[str, Origin] | None = None) -> Brief:
    ids = [article.id for article in articles]
    coverage = Coverage(
        story=Story(id="s", created_at=NOW, updated_at=NOW, articles=ids),
        articles=list(articles),
        traces=traces or {},
    )
    claims = []
    for text in (CLOSED, CHOIR):
        start = GULL.text.index(text)
        cited = Citation(article="gull", revision=1, start=start, end=start + len(text), quote=text)
        claims.append(Claim(text=text, verdict="supported", citations=[cited], origins=1))
    sections = [Section(heading="What happened", claims=claims)]
    draft = Draft(headline=claims[:1], nut_graf=claims[:1], sections=sections, written_by="test")
    checked = Checked(headline=claims[0], nut_graf=claims[0], sections=sections, withheld=[])
    made = compose.brief(coverage, draft, checked, [], NOW)
    assert isinstance(made, Brief)
    return made


def test_only_what_nobody_else_says_in_any_words_is_one_origins() -> None:
    assert [claim.text for claim in brief(GULL, TERN).only_one] == [CHOIR]


def test_a_story_of_one_origin_marks_nothing() -> None:
    assert brief(GULL).only_one == []
    copied = {"tern": Origin(article="tern", first="gull", how="copy", copy_of="gull")}
    assert brief(GULL, TERN, traces=copied).only_one == []
