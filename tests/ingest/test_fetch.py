"""The fetcher against real servers on loopback: honest ones, lying ones and hostile ones."""

from __future__ import annotations

import asyncio
import gzip
import socket
import time
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import brotli  # type: ignore[import-untyped]  # ships no type information
import pytest
import zstandard
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from ingest.errors import (
    BlockedAddressError,
    ConfigError,
    FetchError,
    StatusError,
    TooLargeError,
    UnreachableError,
)
from ingest.fetch import Answer, Fetched, Fetcher, Gone, NotModified, Validators
from ingest.fetch.codings import CodingError, OverCapError, decode
from ingest.fetch.lanes import MAX_IDLE_LANES

T = TypeVar("T")
CAP = 100_000
LOOPBACK = ("127.0.0.0/8", "::1/128")


def fetch(
    url: str,
    *,
    validators: Validators | None = None,
    max_bytes: int = CAP,
    allowed: tuple[str, ...] = LOOPBACK,
    timeout: float = 10.0,
) -> Answer:
    """Get once, in an event loop of its own."""

    async def main() -> Answer:
        async with Fetcher(user_agent="reprint-tests/1", allowed_networks=allowed, timeout=timeout) as fetcher:
            return await fetcher.get(url, validators=validators, max_bytes=max_bytes)

    return asyncio.run(main())


