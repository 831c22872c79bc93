"""A newsroom whose source edits an article: what its pages, letter, feed and JSON say then."""

from __future__ import annotations

import email
import os
import shutil
import signal
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import policy
from pathlib import Path

import feedparser
import msgspec
import pytest
from sqlalchemy import Engine, event

from nutgraf.errors import DeliveryError
from nutgraf.newsroom import Newsroom, desk
from nutgraf.pipeline.corrections import _moves
from nutgraf.types import Article, Edition, Entry, Made, PageDue

DAY = timedelta(days=1)
FIRST = datetime(2031, 5, 6, 18, tzinfo=UTC)
VILLAGES = "The river Ambel flooded 34 villages in eastern Dresk on Tuesday, the ministry said."
WAS = VILLAGES.rstrip(".")
"""As the headline has it."""
FLOOD = f"""{VILLAGES}

Engineers opened the spillway of the dam at Ormuth at two in the morning, Hana Weiss said.

Volunteers carried sandbags to the quay at Imrik until the evening."""
CREST = """The flood of the river Ambel in eastern Dresk crested at Imrik on Wednesday at noon.

The spillway of the dam at Ormuth was closed again, Hana Weiss said.

The ministry counted 900 houses in eastern Dresk that the river Ambel has ruined."""
STRIKE = """Dock workers at Port Almez walked out at noon over the hours of the night shift.

Eleven freighters lie at anchor off Port Almez, the harbour office said.

The union of the dockers wants a third crew for each crane."""
QUAKE = """An earthquake shook the island of Sorrel before dawn and cracked the old lighthouse.

Nobody was hurt on Sorrel, the mayor of the island said.

The ferry to Sorrel sails again on Thursday."""
VOTE = """The parliament of Hathmoor voted to lower the tax on bicycles by half.

The law takes effect in Hathmoor in January, the speaker said.

Two members voted against the bicycle law."""


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    (tmp_path / "nutgraf.toml").write_text('[site]\nbase_url = "https://desk.example/e"\n')
    with Newsroom.open(tmp_path) as opened:
        put(opened, "flood", FLOOD, FIRST)
        put(opened, "strike", STRIKE, FIRST)
        opened.update(FIRST)
        opened.issue(now=FIRST)
        yield opened


def put(newsroom: Newsroom, name: str, text: str, now: datetime) -> None:
    title = text.split(".")[0]
    article = Article(
        id=name, url=f"https://{name}.example/1", title=title, text=text, language="en",
        published=(now - timedelta(hours=3)).isoformat(), publisher=f"The {name.title()} Post",
    )  # fmt: skip
    newsroom.store.save_article(PageDue(entry=Entry(guid="")), article, Made(by="e"), now, None)


def edit(newsroom: Newsroom, now: datetime = FIRST + DAY) -> None:
    put(newsroom, "flood", FLOOD.replace("34 villages", "43 villages"), now - DAY)
    newsroom.update(now)


def folder(newsroom: Newsroom, number: int = 0) -> Path:
    return newsroom.out / newsroom.editions()[number].id


def read(newsroom: Newsroom, name: str, number: int = 0) -> str:
    return (folder(newsroom, number) / name).read_text("utf-8")


def story_of(newsroom: Newsroom, article: str) -> str:
    story = newsroom.store.story_of(article)
    assert story is not None
    return story.id


def test_the_page_keeps_its_words_with_the_correction_beside_them(newsroom: Newsroom) -> None:
    page = f"stories/{story_of(newsroom, 'flood')}.html"
    before, frozen = read(newsroom, page), newsroom.store.editions()[0]
    edit(newsroom)
    after = read(newsroom, page)
    assert before.count(VILLAGES) <= after.count(VILLAGES)
    assert "Corrected" not in before
    assert "The Flood Post</bdi> now says" in after
    assert VILLAGES.replace("34", "43") in after
    assert "“34” is “43” now" in after
    assert "Corrected 7 May 2031" in read(newsroom, "index.html")
    assert newsroom.store.editions() == [frozen]


