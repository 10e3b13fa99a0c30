"""Move a store from SQLite to PostgreSQL: all rows or none, compared table by table, the ledger verified."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.exc import DataError, IntegrityError

from ingest.errors import ConfigError, ForeignStoreError, LedgerError, StoreError
from ingest.leadership import LOCK
from ingest.store import chain, ledger, search
from ingest.store.database import ENGINES, read, write
from ingest.store.ledger import Head
from ingest.store.locks import claim, holder
from ingest.store.tables import metadata

_BATCH: Final = 1000
#: Tables that are not records of ours: alembic's own, and what a search index is made of.
_NOT_RECORDS: Final = ("alembic_version", "sqlite_", ENGINES)

#: Told how many more rows were found, and how many more are moved.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class Moved:
    """One table's rows, in the old store and in the new one."""

    table: str
    rows: int


@dataclass(frozen=True, kw_only=True)
class Move:
    """What was moved, and the ledger's head, the same in both."""

    tables: tuple[Moved, ...]
    head: Head


def move(source: sa.Engine, target: sa.Engine, *, progress: Progress = lambda _found, _moved: None) -> Move:
    """Copy all records of one store into another, an empty one, in one transaction; the source is only read.

    Nobody may write to the source meanwhile, and no `reprint run` may work on either: raises ConfigError where one
    does or the target is not empty, StoreError where a row does not fit, LedgerError where the chain does not hold.
    Nothing is in the target then.
    """
    with (
        _no_scheduler_on(source),
        _no_scheduler_on(target),
        # A writer's lock on the source, for what is written after its rows were read would be lost.
        write(source) as reader,
        write(target) as writer,
    ):
        _require_empty(writer, target)
        tables = tuple(_move_table(reader, writer, table, progress) for table in _tables(reader))
        _move_words(reader, writer)
        _set_sequences(writer)
        return Move(tables=tables, head=_same_head(reader, writer))


def copy_rows(source: sa.Engine, target: sa.Engine) -> None:
    """Copy every table's rows, in the order that their foreign keys ask for."""
    with read(source) as reader, write(target) as writer:
        for table in metadata.sorted_tables:
            _copy(reader, writer, table)


@contextmanager
def _no_scheduler_on(engine: sa.Engine) -> Iterator[None]:
    """Let no scheduler work on a store, for the block; raises ConfigError where one does."""
    lock = claim(engine, LOCK)
    if lock is None:
        raise ConfigError(
            f"a scheduler works on this store: {holder(engine, LOCK)}",
            where=engine.url.render_as_string(hide_password=True),
            next_step="stop `reprint run` there, then move it",
        )
    try:
        yield
    finally:
        lock.release()


def _require_empty(writer: sa.Connection, target: sa.Engine) -> None:
    for table in metadata.sorted_tables:
        if writer.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first():
            raise ConfigError(
                f"the target is not empty: it has rows in {table.name}",
                where=target.url.render_as_string(hide_password=True),
                next_step="name a new database; nothing was moved",
            )


def _tables(reader: sa.Connection) -> Sequence[sa.Table]:
    """Return our tables, those first that others refer to; raises ForeignStoreError where the store holds others."""
    there = {name for name in sa.inspect(reader).get_table_names() if not name.startswith(_NOT_RECORDS)}
    if unknown := there - metadata.tables.keys() - _of_virtual_tables(reader):
        raise ForeignStoreError(
            f"it holds tables that are not reprint's: {', '.join(sorted(unknown))}",
            where="the store to be moved",
            next_step="move or remove them first; nothing was moved",
        )
    return metadata.sorted_tables


def _of_virtual_tables(reader: sa.Connection) -> set[str]:
    """Return SQLite's virtual tables, such as an index of words, and the tables that keep their contents."""
    rows = reader.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'table'").all()
    virtual = {row.name for row in rows if (row.sql or "").upper().startswith("CREATE VIRTUAL TABLE")}
    return virtual | {row.name for row in rows if any(row.name.startswith(f"{name}_") for name in virtual)}


def _move_table(reader: sa.Connection, writer: sa.Connection, table: sa.Table, progress: Progress) -> Moved:
    progress(_count(reader, table), 0)
    try:
        _copy(reader, writer, table, progress)
    except (DataError, IntegrityError, ValueError) as error:
        raise StoreError(
            f"a row of {table.name} does not fit: {str(getattr(error, 'orig', error)).strip()}",
            where=table.name,
            next_step="nothing was moved; correct the row in the old store, or report this",
        ) from error
    old, new = _count(reader, table), _count(writer, table)
    if old != new:
        raise StoreError(
            f"{table.name} has {old} rows in the old store and {new} in the new one",
            where=table.name,
            next_step="nothing was moved; please report this",
        )
    return Moved(table=table.name, rows=new)


def _count(connection: sa.Connection, table: sa.Table) -> int:
    return connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


def _copy(
    reader: sa.Connection, writer: sa.Connection, table: sa.Table, progress: Progress = lambda _found, _moved: None
) -> None:
    inner = [key.parent.name for key in table.foreign_keys if key.column.table is table]
    for batch in _batches(reader, table):
        # A row may refer to a later one of its own table.
        writer.execute(table.insert(), [row | dict.fromkeys(inner) for row in batch])
        progress(0, len(batch))
    for column in inner:
        _point_back(reader, writer, table, column)


def _point_back(reader: sa.Connection, writer: sa.Connection, table: sa.Table, column: str) -> None:
    (key,) = table.primary_key.columns
    query = sa.select(key, table.c[column]).where(table.c[column].is_not(None))
    rows = [{"row": row[0], "to": row[1]} for row in reader.execute(query)]
    if rows:
        point = table.update().where(key == sa.bindparam("row")).values({column: sa.bindparam("to")})
        writer.execute(point, rows)


def _batches(reader: sa.Connection, table: sa.Table) -> Iterator[list[dict[str, Any]]]:
    rows = reader.execute(sa.select(table), execution_options={"yield_per": _BATCH}).mappings()
    for batch in rows.partitions(_BATCH):
        yield [dict(row) for row in batch]


def _move_words(reader: sa.Connection, writer: sa.Connection) -> None:
    """Have articles found by the words that they were found by: each database keeps them in its own way."""
    query = sa.text(f"SELECT rowid AS id, words FROM {search.WORDS} ORDER BY rowid")  # noqa: S608 - a constant
    for row in reader.execute(query, execution_options={"yield_per": _BATCH}):
        search.index_words(writer, row.id, row.words)


def _set_sequences(writer: sa.Connection) -> None:
    """Let new rows be numbered after those that were moved."""
    for table in metadata.sorted_tables:
        key = table.autoincrement_column
        if key is None:
            continue
        names = {"table": f'"{table.name}"', "column": key.name}
        if writer.execute(sa.text("SELECT pg_get_serial_sequence(:table, :column)"), names).scalar() is None:
            continue
        newest = sa.select(sa.func.coalesce(sa.func.max(key), 0) + 1).scalar_subquery()
        sequence = sa.func.pg_get_serial_sequence(f'"{table.name}"', key.name)
        writer.execute(sa.select(sa.func.setval(sequence, newest, sa.false())))


def _same_head(reader: sa.Connection, writer: sa.Connection) -> Head:
    before, after = ledger.head(reader), chain.verify(writer)
    if before != after:
        raise LedgerError(
            f"its head is {after} in the new store and {before} in the old one",
            where="ledger",
            next_step="nothing was moved; please report this",
        )
    return after
