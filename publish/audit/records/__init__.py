"""The store's records against the ledger: who edits, adds or removes one behind the triggers is found."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from publish.audit.finding import Finding, finding
from publish.audit.records.articles import article_findings
from publish.audit.records.decisions import decision_findings
from publish.audit.records.guards import guard_findings, kind_findings, unreadable_findings
from publish.audit.records.published import publication_findings
from publish.audit.records.rulings import ruling_findings
from publish.audit.records.standings import standing_findings
from publish.audit.records.wording import terms_findings


def record_findings(connection: sa.Connection) -> Iterator[Finding]:
    """Yield each attribution, revision, wording of terms, publication, ruling and standing that the ledger denies.

    The ledger's own chain is checked apart. Some records are read at a time, in one state of the store.
    """
    yield from guard_findings(connection)
    odd = list(kind_findings(connection))
    yield from odd
    try:
        for check in _CHECKS:
            yield from check(connection)
    except (DBAPIError, ValueError, TypeError, LookupError, AttributeError) as error:
        # Somebody put there what cannot be read: that is a finding, and not the end of the audit.
        named = list(unreadable_findings(connection))
        if not named and not odd:
            raise
        yield from named
        yield finding("record-edited", f"the other records were not checked: {error}", where="the store")


_CHECKS: tuple[Callable[[sa.Connection], Iterator[Finding]], ...] = (
    decision_findings,
    terms_findings,
    publication_findings,
    ruling_findings,
    standing_findings,
    article_findings,
)
