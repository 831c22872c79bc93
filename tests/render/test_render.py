"""The whole folder: the contract, and the same bytes every time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec
from hostile import EVIL, attack
from sample import EDITION

import nutgraf.render
from nutgraf.config import MailConfig, SiteConfig
from nutgraf.render import counts_line, render
from nutgraf.types import Edition

SITE = SiteConfig(base_url="https://news.example/editions")
HERE = Path(__file__).parent


def test_a_folder_has_everything_that_an_edition_promises() -> None:
    files = render(EDITION, SITE, MailConfig())
    stories = {f"stories/{place.brief.story}.html" for place in EDITION.stories}
    figures = [place.brief.story for place in EDITION.stories if place.brief.figures]
    ledgers = {f"stories/{story}/ledger.{kind}" for story in figures for kind in ("csv", "json")}
    assert set(files) == stories | ledgers | {
        "edition.json", "edition.eml", "feed.atom", "index.html", "drops.html", "style.css",
        "page.js",
    }  # fmt: skip
    assert all(files.values())


def test_edition_json_is_the_contract_and_decodes_back_to_an_equal_edition() -> None:
    for edition in (EDITION, attack(EVIL)):
        written = render(edition, SITE, MailConfig())["edition.json"]
        assert msgspec.json.decode(written, type=Edition) == edition
    raw = msgspec.json.decode(render(EDITION, SITE, MailConfig())["edition.json"])
    assert list(raw["stories"][0]) == ["rank", "score", "reasons", "brief"]
    brief = raw["stories"][0]["brief"]
    texts = {source["article"]: source["text"] for source in brief["sources"]}
    for section in brief["sections"]:
        for claim in section["claims"]:
            for c in claim["citations"]:
                assert texts[c["article"]][c["start"] : c["end"]] == c["quote"]


def test_the_same_edition_gives_the_same_bytes_in_another_process() -> None:
    code = (
        "import hashlib, sys; sys.path.insert(0, sys.argv[1])\n"
        "from sample import EDITION\n"
        "from nutgraf.config import MailConfig, SiteConfig\n"
        "from nutgraf.render import render\n"
        "site = SiteConfig(base_url='https://news.example/editions')\n"
        "files = render(EDITION, site, MailConfig())\n"
        "print(hashlib.sha256(b''.join(files[k] for k in sorted(files))).hexdigest())"
    )
    command = [sys.executable, "-c", code, str(HERE)]
    root = str(Path(nutgraf.render.__file__).parents[2])

    def run(seed: str, zone: str) -> str:
        env = {"PYTHONPATH": root, "PYTHONHASHSEED": seed, "TZ": zone}
        return subprocess.run(command, env=env, capture_output=True, check=True, text=True).stdout

    assert run("1", "UTC") == run("2", "Asia/Tokyo") != ""


def test_the_counts_line_leaves_out_what_did_not_happen() -> None:
    from nutgraf.types import Counts

    def line(counts: Counts) -> str:
        return counts_line(msgspec.structs.replace(EDITION, counts=counts))

    assert line(Counts(stories=1, articles=1, outlets=1)) == "1 story from 1 article by 1 outlet"
    assert line(Counts(stories=14, articles=312, outlets=68, copies=41, withheld=9)) == (
        "14 stories from 312 articles by 68 outlets; 41 copies folded, 9 sentences withheld"
    )
    assert line(Counts(withheld=1)).endswith("; 1 sentence withheld")
