"""What a fetcher remembers of hosts: when each may be asked again, and its robots.txt."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any, TypeVar

from nutgraf.errors import FetchFailed

__all__ = ["Manners", "Rules"]

V = TypeVar("V")

_MOST_HOSTS = 4096
_LONGEST_CRAWL_DELAY = 30.0
"""Seconds. Some sites ask for minutes, with which a day's news would take a week."""
_LONGEST_SHUT = 3600.0
_ROBOTS_LAST = 24 * 3600.0
"""RFC 9309, 2.4: a cached robots.txt should not be used for more than 24 hours."""
_FAILURE_LASTS = 300.0
"""So that a hundred pages of a dead host cost one time-out, and it is asked again next time."""


@dataclass(frozen=True)
class Rules:
    """What a robots.txt says to us. `failure` is why it could not be had, for now."""

    robots: Any = None
    failure: FetchFailed | None = None
    until: float = field(default=0.0)

    def allow(self, url: str, agent: str) -> bool:
        """Whether `agent` (a product token) may ask for `url`."""
        return self.robots is None or bool(self.robots.can_fetch(url, agent))

    def delay(self, agent: str) -> float:
        """Seconds between requests that the site asks for, up to a cap."""
        wanted = self.robots.crawl_delay(agent) if self.robots else None
        return min(max(float(wanted or 0.0), 0.0), _LONGEST_CRAWL_DELAY)


class Manners:
    """Memory of a fetcher's lifetime, of the hosts asked last. Times are monotonic seconds."""

    def __init__(self) -> None:
        self._next: _Recent[float] = _Recent()
        self._shut: _Recent[float] = _Recent()
        self._rules: _Recent[Rules] = _Recent()

    def wait(self, host: str) -> float:
        """Seconds until the host may be asked again."""
        return max(0.0, self._next.get(host, 0.0) - time.monotonic())

    def asked(self, host: str, delay: float) -> None:
        """A request to the host is over; the next one is due in `delay` seconds."""
        self._next.put(host, time.monotonic() + delay)

    def shut(self, host: str, seconds: float) -> None:
        """The host wants to be left alone."""
        self._shut.put(host, time.monotonic() + min(seconds, _LONGEST_SHUT))

    def shut_for(self, host: str) -> float:
        """Seconds that the host still wants to be left alone."""
        return max(0.0, self._shut.get(host, 0.0) - time.monotonic())

    def rules(self, origin: str) -> Rules | None:
        """The site's rules, if they are known and not too old."""
        rules = self._rules.get(origin, Rules())
        return rules if rules.until > time.monotonic() else None

    def learn(self, origin: str, robots: Any, failure: FetchFailed | None = None) -> Rules:
        """Keep what the site's robots.txt said, or that it said nothing."""
        last = _FAILURE_LASTS if failure else _ROBOTS_LAST
        rules = Rules(robots, failure, time.monotonic() + last)
        self._rules.put(origin, rules)
        return rules


class _Recent(OrderedDict[str, V]):
    """A dictionary that forgets what was put longest ago."""

    def put(self, key: str, value: V) -> None:
        self[key] = value
        self.move_to_end(key)
        if len(self) > _MOST_HOSTS:
            self.popitem(last=False)
