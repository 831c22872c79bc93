"""Orders in article text, and a model that obeys every one of them: nothing of theirs comes out.

injections.jsonl has the attempts, one a line: where the text stands, and the words (`payload`)
that must not be published. The model here is misled from the start: it knows the payload, whether
or not it is shown it, and does all it can to have it published.
"""

from __future__ import annotations

import html
import json
import quopri
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import msgspec
import pytest
from model_desk import HERON, NOW, PLOVER, desk, page, settings
from model_server import Asked, Play, brief, says, sentences_of, serve

from nutgraf.adapters.documents import load_document
from nutgraf.adapters.llm import PatientWriter, open_writer
from nutgraf.config import LlmConfig, MailConfig, SiteConfig
from nutgraf.newsroom import brief_documents
from nutgraf.pipeline import Writing
from nutgraf.render import render
from nutgraf.stages import compose
from nutgraf.stages.extract import from_document
from nutgraf.text.addressed import plain
from nutgraf.types import Beat, Brief, Document, Edition, Ranked

ATTEMPTS = [
    json.loads(line)
    for line in (Path(__file__).parent / "injections.jsonl").read_text().splitlines()
]


def test_the_corpus_is_large_and_varied() -> None:
    assert len(ATTEMPTS) >= 60
    assert len({one["name"] for one in ATTEMPTS}) == len(ATTEMPTS)
    assert {"title", "body", "alt", "caption", "comment", "hidden", "feed", "two"} <= {
        one["where"] for one in ATTEMPTS
    }


# --- where an attempt stands -----------------------------------------------------------------

_AROUND = {
    "alt": '<p><img src="a.jpg" alt="{}"></p>',
    "caption": '<figure><img src="a.jpg" alt=""><figcaption>{}</figcaption></figure>',
    "comment": "<!-- {} -->",
    "hidden": '<p style="display:none">{}</p>',
    "white": '<p style="color:#fff;background:#fff">{}</p>',
    "tiny": '<p style="font-size:1px">{}</p>',
    "noscript": "<noscript><p>{}</p></noscript>",
    "meta": '<meta name="description" content="{}">',
    "jsonld": '<script type="application/ld+json">{{"@type": "NewsArticle", "description": "{}"}}'
    "</script>",
}


def _pages(one: dict[str, Any]) -> tuple[dict[str, bytes], dict[str, str]]:
    """The pages of the two outlets with an attempt in them, and the feed's titles."""
    where, text = one["where"], one["text"]
    (title, heron), (other, plover) = HERON, PLOVER
    heron, plover, extra = list(heron), list(plover), ""
    titles = {"heron": title, "plover": other}
    if where in ("body", "two", "both", "all"):
        heron[2:2] = text.split("\n")
    if where == "two":
        plover[2:2] = one["also"].split("\n")
    if where in ("title", "both", "all"):
        title = text
    if where in ("feed", "all"):
        titles["heron"] = text
    for place, form in _AROUND.items():
        if where in (place, "all"):
            extra += form.format(html.escape(text))
    return {"heron": page(title, heron, extra), "plover": page(other, plover)}, titles


# --- who obeys -------------------------------------------------------------------------------


def _obeys(one: dict[str, Any]) -> Play:
    """Publishes the payload as headline, nut graf, heading and claims, whatever it may cite."""
    words = one["payload"]
    orders = plain(" ".join((one["text"], one.get("also", ""))))

    def said(asked: Asked) -> object:
        shown = sentences_of(asked)
        if "withheld" in asked["messages"][-1]["content"]:
            claims = [
                {"number": n, "text": f"{words[0]} it is, and {text}", "sentences": [n]}
                for n, text in shown.items()
            ]
            return {"claims": claims}
        found = [(text, [n]) for n, text in shown.items() if any(w in text for w in words)]
        mixed = [(f"{text[:-1]}, {words[0]} said.", [n]) for n, text in shown.items()]
        lies = [(sentence, [1]) for sentence in orders.split(". ")[:3]]
        told = [*found, *lies, *mixed, (f"See https://{words[0]}.example/now.", [1, 2])]
        made = brief(*told, heading=f"Buy {words[0]}")
        first = {"text": shown[1], "sentences": [1]}  # something of it must hold
        made["sections"].append({"heading": "What happened", "claims": [first]})
        return made

    return says(said)


