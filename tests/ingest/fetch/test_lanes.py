"""One thing at a time for each host, and few idle connections."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import pytest

from ingest.errors import FetchError, UnreachableError
from ingest.fetch import Answer, Fetched, Fetcher, NotModified, Validators
from ingest.fetch.lanes import MAX_IDLE_LANES
from tests.ingest.fetch.servers import CAP, LOOPBACK, raw_server, saying

T = TypeVar("T")


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


async def _outcome(call: Coroutine[Any, Any, T]) -> T | FetchError:
    try:
        return await call
    except FetchError as error:
        return error
