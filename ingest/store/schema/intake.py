"""What comes in: feeds, their entries, hubs that push."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from ingest.store.schema.base import Id, UtcDateTime, metadata

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
