"""The ledger: it only grows, and every way of tampering with it is found and named."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import LedgerError
from ingest.store import chain, ledger, works
from ingest.store.database import open_store, read, write
from ingest.store.ledger import GENESIS, Head
from ingest.store.schema import metadata
from tests.newswire import article, partner, sources, take
from tests.tampering import unguard


def _fill(engine: sa.Engine, now: datetime, count: int = 6) -> Head:
    head = Head(seq=0, hash=GENESIS)
    for number in range(count):
        with write(engine) as connection:
            head = ledger.append(
                connection,
                at=now,
                actor="ed",
                event="article.publish",
                subject=f"article:{number}",
                payload={"credit": "“Originally published by”", "n": number},
            )
    return head


def test_an_empty_ledger_is_whole(engine: sa.Engine) -> None:
    """Nothing verifies to the head of nothing."""
    with read(engine) as connection:
        assert chain.verify(connection) == Head(seq=0, hash=GENESIS)


def test_an_untouched_ledger_is_whole(engine: sa.Engine, now: datetime) -> None:
    """What was appended verifies, to the head that appending returned."""
    head = _fill(engine, now)
    with read(engine) as connection:
        assert chain.verify(connection) == head
        assert chain.verify(connection, saved=head) == head


@pytest.mark.parametrize("change", ["UPDATE ledger SET actor = 'x'", "DELETE FROM ledger"])
def test_the_database_itself_refuses_changes(engine: sa.Engine, now: datetime, change: str) -> None:
    """Not even our own code could rewrite the ledger by mistake."""
    _fill(engine, now)
    with pytest.raises(sa.exc.IntegrityError, match="never changed"), write(engine) as connection:
        connection.execute(sa.text(change))


@pytest.mark.parametrize("table", ["ledger", "attribution", "revision", "terms"])
@pytest.mark.parametrize("change", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}"])
def test_every_immutable_table_refuses(engine: sa.Engine, table: str, change: str) -> None:
    """Records keep the words as published: no row of these four is changed or removed, to whatever end."""
    take(engine, article(), "forum", sources(partner("forum")))
    column = metadata.tables[table].columns.keys()[1]
    with pytest.raises(sa.exc.IntegrityError, match="never changed"), write(engine) as connection:
        connection.exec_driver_sql(change.format(table, column))


_SWAP = "UPDATE ledger SET seq = CASE seq WHEN 2 THEN -3 WHEN 3 THEN -2 ELSE seq END"
TAMPERINGS: list[tuple[str, list[str], str]] = [
    ("actor edited", ["UPDATE ledger SET actor = 'nobody' WHERE seq = 3"], "record 3 .* edited"),
    ("event edited", ["UPDATE ledger SET event = 'article.hold' WHERE seq = 3"], "record 3 .* edited"),
    ("subject edited", ["UPDATE ledger SET subject = 'article:99' WHERE seq = 1"], "record 1 .* edited"),
    ("payload edited", ["""UPDATE ledger SET payload = '{"credit":"ours"}' WHERE seq = 6"""], "record 6 .* edited"),
    ("time edited", ["UPDATE ledger SET at = '2020-01-01 00:00:00.000000' WHERE seq = 2"], "record 2 .* edited"),
    ("hash edited", [f"UPDATE ledger SET hash = '{'a' * 64}' WHERE seq = 4"], "record 4 .* edited"),
    ("previous edited", [f"UPDATE ledger SET previous = '{'b' * 64}' WHERE seq = 4"], "record 4 does not follow"),
    ("one removed", ["DELETE FROM ledger WHERE seq = 3"], "record 3 is missing"),
    ("the first removed", ["DELETE FROM ledger WHERE seq = 1"], "record 1 is missing"),
    (
        "removed and renumbered",
        ["DELETE FROM ledger WHERE seq = 3", "UPDATE ledger SET seq = seq - 1 WHERE seq > 3"],
        "record 3 does not follow",
    ),
    ("two swapped", [_SWAP, "UPDATE ledger SET seq = -seq WHERE seq < 0"], "record 2 does not follow"),
    (
        "one inserted",
        [
            "UPDATE ledger SET seq = seq + 1 WHERE seq = 6",
            "UPDATE ledger SET seq = 6 WHERE seq = 7",
            "INSERT INTO ledger VALUES (7, '2026-11-24 12:30:15.123456', 'x', 'y', 'z', '{}', 'c', 'd')",
        ],
        "record 7 does not follow",
    ),
    ("the end cut off", ["DELETE FROM ledger WHERE seq > 4"], "ends at record 4"),
    ("everything removed", ["DELETE FROM ledger"], "ends at record 0"),
]


@pytest.mark.parametrize(("changes", "says"), [t[1:] for t in TAMPERINGS], ids=[t[0] for t in TAMPERINGS])
def test_tampering_is_found_and_named(engine: sa.Engine, now: datetime, changes: list[str], says: str) -> None:
    """Whoever edits the file by raw SQL, without the triggers, is found; a cut-off end by the saved head."""
    head = _fill(engine, now)
    with write(engine) as connection:
        unguard(connection, "ledger")
        for statement in changes:
            connection.exec_driver_sql(statement)
    with read(engine) as connection, pytest.raises(LedgerError, match=says):
        chain.verify(connection, saved=head)


def test_a_whole_chain_made_anew_is_found_by_a_saved_head(engine: sa.Engine, now: datetime) -> None:
    """A forger who recomputes every hash is found by a head that was kept elsewhere."""
    head = _fill(engine, now)
    with write(engine) as connection:
        unguard(connection, "ledger")
        connection.execute(sa.text("DELETE FROM ledger"))
    _fill(engine, now.replace(year=2025))
    with read(engine) as connection, pytest.raises(LedgerError, match="not the one whose hash was saved"):
        chain.verify(connection, saved=head)


def test_concurrent_writers_never_fork_the_chain(engine: sa.Engine, now: datetime) -> None:
    """Eight writers at once leave one chain."""
    writer = open_store(engine.url.render_as_string(hide_password=False))
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _n: _fill(writer, now, 5), range(8)))
    writer.dispose()
    with read(engine) as connection:
        assert chain.verify(connection).seq == 40


def test_records_of_one_subject_come_in_order(engine: sa.Engine, now: datetime) -> None:
    """A subject's story is its own records, oldest first."""
    _fill(engine, now)
    _fill(engine, now)
    with read(engine) as connection:
        found = list(ledger.records(connection, subject="article:2"))
    assert [record.seq for record in found] == [3, 9]
    assert found[0].data["credit"] == "“Originally published by”"


def test_reading_in_a_stream_leaves_the_connection_able_to_write(engine: sa.Engine, now: datetime) -> None:
    """How one query is fetched is no setting of its transaction: a cursor on the server takes no INSERT."""
    _fill(engine, now)
    with write(engine) as connection:
        assert len(list(ledger.records(connection))) == 6
        assert chain.verify(connection).seq == 6
        assert works.create(connection, headline="The tides", now=now)


Hasher = Callable[..., str]


@given(st.lists(st.text(), min_size=6, max_size=6), st.lists(st.text(), min_size=6, max_size=6))
def test_different_records_have_different_hashes(one: list[str], other: list[str]) -> None:
    """No two contents share a hash, however their fields are cut: the fields are framed, not glued."""
    hasher: Hasher = ledger.record_hash
    at = datetime(2026, 1, 1, tzinfo=UTC)
    names = ("actor", "event", "subject", "payload", "previous")
    first = hasher(seq=1, at=at, **dict(zip(names, one, strict=False)))
    second = hasher(seq=1, at=at, **dict(zip(names, other, strict=False)))
    assert (first == second) == (one[:5] == other[:5])
