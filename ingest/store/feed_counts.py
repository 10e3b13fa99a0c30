"""Counts of a feed's entries, and those that a person may want to see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from ingest.store.schema import entry

#: Over how many days the mean of new items is taken.
DAYS: Final = 14

#: States that nobody but a person, or time, will change.
STUCK: Final = ("set-aside", "failed", "flood", "pending")


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many entries of a feed are in each state, and how many new ones a day brings."""

    waiting: int = 0
    failed: int = 0
    set_aside: int = 0
    flood: int = 0
    items_a_day: float = 0.0


@dataclass(frozen=True, kw_only=True)
class StuckEntry:
    """An entry that did not become an article, and why."""

    feed_id: int
    state: str
    headline: str
    url: str | None
    reason: str | None
    attempts: int
    #: When it is tried again; None where it is not.
    due_at: datetime | None
    first_seen_at: datetime


def counts(connection: sa.Connection, *, now: datetime) -> dict[int, Counts]:
    """Return the counts of each feed that has entries, by the feed's id."""
    since = now - timedelta(days=DAYS)
    states = {state: sa.func.sum(sa.case((entry.c.state == state, 1), else_=0)) for state in STUCK}
    recent = sa.func.sum(sa.case((sa.and_(entry.c.first_seen_at >= since, entry.c.state != "set-aside"), 1), else_=0))
    first = sa.func.min(entry.c.first_seen_at, type_=entry.c.first_seen_at.type)
    query = sa.select(entry.c.feed_id, first, recent, *states.values()).group_by(entry.c.feed_id)
    found = {}
    for feed_id, began, new, *of_state in connection.execute(query):
        by_state = dict(zip(states, of_state, strict=True))
        days = max(min((now - began) / timedelta(days=1), DAYS), 1.0)
        found[feed_id] = Counts(
            waiting=by_state["pending"],
            failed=by_state["failed"],
            set_aside=by_state["set-aside"],
            flood=by_state["flood"],
            items_a_day=round(new / days, 1),
        )
    return found


def stuck(connection: sa.Connection, feed_ids: Iterable[int], *, limit: int | None = None) -> list[StuckEntry]:
    """Return the entries of these feeds that are set aside, given up, held or put off, with their reasons."""
    reasoned = sa.or_(entry.c.state != "pending", entry.c.error.is_not(None))
    query = (
        sa.select(entry)
        .where(entry.c.feed_id.in_(list(feed_ids)), entry.c.state.in_(STUCK), reasoned)
        .order_by(entry.c.feed_id, entry.c.state, entry.c.id)
        .limit(limit)
    )
    return [
        StuckEntry(
            feed_id=row.feed_id,
            state=row.state,
            headline=row.headline,
            url=row.url,
            reason=row.error,
            attempts=row.attempts,
            due_at=row.due_at if row.state == "pending" else None,
            first_seen_at=row.first_seen_at,
        )
        for row in connection.execute(query)
    ]
