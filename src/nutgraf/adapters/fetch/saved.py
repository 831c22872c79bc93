"""Fetches from answers that were kept: for `replay` and for tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from nutgraf.errors import Dropped, FetchFailed
from nutgraf.types import Page, Request

__all__ = ["SavedFetcher"]


class SavedFetcher:
    """Answers by URL from `pages`; what is not there fails as "not saved"."""

    def __init__(self, pages: Mapping[str, Page | Dropped]) -> None:
        self._pages = pages

    def fetch(self, requests: Iterable[Request]) -> Iterator[tuple[Request, Page | Dropped]]:
        """See `protocols.Fetcher`. A page whose validators the request knows is unchanged."""
        for request in requests:
            answer = self._pages.get(request.url)
            if answer is None:
                yield request, FetchFailed("not saved", request.url)
            elif isinstance(answer, Page) and _known(request, answer):
                yield request, msgspec.structs.replace(answer, status=304, body=b"")
            else:
                yield request, answer


def _known(request: Request, page: Page) -> bool:
    """Whether a server would answer 304 (RFC 9110, 13.2.2: the ETag decides if there is one)."""
    if request.etag:
        return request.etag == page.etag
    return bool(request.modified) and request.modified == page.modified
