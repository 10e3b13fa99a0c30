"""When each published article's page is asked for again, and what came of it; two addresses at most for each.

`page` is where the article was delivered; `original` is where its origin has it, if that is another address.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from ingest.feed import Entry
from ingest.store.entry_codec import ENTRY
from ingest.store.schema import UtcDateTime, article, metadata, publication

followup = Table(
    "followup",
    metadata,
    Column("article_id", ForeignKey("article.id"), primary_key=True),
    Column("role", String(10), primary_key=True, comment="page, original"),
    Column("host", String(255), nullable=False, server_default="", comment="of the address asked last"),
    Column("entry", Text, comment="the feed's Entry as JSON: what the page was read with"),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("digest", String(64), comment="of the words read there last"),
    Column("next_check_at", UtcDateTime, nullable=False),
    Column("checked_at", UtcDateTime),
    Column("quiet", Integer, nullable=False, server_default="0", comment="checks without a change, in a row"),
    Column("failures", Integer, nullable=False, server_default="0", comment="in a row"),
    Column("outcome", String(20), comment="how the last check ended"),
    Column("error", Text),
    Column("gone_since", UtcDateTime, comment="when the address was first found gone, in a row"),
    Column("gone_at", UtcDateTime, comment="the last finding of it that counted"),
    Column("gone_checks", Integer, nullable=False, server_default="0", comment="how many of them counted"),
    Index("ix_followup_next_check_at", "next_check_at"),
    Index("ix_followup_host", "host"),
)


class Role(StrEnum):
    """Which address is asked."""

    PAGE = "page"
    ORIGINAL = "original"


@dataclass(frozen=True, kw_only=True)
class Watch:
    """One address of an article that is followed up, as the store keeps it."""

    article_id: int
    role: Role
    host: str = ""
    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None
    next_check_at: datetime
    checked_at: datetime | None = None
    quiet: int = 0
    failures: int = 0
    outcome: str | None = None
    error: str | None = None
    gone_since: datetime | None = None
    gone_at: datetime | None = None
    gone_checks: int = 0


@dataclass(frozen=True, kw_only=True)
class Due:
    """A watch whose time has come, with the article that is out there."""

    watch: Watch
    partner: str
    work_id: int
    attribution_id: int


@dataclass(frozen=True, kw_only=True)
class Missing:
    """Originals that are gone while their articles stay out: what `ingest.followup` leaves to a person."""

    #: "many-gone": many on one host at once; "copy-gone": one page of an article whose original still stands.
    outcome: str
    partner: str
    host: str
    #: How many articles; one for "copy-gone".
    count: int
    #: One of them.
    article_id: int

    @property
    def key(self) -> str:
        """What stays while it lasts: the host of many, the article of one."""
        return self.host if self.outcome == "many-gone" else str(self.article_id)


_FIELDS = tuple(Watch.__dataclass_fields__)
_OUT = sa.and_(publication.c.state.in_(("published", "pending")), publication.c.first_published_at.is_not(None))


def watch(
    connection: sa.Connection,
    article_id: int,
    *,
    role: Role,
    at: datetime,
    entry: Entry | None = None,
    digest: str | None = None,
) -> None:
    """Follow an article up from `at` on; one that is followed already only gets what is newly known.

    `entry` is what it was read with, `digest` that of the words on the page itself; None where they came from a feed.
    """
    here = (followup.c.article_id == article_id, followup.c.role == role.value)
    known = {"entry": ENTRY.dump_json(entry).decode() if entry is not None else None, "digest": digest}
    if connection.execute(sa.select(followup.c.article_id).where(*here)).first() is None:
        values = {"article_id": article_id, "role": role.value, "next_check_at": at, **known}
        connection.execute(followup.insert().values(values))
    elif newer := {name: value for name, value in known.items() if value is not None}:
        connection.execute(followup.update().where(*here).values(newer))


def enrol(connection: sa.Connection, *, now: datetime, wait: timedelta) -> None:
    """Follow up every published article that is not yet, as in a store of an older reprint."""
    missing = (
        sa.select(publication.c.article_id)
        .distinct()
        .where(_OUT)
        .where(~sa.exists().where(followup.c.article_id == publication.c.article_id))
    )
    for article_id in connection.execute(missing).scalars().all():
        watch(connection, article_id, role=Role.PAGE, at=now + wait)


def due(connection: sa.Connection, *, by: datetime | None, partners: Sequence[str] = (), limit: int) -> list[Due]:
    """Return the watches of what is published, those due by a time or all, the longest due first.

    `partners`: only these suppliers'.
    """
    out = sa.select(publication.c.article_id, sa.func.max(publication.c.attribution_id).label("attribution_id"))
    newest = out.where(_OUT).group_by(publication.c.article_id).subquery()
    query = (
        sa.select(
            *(followup.c[name] for name in _FIELDS), article.c.partner, article.c.work_id, newest.c.attribution_id
        )
        .join(article, article.c.id == followup.c.article_id)
        .join(newest, newest.c.article_id == followup.c.article_id)
        .order_by(followup.c.next_check_at, followup.c.article_id)
        .limit(limit)
    )
    if by is not None:
        query = query.where(followup.c.next_check_at <= by)
    if partners:
        query = query.where(article.c.partner.in_(partners))
    return [
        Due(
            watch=_watch(row),
            partner=row["partner"],
            work_id=row["work_id"],
            attribution_id=row["attribution_id"],
        )
        for row in connection.execute(query).mappings()
    ]


def of_article(connection: sa.Connection, article_id: int) -> list[Watch]:
    """Return how an article is followed up."""
    query = sa.select(*(followup.c[name] for name in _FIELDS)).where(followup.c.article_id == article_id)
    return [_watch(row) for row in connection.execute(query.order_by(followup.c.role.desc())).mappings()]


def entry_of(connection: sa.Connection, article_id: int) -> Entry | None:
    """Return the feed's entry that the article was read with, or None where it is not known."""
    here = (followup.c.article_id == article_id, followup.c.role == Role.PAGE.value)
    document = connection.execute(sa.select(followup.c.entry).where(*here)).scalar()
    return ENTRY.validate_json(document) if document else None


