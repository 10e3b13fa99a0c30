"""What a server's answers make of a feed: moved, gone, missing, overloaded, failing for days."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from ingest.jobs import due_jobs
from ingest.polled import CONFIRMED, Standing
from ingest.store import feeds
from ingest.store.database import write
from ingest.tools import Tools
from tests.ingest.polling import BEGIN, Desk, item, partner, rss


def _serve(server: HTTPServer, path: str, *numbers: int, **headers: str) -> None:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    server.expect_request(path).respond_with_data(rss(item(n) for n in numbers), headers=named)


def _asked(server: HTTPServer) -> list[str]:
    return [request.path for request, _ in server.log]


@pytest.fixture
def desk(engine: sa.Engine, httpserver: HTTPServer) -> Desk:
    """Return a desk with one feed, /feed."""
    return Desk(engine=engine, partners=(partner(httpserver.url_for("/feed")),))


class TestMoved:
    """301 and 308 (RFC 9110, sections 15.4.2 and 15.4.9)."""

    @pytest.mark.parametrize("status", [301, 308])
    def test_a_move_is_believed_when_several_polls_met_it(
        self, desk: Desk, httpserver: HTTPServer, status: int
    ) -> None:
        """A permanent redirect is recorded at once, and followed without the detour once it is confirmed."""
        httpserver.expect_request("/feed").respond_with_data("", status=status, headers={"Location": "/new"})
        _serve(httpserver, "/new", 1)
        for poll in range(1, CONFIRMED + 1):
            desk.poll()
            assert desk.feed().moved_to == httpserver.url_for("/new")
            assert desk.feed().moved_polls == poll
        httpserver.clear_log()
        desk.poll()
        assert _asked(httpserver) == ["/new"]
        assert len(desk.entries()) == 1

    def test_a_passing_move_is_forgotten(self, desk: Desk, httpserver: HTTPServer) -> None:
        """A hotel's or a broken server's redirect of one poll changes nothing for good."""
        httpserver.expect_ordered_request("/feed").respond_with_data("", status=301, headers={"Location": "/new"})
        httpserver.expect_ordered_request("/new").respond_with_data(rss([item(1)]))
        httpserver.expect_ordered_request("/feed").respond_with_data(rss([item(1)]))
        desk.poll()
        desk.poll()
        assert (desk.feed().moved_to, desk.feed().moved_polls) == (None, 0)

    @pytest.mark.parametrize("status", [302, 303, 307])
    def test_a_temporary_redirect_is_no_move(self, desk: Desk, httpserver: HTTPServer, status: int) -> None:
        """Temporary redirects are followed, and followed again the next time."""
        httpserver.expect_request("/feed").respond_with_data("", status=status, headers={"Location": "/new"})
        _serve(httpserver, "/new", 1)
        for _ in range(CONFIRMED + 1):
            desk.poll()
        assert desk.feed().address == httpserver.url_for("/feed")

    def test_a_304_behind_a_move_counts_too(self, desk: Desk, httpserver: HTTPServer) -> None:
        """A move is met by polls that bring nothing new as well."""

        def new(request: Request) -> Response:
            if request.headers.get("If-None-Match") == '"1"':
                return Response(status=304)
            return Response(rss([item(1)]), headers={"ETag": '"1"'})

        httpserver.expect_request("/feed").respond_with_data("", status=308, headers={"Location": "/new"})
        httpserver.expect_request("/new").respond_with_handler(new)
        outcomes = [desk.poll()[0].outcome for _ in range(CONFIRMED)]
        assert outcomes == ["changed", "unchanged", "unchanged"]
        assert desk.feed().address == httpserver.url_for("/new")

    def test_a_new_address_that_fails_is_not_the_end(self, desk: Desk, httpserver: HTTPServer) -> None:
        """Where the new address has ended, the old one is asked again, and its answer counts."""
        _serve(httpserver, "/feed", 1)
        httpserver.expect_request("/new").respond_with_data("", status=410)
        desk.poll()
        with write(desk.engine) as connection:
            moved = feeds.find(connection, "partner", httpserver.url_for("/feed"))
            connection.execute(
                sa.text("UPDATE feed SET moved_to = :to, moved_polls = 3"), {"to": httpserver.url_for("/new")}
            )
        assert moved.standing is Standing.ACTIVE
        outcomes = [desk.poll("partner")[0].outcome for _ in range(CONFIRMED + 1)]
        assert outcomes == ["failed", "failed", "failed", "unchanged"]
        assert desk.feed().address == httpserver.url_for("/feed")


class TestGone:
    """410 and 404 (RFC 9110, sections 15.5.11 and 15.5.5)."""

    def test_410_ends_the_polling(self, desk: Desk, httpserver: HTTPServer) -> None:
        """A feed that is gone is reported, and not asked again by anybody, however its partner is named."""
        httpserver.expect_request("/feed").respond_with_data("", status=410)
        (first,) = desk.poll()
        assert (first.outcome, first.failed) == ("gone", True)
        assert "sources.yaml" in str(first.error)
        desk.later(days=100)
        assert desk.poll_due() == []
        (again,) = desk.poll("partner")
        assert (again.outcome, again.failed) == ("gone", True)
        assert len(httpserver.log) == 1

    def test_another_address_in_the_sources_is_another_feed(self, desk: Desk, httpserver: HTTPServer) -> None:
        """A changed URL in sources.yaml begins anew."""
        httpserver.expect_request("/feed").respond_with_data("", status=410)
        _serve(httpserver, "/other", 1)
        desk.poll()
        desk.partners = (partner(httpserver.url_for("/other")),)
        assert [report.outcome for report in desk.poll_due()] == ["changed"]

    def test_404_is_tried_again_later_and_later(self, desk: Desk, httpserver: HTTPServer) -> None:
        """A feed that is not there may come back, so it is asked, at growing intervals."""
        httpserver.expect_request("/feed").respond_with_data("", status=404)
        waits = []
        for _ in range(4):
            (report,) = desk.poll_due()
            assert (report.outcome, report.failed) == ("missing", True)
            waits.append(desk.feed().next_poll_at - desk.now)
            desk.now = desk.feed().next_poll_at
        assert waits == sorted(waits)
        assert waits[0] > timedelta(minutes=30)
        httpserver.clear()
        _serve(httpserver, "/feed", 1)
        assert [report.outcome for report in desk.poll_due()] == ["changed"]
        assert desk.feed().failures == 0


class TestOverload:
    """429 and 503 (RFC 6585, section 4; RFC 9110, section 15.6.4)."""

    @pytest.mark.parametrize("status", [429, 503])
    def test_retry_after_is_obeyed_by_everybody(self, desk: Desk, httpserver: HTTPServer, status: int) -> None:
        """Until the time that the server named nobody asks: no tick, no command, no entry of that feed."""
        httpserver.expect_request("/feed").respond_with_data("", status=status, headers={"Retry-After": "7200"})
        desk.poll()
        assert desk.feed().wait_until == BEGIN + timedelta(hours=2)
        desk.later(hours=1.9)
        assert desk.poll_due() == []
        (report,) = desk.poll("partner")
        assert (report.outcome, report.failed) == ("waiting", False)
        assert "left alone until 2026-11-24 14:00 UTC" in str(report.note)
        assert len(httpserver.log) == 1
        desk.later(hours=0.2)
        desk.poll_due()
        assert len(httpserver.log) == 2


class TestPace:
    """What an answer says about the next poll."""

    def test_hints_move_the_next_poll(self, engine: sa.Engine, httpserver: HTTPServer) -> None:
        """max-age, ttl and skipHours count where sources.yaml leaves them room, and a 304's max-age too."""
        head = "<ttl>120</ttl><skipHours><hour>14</hour><hour>15</hour></skipHours>"
        httpserver.expect_request("/feed").respond_with_data(rss([item(1)], channel=head))
        desk = Desk(engine=engine, partners=(partner(httpserver.url_for("/feed"), slowest=timedelta(days=1)),))
        desk.poll()
        assert desk.feed().next_poll_at == BEGIN + timedelta(hours=4)
        httpserver.clear()
        httpserver.expect_request("/feed").respond_with_data(
            rss([item(1)], channel=head), headers={"Cache-Control": "max-age=36000"}
        )
        desk.poll()
        assert desk.feed().next_poll_at == BEGIN + timedelta(hours=10)

    def test_a_feed_that_rarely_changes_is_polled_rarely(self, engine: sa.Engine, httpserver: HTTPServer) -> None:
        """With room in sources.yaml, a feed of one item in two days is asked once a day; after a change, sooner."""
        desk = Desk(engine=engine, partners=(partner(httpserver.url_for("/feed"), slowest=timedelta(days=1)),))
        for number in range(1, 5):
            httpserver.clear()
            _serve(httpserver, "/feed", *range(1, number + 1))
            desk.poll()
            desk.later(days=2)
        desk.poll()
        assert desk.feed().next_poll_at == desk.now + timedelta(days=1)


