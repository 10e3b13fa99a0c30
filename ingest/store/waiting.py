"""What waits, was put off, is held or dead, over all tables of work: one view, for a person who looks after it.

    feed        waits: its time has come; put-off: it fails, and is asked again; dead: parked
    entry       waits; put-off; held: it came in a flood; dead: given up
    publication waits; put-off: its target refused it
    followup    put-off: its page could not be had

A feed that is healthy and not due is no work, and neither is one that has ended (gone).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

import sqlalchemy as sa

from ingest.store.followups import followup
from ingest.store.schema import article, entry, feed, publication, work
from ingest.urls import host_key


class Kind(StrEnum):
    """Which table a piece of work lies in."""

    FEED = "feed"
    ENTRY = "entry"
    PUBLICATION = "publication"
    FOLLOWUP = "followup"


class State(StrEnum):
    """How a piece of work stands; in the order in which a person wants to see them."""

    DEAD = "dead"
    HELD = "held"
    PUT_OFF = "put-off"
    WAITS = "waits"


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One piece of work."""

    #: Its kind and number: entry:12, followup:7/page.
    id: str
    kind: Kind
    state: State
    partner: str
    #: Where it is asked, or the target that it goes to.
    host: str
    what: str
    due_at: datetime
    attempts: int
    error: str | None


#: Never due: what was dropped and has no other way to say so.
NEVER: Final = datetime.fromisoformat("9999-01-01T00:00:00+00:00")


def listed(
    connection: sa.Connection,
    *,
    now: datetime,
    kinds: Iterable[Kind] = tuple(Kind),
    states: Iterable[State] = tuple(State),
    partner: str | None = None,
    limit: int,
) -> list[Waiting]:
    """Return the work of these kinds and states, of one partner or all, the dead first, then by time."""
    wanted = frozenset(states)
    found: list[Waiting] = []
    for kind in kinds:
        query, state, delivered = _query(kind, now)
        query = query.where(state.in_([one.value for one in wanted]))
        if partner is not None:
            query = query.where(delivered == partner)
        found += [_waiting(kind, row) for row in connection.execute(query.order_by(sa.text("due_at")).limit(limit))]
    order = list(State)
    return sorted(found, key=lambda one: (order.index(one.state), one.due_at, one.id))[:limit]


def find(connection: sa.Connection, id_: str, *, now: datetime) -> Waiting | None:
    """Return the work with this id, or None where there is none that waits or is dead."""
    kind, key = split(id_)
    query, _, _ = _query(kind, now)
    row = connection.execute(query.where(*_is(kind, key))).first()
    return _waiting(kind, row) if row is not None and row.state else None


def split(id_: str) -> tuple[Kind, tuple[int, str]]:
    """Return the kind, the number and what follows it; raises ValueError where an id has not that form."""
    kind, _, rest = id_.partition(":")
    number, _, role = rest.partition("/")
    if not (number.isascii() and number.isdigit() and len(number) < 19) or (kind == Kind.FOLLOWUP) != bool(role):
        raise ValueError(id_)
    return Kind(kind), (int(number), role)


def _is(kind: Kind, key: tuple[int, str]) -> Iterator[sa.ColumnElement[bool]]:
    number, role = key
    match kind:
        case Kind.FOLLOWUP:
            yield followup.c.article_id == number
            yield followup.c.role == role
        case Kind.FEED:
            yield feed.c.id == number
        case Kind.ENTRY:
            yield entry.c.id == number
        case Kind.PUBLICATION:
            yield publication.c.id == number


def _query(
    kind: Kind, now: datetime
) -> tuple[sa.Select[*tuple[Any, ...]], sa.ColumnElement[str], sa.ColumnElement[str]]:
    """Return what selects all of a kind, and the columns of the state (empty for no work) and of the partner."""
    match kind:
        case Kind.FEED:
            return _feeds(now)
        case Kind.ENTRY:
            return _entries()
        case Kind.PUBLICATION:
            return _publications()
        case Kind.FOLLOWUP:
            return _followups()