def save(connection: sa.Connection, value: Watch) -> None:
    """Keep a watch as it is after a check."""
    here = (followup.c.article_id == value.article_id, followup.c.role == value.role.value)
    values = {name: getattr(value, name) for name in _FIELDS if name not in {"article_id", "role"}}
    connection.execute(followup.update().where(*here).values(values))


def gone_on(connection: sa.Connection, host: str) -> tuple[int, int]:
    """Return how many addresses on a host are followed and published, and how many of them were last found gone."""
    query = (
        sa.select(sa.func.count(), sa.func.count(followup.c.gone_since))
        .where(followup.c.host == host)
        .where(sa.exists().where(publication.c.article_id == followup.c.article_id, _OUT))
    )
    row = connection.execute(query).one()
    return int(row[0]), int(row[1])


def missing(connection: sa.Connection) -> list[Missing]:
    """Return the published articles whose originals a person must look for, those of one host as one."""
    one = sa.case((followup.c.outcome == "copy-gone", followup.c.article_id), else_=0)
    query = (
        sa.select(
            followup.c.outcome,
            sa.func.min(article.c.partner).label("partner"),
            followup.c.host,
            sa.func.count(followup.c.article_id.distinct()).label("count"),
            sa.func.min(followup.c.article_id).label("article_id"),
        )
        .join(article, article.c.id == followup.c.article_id)
        .where(followup.c.outcome.in_(("many-gone", "copy-gone")))
        .where(sa.exists().where(publication.c.article_id == followup.c.article_id, _OUT))
        .group_by(followup.c.outcome, followup.c.host, one)
        .order_by(followup.c.outcome, followup.c.host, one)
    )
    return [Missing(**row) for row in connection.execute(query).mappings()]


def _watch(row: sa.RowMapping) -> Watch:
    values = {name: row[name] for name in _FIELDS}
    return Watch(**(values | {"role": Role(values["role"])}))


def overrule(connection: sa.Connection, work_id: int, *, mark: int) -> None:
    """Let the absence of a work's originals count no more: a person brought it back; `mark` goes to `gone_checks`."""
    copies = sa.select(article.c.id).where(article.c.work_id == work_id)
    connection.execute(followup.update().where(followup.c.article_id.in_(copies)).values(gone_checks=mark))
