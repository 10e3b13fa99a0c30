"""What happened to a page: published, corrected by the partner or by us, edited, taken down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from ingest.article import Article
from ingest.corrections import CorrectedBy
from ingest.store.codec import ARTICLE
from ingest.store.corrections import correction, correction_shown
from ingest.store.edits import local_edit
from ingest.store.ledger import Record
from ingest.store.publications import PublicationRow
from ingest.store.schema import article, revision
from publish.audit.records.reading import payload_of
from publish.audit.report.values import Change

_KINDS = {
    "publication.published": "published",
    "publication.updated": "updated",
    "publication.withdrawn": "withdrawn",
}


@dataclass(frozen=True, kw_only=True)
class _Shown:
    """A revision on our page, and the partner's that it is or stands on."""

    id: int
    number: int
    words: Article
    ours: bool
    theirs_id: int
    theirs: Article
    received_at: datetime


def page_changes(
    connection: sa.Connection, records: Sequence[Record], row: PublicationRow, *, correct_hours: float | None
) -> tuple[Change, ...]:
    """Return what happened to a page, the oldest first, by its article's ledger records and its own corrections.

    `correct_hours` is how long a partner's correction may take by the terms; None where they do not say.
    """
    happened = [*_published(connection, records, row, correct_hours), *_told(connection, row)]
    return tuple(sorted(happened, key=lambda change: change.at))


def _published(
    connection: sa.Connection, records: Sequence[Record], row: PublicationRow, hours: float | None
) -> Iterator[Change]:
    before: _Shown | None = None
    for record in records:
        data = payload_of(record)
        if record.event not in _KINDS or data.get("target") != row.target:
            continue
        if record.event == "publication.withdrawn":
            yield Change(at=record.at, kind="withdrawn")
            continue
        now = _shown(connection, data.get("revision"))
        yield _change(record, before, now, hours)
        before = now


def _change(record: Record, before: _Shown | None, now: _Shown | None, hours: float | None) -> Change:
    kind, number = _KINDS[record.event], now.number if now is not None else None
    if kind != "updated" or now is None or (before is not None and before.id == now.id):
        return Change(at=record.at, kind=kind, revision=number)
    if not _taken_up(before, now):
        return Change(at=record.at, kind="edited" if now.ours else kind, revision=number)
    stated = now.theirs.modified_at
    # What the partner dates later than we saw it cannot be when they changed it.
    known = stated is not None and stated <= now.received_at
    changed_at = stated if known and stated is not None else now.received_at
    late = hours is not None and record.at - changed_at > timedelta(hours=hours)
    return Change(at=record.at, kind="corrected", revision=number, changed_at=changed_at, stated=known, late=late)


def _taken_up(before: _Shown | None, now: _Shown) -> bool:
    """Tell whether the page has a revision of the partner's that it had not: ours alone takes nothing up."""
    if before is None:
        return not now.ours
    if before.theirs_id == now.theirs_id:
        return False
    # A collision that was settled for us in all its places stands on theirs, and shows nothing of it.
    return not now.ours or _words(before.words) != _words(now.words)


def _words(words: Article) -> tuple[object, ...]:
    return words.headline, words.standfirst, words.byline, words.body


def _shown(connection: sa.Connection, revision_id: int | None) -> _Shown | None:
    base = sa.select(local_edit.c.base_id).where(local_edit.c.revision_id == revision_id)
    base_id = connection.execute(base).scalar_one_or_none()
    theirs_id = base_id or revision_id
    query = sa.select(revision.c.id, revision.c.number, revision.c.fetched_at, revision.c.document)
    found = {row.id: row for row in connection.execute(query.where(revision.c.id.in_({revision_id, theirs_id})))}
    if revision_id not in found or theirs_id not in found:
        return None
    here, theirs = found[revision_id], found[theirs_id]
    return _Shown(
        id=here.id,
        number=here.number,
        words=ARTICLE.validate_json(here.document),
        ours=base_id is not None,
        theirs_id=theirs.id,
        theirs=ARTICLE.validate_json(theirs.document),
        received_at=theirs.fetched_at,
    )


def _told(connection: sa.Connection, row: PublicationRow) -> Iterator[Change]:
    query = (
        sa.select(correction.c.text, correction_shown.c.shown_at)
        .join(correction_shown, correction_shown.c.correction_id == correction.c.id)
        .join(article, article.c.id == correction.c.article_id)
        .where(correction.c.corrected_by == CorrectedBy.OURS.value, article.c.work_id == row.work_id)
        .where(correction_shown.c.target == row.target)
        .order_by(correction.c.id)
    )
    for found in connection.execute(query):
        yield Change(at=found.shown_at, kind="told", text=found.text)
