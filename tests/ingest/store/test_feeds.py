"""Feeds and entries: what is new, what changed, what waits; nothing is lost or doubled."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.feed import Entry, ParsedFeed, SetAside
from ingest.fetch import Validators
from ingest.polled import QuietTimes, Standing
from ingest.store import entries, feeds
from ingest.store.database import open_store, read, write
from ingest.store.remember import remember
from ingest.store.schema import entry as entry_table

URL = "https://partner.example/feed"


def _entry(key: str, *, content_hash: str = "1", url: str | None = "https://partner.example/a") -> Entry:
    return Entry(key=key, guid=key, url=url, headline=f"Headline {key}", content_hash=content_hash)


def _parsed(*entries: Entry, set_aside: tuple[SetAside, ...] = ()) -> ParsedFeed:
    return ParsedFeed(title=None, home_url=None, language=None, ttl=None, entries=entries, set_aside=set_aside)


def _feed(connection: sa.Connection, now: datetime) -> int:
    feeds.add(connection, [("partner", URL)], now=now)
    return feeds.find(connection, "partner", URL).id


def test_a_feed_is_due_when_it_is_new(engine: sa.Engine, now: datetime) -> None:
    """A feed that was just named is polled at the next chance, and adding it again changes nothing."""
    with write(engine) as connection:
        feeds.add(connection, [("partner", URL), ("partner", URL)], now=now)
        feeds.add(connection, [("partner", URL)], now=now)
        (record,) = feeds.all_records(connection).values()
        assert record.next_poll_at == now
        assert feeds.missing(connection, [("partner", URL), ("other", URL)]) == [("other", URL)]


def test_what_was_seen_is_not_new_again(engine: sa.Engine, now: datetime) -> None:
    """The same feed twice brings its entries once; a changed one comes back as changed."""
    with write(engine) as connection:
        feed_id = _feed(connection, now)
        first = remember(connection, feed_id, _parsed(_entry("a"), _entry("b")), now=now)
        again = remember(connection, feed_id, _parsed(_entry("a"), _entry("b")), now=now)
        changed = remember(connection, feed_id, _parsed(_entry("a", content_hash="2"), _entry("b")), now=now)
    assert (first.new, first.changed) == (2, 0)
    assert (again.new, again.changed) == (0, 0)
    assert (changed.new, changed.changed) == (0, 1)


def test_a_late_item_is_kept_wherever_it_stands(engine: sa.Engine, now: datetime) -> None:
    """There is no high-water mark: an item that appears below known ones is as new as any (superdesk-core RSS)."""
    with write(engine) as connection:
        feed_id = _feed(connection, now)
        remember(connection, feed_id, _parsed(_entry("newest"), _entry("older")), now=now)
        late = remember(connection, feed_id, _parsed(_entry("newest"), _entry("older"), _entry("late")), now=now)
    assert late.new == 1


def test_an_entry_without_a_link_is_set_aside_with_its_reason(engine: sa.Engine, now: datetime) -> None:
    """Nothing is dropped in silence, and what is set aside is set aside once."""
    bad = SetAside(reason="its date is no date", excerpt="<item>...</item>")
    with write(engine) as connection:
        feed_id = _feed(connection, now)
        parsed = _parsed(_entry("a"), _entry("b", url=None), set_aside=(bad,))
        first = remember(connection, feed_id, parsed, now=now)
        again = remember(connection, feed_id, parsed, now=now)
        query = sa.select(entry_table.c.error).where(entry_table.c.state == "set-aside")
        reasons = set(connection.execute(query).scalars())
    assert (first.new, len(first.set_aside), again.set_aside) == (1, 2, ())
    assert reasons == {"it has no link to its article", "its date is no date"}


def test_an_entry_waits_until_it_is_settled(engine: sa.Engine, now: datetime) -> None:
    """A pass that was killed finds its entries again; one set back waits for its time, and its feed with it."""
    later = now + timedelta(minutes=5)
    with write(engine) as connection:
        feed_id = _feed(connection, now)
        remember(connection, feed_id, _parsed(_entry("a")), now=now)
    with write(engine) as connection:
        (waiting,) = entries.pending(connection, feed_id, now=now)
        assert waiting.entry == _entry("a")
        entries.postpone(connection, waiting, error="the host was down", due_at=later)
    with read(engine) as connection:
        assert entries.pending(connection, feed_id, now=now) == []
        assert feeds.with_due_entries(connection, now=now) == set()
        assert feeds.with_due_entries(connection, now=later) == {feed_id}
        assert entries.pending(connection, feed_id, now=later)[0].attempts == 1


def test_an_entry_given_up_returns_when_its_partner_changes_it(engine: sa.Engine, now: datetime) -> None:
    """A failed entry is kept with its reason, and a changed one gets a fresh start."""
    with write(engine) as connection:
        feed_id = _feed(connection, now)
        remember(connection, feed_id, _parsed(_entry("a")), now=now)
        entries.fail(connection, entries.pending(connection, feed_id, now=now)[0], error="no article")
        assert entries.pending(connection, feed_id, now=now) == []
        remember(connection, feed_id, _parsed(_entry("a", content_hash="2")), now=now)
        assert entries.pending(connection, feed_id, now=now)[0].attempts == 0


def test_a_state_comes_back_as_it_was_saved(engine: sa.Engine, now: datetime) -> None:
    """Every field of a feed's state survives the store; when its hub pushed is written apart."""
    with write(engine) as connection:
        feed_id = _feed(connection, now)
        state = replace(
            feeds.find(connection, "partner", URL),
            validators=Validators(etag='"x"', last_modified="Tue, 24 Nov 2026 12:00:00 GMT"),
            body_hash="h",
            last_polled_at=now,
            last_changed_at=now,
            outcome="failed",
            error="down",
            failures=2,
            failing_since=now,
            standing=Standing.PARKED,
            wait_until=now,
            moved_to="https://new.example/feed",
            moved_polls=2,
            asked_seconds=3600,
            quiet=QuietTimes(hours=(1, 2), days=(6,)),
            rhythm_seconds=5,
            usual_new=7,
            reader_state="a:b c:d",
            hub="https://hub.example/",
            topic=URL,
        )
        feeds.save(connection, [state])
        feeds.pushed(connection, feed_id, now=now)
        assert feeds.find(connection, "partner", URL) == replace(state, pushed_at=now)


