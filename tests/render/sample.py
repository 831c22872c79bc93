"""An invented edition with everything a page must be able to show.

Nothing in it happened. Citations are exact: each is found in the text it cites.
"""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from nutgraf.types import (
    Brief,
    Change,
    Citation,
    Claim,
    Correction,
    Counts,
    Drop,
    Edition,
    EditionStory,
    Evidence,
    Kind,
    Reported,
    Section,
    Slot,
    SlotStatus,
    Source,
    Value,
    Withheld,
)

ISSUED = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)


def source(
    id: str,
    publisher: str,
    published: str,
    title: str,
    text: str,
    origin: str = "",
    how: str = "own",
) -> Source:
    return Source(
        article=id,
        revision=1,
        title=title,
        publisher=publisher,
        url=f"https://{publisher.lower().replace(' ', '-')}.example/{id}",
        published=published,
        origin=origin or id,
        text=text,
        how=how,
    )


def cite(of: Source, quote: str) -> Citation:
    assert of.text is not None
    start = of.text.index(quote)
    return Citation(
        article=of.article, revision=1, start=start, end=start + len(quote), quote=quote
    )


def claim(text: str, *citations: Citation, origins: int = 0) -> Claim:
    count = origins or len({c.article for c in citations})
    return Claim(text=text, verdict="supported", citations=list(citations), origins=count)


def said(
    of: Source, value: Value, quote: str, said_by: str | None = None, as_of: str | None = None
) -> Reported:
    c = cite(of, quote)
    return Reported(
        article=of.article,
        value=value,
        quote=quote,
        start=c.start,
        end=c.end,
        said_by=said_by,
        as_of=as_of,
    )


def slot(name: str, unit: str, status: SlotStatus, *values: Reported, note: str = "") -> Slot:
    return Slot(slot=name, unit=unit, values=list(values), status=status, note=note)


def place(rank: int, score: float, brief: Brief, **reasons: float) -> EditionStory:
    return EditionStory(rank=rank, score=score, reasons=reasons, brief=brief)


# --- a flood: a conflict, an update, copies, changes, a correction ---------------------------

STANDARD = source(
    "flood-standard",
    "Orlen Standard",
    "2026-11-22T14:05:00+00:00",
    "The Vessa breaks its banks: 43 villages under water",
    "The river Vessa flooded 43 villages in eastern Orlen on Sunday after engineers opened the "
    "spillway of the Karst dam, the interior ministry said.\n\n"
    "Eleven people have died and 12,000 have left their homes, according to Interior Minister "
    "Bela Toth. The ministry counts only people who were registered at a reception centre.\n\n"
    "Dam director Irma Weil said the spillway was opened at 2 a.m. because the reservoir stood "
    "40 centimetres below the crest. “The choice was a flood or a wall of water,” Weil said.\n\n"
    "Sirens in Brenn and Maltz did not sound. Toth said the power had failed and promised an "
    "inquiry. The army has sent 1,800 soldiers and 60 boats.",
)
WIRE = source(
    "flood-wire",
    "Meridian Wire",
    "2026-11-22T09:30:00+00:00",
    "Floods kill nine in Orlen, thousands flee",
    "BRENN, Orlen — Floods killed at least nine people in eastern Orlen and drove thousands from "
    "their homes, officials said on Sunday.\n\n"
    "The aid group Harbour Relief put the number of displaced at 18,000, saying many families "
    "had gone to relatives and were not registered anywhere.\n\n"
    "“People don’t fill in a form before they climb on a tractor,” said its coordinator, Yusra "
    "Hald. Helicopters lifted 73 patients from the hospital at Maltz. The army is using 60 "
    "boats.\n\nThe crest should reach the capital on Monday, forecasters said.",
)
EARLY = source(
    "flood-early",
    "Radio Brenn",
    "2026-11-21T22:15:00+00:00",
    "Seven dead as the Vessa rises",
    "Seven people have died in the valley of the Vessa since Saturday morning, the district "
    "office in Brenn said late on Saturday. The water is still rising.\n\n"
    "The office asked everyone below the church hill to leave before midnight.",
)
COPY_A = source(
    "flood-copy-a",
    "The Morning Ledger",
    "2026-11-22T10:02:00+00:00",
    "Floods kill nine in Orlen",
    WIRE.text or "",
    origin="flood-wire",
    how="copy",
)
COPY_B = source(
    "flood-copy-b",
    "Coast Tribune",
    "2026-11-22T10:40:00+00:00",
    "Nine dead in Orlen floods, thousands flee",
    (WIRE.text or "").replace("BRENN, Orlen — ", ""),
    origin="flood-wire",
    how="wire",
)
SECOND = source(
    "flood-second",
    "Plain Dealer Online",
    "2026-11-22T12:20:00+00:00",
    "Dam operators were warned a week ago, paper says",
    "Operators of the Karst dam were warned on 14 November that the reservoir would overfill, the "
    "Capital Courier reported, citing a letter from the weather service.\n\nThe dam company did "
    "not answer a request for comment.",
    origin="Capital Courier",
    how="second-hand",
)

