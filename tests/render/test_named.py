"""The page says what all sources name of what they list, and what only one names."""

from __future__ import annotations

from msgspec.structs import replace
from sample import EDITION, FLOOD

from nutgraf.config import SiteConfig
from nutgraf.render import render_site
from nutgraf.types import Citation, Edition, Named, Source


def test_what_all_name_and_what_one_names_stand_under_coverage() -> None:
    def source(key: str, origin: str) -> Source:
        return Source(
            article=key, revision=1, title=key, publisher=f"Paper {key}", url=None,
            published=None, origin=origin, text="tides & nets",
        )  # fmt: skip

    cited = Citation(article="b", revision=1, start=8, end=12, quote="nets")
    brief = replace(
        FLOOD,
        sources=[source("a", "a"), source("b", "b")],
        origins=2,
        named=[
            Named(what="tides & <ebb>", articles=["a", "b"], citation=cited),
            Named(what="nets", articles=["b"], citation=cited),
        ],
    )
    place = next(one for one in EDITION.stories if one.brief.story == FLOOD.story)
    edition: Edition = replace(EDITION, stories=[replace(place, brief=brief)])
    page = render_site(edition, SiteConfig())[f"stories/{FLOOD.story}.html"].decode()
    assert '<b>All name</b>: <span dir="auto">tides &amp; &lt;ebb&gt;</span>.' in page
    assert '<b>Only Paper b names</b>: <span dir="auto">nets</span>.' in page
