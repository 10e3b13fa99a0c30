"""The same item, a changed one, another one: over polls of feeds whose GUIDs, links and stamps drift."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from pytest_httpserver import HTTPServer

from ingest.store import entries
from ingest.store.database import write
from tests.ingest.polling import Desk, item, partner, rss


@pytest.fixture
def desk(engine: sa.Engine, httpserver: HTTPServer) -> Desk:
    """Return a desk with one feed, /feed."""
    return Desk(engine=engine, partners=(partner(httpserver.url_for("/feed")),))


def _poll(desk: Desk, server: HTTPServer, *items: dict[str, str]) -> tuple[int, int]:
    """Serve these items, poll, and return how many were new and how many changed."""
    server.clear()
    server.expect_request("/feed").respond_with_data(rss(items))
    (report,) = desk.poll()
    assert report.error is None
    return report.remembered.new, report.remembered.changed


def _guids(*guids: str) -> list[dict[str, str]]:
    return [item(number, guid=guid) for number, guid in enumerate(guids)]


class TestDriftingGuids:
    """None of it makes duplicates or loses items."""

    def test_all_guids_equal(self, desk: Desk, httpserver: HTTPServer) -> None:
        """A feed that gives every item the same GUID has all its items (miniflux #4197)."""
        assert _poll(desk, httpserver, *_guids("x", "x", "x")) == (3, 0)
        assert _poll(desk, httpserver, *_guids("x", "x", "x", "x")) == (1, 0)

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            (["http://partner.example/?p=1"], ["https://partner.example/?p=1"]),
            (["Harbour opens 1"], ["Harbour opens at last 1"]),
            (["/1"], ["https://partner.example/1"]),
            (["a", "b", "c"], ["d", "e", "f"]),
            (["a", "b"], ["b", "a"]),
        ],
        ids=["http to https", "headline inside", "relative to absolute", "all at once", "swapped"],
    )
    def test_guids_that_change(self, desk: Desk, httpserver: HTTPServer, before: list[str], after: list[str]) -> None:
        """New GUIDs for known links bring nothing (feedbin support #431, miniflux #2358, reader #79)."""
        assert _poll(desk, httpserver, *_guids(*before)) == (len(before), 0)
        assert _poll(desk, httpserver, *_guids(*after)) == (0, 0)
        assert len(desk.entries()) == len(before)

    def test_500_new_guids_at_once(self, desk: Desk, httpserver: HTTPServer) -> None:
        """A feed whose GUIDs all change at once has no new item."""
        items = [item(number) for number in range(500)]
        assert _poll(desk, httpserver, *items) == (500, 0)
        assert _poll(desk, httpserver, *(one | {"guid": f"tag:{n}"} for n, one in enumerate(items))) == (0, 0)

    def test_a_guid_used_again_for_another_article(self, desk: Desk, httpserver: HTTPServer) -> None:
        """Another headline under another link is another item, whatever its GUID (feedbin #604, miniflux #3186)."""
        assert _poll(desk, httpserver, item(1, guid="today")) == (1, 0)
        assert _poll(desk, httpserver, item(2, guid="today")) == (1, 0)
        assert [row.url for row in desk.entries()] == ["https://partner.example/1", "https://partner.example/2"]

    def test_a_moved_link_with_its_guid(self, desk: Desk, httpserver: HTTPServer) -> None:
        """An item of the same GUID and headline at another address is the same item, and is found there again."""
        moved = item(1) | {"link": "https://partner.example/2026/one"}
        assert _poll(desk, httpserver, item(1)) == (1, 0)
        assert _poll(desk, httpserver, moved) == (0, 0)
        assert _poll(desk, httpserver, moved) == (0, 0)
        assert [row.url for row in desk.entries()] == ["https://partner.example/2026/one"]

    def test_a_second_item_of_one_link(self, desk: Desk, httpserver: HTTPServer) -> None:
        """When a second item of one link comes and the first one goes, each stays the item that it was."""
        one = item(1, guid="one")
        two = item(1, guid="two", title="Another", description="Other words")
        assert _poll(desk, httpserver, one) == (1, 0)
        assert _poll(desk, httpserver, two, one) == (1, 0)
        assert _poll(desk, httpserver, two) == (0, 0)
        assert _poll(desk, httpserver, one, two) == (0, 0)
        assert [row.guid for row in desk.entries()] == ["one", "two"]


class TestLateItems:
    """There is no high-water mark (superdesk-core RSS)."""

    def test_late_and_back_dated_items_are_kept(self, desk: Desk, httpserver: HTTPServer) -> None:
        """An item that comes late, below others or dated years ago, is as new as any."""
        newest = item(9, pubDate="Tue, 24 Nov 2026 09:00:00 GMT")
        _poll(desk, httpserver, newest)
        late = item(3, pubDate="Mon, 23 Nov 2026 09:00:00 GMT")
        old = item(4, pubDate="Mon, 01 Jan 2001 09:00:00 GMT")
        assert _poll(desk, httpserver, newest, late, old) == (2, 0)

    def test_a_re_dated_item_is_the_same(self, desk: Desk, httpserver: HTTPServer) -> None:
        """Another date of publication alone changes nothing (superdesk-core #1694)."""
        _poll(desk, httpserver, item(1, pubDate="Mon, 23 Nov 2026 09:00:00 GMT"))
        assert _poll(desk, httpserver, item(1, pubDate="Tue, 24 Nov 2026 09:00:00 GMT")) == (0, 0)

    def test_an_item_that_left_and_returns_is_known(self, desk: Desk, httpserver: HTTPServer) -> None:
        """What was seen once is never new again (friendica #7142, lamb #415)."""
        _poll(desk, httpserver, item(1), item(2))
        _poll(desk, httpserver, item(2))
        assert _poll(desk, httpserver, item(1), item(2)) == (0, 0)


