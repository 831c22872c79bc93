from __future__ import annotations

import gzip
import io
import tarfile
from pathlib import Path

import pytest

from nutgraf.evals import feeds

FLOORS = {
    "snapshot_parsed_share": 1.0,
    "snapshot_entries": 4_115,
    "cases_read_share": 1.0,
    "expected_share": 0.86,
}


def test_the_scorecard_only_improves(data: Path) -> None:
    found = feeds.run(data)
    assert found.keys() == FLOORS.keys()
    assert {name: found[name] for name, least in FLOORS.items() if found[name] < least} == {}


def case(expect: str) -> bytes:
    comment = f"<!--\nDescription: a case\nExpect: not bozo and {expect}\n-->\n"
    item = "<item><title>Ferry &amp;amp; tug</title><pubDate>2 Nov 2026</pubDate></item>"
    return f"{comment}<rss><channel><title>Quay</title>{item}</channel></rss>".encode()


EXPECTED = {
    "feed['title'] == 'Quay'": 1.0,
    "feed['title'] == 'Harbour'": 0.0,
    "entries[0]['title'] == u'Ferry &amp; tug'": 1.0,
    "entries[0].title == 'Ferry \\x26 tug'": 1.0,
    "entries[0]['published'] == '2026-11-02'": 1.0,
    "entries[1]['title'] == 'Ferry'": 0.0,
    "feed['title'] == 'Quay' and entries[0]['title'] == 'x'": 0.5,
    "feed['cloud'] == 'x'": 0.0,
}


@pytest.mark.parametrize("expect", EXPECTED)
def test_expectations_are_read_and_judged(expect: str, tmp_path: Path) -> None:
    (tmp_path / "feeds/snapshot").mkdir(parents=True)
    for name, body in (("a", case("x")), ("b", b"no feed")):
        (tmp_path / f"feeds/snapshot/{name}.gz").write_bytes(gzip.compress(body))
    with tarfile.open(tmp_path / "feeds/feedparser_cases.tar.gz", "w:gz") as archive:
        info = tarfile.TarInfo("cases/a.xml")
        info.size = len(case(expect))
        archive.addfile(info, io.BytesIO(case(expect)))
    assert feeds.run(tmp_path) == {
        "snapshot_parsed_share": 0.5,
        "snapshot_entries": 1.0,
        "cases_read_share": 1.0,
        "expected_share": EXPECTED[expect],
    }
