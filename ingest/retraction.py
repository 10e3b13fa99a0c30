"""What a feed's tombstones take down: only what came through that very feed."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
import structlog

from ingest.feed.tombstones import Tombstone
from ingest.keep import Keeping
from ingest.store import entries
from ingest.takedown import take_down

log = structlog.get_logger()


def retract(
    connection: sa.Connection, feed_id: int, tombstones: Sequence[Tombstone], *, keeping: Keeping
) -> list[int]:
    """Withdraw the articles of a feed's entries that it says are deleted, and return their numbers.

    An entry that was not ingested yet is given up; an id that came through another feed is none of this one's.
    """
    taken = []
    for tombstone in tombstones:
        reason = f"its feed says that it is deleted{_when(tombstone)}"
        buried = entries.bury(connection, feed_id, guid=tombstone.ref, reason=reason)
        if len(buried) > 1:
            # An id of several articles tells none of them apart.
            log.warning("tombstone.ambiguous", ref=tombstone.ref, articles=buried)
        elif buried and take_down(connection, buried[0], reason=reason, keeping=keeping):
            taken.append(buried[0])
            log.info("article.taken_down", article=buried[0], reason=reason)
    return taken


def _when(tombstone: Tombstone) -> str:
    said = f": {tombstone.comment}" if tombstone.comment else ""
    return (f" since {tombstone.when:%Y-%m-%d %H:%M} UTC" if tombstone.when else "") + said
