"""Moving a store from SQLite to PostgreSQL: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from ingest.errors import ConfigError, LedgerError, StoreError
from ingest.leadership import LOCK
from ingest.store import ledger, schema, search, works
from ingest.store.database import open_store, read, write
from ingest.store.locks import claim
from ingest.store.moving import move
from tests.newswire import GRANTED, NOW, article, partner, sources, take

pytestmark = pytest.mark.parametrize("store_url", ["postgresql"], indirect=True)
KNOWN = sources(partner("forum", terms=GRANTED))


@pytest.fixture
def old(tmp_path: Path) -> Iterator[sa.Engine]:
    """Yield a store on SQLite with some articles, one of whose works points at a later one."""
    made = open_store(f"sqlite:///{tmp_path / 'old.db'}", busy_seconds=0.2)
    for seed in range(5):
        take(made, article(f"tides-{seed}", seed=seed), "forum", KNOWN)
    with write(made) as connection:
        works.close(connection, 1, merged_into=3)
    yield made
    made.dispose()


def _rows(engine: sa.Engine) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table, in the order of its key."""
    with read(engine) as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(sa.select(table))), key=repr)
            for table in schema.metadata.sorted_tables
        }


def _is_empty(engine: sa.Engine) -> bool:
    return not any(_rows(engine).values())


def test_every_row_is_there_and_work_goes_on(old: sa.Engine, engine: sa.Engine) -> None:
    """All tables are the same in both, ids go on where they were, words are found, and the source is as it was."""
    before = _rows(old)
    moved = move(old, engine)
    assert _rows(engine) == before == _rows(old)
    assert {one.table: one.rows for one in moved.tables} == {name: len(rows) for name, rows in before.items()}
    with read(old) as connection:
        assert moved.head == ledger.head(connection)
    kept = take(engine, article("tides-9", seed=9), "forum", KNOWN)
    assert kept.article_id == 6
    with read(engine) as connection:
        found = search.find(connection, search.Wanted(words="tides say part 3"))
    assert [place.article_id for place in found] == [4]


def test_a_target_that_holds_anything_is_refused(old: sa.Engine, engine: sa.Engine) -> None:
    """Two stores are never mixed."""
    move(old, engine)
    before = _rows(engine)
    with pytest.raises(ConfigError, match="not empty"):
        move(old, engine)
    assert _rows(engine) == before


def test_a_store_that_a_scheduler_works_on_is_refused(old: sa.Engine, engine: sa.Engine) -> None:
    """What it wrote meanwhile would be lost."""
    leader = claim(old, LOCK)
    assert leader is not None
    with pytest.raises(ConfigError, match="a scheduler works on this store: process"):
        move(old, engine)
    leader.release()
    assert _is_empty(engine)


@pytest.mark.parametrize(
    ("spoil", "error", "says"),
    [
        ("UPDATE feed SET partner = printf('%.*c', 300, 'x')", StoreError, "feed does not fit"),
        ("UPDATE work SET slug = 'tides' || char(0) WHERE id = 2", StoreError, "work does not fit"),
        ("UPDATE ledger SET actor = 'Mallory' WHERE seq = 3", LedgerError, "3"),
    ],
)
def test_a_move_that_fails_leaves_the_target_empty_and_the_source_as_it_was(
    old: sa.Engine, engine: sa.Engine, spoil: str, error: type[Exception], says: str
) -> None:
    """A row that PostgreSQL refuses, or a broken chain, undoes all of it."""
    with write(old) as connection:
        schema_feed = schema.feed.insert().values(partner="forum", url="https://forum.example/feed", next_poll_at=NOW)
        connection.execute(schema_feed)
        connection.exec_driver_sql("DROP TRIGGER ledger_refuses_update")
        connection.exec_driver_sql(spoil)
    before = _rows(old)
    with pytest.raises(error, match=says):
        move(old, engine)
    assert _is_empty(engine)
    assert _rows(old) == before
