"""Hostile servers over the whole poll: a clear error each, memory bounded, the other feeds unaffected, nothing lost."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable
from functools import cache

import pytest
import sqlalchemy as sa

from ingest.jobs import all_jobs
from ingest.report import PollReport
from ingest.tools import Tools
from ingest.work import drain
from tests.ingest.fetch.servers import Handler, bounded_memory, coded, raw_server, saying
from tests.ingest.polling import Desk, item, partner, rss

GOOD = rss([item(1)])


def _http(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def _moved(location: str) -> Handler:
    return saying(_http(b"", f"Location: {location}", status="301 Moved"))


@cache
def _bomb(coding: str) -> Handler:
    return saying(_http(coded(bytes(200_000_000), coding), f"Content-Encoding: {coding}"))


async def _endless(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n<rss><channel>")
    while True:
        writer.write(b"<item><title>x</title></item>" * 2000)
        await writer.drain()


async def _slow(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while True:
        writer.write(b"<")
        await writer.drain()
        await asyncio.sleep(0.05)


async def _header_flood(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X-Flood: " + b"x" * 8000 + b"\r\n")
        await writer.drain()


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12))
    + b"]><rss><channel><title>&m;</title></channel></rss>"
)
DEEP = b"<rss><channel>" + b"<a>" * 300_000 + b"</channel></rss>"

HOSTILE: dict[str, tuple[Callable[[str], Handler], str]] = {
    "loopback by decimal": (lambda _: _moved("http://2130706433:9/"), "no public address|belongs to another"),
    "metadata by redirect": (lambda _: _moved("http://169.254.169.254/latest/"), "no public address"),
    "mapped IPv6 by redirect": (lambda _: _moved("http://[::ffff:10.0.0.1]/"), "no public address"),
    "a file by redirect": (lambda _: _moved("file:///etc/passwd"), "does not begin with http"),
    "a redirect loop": (lambda base: _moved(f"{base}/feed"), "more than 10 redirects"),
    "a gzip bomb": (lambda _: _bomb("gzip"), "more than 10485760 bytes"),
    "a brotli bomb": (lambda _: _bomb("br"), "more than 10485760 bytes"),
    "a zstd bomb": (lambda _: _bomb("zstd"), "more than 10485760 bytes"),
    "an endless body": (lambda _: _endless, "more than 10485760 bytes"),
    "a slow loris": (lambda _: _slow, "no complete answer within"),
    "a header flood": (lambda _: _header_flood, "exchange failed"),
    "no HTTP": (lambda _: saying(b"SSH-2.0-OpenSSH\r\n"), "exchange failed"),
    "a web page": (lambda _: saying(_http(b"<!doctype html><title>Wall</title>")), "web page"),
    "an empty body": (lambda _: saying(_http(b"")), "empty"),
    "a deep document": (lambda _: saying(_http(DEEP)), "more than"),
    "half an answer": (lambda _: saying(_http(GOOD)[:-50]), "exchange failed"),
}


def _poll_beside_a_good_feed(desk: Desk, handler: Callable[[str], Handler]) -> tuple[PollReport, PollReport]:
    """Poll a hostile server and an honest one in one pass; return their reports."""

    async def work(tools: Tools) -> tuple[PollReport, PollReport]:
        current: Handler = saying()

        async def hostile(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await current(reader, writer)

        async with raw_server(hostile) as bad, raw_server(saying(_http(GOOD))) as good:
            current = handler(bad)
            desk.partners = (partner(f"{bad}/feed", key="bad"), partner(f"{good}/feed", key="good"))
            reports: list[PollReport] = []
            await drain(all_jobs(tools), tools=tools, hosts_at_once=4, on_done=reports.append)
        by_key = {report.partner: report for report in reports}
        return by_key["bad"], by_key["good"]

    return asyncio.run(desk.working(work))


@pytest.fixture
def desk(engine: sa.Engine) -> Desk:
    """Return a desk whose feeds are named in each test."""
    return Desk(engine=engine, partners=(), timeout=2.0)


@pytest.mark.parametrize("name", HOSTILE)
def test_each_is_a_clear_error_and_harms_nobody(desk: Desk, name: str) -> None:
    """The hostile feed's report says what, where and what to do; its neighbour is read; the store keeps the reason."""
    handler, says = HOSTILE[name]
    handler("http://made.example")  # A bomb takes memory to make, which is not the poll's.
    with bounded_memory(64):
        bad, good = _poll_beside_a_good_feed(desk, handler)
    assert bad.outcome == "failed"
    assert re.search(says, str(bad.error)), bad.error
    assert str(bad.error).startswith("http://")
    assert str(bad.error).endswith(")"), "it says what to do next"
    assert desk.feed(0).error == bad.error
    assert desk.feed(0).failures == 1
    assert (good.outcome, good.remembered.new) == ("changed", 1)


