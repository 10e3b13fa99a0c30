"""One at a time: what two processes must not do side by side, on each database by its own means."""

from __future__ import annotations

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa


@contextmanager
def alone(engine: sa.Engine, name: str) -> Iterator[None]:
    """Wait until no other process holds the lock of that name on this store, and hold it for the block.

    SQLite's is a lock on a file beside the database, PostgreSQL's an advisory one; either goes with its process,
    however that ends.
    """
    if engine.dialect.name == "postgresql":
        number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:7], "big")
        with engine.connect() as connection:
            connection.execute(sa.select(sa.func.pg_advisory_lock(number)))
            try:
                yield
            finally:
                connection.execute(sa.select(sa.func.pg_advisory_unlock(number)))
        return
    database = engine.url.database
    if not database or database == ":memory:":
        yield
        return
    with Path(f"{database}.{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
