"""Whether a store's articles are all signed as this reprint signs them."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from ingest.signing import VERSION
from ingest.store import bookmarks

#: Says by which version all articles are signed, or up to which article they are.
BOOKMARK: Final = "fingerprints"


def is_behind(connection: sa.Connection) -> bool:
    """Tell whether a store holds fingerprints that may be of an older version."""
    if bookmarks.get(connection, BOOKMARK) == str(VERSION):
        return False
    return connection.execute(sa.text("SELECT article_id FROM fingerprint LIMIT 1")).first() is not None
