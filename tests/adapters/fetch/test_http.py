"""HttpFetcher against a server that misbehaves."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import pickle
import socket
import ssl
import subprocess
import threading
import zlib
from email.utils import formatdate
from functools import partial
from pathlib import Path
from typing import Any

import brotli
import pytest
from unruly import Asked, Server

from nutgraf.adapters.fetch import HttpFetcher
from nutgraf.config import FetchConfig
from nutgraf.errors import FetchFailed
from nutgraf.types import Page, Request


def fetcher(**settings: Any) -> HttpFetcher:
    defaults = {"allow_private": True, "delay": 0.0, "timeout": 5.0, "respect_robots": False}
    return HttpFetcher(FetchConfig(**(defaults | settings)))


def page(url: str, etag: str = "", modified: str = "", **settings: Any) -> Page:
    request = Request(key="k", url=url, etag=etag, modified=modified)
    [(back, answer)] = fetcher(**settings).fetch([request])
    assert back == request
    if isinstance(answer, FetchFailed):
        raise answer
    assert isinstance(answer, Page)
    return answer


def failure(url: str, **settings: Any) -> FetchFailed:
    with pytest.raises(FetchFailed) as caught:
        page(url, **settings)
    return caught.value


# --- answers ---------------------------------------------------------------------------------


def test_a_page_with_its_validators(server: Server) -> None:
    url = server.on("/a", b"<p>Ferry", etag='"1"', last_modified="Mon, 02 Nov 2026 08:00:00 GMT")
    got = page(url)
    assert (got.url, got.status, got.body) == (url, 200, b"<p>Ferry")
    assert (got.content_type, got.etag) == ("text/html", '"1"')
    assert got.modified == "Mon, 02 Nov 2026 08:00:00 GMT"
    assert got.moved_to == ""
    assert server.headers["/a"]["user-agent"].startswith("Nutgraf/")


def test_unchanged(server: Server) -> None:
    got = page(server.on("/a", status=304), etag='"1"', modified="then")
    assert (got.status, got.body, got.etag, got.modified) == (304, b"", '"1"', "then")
    assert server.headers["/a"]["if-none-match"] == '"1"'
    assert server.headers["/a"]["if-modified-since"] == "then"


def test_unchanged_although_nothing_was_known(server: Server) -> None:
    assert failure(server.on("/a", status=304)).reason == "server error"


STATUSES = [
    (400, "refused by the server", False),
    (401, "forbidden", False),
    (403, "forbidden", False),
    (404, "not found", False),
    (408, "timed out", True),
    (410, "gone", False),
    (429, "too many requests", True),
    (451, "forbidden", False),
    (500, "server error", True),
    (503, "server error", True),
]


@pytest.mark.parametrize(("status", "reason", "passing"), STATUSES)
def test_statuses(server: Server, status: int, reason: str, passing: bool) -> None:
    failed = failure(server.on("/a", b"an error page", status=status))
    assert (failed.reason, failed.status, failed.passing) == (reason, status, passing)
    assert failed.retry_after is None
    again = pickle.loads(pickle.dumps(failed))
    assert vars(again) == vars(failed)
    assert str(again) == str(failed)


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_as_seconds_and_as_a_date(server: Server, status: int) -> None:
    assert failure(server.on("/a", status=status, retry_after="120")).retry_after == 120
    # Against the server's clock, which is a year slow.
    now = 1_700_000_000
    headers = {
        "retry_after": formatdate(now + 90, usegmt=True),
        "date": formatdate(now, usegmt=True),
    }
    assert failure(server.on("/b", status=status, **headers)).retry_after == 90
    assert failure(server.on("/c", status=status, retry_after="soon")).retry_after is None
    past = formatdate(0, usegmt=True)
    assert failure(server.on("/d", status=status, retry_after=past)).retry_after == 0


def test_a_host_that_asks_to_be_left_alone_is(server: Server) -> None:
    busy, calm = server.on("/busy", status=429, retry_after="60"), server.on("/calm", b"x")
    hurried = fetcher()
    list(hurried.fetch([Request(key="1", url=busy)]))
    [(_, answer)] = hurried.fetch([Request(key="2", url=calm)])
    assert isinstance(answer, FetchFailed)
    assert answer.reason == "too many requests"
    assert answer.retry_after is not None
    assert 0 < answer.retry_after <= 60
    assert [path for _, path in server.asked] == ["/busy"]


# --- bodies ----------------------------------------------------------------------------------

PACKERS = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": partial(brotli.compress, quality=2),
}


@pytest.mark.parametrize("coding", PACKERS)
def test_compressed_bodies(server: Server, coding: str) -> None:
    body = b"The ferry sank at noon. " * 1000
    assert page(server.on("/a", PACKERS[coding](body), content_encoding=coding)).body == body


@pytest.mark.parametrize("coding", PACKERS)
def test_a_bomb_is_cut(server: Server, coding: str) -> None:
    bomb = PACKERS[coding](b"\0" * 80_000_000)
    assert len(bomb) < 100_000
    failed = failure(server.on("/a", bomb, content_encoding=coding), max_bytes=1_000_000)
    assert (failed.reason, failed.passing) == ("too large", False)


@pytest.mark.parametrize("coding", PACKERS)
def test_broken_compression(server: Server, coding: str) -> None:
    failed = failure(server.on("/a", b"\xff plain text", content_encoding=coding))
    assert (failed.reason, failed.passing) == ("cut short", True)


def test_the_limit_is_exact(server: Server) -> None:
    url = server.on("/a", b"x" * 1000)
    assert len(page(url, max_bytes=1000).body) == 1000
    assert failure(url, max_bytes=999).reason == "too large"


def test_fifty_megabytes_are_not_read(server: Server) -> None:
    sent = 0

    async def flood(asked: Asked) -> None:
        nonlocal sent
        await asked.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 50000000\r\n\r\n")
        for _ in range(50):
            await asked.raw(b"x" * 1_000_000)
            sent += 1_000_000

    server.handlers["/a"] = flood
    assert failure(server.url("/a"), max_bytes=2_000_000).reason == "too large"
    assert sent < 30_000_000


def test_an_endless_body(server: Server) -> None:
    async def endless(asked: Asked) -> None:
        await asked.raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            await asked.raw(b"5\r\nxxxxx\r\n" * 1000)

    server.handlers["/a"] = endless
    assert failure(server.url("/a"), max_bytes=100_000).reason == "too large"


def test_a_stalled_body_and_a_dripping_one(server: Server) -> None:
    async def stalled(asked: Asked) -> None:
        await asked.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")
        await asyncio.sleep(60)

    async def dripping(asked: Asked) -> None:
        await asked.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")
        while True:
            await asked.raw(b"x")
            await asyncio.sleep(0.05)

    async def silent(asked: Asked) -> None:
        await asyncio.sleep(60)

    for path, handler in {"/a": stalled, "/b": dripping, "/c": silent}.items():
        server.handlers[path] = handler
        failed = failure(server.url(path), timeout=0.4)
        assert (failed.reason, failed.passing) == ("timed out", True)


def test_a_body_shorter_than_promised(server: Server) -> None:
    async def short(asked: Asked) -> None:
        await asked.send(b"abc", length=100)
        asked.writer.close()

    async def hangs_up(asked: Asked) -> None:
        asked.writer.close()

    async def nonsense(asked: Asked) -> None:
        await asked.raw(b"220 mail.ledger.example ESMTP\r\n\r\n")
        asked.writer.close()

    server.handlers |= {"/a": short, "/b": hangs_up, "/c": nonsense}
    assert failure(server.url("/a")).reason == "cut short"
    assert failure(server.url("/b")).reason == "connection lost"
    assert failure(server.url("/c")).reason == "broken answer"


@pytest.mark.parametrize("kind", ["image/png", "video/mp4", "application/zip", "AUDIO/mpeg; x=1"])
def test_what_cannot_be_a_document_is_not_read(server: Server, kind: str) -> None:
    assert failure(server.on("/a", b"\x89PNG", content_type=kind)).reason == "not a document"


@pytest.mark.parametrize("kind", ["", "text/plain", "application/octet-stream", "application/pdf"])
def test_odd_types_pass(server: Server, kind: str) -> None:
    assert page(server.on("/a", b"<rss/>", content_type=kind)).content_type == kind


# --- redirects -------------------------------------------------------------------------------


def test_redirects_are_followed(server: Server) -> None:
    end = server.on("/end", b"here")
    for status in (301, 302, 303, 307, 308):
        got = page(server.on("/start", status=status, location="/mid/../end#part"))
        assert (got.url, got.body) == (end, b"here")
        assert got.moved_to == (end if status in (301, 308) else "")


def test_only_a_wholly_permanent_way_is_a_move(server: Server) -> None:
    end = server.on("/end", b"here")
    server.on("/mid", status=308, location=end)
    assert page(server.on("/a", status=301, location="/mid")).moved_to == end
    server.on("/mid", status=302, location=end)
    assert page(server.on("/b", status=301, location="/mid")).moved_to == ""


def test_endless_redirects_and_circles(server: Server) -> None:
    for step in range(20):
        server.on(f"/{step}", status=302, location=f"/{step + 1}")
    assert failure(server.url("/0"), max_redirects=8).reason == "too many redirects"
    assert len(server.asked) == 9
    server.on("/here", status=301, location="/there")
    server.on("/there", status=301, location="/here")
    assert failure(server.url("/here")).reason == "too many redirects"
    assert len(server.asked) == 11


def test_a_cookie_that_the_redirect_waits_for(server: Server) -> None:
    async def wall(asked: Asked) -> None:
        if asked.headers.get("cookie") == "seen=1":
            await asked.send(b"past the wall")
        else:
            await asked.send(status=302, location="/wall", set_cookie="seen=1; Path=/")

    server.handlers["/wall"] = wall
    walls = fetcher()
    for _ in range(2):
        [(_, answer)] = walls.fetch([Request(key="", url=server.url("/wall"))])
        assert isinstance(answer, Page)
        assert answer.body == b"past the wall"
    assert len(server.asked) == 4  # the cookie was forgotten in between


BAD_PLACES = [
    "file:///etc/passwd",
    "ftp://ledger.example/",
    "gopher://127.0.0.1:70/_x",
    "javascript:alert(1)",
    "data:text/html,x",
    "http://[::1",
    "http://256.256.256.256/",
    "http://ledger.example:99999/",
]


@pytest.mark.parametrize("place", BAD_PLACES)
def test_places_where_we_do_not_go(server: Server, place: str) -> None:
    assert failure(place).reason == "not a web address"
    assert failure(server.on("/a", status=302, location=place)).reason == "not a web address"


def test_redirect_without_a_location(server: Server) -> None:
    assert failure(server.on("/a", status=302)).reason == "refused by the server"


# --- connections -----------------------------------------------------------------------------


def test_nobody_there(server: Server) -> None:
    assert failure("http://127.0.0.1:9/").reason == "refused connection"
    assert failure("http://no-such-host.invalid/").reason == "name not found"


def test_a_certificate_that_nobody_signed(server: Server, tmp_path: Path) -> None:
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    make = f"openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=x -keyout {key} -out {cert}"
    subprocess.run(make.split(), check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            with listening.accept()[0] as plain, contextlib.suppress(OSError):
                context.wrap_socket(plain, server_side=True).close()

        thread = threading.Thread(target=answer)
        thread.start()
        failed = failure(f"https://127.0.0.1:{listening.getsockname()[1]}/")
        thread.join()
    assert (failed.reason, failed.passing) == ("bad certificate", False)


def test_no_tls_spoken(server: Server) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            with listening.accept()[0] as plain:
                plain.recv(100)
                plain.sendall(b"HTTP/1.1 400 Bad\r\n\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        failed = failure(f"https://127.0.0.1:{listening.getsockname()[1]}/")
        thread.join()
    assert (failed.reason, failed.passing) == ("no secure connection", True)


def test_no_way_back_from_https(server: Server) -> None:
    from types import SimpleNamespace

    from yarl import URL

    from nutgraf.adapters.fetch.redirects import Redirect

    answer: Any = SimpleNamespace(status=301, cookies={}, headers={"Location": "http://b.example/"})
    with pytest.raises(FetchFailed, match="insecure redirect"):
        Redirect(URL("https://a.example/"), answer)
    assert str(Redirect(URL("http://a.example/"), answer).to) == "http://b.example/"


def test_localhost_names_need_no_resolver(server: Server) -> None:
    server.on("/a", b"x")
    url = server.url("/a", host="harbour-ledger.localhost")
    assert page(url).url == url
    assert server.asked == [("harbour-ledger.localhost", "/a")]


# --- politeness ------------------------------------------------------------------------------


def test_one_request_a_host_and_many_hosts_together(server: Server) -> None:
    hosts = [f"paper{n}.localhost" for n in range(4)]
    together = threading.Barrier(4, timeout=10)
    first = dict.fromkeys(hosts, True)

    async def slow(asked: Asked) -> None:
        if first[asked.host]:
            first[asked.host] = False
            await asyncio.to_thread(together.wait)  # passes only if four hosts are asked at once
        await asyncio.sleep(0.005)
        await asked.send(b"x")

    urls = []
    for n in range(6):
        server.handlers[f"/{n}"] = slow
        urls += [server.url(f"/{n}", host) for host in hosts]
    answers = list(fetcher().fetch(Request(key=u, url=u) for u in urls))
    assert sorted(request.key for request, _ in answers) == sorted(urls)
    assert all(isinstance(answer, Page) for _, answer in answers)
    assert set(server.most.values()) == {1}
    assert server.most_in_all == 4


def test_one_request_a_host_over_two_calls_from_two_threads(server: Server) -> None:
    async def slow(asked: Asked) -> None:
        await asyncio.sleep(0.01)
        await asked.send(b"x")

    server.handlers["/a"] = slow
    shared = fetcher()
    counts: list[int] = []

    def work() -> None:
        requests = [Request(key=str(n), url=server.url("/a")) for n in range(10)]
        counts.append(len(list(shared.fetch(requests))))

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts == [10, 10, 10]
    assert server.most == {"127.0.0.1": 1}


def test_no_more_connections_than_allowed(server: Server) -> None:
    async def slow(asked: Asked) -> None:
        await asyncio.sleep(0.01)
        await asked.send(b"x")

    server.handlers["/a"] = slow
    urls = [server.url("/a", f"paper{n}.localhost") for n in range(20)]
    list(fetcher(connections=3).fetch(Request(key=u, url=u) for u in urls))
    assert server.most_in_all == 3


def test_the_delay_between_two_requests(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    asked_for: list[float] = []
    real = asyncio.sleep

    async def sleep(seconds: float) -> None:
        asked_for.append(seconds)
        await real(0)

    monkeypatch.setattr("nutgraf.adapters.fetch.client.asyncio.sleep", sleep)
    server.on("/a", b"x")
    urls = [server.url("/a")] * 3 + [server.url("/a", "other.localhost")]
    list(fetcher(delay=1000.0).fetch(Request(key="", url=u) for u in urls))
    waits = [seconds for seconds in asked_for if seconds]
    # The second and the third request to one host wait; each looks twice, in its own caller's
    # queue and once it is its turn among all callers. The other host is asked at once.
    assert len(waits) == 4
    assert all(900 < seconds <= 1000 for seconds in waits)


# --- robots.txt ------------------------------------------------------------------------------

ROBOTS = b"User-agent: *\nDisallow: /private\n\nUser-agent: Nutgraf\nDisallow: /ours\n"


def test_robots_txt_is_obeyed_and_asked_for_once(server: Server) -> None:
    server.on("/robots.txt", ROBOTS, content_type="text/plain")
    server.on("/ours", b"x")
    server.on("/private", b"x")
    server.on("/free", status=302, location="/ours")
    polite = fetcher(respect_robots=True)
    requests = [Request(key=p, url=server.url(p)) for p in ("/ours", "/private", "/free")]
    answers = {r.key: a for r, a in polite.fetch(requests)}
    answers |= {r.key + "2": a for r, a in polite.fetch(requests)}
    assert isinstance(answers["/private"], Page)  # our own group counts, not "*"
    for refused in ("/ours", "/free", "/ours2"):  # also where a redirect leads there
        failed = answers[refused]
        assert isinstance(failed, FetchFailed)
        assert (failed.reason, failed.passing) == ("robots.txt disallows", False)
    paths = [path for _, path in server.asked]
    assert paths.count("/robots.txt") == 1
    assert "/ours" not in paths
    assert isinstance(page(server.url("/ours"), respect_robots=False), Page)


@pytest.mark.parametrize("status", [404, 403, 401, 400])
def test_no_robots_txt_allows_all(server: Server, status: int) -> None:
    server.on("/robots.txt", status=status)
    assert page(server.on("/a", b"x"), respect_robots=True).body == b"x"


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_robots_txt_that_cannot_be_had_forbids_for_now(server: Server, status: int) -> None:
    server.on("/robots.txt", status=status)
    failed = failure(server.on("/a", b"x"), respect_robots=True)
    assert (failed.reason, failed.passing) == ("robots.txt unavailable", True)
    assert [path for _, path in server.asked] == ["/robots.txt"]


def test_robots_txt_that_redirects_lies_or_floods(server: Server) -> None:
    url = server.on("/ours", b"x")
    server.on("/robots.txt", status=301, location="/rules")
    server.on("/rules", b"\xef\xbb\xbf" + ROBOTS)
    assert failure(url, respect_robots=True).reason == "robots.txt disallows"
    server.on("/robots.txt", b"<!doctype html><p>Not found\0\xff", content_type="image/png")
    assert page(url, respect_robots=True).body == b"x"
    server.on("/robots.txt", ROBOTS + b"# filler\n" * 1_000_000)
    assert failure(url, respect_robots=True).reason == "robots.txt disallows"
    server.on("/robots.txt", status=302, location="/robots.txt")
    assert page(url, respect_robots=True).body == b"x"


def test_crawl_delay_is_kept_up_to_a_cap() -> None:
    from protego import Protego

    from nutgraf.adapters.fetch.manners import Rules

    for written, kept in {"3": 3.0, "0.5": 0.5, "86400": 30.0, "-1": 0.0, "x": 0.0}.items():
        robots = Protego.parse(f"User-agent: *\nCrawl-delay: {written}\n")
        assert Rules(robots).delay("Nutgraf") == kept


# --- laziness --------------------------------------------------------------------------------


def test_requests_are_taken_and_bodies_held_in_bounds(server: Server) -> None:
    server.on("/a", b"x")
    taken = 0

    def endless() -> Any:
        nonlocal taken
        while True:
            taken += 1
            yield Request(key="", url=server.url("/a", f"paper{taken}.localhost"))

    answers = fetcher(connections=2).fetch(endless())
    assert taken == 0
    for _ in range(10):
        next(answers)
    assert taken <= 10 + 2 * 16 + 1
    before = len(server.asked)
    threading.Event().wait(0.1)
    assert len(server.asked) <= 10 + 2 + 2  # no body beyond the two slots is fetched ahead
    assert len(server.asked) - before <= 2
    answers.close()  # type: ignore[attr-defined]


def fetching() -> list[threading.Thread]:
    return [t for t in threading.enumerate() if t.name == "fetcher"]


def test_closing_early_stops_everything(server: Server) -> None:
    async def hang(asked: Asked) -> None:
        await asyncio.sleep(60)

    server.handlers["/hang"] = hang
    quick = server.on("/quick", b"x")
    requests = [Request(key="q", url=quick)]
    requests += [Request(key="h", url=server.url("/hang", f"p{n}.localhost")) for n in range(9)]
    answers = fetcher().fetch(requests)
    assert next(answers)[0].key == "q"
    assert len(fetching()) == 1
    answers.close()  # type: ignore[attr-defined]
    assert fetching() == []


def test_a_forgotten_iterator_and_a_failing_source_stop_it_too(server: Server) -> None:
    url = server.on("/a", b"x")
    answers = fetcher().fetch([Request(key="", url=url)] * 5)
    next(answers)
    del answers
    assert fetching() == []

    def failing() -> Any:
        yield Request(key="", url=url)
        raise RuntimeError("the source broke")

    with pytest.raises(RuntimeError, match="the source broke"):
        list(fetcher().fetch(failing()))
    assert fetching() == []
    assert list(fetcher().fetch([])) == []


def test_calls_within_calls(server: Server) -> None:
    server.on("/a", b"x")
    nested = fetcher(connections=1)
    urls = [server.url("/a", f"p{n}.localhost") for n in range(5)]
    for _, answer in nested.fetch(Request(key="", url=u) for u in urls):
        assert isinstance(answer, Page)
        inner = list(nested.fetch(Request(key="", url=u) for u in urls))
        assert len(inner) == 5
    assert fetching() == []
