"""What a person orders about a feed: poll it now, resume it, let its flood through or give it up; all on record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from ingest.errors import ConfigError
from ingest.polled import FeedRecord, Standing, resumed
from ingest.store import entries, feeds, ledger


@dataclass(frozen=True, kw_only=True)
class Order:
    """Who orders it, and when."""

    actor: str
    now: datetime


def poll_now(connection: sa.Connection, feed: FeedRecord, order: Order) -> None:
    """Make a feed due at once; raises ConfigError where it is not polled, or its server asked to be left alone."""
    if feed.standing is not Standing.ACTIVE:
        raise ConfigError(f"the feed is {feed.standing.value}", where=feed.url, next_step="resume it first")
    if feed.wait_until and feed.wait_until > order.now:
        raise ConfigError(
            f"its server asked to be left alone until {feed.wait_until:%Y-%m-%d %H:%M} UTC",
            where=feed.url,
            next_step="wait: it is polled by itself then",
        )
    feeds.make_due(connection, feed.id, now=order.now)
    _note(connection, feed, order, "feed.poll-ordered", {})


def resume(connection: sa.Connection, feed: FeedRecord, order: Order, *, failed_entries: bool = False) -> int:
    """Poll a feed again that was parked, is gone or waits; return how many given-up entries are tried again."""
    feeds.save(connection, [resumed(feed, now=order.now)])
    again = entries.release(connection, [feed.id], state="failed", now=order.now) if failed_entries else 0
    _note(
        connection, feed, order, "feed.resumed", {"was": feed.standing.value, "error": feed.error, "entries": again}
    )
    return again


def release_flood(connection: sa.Connection, feed: FeedRecord, order: Order) -> int:
    """Let a feed's held flood through to be ingested; return how many entries it had."""
    count = entries.release(connection, [feed.id], state="flood", now=order.now)
    if count:
        _note(connection, feed, order, "feed.flood-released", {"entries": count})
    return count


def discard_flood(connection: sa.Connection, feed: FeedRecord, order: Order) -> int:
    """Give a feed's held flood up, its entries staying known; return how many it had."""
    reason = f"the flood that it came in was given up by {order.actor}"
    count = entries.discard(connection, [feed.id], reason=reason)
    if count:
        _note(connection, feed, order, "feed.flood-discarded", {"entries": count})
    return count


def _note(
    connection: sa.Connection, feed: FeedRecord, order: Order, event: str, payload: Mapping[str, object]
) -> None:
    ledger.append(
        connection,
        at=order.now,
        actor=order.actor,
        event=event,
        subject=f"feed:{feed.id}",
        payload={"partner": feed.partner, "url": feed.url, **payload},
    )
