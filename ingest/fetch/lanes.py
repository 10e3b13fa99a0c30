"""One lane a host: a client of one connection and a lock, so that no host is ever asked two things at once.

A large shared pool costs time with its size at every request; many clients of one connection do not. Idle lanes
beyond a bound are closed, the longest unused first.
"""

from __future__ import annotations

import asyncio
import ssl
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

import httpx
from httpx_secure import httpx_ssrf_protection

from ingest.fetch.addresses import AddressPolicy

#: How many hosts keep an open connection between requests.
MAX_IDLE_LANES: Final = 64

#: Seconds that an unused connection stays open.
KEEP_ALIVE: Final = 15.0


@dataclass(kw_only=True, eq=False)
class Lane:
    """The way to one host."""

    #: Asked directly: redirects, cookies and keys are the fetcher's, and a client's layers for them cost time.
    transport: httpx.AsyncHTTPTransport
    #: Whoever holds it may use the client.
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    #: How many use it or wait for it; such a lane is never closed.
    users: int = 0
    #: Whether the host's addresses were looked at before the first request.
    checked: bool = False
    #: Before this time of the loop's clock, nobody asks who keeps a pause between requests.
    rested_at: float = 0.0


class Lanes:
    """The lanes in use and the most recent idle ones."""

    def __init__(self, *, policy: AddressPolicy, verify: ssl.SSLContext) -> None:
        self._policy = policy
        self._verify = verify
        self._lanes: OrderedDict[str, Lane] = OrderedDict()

    def __len__(self) -> int:
        return len(self._lanes)

    @asynccontextmanager
    async def turn(self, key: str, *, pause: float = 0.0) -> AsyncIterator[Lane]:
        """Wait for one's turn at a host, and have its lane to oneself meanwhile.

        With a `pause`, in seconds, wait until the host has rested since the last one with a pause, and let it rest
        for so long afterwards.
        """
        lane = self._lanes.get(key)
        if lane is None:
            lane = self._lanes[key] = Lane(transport=self._open())
        self._lanes.move_to_end(key)
        lane.users += 1
        try:
            await self._close_idle()
            async with lane.lock:
                if pause:
                    await asyncio.sleep(lane.rested_at - asyncio.get_running_loop().time())
                try:
                    yield lane
                finally:
                    if pause:
                        lane.rested_at = asyncio.get_running_loop().time() + pause
        finally:
            lane.users -= 1

    async def aclose(self) -> None:
        """Close all lanes."""
        while self._lanes:
            _, lane = self._lanes.popitem()
            await lane.transport.aclose()

    async def _close_idle(self) -> None:
        idle = [key for key, lane in self._lanes.items() if lane.users == 0]
        surplus = [self._lanes.pop(key) for key in idle[: max(0, len(self._lanes) - MAX_IDLE_LANES)]]
        for lane in surplus:
            await lane.transport.aclose()

    def _open(self) -> httpx.AsyncHTTPTransport:
        transport = httpx.AsyncHTTPTransport(
            verify=self._verify,
            trust_env=False,
            limits=httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=KEEP_ALIVE),
        )
        # The library's own rule cannot be opened for one network, so ours stands in its place. It guards the
        # transport's connections, whoever asks for them; the client is only how it is handed over.
        httpx_ssrf_protection(
            httpx.AsyncClient(transport=transport, trust_env=False),
            check_globally_reachable=False,
            custom_validator=self._policy.admits,
            dns_cache_ttl=60,
        )
        return transport