def fetched(url: str, **options: Any) -> Fetched:
    """Get a document, which must come."""
    answer = fetch(url, **options)
    assert isinstance(answer, Fetched)
    return answer


Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def raw_server(handler: Handler) -> AsyncIterator[str]:
    """Serve what no honest HTTP library would; yields the base URL."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            await handler(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # The fetcher hung up or the test is over, which is the point of most of these tests.
        finally:
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


def against(handler: Handler, *, path: str = "/", max_bytes: int = CAP, timeout: float = 10.0) -> Answer:
    """Get once from a raw server."""

    async def main() -> Answer:
        async with (
            raw_server(handler) as base,
            Fetcher(user_agent="reprint-tests/1", allowed_networks=LOOPBACK, timeout=timeout) as fetcher,
        ):
            return await fetcher.get(base + path, max_bytes=max_bytes)

    return asyncio.run(main())


def saying(*parts: bytes) -> Handler:
    """Return a handler that writes these bytes and hangs up."""

    async def handler(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for part in parts:
            writer.write(part)
        await writer.drain()

    return handler


@contextmanager
def bounded_memory(megabytes: int) -> Iterator[None]:
    """Fail when more than that is allocated at once meanwhile."""
    tracemalloc.start()
    try:
        yield
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < megabytes * 1024 * 1024


class TestAnswers:
    """What an honest server says comes back as said."""

    def test_a_document_comes_with_its_headers(self, httpserver: HTTPServer) -> None:
        """Content, lower-case headers and validators come as served, and the time is ours and aware."""
        httpserver.expect_request("/feed").respond_with_data(
            b"<rss/>", headers={"ETag": '"a"', "Last-Modified": "Mon, 02 Nov 2026 10:00:00 GMT", "X-Odd": "1"}
        )
        answer = fetched(httpserver.url_for("/feed"))
        assert answer.content == b"<rss/>"
        assert answer.headers["x-odd"] == "1"
        assert answer.validators == Validators(etag='"a"', last_modified="Mon, 02 Nov 2026 10:00:00 GMT")
        assert answer.url == answer.final_url == answer.permanent_url == httpserver.url_for("/feed")
        assert abs(datetime.now(UTC) - answer.fetched_at) < timedelta(minutes=1)

    def test_the_server_learns_who_we_are(self, httpserver: HTTPServer) -> None:
        """Each request names us and the codings that we take."""
        httpserver.expect_request("/").respond_with_data(b"x")
        fetch(httpserver.url_for("/"))
        request, _ = httpserver.log[0]
        assert request.headers["User-Agent"] == "reprint-tests/1"
        assert request.headers["Accept-Encoding"] == "gzip, br, zstd, deflate"

    def test_cookies_are_not_kept(self, httpserver: HTTPServer) -> None:
        """A server's cookies are neither sent back at the next get nor handed on."""
        httpserver.expect_request("/").respond_with_data(b"x", headers={"Set-Cookie": "id=secret"})

        async def main() -> Answer:
            async with Fetcher(user_agent="t", allowed_networks=LOOPBACK) as fetcher:
                await fetcher.get(httpserver.url_for("/"), max_bytes=CAP)
                return await fetcher.get(httpserver.url_for("/"), max_bytes=CAP)

        answer = asyncio.run(main())
        assert isinstance(answer, Fetched)
        assert "set-cookie" not in answer.headers
        assert all("Cookie" not in request.headers for request, _ in httpserver.log)

    def test_nothing_new(self, httpserver: HTTPServer) -> None:
        """Validators are sent back byte for byte, and a 304 keeps those that it does not renew."""
        seen = Validators(etag='W/"\xe9"', last_modified="Mon, 02 Nov 2026 10:00:00 GMT")
        httpserver.expect_request("/").respond_with_data(b"", status=304, headers={"ETag": '"new"'})
        answer = fetch(httpserver.url_for("/"), validators=seen)
        assert isinstance(answer, NotModified)
        assert answer.validators == Validators(etag='"new"', last_modified=seen.last_modified)
        request, _ = httpserver.log[0]
        assert request.headers["If-None-Match"] == 'W/"\xe9"'
        assert request.headers["If-Modified-Since"] == seen.last_modified

    def test_an_unasked_304_is_no_answer(self, httpserver: HTTPServer) -> None:
        """A 304 without a condition would lose the document, so it is an error."""
        httpserver.expect_request("/").respond_with_data(b"", status=304)
        with pytest.raises(StatusError, match="304"):
            fetch(httpserver.url_for("/"))

    @pytest.mark.parametrize(("status", "permanent"), [(404, False), (410, True)])
    def test_what_is_gone(self, httpserver: HTTPServer, status: int, permanent: bool) -> None:
        """404 is gone for now, 410 for good."""
        httpserver.expect_request("/").respond_with_data(b"no", status=status)
        answer = fetch(httpserver.url_for("/"))
        assert isinstance(answer, Gone)
        assert (answer.status, answer.permanent) == (status, permanent)

    @pytest.mark.parametrize(
        ("status", "transient"), [(400, False), (401, False), (403, False), (429, True), (500, True), (503, True)]
    )
    def test_other_statuses_are_errors(self, httpserver: HTTPServer, status: int, transient: bool) -> None:
        """Any other status is an error that names itself, the URL and a next step."""
        url = httpserver.url_for("/x")
        httpserver.expect_request("/x").respond_with_data(b"no", status=status)
        with pytest.raises(StatusError) as caught:
            fetch(url)
        assert (caught.value.status, caught.value.transient, caught.value.where) == (status, transient, url)
        assert caught.value.next_step

    def test_half_a_document_is_no_answer(self, httpserver: HTTPServer) -> None:
        """A 206 that nobody asked for would pass half a document for the whole."""
        httpserver.expect_request("/").respond_with_data(b"<rss", status=206)
        with pytest.raises(StatusError, match="206"):
            fetch(httpserver.url_for("/"))

    @pytest.mark.parametrize(
        ("header", "seconds"),
        [
            ("120", 120),
            ("-5", None),
            ("soon", None),
            ("", None),
            ("9" * 40, 365 * 86400),
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ],
    )
    def test_retry_after_is_read(self, httpserver: HTTPServer, header: str, seconds: float | None) -> None:
        """Retry-After is seconds from now, whatever its form, and None where it is none."""
        httpserver.expect_request("/").respond_with_data(b"", status=503, headers={"Retry-After": header})
        with pytest.raises(StatusError) as caught:
            fetch(httpserver.url_for("/"))
        assert caught.value.retry_after == seconds

    def test_retry_after_may_be_a_date(self, httpserver: HTTPServer) -> None:
        """An HTTP date counts from now."""
        when = (datetime.now(UTC) + timedelta(hours=1)).strftime("%a, %d %b %Y %H:%M:%S GMT")
        httpserver.expect_request("/").respond_with_data(b"", status=429, headers={"Retry-After": when})
        with pytest.raises(StatusError) as caught:
            fetch(httpserver.url_for("/"))
        assert caught.value.retry_after == pytest.approx(3600, abs=60)


