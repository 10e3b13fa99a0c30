"""Who is signed in at the desk: the hash of each session's token, never the token."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, String, Table, Text

from ingest.store.schema import UtcDateTime, metadata

desk_session = Table(
    "desk_session",
    metadata,
    Column("token_hash", String(64), primary_key=True, comment="SHA-256 of the token in the cookie"),
    Column("user_id", ForeignKey("desk_user.id"), nullable=False, index=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("told", Text, comment="what its next page tells about its last action"),
)


@dataclass(frozen=True, kw_only=True)
class DeskSession:
    """One session."""

    token_hash: str
    user_id: int
    created_at: datetime
    seen_at: datetime
    told: str | None


def begin(connection: sa.Connection, *, token_hash: str, user_id: int, now: datetime) -> None:
    """Begin a user's session."""
    row = {"token_hash": token_hash, "user_id": user_id, "created_at": now, "seen_at": now}
    connection.execute(desk_session.insert().values(row))


def find(connection: sa.Connection, token_hash: str) -> DeskSession | None:
    """Return the session of a token's hash, or None."""
    query = sa.select(desk_session).where(desk_session.c.token_hash == token_hash)
    row = connection.execute(query).mappings().first()
    return DeskSession(**row) if row else None


def touch(connection: sa.Connection, token_hash: str, *, now: datetime) -> None:
    """Note that a session was just used."""
    connection.execute(_here(token_hash).values(seen_at=now))


def tell(connection: sa.Connection, token_hash: str, told: str | None) -> None:
    """Keep what the session's next page shall tell; None where it was told."""
    connection.execute(_here(token_hash).values(told=told))


def end(connection: sa.Connection, token_hash: str) -> None:
    """End a session."""
    connection.execute(desk_session.delete().where(desk_session.c.token_hash == token_hash))


def end_all(connection: sa.Connection, user_id: int, *, but_for: str | None = None) -> int:
    """End a user's sessions, but for the one of a token's hash; return how many."""
    query = desk_session.delete().where(desk_session.c.user_id == user_id)
    if but_for is not None:
        query = query.where(desk_session.c.token_hash != but_for)
    return connection.execute(query).rowcount


def end_old(connection: sa.Connection, *, begun_before: datetime, seen_before: datetime) -> None:
    """End the sessions that are past their time."""
    old = sa.or_(desk_session.c.created_at < begun_before, desk_session.c.seen_at < seen_before)
    connection.execute(desk_session.delete().where(old))


def _here(token_hash: str) -> sa.Update:
    return desk_session.update().where(desk_session.c.token_hash == token_hash)
