"""What speaks for and against two articles being about one event: the signals of a pair."""

from __future__ import annotations

import numpy as np

from nutgraf.stages.cluster.terms import (
    AGE,
    CLOCK,
    COUNTED,
    HEADER,
    LEAD,
    NAME,
    NO_DAY,
    NUMBER,
    PHRASE,
    PLACE,
    TITLE,
    WIDTH,
    Terms,
)  # fmt: skip
from nutgraf.stages.cluster.window import (
    SUBLINEAR,
    TOP_NAMES,
    TOPS,
    Floats,
    Keys,
    Slots,
    Vector,
    Window,
    measures,
    tops,
)

__all__ = ["LIKENESS", "SIGNALS", "signals"]

SIGNALS = (
    "cos_all", "cos_plain", "cos_title", "cos_opening", "cos_names", "cos_phrases", "cos_numbers",
    "title_least", "title_most", "names_shared", "names_share", "ages_shared", "ages_differ",
    "clocks_shared", "clocks_differ", "place_share", "places_differ", "rare_shared", "log_shared",
    "rarest_name", "rarest_word", "containment", "phrases_shared",
    "counts_differ", "main_names_least", "main_names_most", "main_terms_least", "main_terms_most",
    "gap", "event_apart",
    "event_published", "words_least", "words_most",
    "likeness", "rank", "of_best", "over_next", "standing", "rivals", "best", "of_its_best",
    "over_its_near", "vector", "vector_over",
)  # fmt: skip
LIKENESS = SIGNALS.index("likeness")
_KINDS = NAME | PHRASE | NUMBER
_OPENING = TITLE | LEAD
_NO_VECTOR = -9.0


def signals(terms: Terms, near: Slots, window: Window, alike: Vector | None = None) -> Floats:
    """Pair signals of an article with each candidate: float64[len(near), len(SIGNALS)].

    `alike` is what `window.alike` gave for the article's vector.
    """
    idf = window.idf(terms)
    mine = measures(terms, idf)
    theirs = window.measured[near].astype(np.float64)
    own = tops(terms, idf)
    sums, rarest = _shared(terms, idf, own, near, window)
    cosines = sums[:, :7] / np.sqrt(np.maximum(mine[:7] * theirs[:, :7], 1e-9))
    title_mine = sums[:, 7] / max(mine[7], 1e-9)
    title_theirs = sums[:, 8] / np.maximum(theirs[:, 7], 1e-9)
    both = np.minimum(mine[7:], theirs[:, 7:])  # title, names, ages, clocks, places, terms
    ages, clocks, places, count = sums[:, 10], sums[:, 11], sums[:, 12], sums[:, 14]
    alone = np.stack([
        np.minimum(title_mine, title_theirs), np.maximum(title_mine, title_theirs),
        sums[:, 9], sums[:, 9] / np.maximum(both[:, 1], 1e-9),
        ages, (both[:, 2] > 0) & (ages == 0), clocks, (both[:, 3] > 0) & (clocks == 0),
        places / np.maximum(both[:, 4], 1e-9), (both[:, 4] > 0) & (places == 0),
        sums[:, 13], np.log1p(count), rarest[0], rarest[1],
        count / np.maximum(both[:, 6], 1.0), sums[:, 15],
        (both[:, 5] > 0) * (sums[:, 16] - np.minimum(sums[:, 17], sums[:, 16])),
        *_mains(terms, sums[:, 18:20], own, window.tops[near]),
        *_times(terms, window.days[near].astype(np.float64)),
    ], axis=1)  # fmt: skip
    likeness = 0.5 * cosines[:, 0] + 0.2 * cosines[:, 3] + 0.2 * cosines[:, 4] + 0.1 * cosines[:, 2]
    context = _context(likeness, window.near[near].astype(np.float64))
    return np.concatenate([cosines, alone, context, _vectors(near, window, alike)], axis=1)


