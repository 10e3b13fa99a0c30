"""Feeds and their entries: when to poll, what was seen, what is still to be ingested."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from ingest.feed import Entry, ParsedFeed, SetAside
from ingest.fetch import Validators
from ingest.store.codec import ENTRY
from ingest.store.schema import entry, feed

#: SQLite refuses statements with more variables than this in its oldest builds.
_CHUNK = 500


@dataclass(frozen=True, kw_only=True)
class FeedRecord:
    """One feed's state."""

    id: int
    partner: str
    url: str
    validators: Validators
    body_hash: str | None
    failures: int


@dataclass(frozen=True, kw_only=True)
class PendingEntry:
    """An entry that waits to be ingested."""

    id: int
    entry: Entry
    attempts: int


@dataclass(frozen=True, kw_only=True)
class Remembered:
    """What a poll brought: entries in the feed, new ones, ones that the partner changed, ones newly set aside."""

    seen: int = 0
    new: int = 0
    changed: int = 0
    set_aside: tuple[SetAside, ...] = ()


def missing(connection: sa.Connection, wanted: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return those of the (partner, URL) pairs that have no row yet, in order."""
    known = {(row.partner, row.url) for row in connection.execute(sa.select(feed.c.partner, feed.c.url))}
    return [pair for pair in dict.fromkeys(wanted) if pair not in known]


def add(connection: sa.Connection, wanted: Iterable[tuple[str, str]], *, now: datetime) -> None:
    """Give each (partner, URL) its row, due at once; one that another process added meanwhile stays as it is."""
    rows = [{"partner": p, "url": u, "next_poll_at": now} for p, u in missing(connection, wanted)]
    if rows:
        connection.execute(feed.insert(), rows)


def find(connection: sa.Connection, partner: str, url: str) -> FeedRecord:
    """Return the state of a partner's feed; it must be there (`add`)."""
    row = connection.execute(sa.select(feed).where(feed.c.partner == partner, feed.c.url == url)).one()
    return FeedRecord(
        id=row.id,
        partner=row.partner,
        url=row.url,
        validators=Validators(etag=row.etag, last_modified=row.last_modified),
        body_hash=row.body_hash,
        failures=row.failures,
    )


def due(connection: sa.Connection, *, now: datetime) -> set[tuple[str, str]]:
    """Return the (partner, URL) of feeds to poll now, and of feeds with entries to try again."""
    again = sa.select(entry.c.feed_id).where(entry.c.state == "pending", entry.c.due_at <= now)
    query = sa.select(feed.c.partner, feed.c.url).where(sa.or_(feed.c.next_poll_at <= now, feed.c.id.in_(again)))
    return {(row.partner, row.url) for row in connection.execute(query)}


def record_poll(
    connection: sa.Connection,
    feed_id: int,
    *,
    now: datetime,
    next_poll_at: datetime,
    outcome: str,
    error: str | None = None,
    validators: Validators | None = None,
    body_hash: str | None = None,
) -> None:
    """Keep how a poll ended; validators and body hash only where the server gave new ones."""
    values: dict[str, object] = {
        "last_polled_at": now,
        "next_poll_at": next_poll_at,
        "outcome": outcome,
        "error": error,
        "failures": feed.c.failures + 1 if error else 0,
    }
    if validators is not None:
        values |= {"etag": validators.etag, "last_modified": validators.last_modified}
    if body_hash is not None:
        values |= {"body_hash": body_hash, "last_changed_at": now}
    connection.execute(feed.update().where(feed.c.id == feed_id).values(values))


def remember(connection: sa.Connection, feed_id: int, parsed: ParsedFeed, *, now: datetime) -> Remembered:
    """Keep what is new or changed in a feed as pending entries, before anything is done with it."""
    known = _known_hashes(connection, feed_id, [item.key for item in parsed.entries])
    readable = [item for item in parsed.entries if item.url]
    new = [item for item in readable if item.key not in known]
    changed = [item for item in readable if known.get(item.key, item.content_hash) != item.content_hash]
    if new:
        connection.execute(entry.insert(), [_row(feed_id, item, now) for item in {i.key: i for i in new}.values()])
    for item in changed:
        connection.execute(
            entry.update().where(entry.c.feed_id == feed_id, entry.c.key == item.key).values(_fresh(item, now))
        )
    without_link = [
        SetAside(reason="it has no link to its article", excerpt=i.headline) for i in parsed.entries if not i.url
    ]
    aside = _set_aside(connection, feed_id, [*parsed.set_aside, *without_link], now=now)
    return Remembered(
        seen=len(parsed.entries) + len(parsed.set_aside), new=len(new), changed=len(changed), set_aside=aside
    )


def _known_hashes(connection: sa.Connection, feed_id: int, keys: Sequence[str]) -> dict[str, str]:
    known: dict[str, str] = {}
    for start in range(0, len(keys), _CHUNK):
        chunk = keys[start : start + _CHUNK]
        query = sa.select(entry.c.key, entry.c.content_hash).where(entry.c.feed_id == feed_id, entry.c.key.in_(chunk))
        known |= {row.key: row.content_hash for row in connection.execute(query)}
    return known


def _row(feed_id: int, item: Entry, now: datetime) -> dict[str, object]:
    return {"feed_id": feed_id, "key": item.key, "first_seen_at": now, **_fresh(item, now)}


def _fresh(item: Entry, now: datetime) -> dict[str, object]:
    return {
        "content_hash": item.content_hash,
        "url": item.url,
        "headline": item.headline,
        "document": ENTRY.dump_json(item).decode(),
        "state": "pending",
        "attempts": 0,
        "due_at": now,
        "error": None,
    }


def _set_aside(
    connection: sa.Connection, feed_id: int, items: Sequence[SetAside], *, now: datetime
) -> tuple[SetAside, ...]:
    """Keep what could not be read, and return what of it was not known yet."""
    keyed = {f"set-aside:{hashlib.sha256(i.excerpt.encode()).hexdigest()}": i for i in items}
    known = _known_hashes(connection, feed_id, list(keyed))
    new = {key: item for key, item in keyed.items() if key not in known}
    if new:
        connection.execute(entry.insert(), [_aside_row(feed_id, key, item, now) for key, item in new.items()])
    return tuple(new.values())


def _aside_row(feed_id: int, key: str, item: SetAside, now: datetime) -> dict[str, object]:
    return {
        "feed_id": feed_id,
        "key": key,
        "content_hash": key[-64:],
        "headline": item.excerpt[:300],
        "state": "set-aside",
        "due_at": now,
        "error": item.reason,
        "first_seen_at": now,
    }


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


def settle(connection: sa.Connection, entry_id: int, *, article_id: int) -> None:
    """Mark an entry as ingested; its document is no longer needed."""
    values = {"state": "done", "article_id": article_id, "document": None, "error": None}
    connection.execute(entry.update().where(entry.c.id == entry_id).values(values))


def postpone(connection: sa.Connection, entry_id: int, *, error: str, due_at: datetime) -> None:
    """Try an entry again later."""
    values = {"attempts": entry.c.attempts + 1, "error": error, "due_at": due_at}
    connection.execute(entry.update().where(entry.c.id == entry_id).values(values))


def fail(connection: sa.Connection, entry_id: int, *, error: str) -> None:
    """Give an entry up, with its reason; it is kept, and comes back when the partner changes it."""
    values = {"state": "failed", "attempts": entry.c.attempts + 1, "error": error}
    connection.execute(entry.update().where(entry.c.id == entry_id).values(values))
