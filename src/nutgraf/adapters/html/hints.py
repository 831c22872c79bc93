"""What on a page may tell its kind: types, sections, tags, labels."""

from __future__ import annotations

from nutgraf.adapters.html.marks import Marks, strings, types_of

__all__ = ["hints_of"]

_META = (
    "og:type", "article:section", "article:tag", "section", "parsely-section", "sailthru.tags",
    "article.section", "cxenseparse:articletype", "content_type", "articletype", "genre",
    "twitter:label1",
)  # fmt: skip
_MOST = 30


def hints_of(marks: Marks) -> list[str]:
    """schema.org types, og:type, sections, genres and tags as given, without repeats."""
    found = types_of(marks.article)
    for node in marks.nodes:
        found += [name for name in types_of(node) if name.endswith(("newsarticle", "posting"))]
    for key in ("articleSection", "genre"):
        found += strings(marks.article.get(key))
    for name in _META:
        found += marks.meta.get(name, [])
    found += marks.kickers
    return list(dict.fromkeys(hint for hint in found if len(hint) <= 80))[:_MOST]
