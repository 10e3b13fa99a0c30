"""Signing in: slower with every failure, by name and by address, and as slow for names that do not exist."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from ingest.errors import ConfigError
from ingest.store import desk_attempts, desk_users
from ingest.store.database import read, write
from ingest.store.desk_users import DeskUser
from publish.desk.access import user_name
from publish.desk.passwords import matches

#: So many failures in a row cost no time: people mistype.
_FREE: Final = 4
#: Whoever guesses from one address waits long; a name's rightful user is not locked out so long.
_LONGEST: Final = {"address": timedelta(minutes=15), "name": timedelta(minutes=2)}
_FORGOTTEN: Final = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class TooSoon:
    """A sign-in that was not looked at, because of the failures before it."""

    wait: timedelta


def check_sign_in(
    engine: sa.Engine, *, name: str, password: str, address: str, now: datetime
) -> DeskUser | TooSoon | None:
    """Return who signs in, None where name and password do not fit, or how long the next attempt has to wait.

    An attempt counts as failed before its password is looked at, so that many at once do not slip by.
    """
    keys = list(_keys(name, address))
    wait = _claim(engine, keys, now)
    if wait is not None:
        return TooSoon(wait=wait)
    known = _known_name(name)
    with read(engine) as connection:
        password_hash = desk_users.hash_of(connection, known)
    if not matches(password, password_hash):
        return None
    with write(engine) as connection:
        for key in keys:
            desk_attempts.forget(connection, key)
        return desk_users.find(connection, known)


def _keys(name: str, address: str) -> Iterator[str]:
    yield f"address:{address[:60]}"
    yield f"name:{_known_name(name)[:60]}"


def _known_name(name: str) -> str:
    try:
        return user_name(name)
    except ConfigError:
        # No user has it; it counts, and takes its time, all the same.
        return "?"


def _claim(engine: sa.Engine, keys: list[str], now: datetime) -> timedelta | None:
    """Count the attempt, or return how long it is too soon for it."""
    with write(engine) as connection:
        desk_attempts.forget_old(connection, before=now - _FORGOTTEN)
        known = {key: desk_attempts.of(connection, key) for key in keys}
        waits = [one.wait_until - now for one in known.values() if one is not None and one.wait_until > now]
        if waits:
            return max(waits)
        for key, one in known.items():
            failures = (one.failures if one is not None else 0) + 1
            desk_attempts.note(connection, key, failures=failures, wait_until=now + _delay(key, failures), now=now)
    return None


def _delay(key: str, failures: int) -> timedelta:
    if failures <= _FREE:
        return timedelta()
    return min(timedelta(seconds=2 ** min(failures - _FREE, 12)), _LONGEST[key.partition(":")[0]])
