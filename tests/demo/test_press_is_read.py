"""The bundled newsroom's pages, fetched over HTTP and read, against what they are known to say."""

from __future__ import annotations

from http.client import HTTPConnection
from urllib.parse import urlsplit

from nutgraf.adapters.documents import read_answer
from nutgraf.demo.press import Press, load_press
from nutgraf.evals.extraction import word_f1

MEAN = 0.985
LEAST = 0.93
"""Floors of the word F1 over all pages; .995 and .945 were measured on 2026-11-22."""


def test_pages_read_as_they_were_written() -> None:
    scores: dict[str, float] = {}
    titles: dict[str, tuple[str, str]] = {}
    with Press(day=2) as press:
        hosts = {urlsplit(feed).hostname or "": feed for feed in press.feeds()}
        for article in load_press()[1]:
            host = next(name for name in hosts if name.startswith(f"{article.outlet}."))
            netloc = f"{host}:{press.port}"
            path = article.moved_path or article.path
            status, kind, body = get(press.port, netloc, path)
            if status != 200 or article.behaviour == "slow":
                continue
            found = read_answer(body, f"http://{netloc}{path}", kind)
            scores[article.key] = word_f1(found.text, article.on(2).text)
            titles[article.key] = (found.title, article.on(2).title)
    assert len(scores) > 100
    assert {key: score for key, score in scores.items() if score < LEAST} == {}
    assert sum(scores.values()) / len(scores) >= MEAN
    assert {key: pair for key, pair in titles.items() if pair[0] != pair[1]} == {}


def get(port: int, netloc: str, path: str) -> tuple[int, str, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Host": netloc})
    answer = connection.getresponse()
    found = answer.status, answer.headers["content-type"], answer.read()
    connection.close()
    return found
