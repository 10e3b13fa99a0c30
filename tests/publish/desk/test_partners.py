"""The desk's page of partners: what it tells, and what it orders about feeds."""

from __future__ import annotations

import re
from datetime import timedelta

import httpx
import sqlalchemy as sa

from ingest.store import entries, feeds, ledger
from ingest.store.database import read, write
from ingest.store.schema import entry, feed
from tests.publish.desk.desking import Desk, form_of


def _feed_id(desk: Desk, partner: str = "pacific-forum") -> int:
    with read(desk.engine) as connection:
        return int(connection.execute(sa.select(feed.c.id).where(feed.c.partner == partner)).scalar_one())


def _set(desk: Desk, feed_id: int, **values: object) -> None:
    with write(desk.engine) as connection:
        connection.execute(feed.update().where(feed.c.id == feed_id).values(**values))


def _order(client: httpx.Client, feed_id: int, what: str, partner: str = "pacific-forum") -> httpx.Response:
    path = f"/partners/{partner}/feeds/{feed_id}/{what}"
    page = client.get(f"/partners/{partner}")
    return client.post(path, data=form_of(page.text, path))


def _last(desk: Desk) -> ledger.Record:
    with read(desk.engine) as connection:
        return list(ledger.records(connection))[-1]


def test_partners_are_shown_with_health_volume_and_permission(desk: Desk) -> None:
    """Every partner has a line with its feeds' health, its volume also in words, and what its permission rests on."""
    with desk.client("ana") as client:
        page = client.get("/partners").text
    for partner in desk.sources.partners:
        assert partner.name in page
    assert len(re.findall(r'role="img" aria-label="[0-9]+ new in 28 days', page)) == len(desk.sources.partners)
    assert "no permission is written down" in page


def test_terms_are_told_in_the_words_of_the_command_with_their_sources(desk: Desk) -> None:
    """Each rule stands in plain English with the line of sources.yaml, or whatever else it comes from."""
    with desk.client("otto") as client:
        page = client.get("/partners/pacific-forum").text
    assert "Coralie Nakamura-Webb" in page
    assert re.search(r"grant\.basis — sources\.yaml, line [0-9]+", page)
    assert "written nowhere: our default" in page
    assert "SHA-256" in page
    assert "Poll now" not in page


def test_polling_now_makes_the_feed_due_under_the_users_name(desk: Desk) -> None:
    """An editor's order makes the feed due at once, and the ledger has who gave it."""
    number = _feed_id(desk)
    _set(desk, number, next_poll_at=desk.clock() + timedelta(hours=3))
    with desk.client("ana") as client:
        answer = _order(client, number, "poll")
    assert "The feed is due now" in answer.text
    with read(desk.engine) as connection:
        found = feeds.by_id(connection, number)
    assert found is not None
    assert found.next_poll_at <= desk.clock()
    assert (_last(desk).event, _last(desk).actor) == ("feed.poll-ordered", "ana")


def test_a_server_that_asked_for_peace_is_not_polled_by_a_click(desk: Desk) -> None:
    """Retry-After binds editors too: the order is refused, and says until when."""
    number = _feed_id(desk)
    _set(desk, number, wait_until=desk.clock() + timedelta(hours=3))
    with desk.client("ana") as client:
        answer = _order(client, number, "poll")
    assert answer.status_code == 400
    assert "asked to be left alone until" in answer.text
    assert _last(desk).event != "feed.poll-ordered"


def test_a_parked_feed_is_resumed(desk: Desk) -> None:
    """A parked feed says why, cannot be polled, and is active again once an editor resumes it."""
    number = _feed_id(desk)
    _set(desk, number, standing="parked", error="503 from <b>their</b> server", failures=9)
    with desk.client("ana") as client:
        page = client.get("/partners/pacific-forum").text
        assert "503 from &lt;b&gt;their&lt;/b&gt; server" in page
        assert "stopped" in page
        answer = _order(client, number, "resume")
    assert "polled again" in answer.text
    with read(desk.engine) as connection:
        found = feeds.by_id(connection, number)
    assert found is not None
    assert (found.standing.value, found.failures, found.error) == ("active", 0, None)
    assert (_last(desk).event, _last(desk).actor) == ("feed.resumed", "ana")


def test_a_flood_is_released_or_given_up(desk: Desk) -> None:
    """A held flood waits to be ingested after its release; given up, it stays known and never comes back by itself."""
    number = _feed_id(desk)
    with write(desk.engine) as connection:
        connection.execute(entry.update().where(entry.c.feed_id == number).values(state="flood", document="{}"))
        count = connection.execute(sa.select(sa.func.count()).where(entry.c.feed_id == number)).scalar_one()
    with desk.client("ana") as client:
        assert f"Released: {count} entries" in _order(client, number, "release-flood").text
        assert (_last(desk).event, _last(desk).data["entries"]) == ("feed.flood-released", count)
        with write(desk.engine) as connection:
            connection.execute(entry.update().where(entry.c.feed_id == number).values(state="flood"))
        assert f"Given up: {count} entries" in _order(client, number, "discard-flood").text
        stuck = client.get("/partners/pacific-forum").text
    assert "given up by ana" in stuck
    with write(desk.engine) as connection:
        assert entries.release(connection, [number], state="flood", now=desk.clock()) == 0


def test_a_feed_of_another_partner_is_not_reached(desk: Desk) -> None:
    """The address names the partner and the feed; where they do not belong together, nothing happens."""
    number = _feed_id(desk)
    with desk.client("ana") as client:
        csrf = form_of(client.get("/partners").text, "/sign-out")["csrf"]
        answer = client.post(f"/partners/world-voices/feeds/{number}/poll", data={"csrf": csrf})
    assert answer.status_code == 404
    assert _last(desk).event != "feed.poll-ordered"
