"""The store at a glance: feeds, entries, articles, the outbox, the ledger; counted in SQL, from indexes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from ingest.store import ledger
from ingest.store.ledger import Head
from ingest.store.schema import entry, feed, publication, standing

#: A feed or delivery that waits longer than this after its time is late: the clock looks every few seconds.
LATE: Final = timedelta(minutes=5)

#: States of entries that are work still to be done, or that a person must look at; most entries are done.
_OPEN: Final = ("pending", "failed", "set-aside", "flood")


@dataclass(frozen=True, kw_only=True)
class FeedsSeen:
    """How the feeds stand; `next_poll_at` is the earliest to come, None where none is polled."""

    active: int
    parked: int
    gone: int
    #: Active, and the last poll failed.
    failing: int
    late: int
    next_poll_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Outbox:
    """What waits for one target: to be shown, to be taken down, and how much of it was refused already."""

    target: str
    published: int
    pending: int
    withdrawing: int
    refused: int
    #: Since when the oldest that is due has waited; None where nothing is due.
    waiting_since: datetime | None


@dataclass(frozen=True, kw_only=True)
class Overview:
    """All of it, as of one instant; `entries` and `articles` are counts by state and by verdict."""

    at: datetime
    feeds: FeedsSeen
    entries: Mapping[str, int]
    #: Since when the oldest entry that is due has waited.
    entry_waiting_since: datetime | None
    articles: Mapping[str, int]
    outboxes: tuple[Outbox, ...]
    head: Head
    #: Bytes of the database.
    size: int


def overview(connection: sa.Connection, *, now: datetime) -> Overview:
    """Count it all at `now`, an aware time."""
    return Overview(
        at=now,
        feeds=_feeds(connection, now),
        entries=_entries(connection),
        entry_waiting_since=_oldest_entry(connection, now),
        articles=_articles(connection),
        outboxes=tuple(_outboxes(connection, now)),
        head=ledger.head(connection),
        size=_size(connection),
    )


def _feeds(connection: sa.Connection, now: datetime) -> FeedsSeen:
    active = feed.c.standing == "active"
    counted = [
        sa.func.count().filter(active),
        sa.func.count().filter(feed.c.standing == "parked"),
        sa.func.count().filter(feed.c.standing == "gone"),
        sa.func.count().filter(active, feed.c.failures > 0),
        sa.func.count().filter(active, feed.c.next_poll_at < now - LATE),
        sa.func.min(feed.c.next_poll_at, type_=feed.c.next_poll_at.type).filter(active),
    ]
    row = connection.execute(sa.select(*counted).select_from(feed)).one()
    return FeedsSeen(active=row[0], parked=row[1], gone=row[2], failing=row[3], late=row[4], next_poll_at=row[5])


def _entries(connection: sa.Connection) -> dict[str, int]:
    query = sa.select(entry.c.state, sa.func.count()).where(entry.c.state.in_(_OPEN)).group_by(entry.c.state)
    found: dict[str, int] = dict(connection.execute(query).all())
    return {state: found.get(state, 0) for state in _OPEN}


def _oldest_entry(connection: sa.Connection, now: datetime) -> datetime | None:
    oldest = sa.func.min(entry.c.due_at, type_=entry.c.due_at.type)
    found: datetime | None = connection.scalar(sa.select(oldest).where(entry.c.state == "pending"))
    return found if found is not None and found <= now else None


def _articles(connection: sa.Connection) -> dict[str, int]:
    query = sa.select(standing.c.verdict, sa.func.count()).group_by(standing.c.verdict)
    found: dict[str, int] = dict(connection.execute(query).all())
    return {verdict: found.get(verdict, 0) for verdict in ("publish", "hold", "deny")}


def _outboxes(connection: sa.Connection, now: datetime) -> list[Outbox]:
    state, waits = publication.c.state, publication.c.state.in_(("pending", "withdrawing"))
    oldest = sa.func.min(publication.c.due_at, type_=publication.c.due_at.type)
    query = (
        sa.select(
            publication.c.target,
            sa.func.count().filter(state == "published"),
            sa.func.count().filter(state == "pending"),
            sa.func.count().filter(state == "withdrawing"),
            sa.func.count().filter(waits, publication.c.attempts > 0),
            oldest.filter(waits, publication.c.due_at <= now),
        )
        .group_by(publication.c.target)
        .order_by(publication.c.target)
    )
    return [
        Outbox(
            target=row[0], published=row[1], pending=row[2], withdrawing=row[3], refused=row[4], waiting_since=row[5]
        )
        for row in connection.execute(query)
    ]


def _size(connection: sa.Connection) -> int:
    if connection.dialect.name == "postgresql":
        return int(connection.scalar(sa.text("SELECT pg_database_size(current_database())")) or 0)
    pages, page = (connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("page_count", "page_size"))
    return int(pages or 0) * int(page or 0)
