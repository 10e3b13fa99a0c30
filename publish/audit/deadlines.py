"""Deadlines of the terms that were missed: corrections and take-downs that came, but came too late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

import sqlalchemy as sa

from ingest.corrections import CorrectedBy
from ingest.store import attributions, ledger
from ingest.store.corrections import correction, correction_shown
from ingest.store.followups import followup
from ingest.store.schema import publication, standing
from publish.audit.finding import Finding, finding

#: What was late is told so long; it cannot be put right, and what is told for ever nobody reads.
TOLD: Final = timedelta(days=30)


def deadline_findings(connection: sa.Connection, target: str, *, now: datetime) -> Iterator[Finding]:
    """Yield the corrections and take-downs of the last TOLD that a target got later than the terms allow."""
    yield from _corrections(connection, target, since=now - TOLD)
    yield from _takedowns(connection, target, since=now - TOLD)


def _corrections(connection: sa.Connection, target: str, *, since: datetime) -> Iterator[Finding]:
    shown, made = correction_shown.c, correction.c
    query = (
        sa.select(made.article_id, made.text, made.changed_at, shown.shown_at, standing.c.attribution_id)
        .join(correction, made.id == shown.correction_id)
        .join(standing, standing.c.article_id == made.article_id)
        .where(shown.target == target, shown.shown_at >= since, made.corrected_by == CorrectedBy.PARTNER.value)
        .order_by(shown.shown_at, made.id)
    )
    for row in connection.execute(query).all():
        hours = attributions.load(connection, row.attribution_id).terms.duties.correct_hours
        if late := _late(row.changed_at, row.shown_at, hours):
            words = f"the correction {row.text[:80]!r} stood on our page {late}"
            yield finding("correction-was-late", words, where=target, article_id=row.article_id)


def _takedowns(connection: sa.Connection, target: str, *, since: datetime) -> Iterator[Finding]:
    out = publication.c
    gone = sa.select(sa.func.min(followup.c.gone_since)).where(followup.c.article_id == out.article_id)
    query = (
        sa.select(
            *(out.article_id, out.attribution_id, out.location, out.intended_at),
            gone.correlate(publication).scalar_subquery().label("gone_since"),
        )
        .where(out.target == target, out.state == "withdrawn", out.intended_at >= since - TOLD)
        .order_by(out.id)
    )
    for row in connection.execute(query).all():
        hours = attributions.load(connection, row.attribution_id).terms.duties.takedown_hours
        intended = row.intended_at
        done = withdrawn_at(connection, row.article_id, target, intended) if hours is not None else None
        if done is None or done < since:
            continue
        asked = min(filter(None, (row.gone_since, row.intended_at)))
        if late := _late(asked, done, hours):
            where = row.location or target
            yield finding("takedown-was-late", f"it went {late}", where=where, article_id=row.article_id)


def withdrawn_at(connection: sa.Connection, article_id: int, target: str, intended: datetime) -> datetime | None:
    """Return when the target first took an article down after that was intended; its notice may be renewed later."""
    events = ledger.records(connection, subject=f"article:{article_id}")
    times = (r.at for r in events if r.event == "publication.withdrawn" and r.data.get("target") == target)
    return next((at for at in times if at >= intended), None)


def _late(asked: datetime, done: datetime, hours: float | None) -> str:
    """Return how late something was, in words; empty where it was in time or no time is set."""
    if hours is None or done - asked <= timedelta(hours=hours):
        return ""
    took = (done - asked).total_seconds() / 3600
    return f"{took:.1f} hours after {asked.astimezone(UTC):%Y-%m-%d %H:%M} UTC; the terms allow {hours:g}"
