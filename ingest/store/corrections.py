"""Corrections: the partner's notices and our own, when each was noticed, and when it stood on our page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, String, Table, Text

from ingest.corrections import CorrectedBy, Correction
from ingest.store.schema import Id, UtcDateTime, article, metadata

correction = Table(
    "correction",
    metadata,
    Column("id", Id, primary_key=True),
    Column("article_id", ForeignKey("article.id"), nullable=False, index=True),
    Column("revision_id", ForeignKey("revision.id"), comment="the partner's that brought it"),
    Column("corrected_by", String(10), nullable=False, comment="partner, ours"),
    Column("text", Text, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False, comment="when the partner changed it, as near as is known"),
    Column("noticed_at", UtcDateTime, nullable=False, comment="when we kept it"),
    Column("actor", Text, nullable=False),
    CheckConstraint("corrected_by IN ('partner', 'ours')", name="corrected_by"),
)

correction_shown = Table(
    "correction_shown",
    metadata,
    Column("correction_id", ForeignKey("correction.id"), primary_key=True),
    Column("target", String(60), primary_key=True),
    Column("shown_at", UtcDateTime, nullable=False),
    Column("delay_seconds", Integer, nullable=False, comment="from the partner's change, or our word, to our page"),
)


@dataclass(frozen=True, kw_only=True)
class CorrectionRow:
    """One line of `reprint articles corrections`."""

    id: int
    article_id: int
    partner: str
    corrected_by: str
    text: str
    changed_at: datetime
    noticed_at: datetime
    actor: str
    shown_at: datetime | None
    delay_seconds: int | None


def add(
    connection: sa.Connection,
    article_id: int,
    value: Correction,
    *,
    revision_id: int | None,
    actor: str,
    now: datetime,
) -> int | None:
    """Keep a correction and return its id; None where the article has one of these words already."""
    same = (correction.c.article_id == article_id, correction.c.text == value.text)
    if connection.execute(sa.select(correction.c.id).where(*same)).first() is not None:
        return None
    row = {
        "article_id": article_id,
        "revision_id": revision_id,
        "corrected_by": value.by.value,
        "text": value.text,
        "changed_at": value.at,
        "noticed_at": now,
        "actor": actor,
    }
    return int(connection.execute(correction.insert().values(row).returning(correction.c.id)).scalar_one())


def to_show(
    connection: sa.Connection, article_id: int, *, target: str, revision_id: int, intended_at: datetime
) -> tuple[Correction, ...]:
    """Return what an article's page at a target is to show as of a revision and an intent, the oldest first.

    What it showed once it shows for ever. Our own corrections go with the work, whichever copy of it is out.
    """
    rows = connection.execute(_shown_on(article_id, target, revision_id, intended_at)).all()
    return tuple(Correction(text=row.text, at=row.changed_at, by=CorrectedBy(row.corrected_by)) for row in rows)


def corrected_works(connection: sa.Connection, work_ids: Sequence[int]) -> set[int]:
    """Return those of these works that anything was ever corrected in."""
    query = sa.select(article.c.work_id).join(correction, correction.c.article_id == article.c.id)
    return set(connection.execute(query.where(article.c.work_id.in_(work_ids))).scalars())


def mark_shown(
    connection: sa.Connection,
    article_id: int,
    *,
    target: str,
    revision_id: int,
    intended_at: datetime,
    now: datetime,
) -> list[tuple[int, int]]:
    """Mark what a target's page now shows, and return the id and the delay in seconds of each that is new there."""
    rows = connection.execute(_shown_on(article_id, target, revision_id, intended_at).where(~_at(target))).all()
    marked = [(int(row.id), max(0, round((now - row.changed_at).total_seconds()))) for row in rows]
    if marked:
        values = [
            {"correction_id": id_, "target": target, "shown_at": now, "delay_seconds": delay} for id_, delay in marked
        ]
        connection.execute(correction_shown.insert(), values)
    return marked


def _at(target: str) -> sa.ColumnElement[bool]:
    shown = (correction_shown.c.correction_id == correction.c.id, correction_shown.c.target == target)
    return sa.exists().where(*shown)


def _shown_on(article_id: int, target: str, revision_id: int, intended_at: datetime) -> sa.Select[*tuple[Any, ...]]:
    work = sa.select(article.c.work_id).where(article.c.id == article_id).scalar_subquery()
    ours = sa.and_(correction.c.corrected_by == CorrectedBy.OURS.value, article.c.work_id == work)
    theirs = sa.and_(correction.c.article_id == article_id, correction.c.revision_id <= revision_id)
    return (
        sa.select(correction)
        .join(article, article.c.id == correction.c.article_id)
        .where(sa.or_(ours, theirs), sa.or_(correction.c.noticed_at <= intended_at, _at(target)))
        .order_by(correction.c.changed_at, correction.c.id)
    )


def rows(
    connection: sa.Connection, *, article_id: int | None = None, partner: str | None = None, limit: int = 50
) -> list[CorrectionRow]:
    """Return corrections with the page that had each first, the newest first."""
    first = (
        sa.select(
            correction_shown.c.correction_id,
            sa.func.min(correction_shown.c.shown_at).label("shown_at"),
            sa.func.min(correction_shown.c.delay_seconds).label("delay_seconds"),
        )
        .group_by(correction_shown.c.correction_id)
        .subquery()
    )
    columns = [correction.c[name] for name in CorrectionRow.__dataclass_fields__ if name in correction.c]
    query = (
        sa.select(*columns, article.c.partner, first.c.shown_at, first.c.delay_seconds)
        .join(article, article.c.id == correction.c.article_id)
        .outerjoin(first, first.c.correction_id == correction.c.id)
        .order_by(correction.c.id.desc())
        .limit(limit)
    )
    if article_id is not None:
        query = query.where(correction.c.article_id == article_id)
    if partner is not None:
        query = query.where(article.c.partner == partner)
    return [CorrectionRow(**row) for row in connection.execute(query).mappings()]
