"""Two editors at once: an action counts only on what its editor saw of an article."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from ingest.errors import ChangedError
from ingest.store.schema import ledger

#: What our own publishing notes of an article changes nothing that an editor decides on.
_OURS: Final = ("publication.published", "publication.updated", "correction.shown", "partner.notified")


def version_of(connection: sa.Connection, article_id: int) -> int:
    """Return the number of the ledger's newest record of an article that changes what an editor decides on."""
    here = (ledger.c.subject == f"article:{article_id}", ledger.c.event.not_in(_OURS))
    return int(connection.execute(sa.select(sa.func.max(ledger.c.seq)).where(*here)).scalar() or 0)


def require_unchanged(connection: sa.Connection, article_id: int, seen: int | None) -> None:
    """Raise ChangedError where an article changed after the version that was seen; None: whatever it is now."""
    if seen is not None and version_of(connection, article_id) > seen:
        raise ChangedError(
            "it changed after you looked at it; nothing was done",
            where=f"article {article_id}",
            next_step="look at it again, then decide",
            article_id=article_id,
            seen=seen,
        )
