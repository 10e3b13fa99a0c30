"""What waits too long in the outbox: take-downs and corrections past their deadline, and what a target refuses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import sqlalchemy as sa

from ingest.store import attributions
from ingest.store.publications import PublicationRow
from publish.audit.deadlines import withdrawn_at
from publish.audit.finding import Finding, finding

#: Without a deadline in the terms, a take-down or a correction that waits longer than this is late.
USUAL = timedelta(hours=24)


def outbox_findings(connection: sa.Connection, row: PublicationRow, *, now: datetime) -> Iterator[Finding]:
    """Yield what is wrong with a row that still waits to be published, updated or taken down."""
    duties = attributions.load(connection, row.attribution_id).terms.duties
    waited, where = now - row.intended_at, row.location or row.slug
    since = f"waits since {row.intended_at:%Y-%m-%d %H:%M} UTC"
    if row.state == "withdrawing" and waited > _deadline(duties.takedown_hours) and not _is_down(connection, row):
        yield finding("takedown-late", f"its withdrawal {since}", where=where, article_id=row.article_id)
    elif row.state == "pending" and row.first_published_at and waited > _deadline(duties.correct_hours):
        yield finding("correction-late", f"its correction {since}", where=where, article_id=row.article_id)
    if row.attempts:
        evidence = f"refused {row.attempts} times, the last time because: {row.error}"
        yield finding("outbox-stuck", evidence, where=where, article_id=row.article_id)


def _is_down(connection: sa.Connection, row: PublicationRow) -> bool:
    """Tell whether the page went already, and only its notice is to be written anew."""
    return withdrawn_at(connection, row.article_id, row.target, row.intended_at) is not None


def _deadline(hours: float | None) -> timedelta:
    return USUAL if hours is None else timedelta(hours=hours)
