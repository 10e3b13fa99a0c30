"""What stands for a work at a target that numbers its own pages: a WordPress post, and how we last saw it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from ingest.store import bookmarks
from ingest.store.schema import publication, remote, work

_STORE_NAME = "store-name"


@dataclass(frozen=True, kw_only=True)
class Remote:
    """A work at such a target."""

    work_id: int
    target: str
    #: The target's own number for it.
    remote_id: str
    #: SHA-256, hex, of its words as the target gave them back after our last write.
    seen: str
    #: Whether a person lets us write over an editor's change.
    overwrite: bool
    written_at: datetime


def find(connection: sa.Connection, work_id: int, target: str) -> Remote | None:
    """Return what stands for a work at a target; None where nothing is known to."""
    query = sa.select(remote).where(remote.c.work_id == work_id, remote.c.target == target)
    row = connection.execute(query).mappings().first()
    return Remote(**row) if row else None


def work_of(connection: sa.Connection, slug: str) -> int | None:
    """Return the number of the work of that slug."""
    return connection.execute(sa.select(work.c.id).where(work.c.slug == slug)).scalar()


def keep(connection: sa.Connection, value: Remote) -> None:
    """Keep what stands for a work at a target, in place of what was known before."""
    values = {"remote_id": value.remote_id, "seen": value.seen, "written_at": value.written_at}
    values["overwrite"] = value.overwrite
    here = (remote.c.work_id == value.work_id, remote.c.target == value.target)
    if not connection.execute(remote.update().where(*here).values(values)).rowcount:
        connection.execute(remote.insert().values(work_id=value.work_id, target=value.target, **values))


def allow_overwrite(connection: sa.Connection, work_id: int, *, now: datetime) -> int:
    """Let the next write of a work pass over an editor's change, and make it due; return at how many targets."""
    found = connection.execute(remote.update().where(remote.c.work_id == work_id).values(overwrite=True)).rowcount
    here = (publication.c.work_id == work_id, publication.c.state.in_(("pending", "withdrawing")))
    at = publication.c.target.in_(sa.select(remote.c.target).where(remote.c.work_id == work_id))
    connection.execute(publication.update().where(*here, at).values(due_at=now))
    again = (publication.c.work_id == work_id, publication.c.state == "published")
    connection.execute(publication.update().where(*again, at).values(state="pending", due_at=now))
    return int(found)


def store_name(connection: sa.Connection) -> str:
    """Return this store's own name, made at the first call: work 7 of another store is another work.

    Needs a write transaction.
    """
    found = bookmarks.get(connection, _STORE_NAME)
    if found is None:
        found = secrets.token_hex(6)
        bookmarks.put(connection, _STORE_NAME, found)
    return found
