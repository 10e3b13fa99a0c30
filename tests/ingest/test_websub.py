"""WebSub over real sockets: a hub of our own, our listener, pushes honest and not."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest
import sqlalchemy as sa
from pytest_httpserver import HTTPServer

from ingest.errors import ConfigError
from ingest.jobs import due_jobs
from ingest.report import PollReport
from ingest.store import subscriptions
from ingest.store.database import read
from ingest.store.subscriptions import Subscription
from ingest.tools import Tools
from ingest.websub import subscribe_due
from ingest.websub.signature import is_signed
from ingest.work import Hosts
from publish.callback import answering_hubs
from tests.ingest.polling import Desk, item, partner, rss


@dataclass(kw_only=True)
class Room:
    """A newsroom with its listener open, and the hub's view of it."""

    tools: Tools
    hosts: Hosts
    client: httpx.AsyncClient
    callback: str
    reports: list[PollReport]

    async def poll(self) -> None:
        """Poll what is due, and wait."""
        self.hosts.submit(due_jobs(self.tools))
        await self.hosts.join()

    async def subscribe(self) -> int:
        """Ask the hubs."""
        return await subscribe_due(self.tools, callback=self.callback)

    def subscription(self) -> Subscription:
        """Return the one subscription."""
        with read(self.tools.engine) as connection:
            (found,) = subscriptions.all_by_feed(connection).values()
        return found

    async def verify(self, **changed: str) -> httpx.Response:
        """Verify as the hub does."""
        found = self.subscription()
        said = {"mode": "subscribe", "topic": found.topic, "challenge": "c-1", "lease_seconds": "86400"} | changed
        query = {f"hub.{name}": value for name, value in said.items()}
        return await self.client.get(self.callback + found.token, params=query)

    async def push(self, body: bytes, *, secret: str | None = None, method: str = "sha256") -> httpx.Response:
        """Push a document as the hub does, signed."""
        found = self.subscription()
        digest = hmac.new((secret or found.secret).encode(), body, getattr(hashlib, method)).hexdigest()
        headers = {"X-Hub-Signature": f"{method}={digest}", "Content-Type": "application/rss+xml"}
        answer = await self.client.post(self.callback + found.token, content=body, headers=headers)
        await self.hosts.join()
        return answer


def _with_room(desk: Desk, story: Callable[[Room], Awaitable[None]]) -> list[PollReport]:
    async def main(tools: Tools) -> list[PollReport]:
        reports: list[PollReport] = []
        async with _room(tools, reports) as room:
            await story(room)
        return reports

    return asyncio.run(desk.working(main))


@asynccontextmanager
async def _room(tools: Tools, reports: list[PollReport]) -> AsyncIterator[Room]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    hosts = Hosts(tools=tools, at_once=4, on_done=reports.append)
    callback = f"http://127.0.0.1:{port}/websub/"
    async with (
        answering_hubs(tools, hosts, callback=callback, listen=f"127.0.0.1:{port}"),
        httpx.AsyncClient(trust_env=False) as client,
    ):
        yield Room(tools=tools, hosts=hosts, client=client, callback=callback, reports=reports)


def _document(server: HTTPServer, *numbers: int) -> bytes:
    links = f'<atom:link rel="hub" href="{server.url_for("/hub")}"/>'
    links += f'<atom:link rel="self" href="{server.url_for("/feed")}"/>'
    return rss((item(n) for n in numbers), channel=links)


@pytest.fixture
def desk(engine: sa.Engine, httpserver: HTTPServer) -> Desk:
    """Return a desk with one feed, /feed, that names a hub, /hub."""
    httpserver.expect_request("/feed").respond_with_data(_document(httpserver, 1))
    httpserver.expect_request("/hub", method="POST").respond_with_data("", status=202)
    return Desk(engine=engine, partners=(partner(httpserver.url_for("/feed")),))


def _hub_was_asked(server: HTTPServer) -> list[dict[str, str]]:
    posts = [request for request, _ in server.log if request.path == "/hub"]
    return [{name: values[0] for name, values in parse_qs(post.get_data(as_text=True)).items()} for post in posts]


