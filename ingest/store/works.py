"""Works: one piece of writing each, however many copies; its slug is our URL's and never changes."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from ingest.store.schema import work
from ingest.urls import slugify


def create(connection: sa.Connection, *, headline: str, now: datetime) -> int:
    """Add a work under a slug that no other work has or had, and return its id."""
    slug = _free_slug(connection, slugify(headline) or "article")
    return int(connection.execute(work.insert().values(slug=slug, created_at=now).returning(work.c.id)).scalar_one())


def _free_slug(connection: sa.Connection, base: str) -> str:
    # A range, which the index serves; LIKE would read the whole table.
    numbered = sa.and_(work.c.slug >= f"{base}-", work.c.slug < f"{base}.")
    pattern = sa.or_(work.c.slug == base, numbered)
    taken = set(connection.execute(sa.select(work.c.slug).where(pattern)).scalars())
    number = next(n for n in range(1, len(taken) + 2) if _numbered(base, n) not in taken)
    return _numbered(base, number)


def _numbered(base: str, number: int) -> str:
    return base if number == 1 else f"{base}-{number}"