class TestRedirects:
    """Redirects are followed by hand, each hop guarded as the first."""

    def test_permanent_ones_are_told(self, httpserver: HTTPServer) -> None:
        """`permanent_url` is where 301 and 308 lead before the first other redirect."""
        for path, status, to in [("/a", 301, "/b"), ("/b", 308, "/c"), ("/c", 302, "/d"), ("/d", 301, "/e")]:
            httpserver.expect_request(path).respond_with_data(b"", status=status, headers={"Location": to})
        httpserver.expect_request("/e").respond_with_data(b"x")
        answer = fetched(httpserver.url_for("/a"))
        assert answer.final_url == httpserver.url_for("/e")
        assert answer.permanent_url == httpserver.url_for("/c")

    def test_temporary_ones_leave_the_address(self, httpserver: HTTPServer) -> None:
        """After a temporary redirect the permanent address is the one asked for."""
        httpserver.expect_request("/a").respond_with_data(b"", status=307, headers={"Location": "/b?x=1#top"})
        httpserver.expect_request("/b").respond_with_data(b"x")
        answer = fetched(httpserver.url_for("/a"))
        assert answer.final_url == httpserver.url_for("/b?x=1")
        assert answer.permanent_url == httpserver.url_for("/a")

    def test_a_loop_ends(self, httpserver: HTTPServer) -> None:
        """A redirect loop is an error after ten hops."""
        httpserver.expect_request("/").respond_with_data(b"", status=302, headers={"Location": "/"})
        with pytest.raises(FetchError, match="more than 10 redirects"):
            fetch(httpserver.url_for("/"))
        assert len(httpserver.log) == 11

    def test_a_cookie_wall_lets_us_through(self, httpserver: HTTPServer) -> None:
        """Cookies live for one get, as some sites redirect until they see theirs."""

        def wall(request: Request) -> Response:
            if request.cookies.get("seen"):
                return Response(b"x")
            return Response(status=302, headers={"Location": "/", "Set-Cookie": "seen=1"})

        httpserver.expect_request("/").respond_with_handler(wall)
        assert fetched(httpserver.url_for("/")).content == b"x"

    @pytest.mark.parametrize(
        "location",
        [
            "file:///etc/passwd",
            "ftp://a.example/",
            "//user:secret@a.example/",
            "http://10.0.0.1/",
            "http://[::ffff:169.254.169.254]/",
            "http://a.example:25/",
        ],
    )
    def test_hops_are_guarded(self, httpserver: HTTPServer, location: str) -> None:
        """A redirect to another scheme, a private address, another service's port or with credentials is refused."""
        url = httpserver.url_for("/a")
        httpserver.expect_request("/a").respond_with_data(b"", status=302, headers={"Location": location})
        with pytest.raises(BlockedAddressError) as caught:
            fetch(url)
        assert "secret" not in str(caught.value)

    def test_a_redirect_to_nowhere_names_its_status(self) -> None:
        """A 301 without a Location is told as that (miniflux #3412)."""
        with pytest.raises(StatusError, match="301"):
            against(saying(b"HTTP/1.1 301 Moved\r\nContent-Length: 0\r\n\r\n"))


