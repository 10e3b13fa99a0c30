"""Articles against what the ledger says of whom they belong to."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from ingest.store.schema import article, attribution, publication, revision, standing
from publish.audit.finding import Finding, finding
from publish.audit.records.reading import events, payload_of


def article_findings(connection: sa.Connection) -> Iterator[Finding]:
    """Yield articles that stand under another partner than they were judged for, or have no decision at all.

    A partner that was renamed (`formerly`) is told by the ledger.
    """
    said = [record for batch in events(connection, ("partner.renamed",)) for record in batch]
    known = {(payload_of(record).get("formerly"), record.subject.removeprefix("partner:")) for record in said}
    query = (
        sa.select(article.c.id, article.c.partner, attribution.c.partner.label("judged"))
        .join_from(article, standing, standing.c.article_id == article.c.id, isouter=True)
        .join(attribution, attribution.c.id == standing.c.attribution_id, isouter=True)
        .where(sa.or_(attribution.c.partner.is_(None), attribution.c.partner != article.c.partner))
        .order_by(article.c.id)
    )
    with connection.execute(query, execution_options={"yield_per": 500}) as result:
        for row in result:
            if not _is_renamed(row.judged, row.partner, known):
                evidence = f"it stands under the partner {row.partner!r}, and was judged as {row.judged!r}'s"
                yield finding("record-edited", evidence, where=f"article {row.id}", article_id=row.id)
    yield from _foreign_words(connection)


def _is_renamed(judged: str | None, partner: str, known: set[tuple[object, str]]) -> bool:
    """Tell whether the ledger leads from one key to the other, over any number of renamings."""
    reached: set[object] = {judged}
    while True:
        further = reached | {new for old, new in known if old in reached}
        if further == reached:
            return partner in reached
        reached = further


def _foreign_words(connection: sa.Connection) -> Iterator[Finding]:
    """Yield publications that show a revision of another article than the one that they name."""
    query = (
        sa.select(publication.c.id, publication.c.article_id)
        .outerjoin(revision, revision.c.id == publication.c.revision_id)
        .where(sa.or_(revision.c.id.is_(None), revision.c.article_id != publication.c.article_id))
    )
    for row in connection.execute(query).all():
        evidence = "the words that it shows are not those of its article"
        yield finding("record-edited", evidence, where=f"publication {row.id}", article_id=row.article_id)