def test_the_json_keeps_the_first_text_and_carries_the_correction(newsroom: Newsroom) -> None:
    before = msgspec.json.decode(read(newsroom, "edition.json"), type=Edition)
    edit(newsroom)
    after = msgspec.json.decode(read(newsroom, "edition.json"), type=Edition)
    assert after == newsroom.edition(after.id)
    [wrong] = [one for item in after.stories for one in item.brief.corrections]
    assert (wrong.was, wrong.edition, wrong.article) == (WAS, after.id, "flood")
    assert after != before
    stripped = [
        msgspec.structs.replace(item, brief=msgspec.structs.replace(item.brief, corrections=[]))
        for item in after.stories
    ]
    assert msgspec.structs.replace(after, stories=stripped) == before


def test_the_feed_has_an_updated_entry_and_the_others_stay(newsroom: Newsroom) -> None:
    before = feedparser.parse(read(newsroom, "feed.atom")).entries
    edit(newsroom)
    for path in (folder(newsroom) / "feed.atom", newsroom.out / "top.atom"):
        after = feedparser.parse(path.read_bytes())
        assert [entry.id for entry in after.entries] == [entry.id for entry in before]
        moved = [b.updated != a.updated for b, a in zip(before, after.entries, strict=True)]
        assert sum(moved) == 1
        [entry] = [a for b, a in zip(before, after.entries, strict=True) if a.updated != b.updated]
        assert entry.summary.startswith("Corrected 7 May 2031: The river Ambel flooded 43")
        assert entry.published == before[0].published
        assert after.feed.updated == entry.updated == "2031-05-07T18:00:00Z"


def letter(newsroom: Newsroom, number: int = 0) -> str:
    raw = (folder(newsroom, number) / "edition.eml").read_bytes()
    body = email.message_from_bytes(raw, policy=policy.default).get_body(("plain",))
    assert body is not None
    return " ".join(body.get_content().split())


def test_the_next_letter_tells_it_once(newsroom: Newsroom) -> None:
    edit(newsroom)
    assert newsroom.issue(now=FIRST + DAY) == []  # a correction alone makes no edition: it waits
    put(newsroom, "quake", QUAKE, FIRST + DAY)
    newsroom.update(FIRST + DAY)
    [second] = newsroom.issue(now=FIRST + DAY)
    assert [one.was for one in second.corrections] == [WAS]
    assert f"We had written on 6 May 2031: {WAS}" in letter(newsroom)
    assert "Corrections to earlier editions" in read(newsroom, "index.html")
    put(newsroom, "vote", VOTE, FIRST + 2 * DAY)
    newsroom.update(FIRST + 2 * DAY)
    [third] = newsroom.issue(now=FIRST + 2 * DAY)
    assert third.corrections == []
    assert "We had written" not in letter(newsroom)


def test_a_story_that_returns_tells_what_was_wrong_in_it(newsroom: Newsroom) -> None:
    edit(newsroom)
    put(newsroom, "crest", CREST, FIRST + DAY)
    newsroom.update(FIRST + DAY)
    assert story_of(newsroom, "crest") == story_of(newsroom, "flood")
    put(newsroom, "quake", QUAKE, FIRST + DAY)
    newsroom.update(FIRST + DAY)
    newsroom.issue(now=FIRST + DAY)
    view = newsroom.story(story_of(newsroom, "flood"))
    assert view.memory[0].told.edition == "top-2031-05-06"
    assert [one.was for one in view.memory[0].corrections] == [WAS]
    assert [one.told.edition for one in view.memory] == ["top-2031-05-06", "top-2031-05-07"]
    assert "correction" in {change.what for change in view.memory[1].changes}
    assert view.memory[1].changes == view.brief.changes
    assert [one.was for one in view.brief.corrections] == [WAS]