def _shared(
    terms: Terms, idf: Floats, own: Keys, near: Slots, window: Window
) -> tuple[Floats, Floats]:
    """Sums over the terms an article shares with each candidate, and the rarest name and word."""
    blobs = [window.data[slot] for slot in near.tolist()]
    sizes = [(len(blob) - HEADER) // WIDTH for blob in blobs]
    hashes = np.frombuffer(
        b"".join(b[HEADER : HEADER + 4 * n] for b, n in zip(blobs, sizes, strict=True)), np.uint32
    )
    rest = np.frombuffer(
        b"".join(b[HEADER + 4 * n : HEADER + 6 * n] for b, n in zip(blobs, sizes, strict=True)),
        np.uint8,
    )
    at = np.minimum(np.searchsorted(terms.hashes, hashes), len(terms.hashes) - 1)
    shared = np.flatnonzero(terms.hashes[at] == hashes)
    at = at[shared]
    owner = np.repeat(np.arange(len(near)), sizes)[shared]
    # Counts and marks of each stand one after the other: skip as many as its owner has terms.
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    index = shared + starts[owner]
    counts, marks = rest[index], rest[index + np.array(sizes)[owner]]
    mine = terms.marks[at]
    w = idf[at]
    square = w * w
    heavy = square * SUBLINEAR[terms.counts[at]] * SUBLINEAR[counts]
    title, opening = (mine & TITLE) > 0, (mine & _OPENING) > 0
    title_2, opening_2 = (marks & TITLE) > 0, (marks & _OPENING) > 0
    plain, names, phrases = (mine & _KINDS) == 0, (mine & NAME) > 0, (mine & COUNTED) == PHRASE
    numbers, counted = (mine & COUNTED) == NUMBER, (mine & COUNTED) == COUNTED
    top = np.isin(terms.hashes, own[:TOP_NAMES])[at]
    top_any = np.isin(terms.hashes, own[TOP_NAMES:])[at]
    named = names | phrases
    columns = np.stack([
        heavy, heavy * plain, square * (title & title_2), square * (opening & opening_2),
        heavy * names, square * phrases, square * numbers,
        w * title, w * title_2, w * (named & (opening | opening_2)),
        (mine & marks & AGE) > 0, (mine & marks & CLOCK) > 0,
        w * ((mine & PLACE) > 0) * ((marks & PLACE) > 0),
        w > 6.0, np.ones_like(w), w * (phrases & (opening | opening_2)),
        counted, numbers, top, top_any,
    ])  # fmt: skip
    held = np.zeros((len(near), len(shared)))
    held[owner, np.arange(len(shared))] = 1.0
    rarest = np.zeros((2, len(near)))
    if len(shared):
        rarest[0] = (held * (w * named)).max(axis=1)
        rarest[1] = (held * (w * plain)).max(axis=1)
    return held @ columns.T, rarest


def _mains(terms: Terms, held: Floats, own: Keys, theirs: Keys) -> list[Floats]:
    """Share of what either article is mainly about that the other has: names, then terms."""
    at = np.minimum(np.searchsorted(terms.hashes, theirs), len(terms.hashes) - 1)
    has = (terms.hashes[at] == theirs) & (theirs > 0)
    found: list[Floats] = []
    for n, part in enumerate((slice(0, TOP_NAMES), slice(TOP_NAMES, TOPS))):
        mine: Floats = held[:, n] / max(1, int(np.count_nonzero(own[part])))
        other: Floats = np.count_nonzero(has[:, part], axis=1) / np.maximum(
            1, np.count_nonzero(theirs[:, part], axis=1)
        )
        found += [np.minimum(mine, other), np.maximum(mine, other)]
    return found


def _times(terms: Terms, days: Floats) -> tuple[Floats, ...]:
    """Days between publications and between the days named; -1 where not known. Lengths."""
    known = days != NO_DAY
    gap = np.full(len(days), -1.0)
    if terms.day is not None:
        gap = np.where(known[:, 0], np.log1p(np.abs(days[:, 0] - terms.day)), -1.0)
    apart, published = np.full(len(days), 1e9), np.full(len(days), 1e9)
    for event in terms.events:
        for column in (1, 2):
            diff = np.abs(days[:, column] - event)
            apart = np.where(known[:, column], np.minimum(apart, diff), apart)
        # What happened after the other was published is another event.
        diff = event - days[:, 0]
        published = np.where(known[:, 0], np.minimum(published, diff), published)
    if terms.day is not None:
        for column in (1, 2):
            diff = days[:, column] - terms.day
            published = np.where(known[:, column], np.minimum(published, diff), published)
    apart = np.where(apart > 1e8, -1.0, np.log1p(np.minimum(apart, 1e5)))
    published = np.where(published > 1e8, -9.0, np.clip(published, -8.0, 30.0))
    words = np.log1p(np.maximum(days[:, 3], 0))
    own = np.log1p(terms.words)
    return gap, apart, published, np.minimum(words, own), np.maximum(words, own)


def _vectors(near: Slots, window: Window, alike: Vector | None) -> Floats:
    """Cosine of the vectors, and by how many deviations it is above that with all articles.

    Models differ in what cosine strangers have; the second makes them comparable.
    """
    found = np.full((len(near), 2), _NO_VECTOR)
    if alike is None or window.vectors is None:
        return found
    cosines = alike[near].astype(np.float64)
    usual, spread = float(alike.mean()), max(float(alike.std()), 0.03)
    found[:, 0], found[:, 1] = cosines, (cosines - usual) / spread
    found[~window.vectors[near].any(axis=1)] = _NO_VECTOR
    return found


def _context(likeness: Floats, its: Floats) -> Floats:
    """How a candidate stands among the others, and among those it was near to before."""
    order = np.argsort(-likeness, kind="stable")
    rank = np.empty(len(likeness))
    rank[order] = np.arange(len(likeness))
    ranked = likeness[order]
    best = ranked[0]
    # The mean of the five after each; of the first five others for the worst.
    sums = np.concatenate([[0.0], np.cumsum(ranked)])
    first = np.minimum(np.arange(len(ranked)) + 1, len(ranked))
    last = np.minimum(first + 5, len(ranked))
    following = (sums[last] - sums[first]) / 5.0
    next_ = np.empty(len(likeness))
    next_[order] = following
    spread = max(float(ranked.std()), 0.02)
    rivals = float((ranked > 0.6 * best).sum())
    full = np.full(len(likeness), 1.0)
    return np.stack([
        likeness, rank, likeness / max(best, 1e-9), likeness - next_,
        (likeness - ranked.mean()) / spread, rivals * full, best * full,
        likeness / np.maximum(its[:, 0], 0.05), likeness - its[:, 1],
    ], axis=1)  # fmt: skip
