"""Publications against what the ledger says was published and taken down."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TypeAlias

import sqlalchemy as sa

from ingest.store.ledger import Record
from ingest.store.schema import ledger, publication
from publish.audit.finding import Finding, finding
from publish.audit.records.reading import AT_ONCE, events, payload_of
from publish.records import PUT_EVENTS

#: A work and a target.
_Place: TypeAlias = tuple[int, str]

_EVENTS = (*PUT_EVENTS, "publication.withdrawn")


def publication_findings(connection: sa.Connection) -> Iterator[Finding]:
    """Yield publications that are not as the ledger's newest word on them, were never told to it, or are gone."""
    after = 0
    while True:
        query = sa.select(publication).where(publication.c.id > after).order_by(publication.c.id).limit(AT_ONCE)
        batch = list(connection.execute(query).mappings())
        if not batch:
            break
        said = _newest_words(connection, [f"article:{row['article_id']}" for row in batch])
        for row in batch:
            yield from _against(row, said.get((row["work_id"], row["target"])))
        after = batch[-1]["id"]
    yield from _lost(connection)


def _newest_words(connection: sa.Connection, subjects: Sequence[str]) -> dict[_Place, Record]:
    query = (
        sa.select(ledger).where(ledger.c.subject.in_(subjects), ledger.c.event.in_(_EVENTS)).order_by(ledger.c.seq)
    )
    records = [Record(**row) for row in connection.execute(query).mappings()]
    return {_place(record): record for record in records}


def _place(record: Record) -> _Place:
    data = payload_of(record)
    return data.get("work", 0), data.get("target", "")


def _against(row: sa.RowMapping, record: Record | None) -> Iterator[Finding]:
    where, article_id = f"publication {row['id']}", row["article_id"]
    if row["state"] not in {"published", "withdrawn"}:
        return
    if record is None:
        yield finding("not-in-ledger", f"no record that it was {row['state']}", where=where, article_id=article_id)
    elif (record.event == "publication.withdrawn") != (row["state"] == "withdrawn"):
        evidence = f"it says {row['state']}, and the ledger's newest word (record {record.seq}) is {record.event}"
        yield finding("record-edited", evidence, where=where, article_id=article_id)
    elif row["state"] == "published":
        said = payload_of(record)
        for name, value in _facts(row).items():
            if name in said and said[name] != value:
                evidence = f"{name} was {said[name]!r} when published, and is now {value!r}"
                yield finding("record-edited", evidence, where=where, article_id=article_id)


def _facts(row: sa.RowMapping) -> dict[str, object]:
    return {
        "since": _as_said(row["first_published_at"]),
        "changed": _as_said(row["updated_at"]),
        "location": row["location"],
        "revision": row["revision_id"],
        "attribution": row["attribution_id"],
        "teaser": hashlib.sha256((row["teaser"] or "").encode()).hexdigest(),
    }


def _as_said(moment: datetime | None) -> str | None:
    """Return a time as a payload holds it (`ledger.canonical`)."""
    return moment.astimezone(UTC).isoformat() if moment is not None else None


def _lost(connection: sa.Connection) -> Iterator[Finding]:
    """Yield what the ledger says was published, and the store knows nothing of."""
    told: set[_Place] = set()
    for batch in events(connection, _EVENTS[:1]):
        places = {_place(record): record for record in batch}
        query = sa.select(publication.c.work_id, publication.c.target).where(
            publication.c.work_id.in_([work for work, _ in places])
        )
        there = {(row.work_id, row.target) for row in connection.execute(query)}
        for place, record in places.items():
            if place not in there and place not in told:
                told.add(place)
                evidence = f"the ledger's record {record.seq} says that it was published; the store has no such row"
                yield finding("record-missing", evidence, where=f"publication of work {place[0]} at {place[1]}")
