"""What readers are told where a page was taken down: our words, or where the piece stands now."""

from __future__ import annotations

import sqlalchemy as sa

from ingest.store import notices, publications, works
from ingest.store.publications import PublicationRow


def farewell(connection: sa.Connection, row: PublicationRow) -> str:
    """Return the sentence for a page that goes: after a merge it names the page that the piece stands on now."""
    heir = works.heir(connection, row.work_id)
    if heir is None:
        return notices.of_work(connection, row.work_id)
    here = (one for one in publications.of_work(connection, heir.id) if one.target == row.target and one.location)
    stands = next((one.location for one in here if one.state in {"pending", "published"}), None)
    return f"It is published on one page with its other copies: {stands}" if stands else ""
