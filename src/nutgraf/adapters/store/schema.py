"""The tables, in the order of the flow.

`HEAD` names the migration that makes them; a test holds the two against each other. Search and
triggers, which no portable table describes, are in the migration alone.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    UniqueConstraint,
)

from nutgraf.adapters.store.columns import Json, UtcTime, Words, made_columns

__all__ = [
    "HEAD",
    "aliases",
    "answers",
    "articles",
    "bands",
    "cited",
    "corrections",
    "drops",
    "editions",
    "entries",
    "feeds",
    "figures",
    "left_out",
    "metadata",
    "names",
    "origins",
    "pages",
    "placements",
    "revisions",
    "stories",
    "story_events",
    "tellings",
    "vectors",
    "work",
]

HEAD = "0003"

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

feeds = Table(
    "feeds",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("url", Words, nullable=False, unique=True),
    Column("title", Words, nullable=False),
    Column("outlet", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("etag", Words, nullable=False),
    Column("modified", Words, nullable=False),
    Column("added_at", UtcTime),
    Column("checked_at", UtcTime),
    Column("success_at", UtcTime),
    Column("error", Words, nullable=False),
    Column("error_at", UtcTime),
    Column("failures", Integer, nullable=False),
    Column("due_at", UtcTime),
    # A feed that is no longer followed stays, for what it carried.
    Column("removed", Boolean, nullable=False),
)

pages = Table(
    "pages",
    metadata,
    Column("id", Integer, primary_key=True),
    # None where an entry has no address: its own text is the page.
    Column("url", Words, unique=True),
    # The first entry that led here. No foreign key: entries point here already.
    Column("entry", Integer),
    Column("article", Words, ForeignKey("articles.id"), index=True),
    Column("etag", Words, nullable=False),
    Column("modified", Words, nullable=False),
    Column("due_at", UtcTime, index=True),
    Column("tries", Integer, nullable=False),
    Column("reads", Integer, nullable=False),
    Column("read_at", UtcTime),
)

entries = Table(
    "entries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("feed", Integer, ForeignKey("feeds.id"), nullable=False),
    Column("guid", Words, nullable=False),
    Column("page", Integer, ForeignKey("pages.id"), nullable=False, index=True),
    Column("url", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("summary", Words, nullable=False),
    Column("content", Words, nullable=False),
    Column("published", Words),
    Column("authors", Json, nullable=False),
    Column("language", Words),
    Column("outlet", Words, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("seen_at", UtcTime, nullable=False),
    UniqueConstraint("feed", "guid"),
)

articles = Table(
    "articles",
    metadata,
    Column("id", Words, primary_key=True),
    Column("url", Words),
    Column("publisher", Words),
    Column("revision", Integer, nullable=False),
    Column("seen_at", UtcTime, nullable=False),
    # `columns.sort_time` of the latest revision.
    Column("sort_at", UtcTime, nullable=False),
    Index(None, "seen_at", "sort_at", "id"),
    Index(None, "sort_at", "id"),
)

aliases = Table(
    "aliases",
    metadata,
    Column("url", Words, primary_key=True),
    Column("article", Words, ForeignKey("articles.id"), nullable=False),
    sqlite_with_rowid=False,
)

revisions = Table(
    "revisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article", Words, ForeignKey("articles.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("title", Words, nullable=False),
    Column("published", Words),
    Column("modified", Words),
    Column("authors", Json, nullable=False),
    Column("language", Words),
    Column("kind", Words, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("seen_at", UtcTime, nullable=False),
    *made_columns(),
    # Last, so that the columns before it are read without walking a long text's pages.
    Column("text", Words, nullable=False),
    UniqueConstraint("article", "number"),
)

# What each stage did, or has to do (`made_by` is empty), with the latest revision of an article.
# A list of work is a walk along the index, however many articles are done.
work = Table(
    "work",
    metadata,
    Column("stage", Words, primary_key=True),
    Column("article", Words, ForeignKey("articles.id"), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("made_by", Words, nullable=False),
    Column("sort_at", UtcTime, nullable=False),
    Index(None, "stage", "made_by", "sort_at", "article"),
    sqlite_with_rowid=False,
)

origins = Table(
    "origins",
    metadata,
    Column("article", Words, ForeignKey("articles.id"), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("first", Words, nullable=False),
    Column("how", Words, nullable=False),
    Column("copy_of", Words),
    Column("similarity", Float, nullable=False),
    Column("quote", Words, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    # The band keys, packed: they take the rows of `bands` out again without an index of its own.
    Column("bands", LargeBinary, nullable=False),
    *made_columns(),
)

# No foreign key: its check would cost one look-up for each of twenty rows an article.
bands = Table(
    "bands",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("article", Words, primary_key=True),
    sqlite_with_rowid=False,
)

stories = Table(
    "stories",
    metadata,
    Column("id", Words, primary_key=True),
    Column("created_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    Column("state", Words, nullable=False),
    Column("merged_into", Words, ForeignKey("stories.id"), index=True),
    Index(None, "state", "updated_at"),
    Index(None, "updated_at"),
)

placements = Table(
    "placements",
    metadata,
    Column("article", Words, ForeignKey("articles.id"), primary_key=True),
    Column("story", Words, ForeignKey("stories.id"), nullable=False, index=True),
    Column("score", Float, nullable=False),
    Column("reason", Words, nullable=False),
    Column("new", Boolean, nullable=False),
    Column("also", Json, nullable=False),
    # An editor put it there, or keeps it there: no repair moves it.
    Column("pinned", Boolean, nullable=False),
    # When the article first came into a story; moving it to another keeps this.
    Column("at", UtcTime, nullable=False),
    *made_columns(),
    Column("features", LargeBinary, nullable=False),
)

story_events = Table(
    "story_events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("story", Words, ForeignKey("stories.id"), nullable=False, index=True),
    Column("at", UtcTime, nullable=False),
    Column("what", Words, nullable=False),
    Column("article", Words, nullable=False),
    Column("other", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("since", UtcTime),
    # The moves made together, which an undo takes back together; none for anything else, and once
    # they were taken back.
    Column("change", Integer),
)

# The rare names of each placed article, by which old stories are found. `seen` is in seconds.
names = Table(
    "names",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("seen", Integer, primary_key=True, autoincrement=False),
    Column("article", Words, primary_key=True),
    sqlite_with_rowid=False,
)

figures = Table(
    "figures",
    metadata,
    Column("article", Words, ForeignKey("articles.id"), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("what", Words, nullable=False),
    Column("value", Json, nullable=False),
    Column("unit", Words, nullable=False),
    Column("quote", Words, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("as_of", Words),
    Column("said_by", Words),
    *made_columns(),
)

# A cache: what a model made of a text, by a hash of the text. Any row may be deleted.
vectors = Table(
    "vectors",
    metadata,
    Column("model", Words, primary_key=True),
    Column("key", LargeBinary, primary_key=True),
    Column("vector", LargeBinary, nullable=False),
)

# A cache as well: what a model answered to a prompt, by a hash of the prompt.
answers = Table(
    "answers",
    metadata,
    Column("model", Words, primary_key=True),
    Column("key", LargeBinary, primary_key=True),
    Column("text", Words, nullable=False),
)

editions = Table(
    "editions",
    metadata,
    Column("id", Words, primary_key=True),
    Column("beat", Words, nullable=False),
    Column("number", Integer, nullable=False),
    Column("issued_at", UtcTime, nullable=False),
    *made_columns(),
    Column("document", Words, nullable=False),
    Index(None, "beat", "issued_at"),
    Index(None, "issued_at"),
)

# What the frozen documents hold, to be found without reading them: made when one is saved.
tellings = Table(
    "tellings",
    metadata,
    Column("story", Words, primary_key=True),
    Column("edition", Words, ForeignKey("editions.id"), primary_key=True),
    Column("beat", Words, nullable=False),
    Column("issued_at", UtcTime, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("headline", Words, nullable=False),
    sqlite_with_rowid=False,
)

left_out = Table(
    "left_out",
    metadata,
    Column("subject", Words, primary_key=True),
    Column("edition", Words, ForeignKey("editions.id"), primary_key=True),
    sqlite_with_rowid=False,
)

cited = Table(
    "cited",
    metadata,
    Column("article", Words, primary_key=True),
    Column("edition", Words, ForeignKey("editions.id"), primary_key=True),
    # The oldest revision that a published sentence cites.
    Column("revision", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# Beside the frozen editions: sentences that no longer hold.
corrections = Table(
    "corrections",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("edition", Words, ForeignKey("editions.id"), nullable=False),
    Column("issued_at", UtcTime, nullable=False),
    Column("beat", Words, nullable=False),
    Column("story", Words, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("was", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("article", Words, ForeignKey("articles.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("outlet", Words, nullable=False),
    Column("citations", Json, nullable=False),
    *made_columns(),
    # Whether the edition's folder was written with it.
    Column("shown", Boolean, nullable=False),
    UniqueConstraint("edition", "story", "was", "article", "revision"),
    Index(None, "beat", "at"),
    Index(None, "shown", "edition"),
)

drops = Table(
    "drops",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("stage", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("detail", Words, nullable=False),
    Column("at", UtcTime),
    UniqueConstraint("subject", "stage", "reason"),
    Index(None, "at"),
)