class TestSubscribing:
    """WebSub, section 5."""

    def test_a_hub_is_asked_and_verifies(self, desk: Desk, httpserver: HTTPServer) -> None:
        """The hub gets topic, callback, secret and lease; its challenge is echoed; then it is asked no more."""

        async def story(room: Room) -> None:
            await room.poll()
            assert await room.subscribe() == 1
            (asked,) = _hub_was_asked(httpserver)
            found = room.subscription()
            assert asked == {
                "hub.mode": "subscribe",
                "hub.topic": httpserver.url_for("/feed"),
                "hub.callback": room.callback + found.token,
                "hub.secret": found.secret,
                "hub.lease_seconds": "864000",
            }
            answer = await room.verify()
            assert (answer.status_code, answer.text) == (200, "c-1")
            assert answer.headers["content-type"].startswith("text/plain")
            assert room.subscription().state == "active"
            assert room.subscription().lease_until == desk.now + timedelta(days=1)
            assert await room.subscribe() == 0

        _with_room(desk, story)

    def test_a_lease_is_renewed_before_it_ends(self, desk: Desk, httpserver: HTTPServer) -> None:
        """A tenth of the lease before its end the hub is asked again, for the same callback and secret."""

        async def story(room: Room) -> None:
            await room.poll()
            await room.subscribe()
            await room.verify()
            desk.later(hours=21)
            assert await room.subscribe() == 0
            desk.later(hours=1)
            assert await room.subscribe() == 1
            first, second = _hub_was_asked(httpserver)
            assert first == second
            assert (await room.verify()).status_code == 200
            assert room.subscription().lease_until == desk.now + timedelta(days=1)

        _with_room(desk, story)

    @pytest.mark.parametrize(
        "changed", [{"topic": "https://other.example/"}, {"mode": "unsubscribe"}, {"challenge": ""}, {"mode": "x"}]
    )
    def test_what_we_did_not_ask_for_is_not_verified(self, desk: Desk, changed: dict[str, str]) -> None:
        """Another topic, an unsubscription or no challenge is answered 404 (section 5.3.1)."""

        async def story(room: Room) -> None:
            await room.poll()
            await room.subscribe()
            assert (await room.verify(**changed)).status_code == 404
            assert room.subscription().state == "asked"
            unknown = await room.client.get(room.callback + "x", params={"hub.mode": "subscribe"})
            assert unknown.status_code == 404

        _with_room(desk, story)

    def test_a_late_verification_is_refused(self, desk: Desk) -> None:
        """A verification of days ago is not ours any more."""

        async def story(room: Room) -> None:
            await room.poll()
            await room.subscribe()
            desk.later(days=2)
            assert (await room.verify()).status_code == 404

        _with_room(desk, story)

    def test_a_refusal_is_kept_with_its_reason(self, desk: Desk) -> None:
        """A hub that denies is left alone for days (section 5.2)."""

        async def story(room: Room) -> None:
            await room.poll()
            await room.subscribe()
            assert (await room.verify(mode="denied", reason="not on our list")).status_code == 200
            assert (room.subscription().state, room.subscription().error) == ("denied", "not on our list")
            desk.later(days=1)
            assert await room.subscribe() == 0

        _with_room(desk, story)

    def test_a_hub_that_fails_is_asked_again_later(self, desk: Desk, httpserver: HTTPServer) -> None:
        """A hub's error is kept, and hinders no poll."""
        httpserver.clear()
        httpserver.expect_request("/feed").respond_with_data(_document(httpserver, 1))
        httpserver.expect_request("/hub").respond_with_data("", status=500)

        async def story(room: Room) -> None:
            await room.poll()
            await room.subscribe()
            assert (room.subscription().state, room.subscription().error) == ("failed", "the hub answers 500")
            assert await room.subscribe() == 0
            desk.later(hours=7)
            assert await room.subscribe() == 1

        _with_room(desk, story)

    def test_a_hub_at_a_private_address_is_refused(self, desk: Desk, httpserver: HTTPServer) -> None:
        """A feed cannot make us post to the newsroom's own network."""
        document = _document(httpserver, 1).replace(httpserver.url_for("/hub").encode(), b"http://10.0.0.1/hub")
        httpserver.clear()
        httpserver.expect_request("/feed").respond_with_data(document)

        async def story(room: Room) -> None:
            await room.poll()
            await room.subscribe()
            assert "no public address" in str(room.subscription().error)

        _with_room(desk, story)


