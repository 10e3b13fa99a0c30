"""The records to a report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

import sqlalchemy as sa

from ingest.attribution import AttributedArticle
from ingest.rights import stands_until
from ingest.sources import Partner, Sources
from ingest.store import ledger
from ingest.store.database import read
from ingest.store.publications import PublicationRow
from ingest.terms.wording import tell_terms
from publish.audit.notified import EVENT as NOTIFIED
from publish.audit.report.changes import page_changes
from publish.audit.report.letter import letters
from publish.audit.report.values import Piece, Report
from publish.audit.site import rows_of
from publish.records import load


def collect(
    engine: sa.Engine, partner: Partner, *, sources: Sources, target: str, since: date, until: date, now: datetime
) -> Report:
    """Return the report on a partner: every page of a piece of theirs that something happened to in the period.

    A piece is theirs where they delivered it or first published it. Both days of the period count, in UTC.
    """
    keys = frozenset({partner.key, *partner.formerly})
    found = (
        piece
        for row in rows_of(engine, target)
        for piece in _piece(engine, row, keys)
        if any(since <= change.at.astimezone(UTC).date() <= until for change in piece.changes)
    )
    pieces = tuple(sorted(found, key=lambda piece: (piece.changes[0].at, piece.article_id)))
    untold = [piece for piece in pieces if piece.notify and piece.notified_at is None]
    with read(engine) as connection:
        head = ledger.head(connection)
    return Report(
        partner=partner.key,
        partner_name=partner.name,
        site=sources.site.name,
        site_url=sources.site.url,
        since=since,
        until=until,
        made_at=now,
        pieces=pieces,
        rules=tuple(text for _path, text in tell_terms(partner.terms)),
        other_rules=tuple(tuple(text for _path, text in tell_terms(terms)) for terms in partner.other_terms),
        proof=partner.terms.grant.evidence,
        proof_sha256=partner.terms.grant.evidence_sha256,
        ledger_head=str(head),
        letters=tuple(letters(untold, site=sources.site.name)),
    )


def _piece(engine: sa.Engine, row: PublicationRow, keys: frozenset[str]) -> Iterator[Piece]:
    with read(engine) as connection:
        attributed = load(connection, row).attributed
        if keys.isdisjoint({attributed.partner, attributed.origin.key}):
            return
        records = list(ledger.records(connection, subject=f"article:{row.article_id}"))
        changes = page_changes(connection, records, row, correct_hours=attributed.terms.duties.correct_hours)
    if not changes:
        return
    article, terms, origin = attributed.article, attributed.terms, attributed.origin
    told = [record.at for record in records if record.event == NOTIFIED]
    yield Piece(
        article_id=row.article_id,
        headline=article.headline,
        byline=attributed.credit.byline,
        url=row.location or "",
        original=origin.url,
        supplier=attributed.partner_name,
        origin=origin.name,
        credit=attributed.credit.text,
        state=row.state,
        mode=attributed.decision.mode.value,
        basis=terms.grant.basis.value,
        licence=attributed.credit.licence,
        grantor=terms.grant.grantor,
        terms=terms.digest[:12],
        original_at=article.published_at,
        published_at=row.first_published_at,
        changes=changes,
        notify=terms.duties.notify,
        notified_at=told[-1] if told else None,
        fee=terms.duties.fee,
        fee_to=terms.duties.fee_to,
        ends_at=stands_until(terms, taken_at=row.first_published_at or row.intended_at),
        gaps=tuple(_gaps(attributed)),
    )


def _gaps(attributed: AttributedArticle) -> Iterator[str]:
    article, origin = attributed.article, attributed.origin
    if origin.url is None:
        yield "original URL unknown"
    if not attributed.credit.byline:
        yield "author unknown"
    if article.published_at is None:
        yield "time of the original unknown"
    elif article.published_at.astimezone(UTC).time() == time():
        yield "hour of the original unknown"
    if attributed.terms.grant.evidence is None:
        yield "proof of the permission not on record"
