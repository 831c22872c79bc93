"""The 141 real feeds, served on loopback, end in an edition; none is lost without a reason."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from nutgraf.newsroom import Newsroom, audit_documents

NOW = datetime(2026, 2, 18, 18, tzinfo=UTC)
SETTINGS = """
[fetch]
allow_private = true
delay = 0.0
fetch_pages = false
"""


@pytest.fixture(scope="module")
def addresses(data: Path) -> Iterator[list[str]]:
    snapshot = data / "feeds" / "snapshot"

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            file = snapshot / f"{self.path.strip('/')}.gz"
            if not file.is_file():
                self.send_error(404)
                return
            body = gzip.decompress(file.read_bytes())
            self.send_response(200)
            self.send_header("Content-Type", "application/octet-stream")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return None

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = server.server_address[1]
        yield [f"http://127.0.0.1:{port}/{file.stem}" for file in sorted(snapshot.glob("*.gz"))]
        server.shutdown()


@pytest.fixture(scope="module")
def newsroom(addresses: list[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    folder = tmp_path_factory.mktemp("real")
    (folder / "nutgraf.toml").write_text(SETTINGS)
    with Newsroom.open(folder) as opened:
        opened.following.add(addresses, check=False)
        opened.update(NOW)
        yield opened


def test_no_feed_is_lost_without_a_reason(newsroom: Newsroom, addresses: list[str]) -> None:
    feeds = {feed.url: feed for feed in newsroom.feeds()}
    assert set(feeds) == set(addresses)
    for feed in feeds.values():
        assert feed.success_at == NOW or feed.error, feed.url
    assert sum(feed.success_at == NOW for feed in feeds.values()) >= 0.95 * len(feeds)


def test_every_entry_became_an_article_or_a_drop(newsroom: Newsroom) -> None:
    counts = newsroom.store.counts()
    assert counts["articles"] > 2000
    assert newsroom.store.pages_due(NOW, 10) == []
    assert newsroom.store.unplaced("any", 10) == [] or counts["placements"] == counts["articles"]


def test_it_ends_in_an_edition_that_audits_to_the_last_sentence(newsroom: Newsroom) -> None:
    (edition,) = newsroom.issue(now=NOW)
    assert len(edition.stories) >= 5
    assert edition.stories[0].brief.origins >= 3
    audit = audit_documents(str(newsroom.out / edition.id), [], newsroom.fetcher)
    assert audit.supported > 50
    assert (audit.contradicted, audit.unsupported) == (0, 0)
