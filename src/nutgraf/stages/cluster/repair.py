"""Look again at recent stories: what later articles show may join two of them, or part one.

The articles that came since the last look, and those they were near to, are compared anew with
all that the window holds by now. Around them the stories are built again from below, always
joining the two groups whose articles are on average most surely of one event (average linkage,
UPGMA); an id stays with the group that has most of its articles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np

from nutgraf.stages.cluster.decide import UNKNOWN, Scorer, compare, story_id, told_of
from nutgraf.stages.cluster.model import shipped
from nutgraf.stages.cluster.terms import unpack
from nutgraf.stages.cluster.window import Floats, Window
from nutgraf.types import Placement

__all__ = ["LINK", "repair"]

LINK = -2.0
"""Log odds from which a pair makes two stories neighbours that are looked at together."""
_JOIN, _JOIN_YOUNG, _YOUNG = -0.9, -0.4, 300
"""Mean log odds between two groups from which they are one story; in a window with few articles
more is needed, as there two reports from one country are each other's nearest for want of others.
A first day of the bundled newsroom: F1 .81 to .99, of incidents .842 to .868 (2026-11-22)."""
_KEEP = 0.75
"""Log odds added to pairs that are together now: a story is not torn apart by a trifle."""
_GLUED = 1.0
"""Log odds of a pair that is together now and was not compared again."""
_NEVER = -1e9
_LARGE = 40
"""Articles from which a story is taken as one whole, and stands for itself by its latest."""
_MOST = 250
"""Articles that are built into stories together at most."""


def repair(window: Window, score: Scorer = shipped) -> list[Placement]:
    """Look again at the articles of `window.touched` and around them; what moved.

    The articles that an editor put somewhere (`window.pinned`) stay there.
    """
    odds = {slot: _again(slot, window, score) for slot in window.touched if window.data[slot]}
    window.touched.clear()
    moves: list[Placement] = []
    for stories in _neighbourhoods(odds, window):
        if len(stories) > 1:
            # Two stories are judged by all their articles, not by those that came last alone.
            members = [slot for story in stories for slot in window.stories[story][-_LARGE:]]
            odds |= {
                slot: _again(slot, window, score) for slot in members[:_MOST] if slot not in odds
            }
        moves += _settled(stories, odds, window)
    return moves


def _again(slot: int, window: Window, score: Scorer) -> dict[int, float]:
    vector = None if window.vectors is None else window.vectors[slot]
    near = compare(window.article[slot], unpack(window.data[slot]), window, score, vector)
    if (article := window.article[slot]) in window.bridges:
        window.bridges[article] = told_of(near, window)
        if len(window.bridges[article]) > 1:
            return {}  # it links stories that have nothing else in common
    return dict(zip(near.slots.tolist(), near.odds.tolist(), strict=True))


def _neighbourhoods(odds: dict[int, dict[int, float]], window: Window) -> Iterable[list[str]]:
    """Groups of stories that some pair compared again links."""
    leader: dict[str, str] = {}

    def find(story: str) -> str:
        while leader.setdefault(story, story) != story:
            story = leader[story]
        return story

    for slot, pairs in odds.items():
        own = find(window.story[slot])
        for other, value in pairs.items():
            if value > LINK:
                leader[find(window.story[other])] = own
    groups: dict[str, list[str]] = {}
    for story in list(leader):
        groups.setdefault(find(story), []).append(story)
    return groups.values()


def _settled(
    stories: list[str], odds: dict[int, dict[int, float]], window: Window
) -> list[Placement]:
    """Build some stories again from their articles."""
    slots: list[int] = []
    glued: list[list[int]] = []
    for story in sorted(stories, key=lambda s: window.stories[s][0]):
        members = window.stories[story][-_LARGE:]
        if len(slots) + len(members) > _MOST:
            break
        held = [
            n
            for n, slot in enumerate(members, len(slots))
            if len(window.stories[story]) > _LARGE or window.article[slot] in window.pinned
        ]
        if held:
            glued.append(held)
        slots += members
    groups = _linked(_matrix(slots, odds, window), glued, _enough(window))
    return _moves(groups, slots, window)


def _matrix(slots: list[int], odds: dict[int, dict[int, float]], window: Window) -> Floats:
    """Log odds of each pair: as compared again from one side or both, or as they stand."""
    at = {slot: n for n, slot in enumerate(slots)}
    story = np.unique([window.story[slot] for slot in slots], return_inverse=True)[1]
    together = story[:, None] == story[None, :]
    total, times = np.zeros((len(slots), len(slots))), np.zeros((len(slots), len(slots)))
    for slot, pairs in odds.items():
        row = at.get(slot)
        if row is None:
            continue
        for other, value in pairs.items():
            if (column := at.get(other)) is not None:
                total[row, column] += value
                times[row, column] += 1
    total, times = total + total.T, times + times.T
    looked = np.array([slot in odds for slot in slots])
    unknown = np.where(together & ~(looked[:, None] & looked[None, :]), _GLUED, UNKNOWN)
    found: Floats = np.where(times > 0, total / np.maximum(times, 1), unknown)
    pinned = np.array([window.article[slot] in window.pinned for slot in slots])
    found[(pinned[:, None] & pinned[None, :]) & ~together] = _NEVER
    found += _KEEP * together
    return found


def _enough(window: Window) -> float:
    return _JOIN_YOUNG + (_JOIN - _JOIN_YOUNG) * min(1.0, len(window) / _YOUNG)


def _linked(matrix: Floats, glued: list[list[int]], least: float) -> list[list[int]]:
    """Average linkage down to `least`; `glued` groups are whole from the start."""
    n = len(matrix)
    groups: list[list[int]] = [[i] for i in range(n)]
    size = np.ones(n)
    sums = matrix.copy()
    np.fill_diagonal(sums, -np.inf)

    def join(a: int, b: int) -> None:
        groups[a] += groups[b]
        groups[b] = []
        sums[a] += sums[b]
        sums[:, a] = sums[a]
        sums[a, a] = -np.inf
        sums[b] = sums[:, b] = -np.inf
        size[a] += size[b]

    for held in glued:
        first = next(i for i in range(n) if held[0] in groups[i])
        for other in held[1:]:
            second = next(i for i in range(n) if other in groups[i])
            if first != second:
                join(first, second)
    while n > 1:
        mean = sums / (size[:, None] * size[None, :])
        a, b = divmod(int(np.argmax(mean)), n)
        if not mean[a, b] > least:
            break
        join(min(a, b), max(a, b))
    return [group for group in groups if group]


def _moves(groups: list[list[int]], slots: list[int], window: Window) -> list[Placement]:
    """What is to be moved so that each group is one story."""
    moves: list[Placement] = []
    for name, group in zip(_names(groups, slots, window), groups, strict=True):
        moved = [slots[i] for i in sorted(group) if window.story[slots[i]] != name]
        # A large story stands here by its latest articles only: the others go with them.
        for story in {window.story[slot] for slot in moved}:
            if len(window.stories[story]) > _LARGE:
                moved += [slot for slot in window.stories[story] if slot not in moved]
        moves += [_moved(slot, name, window) for slot in moved]
    return moves


def _names(groups: list[list[int]], slots: list[int], window: Window) -> list[str]:
    """Each group keeps the id it has most articles of, an editor's first; or gets a new one."""
    shares: list[tuple[int, int, str]] = []
    for n, group in enumerate(groups):
        for story, count in Counter(window.story[slots[i]] for i in group).items():
            held = any(
                window.article[slots[i]] in window.pinned
                for i in group
                if window.story[slots[i]] == story
            )
            size = len(window.stories[story])
            weight = size if size > _LARGE else count
            shares.append((-weight - _MOST * 1000 * held, n, story))
    names: dict[int, str] = {}
    taken: set[str] = set()
    for _, n, story in sorted(shares):
        if n not in names and story not in taken:
            names[n] = story
            taken.add(story)
    for n, group in enumerate(groups):
        if n not in names:
            names[n] = _new_id(group, slots, window, taken)
            taken.add(names[n])
    return [names[n] for n in range(len(groups))]


def _new_id(group: list[int], slots: list[int], window: Window, taken: set[str]) -> str:
    """An id for a group that parts from a story: of its first article whose own is not in use."""
    articles = [window.article[slots[i]] for i in sorted(group)]
    for suffix in ("", *(f" {n}" for n in range(2, 1000))):
        for article in articles:
            name = story_id(article + suffix)
            if name not in taken and name not in window.stories:
                return name
    raise AssertionError("a thousand stories of one article")


def _moved(slot: int, story: str, window: Window) -> Placement:
    old = window.story[slot]
    window.move(slot, story)
    reason = f"looked at again: nearer to {story} than to {old}"
    return Placement(article=window.article[slot], story=story, score=0.5, reason=reason)