def test_a_feed_of_laughs_unfolds_to_nothing(desk: Desk) -> None:
    """Billion laughs take neither memory nor time, whether the feed is refused or read without them."""
    began = time.monotonic()
    with bounded_memory(64):
        _, good = _poll_beside_a_good_feed(desk, lambda _: saying(_http(LAUGHS)))
    assert time.monotonic() - began < 10
    assert good.outcome == "changed"


def test_external_entities_are_not_read(desk: Desk) -> None:
    """XXE brings no file's words into any entry."""
    feed = (
        b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel>'
        b"<item><title>A &x; B</title><link>https://bad.example/1</link></item></channel></rss>"
    )
    _poll_beside_a_good_feed(desk, lambda _: saying(_http(feed)))
    assert not any("root:" in str(row.document) for row in desk.entries())


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (
            rss([item(1, title="Café Zürich")]).decode().encode("utf-8"),
            ("Content-Type: text/xml; charset=iso-8859-1",),
        ),
        (rss([item(1, title="Ca\x00fé Zürich")]), ()),
        (GOOD.replace(b"Headline 1", "Café Zürich".encode()) + b"<garbage", ()),
    ],
    ids=["wrong charset", "NUL bytes", "garbage after"],
)
def test_damaged_feeds_are_read_as_far_as_they_go(desk: Desk, body: bytes, headers: tuple[str, ...]) -> None:
    """A lying charset, NUL bytes and garbage at the end cost no item and no letter (picoFeed #222)."""
    bad, _ = _poll_beside_a_good_feed(desk, lambda _: saying(_http(body, *headers)))
    assert (bad.outcome, bad.remembered.new) == ("changed", 1)
    assert "Café Zürich" in [row.headline for row in desk.entries()]


def test_truncated_xml_keeps_what_is_whole_and_loses_nothing(desk: Desk) -> None:
    """The cut item is set aside with its reason, and comes with the next whole document."""
    whole = rss(item(n, link=f"https://bad.example/{n}") for n in range(3))
    cut = whole[: whole.rindex(b"Words 2")]
    bad, _ = _poll_beside_a_good_feed(desk, lambda _: saying(_http(cut)))
    assert (bad.remembered.new, [aside.reason for aside in bad.remembered.set_aside]) == (
        2,
        ["the feed stops in the middle of this item"],
    )
    desk_url = desk.partners[0].feeds[0].url

    async def work(tools: Tools) -> list[PollReport]:
        reports: list[PollReport] = []
        port = int(desk_url.rsplit(":", 1)[1].split("/")[0])
        server = await asyncio.start_server(_serving(whole), "127.0.0.1", port)
        async with server:
            await drain(all_jobs(tools)[:1], tools=tools, hosts_at_once=1, on_done=reports.append)
        return reports

    (again,) = asyncio.run(desk.working(work))
    assert again.remembered.new == 1


def _serving(body: bytes) -> Handler:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(_http(body))
        await writer.drain()
        writer.close()

    return answer
