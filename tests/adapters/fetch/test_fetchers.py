"""What every Fetcher promises, on both of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pytest
from unruly import Asked, Server

from nutgraf.adapters.fetch import HttpFetcher, SavedFetcher
from nutgraf.config import FetchConfig
from nutgraf.errors import Dropped, FetchFailed
from nutgraf.protocols import Fetcher
from nutgraf.types import Page, Request

Make = Callable[[Mapping[str, Page | Dropped]], Fetcher]
HOST = "http://ledger.localhost"


def over_http(server: Server, pages: Mapping[str, Page | Dropped]) -> Fetcher:
    """A server that answers so, and a fetcher for it."""
    for url, page in pages.items():
        server.handlers[url.removeprefix(f"{HOST}:{server.port}")] = _handler(page)
    return HttpFetcher(FetchConfig(delay=0, allow_private=True, respect_robots=False))


def _handler(page: Page | Dropped) -> Callable[[Asked], object]:
    async def handler(asked: Asked) -> None:
        if not isinstance(page, Page):
            await asked.send(status=410)
        elif page.etag and asked.headers.get("if-none-match") == page.etag:
            await asked.send(status=304, etag=page.etag)
        else:
            await asked.send(page.body, content_type=page.content_type, etag=page.etag)

    return handler


@pytest.fixture(params=["http", "saved"])
def make(request: pytest.FixtureRequest, server: Server) -> Make:
    if request.param == "saved":
        return SavedFetcher
    return lambda pages: over_http(server, pages)


@pytest.fixture
def pages(server: Server) -> dict[str, Page | Dropped]:
    urls = [f"{HOST}:{server.port}/{n}" for n in range(5)]
    kept: dict[str, Page | Dropped] = {
        url: Page(url=url, status=200, body=url.encode(), content_type="text/html", etag=f'"{n}"')
        for n, url in enumerate(urls)
    }
    kept[f"{HOST}:{server.port}/gone"] = FetchFailed("gone", status=410)
    return kept


def test_each_request_is_answered_once(make: Make, pages: dict[str, Page | Dropped]) -> None:
    requests = [Request(key=f"key {n}", url=url) for n, url in enumerate(pages)]
    requests.append(Request(key="again", url=requests[0].url))
    answers = list(make(pages).fetch(iter(requests)))
    assert sorted(r.key for r, _ in answers) == sorted(r.key for r in requests)
    for request, answer in answers:
        expected = pages[request.url]
        if isinstance(expected, Page):
            assert answer == expected
        else:
            assert isinstance(answer, FetchFailed)
            assert (answer.reason, answer.status) == ("gone", 410)


def test_what_is_unknown_fails(make: Make, pages: dict[str, Page | Dropped]) -> None:
    unknown = Request(key="?", url=next(iter(pages)) + "/unknown")
    [(request, answer)] = make(pages).fetch([unknown])
    assert request is unknown
    assert isinstance(answer, FetchFailed)


def test_what_is_known_is_unchanged(make: Make, pages: dict[str, Page | Dropped]) -> None:
    url = next(iter(pages))
    for etag, status in {'"0"': 304, '"older"': 200}.items():
        [(_, answer)] = make(pages).fetch([Request(key="", url=url, etag=etag)])
        assert isinstance(answer, Page)
        assert (answer.status, answer.etag) == (status, '"0"')
        assert bool(answer.body) == (status == 200)


def test_nothing_is_taken_before_it_is_asked_for(
    make: Make, pages: dict[str, Page | Dropped]
) -> None:
    taken: list[str] = []

    def requests() -> Iterator[Request]:
        while True:
            taken.append("")
            yield Request(key="", url=next(iter(pages)))

    answers = make(pages).fetch(requests())
    assert taken == []
    next(answers)
    assert taken
    answers.close()  # type: ignore[attr-defined]


def test_no_requests_no_answers(make: Make) -> None:
    assert list(make({}).fetch([])) == []