class TestEnding:
    """WebSub, section 5.1: a hub is told when we want no more."""

    @pytest.mark.parametrize("why", ["the feed is removed", "the partner is removed", "it names no hub"])
    def test_a_hub_is_told_to_stop_and_verifies_it(self, desk: Desk, httpserver: HTTPServer, why: str) -> None:
        """A feed that went, or names no hub any more: one request, one verified end, and later pushes get 410."""

        async def story(room: Room) -> None:
            await room.poll()
            await room.subscribe()
            await room.verify()
            found = room.subscription()
            if why == "it names no hub":
                httpserver.clear_all_handlers()
                httpserver.expect_request("/hub", method="POST").respond_with_data("", status=202)
                httpserver.expect_request("/feed").respond_with_data(rss([item(1), item(2)]))
                desk.now += timedelta(hours=12)
                await room.poll()
            else:
                removed = replace(desk.partners[0], feeds=())
                desk.partners = (removed,) if why == "the feed is removed" else ()
            assert await room.subscribe() == 1
            assert _hub_was_asked(httpserver)[-1] == {
                "hub.mode": "unsubscribe",
                "hub.topic": found.topic,
                "hub.callback": room.callback + found.token,
            }
            assert room.subscription().state == "ending"
            assert (await room.verify(mode="subscribe")).status_code == 404
            answer = await room.verify(mode="unsubscribe")
            assert (answer.status_code, answer.text) == (200, "c-1")
            with read(room.tools.engine) as connection:
                assert subscriptions.all_by_feed(connection) == {}
            assert (await room.client.post(room.callback + found.token, content=b"x")).status_code == 410
            assert await room.subscribe() == 0

        _with_room(desk, story)

    def test_another_hub_is_asked_once_the_old_one_let_go(self, desk: Desk, httpserver: HTTPServer) -> None:
        """A feed that names another hub is ended at the old one, then subscribed at the new one, with new secrets."""

        async def story(room: Room) -> None:
            await room.poll()
            await room.subscribe()
            await room.verify()
            old = room.subscription()
            moved = _document(httpserver, 1, 2).replace(b"/hub", b"/other-hub")
            httpserver.clear_all_handlers()
            httpserver.expect_request("/feed").respond_with_data(moved)
            httpserver.expect_request("/hub", method="POST").respond_with_data("", status=202)
            httpserver.expect_request("/other-hub", method="POST").respond_with_data("", status=202)
            desk.now += timedelta(hours=12)
            await room.poll()
            await room.subscribe()
            assert (room.subscription().state, room.subscription().hub) == ("ending", old.hub)
            await room.verify(mode="unsubscribe")
            assert await room.subscribe() == 1
            new = room.subscription()
            assert (new.hub, new.state) == (httpserver.url_for("/other-hub"), "asked")
            assert new.token != old.token
            assert new.secret != old.secret

        _with_room(desk, story)

    @pytest.mark.parametrize("status", [202, 500])
    def test_a_hub_that_does_not_let_go_is_left(self, desk: Desk, httpserver: HTTPServer, status: int) -> None:
        """One that fails is forgotten at once, one that never verifies in time: its pushes get 410."""

        async def story(room: Room) -> None:
            await room.poll()
            await room.subscribe()
            await room.verify()
            httpserver.clear_all_handlers()
            httpserver.expect_request("/hub", method="POST").respond_with_data("", status=status)
            desk.partners = ()
            await room.subscribe()
            desk.now += timedelta(days=1)
            await room.subscribe()
            with read(room.tools.engine) as connection:
                assert subscriptions.all_by_feed(connection) == {}

        _with_room(desk, story)

    def test_a_hub_may_not_end_what_we_want(self, desk: Desk) -> None:
        """An end that we did not ask for is not verified."""

        async def story(room: Room) -> None:
            await room.poll()
            await room.subscribe()
            await room.verify()
            assert (await room.verify(mode="unsubscribe")).status_code == 404
            assert room.subscription().state == "active"

        _with_room(desk, story)


