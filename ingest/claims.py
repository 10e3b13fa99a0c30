"""What one worker holds: the hosts that it works on, kept while it works and given back together."""

from __future__ import annotations

import asyncio
import os
import secrets
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from ingest.errors import StaleClaimError
from ingest.store import claims
from ingest.store.claims import HostClaim
from ingest.store.database import read, write
from ingest.tools import Tools

#: How long a host stays a worker's that gives no sign of life; it renews at a third of that.
LEASE: Final = timedelta(seconds=60)

#: How often, and every how many seconds, a single errand looks whether a host that another worker has is free.
_LOOKS, _LOOK_AGAIN = 20, 0.5


class Claims:
    """The hosts that this worker has to itself; one value for each drain, under a name of its own."""

    def __init__(self, engine: sa.Engine, *, lease: timedelta = LEASE) -> None:
        self._engine = engine
        self._lease = lease
        self._held: dict[str, HostClaim] = {}
        self._leaving: set[str] = set()
        self.worker = worker_name()

    @property
    def renew_after(self) -> timedelta:
        """How long a claim may go without `renew`."""
        return self._lease / 3

    @property
    def leaving(self) -> bool:
        """Whether hosts wait to be given back."""
        return bool(self._leaving)

    def take(self, hosts: Iterable[str]) -> None:
        """Claim what is free of these hosts, in one transaction; `holds` tells which are ours now."""
        wanted = list(hosts)
        self._leaving -= set(wanted)
        if missing := [host for host in wanted if host not in self._held]:
            with write(self._engine, lasting=False) as connection:
                self._held |= claims.claim(
                    connection, missing, worker=self.worker, lease=self._lease, is_dead=is_dead_here
                )

    def holds(self, host: str) -> bool:
        """Tell whether we took a host and did not let it go; another may have taken it over since."""
        return host in self._held

    def holder(self, host: str) -> str:
        """Say who has a host."""
        with read(self._engine) as connection:
            return claims.holder(connection, host)

    def renew(self) -> None:
        """Keep what is held for another lease."""
        if self._held:
            with write(self._engine, lasting=False) as connection:
                claims.renew(connection, worker=self.worker, lease=self._lease)

    def guard(self, host: str) -> Callable[[sa.Connection], None]:
        """Return what raises StaleClaimError in a transaction once another worker has taken the host over."""
        return partial(claims.require, held=self._held[host])

    def stale(self, connection: sa.Connection, hosts: Iterable[str]) -> set[str]:
        """Return those of these hosts that are not ours any more."""
        wanted = set(hosts)
        held = [self._held[host] for host in wanted if host in self._held]
        return (wanted - self._held.keys()) | {one.host for one in claims.stale(connection, held)}

    def let_go(self, host: str) -> None:
        """Note that the work on a host is done; it is given back by `release`."""
        if host in self._held:
            self._leaving.add(host)

    def forget(self, host: str) -> None:
        """Note that a host is another worker's now."""
        self._held.pop(host, None)
        self._leaving.discard(host)

    def release(self, connection: sa.Connection) -> None:
        """Give back what was let go."""
        leaving, self._leaving = self._leaving, set()
        claims.release(connection, [self._held.pop(host) for host in leaving])


@asynccontextmanager
async def alone_on_host(tools: Tools, host: str) -> AsyncIterator[Tools]:
    """Have a host to ourselves for the block; yields tools whose writes are refused once another has taken it over.

    Raises StaleClaimError where another worker has it and does not give it back soon.
    """
    own = Claims(tools.engine)
    own.take([host])
    for _ in range(_LOOKS):
        if own.holds(host) or tools.stopping():
            break
        await asyncio.sleep(_LOOK_AGAIN)
        own.take([host])
    if not own.holds(host):
        raise StaleClaimError(
            f"another worker has it: {own.holder(host)}", where=host, next_step="what is due there stays due"
        )
    try:
        yield replace(tools, guard=own.guard(host))
    finally:
        own.let_go(host)
        with write(tools.engine, lasting=False) as connection:
            own.release(connection)


def worker_name() -> str:
    """Return a name that no other worker has, which tells its machine and process."""
    return f"{_machine()}:{os.getpid()}:{secrets.token_hex(4)}"


def is_dead_here(worker: str) -> bool:
    """Tell whether a worker was a process of this very machine that has ended; of other machines nobody knows."""
    machine, _, rest = worker.rpartition(":")[0].rpartition(":")
    if machine != _machine() or not rest.isdigit():
        return False
    try:
        os.kill(int(rest), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _machine() -> str:
    """Return this machine's name, or the container's, with what tells its process numbers from another's."""
    try:
        space = str(Path("/proc/self/ns/pid").readlink()).strip("pid:[]")
    except OSError:
        space = "0"
    return f"{os.uname().nodename}/{space}"
