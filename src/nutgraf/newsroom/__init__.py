"""The facade: `Newsroom.open("news.db")` does all that the commands do."""

from __future__ import annotations

from nutgraf.newsroom.desk import Newsroom
from nutgraf.newsroom.documents import audit_documents, audit_page, brief_documents, load
from nutgraf.newsroom.lines import extract_lines, figure_lines, story_lines, support_lines
from nutgraf.newsroom.verifying import open_verifier, verifier_here
from nutgraf.newsroom.views import FeedCheck, Status, StoryView, Why
from nutgraf.newsroom.writers import writing_here

__all__ = [
    "FeedCheck",
    "Newsroom",
    "Status",
    "StoryView",
    "Why",
    "audit_documents",
    "audit_page",
    "brief_documents",
    "extract_lines",
    "figure_lines",
    "load",
    "open_verifier",
    "story_lines",
    "support_lines",
    "verifier_here",
    "writing_here",
]
