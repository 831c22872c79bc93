"""Nothing private is dialled, however it is written and wherever it comes from."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unruly import Server

from nutgraf.adapters.fetch import HttpFetcher
from nutgraf.adapters.fetch.address import is_public, parse_url
from nutgraf.config import FetchConfig
from nutgraf.errors import FetchFailed
from nutgraf.types import Page, Request

PRIVATE = """
127.0.0.1 127.8.8.8 10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254 0.0.0.0 0.1.2.3 100.64.0.1
100.100.100.200 192.0.0.192 168.63.129.16 224.0.0.1 239.1.1.1 255.255.255.255 240.0.0.1 198.18.0.1
::1 :: fe80::1 fe80::1%eth0 fc00::1 fd00:ec2::254 fec0::1 ff02::1 2001:db8::1
::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::127.0.0.1 2002:7f00:1::
2002:a9fe:a9fe:: 64:ff9b::7f00:1 64:ff9b::169.254.169.254 64:ff9b:1::1 2001:0:7f00:1::
nonsense
""".split()
PUBLIC = """
93.184.215.14 8.8.8.8 1.1.1.1 2606:4700::1111 2a00:1450:4001:80b::200e ::ffff:8.8.8.8
64:ff9b::808:808 2002:808:808::
""".split()


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_judged_alike_in_every_wrapping(ip: IPv4Address) -> None:
    for high in (0xFFFF << 32, 0x0064FF9B << 96):
        assert is_public(str(IPv6Address(high | int(ip)))) == is_public(str(ip))
    assert is_public(str(IPv6Address(0x2002 << 112 | int(ip) << 80))) == is_public(str(ip))


HERE = """
127.0.0.1 127.1 127.0.1 2130706433 0x7f000001 0X7F.0.0.1 0177.0.0.1 017700000001 0x7f.1 127.0.0.1.
127.0.0.01 １２７.0.0.1 127。0。0。1 [::1] [::ffff:127.0.0.1] [::ffff:7f00:1] [0:0:0:0:0:0:0:1]
[::127.0.0.1] [64:ff9b::7f00:1] [2002:7f00:1::] 0 0.0.0.0 [::] localhost LOCALHOST localhost.
harbour-ledger.localhost harbour-ledger.localhost. 169.254.169.254 2852039166 0xa9fea9fe [fe80::1]
[fd00:ec2::254] 10.1 192.168.257
""".split()


@pytest.mark.parametrize("host", HERE)
@pytest.mark.parametrize("robots", [True, False])
def test_literals_in_every_notation_are_refused(server: Server, host: str, robots: bool) -> None:
    guarded = HttpFetcher(FetchConfig(delay=0, respect_robots=robots, timeout=5))
    [(_, answer)] = guarded.fetch([Request(key="", url=server.url("/", host))])
    assert isinstance(answer, FetchFailed)
    assert (answer.reason, answer.passing) == ("private address", False)
    assert server.asked == []


def test_they_are_allowed_where_that_is_wanted(server: Server) -> None:
    server.on("/a", b"x")
    own = HttpFetcher(FetchConfig(delay=0, respect_robots=False, allow_private=True))
    for host in ("127.1", "2130706433", "0x7f.1", "localhost", "a.localhost"):
        [(_, answer)] = own.fetch([Request(key="", url=server.url("/a", host))])
        assert isinstance(answer, Page), host


@pytest.mark.parametrize("host", ["256.1.1.1", "1.2.3.4.5", "0x100000000", "08.1.1.1", "1.2.3.300"])
def test_numbers_that_are_no_address(host: str) -> None:
    with pytest.raises(FetchFailed, match="not a web address"):
        parse_url(f"http://{host}/")


def answers_with(monkeypatch: pytest.MonkeyPatch, names: dict[str, list[str]]) -> None:
    """Let the system's resolver say where names are; each call takes the next address."""

    def resolve(host: str, port: int, *args: Any, **kwargs: Any) -> Any:
        left = names[host]
        address = left.pop(0) if len(left) > 1 else left[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)


def test_a_name_that_resolves_to_a_private_address(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers_with(monkeypatch, {"evil.example": ["127.0.0.1"]})
    guarded = HttpFetcher(FetchConfig(delay=0, timeout=5))
    [(_, answer)] = guarded.fetch([Request(key="", url=server.url("/", "evil.example"))])
    assert isinstance(answer, FetchFailed)
    assert answer.reason == "private address"
    assert server.asked == []


@pytest.mark.parametrize(
    "place", ["http://127.0.0.1:{port}/x", "http://169.254.169.254/latest/meta-data/", "//0x7f.1/"]
)
def test_a_redirect_to_a_private_address(
    server: Server, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    # The server's own address counts as public here; everything else is judged as it is.
    monkeypatch.setattr(
        "nutgraf.adapters.fetch.address.is_public",
        lambda address: address == "127.0.0.2" or is_public(address),
    )
    answers_with(monkeypatch, {"paper.example": ["127.0.0.2"]})
    target = place.format(port=server.port)
    server.on("/a", status=302, location=target)
    guarded = HttpFetcher(FetchConfig(delay=0, timeout=5, respect_robots=False))
    [(_, answer)] = guarded.fetch([Request(key="", url=server.url("/a", "paper.example"))])
    assert isinstance(answer, FetchFailed)
    assert answer.reason == "private address"
    assert server.asked == [("paper.example", "/a")]


def test_a_name_that_moves_after_the_first_look(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "nutgraf.adapters.fetch.address.is_public", lambda address: address == "127.0.0.2"
    )
    answers_with(monkeypatch, {"moving.example": ["127.0.0.2", "127.0.0.1"]})
    url = server.url("/a", "moving.example")
    server.on("/a", b"x", connection="close")
    for expected in (Page, FetchFailed):  # a new client each: nothing is resolved ahead
        guarded = HttpFetcher(FetchConfig(delay=0, timeout=5, respect_robots=False))
        [(_, answer)] = guarded.fetch([Request(key="", url=url)])
        assert isinstance(answer, expected)
    assert len(server.asked) == 1


@given(st.text())
def test_any_text_is_an_address_or_a_clear_failure(text: str) -> None:
    for candidate in (text, f"http://{text}", f"http://ledger.example/{text}"):
        try:
            assert parse_url(candidate).scheme in ("http", "https")
        except FetchFailed as failed:
            assert failed.reason == "not a web address"  # noqa: PT017 - either outcome is right