def _feeds(now: datetime) -> tuple[sa.Select[*tuple[Any, ...]], sa.ColumnElement[str], sa.ColumnElement[str]]:
    active = feed.c.standing == "active"
    state = sa.case(
        (feed.c.standing == "parked", "dead"),
        (sa.and_(active, feed.c.failures > 0), "put-off"),
        (sa.and_(active, feed.c.next_poll_at <= sa.literal(now, feed.c.next_poll_at.type)), "waits"),
        else_="",
    )
    return (
        sa.select(
            feed.c.id,
            state.label("state"),
            feed.c.partner,
            feed.c.url.label("what"),
            feed.c.url,
            feed.c.next_poll_at.label("due_at"),
            feed.c.failures.label("attempts"),
            feed.c.error,
        ),
        state,
        feed.c.partner,
    )


def _entries() -> tuple[sa.Select[*tuple[Any, ...]], sa.ColumnElement[str], sa.ColumnElement[str]]:
    state = sa.case(
        (entry.c.state == "failed", "dead"),
        (entry.c.state == "flood", "held"),
        (sa.and_(entry.c.state == "pending", entry.c.attempts > 0), "put-off"),
        (entry.c.state == "pending", "waits"),
        else_="",
    )
    query = sa.select(
        entry.c.id,
        state.label("state"),
        feed.c.partner,
        entry.c.headline.label("what"),
        entry.c.url,
        entry.c.due_at,
        entry.c.attempts,
        entry.c.error,
    ).join(feed, feed.c.id == entry.c.feed_id)
    # Most entries are done: this condition is what the index serves.
    return query.where(entry.c.state.in_(("pending", "failed", "flood"))), state, feed.c.partner


def _publications() -> tuple[sa.Select[*tuple[Any, ...]], sa.ColumnElement[str], sa.ColumnElement[str]]:
    state = sa.case((publication.c.attempts > 0, "put-off"), else_="waits")
    query = (
        sa.select(
            publication.c.id,
            state.label("state"),
            article.c.partner,
            work.c.slug.label("what"),
            publication.c.target.label("url"),
            publication.c.due_at,
            publication.c.attempts,
            publication.c.error,
        )
        .join(article, article.c.id == publication.c.article_id)
        .join(work, work.c.id == publication.c.work_id)
    )
    return query.where(publication.c.state.in_(("pending", "withdrawing"))), state, article.c.partner


def _followups() -> tuple[sa.Select[*tuple[Any, ...]], sa.ColumnElement[str], sa.ColumnElement[str]]:
    failing = sa.and_(
        followup.c.failures > 0, followup.c.next_check_at < sa.literal(NEVER, followup.c.next_check_at.type)
    )
    state = sa.case((failing, "put-off"), else_="")
    query = sa.select(
        followup.c.article_id.label("id"),
        followup.c.role,
        state.label("state"),
        article.c.partner,
        article.c.canonical_url.label("what"),
        article.c.canonical_url.label("url"),
        followup.c.next_check_at.label("due_at"),
        followup.c.failures.label("attempts"),
        followup.c.error,
    ).join(article, article.c.id == followup.c.article_id)
    return query, state, article.c.partner


def _waiting(kind: Kind, row: Any) -> Waiting:
    return Waiting(
        id=f"{kind}:{row.id}/{row.role}" if kind is Kind.FOLLOWUP else f"{kind}:{row.id}",
        kind=kind,
        state=State(row.state),
        partner=row.partner,
        host=row.url if kind is Kind.PUBLICATION else _host(row.url),
        what=row.what,
        due_at=row.due_at,
        attempts=row.attempts,
        error=row.error,
    )


def _host(url: str | None) -> str:
    try:
        return host_key(url or "")
    except ValueError:
        return ""
