"""Which addresses may be dialled.

The guard sits where a socket is made, so it sees the address that is really dialled: after the
resolver, for literals that skip it, and again after each redirect. A name that resolves to
something else the second time gains nothing.
"""

from __future__ import annotations

import re
import socket
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from aiohttp import ThreadedResolver
from aiohttp.abc import ResolveResult
from aiohttp.connector import AddrInfoType
from yarl import URL

from nutgraf.errors import FetchFailed

__all__ = ["PRIVATE", "Resolver", "SocketGuard", "is_public", "parse_url"]

PRIVATE = "private address"
"""The reason, and the mark by which a refused socket is told from one that failed."""

# What Python 3.11's tables miss: IETF protocol assignments (Oracle's metadata is in there), the
# old 6to4 relays, Azure's wire server, which has a public number, and site-local IPv6.
_REFUSED_V4 = tuple(
    IPv4Network(n) for n in ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32", "100.64.0.0/10")
)
_REFUSED_V6 = tuple(
    IPv6Network(n) for n in ("fec0::/10", "fc00::/7", "64:ff9b:1::/48", "3fff::/20", "5f00::/16")
)
_NAT64 = IPv6Network("64:ff9b::/96")
_COMPATIBLE = IPv6Network("::/96")


def is_public(address: str) -> bool:
    """Whether an IP address, without or with a scope, is one of the public Internet's.

    An IPv6 address that carries an IPv4 one (mapped, compatible, 6to4, Teredo, NAT64) is judged
    by that too.
    """
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return _is_public_v4(ip) if isinstance(ip, IPv4Address) else _is_public_v6(ip)


def _is_public_v4(ip: IPv4Address) -> bool:
    return ip.is_global and not ip.is_multicast and not any(ip in n for n in _REFUSED_V4)


def _is_public_v6(ip: IPv6Address) -> bool:
    inner = _carried(ip)
    if inner is not None:
        return all(_is_public_v4(v4) for v4 in inner)
    return ip.is_global and not ip.is_multicast and not any(ip in n for n in _REFUSED_V6)


def _carried(ip: IPv6Address) -> tuple[IPv4Address, ...] | None:
    if ip.ipv4_mapped:
        return (ip.ipv4_mapped,)
    if ip.sixtofour:
        return (ip.sixtofour,)
    if ip.teredo:
        return ip.teredo
    if ip in _NAT64 or ip in _COMPATIBLE:
        return (IPv4Address(int(ip) & 0xFFFFFFFF),)
    return None


class SocketGuard:
    """Makes sockets for aiohttp, and none for an address that may not be dialled."""

    def __init__(self, *, allow_private: bool) -> None:
        self._allow_private = allow_private

    def __call__(self, info: AddrInfoType) -> socket.socket:
        """A socket for one address; raises OSError marked `PRIVATE`."""
        family, kind, protocol, _, address = info
        if not self._allow_private and not is_public(str(address[0])):
            raise OSError(PRIVATE)
        return socket.socket(family, kind, protocol)


class Resolver(ThreadedResolver):
    """The system's resolver, except that `localhost` and all under it is here (RFC 6761, 6.3)."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Addresses of a host. Raises OSError when there are none."""
        if host.rstrip(".").split(".")[-1] == "localhost":
            return [
                ResolveResult(
                    hostname=host,
                    host="127.0.0.1",
                    port=port,
                    family=socket.AF_INET,
                    proto=0,
                    flags=socket.AI_NUMERICHOST,
                )
            ]
        return await super().resolve(host, port, family)


def parse_url(text: str) -> URL:
    """A web address that can be asked for, without fragment, number forms made dotted.

    Raises `FetchFailed` "not a web address".
    """
    try:
        url = URL(re.sub(r"[\t\r\n]", "", text.strip())).with_fragment(None)
        host = url.host
        if url.scheme not in ("http", "https") or not host or url.port == 0:
            raise ValueError(text)
        number = _browser_ipv4(host)
        return url.with_host(str(number)) if number and str(number) != host else url
    except ValueError:
        raise FetchFailed("not a web address", text[:200]) from None


def _browser_ipv4(host: str) -> IPv4Address | None:
    """IPv4 in any notation that browsers take: 2130706433, 0177.0.0.1, 0x7f.1, 127.1.

    WHATWG URL, "IPv4 parser". None for a name; ValueError for numbers that are no address.
    """
    parts = host.removesuffix(".").split(".")
    if not re.fullmatch(r"[0-9]+|0[xX][0-9a-fA-F]*", parts[-1]):
        return None
    numbers = [_browser_number(part) for part in parts]
    *head, last = numbers
    if len(parts) > 4 or any(n > 255 for n in head) or last >= 256 ** (5 - len(parts)):
        raise ValueError(host)
    return IPv4Address(sum(n << 8 * (3 - i) for i, n in enumerate(head)) + last)


def _browser_number(part: str) -> int:
    if part[:2].lower() == "0x":
        return int(part[2:] or "0", 16)
    return int(part, 8) if len(part) > 1 and part[0] == "0" else int(part)
