"""The nouns, frozen, in the order of the flow.

The shapes with a public JSON contract (article, slot, claim, brief, edition, audit) are written
and read as they stand here. System times are aware datetimes; a publication time is the text an
outlet gave, ISO 8601, because a date known only to the day stays a date (`"2026-11-17"`).
Offsets are Unicode code points of the text of one article revision.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct, field

__all__ = [
    "Article",
    "Audit",
    "AuditMark",
    "AuditSentence",
    "Beat",
    "Brief",
    "Change",
    "Checked",
    "Citation",
    "Claim",
    "Correction",
    "Counts",
    "Coverage",
    "Document",
    "Draft",
    "Drop",
    "Edition",
    "EditionStory",
    "Entry",
    "Evidence",
    "Feed",
    "FeedState",
    "Figure",
    "Kind",
    "Made",
    "Mark",
    "Named",
    "Origin",
    "Page",
    "PageDue",
    "PageState",
    "ParsedFeed",
    "Placement",
    "Ranked",
    "Reading",
    "Relevance",
    "Remembered",
    "Reported",
    "Request",
    "Section",
    "Slot",
    "SlotStatus",
    "Source",
    "Story",
    "StoryEvent",
    "Support",
    "Told",
    "Usage",
    "Value",
    "Verdict",
    "Withheld",
]

Kind = Literal[
    "news", "analysis", "opinion", "research", "release", "press", "review", "live", "roundup",
    "sponsored",
]  # fmt: skip
Verdict = Literal["supported", "contradicted", "unsupported"]
SlotStatus = Literal["agree", "conflict", "update", "scope", "single"]
FeedState = Literal["active", "gone"]
Value = int | float | str | list[float]
"""A number, `[low, high]`, `"YYYY-MM-DD"`, `"HH:MM"`, or a short string."""


# --- every stage -----------------------------------------------------------------------------


class Made(Struct, frozen=True, kw_only=True):
    """What made a derived row (`"extract/1 trafilatura/2.3"`) and from what (a URL, an id)."""

    by: str
    source: str = ""


class Drop(Struct, frozen=True, kw_only=True):
    """Why a subject (a URL, an article id, a story id) did not go on to the next stage."""

    stage: str
    subject: str
    reason: str
    detail: str = ""
    at: datetime | None = None


# --- gather ----------------------------------------------------------------------------------


class Feed(Struct, frozen=True, kw_only=True):
    """A URL that is polled, with its health."""

    id: int = 0
    url: str
    title: str = ""
    outlet: str = ""
    state: FeedState = "active"
    etag: str = ""
    modified: str = ""
    added_at: datetime | None = None
    checked_at: datetime | None = None
    success_at: datetime | None = None
    error: str = ""
    error_at: datetime | None = None
    failures: int = 0
    due_at: datetime | None = None


class Entry(Struct, frozen=True, kw_only=True):
    """One item as a feed published it. `id` and `feed` are 0 until it is stored."""

    id: int = 0
    feed: int = 0
    guid: str
    url: str = ""
    title: str = ""
    summary: str = ""
    content: str = ""
    """HTML or text, whatever the feed carries."""
    published: str | None = None
    authors: list[str] = field(default_factory=list)
    language: str | None = None
    outlet: str = ""
    """Name of the feed's publisher: what `Article.publisher` falls back on."""


class ParsedFeed(Struct, frozen=True, kw_only=True):
    """What a feed document says, before it is a `Reading` of a followed feed."""

    title: str = ""
    language: str | None = None
    link: str = ""
    """The site that the feed belongs to."""
    ttl: float | None = None
    """Seconds that the publisher asks to wait between two polls."""
    entries: list[Entry] = field(default_factory=list)


class Reading(Struct, frozen=True, kw_only=True):
    """What one poll of a feed gave: the feed with its new health, and its entries."""

    feed: Feed
    entries: list[Entry] = field(default_factory=list)


# --- fetch -----------------------------------------------------------------------------------


class Request(Struct, frozen=True, kw_only=True):
    """A URL to be had, conditionally if validators are known. `key` comes back unchanged."""

    key: str
    url: str
    etag: str = ""
    modified: str = ""