FLOOD = Brief(
    story="s-flood",
    language="en",
    kind="news",
    written_by="extractive/1",
    headline=claim(
        "Floods in eastern Orlen kill eleven; sources differ on how many fled",
        cite(STANDARD, "Eleven people have died and 12,000 have left their homes"),
        cite(WIRE, "put the number of displaced at 18,000"),
        origins=2,
    ),
    nut_graf=claim(
        "The river Vessa flooded 43 villages after engineers opened the spillway of the Karst "
        "dam; the ministry counts 12,000 displaced, an aid group 18,000.",
        cite(
            STANDARD,
            "The river Vessa flooded 43 villages in eastern Orlen on Sunday after "
            "engineers opened the spillway of the Karst dam",
        ),
        cite(STANDARD, "12,000 have left their homes, according to Interior Minister Bela Toth"),
        cite(WIRE, "The aid group Harbour Relief put the number of displaced at 18,000"),
        origins=2,
    ),
    sections=[
        Section(
            heading="What happened",
            claims=[
                claim(
                    "Eleven people have died, according to Interior Minister Bela Toth.",
                    cite(STANDARD, "Eleven people have died"),
                ),
                claim(
                    "The spillway was opened at 2 a.m. because the reservoir stood 40 centimetres "
                    "below the crest, dam director Irma Weil said.",
                    cite(
                        STANDARD,
                        "Dam director Irma Weil said the spillway was opened at 2 a.m. "
                        "because the reservoir stood 40 centimetres below the crest.",
                    ),
                ),
                claim(
                    "The army is using 60 boats.",
                    cite(STANDARD, "The army has sent 1,800 soldiers and 60 boats."),
                    cite(WIRE, "The army is using 60 boats."),
                    cite(COPY_A, "The army is using 60 boats."),
                    origins=2,
                ),
                claim(
                    "Helicopters lifted 73 patients from the hospital at Maltz.",
                    cite(WIRE, "Helicopters lifted 73 patients from the hospital at Maltz."),
                    cite(COPY_B, "Helicopters lifted 73 patients from the hospital at Maltz."),
                    origins=1,
                ),
            ],
        ),
        Section(
            heading="What is disputed",
            claims=[
                claim(
                    "Harbour Relief puts the number of displaced at 18,000, saying many families "
                    "had gone to relatives and were not registered anywhere.",
                    cite(
                        WIRE,
                        "The aid group Harbour Relief put the number of displaced at 18,000, "
                        "saying many families had gone to relatives and were not registered "
                        "anywhere.",
                    ),
                ),
                claim(
                    "Operators of the dam were warned on 14 November, "
                    "the Capital Courier reported.",
                    cite(
                        SECOND,
                        "Operators of the Karst dam were warned on 14 November that the "
                        "reservoir would overfill, the Capital Courier reported",
                    ),
                ),
            ],
        ),
        Section(
            heading="What comes next",
            claims=[
                claim(
                    "The crest should reach the capital on Monday, forecasters said.",
                    cite(WIRE, "The crest should reach the capital on Monday, forecasters said."),
                ),
            ],
        ),
    ],
    figures=[
        slot(
            "army boats",
            "boats",
            "agree",
            said(STANDARD, 60, "60 boats"),
            said(WIRE, 60, "60 boats"),
        ),
        slot(
            "people displaced",
            "people",
            "conflict",
            said(STANDARD, 12000, "12,000 have left their homes", "the interior ministry"),
            said(WIRE, 18000, "the number of displaced at 18,000", "Harbour Relief"),
            note="The ministry counts registered people only; the two may not measure the same.",
        ),
        slot(
            "people killed",
            "people",
            "update",
            said(STANDARD, 11, "Eleven people have died", "the interior ministry"),
            said(EARLY, 7, "Seven people have died", "the district office"),
            said(WIRE, 9, "killed at least nine people", "officials"),
        ),
        slot(
            "patients lifted from the hospital at Maltz",
            "patients",
            "single",
            said(WIRE, 73, "73 patients"),
        ),
        slot(
            "time the spillway was opened",
            "clock time",
            "single",
            said(STANDARD, "02:00", "at 2 a.m.", "Irma Weil"),
        ),
    ],
    sources=[STANDARD, WIRE, EARLY, COPY_A, COPY_B, SECOND],
    origins=4,
    withheld=[
        Withheld(
            text="The flood is the worst in Orlen for fifty years.",
            verdict="unsupported",
            reason="fifty years is in none of them",
        ),
        Withheld(
            text="Sirens warned the people of Brenn and Maltz.",
            verdict="contradicted",
            reason="the source says that they did not sound",
            evidence=[
                Evidence(
                    source="flood-standard",
                    start=(STANDARD.text or "").index("Sirens in"),
                    end=(STANDARD.text or "").index("Sirens in") + 38,
                    quote="Sirens in Brenn and Maltz did not sound",
                )
            ][:0],
        ),
    ],
    changes=[
        Change(
            at=datetime(2026, 11, 22, 14, 5, tzinfo=UTC),
            what="figure",
            text="11 people killed",
            was="7 people killed",
            citations=[cite(STANDARD, "Eleven people have died")],
        ),
        Change(
            at=datetime(2026, 11, 22, 12, 20, tzinfo=UTC),
            what="source",
            text="Plain Dealer Online, at second hand from the Capital Courier",
        ),
        Change(
            at=datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
            what="fact",
            text="Helicopters lifted 73 patients from the hospital at Maltz.",
            citations=[cite(WIRE, "Helicopters lifted 73 patients from the hospital at Maltz.")],
        ),
    ],
    silent=["Northern Gazette", "Port Weekly"],
    corrections=[
        Correction(
            at=datetime(2026, 11, 22, 14, 5, tzinfo=UTC),
            text="The river flooded 43 villages.",
            was="The river flooded 34 villages.",
            article="flood-standard",
        )
    ],
)
FLOOD = msgspec.structs.replace(
    FLOOD,
    only_one=[
        c for s in FLOOD.sections for c in s.claims if c.origins == 1 and "crest" not in c.text
    ],
)
"""That the crest is coming others say in other words: one origin is cited, none is alone."""


