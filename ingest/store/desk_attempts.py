"""Failed sign-ins at the desk, counted by name and by address, and until when the next one has to wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Column, Integer, String, Table

from ingest.store.schema import UtcDateTime, metadata

desk_attempt = Table(
    "desk_attempt",
    metadata,
    Column("key", String(120), primary_key=True, comment="name:..., address:..."),
    Column("failures", Integer, nullable=False, comment="in a row"),
    Column("last_at", UtcDateTime, nullable=False, index=True),
    Column("wait_until", UtcDateTime, nullable=False),
)


@dataclass(frozen=True, kw_only=True)
class Attempts:
    """The failures of one name or address."""

    key: str
    failures: int
    last_at: datetime
    wait_until: datetime


def of(connection: sa.Connection, key: str) -> Attempts | None:
    """Return the failures of a key, or None where there are none."""
    row = connection.execute(sa.select(desk_attempt).where(desk_attempt.c.key == key)).mappings().first()
    return Attempts(**row) if row else None


def note(connection: sa.Connection, key: str, *, failures: int, wait_until: datetime, now: datetime) -> None:
    """Set the failures of a key."""
    connection.execute(desk_attempt.delete().where(desk_attempt.c.key == key))
    row = {"key": key, "failures": failures, "last_at": now, "wait_until": wait_until}
    connection.execute(desk_attempt.insert().values(row))


def forget(connection: sa.Connection, key: str) -> None:
    """Forget the failures of a key."""
    connection.execute(desk_attempt.delete().where(desk_attempt.c.key == key))


def forget_old(connection: sa.Connection, *, before: datetime) -> None:
    """Forget the failures that were long ago."""
    connection.execute(desk_attempt.delete().where(desk_attempt.c.last_at < before))
