"""Telling the partner: whom the terms want told of each publication, and whether somebody has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import sqlalchemy as sa

from ingest.errors import ConfigError
from ingest.store import articles, ledger
from ingest.store.database import write
from ingest.store.publications import PublicationRow
from publish.audit.finding import Finding, finding
from publish.publication import Publication

#: The ledger's word for it.
EVENT = "partner.notified"


def notify_findings(
    connection: sa.Connection, row: PublicationRow, publication: Publication, *, now: datetime
) -> Iterator[Finding]:
    """Yield a publication of which the partner has to be told, and was not within the terms' hours."""
    duties, since = publication.attributed.terms.duties, row.first_published_at
    if duties.notify is None or since is None or now - since <= timedelta(hours=duties.notify_hours or 0):
        return
    if was_notified(connection, row.article_id):
        return
    evidence = (
        f"{duties.notify} is to be told of it; published {since:%Y-%m-%d %H:%M} UTC, and nobody noted that they were"
    )
    yield finding("notify-due", evidence, where=row.location or row.slug, article_id=row.article_id)


def was_notified(connection: sa.Connection, article_id: int) -> bool:
    """Tell whether the ledger has it that the partner was told of an article."""
    return any(record.event == EVENT for record in ledger.records(connection, subject=f"article:{article_id}"))


def note_notified(engine: sa.Engine, article_id: int, *, how: str, actor: str, now: datetime) -> None:
    """Put into the ledger that the partner was told; raises ConfigError where there is no such article."""
    with write(engine) as connection:
        if articles.row_of(connection, article_id) is None:
            raise ConfigError(
                f"there is no article {article_id}", where="audit", next_step="see `reprint audit list`"
            )
        ledger.append(
            connection, at=now, actor=actor, event=EVENT, subject=f"article:{article_id}", payload={"how": how}
        )
