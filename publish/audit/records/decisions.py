"""Attributions and revisions against the ledger's decisions."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator

import sqlalchemy as sa

from ingest.rights import Verdict
from ingest.store import seals
from ingest.store.ledger import Record
from ingest.store.schema import attribution, revision
from publish.audit.finding import Finding, finding
from publish.audit.records.reading import article_of, events, ids_of, payload_of, rows

_DECISIONS = tuple(f"article.{verdict.value}" for verdict in Verdict)
#: What the ledger has in so many words, by column.
_PLAIN = {
    "credit_text": "credit",
    "terms_digest": "terms",
    "origin_name": "origin",
    "partner": "partner",
    "revision_id": "revision",
}


def decision_findings(connection: sa.Connection) -> Iterator[Finding]:
    """Yield where a decision's records are not as they were, are gone, or were never decided."""
    # Eight bytes for each: far less than the records themselves.
    decided, judged = array("q"), array("q")
    for batch in events(connection, _DECISIONS):
        said = [(record, payload_of(record)) for record in batch]
        attributions = rows(connection, attribution, [data.get("attribution", 0) for _, data in said])
        revisions = rows(connection, revision, [data.get("revision", 0) for _, data in said])
        for record, data in said:
            decided.append(data.get("attribution", 0))
            judged.append(data.get("revision", 0))
            yield from _attribution_findings(record, data, attributions.get(decided[-1]))
            yield from _revision_findings(record, data, revisions.get(judged[-1]))
    yield from _received(connection, judged)
    yield from _undecided(connection, attribution, decided)
    yield from _undecided(connection, revision, judged)


def _received(connection: sa.Connection, judged: array[int]) -> Iterator[Finding]:
    """Check the partner's revisions of articles that we edited: kept beside our words, not judged by themselves."""
    for batch in events(connection, ["article.received"]):
        said = [(record, payload_of(record)) for record in batch]
        revisions = rows(connection, revision, [data.get("revision", 0) for _, data in said])
        for record, data in said:
            judged.append(data.get("revision", 0))
            yield from _revision_findings(record, data, revisions.get(judged[-1]))


def _attribution_findings(record: Record, data: dict[str, object], row: sa.RowMapping | None) -> Iterator[Finding]:
    where, article_id = f"attribution {data.get('attribution')}", article_of(record)
    if row is None:
        evidence = f"the ledger's record {record.seq} has it, and the store does not"
        yield finding("record-missing", evidence, where=where, article_id=article_id)
        return
    plain = {**{column: data.get(name) for column, name in _PLAIN.items()}, "verdict": record.event.split(".")[1]}
    edited = [column for column, value in plain.items() if row[column] != value]
    for column in edited:
        evidence = f"{column} was {plain[column]!r} when decided, and is now {row[column]!r}"
        yield finding("record-edited", evidence, where=where, article_id=article_id)
    stated = _seal_of(data, "attribution")
    if not edited and stated is not None and seals.seal(row, seals.ATTRIBUTION) != stated:
        evidence = "its document, reasons, names or time are not those that were sealed when it was decided"
        yield finding("record-edited", evidence, where=where, article_id=article_id)


def _revision_findings(record: Record, data: dict[str, object], row: sa.RowMapping | None) -> Iterator[Finding]:
    where, article_id = f"revision {data.get('revision')}", article_of(record)
    stated = _seal_of(data, "revision")
    if row is None:
        evidence = f"the ledger's record {record.seq} has it, and the store does not"
        yield finding("record-missing", evidence, where=where, article_id=article_id)
    elif row["article_id"] != article_id or (stated is not None and seals.seal(row, seals.REVISION) != stated):
        evidence = "the article's words or their details are not those that were sealed when it was judged"
        yield finding("record-edited", evidence, where=where, article_id=article_id)


def _seal_of(data: dict[str, object], name: str) -> str | None:
    """Return a seal, or None in the record of a program that did not seal yet."""
    found = data.get("seals")
    return found.get(name) if isinstance(found, dict) else None


def _undecided(connection: sa.Connection, table: sa.Table, known: array[int]) -> Iterator[Finding]:
    ordered = array("q", sorted(known))
    for number in ids_of(connection, table):
        at = bisect_left(ordered, number)
        if at == len(ordered) or ordered[at] != number:
            yield finding("not-in-ledger", "no record of the decision", where=f"{table.name} {number}")
