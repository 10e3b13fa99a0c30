"""The ledger: what happened, when and by whom; hash-chained, and only ever appended to.

Each record's hash covers the one before, so an edited, removed, reordered or inserted record breaks the chain from
there on; a saved head shows a cut-off end. The database itself refuses UPDATE and DELETE by triggers.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from ingest.errors import LedgerError
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


def records(connection: sa.Connection, *, subject: str | None = None) -> Iterator[Record]:
    """Yield the records, oldest first, streaming; those of one subject where it is given."""
    query = sa.select(ledger).order_by(ledger.c.seq)
    if subject is not None:
        query = query.where(ledger.c.subject == subject)
    with connection.execution_options(yield_per=1000).execute(query) as result:
        for row in result.mappings():
            yield Record(**row)


def verify(connection: sa.Connection, *, saved: Head | None = None) -> Head:
    """Recompute the whole chain and return its head.

    Raises LedgerError naming the first record that does not fit, or the saved head that is no longer there.
    """
    last, seen = Head(seq=0, hash=GENESIS), saved is None or saved.seq == 0
    for record in records(connection):
        _check(record, last)
        last = Head(seq=record.seq, hash=record.hash)
        if saved is not None and record.seq == saved.seq:
            seen = _same_head(last, saved)
    if not seen:
        raise _broken(
            f"it ends at record {last.seq}, but the saved head is record {saved.seq if saved else 0}", last.seq
        )
    return last


def _check(record: Record, last: Head) -> None:
    if record.seq != last.seq + 1:
        raise _broken(f"record {last.seq + 1} is missing (record {record.seq} follows)", last.seq + 1)
    if record.previous != last.hash:
        raise _broken(f"record {record.seq} does not follow from record {last.seq}", record.seq)
    expected = record_hash(
        seq=record.seq,
        at=record.at,
        actor=record.actor,
        event=record.event,
        subject=record.subject,
        payload=record.payload,
        previous=record.previous,
    )
    if record.hash != expected:
        raise _broken(f"record {record.seq} ({record.event} of {record.subject}) was edited", record.seq)


def _same_head(found: Head, saved: Head) -> bool:
    if found.hash != saved.hash:
        raise _broken(f"record {found.seq} is not the one whose hash was saved", found.seq)
    return True


def _broken(what: str, seq: int) -> LedgerError:
    return LedgerError(
        f"the ledger was tampered with: {what}",
        where=f"ledger record {seq}",
        next_step="restore the database from a backup, and find out who wrote to it",
    )


def canonical(payload: Mapping[str, Any]) -> str:
    """Return the one JSON text of a payload: sorted keys, no spaces, UTF-8 as it is."""
    return json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_jsonable)


def _jsonable(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    raise TypeError(f"{type(value).__name__} has no place in the ledger")


def record_hash(*, seq: int, at: datetime, actor: str, event: str, subject: str, payload: str, previous: str) -> str:
    """Return the SHA-256, hex, over a record's fields and the hash before it."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    text = json.dumps([previous, seq, moment, actor, event, subject, payload], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