class PageDue(Struct, frozen=True, kw_only=True):
    """An article page to be read: for the first time, again after a failure, or for an edit.

    `entry` is what the feed said of it last; `article` is set once an article came out of it.
    """

    id: int = 0
    url: str = ""
    """Its address; the entry may have moved on to another. Empty if all there is is the entry."""
    entry: Entry
    article: str | None = None
    etag: str = ""
    modified: str = ""
    tries: int = 0
    """Failures in a row."""
    reads: int = 0
    """How often it was read; tells when it is due again."""


class PageState(Struct, frozen=True, kw_only=True):
    """How far a page is: read, to be read again at `due_at` (None: never), or failing."""

    url: str
    article: str | None = None
    etag: str = ""
    modified: str = ""
    tries: int = 0
    """Failures in a row."""
    reads: int = 0
    read_at: datetime | None = None
    due_at: datetime | None = None


class Page(Struct, frozen=True, kw_only=True):
    """What came back. `status` 304 means unchanged; then `body` is empty.

    `retry_after` (seconds) is what the server asked for with 429 or 503.
    """

    url: str
    """The address after redirects."""
    status: int
    body: bytes = b""
    content_type: str = ""
    etag: str = ""
    modified: str = ""
    moved_to: str = ""
    """Where permanent redirects alone (301, 308) led, else empty."""
    retry_after: float | None = None


# --- extract ---------------------------------------------------------------------------------


class Document(Struct, frozen=True, kw_only=True):
    """What a reader of HTML, PDF, text or mail found in it, before it becomes an article."""

    text: str
    title: str = ""
    url: str | None = None
    """Canonical address, where the document names one."""
    published: str | None = None
    modified: str | None = None
    publisher: str | None = None
    authors: list[str] = field(default_factory=list)
    language: str | None = None
    hints: list[str] = field(default_factory=list)
    """What may tell the kind: schema.org type, og:type, section, tags, a "Sponsored" label."""
    reader: str = ""
    """The library and version that read it, for provenance."""


class Article(Struct, frozen=True, kw_only=True):
    """The readable text behind an entry, one revision of it. In: `id` and `text` suffice."""

    id: str
    url: str | None = None
    title: str = ""
    text: str
    published: str | None = None
    publisher: str | None = None
    authors: list[str] = field(default_factory=list)
    language: str | None = None
    kind: Kind = "news"
    revision: int = 1
    modified: str | None = None

    def cite(self, start: int, end: int) -> Citation:
        """The exact words of this revision from `start` to `end` (code points of `text`)."""
        return Citation(
            article=self.id,
            revision=self.revision,
            start=start,
            end=end,
            quote=self.text[start:end],
        )


# --- copies ----------------------------------------------------------------------------------


class Origin(Struct, frozen=True, kw_only=True):
    """Who first reported what an article says.

    `first` is the id of the article that reported it, when that is at hand, else a name
    ("South China Morning Post"); an article that reports by itself is its own origin.
    `copy_of` is the article it repeats nearly word by word, if any. `how` says what showed it.
    """

    article: str
    first: str
    how: Literal["own", "copy", "wire", "second-hand", "press"] = "own"
    copy_of: str | None = None
    similarity: float = 0.0
    quote: str = ""
    """The words that name the origin, if words did."""
    via: str | None = None
    """The article of its story that it rests on directly; known once a story is settled."""


# --- cluster ---------------------------------------------------------------------------------


class Placement(Struct, frozen=True, kw_only=True):
    """A decision of the cluster stage: this article belongs to this story, and why.

    `also` names the other stories that a roundup tells of. `pinned` says that an editor decided:
    the machine does not move it.
    """

    article: str
    story: str
    score: float
    reason: str
    new: bool = False
    also: list[str] = field(default_factory=list)
    pinned: bool = False


class Story(Struct, frozen=True, kw_only=True):
    """The articles about one event."""

    id: str
    created_at: datetime
    updated_at: datetime
    articles: list[str]
    state: Literal["open", "closed"] = "open"


class StoryEvent(Struct, frozen=True, kw_only=True):
    """What happened to a story. `other` is the story an article came from or went to.

    `created`, `joined` and `left` are of one article; `followed` is one that joined when the story
    was closed: a follow-up. Where articles moved, one event more tells it in either story:
    `merged` (nothing was left of one), `split` (one began so), `moved`, or `undone`; `article` is
    the first of them.
    """

    story: str
    at: datetime
    what: Literal["created", "joined", "followed", "left", "merged", "split", "moved", "undone"]
    article: str
    other: str = ""
    reason: str = ""
    since: datetime | None = None
    """Of a follow-up: when the last article before it had come."""


