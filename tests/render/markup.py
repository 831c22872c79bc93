"""Reading HTML strictly: what a validator would complain about, as far as we can break it."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
INTERACTIVE = frozenset("a button summary".split())
FLOW_ONLY = frozenset("details div ul ol table section p h1 h2 h3 blockquote article".split())
PHRASING_PARENTS = frozenset("p h1 h2 h3 span summary a b q bdi".split())
CLASSES = frozenset(("header", "main", "footer", "nav", "aside"))


class Page(HTMLParser):
    """What a page holds, and its faults. SVG's self-closed elements are allowed."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(html)
        self.close()
        self.faults += [f"<{tag}> is never closed" for tag in self.open]
        self._check_ids()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(set(names)) < len(names):
            self.faults.append(f"<{tag}> repeats an attribute")
        if tag in FLOW_ONLY and self.open and self.open[-1] in PHRASING_PARENTS:
            self.faults.append(f"<{tag}> inside <{self.open[-1]}>")
        if tag in INTERACTIVE and INTERACTIVE & set(self.open):
            self.faults.append(f"<{tag}> inside another control")
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> closes {self.open[-1:]}")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def _check_ids(self) -> None:
        ids = [attrs["id"] for _, attrs in self.tags if "id" in attrs]
        self.faults += [f"id {one} is used twice" for one in set(ids) if ids.count(one) > 1]
        for _, attrs in self.tags:
            named = attrs.get("aria-labelledby")
            if named and named not in ids:
                self.faults.append(f"aria-labelledby {named} names nothing")
        if sum(tag == "h1" for tag, _ in self.tags) != 1:
            self.faults.append("not exactly one h1")

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]

    @property
    def hrefs(self) -> list[str]:
        return [attrs.get("href") or "" for tag, attrs in self.tags if "href" in attrs]
