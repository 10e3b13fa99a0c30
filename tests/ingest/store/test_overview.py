"""The store at a glance: what is counted is what is there, and late is what waits past its time."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from ingest.store import feeds
from ingest.store.database import read, write
from ingest.store.overview import LATE, overview
from ingest.store.schema import feed
from tests.newswire import NO_TERMS, NOW, article, partner, sources, take


def test_an_empty_store_has_nothing_late(engine: sa.Engine) -> None:
    """Nothing is counted where there is nothing."""
    with read(engine) as connection:
        found = overview(connection, now=NOW)
    assert found.feeds.active == found.feeds.late == found.head.seq == 0
    assert found.feeds.next_poll_at is None
    assert found.articles == {"publish": 0, "hold": 0, "deny": 0}
    assert found.outboxes == ()
    assert found.size > 0


def test_articles_and_the_outbox_are_counted(engine: sa.Engine) -> None:
    """What may be published waits in its target's outbox; what may not is held and waits nowhere."""
    allowed, unknown = partner("forum"), partner("stranger", NO_TERMS)
    house = sources(allowed, unknown)
    take(engine, article("tides"), "forum", house)
    take(engine, article("storms", seed=1), "forum", house)
    take(engine, article("locks", by="stranger", seed=2), "stranger", house)
    with read(engine) as connection:
        found = overview(connection, now=NOW + timedelta(hours=1))
    assert found.articles == {"publish": 2, "hold": 1, "deny": 0}
    (box,) = found.outboxes
    assert (box.published, box.pending, box.withdrawing, box.refused) == (0, 2, 0, 0)
    assert box.waiting_since == NOW


def test_a_feed_is_late_only_after_its_time(engine: sa.Engine) -> None:
    """A feed that is due this minute is not late; one that nobody polled for longer is; a parked one is neither."""
    with write(engine) as connection:
        feeds.add(connection, [("forum", f"https://forum.example/{n}") for n in range(3)], now=NOW)
        connection.execute(feed.update().where(feed.c.url.endswith("/2")).values(standing="parked"))
        connection.execute(feed.update().where(feed.c.url.endswith("/1")).values(failures=3))
    with read(engine) as connection:
        soon = overview(connection, now=NOW + LATE)
        later = overview(connection, now=NOW + LATE + timedelta(seconds=1))
    assert (soon.feeds.active, soon.feeds.parked, soon.feeds.failing, soon.feeds.late) == (2, 1, 1, 0)
    assert later.feeds.late == 2
    assert later.feeds.next_poll_at == NOW
