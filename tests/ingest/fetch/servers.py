"""Real servers on loopback, honest and hostile, and gets from them."""

from __future__ import annotations

import asyncio
import gzip
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import brotli  # type: ignore[import-untyped]  # ships no type information
import zstandard

from ingest.fetch import Answer, Fetched, Fetcher, Validators

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


def coded(plain: bytes, coding: str) -> bytes:
    """Return the bytes in a content coding."""
    match coding:
        case "gzip":
            return gzip.compress(plain, compresslevel=9)
        case "br":
            return bytes(brotli.compress(plain, quality=5))
        case "zstd":
            return zstandard.ZstdCompressor().compress(plain)
        case _:
            return zlib.compress(plain, 9)
