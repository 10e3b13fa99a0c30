"""A host is one worker's at a time, and one that was overtaken writes nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta

import pytest
import sqlalchemy as sa

from ingest.claims import Claims, is_dead_here, worker_name
from ingest.errors import StaleClaimError
from ingest.store.claims import host_claim
from ingest.store.database import read, write

HOST = "forum.example"


def _lapse(engine: sa.Engine, by: timedelta) -> None:
    """Move the end of all leases."""
    with write(engine) as connection:
        until = connection.execute(sa.select(host_claim.c.until)).scalar_one()
        connection.execute(host_claim.update().values(until=until + by))


def test_a_host_that_is_claimed_is_nobody_elses_until_it_is_given_back(engine: sa.Engine) -> None:
    """The next one has the next fence; hosts that are free go to whoever asks, some at a time."""
    first, second = Claims(engine), Claims(engine)
    first.take([HOST, "b.example"])
    second.take([HOST, "c.example"])
    assert [first.holds(HOST), second.holds(HOST), second.holds("c.example")] == [True, False, True]
    first.let_go(HOST)
    with write(engine) as connection:
        first.release(connection)
    second.take([HOST])
    assert second.holds(HOST)
    with read(engine) as connection:
        assert connection.execute(sa.select(host_claim.c.fence).where(host_claim.c.host == HOST)).scalar_one() == 2


@pytest.mark.parametrize("by", [timedelta(seconds=-61), timedelta(hours=5)])
def test_who_was_overtaken_writes_nothing(engine: sa.Engine, by: timedelta) -> None:
    """A lease that is over, or that a clock which was set back makes longer than any is, is no more; its fence tells."""
    paused, other = Claims(engine), Claims(engine)
    paused.take([HOST])
    guard = paused.guard(HOST)
    _lapse(engine, by)
    with write(engine) as connection:
        guard(connection)  # nobody has taken it over yet
    other.take([HOST])
    assert other.holds(HOST)
    with pytest.raises(StaleClaimError, match="has taken it over"), write(engine) as connection:
        guard(connection)
    with write(engine) as connection:
        assert paused.stale(connection, [HOST]) == {HOST}
        paused.let_go(HOST)
        paused.release(connection)
        other.guard(HOST)(connection)


def test_renewing_keeps_a_host(engine: sa.Engine) -> None:
    """As long as its worker lives."""
    held = Claims(engine)
    held.take([HOST])
    _lapse(engine, timedelta(seconds=-61))
    held.renew()
    other = Claims(engine)
    other.take([HOST])
    assert not other.holds(HOST)


def test_the_host_of_a_process_that_died_on_this_machine_is_free_at_once() -> None:
    """Of another machine's processes nobody knows."""
    code = "from ingest.claims import worker_name; print(worker_name())"
    done = subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.PIPE, text=True)
    dead = done.stdout.strip()
    assert is_dead_here(dead)
    assert not is_dead_here(worker_name())
    assert not is_dead_here("elsewhere/1:" + dead.split(":", 1)[1])
    assert not is_dead_here("")
    assert str(os.getpid()) in worker_name()
