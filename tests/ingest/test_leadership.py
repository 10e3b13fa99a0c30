"""Of all the schedulers on one store exactly one works, whatever happens to it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs

from ingest.leadership import LOCK, leading
from ingest.store.database import open_store
from ingest.store.locks import claim, holder

SOON = 0.05


def test_a_lock_is_held_once(engine: sa.Engine) -> None:
    """The second claim is refused until the first is given up, and can name its holder."""
    first = claim(engine, LOCK)
    assert first is not None
    assert claim(engine, LOCK) is None
    assert holder(engine, LOCK)
    assert first.held()
    first.release()
    second = claim(engine, LOCK)
    assert second is not None
    second.release()


def test_locks_of_other_names_do_not_meet(engine: sa.Engine) -> None:
    """Who publishes does not wait for who polls."""
    one, other = claim(engine, LOCK), claim(engine, "other")
    assert one is not None
    assert other is not None
    one.release()
    other.release()


def test_the_second_waits_says_so_and_takes_over(engine: sa.Engine) -> None:
    """A second scheduler does nothing while the first leads, and leads once that has gone."""
    turns: list[str] = []

    async def lead(name: str, seconds: float) -> None:
        async with leading(engine, stop=asyncio.Event(), every=SOON) as ended:
            assert ended is not None
            turns.append(f"{name} begins")
            await asyncio.sleep(seconds)
            turns.append(f"{name} ends")

    async def both() -> None:
        first = asyncio.create_task(lead("first", 0.4))
        await asyncio.sleep(0.15)
        await asyncio.gather(first, lead("second", 0.0))

    with capture_logs() as logs:
        asyncio.run(both())
    assert turns == ["first begins", "first ends", "second begins", "second ends"]
    waits = [log for log in logs if log["event"] == "leader.waits"]
    assert len(waits) == 1, "it says so once, not at every look"
    assert "another one leads" in waits[0]["why"]


def test_a_stop_ends_the_waiting(engine: sa.Engine) -> None:
    """Whoever waits for its turn can be stopped like whoever has it."""
    held = claim(engine, LOCK)
    assert held is not None

    async def wait() -> object:
        stop = asyncio.Event()
        asyncio.get_running_loop().call_later(0.2, stop.set)
        async with leading(engine, stop=stop, every=SOON) as ended:
            return ended

    assert asyncio.run(wait()) is None
    held.release()


def test_a_removed_lock_file_ends_the_term(tmp_path: Path) -> None:
    """Where the file is removed under the leader, it stops before two could lead for long."""
    engine = open_store(f"sqlite:///{tmp_path / 'store.db'}")

    async def lead() -> None:
        async with leading(engine, stop=asyncio.Event(), every=SOON) as ended:
            assert ended is not None
            (tmp_path / f"store.db.{LOCK}.lock").unlink()
            await asyncio.wait_for(ended.wait(), 5)

    asyncio.run(lead())
    engine.dispose()


@pytest.mark.parametrize("_round", range(2))
def test_a_lost_connection_ends_the_term(postgresql: sa.URL, _round: int) -> None:
    """PostgreSQL frees the lock with the connection, so the leader that lost it must stop and queue again."""
    engine = open_store(postgresql.render_as_string(hide_password=False))

    async def lead() -> None:
        async with leading(engine, stop=asyncio.Event(), every=SOON) as ended:
            assert ended is not None
            with engine.connect() as connection:
                connection.execute(
                    sa.text(
                        "SELECT pg_terminate_backend(pid) FROM pg_locks"
                        " WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
                    )
                )
            await asyncio.wait_for(ended.wait(), 5)

    asyncio.run(lead())
    engine.dispose()
