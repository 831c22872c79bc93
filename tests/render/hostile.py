"""An edition whose every text and address is an attack."""

from __future__ import annotations

from datetime import UTC, datetime

from nutgraf.types import (
    Brief,
    Change,
    Citation,
    Claim,
    Correction,
    Drop,
    Edition,
    EditionStory,
    Reported,
    Section,
    Slot,
    Source,
    Withheld,
)

SCRIPT = "<script>alert(1)</script>"
EVIL = (
    f"\"'><img src=x onerror=alert(1)>{SCRIPT}</title></textarea>]]>&lt;b&gt;"
    "{{ 7 * 7 }}{% raw %}\x00\x0b\u202e"
)
HEADER = "Quiet\r\nBcc: everyone@victim.example\r\n\r\nbody"
URLS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "\x01javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "//evil.example/x",
    "/local",
    "file:///etc/passwd",
    "https://",
    "https://[::1",
    'https://evil.example/"onmouseover="alert(1)',
    "https://evil.example/' onclick='alert(1)",
    "https://evil.example/<script>",
]
NOW = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)


def attack(text: str = EVIL, url: str = URLS[0], id: str = "s-evil") -> Edition:
    """One story in which `text` stands wherever text stands, and `url` wherever an address."""
    body = f"{text} body {text}"
    cited = Citation(article="a", revision=1, start=0, end=len(text), quote=text)
    said = Claim(text=text, verdict="supported", citations=[cited], origins=1)
    value = Reported(article="a", value=text, quote=text, start=0, end=len(text), said_by=text)
    other = Reported(article="b", value="other", quote="other", start=0, end=5, as_of=text)
    brief = Brief(
        story=id,
        language=text,
        kind="opinion",
        written_by=text,
        headline=said,
        nut_graf=said,
        sections=[Section(heading=text, claims=[said])],
        figures=[
            Slot(slot=text, unit=text, values=[value, other], status="conflict", note=text),
            Slot(slot=text, unit=text, values=[value], status="single"),
        ],
        sources=[
            Source(
                article="a", revision=1, title=text, publisher=text, url=url, published=text,
                origin=text, text=body, how="second-hand",
            )
        ],
        origins=2,
        withheld=[Withheld(text=text, verdict="contradicted", reason=text)],
        changes=[Change(at=NOW, what="fact", text=text, was=text, citations=[cited])],
        silent=[text],
        corrections=[Correction(at=NOW, text=text, was=text)],
    )  # fmt: skip
    return Edition(
        id="evil-1",
        beat=text,
        title=text,
        issued_at=NOW,
        stories=[EditionStory(rank=1, score=1.0, reasons={text: 1.0}, brief=brief)],
        dropped=[Drop(stage=text, subject=url, reason=text, detail=text)],
    )
