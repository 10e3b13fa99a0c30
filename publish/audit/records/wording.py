"""The terms' wordings against their digests and the ledger."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import sqlalchemy as sa

from ingest.store.schema import attribution, ledger
from ingest.store.schema import terms as table
from publish.audit.finding import Finding, finding


def terms_findings(connection: sa.Connection) -> Iterator[Finding]:
    """Yield wordings that were edited, were never recorded, or are gone while records rest on them."""
    for row in connection.execute(sa.select(table).order_by(table.c.digest)).all():
        where = f"terms {row.digest[:12]}"
        if hashlib.sha256(row.document.encode()).hexdigest() != row.digest:
            yield finding("record-edited", "the wording is not the one that its name is the hash of", where=where)
        said = sa.select(ledger.c.at).where(
            ledger.c.subject == f"terms:{row.digest}", ledger.c.event == "terms.recorded"
        )
        times = list(connection.execute(said).scalars())
        if not times:
            yield finding("not-in-ledger", "no record of when it came into force", where=where)
        elif row.recorded_at not in times:
            evidence = f"it was recorded at {times[0].isoformat()}, and now says {row.recorded_at.isoformat()}"
            yield finding("record-edited", evidence, where=where)
    known = sa.select(table.c.digest)
    lost = sa.select(attribution.c.terms_digest).where(attribution.c.terms_digest.not_in(known)).distinct()
    for digest in connection.execute(lost).scalars():
        yield finding("record-missing", "attributions rest on terms that are gone", where=f"terms {digest[:12]}")
