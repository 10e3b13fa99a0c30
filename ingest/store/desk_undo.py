"""The last action of each user of the desk, with what stood before it, so that it can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import BigInteger, Column, ForeignKey, String, Table, Text

from ingest.store.schema import UtcDateTime, metadata

desk_undo = Table(
    "desk_undo",
    metadata,
    Column("user_id", ForeignKey("desk_user.id"), primary_key=True),
    Column("article_id", ForeignKey("article.id"), nullable=False),
    Column("kind", String(20), nullable=False, comment="release, withdraw, edit, section, schedule"),
    Column("before", Text, nullable=False, comment="what stood before, as JSON"),
    Column("seq", BigInteger, nullable=False, comment="the article's newest ledger record after the action"),
    Column("at", UtcDateTime, nullable=False),
)


@dataclass(frozen=True, kw_only=True)
class LastAction:
    """What a user did last."""

    user_id: int
    article_id: int
    kind: str
    #: JSON.
    before: str
    seq: int
    at: datetime


def of(connection: sa.Connection, user_id: int) -> LastAction | None:
    """Return what a user did last, or None where nothing is left to undo."""
    row = connection.execute(sa.select(desk_undo).where(desk_undo.c.user_id == user_id)).mappings().first()
    return LastAction(**row) if row else None


def note(connection: sa.Connection, action: LastAction) -> None:
    """Make an action the user's last one."""
    forget(connection, action.user_id)
    row = {name: getattr(action, name) for name in LastAction.__dataclass_fields__}
    connection.execute(desk_undo.insert().values(row))


def forget(connection: sa.Connection, user_id: int) -> None:
    """Leave a user nothing to undo."""
    connection.execute(desk_undo.delete().where(desk_undo.c.user_id == user_id))
