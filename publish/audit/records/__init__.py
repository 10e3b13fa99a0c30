"""The store's records against the ledger: who edits, adds or removes one behind the triggers is found."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from publish.audit.finding import Finding
from publish.audit.records.decisions import decision_findings
from publish.audit.records.published import publication_findings
from publish.audit.records.rulings import ruling_findings
from publish.audit.records.standings import standing_findings
from publish.audit.records.wording import terms_findings


def record_findings(connection: sa.Connection) -> Iterator[Finding]:
    """Yield each attribution, revision, wording of terms, publication, ruling and standing that the ledger denies.

    The ledger's own chain is checked apart. Some records are read at a time, in one state of the store.
    """
    yield from decision_findings(connection)
    yield from terms_findings(connection)
    yield from publication_findings(connection)
    yield from ruling_findings(connection)
    yield from standing_findings(connection)