class TestGuards:
    """Addresses that partners have no business naming (SSRF)."""

    @pytest.mark.parametrize(
        "host",
        [
            "127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0.0.0.0", "[::1]", "[::]",  # noqa: S104 - an address to ask, not to bind to
            "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]",
            "[::127.0.0.1]", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "[fd00::1]",
            "[fe80::1]", "224.0.0.1", "240.0.0.1", "255.255.255.255", "[ff02::1]", "192.0.2.1",
        ],
    )  # fmt: skip
    def test_private_addresses_are_refused(self, host: str) -> None:
        """No spelling of a private, loopback, link-local or otherwise special address is asked."""
        with pytest.raises(FetchError) as caught:
            fetch(f"http://{host}/", allowed=(), timeout=5)
        assert isinstance(caught.value, BlockedAddressError)
        assert not caught.value.transient

    def test_the_private_service_sees_no_connection(self) -> None:
        """A name that leads to a private address is refused before it is connected to."""
        with socket.create_server(("127.0.0.1", 0)) as service:
            service.settimeout(0.3)
            with pytest.raises(BlockedAddressError):
                fetch(f"http://localhost:{service.getsockname()[1]}/", allowed=())
            with pytest.raises(TimeoutError):
                service.accept()

    def test_the_connected_address_counts(self, httpserver: HTTPServer) -> None:
        """A name that leads elsewhere after the first look (DNS rebinding) is refused at the connection."""

        async def main() -> None:
            async with Fetcher(user_agent="t") as fetcher:
                async with fetcher._lanes.turn(f"localhost:{httpserver.port}") as lane:
                    lane.checked = True
                await fetcher.get(f"http://localhost:{httpserver.port}/", max_bytes=CAP)

        with pytest.raises(BlockedAddressError):
            asyncio.run(main())
        assert httpserver.log == []

    @pytest.mark.parametrize(
        "url",
        [
            "file:///etc/passwd", "/etc/passwd", "ftp://a.example/", "feed://a.example/", "feed:https://a.example/",
            "a.example/feed", "//a.example/feed", "https:a.example", "http://", "", "javascript:alert(1)",
            "http://a.example:25/", "http://a.example:0/", "http://a.example:70000/", "http://a..example/",
            "http://good.example\\@evil.example/", "http://a.example\x00/", "http://999.1.1.1/",
        ],
    )  # fmt: skip
    def test_what_is_no_web_address_is_refused(self, url: str) -> None:
        """Another scheme, a malformed host or an odd port is refused before anything is looked up."""
        with pytest.raises(BlockedAddressError) as caught:
            fetch(url, timeout=2)
        assert caught.value.next_step

    @pytest.mark.parametrize(
        "url", ["https://user:secret@a.example/", "https://secret@a.example/", "https:secret@a.example"]
    )
    def test_credentials_are_refused_and_never_shown(self, url: str) -> None:
        """A password in an address is refused, and no message repeats it."""
        with pytest.raises(BlockedAddressError) as caught:
            fetch(url)
        assert "secret" not in str(caught.value) + repr(caught.value)

    def test_an_open_network_is_only_that_network(self, httpserver: HTTPServer) -> None:
        """Opening one network opens no other."""
        httpserver.expect_request("/").respond_with_data(b"x")
        url = f"http://127.0.0.1:{httpserver.port}/"
        assert fetched(url, allowed=("127.0.0.1/32",)).content == b"x"
        with pytest.raises(BlockedAddressError):
            fetch(url, allowed=("127.0.0.2/32",))

    def test_a_network_that_is_none(self) -> None:
        """A wrong setting is told at once."""
        with pytest.raises(ConfigError, match=r"127\.0\.0\.1/8"):
            Fetcher(user_agent="t", allowed_networks=("127.0.0.1/8",))

    def test_international_names_are_asked_in_ascii(self) -> None:
        """An IDN is looked up in its ASCII form; that it does not exist is an unreachable host, not a crash."""
        with pytest.raises(UnreachableError, match="no address"):
            fetch("http://bücher.invalid/", timeout=5)


