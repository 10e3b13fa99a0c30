"""All tables at once, for whoever works on the store as a whole; each stands in the file of its kind of record."""

from __future__ import annotations

from ingest.store import (
    apart,
    choices,
    claims,
    corrections,
    desk_attempts,
    desk_sessions,
    desk_undo,
    desk_users,
    edits,
    fingerprints,
    followups,
    images,
    notices,
    schema,
    search,
)

# Imported for its tables, which stand on the same metadata.
__all__ = [
    "apart",
    "choices",
    "claims",
    "corrections",
    "desk_attempts",
    "desk_sessions",
    "desk_undo",
    "desk_users",
    "edits",
    "fingerprints",
    "followups",
    "images",
    "metadata",
    "notices",
    "search",
]

#: What all tables are known by.
metadata = schema.metadata
