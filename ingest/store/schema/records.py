"""What is kept for the record: the ledger, what was told, small facts."""

from __future__ import annotations

from sqlalchemy import Column, String, Table, Text

from ingest.store.schema.base import Id, UtcDateTime, metadata

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