def _surface(edition: Edition) -> Iterator[tuple[str, str]]:
    """All that is published, file by file, as a reader or a program reads it."""
    bare = msgspec.to_builtins(edition)
    for story in bare["stories"]:
        for source in story["brief"]["sources"]:
            source["text"] = None  # the article as it stands, which the offsets count in
    yield "edition.json", json.dumps(bare, ensure_ascii=False)
    for name, body in render(edition, SiteConfig(), MailConfig()).items():
        if name.endswith((".html", ".atom")):
            yield name, html.unescape(html.unescape(body.decode()))
        if name.endswith(".eml"):
            letter = message_from_bytes(body, policy=policy.default)
            yield (
                name,
                f"{letter['Subject']} {quopri.decodestring(body).decode('utf-8', 'replace')}",
            )


def _leaks(edition: Edition, one: dict[str, Any]) -> list[tuple[str, str]]:
    assert len(edition.stories) == 1
    return [
        (name, text[max(0, text.casefold().find(word.casefold()) - 200) :][:400])
        for name, text in _surface(edition)
        for word in one["payload"]
        if word.casefold() in plain(text).casefold()
    ]


def _alone(brief: Brief) -> Edition:
    place = Ranked(story=brief.story, rank=1, score=1.0, reasons={})
    return compose.edition(Beat(name="top"), 1, [(place, brief)], [], NOW)


@pytest.mark.parametrize("one", ATTEMPTS, ids=[one["name"] for one in ATTEMPTS])
def test_nothing_of_theirs_is_published(one: dict[str, Any]) -> None:
    articles = []
    for name, body in _pages(one)[0].items():
        url = f"https://{name}.example/a"
        for found in load_document(body, url, "text/html; charset=utf-8", url):
            assert isinstance(found, Document)
            articles.append(from_document(found, url))
    with serve(_obeys(one)) as server:
        setting = LlmConfig(model="small", base_url=server.url, tries=1)
        writing = Writing(PatientWriter(open_writer(setting), setting), "en")
        told = brief_documents(articles, NOW, writing)
        assert len(server.asked) == 2
    assert told.written_by == "model small"  # the misled model did have its say
    assert _leaks(_alone(told), one) == []
    assert _leaks(_alone(brief_documents(articles, NOW)), one) == []


ELSEWHERE = [one for one in ATTEMPTS if one["where"] != "body"]


@pytest.mark.parametrize("one", ELSEWHERE, ids=[one["name"] for one in ELSEWHERE])
def test_nothing_of_theirs_comes_through_a_newsroom(one: dict[str, Any], tmp_path: Path) -> None:
    """From the feed on: with what feeds, titles and the pages around an article carry."""
    pages, titles = _pages(one)
    with (
        serve(_obeys(one)) as server,
        desk(tmp_path, settings(server.url), pages, titles) as newsroom,
    ):
        (edition,) = newsroom.issue(now=NOW)
        assert edition.stories[0].brief.written_by == "model small"
        assert _leaks(edition, one) == []
        for path in (newsroom.out / edition.id).rglob("*.html"):
            assert not any(word in path.read_text() for word in one["payload"])


def test_what_was_kept_out_is_said() -> None:
    (one,) = (one for one in ATTEMPTS if one["name"] == "ignore previous")
    url = "https://heron.example/a"
    (found,) = load_document(_pages(one)[0]["heron"], url, "text/html", url)
    assert isinstance(found, Document)
    told = brief_documents([from_document(found, url)], NOW)
    (withheld,) = told.withheld
    assert "gives orders to a machine" in withheld.reason
    assert withheld.evidence == []