# --- shorter ones --------------------------------------------------------------------------


def short(
    id: str,
    headline: str,
    nut_graf: str,
    *sources: Source,
    kind: Kind = "news",
    language: str = "en",
    heading: str = "What happened",
    origins: int = 0,
    more: tuple[str, ...] = (),
    figures: tuple[Slot, ...] = (),
    changes: tuple[Change, ...] = (),
) -> Brief:
    """A brief whose sentences are sentences of its first source, word for word."""
    first = sources[0]
    return Brief(
        story=id,
        language=language,
        kind=kind,
        written_by="extractive/1",
        headline=claim(headline, cite(first, nut_graf)),
        nut_graf=claim(nut_graf, cite(first, nut_graf)),
        sections=[Section(heading=heading, claims=[claim(t, cite(first, t)) for t in more])],
        figures=list(figures),
        sources=list(sources),
        origins=origins or len({s.origin for s in sources}),
        changes=list(changes),
    )


MODEL = source(
    "model-lab",
    "Tallow Labs",
    "2026-11-22T11:00:00+00:00",
    "Lantern 2 released",
    "Tallow Labs released Lantern 2, an open model with 14 billion parameters, under a permissive "
    "licence. It was trained on 9.5 trillion tokens. The weights can be had without a form.",
)
MODEL_NEWS = source(
    "model-news",
    "Machine Weekly",
    "2026-11-22T12:45:00+00:00",
    "Tallow opens Lantern 2",
    "Tallow Labs has opened the weights of Lantern 2. The company says that the model was trained "
    "on 9.5 trillion tokens; a table in its paper says 8.9 trillion.",
)
RATES = source(
    "rates",
    "Financial Courant",
    "2026-11-22T08:00:00+00:00",
    "Central bank holds at 3.25 percent",
    "The central bank of Velden kept its main rate at 3.25 percent on Sunday, the fourth meeting "
    "in a row without a change. Governor Anneke Roos said that inflation was “not beaten but "
    "tired”. Two of nine members voted for a cut.",
)
PRESS = source(
    "press",
    "Brightwell Energy",
    "2026-11-21",
    "Brightwell announces record storage project",
    "Brightwell Energy announced a battery of 600 megawatt-hours at Port Sale. The company expects "
    "to open it in 2028.",
    origin="Brightwell Energy",
    how="press",
)
OPINION = source(
    "opinion",
    "Orlen Standard",
    "2026-11-22T06:00:00+00:00",
    "A siren that needs the mains is a decoration",
    "A siren that falls silent when the power fails was never a siren, and every mayor along the "
    "Vessa knew it. The country that lays fibre to its ski huts can afford a battery.",
)
ARABIC = source(
    "arabic",
    "صحيفة المرفأ",
    "2026-11-22T10:10:00+00:00",
    "الميناء يعيد فتح أبوابه بعد إضراب دام تسعة أيام",
    "أعاد ميناء سالمة فتح أبوابه يوم الأحد بعد إضراب دام تسعة أيام، بحسب ما أعلنته نقابة العمال. "
    "واتفق الطرفان على زيادة في الأجور بنسبة 6 في المئة. وقالت الإدارة إن 41 سفينة تنتظر الدخول.",
)
STUDY = source(
    "study",
    "Journal Watch",
    "2026-11-20",
    "Bees follow the sun even in a tunnel",
    "Bumblebees that were kept in a dark tunnel for six days still left it in the direction of the "
    "morning sun, a study of 212 animals found.",
)
LONG = source(
    "long",
    "Regional Register of Upper Velden and the Islands",
    "2026-11-22T07:30:00+00:00",
    "Parliamentary committee",
    "The parliamentary committee on intergovernmental infrastructure cooperation postponed its "
    "long-awaited decision on the Donaudampfschifffahrtsgesellschaft concession until the spring, "
    "after three members walked out over the order of the agenda.",
)
GHOST = source(
    "ghost",
    "Port Weekly",
    "2026-11-22T05:55:00+00:00",
    "Ferry runs again",
    "The ferry runs again.",
)

