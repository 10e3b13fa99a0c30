"""Whether what stands published still may: its terms judged as of now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa

from ingest.assess import assess
from ingest.rights import Verdict
from ingest.sources import Sources
from ingest.store.publications import PublicationRow
from publish.audit.finding import CODES, Finding, finding
from publish.publication import Publication


def permission_findings(
    connection: sa.Connection, row: PublicationRow, publication: Publication, *, sources: Sources, now: datetime
) -> Iterator[Finding]:
    """Yield where the permission is over, asks for something else by now, ends soon, or has gaps."""
    attributed, where = publication.attributed, row.location or row.slug
    supplier = sources.partner(attributed.partner)
    if supplier is None:
        evidence = f"its partner {attributed.partner!r} is no longer in the sources, so its terms are unknown"
        yield finding("partner-unknown", evidence, where=where, article_id=row.article_id)
        return
    judged = assess(
        connection, attributed.article, supplier=supplier, sources=sources, now=now, article_id=row.article_id
    ).judged
    if judged.decision.verdict is not Verdict.PUBLISH:
        reasons = " ".join(reason.message for reason in judged.decision.reasons)
        # Words that collide end no permission: the page stands as it is until a person decides.
        collides = {reason.code for reason in judged.decision.reasons} == {"edit-conflict"}
        code = "edit-conflict" if collides else "permission-over"
        yield finding(code, reasons, where=where, article_id=row.article_id)
        return
    if judged.credit != attributed.credit:
        evidence = f"the terms now ask for: {judged.credit.text}"
        yield finding("terms-changed", evidence, where=where, article_id=row.article_id)
    elif (judged.terms, judged.decision.mode) != (attributed.terms, attributed.decision.mode):
        evidence = f"the terms were changed since; they now allow: {judged.decision.mode.value}"
        yield finding("terms-changed", evidence, where=where, article_id=row.article_id)
    for notice in judged.decision.notices:
        if notice.code in CODES:
            yield finding(notice.code, notice.message, where=where, article_id=row.article_id)
