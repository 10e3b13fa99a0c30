"""When an article is asked for again, when it counts as gone, and which tombstones count."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.feed.tombstones import read_tombstones
from ingest.followup.gone import OVERRULED, Host, found_gone, found_there
from ingest.followup.timing import FIRST, LONGEST, after_failure, next_check
from ingest.store.followups import Role, Watch

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
WATCH = Watch(article_id=1, role=Role.PAGE, next_check_at=NOW)
ALIVE = Host(works=True, followed=20, gone=1)


@given(st.integers(0, 60), st.integers(1, 10**6))
def test_intervals_grow_and_are_bounded(quiet: int, article_id: int) -> None:
    """Each check without a change waits longer than the one before, an hour at first and 33 days at most."""
    first, then = (next_check(quiet=n, article_id=article_id, now=NOW) - NOW for n in (quiet, quiet + 1))
    assert FIRST <= first <= then <= LONGEST * 1.1


def test_a_servers_wish_to_be_left_alone_is_obeyed_within_reason() -> None:
    """Retry-After counts where it asks for more, a month at most."""
    for asked, wait in ((7 * 3600, 7 * HOUR), (10**9, LONGEST)):
        assert after_failure(failures=1, article_id=1, retry_after=asked, now=NOW) - NOW == wait


def _asked(status: int, *hours: float, host: Host = ALIVE) -> tuple[Watch, list[bool]]:
    watch, confirmed = WATCH, []
    for hour in hours:
        verdict = found_gone(watch, status=status, host=host, now=NOW + hour * HOUR)
        watch = verdict.watch
        confirmed.append(verdict.confirmed)
    return watch, confirmed


@pytest.mark.parametrize(
    ("status", "hours", "confirmed"),
    [
        (410, (0,), [False]),
        (410, (0, 0.1, 0.9), [False, False, False]),
        (410, (0, 1.1), [False, True]),
        (404, (0, 1.1), [False, False]),
        (404, (0, 1.1, 3), [False, False, False]),
        (404, (0, 1.1, 7.2), [False, False, True]),
    ],
)
def test_gone_takes_spaced_answers(status: int, hours: tuple[float, ...], confirmed: list[bool]) -> None:
    """One answer never takes an article down, nor many within minutes; a 404 takes one more than a 410."""
    assert _asked(status, *hours)[1] == confirmed


def test_what_answers_again_starts_anew() -> None:
    """A page that came back in between was not gone."""
    watch, _ = _asked(410, 0)
    assert not found_gone(found_there(watch), status=410, host=ALIVE, now=NOW + 5 * HOUR).confirmed


@pytest.mark.parametrize("host", [replace(ALIVE, works=False), Host(works=True, followed=4, gone=3)])
def test_a_host_in_trouble_takes_nothing_down(host: Host) -> None:
    """Where the whole host fails, or most of it is gone at once, no number of answers is enough."""
    _, confirmed = _asked(410, 0, 2, 4, 24, 240, host=host)
    assert not any(confirmed)


def test_a_persons_release_is_not_undone_by_the_next_look() -> None:
    """What a person brought back stays although its original is gone still."""
    watch = replace(WATCH, gone_checks=OVERRULED)
    assert not found_gone(watch, status=410, host=ALIVE, now=NOW).confirmed


def _feed(inner: str, *, root: str = "feed") -> bytes:
    return (
        f'<{root} xmlns="http://www.w3.org/2005/Atom" xmlns:d="http://purl.org/atompub/tombstones/1.0">{inner}</{root}>'
    ).encode()


BURIED = '<d:deleted-entry ref="urn:1" when="2026-11-20T09:00:00Z"><d:comment> Asked  by its author </d:comment></d:deleted-entry>'


@pytest.mark.parametrize(
    ("content", "refs"),
    [
        (_feed(BURIED), ["urn:1"]),
        (_feed(BURIED + BURIED), ["urn:1"]),
        (_feed(BURIED + "<entry><id>urn:1</id><updated>2026-11-21T09:00:00Z</updated></entry>"), []),
        (_feed(BURIED + "<entry><id>urn:1</id><updated>2026-11-19T09:00:00Z</updated></entry>"), ["urn:1"]),
        (_feed(BURIED + "<entry><id>urn:1</id></entry>"), []),
        (_feed(f"<entry><id>urn:2</id>{BURIED}</entry>"), []),
        (_feed(f"<entry><source>{BURIED}</source></entry>"), []),
        (_feed(BURIED, root="other"), []),
        (_feed('<d:deleted-entry ref="" when="x"/>'), []),
        (_feed(BURIED)[:-3], []),
        (b'<!DOCTYPE feed [<!ENTITY a "b">]>' + _feed('<d:deleted-entry ref="&a;"/>'), []),
        (b"", []),
    ],
)
def test_only_the_feeds_own_tombstones_count(content: bytes, refs: list[str]) -> None:
    """RFC 6721: not one within an entry, not one that its entry outlived, none of a broken or hostile document."""
    assert [one.ref for one in read_tombstones(content)] == refs


def test_a_tombstone_says_when_and_why() -> None:
    """Its time is aware, its comment plain words."""
    (one,) = read_tombstones(_feed(BURIED))
    assert (one.when, one.comment) == (datetime(2026, 11, 20, 9, tzinfo=UTC), "Asked by its author")
