"""A copy of the store to try things on, so that a dry run takes the very same path as a real one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from ingest.store.database import open_store, read, write
from ingest.store.schema import metadata

_BATCH = 1000


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


def copy_rows(source: sa.Engine, target: sa.Engine) -> None:
    """Copy every table's rows, in the order that their foreign keys ask for."""
    with read(source) as reader, write(target) as writer:
        for table in metadata.sorted_tables:
            rows = reader.execution_options(yield_per=_BATCH).execute(sa.select(table)).mappings()
            for batch in rows.partitions(_BATCH):
                writer.execute(table.insert(), [dict(row) for row in batch])
