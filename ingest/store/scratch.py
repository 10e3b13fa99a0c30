"""A copy of the store to try things on, so that a dry run takes the very same path as a real one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from ingest.store.database import open_store
from ingest.store.moving import copy_rows


@contextmanager
def scratch_copy(engine: sa.Engine) -> Iterator[sa.Engine]:
    """Yield a store of its own with the same records, thrown away at the end."""
    with TemporaryDirectory(prefix="reprint-") as folder:
        file = Path(folder) / "scratch.db"
        if engine.dialect.name == "sqlite":
            _back_up(engine, file)
        scratch = open_store(f"sqlite:///{file}")
        try:
            if engine.dialect.name != "sqlite":
                copy_rows(engine, scratch)
            yield scratch
        finally:
            scratch.dispose()


def _back_up(engine: sa.Engine, file: Path) -> None:
    with engine.connect() as connection, sqlite3.connect(file) as copy:
        raw = connection.connection.driver_connection
        if not isinstance(raw, sqlite3.Connection):
            raise TypeError("an SQLite engine's connection is no sqlite3 connection")
        raw.backup(copy)
    copy.close()
