"""Subscriptions at WebSub hubs."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

import sqlalchemy as sa

from ingest.store.schema import subscription


@dataclass(frozen=True, kw_only=True)
class Subscription:
    """What we asked a hub for, and what it answered."""

    feed_id: int
    hub: str
    topic: str
    #: The last part of our callback's address; nobody but the hub knows it.
    token: str
    secret: str
    #: "asked", "active", "denied", "failed", "ending".
    state: str
    asked_at: datetime
    #: When to ask the hub (again).
    renew_at: datetime
    lease_until: datetime | None = None
    error: str | None = None

    def __repr__(self) -> str:
        """Show it without what must stay between us and the hub."""
        return f"Subscription(feed_id={self.feed_id}, hub={self.hub!r}, topic={self.topic!r}, state={self.state!r})"


def all_by_feed(connection: sa.Connection) -> dict[int, Subscription]:
    """Return every subscription, by its feed's id."""
    return {row["feed_id"]: _of(row) for row in connection.execute(sa.select(subscription)).mappings()}


def by_token(connection: sa.Connection, token: str) -> Subscription | None:
    """Return the subscription whose callback has this token, or None."""
    query = sa.select(subscription).where(subscription.c.token == token)
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else _of(row)


def put(connection: sa.Connection, wanted: Subscription) -> None:
    """Keep a feed's subscription in place of the one before."""
    connection.execute(subscription.delete().where(subscription.c.feed_id == wanted.feed_id))
    connection.execute(subscription.insert().values(asdict(wanted)))


def remove(connection: sa.Connection, over: Subscription) -> None:
    """Forget a subscription; one that its feed has got in its place stays."""
    connection.execute(subscription.delete().where(subscription.c.token == over.token))


def _of(row: sa.RowMapping) -> Subscription:
    return Subscription(**{str(name): value for name, value in row.items()})
