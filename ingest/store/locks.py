"""One at a time: what two processes must not do side by side, on each database by its own means."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

import sqlalchemy as sa


@contextmanager
def alone(engine: sa.Engine, name: str) -> Iterator[None]:
    """Wait until no other process holds the lock of that name on this store, and hold it for the block.

    SQLite's is a lock on a file beside the database, PostgreSQL's an advisory one; either goes with its process,
    however that ends.
    """
    if engine.dialect.name == "postgresql":
        number = _number(name)
        with engine.connect() as connection:
            connection.execute(sa.select(sa.func.pg_advisory_lock(number)))
            try:
                yield
            finally:
                connection.execute(sa.select(sa.func.pg_advisory_unlock(number)))
        return
    path = _lock_file(engine, name)
    if path is None:
        yield
        return
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


class Claim(Protocol):
    """A lock that is held until it is released, lost with its connection or file, or its process ends."""

    def held(self) -> bool:
        """Tell whether it is still ours; may ask the database."""

    def release(self) -> None:
        """Give it up."""


def claim(engine: sa.Engine, name: str) -> Claim | None:
    """Take the lock of that name without waiting; None where another process, or another claim of ours, holds it.

    Raises SQLAlchemy's OperationalError where PostgreSQL cannot be reached, OSError where the file cannot be made.
    """
    if engine.dialect.name == "postgresql":
        return _claim_advisory(engine, name)
    path = _lock_file(engine, name)
    return _Unneeded() if path is None else _claim_file(path)


def holder(engine: sa.Engine, name: str) -> str:
    """Say who holds the lock of that name, as far as the database or the file knows; empty where nobody does."""
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            row = connection.execute(_ADVISORY_HOLDER, {"number": _number(name)}).first()
        return f"{row.application_name or 'a client'} at {row.address}, since {row.since}" if row else ""
    path = _lock_file(engine, name)
    return _file_holder(path) if path is not None and path.exists() else ""


#: An advisory lock of one 64-bit number is shown in two halves (PostgreSQL, "pg_locks").
_ADVISORY_HOLDER = sa.text(
    "SELECT a.application_name, coalesce(host(a.client_addr), 'the server itself') AS address,"
    " to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') AS since"
    " FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
    " WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND a.datname = current_database()"
    " AND (l.classid::bigint << 32 | l.objid::bigint) = :number"
)


class _Unneeded:
    """A store in memory has one process only."""

    def held(self) -> bool:
        return True

    def release(self) -> None:
        return


class _FileClaim:
    def __init__(self, file: IO[str], path: Path) -> None:
        self._file, self._path = file, path

    def held(self) -> bool:
        # Somebody who removed the file has let another process lock a new one.
        return _same_file(self._file, self._path)

    def release(self) -> None:
        if self.held():
            self._file.truncate(0)
        self._file.close()


class _AdvisoryClaim:
    def __init__(self, connection: sa.Connection, number: int) -> None:
        self._connection, self._number = connection, number

    def held(self) -> bool:
        try:
            # A connection that was lost would quietly be made anew, without its lock.
            return not self._connection.invalidated and self._connection.scalar(sa.select(1)) == 1
        except sa.exc.DBAPIError:
            return False

    def release(self) -> None:
        if self.held():
            self._connection.execute(sa.select(sa.func.pg_advisory_unlock(self._number)))
        self._connection.close()


def _claim_file(path: Path) -> Claim | None:
    file = path.open("a+", encoding="utf-8")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    if not _same_file(file, path):
        file.close()
        return None
    file.truncate(0)
    file.write(f"process {os.getpid()} on {os.uname().nodename}\n")
    file.flush()
    return _FileClaim(file, path)


def _claim_advisory(engine: sa.Engine, name: str) -> Claim | None:
    # A transaction left open for days would keep PostgreSQL from tidying up.
    connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    try:
        taken = connection.execute(sa.select(sa.func.pg_try_advisory_lock(_number(name)))).scalar()
    except BaseException:
        connection.close()
        raise
    if taken:
        return _AdvisoryClaim(connection, _number(name))
    connection.close()
    return None


def _file_holder(path: Path) -> str:
    with path.open(encoding="utf-8") as file:
        try:
            # Sharing it is refused while somebody holds it alone, and lasts no longer than this look.
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return file.read().strip() or "another process"
    return ""


def _same_file(file: IO[str], path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except OSError:
        return False


def _lock_file(engine: sa.Engine, name: str) -> Path | None:
    database = engine.url.database
    return None if not database or database == ":memory:" else Path(f"{database}.{name}.lock")


def _number(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:7], "big")
