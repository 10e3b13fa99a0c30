"""Who may use the desk: users added, removed and given passwords, each in the ledger."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

import sqlalchemy as sa

from ingest.errors import ConfigError
from ingest.store import desk_sessions, desk_undo, desk_users, ledger
from ingest.store.database import read, write
from ingest.store.desk_users import DeskUser, Role
from publish.desk.passwords import hash_password

_NAME = re.compile(r"[\w][\w.@+-]{0,59}")


def user_name(text: str) -> str:
    """Return a user's name in the form that it is kept in; raises ConfigError where it can be none."""
    name = unicodedata.normalize("NFKC", text).strip().casefold()
    if not _NAME.fullmatch(name):
        raise ConfigError(
            "that is no name for a user",
            where=f"user {text[:60]!r}",
            next_step="take up to 60 letters, digits and . @ + - _",
        )
    return name


def add_user(engine: sa.Engine, name: str, role: Role, password: str, *, actor: str, now: datetime) -> str:
    """Add a user, and return the name as kept; raises ConfigError where it is taken or the password is too weak."""
    name = user_name(name)
    hashed = hash_password(password, name=name)
    with write(engine) as connection:
        if desk_users.find(connection, name) is not None:
            raise ConfigError(
                "there is such a user already",
                where=f"user {name}",
                next_step=f"give another name, or set a new password: reprint desk user password {name}",
            )
        desk_users.add(connection, name=name, role=role, password_hash=hashed, now=now)
        _log(connection, "desk.user-added", name, actor, now, role=role.value)
    return name


def remove_user(engine: sa.Engine, name: str, *, actor: str, now: datetime) -> None:
    """Remove a user and end the sessions; what the user did stays in the ledger under the name."""
    with write(engine) as connection:
        user = _require(connection, name)
        desk_sessions.end_all(connection, user.id)
        desk_undo.forget(connection, user.id)
        desk_users.remove(connection, user.id)
        _log(connection, "desk.user-removed", user.name, actor, now)


def set_password(
    engine: sa.Engine, name: str, password: str, *, actor: str, now: datetime, but_for: str | None = None
) -> int:
    """Set a user's password, end the sessions but for the one of a token's hash, and return how many ended."""
    hashed = hash_password(password, name=user_name(name))
    with write(engine) as connection:
        user = _require(connection, name)
        desk_users.set_password(connection, user.id, hashed, now=now)
        ended = desk_sessions.end_all(connection, user.id, but_for=but_for)
        _log(connection, "desk.password-set", user.name, actor, now)
    return ended


def users(engine: sa.Engine) -> list[DeskUser]:
    """Return all users by name."""
    with read(engine) as connection:
        return desk_users.all_users(connection)


def _require(connection: sa.Connection, name: str) -> DeskUser:
    user = desk_users.find(connection, user_name(name))
    if user is None:
        raise ConfigError("there is no such user", where=f"user {name}", next_step="see `reprint desk user list`")
    return user


def _log(connection: sa.Connection, event: str, name: str, actor: str, now: datetime, **payload: str) -> None:
    ledger.append(connection, at=now, actor=actor, event=event, subject=f"desk-user:{name}", payload=payload)