# --- figures ---------------------------------------------------------------------------------


class Figure(Struct, frozen=True, kw_only=True):
    """A quantity as one article states it. `value` is in `unit`; `start:end` spans `quote`."""

    article: str
    what: str
    value: Value
    unit: str
    quote: str
    start: int
    end: int
    as_of: str | None = None
    said_by: str | None = None


class Reported(Struct, frozen=True, kw_only=True):
    """One source's value in a slot."""

    article: str
    value: Value
    quote: str
    start: int
    end: int
    as_of: str | None = None
    said_by: str | None = None


class Slot(Struct, frozen=True, kw_only=True):
    """One measured thing, lined up across a story's sources."""

    slot: str
    unit: str
    values: list[Reported]
    status: SlotStatus
    note: str = ""


# --- select and rank -------------------------------------------------------------------------


class Beat(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one reader or newsroom cares about, in plain words."""

    name: str
    title: str = ""
    starter: str = ""
    """A shipped beat that this one starts from; what is set here takes its place."""
    description: str = ""
    feeds: list[str] = field(default_factory=list)
    """URLs this beat reads; empty means all that are followed."""
    must: list[str] = field(default_factory=list)
    """Words or phrases of which at least one must occur."""
    must_not: list[str] = field(default_factory=list)
    """Words or phrases none of which may occur in a headline or lead."""
    kinds: list[str] = field(default_factory=list)
    """Kinds it takes; empty means all but sponsored."""
    languages: list[str] = field(default_factory=list)
    """Languages it takes ("en"); empty means all."""
    terms: dict[str, float] = field(default_factory=dict)
    """Vocabulary of the beat, beside the words of the description; 1 is a word that places a
    sentence on the beat by itself. Under 0.5 it counts only beside such a word ("model"), 0 takes
    a phrase out ("social security"), below 0 speaks against the beat. Capitals match capitals."""
    floor: float | None = None
    """The score below which a story is not published; None takes the default."""
    size: int | None = None
    """The most stories an edition holds; None takes the default."""


class Coverage(Struct, frozen=True, kw_only=True):
    """A story with everything that the stages of an issue need of it."""

    story: Story
    articles: list[Article]
    """Latest revisions, oldest first."""
    traces: dict[str, Origin]
    """Article id to its origin; an article without one reports by itself."""
    figures: list[Figure] = field(default_factory=list)
    feeds: dict[str, list[str]] = field(default_factory=dict)
    """Article id to the URLs of the feeds that carried it."""
    seen_at: dict[str, datetime] = field(default_factory=dict)
    """Article id to when it was first stored."""
    previous: Brief | None = None
    """What the last edition of this beat said of it."""
    previous_at: datetime | None = None
    follows: datetime | None = None
    """When the story had last been reported, if what is new is a follow-up to a closed one."""
    corrections: list[Correction] = field(default_factory=list)
    """Of what was told of it, found since the last edition that did."""
    active: list[str] = field(default_factory=list)
    """Outlets that reported on any story of the beat in the period of the edition."""

    @property
    def origins(self) -> int:
        """How many independent reports the story rests on."""
        return len({self.first(article.id) for article in self.articles})

    def first(self, article: str) -> str:
        """Who first reported what `article` (an id) says: an article id or a name."""
        trace = self.traces.get(article)
        return trace.first if trace else article

    def is_copy(self, article: str) -> bool:
        """Whether `article` (an id) repeats another one nearly word by word."""
        trace = self.traces.get(article)
        return trace is not None and trace.copy_of is not None


class Relevance(Struct, frozen=True, kw_only=True):
    """That a story is on a beat: how much in 0..1, why in plain words, and by which terms."""

    score: float
    reason: str
    terms: list[str] = field(default_factory=list)


class Ranked(Struct, frozen=True, kw_only=True):
    """A story's place among others. `reasons` are weighted and sum to `score`."""

    story: str
    rank: int
    score: float
    reasons: dict[str, float]
    measures: dict[str, float] = field(default_factory=dict)
    """What was measured before weighting: origins and outlets counted, age in hours..."""


# --- write and verify ------------------------------------------------------------------------


class Citation(Struct, frozen=True, kw_only=True):
    """Exact words of one article revision: `text[start:end] == quote`, always."""

    article: str
    revision: int
    start: int
    end: int
    quote: str


class Claim(Struct, frozen=True, kw_only=True):
    """One checkable sentence of a brief. `origins` counts independent reports behind it."""

    text: str
    verdict: Verdict = "unsupported"
    citations: list[Citation] = field(default_factory=list)
    origins: int = 0


class Section(Struct, frozen=True, kw_only=True):
    """A headed run of claims."""

    heading: str
    claims: list[Claim]


class Evidence(Struct, frozen=True, kw_only=True):
    """The closest passage of a source: `text[start:end] == quote`."""

    source: str
    start: int
    end: int
    quote: str


class Usage(Struct, frozen=True, kw_only=True):
    """What a model that writes took. `cost` is in the currency of the prices that are set."""

    calls: int = 0
    """Requests that the server answered with words."""
    remembered: int = 0
    """Answers that were at hand from before, and took nothing."""
    tokens_in: int = 0
    tokens_out: int = 0
    estimated: bool = False
    """Whether the server did not count, and the tokens are estimated from the text."""
    cost: float = 0.0

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            calls=self.calls + other.calls,
            remembered=self.remembered + other.remembered,
            tokens_in=self.tokens_in + other.tokens_in,
            tokens_out=self.tokens_out + other.tokens_out,
            estimated=self.estimated or other.estimated,
            cost=self.cost + other.cost,
        )


