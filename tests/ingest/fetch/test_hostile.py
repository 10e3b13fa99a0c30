"""Bombs, floods, stalling and lies from a server."""

from __future__ import annotations

import asyncio
import gzip
import socket
import time

import pytest
from pytest_httpserver import HTTPServer

from ingest.errors import FetchError, TooLargeError, UnreachableError
from ingest.fetch import Fetched, Validators
from tests.ingest.fetch.servers import CAP, against, bounded_memory, coded, fetch, fetched, saying


class TestHostileServers:
    """Bombs, floods, stalling and lies: a clear error each, and memory bounded."""

    @pytest.mark.parametrize("coding", ["gzip", "br", "zstd", "deflate"])
    def test_codings_are_undone(self, httpserver: HTTPServer, coding: str) -> None:
        """Each coding that we ask for is undone."""
        httpserver.expect_request("/").respond_with_data(
            coded(b"hello " * 50, coding), headers={"Content-Encoding": coding}
        )
        assert fetched(httpserver.url_for("/")).content == b"hello " * 50

    @pytest.mark.parametrize("coding", ["gzip", "br", "zstd", "deflate"])
    def test_bombs_do_not_go_off(self, httpserver: HTTPServer, coding: str) -> None:
        """A small body that unpacks to 100 MB is refused at the cap, in bounded memory."""
        bomb = coded(bytes(100_000_000), coding)
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
            b"<html>HTTP/0.9 was the whole document</html>", b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffffffff\r\nx",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nX: a\r\n b\r\n: empty name\r\n\r\n", b"HTTP/1.1 200 OK\nno colon\n\n",
            b"HTTP/2 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 3,
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
