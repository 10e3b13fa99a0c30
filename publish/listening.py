"""A small web server beside the clock of `reprint run`, which keeps the process's signals."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator
from typing import Any

import uvicorn

from ingest.errors import ConfigError


class _Server(uvicorn.Server):
    """A server that leaves the process's signals to `reprint run`."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


@contextlib.asynccontextmanager
async def serving(app: Any, *, listen: str, setting: str, **options: Any) -> AsyncIterator[None]:
    """Serve an ASGI application at `listen` ("host:port") until the end of the block; `options` are uvicorn's.

    Raises ConfigError naming the `setting` where nothing can listen there.
    """
    shared: dict[str, Any] = {"access_log": False, "lifespan": "off", "server_header": False, "limit_concurrency": 64}
    config = uvicorn.Config(app, log_config=None, **(shared | options))
    server = _Server(config)
    with _listening(listen, setting) as sock:
        task = asyncio.create_task(server.serve(sockets=[sock]))
        try:
            yield
        finally:
            server.should_exit = True
            await task


@contextlib.contextmanager
def _listening(listen: str, setting: str) -> Iterator[socket.socket]:
    host, _, port = listen.rpartition(":")
    try:
        with socket.create_server((host.strip("[]"), int(port))) as sock:
            yield sock
    except (OSError, ValueError, OverflowError) as error:
        raise ConfigError(
            f"nothing can listen at {listen!r}: {error}",
            where=setting,
            next_step="give a free address of this machine as host:port, such as 127.0.0.1:8787",
        ) from error
