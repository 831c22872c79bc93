"""What a reader sees: contrast from the style sheet, layout and keys in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browser import Tab, in_tab
from hostile import EVIL, attack
from sample import EDITION

from nutgraf.config import MailConfig, SiteConfig
from nutgraf.render import render
from nutgraf.render.environment import asset

STYLE = asset("style.css").decode()


# --- contrast, WCAG 2.2: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio ----------------------


def palette(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z]+): (#[0-9a-f]{3,6});", block))


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, two: str) -> float:
    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


LIGHT = palette(STYLE.partition("@media")[0])
DARK = palette(STYLE.partition("@media (prefers-color-scheme: dark)")[2].partition("@media")[0])
PRINT = palette(STYLE.partition("@media print")[2])


@pytest.mark.parametrize("colours", [LIGHT, DARK, PRINT], ids=["light", "dark", "print"])
@pytest.mark.parametrize("ground", ["paper", "tint"])
@pytest.mark.parametrize("ink", ["ink", "soft", "accent", "warn"])
def test_text_stands_out_from_its_ground(colours: dict[str, str], ground: str, ink: str) -> None:
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK, PRINT], ids=["light", "dark", "print"])
def test_cited_words_stand_out(colours: dict[str, str]) -> None:
    assert contrast(colours["marked"], colours["mark"]) >= 7
    assert contrast(colours["paper"], colours["accent"]) >= 4.5


def test_contrast_is_what_the_standard_says_it_is() -> None:
    assert contrast("#fff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def test_colours_are_named_once_and_used_by_name() -> None:
    rules = re.sub(r"--[a-z]+: [^;]+;", "", STYLE)
    literal = set(re.findall(r"#[0-9a-f]{3,6}\b", rules.partition("@media print")[0]))
    assert literal == set()
    assert "box-shadow" not in STYLE
    assert "url(" not in STYLE


# --- a real browser ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("editions")
    long = attack("W" * 300 + EVIL, "https://evil.example/" + "w" * 400)
    for name, edition in (("sample", EDITION), ("long", long)):
        for path, body in render(edition, SiteConfig(), MailConfig()).items():
            (root / name / path).parent.mkdir(parents=True, exist_ok=True)
            (root / name / path).write_bytes(body)
    return root


def test_no_page_is_wider_than_a_small_phone_with_everything_open(
    chromium: str, folder: Path
) -> None:
    wide: list[tuple[str, int]] = []

    async def look(tab: Tab) -> None:
        for page in sorted(folder.rglob("*.html")):
            await tab.open(page.as_uri(), width=360)
            await tab.value("document.querySelectorAll('details').forEach(d => d.open = true)")
            assert await tab.value("innerWidth") == 360
            width = await tab.value("document.documentElement.scrollWidth")
            if width > 360:
                wide.append((str(page.relative_to(folder)), width))

    in_tab(chromium, look)
    assert wide == []


def test_receipts_open_by_key_and_by_mouse_with_scripts_off(chromium: str, folder: Path) -> None:
    async def look(tab: Tab) -> None:
        await tab.call("Emulation.setScriptExecutionDisabled", value=True)
        await tab.open((folder / "sample/stories/s-flood.html").as_uri(), width=390)
        receipts = "document.querySelectorAll('details.receipts')"
        shown = f"{receipts}[%d].querySelector('mark').checkVisibility()"
        assert await tab.value("[...document.querySelectorAll('button')].every(b => b.hidden)")
        assert await tab.value(shown % 0) is False
        await tab.value(f"{receipts}[0].querySelector('summary').focus()")
        await tab.press("Enter", 13)
        assert await tab.value(f"{receipts}[0].open") is True
        assert await tab.value(shown % 0) is True
        await tab.value(f"{receipts}[1].scrollIntoView({{block: 'center', behavior: 'instant'}})")
        box = await tab.value(
            f"(b => [b.x + b.width / 2, b.y + b.height / 2, b.height])"
            f"({receipts}[1].querySelector('summary').getBoundingClientRect())"
        )
        for kind in ("mousePressed", "mouseReleased"):
            await tab.call(
                "Input.dispatchMouseEvent", type=kind, x=box[0], y=box[1], button="left",
                clickCount=1,
            )  # fmt: skip
        assert await tab.value(shown % 1) is True
        assert box[2] >= 22

    in_tab(chromium, look)


def test_the_receipt_opens_under_its_own_sentence(chromium: str, folder: Path) -> None:
    async def look(tab: Tab) -> None:
        await tab.open((folder / "sample/stories/s-flood.html").as_uri())
        places = await tab.value(
            "(() => { const c = document.querySelectorAll('.claim')[1]; "
            "c.querySelector('details').open = true; "
            "const y = s => c.querySelector(s).getBoundingClientRect(); "
            "return [y('p').bottom, y('.slips').top, y('.slips').width, y('p').right] })()"
        )
        assert 0 <= places[1] - places[0] < 40
        assert places[2] > 300

    in_tab(chromium, look)


def test_the_skip_link_comes_first_and_the_script_adds_its_buttons(
    chromium: str, folder: Path
) -> None:
    async def look(tab: Tab) -> None:
        await tab.open((folder / "sample/stories/s-flood.html").as_uri())
        await tab.press("Tab", 9)
        assert await tab.value("document.activeElement.className") == "skip"
        assert await tab.value("document.activeElement.getBoundingClientRect().left >= 0")
        assert await tab.value("document.querySelector('[data-receipts]').hidden") is False
        await tab.value("document.querySelector('[data-receipts]').click()")
        closed = "[...document.querySelectorAll('details.receipts')].filter(d => !d.open).length"
        assert await tab.value(closed) == 0

    in_tab(chromium, look)


def test_lines_of_a_story_are_of_a_length_that_can_be_read(chromium: str, folder: Path) -> None:
    async def look(tab: Tab) -> None:
        await tab.open((folder / "sample/stories/s-flood.html").as_uri(), width=1600)
        characters = await tab.value(
            "(() => { const r = document.querySelector('.reading'); const s = "
            "document.createElement('span'); s.textContent = 'the quick brown fox jumps over it '"
            ".repeat(10); s.style.whiteSpace = 'nowrap'; r.append(s); "
            "return 340 * r.clientWidth / s.getBoundingClientRect().width })()"
        )
        assert 58 <= characters <= 74

    in_tab(chromium, look)


def test_the_ledger_reads_at_a_glance_on_a_phone(chromium: str, folder: Path) -> None:
    """The value on the left, on its right who says so, then when, then the words below."""

    async def look(tab: Tab) -> None:
        await tab.open((folder / "sample/stories/s-flood.html").as_uri(), width=390)
        rows = await tab.value(
            "[...document.querySelectorAll('.figures tbody tr:first-child')].map(r => "
            "['th b', '.who', '.when', '.words'].map(s => "
            "(b => [b.left, b.top, b.right, b.bottom])"
            "(r.querySelector(s).getBoundingClientRect())))"
        )
        assert len(rows) >= 4
        for figure, who, when, words in rows:
            assert figure[2] <= who[0]
            assert who[3] <= when[1] + 1
            assert when[3] <= words[1] + 1
            assert words[2] <= 390

    in_tab(chromium, look)


def test_no_label_of_a_drawing_leaves_it_or_covers_another(chromium: str, folder: Path) -> None:
    async def look(tab: Tab) -> None:
        await tab.open((folder / "sample/stories/s-flood.html").as_uri(), width=390)
        for drawing in (".chart", ".lineage"):
            boxes = await tab.value(
                f"[...document.querySelectorAll('{drawing}:first-of-type text')].map(t => "
                "(b => [b.left, b.top, b.right, b.bottom])(t.getBoundingClientRect()))"
            )
            assert len(boxes) >= 3
            assert all(left >= 0 and right <= 390 for left, _, right, _ in boxes)
            for n, one in enumerate(boxes):
                for other in boxes[n + 1 :]:
                    apart = one[2] <= other[0] or other[2] <= one[0]
                    assert apart or one[3] <= other[1] + 4 or other[3] <= one[1] + 4

    in_tab(chromium, look)
