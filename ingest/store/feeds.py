"""Feeds: their state between polls, and what a person changes about it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from ingest.fetch import Validators
from ingest.polled import FeedRecord, QuietTimes, Standing
from ingest.store.schema import entry, feed

#: What a poll may change; when the hub last pushed is another's to write.
_POLLED = (
    "etag", "last_modified", "body_hash", "next_poll_at", "last_polled_at", "last_changed_at", "outcome", "error",
    "failures", "failing_since", "standing", "wait_until", "moved_to", "moved_polls", "asked_seconds", "quiet",
    "rhythm_seconds", "usual_new", "reader_state", "hub", "topic",
)  # fmt: skip

#: Built once: a large newsroom saves thousands of states in a row.
_SAVE = (
    feed.update()
    .where(feed.c.id == sa.bindparam("row"))
    .values({name: sa.bindparam(f"b_{name}") for name in _POLLED})
)


def missing(connection: sa.Connection, wanted: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return those of the (partner, URL) pairs that have no row yet, in order."""
    known = {(row.partner, row.url) for row in connection.execute(sa.select(feed.c.partner, feed.c.url))}
    return [pair for pair in dict.fromkeys(wanted) if pair not in known]


def add(connection: sa.Connection, wanted: Iterable[tuple[str, str]], *, now: datetime) -> None:
    """Give each (partner, URL) its row, due at once; one that another process added meanwhile stays as it is.

    A URL that a known feed of the partner has moved to is that feed, under its new address: its entries stay known.
    """
    named = list(wanted)
    rows = []
    for partner, url in missing(connection, named):
        if not _renamed(connection, partner, url, named):
            rows.append({"partner": partner, "url": url, "next_poll_at": now})
    if rows:
        connection.execute(feed.insert(), rows)


def _renamed(connection: sa.Connection, partner: str, url: str, wanted: Sequence[tuple[str, str]]) -> bool:
    query = sa.select(feed.c.id, feed.c.url).where(feed.c.partner == partner, feed.c.moved_to == url)
    old = next((row for row in connection.execute(query) if (partner, row.url) not in wanted), None)
    if old is None:
        return False
    values = {"url": url, "moved_to": None, "moved_polls": 0, "standing": Standing.ACTIVE.value}
    connection.execute(feed.update().where(feed.c.id == old.id).values(values))
    return True


def find(connection: sa.Connection, partner: str, url: str) -> FeedRecord:
    """Return the state of a partner's feed; it must be there (`add`)."""
    return _record(connection.execute(sa.select(feed).where(feed.c.partner == partner, feed.c.url == url)).one())


def all_records(connection: sa.Connection) -> dict[tuple[str, str], FeedRecord]:
    """Return the state of every feed ever named, by partner and URL."""
    return {(row.partner, row.url): _record(row) for row in connection.execute(sa.select(feed).order_by(feed.c.id))}


def records_of(connection: sa.Connection, wanted: Sequence[tuple[str, str]]) -> dict[tuple[str, str], FeedRecord]:
    """Return the states of those of the (partner, URL) pairs that the store knows; for some hundreds at most."""
    partners, urls = {partner for partner, _ in wanted}, {url for _, url in wanted}
    query = sa.select(feed).where(feed.c.partner.in_(partners), feed.c.url.in_(urls)).order_by(feed.c.id)
    return {(row.partner, row.url): _record(row) for row in connection.execute(query)}


def with_due_entries(connection: sa.Connection, *, now: datetime, of: Sequence[int] | None = None) -> set[int]:
    """Return the ids of feeds that have entries to ingest now; of these feeds only, where `of` is given."""
    query = sa.select(entry.c.feed_id).distinct().where(entry.c.state == "pending", entry.c.due_at <= now)
    if of is not None:
        query = query.where(entry.c.feed_id.in_(of))
    return set(connection.execute(query).scalars())


def save(connection: sa.Connection, records: Sequence[FeedRecord]) -> None:
    """Keep what polls changed."""
    if records:
        connection.execute(_SAVE, [_columns(record) for record in records])


def make_due(connection: sa.Connection, feed_id: int, *, now: datetime) -> None:
    """Have a feed polled at the next chance; what a poll that runs just now keeps comes after it."""
    connection.execute(feed.update().where(feed.c.id == feed_id).values(next_poll_at=now))


def of_partners(connection: sa.Connection, partners: Iterable[str]) -> dict[tuple[str, str], FeedRecord]:
    """Return the states of all feeds of some partners, by partner and URL."""
    query = sa.select(feed).where(feed.c.partner.in_(list(partners))).order_by(feed.c.id)
    return {(row.partner, row.url): _record(row) for row in connection.execute(query)}


def by_id(connection: sa.Connection, feed_id: int) -> FeedRecord | None:
    """Return the state of a feed by its number, or None."""
    row = connection.execute(sa.select(feed).where(feed.c.id == feed_id)).first()
    return _record(row) if row is not None else None


def pushed(connection: sa.Connection, feed_id: int, *, now: datetime) -> None:
    """Keep when a feed's hub last pushed."""
    connection.execute(feed.update().where(feed.c.id == feed_id).values(pushed_at=now))


def _record(row: Any) -> FeedRecord:
    quiet = json.loads(row.quiet) if row.quiet else {"hours": (), "days": ()}
    return FeedRecord(
        id=row.id,
        partner=row.partner,
        url=row.url,
        validators=Validators(etag=row.etag, last_modified=row.last_modified),
        body_hash=row.body_hash,
        next_poll_at=row.next_poll_at,
        last_polled_at=row.last_polled_at,
        last_changed_at=row.last_changed_at,
        outcome=row.outcome,
        error=row.error,
        failures=row.failures,
        failing_since=row.failing_since,
        standing=Standing(row.standing),
        wait_until=row.wait_until,
        moved_to=row.moved_to,
        moved_polls=row.moved_polls,
        asked_seconds=row.asked_seconds,
        quiet=QuietTimes(hours=tuple(quiet["hours"]), days=tuple(quiet["days"])),
        rhythm_seconds=row.rhythm_seconds,
        usual_new=row.usual_new,
        reader_state=row.reader_state or "",
        hub=row.hub,
        topic=row.topic,
        pushed_at=row.pushed_at,
    )


def _columns(record: FeedRecord) -> dict[str, object]:
    values: dict[str, Any] = {name: getattr(record, name, None) for name in _POLLED}
    quiet = record.quiet
    values |= {
        "etag": record.validators.etag,
        "last_modified": record.validators.last_modified,
        "standing": record.standing.value,
        "quiet": json.dumps({"hours": quiet.hours, "days": quiet.days}) if quiet.hours or quiet.days else None,
    }
    return {"row": record.id, **{f"b_{name}": value for name, value in values.items()}}
