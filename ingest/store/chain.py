"""The ledger's chain recomputed: the first record that does not fit is named.

Written for millions of records: it reads the driver's own rows and streams them, and may share the work among
processes, as each part of the chain can be checked by itself from the record before it.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from itertools import pairwise
from json.encoder import encode_basestring as quoted
from multiprocessing import get_all_start_methods, get_context
from typing import Any, Never

import sqlalchemy as sa

from ingest.errors import LedgerError
from ingest.store.database import open_store, read
from ingest.store.ledger import GENESIS, Head, head, written
from ingest.store.schema import ledger

#: Below this a second process costs more than it saves.
_WORTH_SHARING = 50_000
_FETCHED_AT_ONCE = 2000
#: The payload as bytes: they are hashed as they are, and decoding and encoding them again would cost the most.
_ROWS = "SELECT seq, at, actor, event, subject, {payload}, previous, hash FROM ledger WHERE {part} ORDER BY seq"
_EMPTY = Head(seq=0, hash=GENESIS)


def verify(
    connection: sa.Connection, *, saved: Head | None = None, after: Head = _EMPTY, until: int | None = None
) -> Head:
    """Recompute the chain and return its head; only the part after a record, up to another, where they are given.

    Raises LedgerError naming the first record that does not fit, or the saved head that is no longer there.
    """
    watched = saved.seq if saved is not None and saved.seq > after.seq else None
    seq, last, seen = after.seq, after.hash, watched is None
    known: dict[tuple[str, str], str] = {}
    try:
        # A hot loop: a call or an object for each record would halve its speed. The text is `ledger.preimage`'s.
        for number, at, actor, event, subject, payload, previous, stated in _rows(connection, after.seq, until):
            by = known.get((actor, event)) or known.setdefault((actor, event), f"{quoted(actor)}, {quoted(event)}")
            text = f'["{previous}", {number}, "{at}", {by}, {quoted(subject)}]\n'
            if sha256(text.encode() + payload).hexdigest() != stated or previous != last or number != seq + 1:
                _judge(number, f"{event} of {subject}", previous, Head(seq=seq, hash=last))
            seq, last = number, stated
            if seq == watched:
                seen = _same_head(Head(seq=seq, hash=last), saved)
    except (sqlite3.OperationalError, TypeError) as error:
        raise _broken(f"record {seq + 1} holds what no writer of ours puts there: {error}", seq + 1) from error
    if not seen:
        raise _broken(f"it ends at record {seq}, but the saved head is record {watched}", seq)
    return Head(seq=seq, hash=last)


def verify_store(engine: sa.Engine, *, saved: Head | None = None, workers: int = 2) -> Head:
    """Recompute the whole chain, a long one in parts by `workers` processes; returns and raises as `verify` does."""
    with read(engine) as connection:
        end = head(connection)
        if workers < 2 or end.seq < _WORTH_SHARING or engine.url.database in {None, "", ":memory:"}:
            return verify(connection, saved=saved)
        joints = _joints(connection, end, workers)
    address = engine.url.render_as_string(hide_password=False)
    # A forked child starts at once, but must share neither threads nor connections.
    engine.dispose()
    kind = "fork" if threading.active_count() == 1 and "fork" in get_all_start_methods() else "spawn"
    with ProcessPoolExecutor(workers, mp_context=get_context(kind)) as pool:
        parts = [pool.submit(_verify_part, address, start, stop) for start, stop in pairwise(joints)]
        for part in parts:
            part.result()
    _still_there(engine, saved)
    return end


def _joints(connection: sa.Connection, end: Head, workers: int) -> Sequence[Head]:
    wanted = [end.seq * part // workers for part in range(1, workers)]
    rows = connection.execute(sa.select(ledger.c.seq, ledger.c.hash).where(ledger.c.seq.in_(wanted)))
    inner = sorted((Head(seq=row.seq, hash=row.hash) for row in rows), key=lambda joint: joint.seq)
    return [_EMPTY, *inner, end]


def _verify_part(address: str, start: Head, stop: Head) -> None:
    engine = open_store(address)
    try:
        with read(engine) as connection:
            found = verify(connection, after=start, until=stop.seq)
    finally:
        engine.dispose()
    if found != stop:
        raise _broken(f"record {found.seq + 1} is missing", found.seq + 1)


def _still_there(engine: sa.Engine, saved: Head | None) -> None:
    if saved is None or saved.seq == 0:
        return
    with read(engine) as connection:
        row = connection.execute(sa.select(ledger.c.hash).where(ledger.c.seq == saved.seq)).first()
        if row is None:
            last = head(connection).seq
            raise _broken(f"it ends at record {last}, but the saved head is record {saved.seq}", last)
    _same_head(Head(seq=saved.seq, hash=row.hash), saved)


def _rows(connection: sa.Connection, after: int, until: int | None) -> Iterable[Sequence[Any]]:
    """Return the driver's own rows, streamed, with the time as `ledger.written` has it."""
    part = f"seq > {int(after)}" + ("" if until is None else f" AND seq <= {int(until)}")
    if connection.dialect.name != "sqlite":
        return _converted(connection, _ROWS.format(payload="convert_to(payload, 'UTF8')", part=part))
    # Begins the transaction, so that what the driver reads below is one state.
    connection.exec_driver_sql("SELECT 1 FROM ledger LIMIT 1")
    raw = connection.connection.driver_connection
    if not isinstance(raw, sqlite3.Connection):
        raise TypeError("an SQLite engine's connection is no sqlite3 connection")
    return raw.execute(_ROWS.format(payload="CAST(payload AS BLOB)", part=part))


def _converted(connection: sa.Connection, query: str) -> Iterator[Sequence[Any]]:
    with connection.exec_driver_sql(query, execution_options={"yield_per": _FETCHED_AT_ONCE}) as result:
        for part in result.partitions():
            yield from ((row[0], written(row[1]), *row[2:]) for row in part)


def _judge(seq: int, what: str, previous: str, last: Head) -> Never:
    """Say what is wrong with the record that follows `last`."""
    if seq != last.seq + 1:
        raise _broken(f"record {last.seq + 1} is missing (record {seq} follows)", last.seq + 1)
    if previous != last.hash:
        raise _broken(f"record {seq} does not follow from record {last.seq}", seq)
    raise _broken(f"record {seq} ({what}) was edited", seq)


def _same_head(found: Head, saved: Head | None) -> bool:
    if saved is not None and found.hash != saved.hash:
        raise _broken(f"record {found.seq} is not the one whose hash was saved", found.seq)
    return True


def _broken(what: str, seq: int) -> LedgerError:
    return LedgerError(
        f"the ledger was tampered with: {what}",
        where=f"ledger record {seq}",
        next_step="restore the database from a backup, and find out who wrote to it",
    )
