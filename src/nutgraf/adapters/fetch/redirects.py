"""Where answers lead, and the way of one request over them."""

from __future__ import annotations

import aiohttp
from yarl import URL

from nutgraf.adapters.fetch.address import parse_url
from nutgraf.errors import FetchFailed

__all__ = ["REDIRECTS", "Redirect", "Trail", "host_name"]

REDIRECTS = frozenset({300, 301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})


class Redirect:
    """Where an answer leads. Raises `FetchFailed` for a place where we don't go."""

    def __init__(self, url: URL, response: aiohttp.ClientResponse) -> None:
        location = response.headers["Location"]
        try:
            self.to = parse_url(str(url.join(URL(location.strip()))))
        except ValueError:
            raise FetchFailed("not a web address", f"redirect to {location[:200]!r}") from None
        if url.scheme == "https" and self.to.scheme == "http":
            raise FetchFailed("insecure redirect", f"from {url} to {self.to}"[:400])
        self.permanent = response.status in _PERMANENT
        self.cookies = {name: morsel.value for name, morsel in response.cookies.items()}


class Trail:
    """The way of one request over its redirects.

    Cookies are kept for the way only: some sites redirect until theirs comes back.
    """

    def __init__(self, url: URL) -> None:
        self.hops = 0
        self.permanent = True
        self.cookies: dict[str, dict[str, str]] = {}
        self._seen = {(url, self._sent(url))}

    def step(self, url: URL, redirect: Redirect) -> None:
        """Note a redirect. Raises `FetchFailed` when it closes a circle."""
        self.hops += 1
        self.permanent = self.permanent and redirect.permanent
        if redirect.cookies:
            self.cookies.setdefault(host_name(url), {}).update(redirect.cookies)
        state = (redirect.to, self._sent(redirect.to))
        if state in self._seen:
            raise FetchFailed("too many redirects", f"{redirect.to} leads back to itself")
        self._seen.add(state)

    def _sent(self, url: URL) -> str:
        return repr(self.cookies.get(host_name(url)))


def host_name(url: URL) -> str:
    """The host in lower case, without a closing dot: what politeness counts by."""
    return (url.raw_host or "").rstrip(".").lower()