def test_a_feed_moved_in_the_sources_keeps_its_entries(engine: sa.Engine, now: datetime) -> None:
    """An address to which a feed had moved, once it is in sources.yaml, is the same feed and not a new one."""
    new = "https://partner.example/new"
    with write(engine) as connection:
        feed_id = _feed(connection, now)
        feeds.save(connection, [replace(feeds.find(connection, "partner", URL), moved_to=new, moved_polls=3)])
        feeds.add(connection, [("partner", new)], now=now)
        assert feeds.find(connection, "partner", new).id == feed_id
        assert list(feeds.all_records(connection)) == [("partner", new)]


@given(st.lists(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("12")), max_size=8), max_size=6))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_a_feed_shows_each_key_is_kept_once(
    tmp_path_factory: pytest.TempPathFactory, polls: list[list[tuple[str, str]]]
) -> None:
    """Over any history of polls, also with keys twice in one feed, there is one row for each key ever seen."""
    engine = open_store(f"sqlite:///{tmp_path_factory.mktemp('s') / 's.db'}")
    now = datetime.fromisoformat("2026-11-24T00:00:00+00:00")
    with write(engine) as connection:
        feed_id = _feed(connection, now)
        for poll in polls:
            parsed = _parsed(*(_entry(key, content_hash=value) for key, value in poll))
            remember(connection, feed_id, parsed, now=now)
        keys = list(connection.execute(sa.select(entry_table.c.key)).scalars())
    engine.dispose()
    assert sorted(keys) == sorted({key for poll in polls for key, _ in poll})