class TestFailingForDays:
    """A feed that no longer works is not asked for ever, and not in silence."""

    def test_it_is_parked_reported_and_resumed(self, desk: Desk, httpserver: HTTPServer) -> None:
        """After days of failures no tick asks it; a command that names its partner does, and success resumes it."""
        httpserver.expect_request("/feed").respond_with_data("", status=500)
        while desk.feed().standing is Standing.ACTIVE if httpserver.log else True:
            assert desk.poll_due(), "it is asked until it is parked"
            assert desk.now - BEGIN < timedelta(days=6)
            desk.now = max(desk.feed().next_poll_at, desk.now)
        assert desk.now - BEGIN >= timedelta(days=3)
        asked = len(httpserver.log)
        desk.later(days=30)
        assert desk.poll_due() == []
        (unnamed,) = desk.poll()
        assert (unnamed.outcome, unnamed.failed) == ("parked", True)
        assert "resume" in str(unnamed.error)
        assert len(httpserver.log) == asked
        httpserver.clear()
        _serve(httpserver, "/feed", 1)
        (named,) = desk.poll("partner")
        assert (named.outcome, desk.feed().standing) == ("changed", Standing.ACTIVE)

    def test_a_bad_hour_does_not_park(self, desk: Desk, httpserver: HTTPServer) -> None:
        """Many failures within a short time are no reason to give up."""
        httpserver.expect_request("/feed").respond_with_data("", status=502)
        for _ in range(20):
            desk.poll()
        assert desk.feed().standing is Standing.ACTIVE
        assert desk.feed().failures == 20


def test_what_is_unchanged_is_not_read_again(desk: Desk, httpserver: HTTPServer) -> None:
    """Without validators the body's hash tells that nothing changed."""
    _serve(httpserver, "/feed", 1, 2)
    assert [desk.poll()[0].outcome for _ in range(2)] == ["changed", "unchanged"]
    assert desk.feed().last_changed_at == BEGIN


def test_entries_that_wait_do_not_hasten_the_poll(desk: Desk, httpserver: HTTPServer) -> None:
    """An entry that is due again is taken up without asking for the feed before its time."""
    _serve(httpserver, "/feed", 1)
    desk.poll()
    desk.later(minutes=5)
    (report,) = desk.poll_due()
    assert report.outcome == "waiting"
    assert len(httpserver.log) == 1


def test_a_feed_that_was_just_named_is_polled_at_the_first_look(desk: Desk, httpserver: HTTPServer) -> None:
    """The very look that finds a new feed in sources.yaml polls it, though time goes on meanwhile."""
    moments = itertools.count()

    async def work(tools: Tools) -> int:
        ticking = replace(tools, clock=lambda: BEGIN + timedelta(microseconds=next(moments)))
        return len(due_jobs(ticking))

    assert asyncio.run(desk.working(work)) == 1
