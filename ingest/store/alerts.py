"""What somebody must be told of: each thing once while it lasts, and not again when it only flickers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from ingest.store.schema import alert

#: What was over for less than this and comes back is the same thing still.
FLICKER: Final = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Alert:
    """One thing to tell: its key stays the same while it lasts, and its words say what and what to do."""

    key: str
    what: str
    since: datetime


def observe(connection: sa.Connection, scope: str, current: Mapping[str, str], *, now: datetime) -> None:
    """Keep what is so now: `current` has the words of each thing by its key, all that the scope knows.

    What is new waits to be told; what is over is forgotten after a while, told or not.
    """
    mine = alert.c.scope == scope
    connection.execute(alert.delete().where(mine, alert.c.over_at < now - FLICKER))
    known = {row.key: row.over_at for row in connection.execute(sa.select(alert.c.key, alert.c.over_at).where(mine))}
    rows = [
        {"scope": scope, "key": key, "what": what, "since": now} for key, what in current.items() if key not in known
    ]
    if rows:
        connection.execute(alert.insert(), rows)
    _mark(connection, mine, [key for key, over in known.items() if over is not None and key in current], over=None)
    _mark(connection, mine, [key for key, over in known.items() if over is None and key not in current], over=now)


def untold(connection: sa.Connection) -> list[Alert]:
    """Return what lasts and was not told yet, the oldest first."""
    query = (
        sa.select(alert)
        .where(alert.c.told_at.is_(None), alert.c.over_at.is_(None))
        .order_by(alert.c.since, alert.c.scope, alert.c.key)
    )
    return [Alert(key=f"{row.scope}:{row.key}", what=row.what, since=row.since) for row in connection.execute(query)]


def lasting(connection: sa.Connection, scope: str, *, limit: int) -> tuple[list[Alert], int]:
    """Return what of a scope lasts, told or not, the newest first, and how much more there is."""
    mine = (alert.c.scope == scope, alert.c.over_at.is_(None))
    count = connection.execute(sa.select(sa.func.count()).select_from(alert).where(*mine)).scalar_one()
    query = sa.select(alert).where(*mine).order_by(alert.c.since.desc(), alert.c.key).limit(limit)
    found = [Alert(key=row.key, what=row.what, since=row.since) for row in connection.execute(query)]
    return found, count - len(found)


def told(connection: sa.Connection, alerts: Collection[Alert], *, now: datetime) -> None:
    """Note that these were told."""
    parts = [one.key.split(":", 1) for one in alerts]
    if parts:
        connection.execute(
            alert.update()
            .where(alert.c.scope == sa.bindparam("b_scope"), alert.c.key == sa.bindparam("b_key"))
            .values(told_at=now),
            [{"b_scope": scope, "b_key": key} for scope, key in parts],
        )


def _mark(connection: sa.Connection, mine: sa.ColumnElement[bool], keys: list[str], *, over: datetime | None) -> None:
    if keys:
        connection.execute(
            alert.update().where(mine, alert.c.key == sa.bindparam("b_key")).values(over_at=over),
            [{"b_key": key} for key in keys],
        )
