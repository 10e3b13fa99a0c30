"""Entries that wait to be ingested, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from ingest.feed import Entry
from ingest.store.entry_codec import ENTRY
from ingest.store.schema import entry


@dataclass(frozen=True, kw_only=True)
class PendingEntry:
    """An entry that waits to be ingested."""

    id: int
    entry: Entry
    attempts: int


def pending(connection: sa.Connection, feed_id: int, *, now: datetime) -> list[PendingEntry]:
    """Return the feed's entries that are due to be ingested, oldest first."""
    query = (
        sa.select(entry.c.id, entry.c.document, entry.c.attempts)
        .where(entry.c.feed_id == feed_id, entry.c.state == "pending", entry.c.due_at <= now)
        .order_by(entry.c.id)
    )
    return [
        PendingEntry(id=row.id, entry=ENTRY.validate_json(row.document), attempts=row.attempts)
        for row in connection.execute(query)
    ]


def settle(connection: sa.Connection, item: PendingEntry, *, article_id: int, told_new: bool = True) -> None:
    """Mark an entry as ingested; its document is no longer needed.

    `told_new` tells whether its page held anything new: a new time of update that was worth its fetch starts the
    count of those that were not anew.
    """
    values: dict[str, object] = {"state": "done", "article_id": article_id, "document": None, "error": None}
    if told_new:
        values["stamps"] = 0
    connection.execute(entry.update().where(_as_seen(item)).values(values))


def _as_seen(item: PendingEntry) -> sa.ColumnElement[bool]:
    """Match the entry only as it was taken up: another process may have settled it, or a poll have changed it."""
    return sa.and_(entry.c.id == item.id, entry.c.state == "pending", entry.c.content_hash == item.entry.content_hash)


def postpone(connection: sa.Connection, item: PendingEntry, *, error: str, due_at: datetime) -> None:
    """Try an entry again later."""
    values = {"attempts": entry.c.attempts + 1, "error": error, "due_at": due_at}
    connection.execute(entry.update().where(_as_seen(item)).values(values))


def fail(connection: sa.Connection, item: PendingEntry, *, error: str) -> None:
    """Give an entry up, with its reason; it is kept, and comes back when the partner changes it or a person asks."""
    values = {"state": "failed", "attempts": entry.c.attempts + 1, "error": error}
    connection.execute(entry.update().where(_as_seen(item)).values(values))


def release(connection: sa.Connection, feed_ids: Iterable[int], *, state: str, now: datetime) -> int:
    """Make entries of a state ("flood", "failed") wait to be ingested, from now on; return how many they are."""
    values = {"state": "pending", "attempts": 0, "error": None, "due_at": now}
    chosen = sa.and_(entry.c.feed_id.in_(list(feed_ids)), entry.c.state == state, entry.c.document.is_not(None))
    return connection.execute(entry.update().where(chosen).values(values)).rowcount


def discard(connection: sa.Connection, feed_ids: Iterable[int], *, reason: str) -> int:
    """Give a flood up, with the reason; its entries stay known, and come back when the partner changes them."""
    chosen = sa.and_(entry.c.feed_id.in_(list(feed_ids)), entry.c.state == "flood")
    return connection.execute(entry.update().where(chosen).values(state="failed", error=reason)).rowcount


def drop(connection: sa.Connection, entry_id: int, *, reason: str) -> None:
    """Give an entry up for good, with the reason; it stays known, and comes back when the partner changes it."""
    values = {"state": "done", "document": None, "error": reason}
    here = sa.and_(entry.c.id == entry_id, entry.c.state != "done")
    connection.execute(entry.update().where(here).values(values))


def bury(connection: sa.Connection, feed_id: int, *, guid: str, reason: str) -> list[int]:
    """Give up the feed's entries of an id that their partner deleted; return the articles that they became."""
    here = sa.and_(entry.c.feed_id == feed_id, entry.c.guid == guid)
    connection.execute(entry.update().where(here, entry.c.state != "done").values(state="failed", error=reason))
    became = sa.select(entry.c.article_id).where(here, entry.c.article_id.is_not(None)).distinct()
    return [int(article_id) for article_id in connection.execute(became).scalars()]
