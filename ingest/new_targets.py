"""A target that sources.yaml names for the first time gets all that may be published, not only what comes next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

import sqlalchemy as sa
import structlog

from ingest.handover import hand_over
from ingest.store import all_works, bookmarks
from ingest.store.database import read, write

log = structlog.get_logger()

_BATCH = 200


def serve_new_targets(
    engine: sa.Engine,
    targets: Sequence[str],
    *,
    partners: frozenset[str],
    clock: Callable[[], datetime],
    stopping: Callable[[], bool] = lambda: False,
) -> int:
    """Put every work into the outbox of each target that was not served before; return how many targets are new.

    What a stop leaves is begun anew the next time, which changes nothing that was done. `partners` are the keys that
    the sources name.
    """
    with read(engine) as connection:
        new = [name for name in targets if bookmarks.get(connection, _served(name)) is None]
    if not new:
        return 0
    for batch in _batches(engine):
        if stopping():
            return 0
        with write(engine) as connection:
            for work_id in batch:
                hand_over(connection, work_id, targets=new, now=clock(), partners=partners)
    with write(engine) as connection:
        for name in new:
            bookmarks.put(connection, _served(name), clock().isoformat())
    log.info("targets.new", targets=new)
    return len(new)


def _batches(engine: sa.Engine) -> Iterator[list[int]]:
    after = 0
    while True:
        with read(engine) as connection:
            batch = all_works.batch(connection, after=after, limit=_BATCH)
        if not batch:
            return
        yield batch
        after = batch[-1]


def _served(target: str) -> str:
    return f"served:{target}"
