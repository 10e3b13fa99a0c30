"""The ledger's and the tables' rows, some at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from ingest.store.ledger import Record
from ingest.store.schema import ledger

AT_ONCE = 500


def events(connection: sa.Connection, names: Sequence[str]) -> Iterator[list[Record]]:
    """Yield the ledger's records of these events in order, some at a time."""
    after = 0
    while True:
        query = sa.select(ledger).where(ledger.c.seq > after, ledger.c.event.in_(names)).order_by(ledger.c.seq)
        batch = [Record(**row) for row in connection.execute(query.limit(AT_ONCE)).mappings()]
        if not batch:
            return
        yield batch
        after = batch[-1].seq


def rows(connection: sa.Connection, table: sa.Table, ids: Sequence[int]) -> dict[int, sa.RowMapping]:
    """Return a table's rows by id."""
    found = connection.execute(sa.select(table).where(table.c.id.in_(ids))).mappings()
    return {row["id"]: row for row in found}


def ids_of(connection: sa.Connection, table: sa.Table) -> Iterator[int]:
    """Yield a table's ids in order, some at a time."""
    after = -(2**62)
    while True:
        query = sa.select(table.c.id).where(table.c.id > after).order_by(table.c.id).limit(AT_ONCE)
        batch = list(connection.execute(query).scalars())
        if not batch:
            return
        yield from batch
        after = batch[-1]


def article_of(record: Record) -> int | None:
    """Return the number of the article that a record is about; None where it is about something else."""
    number = record.subject.removeprefix("article:")
    return int(number) if number.isdecimal() else None


def payload_of(record: Record) -> dict[str, Any]:
    """Return a record's payload; empty where somebody made it unreadable, which the chain's check reports."""
    try:
        parsed = json.loads(record.payload)
    except ValueError:
        return {}
    return parsed if isinstance(parsed, dict) else {}
