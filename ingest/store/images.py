"""Partners' images as we keep them: which were fetched for which work, what was made of them, why others were not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from ingest.store.schema import Id, UtcDateTime, metadata, publication

image = Table(
    "image",
    metadata,
    Column("id", Id, primary_key=True),
    Column("work_id", ForeignKey("work.id"), nullable=False),
    Column("url_hash", String(64), nullable=False, comment="SHA-256 of the address at the partner"),
    Column("state", String(10), nullable=False, comment="waiting, kept, refused"),
    Column("document", Text, comment="what was made of it: hash, size, files, as JSON"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("due_at", UtcDateTime, nullable=False),
    Column("error", Text, comment="why it is not here"),
    UniqueConstraint("work_id", "url_hash"),
    CheckConstraint("state IN ('waiting', 'kept', 'refused')", name="state"),
    Index("ix_image_state_due_at", "state", "due_at"),
)


@dataclass(frozen=True, kw_only=True)
class ImageRow:
    """One image of one work."""

    id: int
    work_id: int
    url_hash: str
    state: str
    document: str | None
    attempts: int
    due_at: datetime
    error: str | None


def url_hash(url: str) -> str:
    """Return what an image's address is known by here: an address may hold a key, and is not kept itself."""
    return hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()


def of_work(connection: sa.Connection, work_id: int) -> list[ImageRow]:
    """Return a work's images in the order in which they were first wanted."""
    query = sa.select(image).where(image.c.work_id == work_id).order_by(image.c.id)
    return [ImageRow(**row) for row in connection.execute(query).mappings()]


def want(connection: sa.Connection, work_id: int, urls: Sequence[str], *, now: datetime) -> bool:
    """Let a work have the images of these addresses and no others; return whether any of its records went."""
    hashes = list(dict.fromkeys(url_hash(url) for url in urls))
    gone = connection.execute(image.delete().where(image.c.work_id == work_id, image.c.url_hash.not_in(hashes)))
    known = {row.url_hash for row in of_work(connection, work_id)}
    new = [
        {"work_id": work_id, "url_hash": digest, "state": "waiting", "due_at": now}
        for digest in hashes
        if digest not in known
    ]
    if new:
        connection.execute(image.insert(), new)
    return gone.rowcount > 0


def due_works(connection: sa.Connection, *, now: datetime, most: int) -> list[int]:
    """Return the works with an image to be fetched now, those that waited longest first, at most so many."""
    query = (
        sa.select(image.c.work_id)
        .where(image.c.state == "waiting", image.c.due_at <= now)
        .group_by(image.c.work_id)
        .order_by(sa.func.min(image.c.due_at), image.c.work_id)
    )
    return list(connection.execute(query.limit(most)).scalars())


def orphans(connection: sa.Connection) -> list[int]:
    """Return the works that have images here and are published, or to be published, nowhere."""
    shown = sa.select(publication.c.work_id).where(publication.c.state.in_(("pending", "published")))
    query = sa.select(image.c.work_id).where(image.c.work_id.not_in(shown)).distinct().order_by(image.c.work_id)
    return list(connection.execute(query).scalars())


def with_images(connection: sa.Connection) -> list[int]:
    """Return the works that have images here, by number."""
    return list(connection.execute(sa.select(image.c.work_id).distinct().order_by(image.c.work_id)).scalars())


def keep(connection: sa.Connection, image_id: int, document: str) -> None:
    """Note what was made of an image."""
    values = {"state": "kept", "document": document, "error": None}
    connection.execute(image.update().where(image.c.id == image_id).values(values))


def refuse(connection: sa.Connection, image_id: int, reason: str) -> None:
    """Note that an image is never shown, and why."""
    values = {"state": "refused", "document": None, "error": reason}
    connection.execute(image.update().where(image.c.id == image_id).values(values))


def postpone(connection: sa.Connection, image_id: int, reason: str, *, due_at: datetime) -> None:
    """Note that an image could not be had, and when to ask for it again."""
    values = {"attempts": image.c.attempts + 1, "error": reason, "due_at": due_at}
    connection.execute(image.update().where(image.c.id == image_id).values(values))


def fetch_again(connection: sa.Connection, ids: Iterable[int], *, now: datetime) -> None:
    """Let images whose files were lost be fetched anew."""
    values = {"state": "waiting", "document": None, "attempts": 0, "due_at": now}
    connection.execute(image.update().where(image.c.id.in_(list(ids))).values(values))