class Withheld(Struct, frozen=True, kw_only=True):
    """A sentence that was not published, and why."""

    text: str
    verdict: Verdict
    reason: str
    evidence: list[Evidence] = field(default_factory=list)


class Draft(Struct, frozen=True, kw_only=True):
    """What a writer proposes; nothing of it is published before `verify` has judged it."""

    headline: list[Claim]
    """Best first: verify keeps the first that holds."""
    nut_graf: list[Claim]
    """Best first, likewise."""
    sections: list[Section]
    written_by: str
    kept_out: list[Withheld] = field(default_factory=list)
    """What of the sources no writer may use, and why."""
    language: str | None = None
    """The language it is written in; None is that of most of its sources."""
    note: str = ""
    """What a reader should know of how it was written."""
    usage: Usage | None = None


class Support(Struct, frozen=True, kw_only=True):
    """Whether sources support a claim. `score` in 0..1; `evidence` best first."""

    id: str = ""
    verdict: Verdict
    score: float
    evidence: list[Evidence] = field(default_factory=list)
    reason: str = ""


class Checked(Struct, frozen=True, kw_only=True):
    """What of a draft held: None where no candidate did."""

    headline: Claim | None
    nut_graf: Claim | None
    sections: list[Section]
    withheld: list[Withheld]


class Source(Struct, frozen=True, kw_only=True):
    """An article as a brief cites it. `text` is None under `--no-text`."""

    article: str
    revision: int
    title: str
    publisher: str | None
    url: str | None
    published: str | None
    origin: str
    how: str = "own"
    """What showed the origin: see `Origin.how`."""
    copy_of: str | None = None
    via: str | None = None
    """The source of this brief that it rests on directly; their chain ends at `origin`."""
    kind: Kind = "news"
    text: str | None = None


class Change(Struct, frozen=True, kw_only=True):
    """What is new since the last edition that told this story.

    A sentence is `withdrawn` that was told and is not: if its figure moved on, `citations` has the
    newer one; else a source contradicts it.
    """

    at: datetime
    what: Literal["fact", "figure", "source", "withdrawn", "correction"]
    text: str
    was: str = ""
    citations: list[Citation] = field(default_factory=list)


class Correction(Struct, frozen=True, kw_only=True):
    """A published sentence that no longer holds since an article it rests on was edited."""

    at: datetime
    """When it was found."""
    text: str
    """What the article says now, in its words or, where it took them out, in ours."""
    was: str
    """The sentence as it was published."""
    article: str = ""
    revision: int = 0
    """The revision of the article that no longer holds it."""
    outlet: str = ""
    reason: str = ""
    edition: str = ""
    """The edition that published the sentence, in its brief of `story`."""
    issued_at: datetime | None = None
    """When that was."""
    story: str = ""
    citations: list[Citation] = field(default_factory=list)
    """The words of the article now; none if it took them out."""


