"""The tables; they refuse what must never happen: a publication without attribution, an attribution without terms.

Mutable state (feed, entry, standing, ruling, publication) and immutable records (revision, attribution, terms,
ledger) stand in tables of their own.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC in and out on every database; a naive time is a bug and is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Take an aware time to UTC; SQLite stores it without its zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive time {value!r}: the store keeps aware times only")
        aware = value.astimezone(UTC)
        return aware.replace(tzinfo=None) if dialect.name == "sqlite" else aware

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the interface's
        """Give the stored time back as aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


#: SQLite numbers rows by itself only in a column that it knows as INTEGER.
Id = BigInteger().with_variant(Integer, "sqlite")

terms = Table(
    "terms",
    metadata,
    Column("digest", String(64), primary_key=True, comment="SHA-256 of the document"),
    Column("document", Text, nullable=False, comment="the terms in canonical JSON"),
    Column("recorded_at", UtcDateTime, nullable=False),
)

feed = Table(
    "feed",
    metadata,
    Column("id", Id, primary_key=True),
    Column("partner", String(200), nullable=False),
    Column("url", Text, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("body_hash", String(64)),
    Column("next_poll_at", UtcDateTime, nullable=False, index=True),
    Column("last_polled_at", UtcDateTime),
    Column("last_changed_at", UtcDateTime),
    Column("outcome", String(40), comment="how the last poll ended"),
    Column("error", Text),
    Column("failures", Integer, nullable=False, server_default="0", comment="in a row"),
    Column("failing_since", UtcDateTime, comment="when the failures in a row began"),
    Column("standing", String(10), nullable=False, server_default="active", comment="active, parked, gone"),
    Column("wait_until", UtcDateTime, comment="the server asked not to be asked before (Retry-After)"),
    Column("moved_to", Text, comment="where permanent redirects lead"),
    Column("moved_polls", Integer, nullable=False, server_default="0", comment="how many polls in a row saw that"),
    Column("asked_seconds", Integer, comment="how long the feed asks to be left alone"),
    Column("quiet", Text, comment="the feed's skipHours and skipDays, as JSON"),
    Column("rhythm_seconds", Integer, comment="mean time between two changes"),
    Column("usual_new", Integer, comment="most new entries in one poll since the first"),
    Column("reader_state", Text, comment="what the reader of feeds wants back at the next poll"),
    Column("hub", Text, comment="the WebSub hub that the feed names"),
    Column("topic", Text, comment="the address that the feed gives itself"),
    Column("pushed_at", UtcDateTime, comment="when its hub last pushed"),
    UniqueConstraint("partner", "url"),
)

subscription = Table(
    "subscription",
    metadata,
    Column("feed_id", ForeignKey("feed.id"), primary_key=True),
    Column("hub", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("token", String(64), nullable=False, unique=True, comment="the last part of our callback's address"),
    Column("secret", String(64), nullable=False, comment="ours, told to the hub alone"),
    Column("state", String(10), nullable=False, comment="asked, active, denied, failed"),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("renew_at", UtcDateTime, nullable=False, comment="when to ask the hub (again)"),
    Column("lease_until", UtcDateTime),
    Column("error", Text),
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

entry = Table(
    "entry",
    metadata,
    Column("id", Id, primary_key=True),
    Column("feed_id", ForeignKey("feed.id"), nullable=False),
    Column("key", Text, nullable=False),
    Column("guid", Text),
    Column("content_hash", String(64), nullable=False),
    Column("words_hash", String(64), comment="as content_hash, but for the time of the update"),
    Column("stamps", Integer, nullable=False, server_default="0", comment="new times without new words, in a row"),
    Column("url", Text),
    Column("headline", Text, nullable=False),
    Column("document", Text, comment="the Entry as JSON until it is ingested"),
    Column("state", String(12), nullable=False, comment="pending, done, failed, set-aside, flood"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("due_at", UtcDateTime, nullable=False),
    Column("error", Text),
    Column("article_id", ForeignKey("article.id")),
    Column("first_seen_at", UtcDateTime, nullable=False),
    UniqueConstraint("feed_id", "key"),
    CheckConstraint("state IN ('pending', 'done', 'failed', 'set-aside', 'flood')", name="state"),
    Index("ix_entry_state_due_at", "state", "due_at"),
    Index("ix_entry_feed_id_guid", "feed_id", "guid"),
    Index("ix_entry_feed_id_first_seen_at", "feed_id", "first_seen_at", "state"),
)

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

ledger = Table(
    "ledger",
    metadata,
    Column("seq", Id, primary_key=True, autoincrement=False, comment="1, 2, ... without gaps"),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", Text, nullable=False),
    Column("event", String(60), nullable=False),
    Column("subject", Text, nullable=False, index=True, comment="article:12, partner:x, ..."),
    Column("payload", Text, nullable=False, comment="canonical JSON"),
    Column("previous", String(64), nullable=False, unique=True, comment="the hash before; unique, so no fork"),
    Column("hash", String(64), nullable=False, unique=True),
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

alert = Table(
    "alert",
    metadata,
    Column("scope", String(20), primary_key=True, comment="who observes it: store, audit"),
    Column("key", String(300), primary_key=True, comment="the same while it lasts"),
    Column("what", Text, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("told_at", UtcDateTime),
    Column("over_at", UtcDateTime, comment="when it was no longer so"),
)

bookmark = Table(
    "bookmark",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("value", Text, nullable=False),
)

__all__ = [
    "UtcDateTime",
    "alert",
    "article",
    "article_address",
    "attribution",
    "bookmark",
    "catalogue",
    "entry",
    "feed",
    "ledger",
    "listing",
    "metadata",
    "publication",
    "remote",
    "revision",
    "ruling",
    "stale_listing",
    "standing",
    "subscription",
    "terms",
    "work",
]
