"""The people who may use the editors' desk: their names, roles and hashed passwords."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, String, Table, Text

from ingest.store.schema import Id, UtcDateTime, metadata

desk_user = Table(
    "desk_user",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(60), nullable=False, unique=True, comment="as signed in with, and as the ledger's actor"),
    Column("role", String(10), nullable=False, comment="editor, auditor"),
    Column("password_hash", Text, nullable=False, comment="argon2id, with its salt and cost"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False, comment="when the password or role was last set"),
    CheckConstraint("role IN ('editor', 'auditor')", name="role"),
)


class Role(StrEnum):
    """What a user may do."""

    #: Reads and acts.
    EDITOR = "editor"
    #: Reads only.
    AUDITOR = "auditor"


@dataclass(frozen=True, kw_only=True)
class DeskUser:
    """One user; the password's hash stays in the store."""

    id: int
    name: str
    role: Role
    created_at: datetime
    changed_at: datetime


def add(connection: sa.Connection, *, name: str, role: Role, password_hash: str, now: datetime) -> int:
    """Add a user whose name is free, and return the id."""
    row = {"name": name, "role": role.value, "password_hash": password_hash, "created_at": now, "changed_at": now}
    return int(connection.execute(desk_user.insert().values(row).returning(desk_user.c.id)).scalar_one())


def find(connection: sa.Connection, name: str) -> DeskUser | None:
    """Return the user of a name, or None."""
    return _one(connection, desk_user.c.name == name)


def of_id(connection: sa.Connection, user_id: int) -> DeskUser | None:
    """Return the user of an id, or None."""
    return _one(connection, desk_user.c.id == user_id)


def all_users(connection: sa.Connection) -> list[DeskUser]:
    """Return all users by name."""
    return [_user(row) for row in connection.execute(_users().order_by(desk_user.c.name)).mappings()]


def any_user(connection: sa.Connection) -> bool:
    """Tell whether anybody may sign in."""
    return connection.execute(sa.select(desk_user.c.id).limit(1)).first() is not None


def hash_of(connection: sa.Connection, name: str) -> str | None:
    """Return the password's hash of a user, or None where there is no such user."""
    query = sa.select(desk_user.c.password_hash).where(desk_user.c.name == name)
    return connection.execute(query).scalar()


def set_password(connection: sa.Connection, user_id: int, password_hash: str, *, now: datetime) -> None:
    """Set a user's password."""
    values = {"password_hash": password_hash, "changed_at": now}
    connection.execute(desk_user.update().where(desk_user.c.id == user_id).values(values))


def remove(connection: sa.Connection, user_id: int) -> None:
    """Remove a user whose sessions have ended; the ledger keeps the name."""
    connection.execute(desk_user.delete().where(desk_user.c.id == user_id))


def _users() -> sa.Select[int, str, str, datetime, datetime]:
    return sa.select(
        desk_user.c.id, desk_user.c.name, desk_user.c.role, desk_user.c.created_at, desk_user.c.changed_at
    )


def _one(connection: sa.Connection, here: sa.ColumnElement[bool]) -> DeskUser | None:
    row = connection.execute(_users().where(here)).mappings().first()
    return _user(row) if row else None


def _user(row: sa.RowMapping) -> DeskUser:
    return DeskUser(**{**row, "role": Role(row["role"])})
