"""What goes out: publications, what stands at targets, and their lists."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from ingest.store.schema.base import Id, UtcDateTime, metadata

publication = Table(
    "publication",
    metadata,
    Column("id", Id, primary_key=True),
    Column("work_id", ForeignKey("work.id"), nullable=False),
    Column("target", String(60), nullable=False),
    Column("article_id", ForeignKey("article.id"), nullable=False),
    Column("revision_id", Id, nullable=False),
    Column("attribution_id", Id, nullable=False),
    Column("verdict", String(10), nullable=False, server_default="publish"),
    Column("out_attribution_id", ForeignKey("attribution.id"), comment="what stands there while a change waits"),
    Column("state", String(12), nullable=False, comment="pending, published, withdrawing, withdrawn"),
    Column("location", Text, comment="where the target put it"),
    Column("teaser", Text, comment="the Teaser as published, JSON"),
    Column("intended_at", UtcDateTime, nullable=False),
    Column("first_published_at", UtcDateTime),
    Column("updated_at", UtcDateTime),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("due_at", UtcDateTime, nullable=False),
    Column("error", Text),
    Column(
        "begun",
        Boolean,
        nullable=False,
        server_default=false(),
        comment="a publisher began to give it, and did not mark it",
    ),
    UniqueConstraint("work_id", "target"),
    CheckConstraint("verdict = 'publish'", name="verdict"),
    CheckConstraint("state IN ('pending', 'published', 'withdrawing', 'withdrawn')", name="state"),
    ForeignKeyConstraint(
        ["attribution_id", "revision_id", "verdict"],
        ["attribution.id", "attribution.revision_id", "attribution.verdict"],
    ),
    Index("ix_publication_target_state_due_at", "target", "state", "due_at"),
)

remote = Table(
    "remote",
    metadata,
    Column("work_id", ForeignKey("work.id"), primary_key=True),
    Column("target", String(60), primary_key=True),
    Column("remote_id", Text, nullable=False, comment="the target's own number for it"),
    Column("seen", String(64), nullable=False, comment="SHA-256 of the words that it kept"),
    Column("overwrite", Boolean, nullable=False, comment="a person's word: over an editor's change"),
    Column("written_at", UtcDateTime, nullable=False),
)

listing = Table(
    "listing",
    metadata,
    Column("target", String(60), primary_key=True),
    Column("list", String(300), primary_key=True, comment="kind:key, such as partner:pacific-forum"),
    Column("at", UtcDateTime, primary_key=True, comment="the order: when it was first published there"),
    Column("work_id", ForeignKey("work.id"), primary_key=True),
    Column("name", Text, nullable=False, comment="what the list is called, by this piece"),
    Column("note", Text, nullable=False, comment="what a directory says beside the name"),
    Index("ix_listing_target_work_id", "target", "work_id"),
)

catalogue = Table(
    "catalogue",
    metadata,
    Column("target", String(60), primary_key=True),
    Column("list", String(300), primary_key=True),
    Column("name", Text, nullable=False, comment="as its newest piece has it"),
    Column("note", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("drawn_size", Integer, nullable=False, comment="its size when it was last drawn"),
    Column("moved_from", Integer, comment="the lowest place at which something came or went since"),
)

stale_listing = Table(
    "stale_listing",
    metadata,
    Column("target", String(60), primary_key=True),
    Column("list", String(300), primary_key=True, comment="a list, or page: the work's own page"),
    Column("at", UtcDateTime, primary_key=True),
    Column("work_id", ForeignKey("work.id"), primary_key=True),
)
