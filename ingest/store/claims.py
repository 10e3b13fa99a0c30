"""Who works on which host: one worker at a time, told apart by a fence that only ever grows.

A claim ends with its lease. The worker that takes the host over gets the next fence, and whoever holds an older one
may write no more (Kleppmann, "How to do distributed locking", 2016: fencing tokens).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import BigInteger, Column, Table, Text

from ingest.errors import StaleClaimError
from ingest.store.schema import UtcDateTime, metadata

host_claim = Table(
    "host_claim",
    metadata,
    Column("host", Text, primary_key=True),
    Column("worker", Text, nullable=False, comment="who works on it, or did last"),
    Column("fence", BigInteger, nullable=False, comment="one more with each claim"),
    Column("until", UtcDateTime, comment="when the claim ends if it is not renewed; NULL: given back"),
)

#: SQLite refuses statements with more variables than this in its oldest builds.
_CHUNK: Final = 500

_OF_HOSTS: Final = sa.select(host_claim).where(host_claim.c.host.in_(sa.bindparam("hosts", expanding=True)))
_OF_HOST: Final = sa.select(host_claim.c.worker, host_claim.c.fence).where(host_claim.c.host == sa.bindparam("host"))
_TAKE: Final = (
    host_claim.update()
    .where(host_claim.c.host == sa.bindparam("b_host"))
    .values(worker=sa.bindparam("b_worker"), fence=sa.bindparam("b_fence"), until=sa.bindparam("b_until"))
)
_RELEASE: Final = (
    host_claim.update()
    .where(
        host_claim.c.host == sa.bindparam("b_host"),
        host_claim.c.worker == sa.bindparam("b_worker"),
        host_claim.c.fence == sa.bindparam("b_fence"),
    )
    .values(until=None)
)


@dataclass(frozen=True, kw_only=True)
class HostClaim:
    """A host that a worker has to itself."""

    host: str
    worker: str
    fence: int


def claim(
    connection: sa.Connection,
    hosts: Sequence[str],
    *,
    worker: str,
    lease: timedelta,
    is_dead: Callable[[str], bool],
) -> dict[str, HostClaim]:
    """Take those of the hosts that nobody works on, for `lease` from now, and return the claims by host.

    A worker's claim is over when its lease is, and when `is_dead` knows that the worker is no more. The time is the
    database's own, as machines differ. The caller's transaction must be a writing one.
    """
    now, known = _now(connection), _rows(connection, hosts)
    taken, fresh, again = {}, [], []
    for host in dict.fromkeys(hosts):
        row = known.get(host)
        if row is not None and not _is_free(row, now, lease) and not is_dead(row.worker):
            continue
        fence = 1 if row is None else row.fence + 1
        taken[host] = HostClaim(host=host, worker=worker, fence=fence)
        values = {"host": host, "worker": worker, "fence": fence, "until": now + lease}
        if row is None:
            fresh.append(values)
        else:
            again.append({f"b_{name}": value for name, value in values.items()})
    if fresh:
        connection.execute(host_claim.insert(), fresh)
    if again:
        connection.execute(_TAKE, again)
    return taken


def renew(connection: sa.Connection, *, worker: str, lease: timedelta) -> None:
    """Let all that the worker still holds last for `lease` from now."""
    held = sa.and_(host_claim.c.worker == worker, host_claim.c.until.is_not(None))
    connection.execute(host_claim.update().where(held).values(until=_now(connection) + lease))


def release(connection: sa.Connection, claims: Iterable[HostClaim]) -> None:
    """Give claims back; those that another worker has taken over stay its own."""
    rows = [{"b_host": one.host, "b_worker": one.worker, "b_fence": one.fence} for one in claims]
    if rows:
        connection.execute(_RELEASE, rows)


def require(connection: sa.Connection, held: HostClaim) -> None:
    """Raise StaleClaimError where another worker has taken the host over."""
    row = connection.execute(_OF_HOST, {"host": held.host}).first()
    if row is None or (row.worker, row.fence) != (held.worker, held.fence):
        raise _stale(held, row.worker if row else "")


def stale(connection: sa.Connection, claims: Iterable[HostClaim]) -> list[HostClaim]:
    """Return those claims whose host another worker has taken over."""
    held = list(claims)
    known = _rows(connection, [one.host for one in held])
    newest = {host: (row.worker, row.fence) for host, row in known.items()}
    return [one for one in held if newest.get(one.host) != (one.worker, one.fence)]


def holder(connection: sa.Connection, host: str) -> str:
    """Return who works on a host, or did last; empty where nobody ever has."""
    row = connection.execute(_OF_HOST, {"host": host}).first()
    return row.worker if row else ""


def _stale(held: HostClaim, by: str) -> StaleClaimError:
    return StaleClaimError(
        f"{by or 'another worker'} has taken it over from {held.worker} (fence {held.fence})",
        where=held.host,
        next_step="nothing of this pass was written since; what is left is done by the other",
    )


def _is_free(row: Any, now: datetime, lease: timedelta) -> bool:
    # A lease that ends later than any could was given before a clock was set back.
    return row.until is None or row.until <= now or row.until > now + 2 * lease


def _rows(connection: sa.Connection, hosts: Sequence[str]) -> Mapping[str, Any]:
    return {row.host: row for row in _each_row(connection, hosts)}


def _each_row(connection: sa.Connection, hosts: Sequence[str]) -> Iterator[Any]:
    for start in range(0, len(hosts), _CHUNK):
        yield from connection.execute(_OF_HOSTS, {"hosts": hosts[start : start + _CHUNK]})


def _now(connection: sa.Connection) -> datetime:
    if connection.dialect.name != "postgresql":
        return datetime.now(UTC)
    found: datetime = connection.execute(sa.select(sa.func.clock_timestamp())).scalar_one()
    return found.astimezone(UTC)