def test_an_edit_elsewhere_corrects_nothing(newsroom: Newsroom) -> None:
    put(newsroom, "flood", f"{FLOOD}\n\nThe water fell by a metre overnight.", FIRST)
    put(newsroom, "strike", STRIKE.replace("walked out at noon", "walked out at  noon"), FIRST)
    before = read(newsroom, "index.html")
    newsroom.update(FIRST + DAY)
    assert len(newsroom.store.revisions("flood")) == 2
    assert newsroom.store.corrections([newsroom.editions()[0].id]) == []
    assert read(newsroom, "index.html") == before


def test_pages_that_could_not_be_written_are_written_with_the_next_update(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DeliveryError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(desk, "write_folder", full)
        with pytest.raises(DeliveryError):
            edit(newsroom)
    assert "Corrected" not in read(newsroom, "index.html")
    newsroom.update(FIRST + DAY)
    assert "Corrected" in read(newsroom, "index.html")
    written = (folder(newsroom) / "index.html").stat().st_mtime_ns
    newsroom.update(FIRST + DAY)
    assert (folder(newsroom) / "index.html").stat().st_mtime_ns == written


def test_a_merged_story_is_found_under_its_old_address(newsroom: Newsroom) -> None:
    flood, strike = story_of(newsroom, "flood"), story_of(newsroom, "strike")
    newsroom.editing.merge(strike, flood, FIRST + DAY)
    assert {one.story for one in newsroom.told(flood)} == {flood, strike}
    assert newsroom.story(flood).told == newsroom.story(strike).told == newsroom.told(flood)
    assert {one.told.story for one in newsroom.story(strike).memory} == {flood, strike}
    assert newsroom.told("nobody") == []


@pytest.mark.parametrize(
    ("sentence", "before", "after", "moves"),
    [
        (VILLAGES, "34", "43", False),
        ("Seven people were killed in the flood, police said.", "Seven", "Eleven", True),
        ("The bridge cost 4 million dollars.", "4", "5", False),
    ],
)
def test_a_toll_may_have_risen_where_a_price_was_wrong(
    sentence: str, before: str, after: str, moves: bool
) -> None:
    assert _moves(sentence, sentence.replace(before, after)) is moves


# --- kill ------------------------------------------------------------------------------------


def outcome(folder: Path) -> tuple[object, ...]:
    with Newsroom.open(folder) as opened:
        [edition] = opened.editions()
        shown = (opened.out / edition.id / "index.html").read_text("utf-8")
        found = opened.store.corrections([edition.id])
        left = opened.store.edited("correct/1", 9)
        assert opened.store.check() == []
        return edition, found, left, opened.store.unshown(), shown


def killed(folder: Path, point: int) -> int:
    """Statements of an update in a process that kills itself after so many of them; 0 if it did."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        count = 0

        def tick(*_: object) -> None:
            nonlocal count
            count += 1
            if count == point:
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(Engine, "after_cursor_execute", tick)
        with Newsroom.open(folder) as opened:
            opened.update(FIRST + DAY)
        os.write(writing, str(count).encode())
        os._exit(0)
    os.close(writing)
    _, status = os.waitpid(child, 0)
    with os.fdopen(reading) as pipe:
        return 0 if os.WIFSIGNALED(status) else int(pipe.read())


def test_an_update_killed_anywhere_puts_right_the_same_things_once(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    put(newsroom, "flood", FLOOD.replace("34 villages", "43 villages"), FIRST)
    newsroom.store.backup(tmp_path / "before.db")
    newsroom.close()
    folders = []
    for name in ("calm", "killed"):
        folders.append(tmp_path / name)
        shutil.copytree(newsroom.out, folders[-1] / "editions")
        shutil.copy(tmp_path / "nutgraf.toml", folders[-1])
        shutil.copy(tmp_path / "before.db", folders[-1] / "news.db")
    statements = killed(folders[0], -1)
    calm = outcome(folders[0])
    assert len(calm[1]) == 1
    assert calm[2:4] == ([], [])
    assert "Corrected" in calm[4]
    assert statements > 20
    for point in range(1, statements, max(1, statements // 16)):
        killed(folders[1], point)
    assert killed(folders[1], -1)
    assert outcome(folders[1]) == calm