class TestHostileServers:
    """Bombs, floods, stalling and lies: a clear error each, and memory bounded."""

    @pytest.mark.parametrize("coding", ["gzip", "br", "zstd", "deflate"])
    def test_codings_are_undone(self, httpserver: HTTPServer, coding: str) -> None:
        """Each coding that we ask for is undone."""
        httpserver.expect_request("/").respond_with_data(
            _coded(b"hello " * 50, coding), headers={"Content-Encoding": coding}
        )
        assert fetched(httpserver.url_for("/")).content == b"hello " * 50

    @pytest.mark.parametrize("coding", ["gzip", "br", "zstd", "deflate"])
    def test_bombs_do_not_go_off(self, httpserver: HTTPServer, coding: str) -> None:
        """A small body that unpacks to 100 MB is refused at the cap, in bounded memory."""
        bomb = _coded(bytes(100_000_000), coding)
        assert len(bomb) < CAP
        httpserver.expect_request("/").respond_with_data(bomb, headers={"Content-Encoding": coding})
        with bounded_memory(24), pytest.raises(TooLargeError):
            fetch(httpserver.url_for("/"))

    def test_a_bomb_in_a_bomb(self, httpserver: HTTPServer) -> None:
        """Each layer of two codings is capped."""
        bomb = gzip.compress(gzip.compress(bytes(100_000_000)))
        httpserver.expect_request("/").respond_with_data(bomb, headers={"Content-Encoding": "gzip, gzip"})
        with bounded_memory(24), pytest.raises(TooLargeError):
            fetch(httpserver.url_for("/"))

    def test_more_codings_than_sense(self, httpserver: HTTPServer) -> None:
        """Three layers are no honest answer."""
        httpserver.expect_request("/").respond_with_data(b"x", headers={"Content-Encoding": "gzip, gzip, gzip"})
        with pytest.raises(UnreachableError, match="3 content codings"):
            fetch(httpserver.url_for("/"))

    def test_an_endless_body_is_cut_off(self) -> None:
        """A body without an end stops at the cap."""

        async def endless(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
            while True:
                writer.write(bytes(65536))
                await writer.drain()

        with bounded_memory(24), pytest.raises(TooLargeError):
            against(endless)

    def test_exactly_the_cap_is_allowed(self, httpserver: HTTPServer) -> None:
        """The cap itself fits, one byte more does not."""
        httpserver.expect_request("/").respond_with_data(bytes(1000))
        assert len(fetched(httpserver.url_for("/"), max_bytes=1000).content) == 1000
        with pytest.raises(TooLargeError):
            fetch(httpserver.url_for("/"), max_bytes=999)

    @pytest.mark.parametrize("begin", [b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\n\r\n"])
    def test_a_slow_loris_meets_the_deadline(self, begin: bytes) -> None:
        """A server that sends a byte now and then is left at the deadline of the whole get."""

        async def drip(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(begin or b"HTTP")
            while True:
                writer.write(b"x" if begin else b"")
                await writer.drain()
                await asyncio.sleep(0.05)

        began = time.monotonic()
        with pytest.raises(UnreachableError, match=r"no complete answer within 0\.4 s"):
            against(drip, timeout=0.4)
        assert time.monotonic() - began < 5

    def test_the_deadline_spans_redirects(self) -> None:
        """Hops do not each get a deadline of their own."""

        async def amble(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await asyncio.sleep(0.2)
            writer.write(b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            await writer.drain()

        with pytest.raises(UnreachableError, match="no complete answer"):
            against(amble, timeout=0.5)

    def test_a_header_flood_is_refused(self) -> None:
        """Headers without an end stop at the parser's bound."""

        async def flood(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"HTTP/1.1 200 OK\r\n")
            while True:
                writer.write(b"X-Flood: " + b"x" * 8000 + b"\r\n")
                await writer.drain()

        with bounded_memory(24), pytest.raises(UnreachableError):
            against(flood)

    @pytest.mark.parametrize(
        "said",
        [
            b"", b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
            b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", b"HTTP/1.1 999999 What\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nplain", b"\x00\x01\x02",
            b"HTTP/1.1 302 Found\r\nLocation: http://[::1\r\nContent-Length: 0\r\n\r\n",
        ],
    )  # fmt: skip
    def test_malformed_answers_are_clear_errors(self, said: bytes) -> None:
        """What is no HTTP, or breaks its own word, is an error with its place and a next step."""
        with pytest.raises(FetchError) as caught:
            against(saying(said))
        assert caught.value.where.startswith("http://127.0.0.1:")
        assert caught.value.next_step

    def test_a_closed_port(self) -> None:
        """A refused connection is unreachable, and may be tried again."""
        with socket.create_server(("127.0.0.1", 0)) as service:
            port = service.getsockname()[1]
        with pytest.raises(UnreachableError) as caught:
            fetch(f"http://127.0.0.1:{port}/")
        assert caught.value.transient

    def test_a_huge_validator_is_not_kept(self) -> None:
        """An ETag of many kilobytes is not sent back at each poll."""
        answer = against(saying(b"HTTP/1.1 200 OK\r\nETag: ", b"x" * 5000, b"\r\nContent-Length: 1\r\n\r\nx"))
        assert isinstance(answer, Fetched)
        assert answer.validators == Validators()

    def test_odd_header_bytes_do_no_harm(self) -> None:
        """Bytes that are no text in a header neither fail nor get lost."""
        answer = against(saying(b'HTTP/1.1 200 OK\r\nETag: "\xff\xfe"\r\nContent-Length: 1\r\n\r\nx'))
        assert isinstance(answer, Fetched)
        assert answer.validators.etag == '"\xff\xfe"'


class TestManyHosts:
    """One thing at a time for each host, and few idle connections."""

    def test_a_host_is_asked_one_thing_at_a_time(self) -> None:
        """Gets to one host wait for one another, and their waiting does not count against their deadline."""
        busy = most = 0

        async def slow(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            nonlocal busy, most
            busy += 1
            most = max(most, busy)
            await asyncio.sleep(0.1)
            busy -= 1
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx")
            await writer.drain()

        async def main() -> list[Answer]:
            async with raw_server(slow) as base, Fetcher(user_agent="t", allowed_networks=LOOPBACK, timeout=0.4) as f:
                return await asyncio.gather(*(f.get(f"{base}/{n}", max_bytes=CAP) for n in range(8)))

        assert len(asyncio.run(main())) == 8
        assert most == 1

    def test_one_host_does_not_wait_for_another(self) -> None:
        """A stalling host holds up nobody else."""

        async def stall(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await asyncio.sleep(1)

        async def main() -> None:
            async with (
                raw_server(stall) as slow,
                raw_server(saying(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx")) as quick,
                Fetcher(user_agent="t", allowed_networks=LOOPBACK, timeout=0.8) as fetcher,
            ):
                waiting = asyncio.create_task(_outcome(fetcher.get(slow, max_bytes=CAP)))
                await asyncio.wait_for(fetcher.get(quick, max_bytes=CAP), timeout=0.5)
                assert isinstance(await waiting, UnreachableError)

        asyncio.run(main())

    def test_a_connection_is_used_again(self) -> None:
        """Redirects, 304s and documents of one host go over one connection."""
        ports = set()

        async def keep_alive(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            ports.add(writer.get_extra_info("peername"))
            for said in (
                b"HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 5\r\n\r\nmoved",
                b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx",
                b"HTTP/1.1 304 Not Modified\r\n\r\n",
            ):
                writer.write(said)
                await writer.drain()
                await reader.readuntil(b"\r\n\r\n")

        async def main() -> Answer:
            async with raw_server(keep_alive) as base, Fetcher(user_agent="t", allowed_networks=LOOPBACK) as fetcher:
                await fetcher.get(f"{base}/a", max_bytes=CAP)
                return await fetcher.get(f"{base}/b", validators=Validators(etag='"a"'), max_bytes=CAP)

        assert isinstance(asyncio.run(main()), NotModified)
        assert len(ports) == 1

    def test_idle_hosts_are_let_go(self) -> None:
        """However many hosts are asked, only a bounded number stays open."""

        async def main() -> int:
            async with Fetcher(user_agent="t", allowed_networks=LOOPBACK) as fetcher:
                for number in range(MAX_IDLE_LANES + 20):
                    async with fetcher._lanes.turn(f"h{number}.example"):
                        pass
                return len(fetcher._lanes)

        assert asyncio.run(main()) == MAX_IDLE_LANES

    def test_a_cancelled_get_frees_the_host(self) -> None:
        """A get that is cancelled leaves the host free for the next."""
        calls = 0

        async def first_stalls(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            nonlocal calls
            calls += 1
            if calls == 1:
                await asyncio.sleep(1)
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx")
            await writer.drain()

        async def main() -> Answer:
            async with (
                raw_server(first_stalls) as base,
                Fetcher(user_agent="t", allowed_networks=LOOPBACK) as fetcher,
            ):
                task = asyncio.create_task(fetcher.get(base, max_bytes=CAP))
                await asyncio.sleep(0.1)
                task.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await task
                return await asyncio.wait_for(fetcher.get(base, max_bytes=CAP), timeout=5)

        assert isinstance(asyncio.run(main()), Fetched)


class TestCodings:
    """Content codings, undone within a cap."""

    @pytest.mark.parametrize("coding", ["gzip", "br", "zstd", "deflate"])
    def test_cut_data_is_told(self, coding: str) -> None:
        """Data that stops early is an error, never half a document."""
        coded = _coded(bytes(range(256)) * 40, coding)
        with pytest.raises(CodingError):
            decode(coded[:-6], coding, max_bytes=CAP)

    @pytest.mark.parametrize("coding", ["gzip", "br", "zstd", "deflate"])
    def test_the_cap_is_exact(self, coding: str) -> None:
        """The cap itself fits, one byte more does not."""
        coded = _coded(b"a" * 1000, coding)
        assert len(decode(coded, coding, max_bytes=1000)) == 1000
        with pytest.raises(OverCapError):
            decode(coded, coding, max_bytes=999)

    def test_members_and_frames_follow_one_another(self) -> None:
        """Members of gzip and frames of zstd may be several, and padding after gzip is passed over."""
        assert decode(gzip.compress(b"a") + gzip.compress(b"b") + bytes(8), "gzip", max_bytes=9) == b"ab"
        frames = _coded(b"a", "zstd") + _coded(b"b", "zstd")
        assert decode(frames, "zstd", max_bytes=9) == b"ab"

    def test_bare_deflate_is_taken(self) -> None:
        """Some servers leave out zlib's wrapper."""
        worker = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        assert decode(worker.compress(b"abc") + worker.flush(), "deflate", max_bytes=9) == b"abc"

    @pytest.mark.parametrize("name", ["", "identity", "utf-8", "none", "GZIP , br"])
    def test_names(self, name: str) -> None:
        """Names of no coding are passed over, real ones are read in any case and order."""
        coded = brotli.compress(gzip.compress(b"abc")) if "GZIP" in name else b"abc"
        assert decode(coded, name, max_bytes=100) == b"abc"


async def _outcome(call: Coroutine[Any, Any, T]) -> T | FetchError:
    try:
        return await call
    except FetchError as error:
        return error


def _coded(plain: bytes, coding: str) -> bytes:
    match coding:
        case "gzip":
            return gzip.compress(plain, compresslevel=9)
        case "br":
            return bytes(brotli.compress(plain, quality=5))
        case "zstd":
            return zstandard.ZstdCompressor().compress(plain)
        case _:
            return zlib.compress(plain, 9)