EDITION = Edition(
    id="world-2026-11-22",
    beat="world",
    title="World",
    number=12,
    issued_at=ISSUED,
    stories=[
        place(
            1,
            4.21,
            FLOOD,
            origins=1.9,
            recency=1.2,
            beat_match=0.85,
            disagreement=0.4,
            repeated=-0.14,
        ),
        place(
            2,
            3.02,
            short(
                "s-model",
                "Tallow Labs opens the weights of Lantern 2",
                "Tallow Labs released Lantern 2, an open model with 14 billion parameters, under "
                "a permissive licence.",
                MODEL,
                MODEL_NEWS,
                kind="release",
                more=("The weights can be had without a form.",),
                figures=(
                    slot(
                        "training tokens",
                        "tokens",
                        "conflict",
                        said(MODEL, 9.5e12, "9.5 trillion tokens"),
                        said(MODEL_NEWS, 8.9e12, "8.9 trillion", "a table in its paper"),
                    ),
                    slot(
                        "parameters",
                        "parameters",
                        "single",
                        said(MODEL, 14_000_000_000, "14 billion parameters"),
                    ),
                ),
            ),
            origins=1.2,
            recency=1.1,
        ),
        place(
            3,
            2.88,
            short(
                "s-rates",
                "Velden holds rates at 3.25 percent",
                "The central bank of Velden kept its main rate at 3.25 percent on Sunday, the "
                "fourth meeting in a row without a change.",
                RATES,
                more=("Two of nine members voted for a cut.",),
                figures=(
                    slot("main rate", "percent", "single", said(RATES, 3.25, "3.25 percent")),
                ),
            ),
            origins=0.7,
            recency=0.9,
        ),
        place(
            4,
            2.61,
            short(
                "s-port",
                "ميناء سالمة يعود إلى العمل بعد إضراب دام تسعة أيام",
                "أعاد ميناء سالمة فتح أبوابه يوم الأحد بعد إضراب دام تسعة أيام، بحسب ما أعلنته "
                "نقابة العمال.",
                ARABIC,
                language="ar",
                heading="ما حدث",
                more=("واتفق الطرفان على زيادة في الأجور بنسبة 6 في المئة.",),
            ),
            origins=0.7,
            recency=1.0,
        ),
        place(
            5,
            2.4,
            short(
                "s-committee",
                "Committee postpones its long-awaited decision on the "
                "Donaudampfschifffahrtsgesellschaft concession until the spring after three "
                "members walk out over the order of the agenda",
                "The parliamentary committee on intergovernmental infrastructure cooperation "
                "postponed its long-awaited decision on the Donaudampfschifffahrtsgesellschaft "
                "concession until the spring, after three members walked out over the order of "
                "the agenda.",
                LONG,
                changes=(Change(at=ISSUED, what="withdrawn", text="The vote was set for Friday."),),
            ),
            origins=0.7,
        ),
        place(
            6,
            2.2,
            short(
                "s-opinion",
                "A siren that needs the mains is a decoration",
                "A siren that falls silent when the power fails was never a siren, and every "
                "mayor along the Vessa knew it.",
                OPINION,
                kind="opinion",
            ),
            recency=0.8,
        ),
        place(
            7,
            1.9,
            short(
                "s-battery",
                "Brightwell announces a battery at Port Sale",
                "Brightwell Energy announced a battery of 600 megawatt-hours at Port Sale.",
                PRESS,
                kind="press",
                more=("The company expects to open it in 2028.",),
            ),
            recency=0.4,
        ),
        place(
            8,
            1.7,
            short(
                "s-bees",
                "Bees find the sun in the dark",
                "Bumblebees that were kept in a dark tunnel for six days still left it in the "
                "direction of the morning sun, a study of 212 animals found.",
                STUDY,
                kind="research",
            ),
            recency=0.3,
        ),
        place(
            9,
            1.1,
            short("s-ferry", "Ferry runs again", "The ferry runs again.", GHOST),
            recency=0.2,
        ),
    ],
    dropped=[
        *(
            Drop(stage="select", subject=f"https://sport.example/{i}", reason="not on the beat")
            for i in range(23)
        ),
        *(
            Drop(
                stage="extract",
                subject=f"https://paywall.example/{i}",
                reason="no readable text",
                detail="the page holds 38 words",
            )
            for i in range(6)
        ),
        *(Drop(stage="rank", subject=f"s-low-{i}", reason="below the floor") for i in range(4)),
        Drop(stage="extract", subject="javascript:alert(1)", reason="no usable address"),
    ],
    counts=Counts(stories=9, articles=312, outlets=68, copies=41, withheld=2),
)
