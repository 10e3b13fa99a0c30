"""What a person decides about work that failed: try it again now, or give it up for good; both on record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from ingest.errors import ConfigError
from ingest.polled import FeedRecord, Standing, resumed
from ingest.store import entries, feeds, ledger, outbox, publications, waiting
from ingest.store.followups import followup
from ingest.store.schema import entry, publication
from ingest.store.waiting import NEVER, Kind, Waiting


def found(connection: sa.Connection, id_: str, *, now: datetime) -> Waiting:
    """Return the work with an id such as entry:12; raises ConfigError where none waits or is dead under it."""
    try:
        one = waiting.find(connection, id_, now=now)
    except ValueError:
        raise ConfigError(
            "this is no id of a piece of work", where=id_, next_step="`reprint work list` shows them: entry:12"
        ) from None
    if one is None:
        raise ConfigError(
            "nothing waits, failed or is dead under this id",
            where=id_,
            next_step="`reprint work list` shows what does",
        )
    return one


def retry(connection: sa.Connection, one: Waiting, *, actor: str, now: datetime) -> None:
    """Have a piece of work done at the next chance, its failures forgotten; the caller owns the transaction."""
    _, (number, role) = waiting.split(one.id)
    match one.kind:
        case Kind.FEED:
            feeds.save(connection, [resumed(_feed(connection, number), now=now)])
        case Kind.ENTRY:
            _update(connection, entry, entry.c.id == number, state="pending", attempts=0, error=None, due_at=now)
        case Kind.PUBLICATION:
            _update(connection, publication, publication.c.id == number, attempts=0, error=None, due_at=now)
        case Kind.FOLLOWUP:
            here = sa.and_(followup.c.article_id == number, followup.c.role == role)
            _update(connection, followup, here, next_check_at=now)
    _log(connection, "work.retried", one, actor=actor, now=now, reason=None)


def drop(connection: sa.Connection, one: Waiting, *, reason: str, actor: str, now: datetime) -> None:
    """Give a piece of work up for good; an entry comes back when its partner changes it.

    Raises ConfigError for a takedown: what may not be shown must go. The caller owns the transaction.
    """
    _, (number, role) = waiting.split(one.id)
    why = f"dropped by {actor}: {reason}"
    match one.kind:
        case Kind.FEED:
            feeds.save(connection, [replace(_feed(connection, number), standing=Standing.GONE, error=why)])
        case Kind.ENTRY:
            entries.drop(connection, number, reason=why)
        case Kind.PUBLICATION:
            _cancel(connection, number, one)
        case Kind.FOLLOWUP:
            here = sa.and_(followup.c.article_id == number, followup.c.role == role)
            _update(connection, followup, here, next_check_at=NEVER, error=why)
    _log(connection, "work.dropped", one, actor=actor, now=now, reason=reason)


def _cancel(connection: sa.Connection, number: int, one: Waiting) -> None:
    (row,) = publications.by_ids(connection, [number])
    if row.state == "withdrawing":
        raise ConfigError(
            "a takedown is not dropped: what may not be shown must go",
            where=one.id,
            next_step=f"take it away at {row.target} by hand, then `reprint work retry {one.id}`",
        )
    outbox.cancel(connection, row)


def _feed(connection: sa.Connection, number: int) -> FeedRecord:
    record = feeds.by_id(connection, number)
    if record is None:
        raise LookupError(number)
    return record


def _update(connection: sa.Connection, table: sa.Table, here: sa.ColumnElement[bool], **values: Any) -> None:
    connection.execute(table.update().where(here).values(values))


def _log(
    connection: sa.Connection, event: str, one: Waiting, *, actor: str, now: datetime, reason: str | None
) -> None:
    payload = {"state": one.state.value, "partner": one.partner, "what": one.what, "error": one.error}
    payload |= {"reason": reason} if reason is not None else {}
    ledger.append(connection, at=now, actor=actor, event=event, subject=one.id, payload=payload)
