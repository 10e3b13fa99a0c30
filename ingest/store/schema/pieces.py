"""What was taken: works, articles, revisions, and what was judged and ruled about them."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from ingest.store.schema.base import Id, UtcDateTime, metadata

terms = Table(
    "terms",
    metadata,
    Column("digest", String(64), primary_key=True, comment="SHA-256 of the document"),
    Column("document", Text, nullable=False, comment="the terms in canonical JSON"),
    Column("recorded_at", UtcDateTime, nullable=False),
)

work = Table(
    "work",
    metadata,
    Column("id", Id, primary_key=True),
    Column("slug", String(120), nullable=False, unique=True, comment="our URL's; never changes, never used again"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("merged_into", ForeignKey("work.id"), comment="the work that a person merged it into"),
)

article = Table(
    "article",
    metadata,
    Column("id", Id, primary_key=True),
    Column("partner", String(200), nullable=False),
    Column("canonical_url", Text, nullable=False, index=True),
    Column("guid", Text, index=True),
    Column("work_id", ForeignKey("work.id"), nullable=False, index=True),
    Column("relation", String(20), nullable=False, comment="first, copy, neighbour"),
    Column("relation_reason", Text, nullable=False),
    Column("first_seen_at", UtcDateTime, nullable=False),
    UniqueConstraint("partner", "canonical_url"),
)

article_address = Table(
    "article_address",
    metadata,
    Column("partner", String(200), primary_key=True),
    Column("address", Text, primary_key=True, comment="identity form; also those that the article has moved to"),
    Column("article_id", ForeignKey("article.id"), nullable=False, index=True),
)

revision = Table(
    "revision",
    metadata,
    Column("id", Id, primary_key=True),
    Column("article_id", ForeignKey("article.id"), nullable=False),
    Column("number", Integer, nullable=False, comment="1, 2, ... within the article"),
    Column("content_hash", String(64), nullable=False),
    Column("headline", Text, nullable=False),
    Column("names", Text, nullable=False, comment="the byline's names, joined by '; '"),
    Column("word_count", Integer, nullable=False),
    Column("published_at", UtcDateTime, comment="by the partner"),
    Column("document", Text, nullable=False, comment="the whole Article as JSON"),
    Column("fetched_at", UtcDateTime, nullable=False),
    UniqueConstraint("article_id", "number"),
)

attribution = Table(
    "attribution",
    metadata,
    Column("id", Id, primary_key=True),
    Column("revision_id", ForeignKey("revision.id"), nullable=False, index=True),
    Column("terms_digest", ForeignKey("terms.digest"), nullable=False),
    Column("partner", String(200), nullable=False, comment="who delivered"),
    Column("partner_name", Text, nullable=False),
    Column("origin_name", Text, nullable=False),
    Column("origin_key", String(200)),
    Column("verdict", String(10), nullable=False),
    Column("reasons", Text, nullable=False, comment="JSON list of code and message"),
    Column("credit_text", Text, nullable=False),
    Column("document", Text, nullable=False, comment="origin, decision and credit as JSON"),
    Column("decided_at", UtcDateTime, nullable=False),
    CheckConstraint("verdict IN ('publish', 'hold', 'deny')", name="verdict"),
    CheckConstraint("length(credit_text) > 0", name="credit"),
    # What a publication points at: its revision, and a verdict that allows it.
    UniqueConstraint("id", "revision_id", "verdict"),
)

standing = Table(
    "standing",
    metadata,
    Column("article_id", ForeignKey("article.id"), primary_key=True),
    Column("revision_id", ForeignKey("revision.id"), nullable=False, comment="the newest"),
    Column("attribution_id", ForeignKey("attribution.id"), nullable=False, index=True, comment="the newest"),
    Column("verdict", String(10), nullable=False, index=True),
    Column("forbidden", Boolean, nullable=False, comment="permission is missing, over or refused"),
    Column("reconsider_at", UtcDateTime, index=True, comment="when time alone may change the verdict"),
)

ruling = Table(
    "ruling",
    metadata,
    Column("article_id", ForeignKey("article.id"), primary_key=True),
    Column("state", String(10), nullable=False, comment="released, withdrawn: a person's word, kept for ever"),
    Column("actor", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    CheckConstraint("state IN ('released', 'withdrawn')", name="state"),
)
