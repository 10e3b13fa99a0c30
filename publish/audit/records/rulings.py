"""People's rulings against the ledger."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from ingest.store.ledger import Record
from ingest.store.rulings import Ruling
from ingest.store.schema import ruling
from publish.audit.finding import Finding, finding
from publish.audit.records.reading import article_of, events, payload_of


def ruling_findings(connection: sa.Connection) -> Iterator[Finding]:
    """Yield rulings that nobody gave, that were edited, or that are gone."""
    # One for each article that a person ruled on.
    said: dict[int | None, Record] = {}
    for batch in events(connection, [f"ruling.{state.value}" for state in Ruling]):
        said |= {article_of(record): record for record in batch}
    there = {row["article_id"]: row for row in connection.execute(sa.select(ruling)).mappings()}
    for article_id in sorted(said.keys() | there.keys(), key=lambda number: number or 0):
        record, row = said.get(article_id), there.get(article_id)
        where = f"ruling on article {article_id}"
        if record is None:
            yield finding("not-in-ledger", "nobody gave it", where=where, article_id=article_id)
        elif row is None:
            evidence = f"the ledger's record {record.seq} has it, and the store does not"
            yield finding("record-missing", evidence, where=where, article_id=article_id)
        elif _given(record) != (row["state"], row["actor"], row["reason"], row["at"]):
            evidence = f"it is not what the ledger's record {record.seq} says"
            yield finding("record-edited", evidence, where=where, article_id=article_id)


def _given(record: Record) -> tuple[object, ...]:
    return record.event.removeprefix("ruling."), record.actor, payload_of(record).get("reason"), record.at
