"""The ledger: what happened, when and by whom; hash-chained, and only ever appended to.

Each record's hash covers the one before, so an edited, removed, reordered or inserted record breaks the chain from
there on (`chain`); a saved head shows a cut-off end. The database itself refuses UPDATE and DELETE by triggers.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from ingest.store.schema import ledger

#: The hash before the first record.
GENESIS = "0" * 64
#: Any number will do as long as it stays: PostgreSQL's advisory lock for appending.
_APPEND_LOCK = 0x72706E74


@dataclass(frozen=True, kw_only=True)
class Record:
    """One line of the ledger."""

    seq: int
    at: datetime
    actor: str
    event: str
    subject: str
    #: Canonical JSON, as hashed.
    payload: str
    previous: str
    hash: str

    @property
    def data(self) -> dict[str, Any]:
        """The payload, parsed."""
        parsed: dict[str, Any] = json.loads(self.payload)
        return parsed


@dataclass(frozen=True, kw_only=True)
class Head:
    """The newest record's number and hash: what to keep elsewhere, to detect a cut-off end."""

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash}"


def append(
    connection: sa.Connection, *, at: datetime, actor: str, event: str, subject: str, payload: Mapping[str, Any]
) -> Head:
    """Add one record and return the new head; `payload` must be JSON-serialisable.

    Concurrent writers queue: SQLite's writers hold the write lock already, PostgreSQL's take an advisory one.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_APPEND_LOCK)))
    last = head(connection)
    seq, text = last.seq + 1, canonical(payload)
    digest = record_hash(seq=seq, at=at, actor=actor, event=event, subject=subject, payload=text, previous=last.hash)
    connection.execute(
        ledger.insert().values(
            seq=seq, at=at, actor=actor, event=event, subject=subject, payload=text, previous=last.hash, hash=digest
        )
    )
    return Head(seq=seq, hash=digest)


def head(connection: sa.Connection) -> Head:
    """Return the newest record's number and hash; 0 and GENESIS for an empty ledger."""
    row = connection.execute(sa.select(ledger.c.seq, ledger.c.hash).order_by(ledger.c.seq.desc()).limit(1)).first()
    return Head(seq=row.seq, hash=row.hash) if row else Head(seq=0, hash=GENESIS)


def events_after(connection: sa.Connection, seq: int, *, limit: int = 500) -> list[tuple[int, str, str]]:
    """Return number, event and subject of the records after one, the newest `limit` of them, oldest first."""
    query = sa.select(ledger.c.seq, ledger.c.event, ledger.c.subject).where(ledger.c.seq > seq)
    rows = connection.execute(query.order_by(ledger.c.seq.desc()).limit(limit)).all()
    return [(row.seq, row.event, row.subject) for row in reversed(rows)]


def records(connection: sa.Connection, *, subject: str | None = None) -> Iterator[Record]:
    """Yield the records, oldest first, streaming; those of one subject where it is given."""
    query = sa.select(ledger).order_by(ledger.c.seq)
    if subject is not None:
        query = query.where(ledger.c.subject == subject)
    with connection.execute(query, execution_options={"yield_per": 1000}) as result:
        for row in result.mappings():
            yield Record(**row)


def canonical(payload: Mapping[str, Any]) -> str:
    """Return the one JSON text of a payload: sorted keys, no spaces, UTF-8 as it is."""
    return json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_jsonable)


def _jsonable(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    raise TypeError(f"{type(value).__name__} has no place in the ledger")


def record_hash(*, seq: int, at: datetime, actor: str, event: str, subject: str, payload: str, previous: str) -> str:
    """Return the SHA-256, hex, over the hash before a record and its fields."""
    text = preimage(seq=seq, at=at, actor=actor, event=event, subject=subject, payload=payload, previous=previous)
    return hashlib.sha256(text.encode()).hexdigest()


def preimage(*, seq: int, at: datetime, actor: str, event: str, subject: str, payload: str, previous: str) -> str:
    """Return what is hashed: a JSON list of all but the payload, a line break, and the payload.

    No two records share it: JSON holds no line break in a string, so that the first one ends the list.
    """
    head = [previous, seq, written(at), actor, event, subject]
    return json.dumps(head, ensure_ascii=False) + "\n" + payload


def written(at: datetime) -> str:
    """Return a time in UTC as SQLite's text has it: 2026-11-24 12:30:15.123456."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")