class TestStamps:
    """Some feeds stamp every item anew at each poll."""

    def _stamped(self, desk: Desk, server: HTTPServer, minute: int, words: str = "Words") -> int:
        """Poll a feed whose item bears a new time of update; return how many pages would be fetched now."""
        stamp = f"2026-11-24T12:{minute:02}:00Z"
        server.clear()
        server.expect_request("/feed").respond_with_data(
            '<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><entry><id>1</id><title>One</title>'
            f'<link href="https://partner.example/1"/><updated>{stamp}</updated><summary>{words}</summary>'
            "</entry></feed>"
        )
        desk.poll()
        due = [row for row in desk.entries("pending") if row.due_at <= desk.now]
        with write(desk.engine) as connection:
            for row in due:
                connection.execute(
                    sa.text("UPDATE entry SET state = 'done', document = NULL WHERE id = :id"), {"id": row.id}
                )
        return len(due)

    def test_a_changed_stamp_alone_does_not_fetch_all_pages_at_each_poll(
        self, desk: Desk, httpserver: HTTPServer
    ) -> None:
        """The first new stamp is believed; when nothing comes of it the next waits, longer each time."""
        fetched = 0
        for poll in range(48):
            fetched += self._stamped(desk, httpserver, poll)
            desk.later(minutes=30)
        # At first sight, at the first stamp, then after 6 h, and a day.
        assert 3 <= fetched <= 4

    def test_changed_words_are_fetched_at_once(self, desk: Desk, httpserver: HTTPServer) -> None:
        """Among however many empty stamps, new words are never put off."""
        for poll in range(5):
            self._stamped(desk, httpserver, poll)
        assert self._stamped(desk, httpserver, 30, words="Other words") == 1

    def test_in_a_whole_text_feed_a_stamp_says_nothing(self, engine: sa.Engine, httpserver: HTTPServer) -> None:
        """Where the feed holds the article, its words tell whether it changed."""
        desk = Desk(engine=engine, partners=(partner(httpserver.url_for("/feed"), full_text=True),))
        assert [self._stamped(desk, httpserver, poll) for poll in range(3)] == [1, 0, 0]


class TestFloods:
    """Many new items at once are no ordinary news."""

    def test_a_flood_is_held_and_released(self, desk: Desk, httpserver: HTTPServer) -> None:
        """500 new items on a known feed are kept, but not fetched until a person says so; nothing is lost."""
        _poll(desk, httpserver, *(item(n) for n in range(10)))
        desk.settle_all()
        httpserver.clear()
        httpserver.expect_request("/feed").respond_with_data(rss(item(n) for n in range(10, 510)))
        (report,) = desk.poll()
        assert (report.remembered.new, report.remembered.held, report.failed) == (0, 500, True)
        assert "release-flood" in str(report.note)
        assert desk.entries("pending") == []
        assert {row.error for row in desk.entries("flood")} == {"500 new items at once, more than 40"}
        with write(desk.engine) as connection:
            assert entries.release(connection, [desk.feed().id], state="flood", now=desk.now) == 500
        assert len(desk.entries("pending")) == 500

    def test_news_goes_on_beside_a_flood(self, desk: Desk, httpserver: HTTPServer) -> None:
        """What comes after a flood is news as ever, and what is held stays held when it changes."""
        _poll(desk, httpserver, item(0))
        _poll(desk, httpserver, *(item(n) for n in range(100, 200)))
        changed = [item(n, description="New words") for n in range(100, 200)]
        assert _poll(desk, httpserver, item(1), *changed) == (1, 100)
        assert len(desk.entries("flood")) == 100
        assert [row.headline for row in desk.entries("pending")] == ["Headline 0", "Headline 1"]

    def test_a_first_document_is_no_flood(self, desk: Desk, httpserver: HTTPServer) -> None:
        """A feed that was just added may be as long as it is."""
        assert _poll(desk, httpserver, *(item(n) for n in range(300))) == (300, 0)

    def test_what_is_usual_is_no_flood(self, desk: Desk, httpserver: HTTPServer) -> None:
        """A feed that brings dozens at a time may bring three times as many."""
        _poll(desk, httpserver, item(0))
        assert _poll(desk, httpserver, *(item(n) for n in range(100, 140))) == (40, 0)
        assert _poll(desk, httpserver, *(item(n) for n in range(200, 320))) == (120, 0)
        assert _poll(desk, httpserver, *(item(n) for n in range(1000, 1400))) == (0, 0)

    def test_old_items_under_new_addresses_are_a_flood(self, desk: Desk, httpserver: HTTPServer) -> None:
        """A site that moved, links and GUIDs and all, does not send its old items through again."""
        old = [item(n) for n in range(20)]
        moved = [one | {"link": one["link"] + "/new", "guid": f"new {n}"} for n, one in enumerate(old)]
        _poll(desk, httpserver, *old)
        desk.settle_all()
        assert _poll(desk, httpserver, *moved) == (0, 0)
        assert "headlines that the feed had already" in desk.entries("flood")[0].error

    def test_a_feed_may_be_allowed_more(self, engine: sa.Engine, httpserver: HTTPServer) -> None:
        """`flood` in sources.yaml is the newsroom's word on how much is too much."""
        desk = Desk(engine=engine, partners=(partner(httpserver.url_for("/feed"), flood=5),))
        _poll(desk, httpserver, item(0))
        assert _poll(desk, httpserver, *(item(n) for n in range(10, 16))) == (0, 0)
        assert len(desk.entries("flood")) == 6
