"""The server over real HTTP: pages, API, conditional requests, nothing outside the folder."""

from __future__ import annotations

import http.client
import json
import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple, cast

import msgspec
import pytest
import uvicorn
from hostile import EVIL
from markup import Page
from msgspec.structs import replace
from sample import EDITION

from nutgraf.config import Config, MailConfig, SiteConfig
from nutgraf.errors import NotFound, NutgrafError, StoreError
from nutgraf.render import render, render_index
from nutgraf.types import Article, Edition, Feed, Told
from nutgraf.web.app import create_app
from nutgraf.web.server import listening, serve_newsroom

ARTICLE = Article(id="a1", text="The ferry runs again.", url="https://port.example/a?x=1")
LATER = replace(EDITION, id="world-2026-11-23", stories=EDITION.stories[:2])
OTHER = replace(EDITION, id="ai-2026-11-22", beat="ai", title="AI", stories=[])
SECRET = "not for readers"


class FakeNewsroom:
    """What the server asks of a newsroom, from values."""

    def __init__(self, out: Path, editions: list[Edition]) -> None:
        self.config = Config(site=SiteConfig(title="The Desk"))
        self.out = out
        self._editions = editions
        self.broken = False

    def editions(self, beat: str | None = None) -> list[Edition]:
        if self.broken:
            raise StoreError("the database is locked; try again")
        return [edition for edition in self._editions if beat in (None, edition.beat)]

    def edition(self, id: str) -> Edition:
        return self._find([e for e in self._editions if e.id == id], f"no edition {id}")

    def story(self, id: str) -> dict[str, Any]:
        told = [e.id for e in self._editions if any(p.brief.story == id for p in e.stories)]
        return self._find([{"story": id, "told": told}] if told else [], f"no story {id}")

    def article(self, id: str) -> Article:
        return self._find([ARTICLE] if id in (ARTICLE.id, ARTICLE.url) else [], f"no article {id}")

    def search(self, q: str) -> list[Article]:
        return [ARTICLE] if q in ARTICLE.text else []

    def feeds(self) -> list[Feed]:
        return [Feed(url="https://port.example/feed")]

    def status(self) -> dict[str, Any]:
        return {"counts": {"articles": 1}}

    def why(self, subject: str) -> dict[str, Any]:
        return {"subject": subject}

    def told(self, story: str) -> list[Told]:
        return [
            Told(
                edition=edition.id, beat=edition.beat, issued_at=edition.issued_at, story=story,
                rank=place.rank, headline=place.brief.headline.text,
            )
            for edition in self._editions
            for place in edition.stories
            if place.brief.story == story
        ]  # fmt: skip

    def _find(self, found: list[Any], message: str) -> Any:
        if not found:
            raise NotFound(message)
        return found[0]


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Server:
    """A real uvicorn on loopback."""

    def __init__(self, newsroom: FakeNewsroom) -> None:
        self.newsroom = newsroom
        app = create_app(cast("Any", newsroom))
        self._uvicorn = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
        self._socket = listening("127.0.0.1", 0)
        self.port = self._socket.getsockname()[1]
        self._thread = threading.Thread(
            target=self._uvicorn.run, kwargs={"sockets": [self._socket]}, daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        self._uvicorn.should_exit = True
        self._thread.join(20)
        self._socket.close()

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """One request, its path sent as it is: no client tidies it."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, headers=named)
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, found, response.read())
        finally:
            connection.close()


def write(out: Path, editions: list[Edition]) -> None:
    site = SiteConfig(title="The Desk")
    for edition in editions:
        for path, body in render(edition, site, MailConfig()).items():
            (out / edition.id / path).parent.mkdir(parents=True, exist_ok=True)
            (out / edition.id / path).write_bytes(body)
    for path, body in render_index(editions, site).items():
        (out / path).write_bytes(body)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("newsroom")
    out = folder / "editions"
    write(out, [LATER, EDITION])
    (folder / "nutgraf.toml").write_text(SECRET)
    (folder / "news.db").write_text(SECRET)
    (out / ".world-2026-11-22-x").mkdir()
    (out / ".world-2026-11-22-x" / "index.html").write_text(SECRET)
    (out / "notes.txt").write_text(SECRET)
    running = Server(FakeNewsroom(out, [LATER, EDITION]))
    yield running
    running.stop()


def test_one_beat_leads_to_its_latest_edition(server: Server) -> None:
    answer = server.get("/")
    assert (answer.status, answer.headers["location"]) == (307, "editions/world-2026-11-23/")
    page = server.get("/editions/world-2026-11-23/")
    assert page.status == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert b"Floods in eastern Orlen" in page.body


def test_several_beats_lead_to_the_list_and_none_says_what_to_do(tmp_path: Path) -> None:
    newsroom = FakeNewsroom(tmp_path, [EDITION, OTHER])
    server = Server(newsroom)
    try:
        assert server.get("/").headers["location"] == "editions/"
        newsroom._editions = []
        answer = server.get("/")
        assert answer.status == 200
        assert b"nutgraf issue" in answer.body
        newsroom.broken = True
        answer = server.get("/")
        assert answer.status == 503
        assert b"the database is locked; try again" in answer.body
        assert server.get("/api/editions").json == {"error": "the database is locked; try again"}
    finally:
        server.stop()


def test_every_link_of_every_page_leads_to_something(server: Server) -> None:
    from urllib.parse import urljoin, urlsplit

    seen: set[str] = set()
    queue = ["/editions/", "/editions/world-2026-11-23/", "/api", "/"]
    while queue:
        path = queue.pop()
        if path in seen:
            continue
        seen.add(path)
        answer = server.get(path)
        if answer.status == 307:
            queue.append(urljoin(path, answer.headers["location"]))
            continue
        assert answer.status == 200, path
        if answer.headers["content-type"].startswith("text/html"):
            page = Page(answer.body.decode())
            assert page.faults == []
            refs = [*page.hrefs, *(a["src"] or "" for a in page.all("script"))]
            local = [urljoin(path, ref) for ref in refs if not urlsplit(ref).scheme]
            queue += [urlsplit(ref).path for ref in local]
    assert "/editions/world-2026-11-22/stories/s-bees.html" in seen
    assert "/editions/world-2026-11-23/style.css" in seen
    assert len(seen) > 20


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("edition.json", "application/json"),
        ("edition.eml", "message/rfc822"),
        ("feed.atom", "application/atom+xml"),
        ("style.css", "text/css; charset=utf-8"),
        ("stories/s-flood/ledger.csv", "text/csv; charset=utf-8"),
        ("stories/s-flood/ledger.json", "application/json"),
        ("page.js", "text/javascript; charset=utf-8"),
    ],
)
def test_files_of_an_edition_are_served_as_what_they_are(
    server: Server, name: str, kind: str
) -> None:
    answer = server.get(f"/editions/world-2026-11-22/{name}")
    assert (answer.status, answer.headers["content-type"]) == (200, kind)
    assert answer.body == (server.newsroom.out / "world-2026-11-22" / name).read_bytes()


def test_a_permalink_leads_to_the_latest_edition_that_tells_the_story(server: Server) -> None:
    both = server.get("/stories/s-flood")
    assert both.headers["location"] == "../editions/world-2026-11-23/stories/s-flood.html"
    old = server.get("/stories/s-bees")
    assert old.headers["location"] == "../editions/world-2026-11-22/stories/s-bees.html"
    assert server.get("/stories/s-nothing").status == 404


@pytest.mark.parametrize(
    "path", ["/editions/world-2026-11-22/index.html", "/api/editions/world-2026-11-22"]
)
def test_an_edition_is_sent_once(server: Server, path: str) -> None:
    first = server.get(path)
    again = server.get(path, If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert server.get(path, If_None_Match='"other"').status == 200
    weak = server.get("/api/editions/world-2026-11-22", If_None_Match='"x", W/*')
    assert weak.status == 200
    assert server.get("/api/editions", If_None_Match="*").status == 304


def test_the_api_answers_the_contracts(server: Server) -> None:
    edition = server.get("/api/editions/world-2026-11-22")
    assert msgspec.json.decode(edition.body, type=Edition) == EDITION
    listed = server.get("/api/editions").json
    assert [e["id"] for e in listed] == ["world-2026-11-23", "world-2026-11-22"]
    assert listed[0]["stories"][0]["story"] == "s-flood"
    assert server.get("/api/editions?beat=ai").json == []
    assert server.get("/api/stories/s-bees").json["told"] == ["world-2026-11-22"]
    assert server.get("/api/articles/a1").json["text"] == ARTICLE.text
    assert server.get("/api/articles/https://port.example/a%3Fx=1").json["id"] == "a1"
    assert [a["id"] for a in server.get("/api/search?q=ferry").json] == ["a1"]
    assert server.get("/api/feeds").json[0]["url"] == "https://port.example/feed"
    assert server.get("/api/status").json == {"counts": {"articles": 1}}
    assert server.get("/api/why?subject=s-bees").json == {"subject": "s-bees"}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/editions/none", 404),
        ("/api/stories/none", 404),
        ("/api/articles/none", 404),
        ("/api/nothing", 404),
        ("/api/search", 422),
        ("/api/search?q=", 422),
        ("/api/why", 422),
    ],
)
def test_the_api_says_in_one_line_what_is_wrong(server: Server, path: str, status: int) -> None:
    answer = server.get(path)
    assert answer.status == status
    assert list(answer.json) == ["error"]
    assert "\n" not in answer.json["error"]


def test_a_page_that_is_not_there_is_a_page(server: Server) -> None:
    for path in ("/nothing", "/editions/none/", "/editions/world-2026-11-22/stories/x.html"):
        answer = server.get(path)
        assert answer.status == 404
        page = Page(answer.body.decode())
        assert page.faults == []
        assert "There is no page at this address." in "".join(page.text)
    styles = [a["href"] for a in page.all("link") if a["rel"] == "stylesheet"]
    assert server.get(styles[0] or "").status == 200


def test_what_is_not_found_is_named_without_becoming_markup(server: Server) -> None:
    from urllib.parse import quote

    answer = server.get("/stories/" + quote(EVIL.replace("/", "").encode()))
    assert answer.status == 404
    assert Page(answer.body.decode()).faults == []
    assert b"<img" not in answer.body


@pytest.mark.parametrize(
    "path",
    [
        "/editions/../nutgraf.toml",
        "/editions/../news.db",
        "/editions/%2e%2e/nutgraf.toml",
        "/editions/..%2fnutgraf.toml",
        "/editions/..%5cnutgraf.toml",
        "/editions/world-2026-11-22/../../nutgraf.toml",
        "/editions/world-2026-11-22/%2e%2e/%2e%2e/nutgraf.toml",
        "/editions//etc/passwd",
        "/editions/%2fetc/passwd",
        "/editions/%00",
        "/editions/.world-2026-11-22-x/index.html",
        "/editions/notes.txt",
        "/assets/../nutgraf.toml",
        "/assets/..%2f..%2fnutgraf.toml",
        "//etc/passwd",
    ],
)
def test_nothing_but_editions_is_served(server: Server, path: str) -> None:
    answer = server.get(path)
    assert answer.status in (400, 404)
    assert SECRET.encode() not in answer.body
    assert b"root:" not in answer.body


@pytest.mark.parametrize("path", ["/", "/editions/", "/api/status", "/nothing", "/openapi.json"])
def test_every_answer_forbids_what_pages_do_not_need(server: Server, path: str) -> None:
    headers = server.get(path).headers
    policy = dict(
        part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_nothing_can_be_changed(server: Server) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        for path in ("/", "/api/editions", "/editions/world-2026-11-22/index.html"):
            assert server.get(path, method).status == 405


def test_the_description_of_the_api_is_complete(server: Server) -> None:
    described = server.get("/openapi.json").json
    assert {"Edition", "Brief", "Claim", "Citation", "Article"} <= set(
        described["components"]["schemas"]
    )
    references = re.findall(r'"#/components/schemas/(\w+)"', json.dumps(described))
    assert set(references) <= set(described["components"]["schemas"])
    page = server.get("/api").body.decode()
    for path in described["paths"]:
        assert path in page


def test_many_readers_at_once_get_the_same_edition(server: Server) -> None:
    bodies: list[bytes] = []

    def read() -> None:
        bodies.append(server.get("/api/editions/world-2026-11-22").body)

    threads = [threading.Thread(target=read) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(bodies) == 16
    assert len(set(bodies)) == 1


def test_a_port_that_is_taken_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(NutgrafError, match=f"cannot serve on 127.0.0.1:{port}.*--port"):
            serve_newsroom(cast("Any", SimpleNamespace()), "127.0.0.1", port, print)


def test_a_host_that_is_no_address_is_named() -> None:
    with pytest.raises(NutgrafError, match=r"cannot serve on no-such-host\.invalid:0"):
        listening("no-such-host.invalid", 0)
