"""Work that failed, over all its tables: seen in one view, tried again or given up by a person, on record."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from ingest.errors import ConfigError
from ingest.feed import Entry, ParsedFeed
from ingest.looking_after import drop, found, retry
from ingest.polled import Standing
from ingest.store import entries, feeds, followups, ledger, outbox, waiting
from ingest.store.database import read, write
from ingest.store.followups import Role
from ingest.store.remember import remember
from ingest.store.schema import publication
from ingest.store.waiting import Kind, State
from tests.newswire import GRANTED, NOW, article, partner, sources, take

KNOWN = sources(partner("forum", terms=GRANTED))
FEED = "https://forum.example/feed"


@pytest.fixture
def failing(engine: sa.Engine) -> sa.Engine:
    """Return a store in which one of each kind failed, with healthy ones beside them."""
    take(engine, article("tides"), "forum", KNOWN)
    take(engine, article("reefs", seed=1), "forum", KNOWN)
    with write(engine) as connection:
        feeds.add(connection, [("forum", FEED), ("forum", f"{FEED}/2")], now=NOW)
        parked, healthy = feeds.all_records(connection).values()
        feeds.save(connection, [replace(parked, standing=Standing.PARKED, failures=9, error="no route")])
        feeds.save(connection, [replace(healthy, next_poll_at=NOW + timedelta(hours=1))])
        _remember(connection, parked.id, "a", "b")
        first, _second = entries.pending(connection, parked.id, now=NOW)
        entries.fail(connection, first, error="nothing on it reads like an article")
        outbox.postpone(connection, 1, error="it says no", due_at=NOW + timedelta(hours=2))
        followups.watch(connection, 1, role=Role.PAGE, at=NOW)
        (watch,) = followups.of_article(connection, 1)
        followups.save(connection, replace(watch, failures=2, error="time-out"))
    return engine


def _remember(connection: sa.Connection, feed_id: int, *names: str, words: str = "") -> None:
    items = tuple(
        Entry(
            key=name,
            guid=name,
            url=f"https://forum.example/{name}",
            headline=f"Piece {name}",
            content_hash=f"{name}{words}",
        )
        for name in names
    )
    parsed = ParsedFeed(entries=items, title=None, home_url=None, language=None, ttl=None)
    remember(connection, feed_id, parsed, now=NOW)


def _seen(engine: sa.Engine, **wanted: object) -> dict[str, State]:
    with read(engine) as connection:
        rows = waiting.listed(connection, now=NOW, limit=100, **wanted)  # type: ignore[arg-type]
    return {one.id: one.state for one in rows}


ALL = {
    "entry:1": State.DEAD,
    "feed:1": State.DEAD,
    "followup:1/page": State.PUT_OFF,
    "publication:1": State.PUT_OFF,
    "entry:2": State.WAITS,
    "publication:2": State.WAITS,
}


def test_what_waits_and_what_failed_is_one_list(failing: sa.Engine) -> None:
    """The dead come first; what is healthy and not due is no work; kinds, states and partners narrow it down."""
    seen = _seen(failing)
    assert seen == ALL
    assert list(seen.values()) == sorted(seen.values(), key=list(State).index)
    assert _seen(failing, states=[State.DEAD]) == {"entry:1": State.DEAD, "feed:1": State.DEAD}
    assert _seen(failing, kinds=[Kind.PUBLICATION]).keys() == {"publication:1", "publication:2"}
    assert _seen(failing, partner="nobody") == {}
    with read(failing) as connection:
        one = found(connection, "entry:1", now=NOW)
    assert (one.host, one.partner, one.attempts) == ("forum.example", "forum", 1)
    assert one.error == "nothing on it reads like an article"


@pytest.mark.parametrize("id_", [id_ for id_, state in ALL.items() if state is not State.WAITS])
def test_retrying_makes_it_due_now_on_record(failing: sa.Engine, id_: str) -> None:
    """Its failures are forgotten, and the ledger says who wanted it."""
    with write(failing) as connection:
        retry(connection, found(connection, id_, now=NOW), actor="Ann", now=NOW)
        after = waiting.find(connection, id_, now=NOW + timedelta(seconds=1))
        (record,) = ledger.records(connection, subject=id_)
    assert after is not None
    assert after.due_at == NOW
    assert after.state is (State.PUT_OFF if after.kind is Kind.FOLLOWUP else State.WAITS)
    assert (record.event, record.actor) == ("work.retried", "Ann")


@pytest.mark.parametrize("id_", list(ALL))
def test_dropping_gives_it_up_for_good_on_record(failing: sa.Engine, id_: str) -> None:
    """It is in no list any more, and the ledger has who, why, and what had gone wrong."""
    with write(failing) as connection:
        before = found(connection, id_, now=NOW)
        drop(connection, before, reason="not worth it", actor="Ann", now=NOW)
        (record,) = ledger.records(connection, subject=id_)
    assert id_ not in _seen(failing)
    assert (record.event, record.data["reason"], record.data["error"]) == (
        "work.dropped",
        "not worth it",
        before.error,
    )
    with read(failing) as connection, pytest.raises(ConfigError, match="nothing waits"):
        found(connection, id_, now=NOW)


def test_a_dropped_entry_comes_back_when_its_partner_changes_it(failing: sa.Engine) -> None:
    """The same one never does."""
    with write(failing) as connection:
        drop(connection, found(connection, "entry:1", now=NOW), reason="no", actor="Ann", now=NOW)
        _remember(connection, 1, "a", "b")
        assert not _listed(connection, "entry:1")
        _remember(connection, 1, "a", "b", words="2")
        assert _listed(connection, "entry:1")


def _listed(connection: sa.Connection, id_: str) -> bool:
    return id_ in {one.id for one in waiting.listed(connection, now=NOW, limit=100)}


def test_a_takedown_is_never_dropped(failing: sa.Engine) -> None:
    """What may not be shown must go; a person is told how."""
    with write(failing) as connection:
        connection.execute(publication.update().where(publication.c.id == 1).values(state="withdrawing"))
        with pytest.raises(ConfigError, match="a takedown is not dropped"):
            drop(connection, found(connection, "publication:1", now=NOW), reason="no", actor="Ann", now=NOW)


@pytest.mark.parametrize(
    "id_", ["", "entry", "entry:x", "entry:1/page", "followup:1", "recipe:1", "entry:99", "entry:²"]
)
def test_an_id_that_is_none_is_told(failing: sa.Engine, id_: str) -> None:
    """With where ids are to be had."""
    with read(failing) as connection, pytest.raises(ConfigError, match="reprint work list"):
        found(connection, id_, now=NOW)