class Named(Struct, frozen=True, kw_only=True):
    """A thing that some source lists, and the articles that name it at all."""

    what: str
    articles: list[str]
    citation: Citation


class Brief(Struct, frozen=True, kw_only=True):
    """A story told in claims."""

    story: str
    language: str | None
    kind: Kind
    written_by: str
    headline: Claim
    nut_graf: Claim
    sections: list[Section]
    figures: list[Slot] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    origins: int = 0
    withheld: list[Withheld] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    only_one: list[Claim] = field(default_factory=list)
    named: list[Named] = field(default_factory=list)
    """What its sources list, in what most name first; empty for a story of one origin."""
    silent: list[str] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    follows: datetime | None = None
    """Of a follow-up: when the story had last been reported, before it was closed."""
    note: str = ""
    """How it was written, where a reader should know: without the model that was asked for, in
    another language than the edition's."""
    usage: Usage | None = None
    """What a model took to write it; None where none was asked."""


# --- compose ---------------------------------------------------------------------------------


class EditionStory(Struct, frozen=True, kw_only=True):
    """A brief with its place in an edition. `reasons` are the components of `score`."""

    rank: int
    score: float
    reasons: dict[str, float]
    brief: Brief


class Counts(Struct, frozen=True, kw_only=True):
    """The work behind an edition, for its one line under the nameplate."""

    stories: int = 0
    articles: int = 0
    outlets: int = 0
    copies: int = 0
    withheld: int = 0


class Edition(Struct, frozen=True, kw_only=True):
    """The briefs issued together, frozen."""

    id: str
    beat: str
    title: str = ""
    number: int = 1
    issued_at: datetime
    stories: list[EditionStory] = field(default_factory=list)
    dropped: list[Drop] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)
    usage: Usage | None = None
    """What a model took to write its briefs, together."""
    corrections: list[Correction] = field(default_factory=list)
    """Of what earlier editions of the beat published, found since the last one."""


# --- memory ----------------------------------------------------------------------------------


class Told(Struct, frozen=True, kw_only=True):
    """That an edition told a story, and at which rank."""

    edition: str
    beat: str = ""
    issued_at: datetime
    story: str = ""
    """The id under which it was told: that of a story merged into this one, maybe."""
    rank: int
    headline: str


class Remembered(Struct, frozen=True, kw_only=True):
    """What one edition said of a story, and what was new since the edition before it."""

    told: Told
    claims: list[Claim]
    figures: list[Slot] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    """Of sentences of this telling, whenever they were found."""


# --- audit -----------------------------------------------------------------------------------


class Mark(Struct, frozen=True, kw_only=True):
    """A page's own citation mark: `[2]`, a footnote, a linked word; and what it leads to."""

    label: str
    """As it stands there: a number, or the linked words."""
    before: str
    """The letters and digits of the page right before it, in lower case: where it stands."""
    url: str | None = None
    reference: str = ""
    """What the page's list of notes or sources says under it."""


class AuditMark(Struct, frozen=True, kw_only=True):
    """A citation mark of an audited sentence."""

    label: str
    url: str | None = None
    reference: str = ""
    source: str = ""
    """The document it leads to; empty if that is none of those given."""


class AuditSentence(Struct, frozen=True, kw_only=True):
    """A sentence of somebody's page with the verdict on it."""

    text: str
    verdict: Verdict
    evidence: list[Evidence] = field(default_factory=list)
    reason: str = ""
    marks: list[AuditMark] = field(default_factory=list)
    miscited: bool = False
    """Supported, but not by the source it cites: by another of those given."""


class Audit(Struct, frozen=True, kw_only=True):
    """A page, sentence by sentence, against its sources."""

    sentences: list[AuditSentence]
    supported: int
    contradicted: int
    unsupported: int
    miscited: int = 0
    """How many of the supported are held by another source than the one they cite."""
    title: str = ""
    sources: list[Article] = field(default_factory=list)
    """What the page was held against; the evidence's offsets are of their `text`."""
