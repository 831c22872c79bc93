"""What editions told, left out and cited, to be looked up; corrections beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _create_tables()
    connection = op.get_bind()
    for row in connection.execute(sa.text("SELECT id, beat, issued_at, document FROM editions")):
        _index(connection, row, msgspec.json.decode(row.document))
    # Edits that came before there were corrections are checked with the next update.
    op.execute(
        """
        INSERT INTO work (stage, article, revision, made_by, sort_at)
        SELECT 'correct', id, revision, '', sort_at FROM articles WHERE revision > 1
        """
    )


def _index(connection: sa.Connection, row: Any, edition: dict[str, Any]) -> None:
    briefs = [(item["rank"], item["brief"]) for item in edition.get("stories", [])]
    told = [
        {
            "story": brief["story"], "edition": row.id, "beat": row.beat,
            "issued_at": row.issued_at, "rank": rank, "headline": brief["headline"]["text"],
        }
        for rank, brief in briefs
    ]  # fmt: skip
    subjects = {drop["subject"] for drop in edition.get("dropped", [])}
    left = [{"subject": subject, "edition": row.id} for subject in subjects]
    oldest: dict[str, int] = {}
    for _, brief in briefs:
        for one in _citations(brief):
            before = oldest.get(one["article"], one["revision"])
            oldest[one["article"]] = min(one["revision"], before)
    cited = [{"article": a, "edition": row.id, "revision": r} for a, r in oldest.items()]
    for statement, rows in ((_TELLING, told), (_LEFT_OUT, left), (_CITED, cited)):
        if rows:
            connection.execute(sa.text(statement), rows)


def _citations(brief: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from brief["headline"]["citations"]
    yield from brief["nut_graf"]["citations"]
    for section in brief["sections"]:
        for claim in section["claims"]:
            yield from claim["citations"]


_TELLING = """
    INSERT OR IGNORE INTO tellings (story, edition, beat, issued_at, rank, headline)
    VALUES (:story, :edition, :beat, :issued_at, :rank, :headline)
"""
_LEFT_OUT = "INSERT INTO left_out (subject, edition) VALUES (:subject, :edition)"
_CITED = "INSERT INTO cited (article, edition, revision) VALUES (:article, :edition, :revision)"


def _create_tables() -> None:
    op.create_index("ix_stories_merged_into", "stories", ["merged_into"])
    op.create_table(
        "tellings",
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("beat", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["edition"], ["editions.id"], name="fk_tellings_edition"),
        sa.PrimaryKeyConstraint("story", "edition", name="pk_tellings"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "left_out",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["edition"], ["editions.id"], name="fk_left_out_edition"),
        sa.PrimaryKeyConstraint("subject", "edition", name="pk_left_out"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "cited",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["edition"], ["editions.id"], name="fk_cited_edition"),
        sa.PrimaryKeyConstraint("article", "edition", name="pk_cited"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.Text(), nullable=False),
        sa.Column("beat", sa.Text(), nullable=False),
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("citations", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_from", sa.Text(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_corrections_article"),
        sa.ForeignKeyConstraint(["edition"], ["editions.id"], name="fk_corrections_edition"),
        sa.PrimaryKeyConstraint("id", name="pk_corrections"),
        sa.UniqueConstraint(
            "edition", "story", "was", "article", "revision",
            name="uq_corrections_edition_story_was_article_revision",
        ),
    )  # fmt: skip
    op.create_index("ix_corrections_beat_at", "corrections", ["beat", "at"])
    op.create_index("ix_corrections_shown_edition", "corrections", ["shown", "edition"])
