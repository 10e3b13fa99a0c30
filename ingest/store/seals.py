"""What the ledger keeps of immutable records: a hash over each row, so that an edit behind the triggers shows."""

from __future__ import annotations

import hashlib

import sqlalchemy as sa

from ingest.store.ledger import canonical
from ingest.store.schema import attribution, revision

#: The sealed columns of each record; one that a later migration adds stays out of the seals that are made.
REVISION = (
    "article_id",
    "number",
    "content_hash",
    "headline",
    "names",
    "word_count",
    "published_at",
    "document",
    "fetched_at",
)
ATTRIBUTION = (
    "revision_id",
    "terms_digest",
    "partner",
    "partner_name",
    "origin_name",
    "origin_key",
    "verdict",
    "reasons",
    "credit_text",
    "document",
    "decided_at",
)


def seal(row: sa.RowMapping, columns: tuple[str, ...]) -> str:
    """Return the SHA-256, hex, over a row's sealed columns in canonical JSON."""
    return hashlib.sha256(canonical({name: row[name] for name in columns}).encode()).hexdigest()


def of_decision(connection: sa.Connection, *, attribution_id: int, revision_id: int) -> dict[str, str]:
    """Return the seals of an attribution and of the revision it judges, of the rows as they stand in the store."""
    rows = {"attribution": (attribution, attribution_id, ATTRIBUTION), "revision": (revision, revision_id, REVISION)}
    return {
        name: seal(connection.execute(sa.select(table).where(table.c.id == id_)).mappings().one(), columns)
        for name, (table, id_, columns) in rows.items()
    }


def of_revision(connection: sa.Connection, revision_id: int) -> dict[str, str]:
    """Return the seal of a revision that is kept without a judgement of its own."""
    row = connection.execute(sa.select(revision).where(revision.c.id == revision_id)).mappings().one()
    return {"revision": seal(row, REVISION)}