class TestPushes:
    """WebSub, section 7."""

    def test_a_push_goes_the_way_of_a_poll(self, desk: Desk, httpserver: HTTPServer) -> None:
        """New items of a pushed document are remembered, known ones are not; polls become rare meanwhile."""

        async def story(room: Room) -> None:
            await room.poll()
            await room.subscribe()
            await room.verify()
            assert (await room.push(_document(httpserver, 1, 2))).status_code == 202

        reports = _with_room(desk, story)
        assert [(r.outcome, r.remembered.new) for r in reports] == [("changed", 1), ("changed", 1)]
        assert [row.headline for row in desk.entries()] == ["Headline 1", "Headline 2"]
        assert desk.feed().pushed_at == desk.now
        assert desk.feed().next_poll_at == desk.now + timedelta(hours=4)

    def test_new_items_alone_may_be_pushed(self, desk: Desk, httpserver: HTTPServer) -> None:
        """A push without the feed's older items or links loses neither."""

        async def story(room: Room) -> None:
            await room.poll()
            await room.subscribe()
            await room.push(rss([item(2)]))
            desk.later(days=1)
            await room.poll()

        _with_room(desk, story)
        assert len(desk.entries()) == 2
        assert desk.feed().hub == httpserver.url_for("/hub")

    def test_a_push_that_is_no_feed_is_a_hint(self, desk: Desk, httpserver: HTTPServer) -> None:
        """The feed itself is asked then, and its failures are not counted for it."""

        async def story(room: Room) -> None:
            await room.poll()
            await room.subscribe()
            httpserver.clear()
            httpserver.expect_request("/feed").respond_with_data(_document(httpserver, 1, 2))
            await room.push(b"something is new")

        reports = _with_room(desk, story)
        assert reports[-1].remembered.new == 1
        assert desk.feed().failures == 0

    @pytest.mark.parametrize("wrong", ["secret", "sha1", "none"])
    def test_a_push_that_is_not_signed_well_is_ignored(self, desk: Desk, httpserver: HTTPServer, wrong: str) -> None:
        """Another secret, SHA-1 or none: the answer is the same, and nothing is taken."""

        async def story(room: Room) -> None:
            await room.poll()
            await room.subscribe()
            body = _document(httpserver, 1, 2)
            if wrong == "none":
                answer = await room.client.post(room.callback + room.subscription().token, content=body)
            elif wrong == "sha1":
                answer = await room.push(body, method="sha1")
            else:
                answer = await room.push(body, secret="guessed")
            assert answer.status_code == 202

        _with_room(desk, story)
        assert len(desk.entries()) == 1
        assert desk.feed().pushed_at is None

    def test_a_body_has_its_cap(self, desk: Desk) -> None:
        """More than a feed may hold is not taken into memory."""

        async def flood() -> AsyncIterator[bytes]:
            for _ in range(200):
                yield bytes(100_000)

        async def story(room: Room) -> None:
            await room.poll()
            await room.subscribe()
            url = room.callback + room.subscription().token
            try:
                answer = await room.client.post(url, content=flood())
            except httpx.TransportError:
                return  # It hung up on us in the middle, which is as good.
            assert answer.status_code == 413

        _with_room(desk, story)

    def test_an_unknown_callback_is_gone(self, desk: Desk) -> None:
        """410 tells a hub to stop."""

        async def story(room: Room) -> None:
            assert (await room.client.post(room.callback + "x", content=b"x")).status_code == 410

        _with_room(desk, story)


@pytest.mark.parametrize("method", ["sha256", "sha384", "sha512"])
def test_signatures(method: str) -> None:
    """Each method is computed over the body as it came; anything else is no signature."""
    good = hmac.new(b"s", b"body", getattr(hashlib, method)).hexdigest()
    assert is_signed(b"body", f"{method}={good}", secret="s")
    assert is_signed(b"body", f" {method} = {good.upper()} ", secret="s")
    others: list[Any] = [None, "", good, f"{method}=", f"{method}={good[:-1]}", f"md5={good}", f"{method}={good}0"]
    assert not any(is_signed(b"body", other, secret="s") for other in others)
    assert not is_signed(b"body2", f"{method}={good}", secret="s")


def test_a_place_that_is_taken_is_told(desk: Desk) -> None:
    """A port in use ends `reprint run` with what to change."""

    async def main(tools: Tools) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            hosts = Hosts(tools=tools, at_once=1, on_done=lambda _report: None)
            listen = f"127.0.0.1:{taken.getsockname()[1]}"
            with pytest.raises(ConfigError, match="REPRINT_CALLBACK_LISTEN"):
                async with answering_hubs(tools, hosts, callback="http://x.example/", listen=listen):
                    pass

    asyncio.run(desk.working(main))
