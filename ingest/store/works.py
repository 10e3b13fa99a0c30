"""Works: one piece of writing each, however many copies; its slug is our URL's and never changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from ingest.store.schema import article, work
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


@dataclass(frozen=True, kw_only=True)
class WorkRow:
    """A work, and where it went."""

    id: int
    slug: str
    #: The work that a person merged it into; None where it stands by itself.
    merged_into: int | None


def row_of(connection: sa.Connection, work_id: int) -> WorkRow | None:
    """Return a work, or None."""
    query = sa.select(work.c.id, work.c.slug, work.c.merged_into).where(work.c.id == work_id)
    row = connection.execute(query).mappings().first()
    return WorkRow(**row) if row else None


def heir(connection: sa.Connection, work_id: int) -> WorkRow | None:
    """Return the work that a merged one is part of now, at the end of the chain; None where it was not merged."""
    seen, row = {work_id}, row_of(connection, work_id)
    while row and row.merged_into and row.merged_into not in seen:
        seen.add(row.merged_into)
        row = row_of(connection, row.merged_into)
    return row if row and row.id != work_id else None


def members(connection: sa.Connection, work_id: int) -> list[int]:
    """Return the numbers of a work's articles, the first one first."""
    query = sa.select(article.c.id).where(article.c.work_id == work_id).order_by(article.c.id)
    return list(connection.execute(query).scalars())


def move(connection: sa.Connection, article_ids: Sequence[int], work_id: int, *, relation: str, reason: str) -> None:
    """Make articles part of another work, with how and why."""
    values = {"work_id": work_id, "relation": relation, "relation_reason": reason}
    connection.execute(article.update().where(article.c.id.in_(article_ids)).values(values))


def merged_into(connection: sa.Connection, work_id: int) -> list[int]:
    """Return the works whose piece a work is now, those that came through another one too."""
    found, new = list[int](), [work_id]
    while new:
        query = sa.select(work.c.id).where(work.c.merged_into.in_(new), work.c.id.not_in([*found, work_id]))
        new = list(connection.execute(query.order_by(work.c.id)).scalars())
        found += new
    return found


def close(connection: sa.Connection, work_id: int, *, merged_into: int) -> None:
    """Mark a work as part of another one; its slug stays its own for ever."""
    connection.execute(work.update().where(work.c.id == work_id).values(merged_into=merged_into))


def reopen(connection: sa.Connection, work_id: int) -> None:
    """Let a merged work stand by itself again."""
    connection.execute(work.update().where(work.c.id == work_id).values(merged_into=None))
