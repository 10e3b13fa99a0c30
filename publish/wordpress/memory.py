"""What our store knows of the posts: whose they are, and how we last saw them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa

from ingest.errors import PublishError
from ingest.store import remotes
from ingest.store.database import read, write
from ingest.store.remotes import Remote
from publish.wordpress.post import Found


class Memory:
    """The store's rows of one target; each call is a transaction of its own."""

    def __init__(self, engine: sa.Engine, target: str, clock: Callable[[], datetime]) -> None:
        self._engine, self._target, self._clock = engine, target, clock

    def reprint_id(self, work_id: int) -> str:
        """Return the id that a work's post carries: the store's name and the work's number."""
        with write(self._engine) as connection:
            return f"{remotes.store_name(connection)}:{work_id}"

    def work_of(self, slug: str) -> int:
        """Return the work of a slug; raises PublishError where the store has none."""
        with read(self._engine) as connection:
            found = remotes.work_of(connection, slug)
        if found is None:
            raise PublishError("no work of ours has this slug", where=slug, next_step="run `reprint audit verify`")
        return found

    def recall(self, work_id: int) -> Remote | None:
        """Return what was last known of a work's post."""
        with read(self._engine) as connection:
            return remotes.find(connection, work_id, self._target)

    def note(self, work_id: int, found: Found) -> None:
        """Keep a post as it is now, written by us."""
        value = Remote(
            work_id=work_id,
            target=self._target,
            remote_id=str(found.id),
            seen=found.seal,
            overwrite=False,
            written_at=self._clock(),
        )
        with write(self._engine) as connection:
            remotes.keep(connection, value)
