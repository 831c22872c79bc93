"""What kind of article a text is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.text.kinds import kind_of

URL = "https://example.org/2026/11/some-slug.html"


@pytest.mark.parametrize(
    ("hints", "title", "text", "url", "kind"),
    [
        ([], "Ferry service resumes", "The ferry resumed.", URL, "news"),
        (["opinionnewsarticle"], "Keep the ferry", "", URL, "opinion"),
        (["World/Opinion"], "Keep the ferry", "", URL, "opinion"),
        ([], "Opinion: Keep the ferry", "", URL, "opinion"),
        ([], "Keep the ferry | Opinion", "", URL, "opinion"),
        ([], "Meinung: Die Fähre muss bleiben", "", URL, "opinion"),
        ([], "Keep the ferry", "", "https://example.org/opinion/2026/ferry", "opinion"),
        ([], "Court delivers its opinion on ferries", "", URL, "news"),
        ([], "Analysis: Why the ferry failed", "", URL, "analysis"),
        (["liveblogposting"], "Storm", "", URL, "live"),
        ([], "Storm hits coast: live updates", "", URL, "live"),
        ([], "They live in the harbour", "", URL, "news"),
        ([], "Morning briefing: storm, ferry, tax", "", URL, "roundup"),
        ([], "Review: The Lighthouse at night", "", URL, "review"),
        ([], "Government orders review of ferries", "", URL, "news"),
        ([], "Harbour opens", "FOR IMMEDIATE RELEASE\nHarbour opens today.", URL, "press"),
        ([], "Harbour opens", "KELM, Nov. 20 /PRNewswire/ -- Harbour opens.", URL, "press"),
        (
            [],
            "Harbour opens",
            "Harbour opens today.\nAbout Kelm Harbour\nWe run it.\nMedia contact: Ann",
            URL,
            "press",
        ),
        ([], "Five ways to save", "Paid post\nFive ways.", URL, "sponsored"),
        (["Sponsored"], "Five ways to save", "", URL, "sponsored"),
        ([], "Introducing Lantern", "", URL, "release"),
        ([], "Lantern 2.1 released", "", URL, "release"),
        ([], "Film released after 2.5 years", "", URL, "news"),
        (["scholarlyarticle"], "On tides", "", URL, "research"),
    ],
)
def test_kind(hints: list[str], title: str, text: str, url: str, kind: str) -> None:
    assert kind_of(hints, title, text, url) == kind


def test_sponsored_wins_over_everything() -> None:
    assert kind_of(["opinion", "sponsored"], "Review: x", "", URL) == "sponsored"


@given(st.lists(st.text(max_size=20), max_size=4), st.text(max_size=60), st.text(max_size=200),
       st.none() | st.text(max_size=60))  # fmt: skip
def test_never_raises(hints: list[str], title: str, text: str, url: str | None) -> None:
    assert kind_of(hints, title, text, url)
