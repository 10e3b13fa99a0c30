"""What each article stands by against its newest decision."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from ingest.store.schema import attribution, revision, standing
from publish.audit.finding import Finding, finding


def standing_findings(connection: sa.Connection) -> Iterator[Finding]:
    """Yield articles that stand by another decision, revision or verdict than their newest.

    The decisions themselves are held against the ledger apart.
    """
    newest = (
        sa.select(sa.func.max(attribution.c.id))
        .join(revision, revision.c.id == attribution.c.revision_id)
        .where(revision.c.article_id == standing.c.article_id)
        .scalar_subquery()
    )
    query = (
        sa.select(standing.c.article_id)
        .outerjoin(attribution, attribution.c.id == standing.c.attribution_id)
        .where(
            sa.or_(
                standing.c.attribution_id != newest,
                attribution.c.id.is_(None),
                attribution.c.verdict != standing.c.verdict,
                attribution.c.revision_id != standing.c.revision_id,
            )
        )
        .order_by(standing.c.article_id)
    )
    with connection.execute(query, execution_options={"yield_per": 500}) as result:
        for article_id in result.scalars():
            yield finding(
                "record-edited",
                "it stands by another decision than its newest",
                where=f"standing of article {article_id}",
                article_id=article_id,
            )
