"""Put each article, as it comes, into a story.

One decision an article, in the order given: it is compared with the nearest articles of the
window, pair by pair, by a learned scorer, and joins the story whose articles are most surely of
the same event, or starts one. Later articles show more: `repair` looks again at recent stories,
joins and parts them. Story ids come from article ids, so a run repeated after a crash gives the
same ones.
"""

from __future__ import annotations

from nutgraf.stages.cluster.decide import Scorer, story_id
from nutgraf.stages.cluster.model import shipped
from nutgraf.stages.cluster.place import place, rare_names
from nutgraf.stages.cluster.repair import repair
from nutgraf.stages.cluster.stream import StoryAnswer, stream
from nutgraf.stages.cluster.terms import MADE_BY, features
from nutgraf.stages.cluster.window import Row, Window

__all__ = [
    "MADE_BY", "Row", "Scorer", "StoryAnswer", "Window", "features", "place", "rare_names",
    "repair", "shipped", "story_id", "stream",
]  # fmt: skip
